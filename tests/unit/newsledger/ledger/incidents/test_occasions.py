"""Whether those who died are told of only as the occasion of something else."""

from __future__ import annotations

import pytest

from newsledger.ledger.incidents.occasions import is_occasion


def occasion(marked: str) -> bool:
    """Whether whoever stands between asterisks is one."""
    before, those, behind = marked.split("*")
    return is_occasion(before + those + behind, len(before), len(before) + len(those))


@pytest.mark.parametrize(
    "marked",
    [
        "Residents demonstrated over the killing of *a taxi driver*.",
        "Traders closed their shops to protest the murder of *two colleagues*.",
        "They protested after the previous day *40 prisoners* were killed in a jail.",
        "A protest was held by family members of *a baby* who died in hospital.",
        "They lit candles to honour *a man* who died in the riots.",
        "Bus drivers went on strike over the death of *a colleague*.",
        "Nurses walked out in protest at the killing of *a doctor*.",
        "A curfew was imposed in Jos after clashes killed *14 people*.",
        "A court sentenced two men for the murder of *four hikers*.",
        "An officer was convicted of killing *three detainees*.",
        "Police charged a nurse with the murder of *seven babies*.",
        "Thousands attended the funeral of *five firefighters* who died.",
        "It was the anniversary of the attack in which *30 pupils* were killed.",
        "Hundreds marked the anniversary of the massacre of *30 pupils*.",
        "A man was arrested over the shooting of *four people*.",
        "Clashes over the murder of *a chief* killed 12 people.",
        "Twelve died in clashes that erupted over the killing of *a shepherd*.",
        "It killed 16 soldiers to avenge the death of *its leader*.",
        "Huts were burned in retaliation for the killing of *two herders*.",
        "A mob burned the house of men who killed *a resident* earlier that day.",
        "A vigil was held in the square for *two teenagers* killed in March.",
        "Hundreds attended a memorial for *five miners* who died last year.",
        "Flowers were laid for the *four officers* who were shot dead in June.",
        "A minute's silence was held for *a policewoman* who was stabbed to death.",
        "Tributes were paid to *a teacher* who was killed in the attack.",
        "A monument to the *40 villagers* who were massacred was unveiled.",
        "Thousands gathered to remember the *96 fans* who died in the disaster.",
        "They lit candles in memory of *two sisters* who drowned.",
        "Ten years after a bomb killed *52 people*, survivors gathered at the station.",
        "On the anniversary of the day a blast killed *30 people*, shops stayed closed.",
        "A year after *12 people* were killed in the bombing, relatives gathered.",
        "*Three firefighters* who died in the blaze were buried on Sunday.",
        "*Two brothers* killed in the clash were laid to rest.",
    ],
)
def test_who_died_earlier_and_is_the_reason(marked: str) -> None:
    assert occasion(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "The attack, which killed *12*, was in revenge for the killing of two herders.",
        "Police fired on a protest over the death of a student, killing *two people*.",
        "*Three marchers* were shot dead at a demonstration over the killing of a cleric.",
        "Protesters blocked a road and *three of them* were shot dead.",
        "Gunmen attacked a funeral in Kabul, killing *five mourners*.",
        "A bomb at the trial of two militants killed *four people*.",
        "Soldiers killed *three protesters* after they blocked a road.",
        "The government condemned the killing of *30 villagers*.",
        "Clashes over the land caused the deaths of *12 people*.",
        "The army is accused of killing *30 villagers*.",
        "Air strikes on the town were responsible for the deaths of *12 people*.",
        "The UN condemned the raid after *12 people* were killed.",
        "A strike at dawn caused the deaths of *six farmers*.",
        "Air strikes hit the town after a bomb killed *nine soldiers*.",
        "Thousands marched after dark for *5 km*.",
        "The attack that killed *12 people* last night was claimed by the group.",
        "A landslide which killed *40* earlier in the week blocked the valley.",
        "A gunman who killed *six people* earlier this week is on the run.",
        "Protests after the election left *20 people* dead.",
        "Demonstrations following the vote have killed *14 people*.",
        "Soldiers enforcing a curfew after the coup killed *nine people*.",
        "Students who marched after the vote killed *a guard*.",
        "Gunmen gathered after nightfall to kill *ten villagers*.",
        "A bomb at a memorial service killed *three people*.",
        "A bomb at a vigil for a murdered singer killed *three people*.",
        "A bomb at a memorial raised the toll to *12 dead*.",
        "A bomb at a memorial accounted for *12 deaths*.",
        "Emergency services searched for *three killed fishermen*.",
        "On the anniversary of the coup gunmen killed *12 people*.",
        "A year after the ceasefire gunmen killed *12 people*.",
        "Five years after the war a landmine killed *three farmers*.",
        "*Seven people* who were buried by an avalanche died.",
        "*Seven miners* who were buried when the shaft collapsed died.",
        "A strike on a funeral was responsible for the deaths of *12 people*.",
        "Two years after the coup soldiers killed *12 people*.",
        "A year after the coup, *12 people* were killed in a raid.",
        "*Six workers* who died when a wall collapsed were buried under rubble.",
        "*Twelve villagers* were killed and were buried in a mass grave.",
        "*Three mourners* who attended the funeral were shot dead.",
        "Police are hunting suspects after the shooting of *three men*.",
        "The army tried to hold the town after the deaths of *20 soldiers* in an ambush.",
    ],
)
def test_who_died_in_what_is_told(marked: str) -> None:
    assert not occasion(marked)
