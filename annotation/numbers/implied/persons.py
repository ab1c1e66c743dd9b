"""The words for one person, and those that introduce or end them."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

PERSONS = frozenset(
    # by age, sex and family
    "man woman boy girl child baby infant toddler teenager teen youth adult person civilian minor"
    " male female villager resident citizen national individual pedestrian passer-by passerby"
    " bystander father mother son daughter brother sister husband wife uncle aunt nephew niece"
    " cousin grandmother grandfather grandson granddaughter relative bodyguard widow victim"
    " pensioner elder youngster schoolboy schoolgirl stepson sibling twin orphan bride guest"
    # by work
    " soldier policeman policewoman officer constable sergeant corporal lieutenant captain major"
    " colonel general brigadier commander inspector guard serviceman servicewoman trooper marine"
    " paramilitary gendarme conscript recruit reservist sailor pilot sniper driver"
    " journalist reporter cameraman photographer editor blogger broadcaster activist lawyer judge"
    " prosecutor magistrate advocate teacher professor lecturer headmaster principal student pupil"
    " doctor nurse medic paramedic pharmacist farmer fisherman herder herdsman shepherd hunter"
    " trader shopkeeper merchant businessman businesswoman vendor contractor engineer mechanic"
    " worker labourer laborer employee official politician candidate councillor councilor mayor"
    " governor minister senator lawmaker mp legislator deputy ambassador diplomat envoy priest"
    " pastor bishop imam cleric preacher monk nun missionary singer actor artist player footballer"
    " taxi-driver motorcyclist cyclist biker motorist passenger pilgrim tourist foreigner migrant"
    " refugee asylum-seeker aid-worker volunteer peacekeeper observer porter cook cleaner"
    " miner carpenter tailor tribesman chief chieftain chairman chairperson chairwoman spokesman"
    " spokesperson secretary president accountant banker clerk manager director owner landlord"
    " informant informer spy collaborator technician firefighter fireman rescuer warden jailer"
    # by side
    " militant insurgent rebel terrorist fighter gunman attacker assailant bomber jihadist"
    " jihadi extremist militiaman combatant leader member ringleader supporter follower aide"
    " adviser advisor cadre maoist naxalite guerrilla guerilla separatist mercenary bandit robber"
    " thief smuggler trafficker criminal suspect gangster convict prisoner inmate detainee hostage"
    " protester protestor demonstrator rioter deserter defector veteran ex-soldier ex-combatant"
    " head deceased dealer adolescent dissident opponent critic kidnapper perpetrator"
    " agent operative intruder settler"
    " palestinian israeli kurd christian muslim tutsi hutu american".split()
)
"""Nouns for one person."""

BODIES = frozenset("body corpse cadaver".split())
"""Nouns for one dead person."""

OFFICES = frozenset(
    "mayor governor minister president chief commander leader driver owner chairman director head"
    " pilot ambassador suspect attacker bomber gunman assailant perpetrator deceased".split()
)
"""Persons of whom there is mostly one, so that *the* need not mean one who was told of before."""

HARMED = frozenset("wounded injured abducted kidnapped missing arrested detained captured".split())
"""Adjectives after *the* that tell which person, who need not have been told of before."""

DETERMINERS = frozenset("a an another his her their its my our".split())
"""What introduces one person."""

ENDS = frozenset(
    "a an the and or but of in on at by to from for with near as was were is are be been being has"
    " have had who whom whose that which when while where after before during under over into"
    " inside outside along through between since until because if then also later both who's he she"
    " they it his her their its him them this these those not no will would could may might should"
    " can against around behind about across amid despite following including among off"
    " per via upon within without toward towards according and/or there so than said says"
    " reportedly allegedly yesterday today named aged wearing riding belonging"
    " working dead".split()
)
"""Words that no noun phrase goes on with."""

ORGANISATIONS = frozenset(
    "army police forces force council state group party front movement militia militias brigade"
    " battalion taliban shabaab al-shabaab haram isis isil daesh hezbollah hamas houthi houthis"
    " government ministry united nations un us uk eu january february march april may june july"
    " august september october november december monday tuesday wednesday thursday friday saturday"
    " sunday islamic islamist christians muslims palestinians israelis kurds civilians people the"
    " in at on after syrian iraqi afghan turkish russian ukrainian israeli palestinian iranian"
    " yemeni saudi pakistani indian chinese american french british nigerian somali".split()
)
"""Capitalised words that show that a name is none of one person."""
