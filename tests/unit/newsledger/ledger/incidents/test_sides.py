"""Whether a number counts attackers or others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.records import NumericClaim
from newsledger.ledger.incidents.sides import is_of_attackers, of_one_side
from tests.unit.newsledger.ledger.reporting import claim


def counted(value: int, noun: str | None) -> NumericClaim:
    return replace(claim(f"{value} {noun or ''}".strip(), value), noun=noun)


def side(own: list[NumericClaim], *of_others: NumericClaim) -> list[str]:
    """What is left of the sentence of one source, beside what others claim."""
    [left] = of_one_side([own], [own, of_others], "dead")
    return [one.text for one in left]


FOUR, TWO = counted(4, "soldiers"), counted(2, "attackers")


def test_the_noun_says_whether_they_are_attackers() -> None:
    assert is_of_attackers(TWO)
    assert is_of_attackers(replace(TWO, noun=None))
    assert not is_of_attackers(FOUR)
    assert not is_of_attackers(replace(TWO, noun="villagers"))


def test_a_source_that_counts_both_counts_the_others() -> None:
    assert side([FOUR, TWO]) == ["4 soldiers"]
    assert side([counted(5, "villagers"), counted(9, "militants")]) == ["5 villagers"]
    assert side([counted(9, "militants")]) == ["9 militants"]


@pytest.mark.parametrize(
    ("own", "others", "left"),
    [
        (TWO, counted(5, "villagers"), []),  # who attacked is no victim under another name
        (counted(15, "militants"), FOUR, []),  # nor are soldiers militants under another name
        (counted(14, "fighters"), counted(32, "civilians"), ["14 fighters"]),  # but these may be
        (counted(14, "fighters"), counted(32, None), ["14 fighters"]),
        (TWO, counted(20, "militants"), ["2 attackers"]),
    ],
)
def test_of_two_sources_it_depends_on_whether_both_may_mean_the_same_dead(
    own: NumericClaim, others: NumericClaim, left: list[str]
) -> None:
    assert side([own], others) == left


def test_a_number_of_people_at_large_holds_attackers_and_others() -> None:
    parts = [counted(5, "villagers"), counted(3, "gunmen")]
    assert side([counted(8, "people"), *parts]) == ["8 people"]
    assert side([counted(8, None), *parts]) == ["8"]
    # Soldiers hold no gunmen: they only happen to be as many as the rest.
    both = [counted(8, "soldiers"), *parts]
    assert side(both) == ["8 soldiers", "5 villagers"]
    assert side([counted(7, "gunmen"), counted(4, None), counted(3, None)], FOUR) == []
