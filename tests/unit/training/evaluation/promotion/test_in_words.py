"""How a comparison is told."""

from __future__ import annotations

import pytest

from training.evaluation.promotion.comparison import Comparison
from training.evaluation.promotion.in_words import (
    decisions_told,
    rounded,
    seen_on,
    settled_by,
    standing,
)


def row(difference: float, half: float, support: int) -> Comparison:
    return Comparison(
        "all", "micro", support, 0.5, 0.5 - difference, difference, difference - half,
        difference + half,
    )  # fmt: skip


@pytest.mark.parametrize(("n", "told"), [(0, "0 labelled decisions"), (1, "1 labelled decision"),
                                         (1234, "1,234 labelled decisions")])  # fmt: skip
def test_decisions_are_counted_in_words(n: int, told: str) -> None:
    assert decisions_told(n) == told


@pytest.mark.parametrize(("n", "told"), [(-5, 10), (3, 10), (41, 40), (46, 50), (1238.2, 1240)])
def test_labels_to_come_are_rounded_as_people_say_them(n: float, told: int) -> None:
    assert rounded(n) == told


def test_a_difference_is_told_with_its_interval_and_on_how_much() -> None:
    told = seen_on(row(-0.031, 0.02, 140))
    assert told == "-0.031, 95 % interval -0.051 to -0.011, on 140 labelled decisions"


@pytest.mark.parametrize(
    ("difference", "half", "told"),
    [
        (-0.03, 0.06, "; about 420 more labels settle it"),  # half as wide with four times as many
        (-0.001, 0.04, "; about 420 more labels settle it"),  # what lies within the tolerance, too
        (-0.03, 0.03, ""),
        (-0.2, 0.1, ""),
    ],
)
def test_what_is_not_settled_says_how_many_labels_settle_it(
    difference: float, half: float, told: str
) -> None:
    one = row(difference, half, 140)
    assert settled_by(one, 0.02) == seen_on(one) + told


@pytest.mark.parametrize(
    ("difference", "half", "told"),
    [
        (0.03, 0.02, "better"),
        (0.03, 0.03, "not clear"),  # an interval that ends at no difference holds it
        (0.03, 0.05, "not clear"),
        (0.0, 0.0, "not clear"),
        (-0.03, 0.05, "not clear"),
        (-0.03, 0.03, "not clear"),
        (-0.03, 0.02, "worse"),
    ],
)
def test_who_is_better_is_told_by_the_interval(difference: float, half: float, told: str) -> None:
    assert standing(row(difference, half, 140)) == told
