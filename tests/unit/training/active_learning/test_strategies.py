"""Each query strategy by itself, on hand-written numbers."""

from __future__ import annotations

import numpy as np
import pytest

from training.active_learning.strategies import (
    DescriptionSampling,
    QueryStrategy,
    RandomSampling,
    UncertaintySampling,
)


def queried(
    strategy: QueryStrategy, n: int, *, preferred: frozenset[int] | None = None
) -> list[int]:
    """All rows in the order in which they are chosen."""
    unlabelled, rows = np.ones(n, dtype=bool), []
    while unlabelled.any():
        rows.append(strategy.query(unlabelled, lambda row: not preferred or row in preferred))
        unlabelled[rows[-1]] = False
    return rows


def test_uncertainty_chooses_what_is_nearest_to_a_coin_toss() -> None:
    strategy = UncertaintySampling(np.array([0.1, 0.55, 0.9, 0.4]))
    assert queried(strategy, 4) == [1, 3, 0, 2]
    assert strategy.inclusion_probability(1) == 1


def test_descriptions_choose_what_is_most_like_them() -> None:
    assert queried(DescriptionSampling(np.array([0.0, 0.3, 0.2])), 3) == [1, 2, 0]


def test_preferred_rows_go_first_and_the_others_stay_in_order() -> None:
    strategy = UncertaintySampling(np.array([0.5, 0.4, 0.3, 0.2]))
    assert queried(strategy, 4, preferred=frozenset({2, 3})) == [2, 3, 0, 1]


def test_a_draw_is_not_refused_and_tells_its_chance() -> None:
    probability = np.array([[0.5], [0.0], [0.0], [0.0]])
    strategy = RandomSampling(4, probability, seed=3)
    assert strategy.inclusion_probability(0) == pytest.approx(1 / 8 + 1 / 2)
    assert strategy.inclusion_probability(1) == pytest.approx(1 / 8)
    plain = queried(RandomSampling(4, probability, seed=3), 4)
    assert sorted(plain) == [0, 1, 2, 3]
    assert queried(strategy, 4, preferred=frozenset({plain[-1]})) == plain


def test_what_is_labelled_meanwhile_is_not_chosen() -> None:
    unlabelled = np.array([False, True, True])
    for strategy in (UncertaintySampling(np.full(3, 0.5)), RandomSampling(3)):
        assert strategy.query(unlabelled, lambda row: row == 0) in (1, 2)
