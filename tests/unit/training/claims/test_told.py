"""What a sentence tells of those whom a mention counts."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from training.claims.governors import governors
from training.claims.sentence_words import words_of
from training.claims.told import ToldOfThem, spoken_harms, told_of


def told(text: str) -> ToldOfThem:
    words, mention = words_of(text), read(text, implied=True)[0]
    return told_of(words, mention, governors(words, mention), spoken_harms(words))


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("Two civilians were shot and injured.", ("injury",)),
        ("Two civilians were shot.", ("death",)),
        ("Two herders were stabbed and later died.", ("death",)),
        ("Four engineers were kidnapped and later killed.", ("death",)),
        ("20 people were wounded or killed.", ("injury", "death")),
        ("20 people were killed or wounded.", ("death", "injury")),
        ("A dozen civilians got injured.", ("injury",)),
        ("They clubbed 12 men to death.", ("death",)),
        ("Four children starved to death.", ("death",)),
        ("The army lost 47 men.", ()),
        ("Two guards killed a thief.", ()),
        ("Four brothers of a soldier who died joined.", ()),
        ("12 people were not killed but injured.", ("injury",)),
        ("Three farmers fell ill.", ()),
        ("Three commandos fell in action.", ("death",)),
        ("Five men sentenced to death were executed.", ("death",)),
        ("Seven students abducted last week were found dead.", ("death",)),
        ("Three relatives of a man who fled the village were killed.", ("death",)),
        ("None of the 12 hostages survived.", ("death",)),
        ("No one among the 12 crew survived the sinking.", ("death",)),
        ("Of the 12 people on board, none survived.", ("death",)),
        ("It sank with 12 people on board, none of whom survived.", ("death",)),
        ("There were no survivors among the 12 passengers.", ("death",)),
        ("Two of the crew could not be saved.", ("death",)),
        ("Two of the injured did not survive.", ("death",)),
        ("The 12 hostages survived.", ()),
        ("It is unclear whether any of the 12 hostages survived.", ()),
        ("They denied that none of the 12 hostages had survived.", ()),
        ("Three soldiers met their deaths in an ambush.", ("death",)),
        ("Two men killed themselves.", ("death",)),
        ("Ten people watched a man being beaten to death.", ()),
    ],
)
def test_what_happened_to_them(text: str, harms: tuple[str, ...]) -> None:
    assert told(text).harms == harms


@pytest.mark.parametrize(
    ("text", "died"),
    [
        ("Insurgents massacred 12 residents.", True),
        ("12 people have lost their lives.", True),
        ("They put five deserters to death.", True),
        ("Three reporters detained in July were executed.", True),
        ("They burned 12 huts.", False),
        ("They executed 12 warrants.", False),
        ("12 were killed or wounded.", False),
    ],
)
def test_whether_nothing_but_their_death_is_told(text: str, died: bool) -> None:
    assert told(text).died is died


def test_what_was_only_tried_has_not_happened() -> None:
    assert told("They condemned the attempted killing of two activists.").unreal == {"death"}
    assert not told("They condemned the killing of two activists.").unreal


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        ("12 people were not killed.", {"death"}),
        ("Two soldiers were neither killed nor wounded.", {"death"}),
        ("Ten people were almost killed.", {"death"}),
        ("The bomb could have killed 20 people.", {"death"}),
        ("They tried to abduct 12 students.", {"capture"}),
        ("None of the 12 passengers were killed.", {"death"}),
        ("None of the 12 people killed in the blast was a soldier.", set()),
        ("Ten sailors were rescued from drowning.", {"death"}),
        ("Divers saved 12 boys from drowning.", {"death"}),
        ("Divers could not save 12 boys from drowning.", set()),
        ("Nobody saved 12 boys from drowning.", set()),
        ("A court sentenced three men to death.", {"death"}),
        ("The army denied that its troops killed nine villagers.", {"death"}),
        ("They denied that their men, who hold the town, had killed nine villagers.", {"death"}),
        ("The army denied responsibility for the attack that killed nine villagers.", set()),
        ("The army denied the charge; its men killed nine villagers.", set()),
        ("12 men who heard a boy was killed fled.", {"death"}),
        ("Of the 12 passengers, none died.", {"death"}),
        ("Three boys, none older than 17, have died.", set()),
        ("The army denied that 12 civilians had been killed.", {"death"}),
        ("The army denied killing 12 civilians.", set()),
        ("The army did not deny that 12 civilians had been killed.", set()),
        ("The blast may have killed 12 people.", set()),
        ("Four men died from being beaten.", set()),
        ("Four children starved to death.", set()),
    ],
)
def test_what_has_not_happened_to_them(text: str, unreal: set[str]) -> None:
    assert told(text).unreal == unreal


def test_whoever_does_something_and_is_not_harmed_acts() -> None:
    assert told("30 nurses joined the march.").acts
    assert not told("30 nurses died.").acts


def test_of_which_harms_their_sentence_speaks() -> None:
    assert told("30 nurses joined.").spoken == frozenset()
    assert told("A march for 30 nurses who died.").spoken == {"death"}
    assert told("A man was wounded.").spoken == {"injury"}


def test_one_person_is_harmed_as_the_reader_says() -> None:
    assert told("A man was shot in the leg.").harms == ("injury",)
