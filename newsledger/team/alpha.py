"""Krippendorff's alpha: how far people agree beyond what chance would give.

Definition after K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): one minus
observed over expected disagreement, where a unit that m people coded counts with each ordered pair
of its values, divided by m - 1. Any number of people, any that are missing, any distance.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from training.evaluation.bootstrap import ArticleDraws, Floats, Interval, ratio

Distance = Callable[[Hashable, Hashable], float]
"""How far two values differ: 0 for the same, 1 for all that can be."""


def nominal(one: Hashable, other: Hashable) -> float:
    """0 for the same value, 1 for another."""
    return float(one != other)


def masi(one: Hashable, other: Hashable) -> float:
    """The MASI distance of two frozen sets; 0 where both are empty.

    One minus Jaccard's index times 1 for the same, 2/3 where one holds the other, 1/3 where both
    have something of their own, 0 where they share nothing (R. Passonneau, "Measuring Agreement on
    Set-valued Items (MASI) for Semantic and Pragmatic Annotation", LREC 2006).
    """
    assert isinstance(one, frozenset)
    assert isinstance(other, frozenset)
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    return 1.0 - shared / len(one | other) * (2 / 3 if one < other or one > other else 1 / 3)


def krippendorff_alpha(
    units: Sequence[Sequence[Hashable]],
    articles: Sequence[str],
    distance: Distance = nominal,
    *,
    n_resamples: int = 1000,
) -> Interval:
    """Alpha with its interval; undefined where all values are the same.

    Args:
        units: of each of n units, the values that people gave it; those with one are left out.
        articles: the article of each unit, shape ``(n,)``; what the bootstrap draws.
        distance: how far two values differ; symmetric.
        n_resamples: draws of articles.
    """
    double = [place for place, coded in enumerate(units) if len(coded) > 1]
    if not double:
        return Interval(None, None, None)
    values = dict.fromkeys(value for place in double for value in units[place])
    column_of = {value: number for number, value in enumerate(values)}
    far = np.array([[distance(one, other) for other in values] for one in values])
    names = sorted({articles[place] for place in double})
    row_of = {name: number for number, name in enumerate(names)}
    counts, apart = np.zeros((len(names), len(values))), np.zeros(len(names))
    for people in {len(units[place]) for place in double}:
        some = [place for place in double if len(units[place]) == people]
        rows = np.array([row_of[articles[place]] for place in some])
        columns = np.array([[column_of[value] for value in units[place]] for place in some])
        np.add.at(counts, (rows[:, None], columns), 1)
        pairs = far[columns[:, :, None], columns[:, None, :]].sum(axis=(1, 2))
        np.add.at(apart, rows, pairs / (people - 1))
    draws = ArticleDraws(names, n_resamples=n_resamples, expanded=True)
    return draws.interval(_alpha(draws.total(apart), draws.total(counts), far))


def _alpha(apart: Floats, counts: Floats, far: Floats) -> Floats:
    """Of each draw, from the sum of disagreements and how often there is each value."""
    expected = ((counts @ far) * counts).sum(axis=1)
    return 1 - ratio(apart * (counts.sum(axis=1) - 1), expected)
