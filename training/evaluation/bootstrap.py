"""The bootstrap over articles, and the intervals that it gives.

Sentences of one article resemble each other, so drawing sentences would promise too much (Efron and
Tibshirani 1993, chapter 13). All draws are one matrix of weights, so a thousand of them are a few
matrix products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

Floats = npt.NDArray[np.float64]

LEVEL = 0.05
"""Level of the intervals and tests: one in twenty is wrong."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % bootstrap interval over articles; None where it is undefined."""

    value: float | None
    """The figure itself, on all data."""
    low: float | None
    """2.5 % quantile over resampled articles."""
    high: float | None
    """97.5 % quantile over resampled articles."""

    def __str__(self) -> str:
        if self.value is None or self.low is None or self.high is None:
            return "undefined"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


class ArticleDraws:
    """Bootstrap draws of articles, as weights; draw 0 is the data as it is.

    Args:
        groups: Article of each of n rows.
        n_resamples: Number of draws beside draw 0.
        seed: Of the draws.
        expanded: Whether intervals are as much wider as few articles ask for.

    Attributes:
        weight: How often each draw has each article, shape ``(n_resamples + 1, n_articles)``.
        article: Column of ``weight`` for each row, shape ``(n,)``.
        n_articles: Number of articles.
    """

    def __init__(
        self,
        groups: Sequence[str],
        *,
        n_resamples: int = 1000,
        seed: int = 0,
        expanded: bool = False,
    ) -> None:
        names, self.article = np.unique(np.asarray(groups), return_inverse=True)
        self.n_articles = len(names)
        self._tail = _expanded_tail(self.n_articles) if expanded else LEVEL / 2
        self.weight = _weights_of_draws(self.n_articles, n_resamples, seed)

    def total(self, per_sentence: npt.NDArray[Any]) -> Floats:
        """Sums over the rows of each draw: ``(n, …)`` -> ``(n_resamples + 1, …)``."""
        by_article = np.zeros((self.n_articles, *per_sentence.shape[1:]))
        np.add.at(by_article, self.article, per_sentence)
        totals = self.weight @ by_article.reshape(self.n_articles, -1)
        return np.asarray(totals.reshape(len(self.weight), *per_sentence.shape[1:]))

    def interval(self, series: Floats) -> Interval:
        """The figure of draw 0 and the interval of the others; NaN is left out."""
        resampled = series[1:][np.isfinite(series[1:])]
        if not np.isfinite(series[0]) or not len(resampled):
            return Interval(None, None, None)
        low, high = np.quantile(resampled, [self._tail, 1 - self._tail])
        return Interval(float(series[0]), float(low), float(high))

    def share(self, part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Interval:
        """Interval of sum(part) / sum(whole), both ``(n,)``."""
        return self.interval(ratio(self.total(part), self.total(whole)))


def _expanded_tail(n_articles: int) -> float:
    """What to cut off at either end so that 95 % hold of few articles, too.

    The plain percentile interval is too narrow by what the normal distribution is narrower than
    Student's, and by dividing by n (Hesterberg 2015, "What Teachers Should Know About the
    Bootstrap", The American Statistician 69, "expanded percentile interval").
    """
    if n_articles < 2:
        return LEVEL / 2
    quantile = stdtrit(n_articles - 1, LEVEL / 2)
    return float(ndtr(quantile * np.sqrt(n_articles / (n_articles - 1))))


@lru_cache(maxsize=4)  # figures of one project are mostly drawn from the same articles
def _weights_of_draws(n_articles: int, n_resamples: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    share = np.full(n_articles, 1 / n_articles)
    drawn = rng.multinomial(n_articles, share, size=n_resamples)
    weight: Floats = np.vstack([np.ones((1, n_articles)), drawn]).astype(float, copy=False)
    weight.flags.writeable = False
    return weight


def ratio(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    """Elementwise quotient; NaN where the denominator is 0."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    empty = np.full(np.shape(whole), np.nan)
    return np.asarray(np.divide(part, whole, out=empty, where=whole != 0))
