"""Words beside which a number is a name or an identifier: page 12, phone 112, 10 Downing Street."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

DESIGNATORS = frozenset(
    "resolution resolutions article articles chapter chapters section sections paragraph para paras"
    " page pages pp channel no no. nos nos. nr nr. nrs nrs. number numbers figure fig fig. table"
    " footnote footnotes note notes schedule exhibit decree decision entry ordinance appendix"
    " annex rule court order paragraphs annexes appendices chapters clauses grid geoprecision"
    " frequency directive regulation act law protocol amendment clause title part volume vol. issue"
    " edition episode season version flight room building gate terminal platform pier"
    " block unit group zone sector ward district region camp checkpoint highway road route"
    " motorway interstate exit junction street avenue runway kilometre kilometer km mile"
    " milepost hill"
    " point phase stage step level tier grade class category type model mark mk series size"
    " division brigade battalion regiment company squadron squad platoon army corps fleet wing ctf"
    " passcode code pin id ssn ref reference case file invoice account card ticket"
    " passport license licence plate serial lot apartment apt suite box zip postcode"
    " week top share psalm verse line bus train tram precision sections"
    " lines tables items exhibits rules schedules"
    " base hangar hut windows iphone boeing airbus apollo soyuz cosmos formula area question"
    " q item option round game match week cycle division pope louis exercise exercises"
    " tel tel. fax phone ext ext. extension dial hotline mobile cell telephone".split()
)
"""Nouns after which a bare integer is a name, not a quantity ("Resolution 2254", "page 12")."""

ABBREVIATED = frozenset(
    "no nos nr nrs fig para paras pp p vol ref ext tel apt st sec art arts ch op q ctf mk".split()
)
"""Designators that end in a full stop without ending a sentence: "para. 14", but not "camp. 7"."""

ABBREVIATIONS = "p pp s ss art arts sec secs ch cl reg regs sched fn op n vol pt".split()
"""Those of them that name nothing without the full stop: "p. 17", "s. 34"."""

VERBAL_DESIGNATORS = frozenset(
    "note notes"
    " order question issue file stage level block train rule page number table share post mark ship"
    " market base exercise bus exit host group match class unit house act plate model".split()
)
"""Those of them that may be verbs, with what is counted as their object: "*block* 12 roads"."""

DESIGNATED_PLACES = frozenset(
    "flight room building gate terminal platform pier block unit group zone sector ward district"
    " region camp checkpoint highway road route motorway exit junction street avenue runway hill"
    " division brigade battalion regiment company squadron squad platoon army corps fleet wing base"
    " hangar hut bus train tram area".split()
)
"""Those of them that are places and bodies, where something may be counted: "at a *gate* 12 men".
"""

NUMBERED_BODIES = frozenset(
    "brigade division battalion regiment squadron platoon corps company commando detachment battery"
    " flotilla sas wing fleet committee panel regime list bn bde regt coy sqn sqdn div plt para"
    " rr".split()
)
"""What is named by a number before it: the 21 *Brigade*, the 1267 *committee*."""

BODIES_IN_ARMS = frozenset(
    "infantry rifles lancers hussars dragoons grenadiers fusiliers highlanders cavalry signals"
    " artillery".split()
)
"""What is so named only with a capital and a name before it: the 44 Rashtriya *Rifles*."""

BODIES_OF = frozenset(["committee", "group", "gang", "council"])
"""What is named by the number of its members: the *Committee* of 24."""

POSITIONS = frozenset("coordinates coords latitude longitude lat lon".split())
"""Words before the numbers that say where on the earth something is."""

IDENTIFIED = frozenset(
    "phone telephone tel fax mobile cell hotline dial whatsapp passcode account card ssn"
    " password isbn issn serial passport omb".split()
)
"""Words that announce an identifier within the next few words."""

REACTIONS = frozenset("comment comments likes reply replies retweet retweets".split())
"""What web pages count of their readers."""

NO_CALIBRE = (
    r"(?:of|in|on|at|to|and|or|per|by|for|with|from|over|since|during|after|before|than|as|that|which"
    r"|a|the|is|was|were|are|has|had|have|fell|falls|falling|per|percent|a|each|every|long|wide|deep"
    r"|high|tall|thick|apart|above|below|more|less|rain\w*|snow\w*|downpours?|precipitation"
    r"|layers?|x\s\d)\b"
)
"""Words before which millimetres, and digits behind a point, are no calibre but what is measured:
"12mm *of* rain", ".38 *percent*"."""

WEAPON_WORDS = (
    "mortar|rocket|shell|gun|cannon|howitzer|round|calib|ammunition|barrel|pistol|machine|carbine"
    "|artiller|projectile|grenade|rifle|bullet|cartridge|automatic|sniper|missile|handgun|launcher"
    "|munition|recoilless|anti|heavy|self|lens|film|revolver|autocannon|guns|tube|towed|weapon"
)
"""Beginnings of words before which digits behind a point are a calibre: "a .38 *revolver*"."""

STREETS = frozenset("street avenue road square lane boulevard drive st ave rd blvd".split())
"""Heads of an address, "10 Downing *Street*"."""
