"""Which amounts are joined to one; the claims of a sentence are told by the tests of the reader."""

from __future__ import annotations

import pytest

from annotation.numbers.amounts.money_and_measures import with_unit
from annotation.numbers.amounts.numbers import numbers
from annotation.numbers.amounts.ranges import joined
from tests.unit.annotation.numbers.lines import line_of


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("10-15 men", ["range"]),
        ("between 10 and 15 men", ["range"]),
        ("more than 10 but less than 15", ["range"]),
        ("from 1,000 up to 1,500", ["range"]),
        ("10 and 15 men", ["cardinal", "cardinal"]),
        ("it rose from 10 to 15", ["cardinal", "cardinal"]),
        ("they won 13 to 2", ["score", "score"]),
        ("it was 3-1", ["score", "score"]),
        ("15 to 10 men", ["cardinal", "cardinal"]),
        ("5 dollars and 30 cents", ["cardinal"]),
        ("police rounded up 4 to 5 dozen", ["range"]),
        ("arrests went up 4 to 50", ["cardinal", "cardinal"]),
    ],
)
def test_two_amounts_are_a_range_a_score_or_two(text: str, forms: list[str]) -> None:
    line = line_of(text)
    amounts = [with_unit(line, q) for q in numbers(line)]
    before = list(amounts)
    assert [q.form for q in joined(line, amounts)] == forms
    assert amounts == before


def test_what_one_word_of_scale_belongs_to_multiplies_both_ends() -> None:
    line = line_of("$5 to 10 million")
    [q] = joined(line, [with_unit(line, q) for q in numbers(line)])
    assert [q.low, q.high] == [5_000_000, 10_000_000]
    assert q.unit == "USD"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20-30,000 men", 20_000, 30_000),
        ("500-2,000 men", 500, 2_000),
        ("20 to 30,000", 20, 30_000),
    ],
)
def test_what_a_hyphen_joins_are_thousands_both(text: str, low: int, high: int) -> None:
    line = line_of(text)
    [q] = joined(line, [with_unit(line, q) for q in numbers(line)])
    assert [q.low, q.high] == [low, high]
