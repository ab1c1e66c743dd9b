"""Verbs: those that end a noun phrase, and those to which a word beside the number belongs."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

VERBS = frozenset(
    # irregular pasts, and presents that newspapers put after a number and its noun
    "heard fed rode rang sang dug lit hung clung overthrew retook arose forbade undertook overtook"
    " foresaw rebuilt misled knelt let bet burst cost shed thrust pay pays"
    " said told saw went fled left took made came gave got became began bore beat broke brought"
    " built bought caught chose cut dealt drew drove ate fell felt fought found flew forgot froze"
    " grew hit held hurt kept knew laid led lent lay lost meant met paid put quit ran rose sank"
    " sat sent set shot shut slept slid spent split spoke spread stood stole struck stuck swam"
    " swore swept taught thought threw tore understood upset wept woke won wore wrote blew bled"
    " burnt crept drank drowned hid leapt sought shook sold sprang stung swung withdrew overran"
    " says say tells tell claims claim remains remain wants want needs need lives live dies die"
    " flee flees leave leaves seek seeks include includes gather join joins continue continues"
    " face faces hold holds take takes make makes go goes come comes get gets become becomes begin"
    " begins rise rises fall falls see sees seem seems appear appears belong belongs feel know"
    " knows think thinks believe believes arrive arrives enter enters lie lies lose loses win wins"
    " kill kills depend depends exist exists account accounts agree agrees voted vote receive"
    " receives equal equals gone survive survives contain contains die suffer suffers lack lacks"
    " stand stands speak speaks sit turn turns apply occur occurs follow follows grow grows"
    " pledge pledges celebrate carry carries reach reaches sign signs await awaits warn warns"
    " vow vows urge urges resume resumes condemn condemns".split()
)
"""Finite verbs that end a noun phrase once it has a word."""

NOUN_VERBS = frozenset(
    "lives claims claim needs leaves falls faces turns wins makes takes holds accounts"
    " votes pledges burnt"
    " cut cuts hit hits shot shots set sets seats split spread lies sees kills stands"
    " hurt lost broken"
    " know-how follows cause fall need face turn win vote rise rises die hold sets lead"
    " lay cast fell"
    " feet found lent spent joins attack attacks charge charges raid raids strike strikes".split()
)
"""Words of ``VERBS`` that are counted nouns when they stand directly behind a number."""

PLAIN_VERBS = frozenset("need face turn win rise die hold fall fell lead lay cause vote".split())
"""Those of them that are verbs behind more than one ("20 *face* charges")."""

PLURAL_AUXILIARIES = frozenset("are were have aren't weren't haven't".split())
"""Verbs whose subject is more than one: no date and no hour."""

UP_VERBS = frozenset(
    "gone went go goes going rose risen rise rises rising jumped climbed shot add adds"
    " added moved came"
    " brought bring bringing pushed pushing taking revised".split()
)
"""Words after which "up to" belongs to them: the toll has *gone up to* 231."""

OVER_VERBS = frozenset(
    "hand hands handed handing take takes took taken taking turn turns turned turning"
    " give gave given"
    " win won sign signed signing run ran carry carried control power authority rule"
    " preside presided flew fly flying"
    " fought argue argued dispute disputes".split()
)
"""Words after which "over" belongs to them and not to the number."""

CHANGE_WORDS = frozenset(
    "rose risen rise rises rising fell fallen fall falls falling grew grown grow grows growing"
    " increased increase increases increasing decreased decrease decreases decreasing dropped drop"
    " drops dropping shrunk shrank shrink shrinking reduced reduce reducing reduction cut raised"
    " raise raising went gone jumped jump climbed climb climbing declined decline declining doubled"
    " tripled quadrupled swelled swollen changed change changing soared plunged slashed lowered"
    " lifted expanded surged up down moved revised boosted".split()
)
"""Words after which "from 10 to 15" are two numbers."""

CONTESTS = frozenset("vote votes voted voting won win wins beat lost defeated score".split())
"""Words after which "13 to 2" is a result."""
