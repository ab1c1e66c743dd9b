"""The words by which one person is named, and by which one is harmed."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from annotation.numbers.lexicon.verbs import VERBS

REMAINS = frozenset("body corpse cadaver skeleton".split())
"""What is left of one: a body found counts as one killed."""

THINGS = frozenset(
    # that die, disappear, are taken or hit
    "house home building school hospital mosque church car truck bus van lorry vehicle"
    " motorcycle motorbike boat ship vessel plane aircraft helicopter drone tank post"
    " checkpoint base position bridge road market shop factory plant port airport station"
    " depot warehouse territory area district province region weapon rifle gun"
    " ceasefire truce deal hope protest clash attack bill case appeal state country"
    # that do it
    " bomb rocket missile mine landmine shell round projectile munition warhead bullet cartridge"
    " grenade mortar device ied shot burst salvo volley fire explosion blast strike airstrike"
    " raid sortie"
    # that are counted beside people, and that nobody is among
    " event incident crime charge operation encounter item object document tyre tire"
    " warrant order verdict contract location site".split()
)
"""Things and happenings, in the singular: no person is harmed where they are counted."""

BEASTS = frozenset(
    "dog cow bull ox horse donkey mule camel goat sheep lamb calf elephant lion tiger bear"
    " pig bird cat animal animals herd livestock buffalo cattle poultry chicken goose geese rabbit"
    " wolf wolves monkey leopard rhino crocodile snake".split()
)
"""No person either."""

NO_PERSONS = (
    THINGS
    | BEASTS
    | frozenset(
        # many, or nobody knows how many
        "number group family couple pair crew gang mob crowd team unit squad patrol force army"
        " police militia dozen score hundred thousand handful majority minority few lot population"
        " community people household tribe clan village town city camp convoy column battalion"
        " brigade platoon delegation staff public government party movement rest total several"
        " many most some both none class generation leadership command commission".split()
    )
)
"""Nouns that are no person where the verb alone does not say so."""

KILLING = frozenset(
    "killed murdered assassinated executed beheaded lynched slain wounded injured abducted"
    " kidnapped detained arrested stabbed shot martyred hanged strangled gunned hacked bludgeoned"
    " tortured raped jailed imprisoned".split()
)
"""Participles that speak of people whoever is named: "a *cadre* was killed"."""

ATTACKING = frozenset(
    "kill kills killed killing murder murders murdered murdering assassinate assassinates"
    " assassinated assassinating behead beheads beheaded beheading lynch lynches lynched lynching"
    " slain slaying wound wounds wounded wounding injure injures injured injuring abduct abducts"
    " abducted abducting kidnap kidnaps kidnapped kidnapping arrest arrests arrested arresting"
    " stab stabs stabbed stabbing shot".split()
)
"""Verbs that speak of people whoever is their object: "killed *a grocer*"."""

OF_AGENTS = (
    "er", "or", "ist", "ian", "ant", "man", "woman", "eer", "ee", "ite", "herd", "smith", "yer"
)  # fmt: skip
"""How nouns for people by what they do end, mostly."""

FATAL = frozenset("died dies succumbed perished drowned".split())
"""Verbs whose subject is alive first: no place and no body of people."""

ARTICLES_OF_NAMES = ("al-", "el-", "ad-", "an-", "ar-", "as-", "at-", "az-", "ash-", "ul-")
"""How parts of Arabic names begin that are written with their article: "Rifaat *al-Said*"."""

PARTICLES = frozenset("bin bint ibn al el de da dos van von der den abu ould".split())
"""What stands within the name of a person: "Osama *bin* Laden"."""

COUNTED_BEFORE = frozenset("victim deceased".split())
"""Whom a sentence before has counted where *the* stands before them and nothing else."""

PRONOUNS = frozenset("one another somebody someone".split())
"""Stand for one person where a verb of harm says so: "one was killed", "another wounded"."""

DETERMINERS = frozenset(
    "a an the his her their its our my another this that one's whose each either neither".split()
)
"""Begin the name of one. "No" and "every" begin none."""

POSSESSIVES = frozenset("his her their its our my whose".split())
"""Of them also a bare noun follows."""

_KILLING = frozenset(
    "kill kills killed killing murder murders murdered murdering assassinate assassinates"
    " assassinated assassinating execute executes executed executing behead beheads beheaded"
    " beheading lynch lynches lynched lynching hang hanged hanging shoot shoots shot shooting"
    " hack hacked hacking strangle strangled strangling slaughter"
    " slaughtered slay slays slain slaying massacre massacred burn burned burnt burning poison"
    " poisoned drown drowned crush crushed bury buried electrocute electrocuted neutralise"
    " neutralised neutralize neutralized eliminate eliminated eliminating"
    " martyred bludgeon bludgeoned gunned".split()  # "martyr" is what the dead are called
)
_INJURING = frozenset(
    "wound wounds wounded wounding injure injures injured injuring hurt hurts hurting maim"
    " maimed maims maiming torture tortures tortured torturing rape rapes raped raping"
    " beat beats beaten beating hit hits hitting strike strikes struck striking stab stabs"
    " stabbed stabbing punch punched punching".split()
)
_CAPTURING = frozenset(
    "abduct abducts abducted abducting kidnap kidnaps kidnapped kidnapping seize seizes"
    " seized seizing capture captures captured capturing detain detains detained detaining"
    " arrest arrests arrested arresting imprison imprisoned jail jails jailed jailing"
    " apprehend apprehended apprehending take takes took taken taking hold holds held holding"
    " led lead leads leading sentenced".split()
)
HARMING = _KILLING | _INJURING | _CAPTURING
"""Verbs whose object, or whose subject in the passive, is harmed or taken."""

TAKING = frozenset(
    "take takes took taken taking seize seizes seized seizing led lead leads leading".split()
)
"""Verbs that harm a person only with *hostage*, *captive*, *prisoner*, *away*."""

TAKEN = frozenset("hostage captive prisoner hostages away".split())
"""What makes them so."""

DYING = frozenset(
    "die died dies dying succumbed succumbs succumbing perished perishes drowned drowns bled"
    " disappeared vanished fell committed suffocated suffered".split()
)
"""Verbs whose subject is harmed."""

SUFFERED = DYING | {"lost"}
"""The same, and what harms with what it names: "lost limbs"."""

ONLY_WITH_MORE = frozenset("lost fell committed".split())
"""Words that tell of harm only with what stands behind them: "fell *in battle*", but "fell ill"."""

FIGHTING = frozenset(
    "battle battles battlefield fighting combat action clash clashes war duty gunfight firefight"
    " ambush fray".split()
)
"""In what one falls who dies: "two soldiers fell in *action*"; others fall from roofs, or ill."""

LIFE = frozenset("life lives".split())
"""Who has lost it has died."""

LIMBS = frozenset(
    "leg legs arm arms hand hands foot feet limb limbs thigh thighs knee knees shoulder shoulders"
    " ankle ankles calf shin elbow wrist finger fingers buttocks".split()
)
"""Where a blow mostly kills nobody: "shot in the *leg*"."""

LOST = LIFE | LIMBS | {"eye", "eyes", "sight"}
"""What somebody harmed has lost."""

DEAD = frozenset("dead wounded injured missing killed shot unharmed slain hurt".split())
"""What somebody is, or is found, or is left."""

PARTICIPLES = frozenset(
    word
    for word in HARMING
    if word.endswith(("ed", "en", "shot", "struck", "slain", "hurt", "hit", "held", "led", "burnt"))
)
"""Of the verbs of harm the participles."""

HOW = frozenset(
    "critically seriously fatally mortally severely badly gravely grievously slightly"
    " lightly".split()
)
"""How somebody is harmed."""

FATALLY = frozenset(["fatally"])
"""How somebody is harmed who dies of it."""

NEXT = frozenset("next following same".split())
"""Before a time that tells when: "killed the *next* day"."""

SENTENCING = frozenset("sentenced condemned".split())
"""Before *to death*: nobody has died."""

NO_DEATH = SENTENCING | frozenset(
    "scared frightened terrified bored worried tickled shocked embarrassed teased loved".split()
)
"""The same, with what is only a way of speaking: "*scared* to death"."""

REFLEXIVES = frozenset("himself herself themselves itself themself".split())
"""Behind a verb whose subject harms nobody else: "hanged *himself*"."""

LATER = frozenset(
    "later then subsequently eventually soon afterwards instantly immediately reportedly"
    " allegedly also".split()
)
"""What may stand before a verb that tells how harm ended: "was shot and *later* died"."""

THEM = frozenset("him her them both all everyone everybody".split())
"""Those told of before, whom a verb harms: "opened fire on two men, killing *both*"."""

ATTEMPTED = frozenset(
    "attempted attempt failed foiled thwarted planned averted abortive botched unsuccessful"
    " threatened prevented stopped".split()
)
"""Before a noun of harm: nothing has happened: "the *attempted* murder of a priest"."""

TAKING_LIFE = frozenset(
    "claim claims claimed claiming take takes took taken taking cost costs costing lose lost loss"
    " end ended ending".split()
)
"""What makes a death of *the life of*; nobody dies of "an attempt on the life of a judge"."""

AIMING = frozenset("shoot shoots shot shots shooting fire fires fired firing".split())
"""Before *at* and *on*: nobody is harmed yet: "*shot* at a driver", "opened *fire* on a nurse"."""

AFTER_HARM = HOW | frozenset(
    "dead down and to death injuring wounding killing wounded injured killed also alive"
    " hostage captive prisoner reportedly at least along together with or both".split()
)
"""What may stand between a verb of harm and whom it harms: "shot *dead* an inspector"."""

LOSSES = frozenset(
    "body corpse corpses remains death killing murder assassination abduction kidnapping arrest"
    " execution beheading lynching shooting stabbing detention capture disappearance wounding"
    " slaying life bodies lives deaths martyrdom".split()
)
"""Nouns that lead to one with *of*: "the body of a man", "claimed the life of a child"."""

BEING = HOW | frozenset(
    "was were is are be been being got has had have having who which that also reportedly"
    " later then found still allegedly both already declared pronounced left lying got".split()
)
"""What may stand between one and the participle: "a man *was later found* dead"."""

PASSIVE = frozenset("was were is are been being found got".split())
"""Of them those that make a passive."""

SPEAKING = frozenset(
    "said says say told tells added adds confirmed confirms announced announces reported reports"
    " stated states claimed claims explained explains noted notes warned warns recalled recalls"
    " testified testifies insisted insists denied denies admitted admits alleged alleges wrote"
    " writes tweeted posted declared declares spoke speaks described describes".split()
)
"""Verbs of whoever tells of the harm: "killed nine, an official *said*"."""

OWN_VERBS = (
    SPEAKING
    | (VERBS | frozenset("escaped survived managed tried refused called helped".split()))
    - HARMING
    - frozenset("left lead leads lost found set put laid known dealt sent".split())
    | frozenset("was were is are has had have will would could can did does".split())
)
"""Finite verbs behind one who is named last: that one begins a clause, and is not harmed with those
before: "killed two and a guard *fled*"."""

LED_BY_TO = frozenset("said alleged claimed told reported thought known made".split())
"""Of these words those that are participles before *to*: "a man *said* to be a spy"."""

LED_BY_AS = frozenset("described reported declared known claimed posted confirmed".split())
"""The same before *as* or what befell them: "a man *described* as a spy", "*reported* missing"."""

CLAUSES = frozenset(
    "who whom whose which that when while as after before until since because where if".split()
)
"""What begins a clause of another subject."""

VICTIMS = frozenset(
    "dead killed wounded injured victims casualties detained missing abducted kidnapped"
    " arrested".split()
)
"""What several are called before they are named one by one."""

NAMING = PASSIVE | frozenset("include includes included including comprise comprised".split())
"""Verbs by which they are: "the dead *include* a nurse"."""

ASIDES = frozenset("including among along together with as plus and".split())
"""What begins an aside that names one beside others: "ten men, *including* a boy, were"."""

GOING = frozenset("went go goes gone going".split())
"""What leads to a disappearance: "*went* missing"."""

AFTER_PARTICIPLE = frozenset(
    "down in by at on near after during when while as outside inside dead for from and with to"
    " before between along over under around beside across yesterday today overnight last late"
    " early".split()
)
"""What follows a participle without *was*: "woman killed *in* blast", but "a man killed two"."""

JOINING = frozenset(", and or & as well plus along with together".split())
"""What stands between several that are harmed alike."""

SPARED = frozenset(
    "freed released rescued evacuated saved survived escaped treated fled spared".split()
)
"""What is said of those who were not harmed, or no more."""

POSTMODIFIERS = frozenset(
    "of from in at with near on for aged identified named known believed called working"
    " riding travelling traveling driving"
    " suspected accused belonging loyal affiliated wearing".split()
)
"""What leads on from a noun to more about the same person: "a member *of* the council"."""

UNREAL = frozenset(
    "could would might may not never nobody no without if to must should cannot n't".split()
)
"""Before a verb: nothing has happened."""

DEATH = "death"
"""What a word of harm tells of, where it tells of nothing else."""

DEADLY = frozenset(
    "kill kills killed killing murder murders murdered murdering assassinate assassinates"
    " assassinated assassinating assassination behead beheads beheaded beheading lynch lynches"
    " lynched lynching slay slays slain slaying massacre massacres massacred massacring slaughter"
    " slaughtered martyred die died dies dying succumbed perished dead death deaths lives".split()
)
"""Words that tell of people who died: warrants are executed, bombs neutralised, huts burned."""

INJURY = "injury"
"""What "wounded" tells of."""

DISAPPEARANCE = "disappearance"
"""What "missing" tells of."""

HARMED = PARTICIPLES | DEAD
"""What is said of whoever was harmed: "12 were *wounded*", "left 12 *dead*"."""

SURVIVED = frozenset(
    "shot hit struck stabbed hacked burned burnt crushed buried poisoned drowned electrocuted"
    " bludgeoned strangled gunned".split()
)
"""Of the words that tell of a death those that another word may tell more of: "shot and hurt"."""

HARMS = (
    dict.fromkeys((HARMING | DYING | DEAD | LOSSES) - LIFE - {"remains"}, DEATH)
    | dict.fromkeys(_INJURING | {"lost", "suffered"}, INJURY)
    | dict.fromkeys(
        _CAPTURING.union("hostage captive prisoner abduction detention".split()), "capture"
    )
    | dict.fromkeys("missing disappeared vanished disappearance".split(), DISAPPEARANCE)
)
"""What each word of harm tells of: the values of the attribute ``harm`` of claim kinds."""
