"""Nouns for one person, by which one is named without a number, or told the age of."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

ONE_PERSON = frozenset(
    # anybody
    "man woman boy girl child baby infant newborn toddler teenager teen adolescent youth"
    " youngster person individual human adult minor civilian citizen national native local"
    " resident passer-by villager tribesman inhabitant bystander passerby onlooker victim pensioner"
    " orphan"
    # kin
    " mother father parent son daughter brother sister sibling husband wife spouse fiance"
    " fiancee grandmother grandfather grandson granddaughter grandchild uncle aunt nephew"
    " niece cousin widow widower relative kinsman kin in-law brother-in-law sister-in-law"
    " father-in-law son-in-law stepson stepfather friend neighbour neighbor companion"
    " colleague girlfriend boyfriend twin"
    # work
    " farmer herder herdsman shepherd fisherman hunter trader merchant vendor hawker"
    " shopkeeper businessman businesswoman driver chauffeur passenger motorist motorcyclist"
    " biker cyclist rider pedestrian labourer laborer worker miner engineer technician"
    " electrician mechanic carpenter builder employee staffer contractor clerk accountant"
    " cashier banker guard watchman warden bodyguard cook chef waiter barber tailor butcher"
    " baker cleaner porter cleric imam priest pastor monk nun bishop rabbi preacher missionary"
    " catechist sheikh mullah teacher headmaster headteacher principal lecturer professor"
    " academic scholar student pupil schoolboy schoolgirl doctor surgeon physician nurse"
    " midwife medic paramedic pharmacist vet rescuer firefighter fireman volunteer journalist"
    " reporter correspondent cameraman photographer editor broadcaster blogger presenter"
    " writer poet singer musician actor actress artist footballer athlete coach referee"
    " activist campaigner lawyer attorney judge magistrate prosecutor politician lawmaker"
    " legislator senator congressman deputy councillor councilor councilman mayor governor"
    " minister ambassador diplomat envoy official candidate voter civil-servant bureaucrat"
    " secretary chairman president premier spokesman spokeswoman adviser advisor aide manager"
    " director owner landlord landowner developer chief elder leader head member supporter"
    " sympathiser sympathizer follower collaborator interpreter translator informant informer"
    " spy agent operative courier smuggler trafficker dealer peacekeeper observer monitor"
    " expert guide hiker jogger commuter novice apprentice trainee mourner"
    # arms
    " soldier serviceman servicewoman marine sailor airman pilot navigator gunner sniper"
    " sapper deminer conscript recruit reservist veteran trooper paratrooper guardsman"
    " gendarme policeman policewoman cop constable officer inspector superintendent sergeant"
    " corporal private lieutenant captain major colonel general brigadier admiral commander"
    " commandant ranger militiaman paramilitary fighter combatant rebel insurgent guerrilla"
    " guerilla militant jihadist extremist terrorist separatist mercenary gunman attacker"
    " assailant bomber hijacker kidnapper raider"
    # custody and flight
    " suspect robber thief burglar bandit gangster criminal murderer killer prisoner detainee"
    " inmate convict captive hostage defendant refugee migrant settler returnee asylum-seeker"
    " deportee protester protestor demonstrator rioter picketer striker tourist visitor"
    " foreigner traveller traveler pilgrim worshipper worshiper guest patient".split()
)
"""Nouns for one person. Groups ("family", "couple", "crew") are no one's number."""
