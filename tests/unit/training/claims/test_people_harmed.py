"""What holds of claims that count people harmed, whatever was learnt."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.numbers.reader import read
from training.claims.governors import governors
from training.claims.people_harmed import (
    SURE_OF_DEATH,
    SURE_OF_DEATH_OF_DOERS,
    cannot_be,
    least_sure,
    no_people,
    who_did_it,
)
from training.claims.sentence_words import words_of
from training.claims.told import ToldOfThem, spoken_harms, told_of


@pytest.mark.parametrize(
    "text",
    [
        "They counted 23 projectiles.",
        "12 rounds of ammunition",
        "Herders lost 45 sheep.",
        "six army lorries",
        "30 explosions",
        "four buses",
    ],
)
def test_things_and_beasts_are_no_people(text: str) -> None:
    assert no_people(read(text)) == [0]


@pytest.mark.parametrize(
    "text",
    [
        "12 bus drivers",
        "12 shepherds",
        "12 of them",
        "a dozen",
        "12",
        "One shot and killed in Cali",
        "Three of the school died",
    ],
)
def test_people_are_and_so_is_what_has_no_noun(text: str) -> None:
    assert no_people(read(text)) == []


def test_who_did_it_stands_behind_by() -> None:
    text = "12 men were shot by 30 raiders."
    assert who_did_it([text], [0, 0], read(text)) == [1]


KINDS = ("death", "injury", None)


def ruled_out(text: str) -> tuple[bool, ...]:
    """Which of no claim and ``KINDS`` the first mention cannot be."""
    words, mention = words_of(text), read(text, implied=True)[0]
    told = told_of(words, mention, governors(words, mention), spoken_harms(words))
    return tuple(cannot_be([text], [0], [mention], [told], KINDS)[0].tolist())


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Two civilians were shot and injured.", (False, True, False, False)),
        ("A man was beaten by a mob.", (False, True, False, False)),
        ("Gunmen opened fire on two farmers and robbed them.", (False, True, False, False)),
        ("They shot at a group of eight smugglers.", (False, True, False, False)),
        ("Gunmen opened fire on two brothers, killing both.", (False, False, False, False)),
        ("Insurgents massacred 12 residents.", (True, False, True, True)),
        ("None of the 16 skiers got out alive.", (True, False, True, True)),
        ("12 men who heard a boy was killed fled.", (False, True, True, False)),
        ("Clashes between two gangs left a man dead.", (False, True, True, False)),
        ("The attempted killing of two activists shocked them.", (False, True, True, False)),
        ("One soldier was killed.", (True, False, True, True)),
        ("12 people were not killed.", (False, True, True, False)),
        ("Gunmen fired at two boys, killing her dog.", (False, True, False, False)),
        ("They killed 12 cattle.", (False, True, True, False)),
        ("They killed 12 geese.", (False, True, True, False)),
        ("They executed 14 arrest warrants.", (False, True, True, False)),
        ("30 nurses joined the march.", (False, False, False, False)),
    ],
)
def test_what_is_told_rules_kinds_out(text: str, out: tuple[bool, ...]) -> None:
    assert ruled_out(text) == out


def test_who_is_threatened_is_still_what_they_are_called() -> None:
    text = "They threatened to kill 12 hostages."
    words, mentions = words_of(text), read(text)
    told = told_of(words, mentions[0], governors(words, mentions[0]), spoken_harms(words))
    out = cannot_be([text], [0], mentions, [told], ("death", "capture"))
    assert out.tolist() == [[False, True, False]]


def test_a_death_without_a_word_of_it_must_be_all_but_sure() -> None:
    near = np.zeros((3, 4))
    near[2, 1] = 0.5  # a word of the kind's description
    silent = ToldOfThem((), died=False, unreal=frozenset(), acts=False, spoken=frozenset())
    acting = ToldOfThem((), died=False, unreal=frozenset(), acts=True, spoken=frozenset(["death"]))
    needed = least_sure([silent, acting, silent], near, KINDS)
    assert needed[:, 1].tolist() == [SURE_OF_DEATH, SURE_OF_DEATH_OF_DOERS, 0]
    assert not needed[:, [0, 2, 3]].any()
