"""Nouns that are counted, and how to tell a plural from its form."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

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
    " services-based communications rights bis".split()
)
"""Words in -s that are not a plural head, and plurals that mostly modify another noun."""

SINGULARS_IN_MEN = frozenset("specimen regimen abdomen acumen yemen turkmen".split())
"""Words in -men that are no plural."""


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
    " sanctions boys' girls' armaments parents allies children's".split()
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
    " females adult adults those anyone everyone someone"
    " nobody anybody everybody none minors youths players residents"
    " civilians".split()
)
"""Words after which "under 18" is an age."""

CASUALTY_WORDS = frozenset(
    "dead killed wounded injured hurt missing arrested detained captured displaced kidnapped"
    " abducted hospitalised hospitalized homeless unaccounted imprisoned jailed executed drowned"
    " trapped stranded martyred infected accused sick".split()
)
"""Participles and adjectives that may stand for the people they describe ("nine wounded")."""

CASUALTY_NOUNS = frozenset("dead wounded injured missing".split())
"""Those of them that another word may describe ("1,100 war wounded")."""

COUNTED_IN_CAPITALS = PERSONS | PLURALS | HEADS_AFTER_PLURAL | CASUALTY_WORDS
"""Heads that are counted even in a headline's capitals ("The Five Soldiers"), and no name."""

TALLIES = frozenset("number toll total count tally figure sum".split())
"""Words behind which a number between commas is how many ("the toll, 43, may rise")."""

AGED = frozenset("accused youth offspring twins triplets".split())
"""Casualty words and plurals behind which it is an age all the same ("the accused, 43, denied")."""

NOUNS_IN_ING = frozenset(
    "building meeting shooting bombing wedding crossing gathering killing hearing clearing painting"
    " landing beheading hanging stabbing lynching sighting briefing kidnapping hijacking"
    " ruling".split()
)
"""Singular nouns in -ing."""

NOUNS_IN_LY = frozenset("family assembly early elderly ally rally supply monthly daily".split())
"""Words in -ly that are no adverbs."""

ADJECTIVES_IN_ED = frozenset("armed united trained masked hooded wounded injured wanted".split())
"""Words in -ed that mostly stand before a noun."""

WEIGHT_WORDS = frozenset(
    "weigh weighs weighed weighing weight heavy lbs kilogram kilograms kilogrammes kg kilos"
    " explosives explosive bomb bombs tnt marijuana cocaine heroin opium ounces ton tons baby"
    " ordnance cannabis".split()
)
"""Words near which pounds are a weight."""

BOMBS = frozenset(
    "bomb bombs warhead warheads device devices ied ieds munition munitions missile missiles"
    " rocket rockets shell shells projectile projectiles glide".split()
)
"""Words before which a weight says of which kind they are: "a 500kg *bomb*"."""

PORTIONS = frozenset(
    "rounds pieces sets boxes crates bags sacks barrels belts cases items bottles cans bundles"
    " cartons packets sheets sticks truckloads lorryloads planeloads shipments consignments"
    " drums canisters jerrycans tins kegs vials packs packages parcels containers baskets buckets"
    " jars tubes rolls bales bundles pallets magazines clips loads sachets kits strips coils trays"
    " loaves batches".split()
)
"""Plurals that count a part of what "of" joins to them: "*rounds* of ammunition"."""

UNCOUNTED = frozenset("livestock cattle poultry media data vermin swine folk".split())
"""Words of ``PLURALS`` that no number counts together with others: "two cars and *livestock*"."""
