"""Deaths that no single word tells: "fell to her death", "drank himself to death", "none survived".

Everything here looks at words in lower case, marks among them or not, so that one who is named and
those who are counted are read alike.
"""

# ruff: noqa: SIM905 -- lists of words are easier to read and to extend as text

from __future__ import annotations

from collections.abc import Sequence

from annotation.numbers.implied.lexicon import (
    DEATH,
    HARMS,
    LIFE,
    NO_DEATH,
    POSSESSIVES,
    REFLEXIVES,
)

_FALLING = frozenset(
    "fall falls fell plunge plunges plunged plunging leap leaps leapt leaped leaping"
    " jump jumps jumped jumping tumble tumbles tumbled tumbling slip slips slipped slid hurtled"
    " dived dropped drop".split()
)
"""Before *to her death*. Others are linked to one, or admit to it."""
THROWING = frozenset(
    "push pushes pushed throw throws threw thrown hurl hurled shove shoved flung drag dragged led"
    " lured sent pushing throwing".split()
)
"""What somebody does to others before *to their deaths*."""
_MEETING = frozenset("meet meets met meeting".split())
_GIVING = frozenset(
    "give gives gave given giving pay pays paid paying lay laid laying sacrifice sacrifices"
    " sacrificed sacrificing lose loses losing".split()
)
_TAKING_OWN = frozenset("take takes took taken taking".split())
_ENDING = frozenset("end ends ended ending".split())
_PASSING = frozenset("pass passes passed passing".split())
_BREATHING = frozenset("breathe breathes breathed breathing".split())
_END = frozenset("death deaths end ends".split())
_NOT_LIFE = frozenset("savings story stories work to sentence sentences imprisonment".split())
"""Behind *life*: nobody dies who gives "his life *savings*", or "her life *to* the poor"."""

DYING_WITH_MORE = _FALLING | _MEETING | _GIVING | _TAKING_OWN | _ENDING | _PASSING | _BREATHING
"""Verbs that tell of a death with what stands behind them alone: "*met* his death"."""

_SURVIVING = frozenset("survive survived survives".split())
_OF_OFFICE = frozenset("vote votes reshuffle election elections ballot cut season round".split())
"""What nobody dies of who does not survive it."""
_SAVED = frozenset("saved revived resuscitated".split())
_NOT_FOUND = frozenset(
    "found find captured capture taken take caught catch rescued rescue pulled pull brought bring"
    " seen see saw".split()
)
"""Before *alive*: who was not so may be alive elsewhere."""
_PERIL = frozenset(
    "alive fire fires flames blaze inferno burning blast wreck wreckage crash flood floods flooding"
    " avalanche landslide massacre rubble death sinking collapse".split()
)
"""Who does not escape it has died."""
_OF_OTHERS = POSSESSIVES | {"if", "whether", "was", "were", "is", "are", "had"}
"""Before *alive*, behind the verb: "did not know *whether their* sons were alive"."""
_HELD = frozenset(
    "prisoners inmates detainees captives hostages convicts suspects prisoner inmate detainee"
    " captive hostage convict suspect rebels robbers gunmen attackers militants bandits insurgents"
    " fighters thieves rebel robber gunman attacker militant bandit insurgent fighter thief".split()
)
"""Who does not escape is still held, or was caught."""
_UNHURT = frozenset("unhurt unharmed uninjured unscathed untouched injury injuries".split())

_PAST = frozenset("did had has have was were is are".split())
_MODAL = frozenset(
    "could would should can will shall ought may might must to if whether unless cannot".split()
)
_ENDS_A_CLAUSE = ".,;:"
_ENDS_AN_OBJECT = frozenset("and but while when who which that after because as".split())


def may_be_idiom(word: str, behind: Sequence[str]) -> bool:
    """Whether ``dies_by_idiom`` may find one: the quick test that spares most verbs the rest.

    Args:
        word: the verb.
        behind: the words behind it.
    """
    return word in DYING_WITH_MORE or word in THROWING or (bool(behind) and behind[0] in REFLEXIVES)


