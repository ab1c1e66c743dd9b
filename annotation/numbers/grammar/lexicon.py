"""The words that ``annotation.numbers.reader`` knows, by the part that they play.

Nothing is learnt and nothing is read from disk: closed classes of English, currencies by
ISO 4217, units by the symbols of the SI brochure (and common ones for what is not SI).
Everything is in lower case; the reader lowers the text before it looks a word up.
"""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from decimal import Decimal

CARDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
"""Zero to nineteen."""

TENS: dict[str, int] = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
} | {"fourty": 40}
"""Twenty to ninety, and the commonest misspelling."""

SCALES: dict[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "cr": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "bil": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "tln": 10**12,
    "trn": 10**12,
    "quadrillion": 10**15,
}
"""Words that multiply what stands before them."""

GLUED_SCALES: dict[str, int] = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Letters that multiply when they follow the digits without a blank ("20k", "1.5m")."""

PARTS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=3,
    )
} | {
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
    "billionth": 10**9,
    "trillionth": 10**12,
}
"""Words that divide: "one fifth"; on their own they are ordinals."""

ORDINALS = frozenset(
    "first thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth penultimate".split()
)
"""Ordinals that are not used as fractions here."""

VULGAR: dict[str, Decimal] = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "⅕": Decimal("0.2"),
    "⅖": Decimal("0.4"),
    "⅗": Decimal("0.6"),
    "⅘": Decimal("0.8"),
    "⅙": Decimal(1) / 6,
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}
"""Fractions that are one character."""

VAGUE: dict[str, tuple[int, int]] = {
    "tens": (10, 2),
    "dozens": (12, 2),
    "dozs": (12, 2),
    "scores": (20, 2),
    "hundreds": (100, 2),
    "thousands": (1000, 2),
    "lakhs": (10**5, 2),
    "millions": (10**6, 2),
    "crores": (10**7, 2),
    "billions": (10**9, 2),
    "trillions": (10**12, 2),
    "several": (3, 1),
    "a few": (3, 1),
    "few": (3, 1),
    "a handful": (3, 1),
    "a couple": (2, 1),
    "couple": (2, 1),
}
"""Vague words: what one of them stands for, and the least number of them that the word claims."""

# ── How a number is claimed ──────────────────────────────────────────────────────────────────

DEGREES = (
    "only just|just|well|far|way|much|many|slightly|somewhat|a little|a bit|a shade|marginally"
    "|considerably|significantly|substantially|comfortably|little"
).split("|")
"""Words before a comparison that leave it what it is: *well* over, *just* under."""

AT_LEAST = (
    "more than or equal to|greater than or equal to|equal to or more than|equal to or greater than"
    "|larger than or equal to|bigger than or equal to|bigger or equal than|greater or equal than"
    "|larger or equal than|more or equal than|at least or equal to|no fewer than|no less than"
    "|not fewer than|not less than|no smaller than|not under|no lower than"
    "|more than|greater than|larger than|bigger than|higher than|at least|at minimum"
    "|at a minimum|upwards of|upward of|in excess of|excess of|north of|a minimum of|minimum of"
    "|as few as|as little as|as low as|exceeding|exceeds|exceeded|exceed|surpassing|surpassed"
    "|topping|topped|over|above|minimum|min\\.|starting from|starting at"
).split("|")
"""Wordings before a number that leave its upper end open."""

AT_MOST = (
    "less than or equal to|smaller than or equal to|fewer than or equal to|lower than or equal to"
    "|equal to or less than|smaller or equal than|less or equal than|lower or equal than"
    "|at most or equal to|no more than|not more than|no greater than|not greater than"
    "|no larger than|no bigger than|no higher than|not over|not above|not exceeding|as many as"
    "|as much as|as high as|up to|upto|shy of|just short of|not quite"
    "|fewer than|less than|smaller than|lower than|at most|at maximum|at the most"
    "|a maximum of|to a maximum of|maximum of|max\\.|under|below|within|maximum|south of"
).split("|")
"""Wordings before a number that leave its lower end open."""

ABOUT = (
    "in the region of|in the order of|on the order of|in the neighborhood of"
    "|in the neighbourhood of|in the vicinity of|somewhere around|somewhere near|something like"
    "|close to|near to|very nearly|an estimated|a estimated|the estimated|estimated at|estimated"
    "|a reported|roughly|approximately|aproximately|approx\\.|approx|around|about"
    "|nearly|almost|nearing|approaching|circa|ca\\.|some|virtually|an approximate|an average of"
    "|average of|just about|perhaps|maybe|barely|hardly|scarcely|nigh on|getting on for"
    "|the best part of"
).split("|")
"""Wordings before a number that say it is not exact."""

EXACT = (
    "a total of|exactly|precisely|equal to|equals to|equals|equaling to|equalling to|equaling"
    "|equalling"
).split("|")
"""Wordings before a number that insist on it."""

AFTER_AT_LEAST = (
    "at the very least|or more than|or more|or greater than|or greater|or above|or over|or higher"
    "|or larger|or bigger|or upwards|or better|or equal to it|or equal to|or equal|and above"
    "|and over|and up|and counting|plus"
).split("|")
"""Wordings after a number, or after its noun, that leave the upper end open."""

AFTER_AT_MOST = (
    "or less|or fewer|or below|or under|or smaller|or lower|or less than|or fewer than".split("|")
)
"""Wordings after a number that leave the lower end open."""

AFTER_ABOUT = "or so|or thereabouts|odd|ish|more or less|give or take".split("|")
"""Wordings after a number that say it is not exact."""

SEVERAL = "several|a few|a handful|a couple".split("|")
"""Vague words that may stand before a scale ("several hundred")."""

# ── Dates and times ──────────────────────────────────────────────────────────────────────────

MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur"
    " thurs fri sat sun mondays tuesdays wednesdays thursdays fridays saturdays sundays".split()
)
CAPITAL_ONLY = frozenset("may march mar sat sun mon wed dec jan sep thu fri".split())
"""Months and weekdays that are also other words unless they begin with a capital."""

TIME_UNITS = frozenset(
    "millisecond milliseconds second seconds sec secs minute minutes min mins hour hours hr hrs"
    " day days night nights week weeks weekend weekends fortnight fortnights month months year"
    " years yr yrs decade decades century centuries millennium millennia semester semesters"
    " season seasons yo mo mos weekday weekdays winter winters summer summers ramadan generation"
    " generations times time fold b.c. bc bce a.d. b.c.e".split()
)
TODAY = frozenset("today tomorrow yesterday tonight tonite now".split())
DAYTIMES = frozenset(
    "morning mornings afternoon afternoons evening evenings noon midnight midday oclock"
    " o'clock".split()
)
ZONES = frozenset(
    "gmt utc bst cet cest est edt cst cdt mst mdt pst pdt et pt ct mt ist eet local".split()
)
DURATION_ADJECTIVES = frozenset(
    "more next last past previous coming upcoming following consecutive business straight full"
    " working long calendar additional further whole successive tense bloody short early late"
    " extra solid final other light lunar fiscal school trading academic entire different special"
    " morning evening".split()
)

# ── Nouns that a number behind them designates or that web pages count ───────────────────────

DESIGNATING = frozenset(
    "resolution resolutions article articles chapter chapters section sections paragraph para paras"
    " page pages pp channel no no. nos nos. nr nr. nrs nrs. number numbers figure fig fig. table"
    " footnote footnotes appendix annex rule court"
    " order directive regulation act law protocol amendment clause title part volume vol. issue"
    " edition episode season version flight room building gate terminal platform pier"
    " block unit group zone sector ward district region camp checkpoint highway road route"
    " motorway interstate exit junction street avenue runway kilometre kilometer km mile"
    " milepost hill"
    " point phase stage step level tier grade class category type model mark mk series size"
    " division brigade battalion regiment company squadron squad platoon army corps fleet wing ctf"
    " passcode code pin id ssn ref reference case file invoice account card ticket"
    " passport license licence plate serial lot apartment apt suite box zip postcode"
    " week top share psalm verse line bus train tram"
    " base hangar hut windows iphone boeing airbus apollo soyuz cosmos formula area question"
    " q item option round game match set week cycle division pope louis exercise exercises"
    " tel tel. fax phone ext ext. extension dial hotline mobile cell telephone".split()
)
"""Nouns after which a bare integer is a name, not a quantity ("Resolution 2254", "page 12")."""

IDENTIFIED = frozenset(
    "phone telephone tel fax mobile cell hotline dial whatsapp passcode account card ssn"
    " password isbn issn serial passport omb".split()
)
"""Words that announce an identifier within the next few words."""

FURNITURE = frozenset("comment comments likes reply replies retweet retweets".split())
"""What web pages count about themselves."""

WEAPON_WORDS = (
    "mortar|rocket|shell|gun|cannon|howitzer|round|calib|ammunition|barrel|pistol|machine"
    "|artiller|projectile|grenade|rifle|bullet|cartridge|automatic|sniper|missile|handgun|launcher"
    "|munition|recoilless|anti|heavy|self|lens|film|revolver|autocannon|guns|tube|towed|weapon"
)
"""Beginnings of words before which millimetres are a calibre."""

# ── Where a noun phrase ends ─────────────────────────────────────────────────────────────────

STOP_WORDS = frozenset(
    # determiners and pronouns
    "a an the this that these those all both each every either neither any no such another some"
    " i you he she it we they me him her us them himself themselves itself who whom whose which"
    " what whoever there here my your his its our their mine ours theirs one ones everyone nobody"
    # prepositions, particles and conjunctions
    " of in on at by to from for with without within into onto upon over under above below between"
    " among amid amidst against about after before during since until till through throughout"
    " across along around behind beside besides beneath beyond near despite except inside outside"
    " off out up down via per versus vs as than like unlike toward towards and or but nor yet so if"
    " because while whereas although though when where why how whether unless once plus ago apart"
    " aboard alongside amongst including excluding regarding concerning following"
    # auxiliaries
    " is are was were be been being am has have had having do does did will would shall should may"
    " might must can could cannot ought not n't isn't aren't wasn't weren't hasn't haven't hadn't"
    " doesn't don't didn't won't wouldn't can't couldn't"
    # adverbs that follow a noun
    " also still already again now today yesterday tomorrow tonight annually only just"
    " even ever never always often sometimes soon later earlier"
    " away back together apiece too very more most less least much many further instead"
    " elsewhere everywhere nearby abroad ahead altogether meanwhile however therefore thus"
    " respectively each else worldwide nationwide simultaneously half twice".split()
)
"""Closed-class words: no counted noun contains one."""

SOFT_STOPS = frozenset(
    "most long tall high wide deep thick old north south east west northeast northwest"
    " southeast southwest"
    " alive alone online offline daily weekly monthly yearly overnight then home next"
    " last past early"
    " late inside outside near off down up under over above senior further former".split()
)
"""Words that end a noun phrase unless a plural still follows ("two South Korean soldiers")."""

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

CASUALTY_WORDS = frozenset(
    "dead killed wounded injured hurt missing arrested detained captured displaced kidnapped"
    " abducted hospitalised hospitalized homeless unaccounted imprisoned jailed executed drowned"
    " trapped stranded martyred infected accused sick".split()
)
"""Participles and adjectives that may stand for the people they describe ("nine wounded")."""

CASUALTY_NOUNS = frozenset("dead wounded injured missing".split())
"""Those of them that another word may describe ("1,100 war wounded")."""

TALLIES = frozenset("number toll total count tally figure sum".split())
"""Words behind which a number between commas is how many ("the toll, 43, may rise")."""

AGED = frozenset("accused youth offspring twins triplets".split())
"""Casualty words and plurals behind which it is an age all the same ("the accused, 43, denied")."""

PLURAL_AUXILIARIES = frozenset("are were have aren't weren't haven't".split())
"""Verbs whose subject is more than one: no date and no hour."""

PLURALS = frozenset(
    "people police men women children personnel staff aircraft spacecraft cattle sheep fish troops"
    " militia crew clergy media data criteria bacteria mice geese feet teeth oxen"
    " livestock poultry folk youth offspring swine deer gendarmerie"
    " us-marines headquarters barracks crossroads series species gallows mujahideen mujahedeen"
    " mujahidin fedayeen peshmerga taliban basij janjaweed jihadis alumni phenomena elite"
    " hovercraft watercraft vermin".split()
)
"""Plurals that do not end in -s, and words that are the same in the plural."""

NOT_PLURAL = frozenset(
    "us bus virus campus census status surplus plus abus uss damascus mauritius cyprus belarus"
    " is this his its as was has does daesh gas chaos hamas syria's christmas diabetes"
    " overseas afghans' always perhaps arms sports news special-forces special overseas-based"
    " cross-border politics aids sos religious-based mps' hms anti-tanks paris texas kansas"
    " arkansas illinois massachusetts los las brussels athens naples wales tunis honduras"
    " philippines netherlands laos tigris marines-led armed-forces human-rights united"
    " services-based communications rights".split()
)
"""Words in -s that are not a plural head, and plurals that mostly modify another noun."""


def is_plural(word: str) -> bool:
    """Whether a word is a plural by its form."""
    if word in PLURALS:
        return True
    if word.endswith("men"):
        return len(word) > 4 and word not in SINGULARS_IN_MEN
    singular = word.endswith(("ss", "ous", "sis")) or word in NOT_PLURAL
    return len(word) > 2 and word.endswith("s") and not singular


MODIFYING_PLURALS = frozenset(
    "forces women men guards rebels systems operations marines weapons arms goods rangers drugs"
    " munitions explosives savings logistics services communications intelligence teens boys girls"
    " sports rights nations states affairs studies relations workers veterans customs elections"
    " materials narcotics border police media data militia youth aircraft staff livestock"
    " boys' girls' armaments parents allies children's".split()
)
"""Plurals after which another plural may be the head ("special forces soldiers")."""

HEADS_AFTER_PLURAL = frozenset(
    "soldiers fighters members troops personnel officers officials workers leaders commanders"
    " militants protesters prisoners activists experts dealers smugglers depots caches factories"
    " sites units vehicles trucks camps bases staff supporters volunteers teams inspectors"
    " monitors observers guards recruits veterans leaders stations posts agents agencies groups"
    " organisations organizations charges crimes violations abuses reporters journalists players"
    " fans teachers students detainees systems advisers advisors ministers tons dealers"
    " buses".split()
)
"""Heads that may follow a plural modifier."""

COUNTED_SINGULAR = frozenset("nation country member state party man woman person".split())
"""Singulars that are counted although another noun follows ("60-plus nation coalition")."""

COMPOUND_HEADS = frozenset(
    "strong member man woman person nation country vehicle truck bus car ship boat"
    " soldier troop bed room"
    " seat student passenger".split()
)
"""What may follow a number and a hyphen and still be counted ("30,000-member force")."""

PERSONS = frozenset(
    "child children boy boys girl girls man men woman women people person persons male males female"
    " females adult adults those anyone everyone someone minors youths players residents"
    " civilians".split()
)
"""Words after which "under 18" is an age."""

COUNTED_IN_CAPITALS = PERSONS | PLURALS | HEADS_AFTER_PLURAL | CASUALTY_WORDS
"""Heads that are counted even in a headline's capitals ("The Five Soldiers"), and no name."""

