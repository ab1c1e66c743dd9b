"""Krippendorff's alpha: published examples, the definition taken literally, and chance."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.team.alpha import Distance, krippendorff_alpha, masi, nominal


def coded(*people: str) -> list[list[Hashable]]:
    """Units from one line a person, a letter a unit, a point for none."""
    return [[value for value in unit if value != "."] for unit in zip(*people, strict=True)]


def alpha(units: Sequence[Sequence[Hashable]], distance: Distance = nominal) -> float | None:
    articles = [str(number) for number in range(len(units))]
    return krippendorff_alpha(units, articles, distance, n_resamples=0).value


@pytest.mark.parametrize(
    ("people", "published"),
    [
        # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A to C.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_published_examples(people: tuple[str, ...], published: float) -> None:
    units = coded(*people)
    articles = [str(number) for number in range(len(units))]
    found = krippendorff_alpha(units, articles, n_resamples=50)
    assert found.value == pytest.approx(published, abs=0.0005)


def literally(units: Sequence[Sequence[Hashable]], distance: Distance) -> float | None:
    """As the definition says it, pair by pair."""
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    observed = sum(
        distance(one, other) / (len(unit) - 1)
        for unit in pairable
        for one, other in permutations(unit, 2)
    ) / max(1, len(values))
    n = len(values)
    expected = sum(distance(one, other) for one, other in permutations(values, 2))
    return None if not expected else 1 - observed / (expected / (n * (n - 1)))


SETS = st.frozensets(st.sampled_from("abcd"), max_size=3)


@given(st.lists(st.lists(SETS, min_size=0, max_size=4), min_size=1, max_size=12))
@pytest.mark.parametrize("distance", [nominal, masi])
@pytest.mark.slow
def test_it_is_what_the_definition_says(
    distance: Distance, units: list[list[frozenset[str]]]
) -> None:
    articles = [str(number) for number in range(len(units))]
    found = krippendorff_alpha(units, articles, distance, n_resamples=1).value
    expected = literally(units, distance)
    assert found is None or expected is None or found == pytest.approx(expected)
    assert expected is not None or found is None


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("", "", 0.0),
        ("ab", "ab", 0.0),
        ("", "a", 1.0),
        ("a", "b", 1.0),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ],
)
def test_masi(one: str, other: str, far: float) -> None:
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(far)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(far)


def test_chance_gives_nothing_and_one_value_no_figure() -> None:
    chance = np.random.default_rng(1)
    by_chance = [list(chance.integers(0, 3, 2)) for _ in range(4000)]
    articles = [str(number // 10) for number in range(4000)]
    found = krippendorff_alpha(by_chance, articles)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high
    assert krippendorff_alpha([[False, False]] * 30, articles[:30]).value is None
    assert krippendorff_alpha([[1], [], [0]], articles[:3]).value is None


def test_the_interval_comes_from_articles() -> None:
    """Ten copies of each sentence in its article say no more than one of each."""
    chance = np.random.default_rng(2)
    units = [[bool(one), bool(one) != (chance.random() < 0.2)] for one in chance.integers(0, 2, 60)]
    names = [str(number // 3) for number in range(60)]
    once = krippendorff_alpha(units, names)
    copied = krippendorff_alpha(units * 10, names * 10)
    assert once.low is not None
    assert copied.low is not None
    assert once.high is not None
    assert copied.high is not None
    assert copied.high - copied.low == pytest.approx(once.high - once.low, rel=0.1)
