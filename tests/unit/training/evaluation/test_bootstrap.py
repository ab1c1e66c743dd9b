"""Draws of articles, and the intervals that they give."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluation.bootstrap import ArticleDraws, Interval


def test_totals_are_sums_over_drawn_articles() -> None:
    draws = ArticleDraws(["a", "a", "b"], n_resamples=50)
    total = draws.total(np.array([[1.0], [2.0], [10.0]]))
    assert total[0, 0] == 13
    np.testing.assert_allclose(total[:, 0], draws.weight @ [3, 10])


def test_draws_are_of_articles_and_draw_0_is_the_data() -> None:
    draws = ArticleDraws(["a", "b", "b", "c"], n_resamples=40)
    assert draws.n_articles == 3
    assert draws.weight.shape == (41, 3)
    assert draws.weight[0].tolist() == [1, 1, 1]
    assert set(draws.weight.sum(axis=1)) == {3}


def test_an_interval_leaves_out_draws_where_the_figure_is_undefined() -> None:
    draws = ArticleDraws(["a", "b"], n_resamples=3)
    interval = draws.interval(np.array([2.0, 1.0, np.nan, 3.0]))
    assert (interval.value, interval.low, interval.high) == (2, *map(pytest.approx, (1.05, 2.95)))
    assert draws.interval(np.array([np.nan, 1.0, 2.0, 3.0])) == Interval(None, None, None)


@pytest.mark.parametrize(("articles", "tail"), [(5, 0.0010), (10, 0.0086), (30, 0.0188)])
def test_an_expanded_interval_cuts_off_less_where_articles_are_few(
    articles: int, tail: float
) -> None:
    draws = ArticleDraws([str(number) for number in range(articles)], expanded=True)
    found = draws.interval(np.array([0.5, *np.linspace(0, 1, 100_001)]))
    assert found.low == pytest.approx(tail, abs=1e-4)
    assert found.high == pytest.approx(1 - tail, abs=1e-4)