STREETS = frozenset("street avenue road square lane boulevard drive st ave rd blvd".split())
"""Heads of an address, "10 Downing *Street*"."""

DETERMINERS = frozenset(
    "a the its their his her our my your this that these those all such a an".split()
)
"""Words between "of" and the noun that do not belong to the noun."""

PHRASES_BEGIN = frozenset(
    "of in on at by to from for with without near during since after before across inside outside"
    " who whom that which a including while".split()
)
"""Words behind a noun that begin no clause of which it is the subject."""

OBJECTS = frozenset("his her its their them him those these this that us our my your me".split())
"""Words that begin the object of a verb."""

ONE_BEFORE = frozenset(
    "no any every each this that the number another last next first which some"
    " anyone someone".split()
)
"""Words before "one" that make it a pronoun."""

ONE_IDIOMS = frozenset(
    "time times day days night hand hands thing another point stage such more by after at or on and"
    " well instance moment occasion way-or else fell step sided off stop".split()
)
"""Words after "one" with which it does not count."""

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

PREPOSITIONS = frozenset("over under above below".split())
"""Words that behind a counted noun are a preposition and no modifier."""

NOUNS_IN_ING = frozenset(
    "building meeting shooting bombing wedding crossing gathering killing hearing clearing painting"
    " landing beheading hanging stabbing lynching sighting briefing kidnapping hijacking"
    " ruling".split()
)
"""Singular nouns in -ing."""

