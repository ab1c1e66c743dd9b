"""Words by which a sentence says who says so."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

SAYING = frozenset(
    "said say says told tells announced announces confirmed confirms added adds stated"
    " states warned warns insisted insists insist declared declares acknowledged acknowledges"
    " admitted admits alleged alleges allege argued argues argue asserted asserts assert"
    " noted notes predicted predicts recalled recalls revealed reveals disclosed"
    " explained explains wrote writes tweeted tweets posted remarked testified concluded conceded"
    " contended contends reiterated stressed emphasized emphasised"
    " replied commented complained lamented quipped"
    " claimed reported estimated accused accuses accuse blamed blames blame"
    " believes believe thinks suspects maintains maintained explained tell warn"
    " described describes speaks spoke continued agreed"
    " responded cautioned joked observed boasted".split()
)
"""Verbs whose subject is the source."""

OF_SOURCES_ONLY = frozenset(
    "reports claims claim estimates estimate fear feared expects expect counted counts recorded"
    " records registered documented verified logged suggested suggests suggest indicated"
    " report warn believed thought continued observed maintained maintains posted tell states"
    " notes announce confirm".split()
)
"""Verbs that say so only where their subject speaks: a person, an institution, a name."""

OF_REPORTS = frozenset("show shows showed shown indicate indicates found finds find".split())
"""Verbs that say so where a report is their subject, or *that* follows."""

DENYING = frozenset("denied denies deny rejected rejects dismissed disputed disputes".split())
"""Verbs whose subject does not say so."""

SAYING_BESIDE = frozenset(
    "saying adding claiming reporting announcing warning insisting noting estimating stating"
    " alleging arguing telling confirming accusing".split()
)
"""Participles whose subject is the source."""

CITING = frozenset("citing quoting quoted quotes cited cites".split())
"""Verbs whose object is the source."""

GIVEN_BY = frozenset(
    "confirmed reported announced documented recorded registered verified counted released"
    " published compiled provided collected issued quoted cited gathered told said claimed"
    " disclosed estimated tallied seen shared circulated posted".split()
)
"""Participles behind which *by* names the source."""

PUT_AT = frozenset("put revised estimated raised lowered given placed".split())
"""Participles of a number, behind which *by* names the source: "put at 12 by the ministry"."""

TOLLS = frozenset(
    "toll tolls number numbers figure figures count total totals losses casualties strength it them"
    " deaths dead injured wounded missing killed displaced damage cost size".split()
)
"""What is put at a number."""

REPORTS = frozenset(
    "report reports figures figure data statistics tally tallies toll count counts estimate"
    " estimates information statement statements account accounts records documents document"
    " footage release communique numbers assessment claims claim"
    " testimony testimonies rumours rumors bulletin".split()
)
"""Things that are said: whose they are is the source, else nobody."""

STUDIES = frozenset("survey surveys study studies poll polls review inquiry investigation".split())
"""Reports that are sources themselves."""

SPEAKERS = frozenset(
    "prefecture municipality presidency secretariat federation alliance movement front bank"
    " congress junta cabinet delegation consulate diocese church regiment college "
    "police army military ministry minister ministers official officials officer officers"
    " spokesman spokeswoman spokesperson spokesmen spokespeople government authorities authority"
    " witness witnesses resident residents villager villagers doctor doctors medic medics nurse"
    " source sources activist activists monitor monitors group groups agency agencies commander"
    " commanders rebels militants insurgents militia leader leaders chief head director governor"
    " mayor president premier general colonel captain hospital hospitals rescuers analysts analyst"
    " diplomats diplomat experts expert lawyer lawyers survivor survivors council commission"
    " committee office command union media press newspaper paper television tv radio channel"
    " observatory organisation organization charity charities administrator administration"
    " prosecutor prosecutors judge court company operator bureau department service services"
    " staff coalition forces force navy elders elder chairman chairwoman secretary lawmaker"
    " lawmakers senator envoy ambassador coordinator workers worker paramedics firefighters"
    " investigators inspector researchers researcher historians network campaigners relatives"
    " families family people locals man woman farmer teacher priest bishop imam sheikh father"
    " mother brother sister sheriff commissioner deputy adviser aide reporters reporter journalist"
    " journalists correspondent board brigade troops soldiers soldier fighters economists"
    " scientists party campaign team parliament regime opposition kremlin pentagon critics"
    " eyewitnesses"
    " eyewitness morgue embassy un mission taliban separatists intelligence defence defense"
    " detective detectives member members watchdog mediators negotiators lobby foundation institute"
    " nato unicef unhcr ocha iom icrc msf afp ap reuters bbc idf republicans democrats"
    " university ngo ngos refugees migrants".split()
)
"""Nouns of people and institutions that speak."""

SILENT_THINGS = frozenset(
    "numbers letters matters quarters borders corners flowers computers towers shelters posters"
    " containers trailers bunkers helicopters carriers launchers factors corridors visitors motors"
    " doors floors freighters tankers boulders shoulders rivers disasters encounters regimen"
    " headquarters specimen murders".split()
)
"""Plurals in -ers and -ors that do not speak."""

NAMELESS = frozenset(
    "he she it they we i you one this that these those who which what some others many both"
    " someone somebody everybody everyone nobody none another there himself herself".split()
)
"""Words that name nobody."""

DETERMINERS_OF_SOURCES = frozenset(
    "the a an his her its their our my your this that these those another each every no".split()
)
"""Words with which a noun phrase begins."""

JOINING_NAMES = frozenset("of for in from at with near inside outside de al".split())
"""Prepositions that join two nouns in one name."""

CLAUSE_WORDS = frozenset(
    "that which who whom whose when while but because as if although though whereas after before"
    " since until where than so or nor yet unless whether how why what despite during by on to"
    " into onto about over under against between through without like amid following upon not"
    " is are was were be been being am has have had having do does did will would could should may"
    " might can must said says say told left leaving killed died wounded injured hit struck"
    " there then put puts gave gives".split()
)
"""Words that a name does not go over."""

BE = frozenset("is are was were be been being am 's".split())
"""Forms of *to be*: a participle behind them is passive."""

AUXILIARIES = frozenset("has have had did do does will would may might must".split())
"""What may stand between a source and its verb."""

ADVERBS = frozenset(
    "also later earlier previously initially repeatedly meanwhile recently today yesterday"
    " tonight now then still again already just even only reportedly separately nevertheless"
    " however though too privately publicly publicly officially falsely since once often always"
    " finally first quickly immediately either simply flatly early late jointly".split()
)
"""Adverbs that may stand beside the verb."""

TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december today yesterday tonight tomorrow"
    " morning afternoon evening night week month year weekend midday noon hours days midnight"
    " late early last this".split()
)
"""Words of time that belong to no name."""

EVENT_NOUNS = frozenset(
    "attack attacks blast blasts explosion explosions flood floods earthquake war fighting clashes"
    " violence bomb bombs shelling raid fire disaster crash conflict killing killings strike"
    " strikes assault unrest battle battles disease epidemic drought storm".split()
)
"""What happens, and does not speak."""

NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds"
    " thousands dozens scores some several few many nearly about around more fewer least".split()
)
"""Words with which a claim begins behind a name."""

HARM_REPORTED = frozenset("killed dead missing wounded injured".split())
"""What people are "reported", without a source."""

HAPPENED = HARM_REPORTED | frozenset("was were died".split())
"""Words of a clause of its own, which explains no name."""

NAMED_AFTER_ED = frozenset("wounded injured displaced accused united red armed".split())
"""Words in -ed that a name may have."""

OCCASIONS = frozenset("statement interview briefing report post conference".split())
"""On what something is said: "in a statement"."""

SAYING_VERBS = SAYING | OF_SOURCES_ONLY | OF_REPORTS | DENYING
"""Verbs whose subject may be a source."""

CUE_WORDS = (
    SAYING_VERBS
    | SAYING_BESIDE
    | CITING
    | frozenset("according put puts putting gave gives give".split())
)
"""Words one of which a sentence has that names a source, unless it has one of the next."""

GIVEN_WORDS = GIVEN_BY | PUT_AT | REPORTS
"""Words that name a source with *by* or *from*."""

CUE_STARTS = CUE_WORDS | GIVEN_WORDS | {"by"}
"""Words that a cue may stand at; all others are passed over."""
