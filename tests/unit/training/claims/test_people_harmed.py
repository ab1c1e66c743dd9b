"""What holds of claims that count people harmed, whatever was learnt."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from training.claims.people_harmed import no_people, who_did_it


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