def dies_by_idiom(word: str, clause: Sequence[str]) -> bool:
    """Whether a verb tells of a death together with what follows: "*met* his death".

    Args:
        word: the verb.
        clause: the words behind it, up to the end of the clause.
    """
    if not may_be_idiom(word, clause):
        return False
    whose = [place for place, one in enumerate(clause[:5]) if one in POSSESSIVES][:1]
    rest = list(clause[whose[0] + 1 :]) if whose else []
    if word in _FALLING or word in THROWING:
        return any(_is_to_a_death(clause[at : at + 3]) for at in range(min(len(clause), 8)))
    if word in _MEETING:
        return whose == [0] and not _END.isdisjoint(rest[:2])
    if word in _PASSING:
        return clause[:1] == ["away"]
    if word in _BREATHING:
        return whose == [0] and rest[:1] == ["last"]
    if word in _TAKING_OWN:
        return whose == [0] and rest[:1] == ["own"] and not LIFE.isdisjoint(rest[1:2])
    if word in _ENDING or word in _GIVING:
        led = clause[: whose[0]] if whose else ()
        own = rest[rest[:1] == ["own"] :]
        lost = bool(whose) and not LIFE.isdisjoint(own[:1]) and _NOT_LIFE.isdisjoint(own[1:2])
        return lost and {"with", "down"}.issuperset(led)
    return _kills_themselves(word, clause)


def _is_to_a_death(words: Sequence[str]) -> bool:
    to, whose, death = (*words, "", "", "")[:3]
    return to == "to" and whose in POSSESSIVES and death in ("death", "deaths")


def _kills_themselves(word: str, clause: Sequence[str]) -> bool:
    """Whether somebody kills themselves: "hanged himself", "drank herself to death"."""
    if clause[:1] == [] or clause[0] not in REFLEXIVES:
        return False
    return HARMS.get(word) == DEATH or (
        word not in NO_DEATH and list(clause[1:3]) == ["to", "death"]
    )


def has_not_lived(before: Sequence[str], word: str, behind: Sequence[str], *, none: bool) -> bool:
    """Whether those told of are told not to have lived: "did not *survive*".

    Args:
        before: the words between them and the verb.
        word: the verb.
        behind: the words behind it.
        none: whether of those told of none is meant: "none of the 12 *survived*".
    """
    before, clause = [*before], _clause(behind)
    modal = not _MODAL.isdisjoint(before)
    if word in _SAVED and before[-1:] == ["be"]:
        could = before[-3:-2] == ["could"] and before[-2:-1] == ["not"]
        return could or before[-2:-1] == ["couldn't"] or (none and before[-2:-1] == ["could"])
    return not modal and (none or _is_denied(before)) and _lives(before, word, clause)


def _lives(before: Sequence[str], word: str, clause: Sequence[str]) -> bool:
    if word == "alive" or "alive" in clause[:8]:
        if word != "alive" and not _OF_OTHERS.isdisjoint(clause[: clause.index("alive")]):
            return False
        return _NOT_FOUND.isdisjoint((*before, word))
    if word in _SURVIVING:
        return _OF_OFFICE.isdisjoint(clause)
    if word in ("made", "make", "makes"):
        out = clause[:1] == ["it"] and clause[1:2] in ([], ["out"], ["through"])
        return out and _HELD.isdisjoint(before)
    if word == "spared":
        return not clause or clause[0] in ("by", "in", "from", "at")
    if word in ("escaped", "escape"):
        peril = not clause or not _PERIL.isdisjoint(clause)
        return peril and _UNHURT.isdisjoint(clause) and _HELD.isdisjoint(before)
    return False


def _is_denied(before: Sequence[str]) -> bool:
    """Whether it is said that somebody did not, or never: "did not", "have never", "didn't"."""
    near = [one for one in before if not one.endswith("ly") and one not in ("even", "been")]
    last = near[-1] if near else ""
    if last.endswith(("n't", "n’t")):
        return last[:-3] in _PAST
    return last == "never" or (last == "not" and near[-2:-1] != [] and near[-2] in _PAST)


def _clause(behind: Sequence[str]) -> list[str]:
    ends = (
        at for at, word in enumerate(behind) if word in _ENDS_A_CLAUSE or word in _ENDS_AN_OBJECT
    )
    return list(behind[: next(ends, len(behind))])