WEIGHT_WORDS = frozenset(
    "weigh weighs weighed weighing weight heavy lbs kilogram kilograms kilogrammes kg kilos"
    " explosives explosive bomb bombs tnt marijuana cocaine heroin opium ounces ton tons baby"
    " ordnance cannabis".split()
)
"""Words near which pounds are a weight."""

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

BEFORE_NOUN = frozenset("more other additional further extra such".split())
"""Words between a number and its noun that belong to neither ("35 *more* civilians")."""

ADJECTIVES_IN_ED = frozenset("armed united trained masked hooded wounded injured wanted".split())
"""Words in -ed that mostly stand before a noun."""

NOUNS_IN_LY = frozenset("family assembly early elderly ally rally supply monthly daily".split())
"""Words in -ly that are no adverbs."""

SINGULARS_IN_MEN = frozenset("specimen regimen abdomen acumen yemen turkmen".split())
"""Words in -men that are no plural."""

AFTER_SCORES = CASUALTY_WORDS | frozenset("were are have had more remain fled died others".split())
"""Words behind "scores" that show it is a number and no verb."""

TRIGGERS = frozenset(
    {*CARDINALS, *TENS, "hundred", "thousand", "lakh", "million", "crore", "billion", "trillion"}
    | {"dozen", "doz", "tens", "scores", "half", "halves", "quarter", "third", "fifth", "tenth"}
    | {"eighth", "several", "few", "handful", "couple"}
)
"""How every number in words begins; a sentence without any is not looked at."""
