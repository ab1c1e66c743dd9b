"""Confusion counts of a model's answers by article, and what can be said of the counts.

Everything here works on counts of hits, false answers and misses, one row for each article, so
that all bootstrap draws of the articles are one matrix product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.records import NumericClaim
from annotation.spans import matched, overlap
from training.evaluation.bootstrap import ArticleDraws

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ConfusionCounts:
    """What one model did on labelled sentences, counted by article."""

    articles: tuple[str, ...]
    """One a row."""
    event_types: tuple[str, ...]
    """The first columns."""
    claim_kinds: tuple[str, ...]
    """The other columns."""
    sentences: Ints
    """``(articles,)``: how many sentences each has."""
    hits: Ints
    """``(articles, labels)``: said and so."""
    false: Ints
    """``(articles, labels)``: said and not so."""
    missed: Ints
    """``(articles, labels)``: so and not said."""

    @property
    def support(self) -> Ints:
        """``(labels,)``: how often each label holds."""
        return np.asarray((self.hits + self.missed).sum(axis=0))


def tally(
    articles: Sequence[str],
    events: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
    claims: tuple[Sequence[Sequence[NumericClaim]], Sequence[Sequence[NumericClaim]]] | None = None,
    *,
    event_types: tuple[str, ...] = (),
    claim_kinds: tuple[str, ...] = (),
) -> ConfusionCounts:
    """Count a model's answers by article.

    Args:
        articles: the article of each of n sentences; sentences are counted as they come where
            each is given an article of its own.
        events: what holds and what the model says, both ``(n, len(event_types))``.
        claims: what holds and what the model says, of each sentence. A claim is found when the
            model marks an overlapping span with the same kind.
        event_types: aliases of the columns.
        claim_kinds: aliases of the claim kinds.
    """
    names = sorted(set(articles))
    place = {name: number for number, name in enumerate(names)}
    owner = np.array([place[article] for article in articles], dtype=np.int64)
    split = len(event_types)
    counted = np.zeros((3, len(names), split + len(claim_kinds)), dtype=np.int64)
    if events is not None:
        truth, said = (np.asarray(part, dtype=bool) for part in events)
        for number, cells in enumerate((truth & said, ~truth & said, truth & ~said)):
            np.add.at(counted[number, :, :split], owner, cells)
    if claims is not None:
        column = {kind: split + number for number, kind in enumerate(claim_kinds)}
        for row, (truth_claims, said_claims) in enumerate(zip(*claims, strict=True)):
            for number, kind in _compared(truth_claims, said_claims):
                counted[number, owner[row], column[kind]] += 1
    return ConfusionCounts(
        articles=tuple(names),
        event_types=event_types,
        claim_kinds=claim_kinds,
        sentences=np.bincount(owner, minlength=len(names)),
        hits=counted[0],
        false=counted[1],
        missed=counted[2],
    )


def score(
    counts: ConfusionCounts, columns: slice, draws: ArticleDraws, *, macro: bool = False
) -> Floats:
    """F1 in each draw, ``(draws,)``; macro over the labels that occur."""
    parts = [part[:, columns] for part in (counts.hits, counts.false, counts.missed)]
    if macro:
        occurring = counts.support[columns] > 0
        return np.asarray(f1(*(draws.total(part[:, occurring]) for part in parts)).mean(axis=1))
    return f1(*(draws.total(part.sum(axis=1)) for part in parts))


def f1(hits: Floats, false: Floats, missed: Floats) -> Floats:
    """F1; 1 where there was nothing to find and nothing was said."""
    total = 2 * np.asarray(hits) + false + missed
    return np.where(total > 0, 2 * hits / np.maximum(total, 1e-12), 1.0)


def kappa(hits: Floats, false: Floats, missed: Floats, sentences: Floats) -> Floats:
    """Cohen's kappa over all event types together, ``(draws,)``.

    Chance is that of each event type by itself: the share of sentences in which people and a model
    that ticked as often, but anywhere, would agree.
    """
    n = sentences[:, None]
    said, so = (hits + false) / n, (hits + missed) / n
    agreed = (1 - (false + missed) / n).sum(axis=1)
    chance = (said * so + (1 - said) * (1 - so)).sum(axis=1)
    width = hits.shape[1]
    return np.asarray((agreed - chance) / np.maximum(width - chance, 1e-12))


def match_claims(
    truth: Sequence[NumericClaim], predicted: Sequence[NumericClaim], *, same_kind: bool = True
) -> list[tuple[NumericClaim, NumericClaim]]:
    """Pairs of true and predicted claims that overlap, each used once, best overlap first.

    The better overlap is the one with the larger share of the two spans' union, so an exact match
    goes before all others.
    """

    def likeness(true: NumericClaim, guess: NumericClaim) -> float:
        if same_kind and true.kind != guess.kind:
            return 0.0
        common = overlap((true.start, true.end), (guess.start, guess.end))
        return common / (max(true.end, guess.end) - min(true.start, guess.start)) if common else 0.0

    return [(truth[i], predicted[j]) for i, j in matched(truth, predicted, likeness)]


def _compared(
    truth: Sequence[NumericClaim], said: Sequence[NumericClaim]
) -> Iterator[tuple[int, str]]:
    """0 for a hit, 1 for a false claim, 2 for a missed one, each with its kind."""
    pairs = match_claims(truth, said)
    hit = Counter(claim.kind for claim, _ in pairs)
    yield from ((0, kind) for kind in hit.elements())
    yield from ((1, kind) for kind in (Counter(one.kind for one in said) - hit).elements())
    yield from ((2, kind) for kind in (Counter(one.kind for one in truth) - hit).elements())
