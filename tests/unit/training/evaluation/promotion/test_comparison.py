"""The table of two models, on answers written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.confusion import ConfusionCounts, tally
from training.evaluation.promotion.comparison import ComparisonTable, compare

NAMES = tuple("abcdefghij")
ARTICLES = [f"a{number:02d}" for number in range(40) for _ in range(5)]
TRUTH = (np.arange(200)[:, None] + np.arange(10)) % 4 == 0
POSITIVES = np.flatnonzero(TRUTH[:, 0])


def missing(rows: np.typing.NDArray[np.intp], types: int) -> ConfusionCounts:
    """The truth but for some positives of the first label, of the first labels only."""
    said = TRUTH.copy()
    said[rows, 0] = False
    return tally(ARTICLES, (TRUTH[:, :types], said[:, :types]), event_types=NAMES[:types])


def table(types: int) -> ComparisonTable:
    """A challenger that misses eight positives of the first label, and a champion that misses two.

    By itself the loss is significant (the interval ends below 0), but not one of ten like it.
    """
    pair = missing(POSITIVES[:24:3], types), missing(POSITIVES[1:3], types)
    return compare(*pair, ArticleDraws(pair[0].articles, n_resamples=4000))


@pytest.mark.parametrize(("types", "lost"), [(1, True), (10, False)])
def test_the_loss_on_one_of_many_labels_is_tested_more_strictly(types: int, lost: bool) -> None:
    first = table(types).labels[0]
    assert first.high is not None
    assert first.high < 0
    assert first.lost is lost


def test_the_whole_comes_before_its_parts() -> None:
    found = table(10)
    assert (found.overall.scope, found.overall.label) == ("all", "micro")
    assert [(one.scope, one.label) for one in found.sums] == [
        ("events", "micro"),
        ("events", "macro"),
    ]
    assert tuple(one.label for one in found.labels) == NAMES
    assert found.rows == (found.overall, *found.sums, *found.labels)
    assert found.overall.support == TRUTH.sum()


def test_differences_are_those_of_the_two_scores() -> None:
    for one in table(10).rows:
        assert one.champion is not None
        assert one.difference == pytest.approx(one.challenger - one.champion)


def test_without_a_champion_there_is_no_difference() -> None:
    alone = missing(POSITIVES[:3], 10)
    found = compare(alone, None, ArticleDraws(alone.articles, n_resamples=10))
    assert {(one.champion, one.difference, one.low, one.lost) for one in found.rows} == {
        (None, None, None, False)
    }
