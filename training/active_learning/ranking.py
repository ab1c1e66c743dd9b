"""What to label next: an order in which few labels teach much, and none is taken in by it.

Four of five places go to what the model is unsure of, label by label in turn (a strategy for each,
so that a rare label gets as many places as a common one); with no model yet, to what is most like
the label's description. Every fifth place is drawn by chance. The first kind teaches; the second
finds what the model does not know that it misses, and it alone tells how common a label is.

How each sentence was picked is kept (``Picked``). The sure picks have inclusion probability 1 and
stand for themselves; the drawn ones have that of a draw from the whole queue, however few sentences
were pushed with them, and stand for its sentences, which is what
``training.events.sampling_weights`` starts from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.records import Picked, Sentence
from training.active_learning.strategies import (
    DescriptionSampling,
    QueryStrategy,
    RandomSampling,
    UncertaintySampling,
)
from training.events.label_descriptions import LabelDescriptionClassifier, label_descriptions
from training.model import Model
from training.predictions import Predictions

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating[Any]]
"""Of many sentences those of half the width are kept."""
Bools = npt.NDArray[np.bool_]

COLD_START = 25
"""Labels up to which the labels' descriptions choose better than a model."""
DRAWN_EVERY = 5
"""Every so many places, one is drawn by chance."""
LABELS_PER_SHARE = 50
"""An article may have two labels before others had theirs, and one more for every 50 labels."""
CHANCE_AMONG = 1000
"""Size of the queue for which the chance of a draw is told; see :func:`_chance_in_queue`."""
RANKED_ONE_BY_ONE = 1000
"""Places of the queue that are worked out one by one; long before its end, a new model reorders."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence and how it came to its place in the queue."""

    sentence_id: str
    """The sentence."""
    picked: Picked
    """The method, and the inclusion probability that calibration weighs by."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What is known of n unlabelled sentences, all distinct."""

    articles: Sequence[str]
    """The article of each."""
    probability: Numbers | None = None
    """``(n, k)``: what the model thinks; None before there is one."""
    likeness: Numbers | None = None
    """``(n, k)``: likeness to the labels' descriptions; stands in for labels not learnt."""
    learnt: Bools | None = None
    """``(k,)``: labels for which the model may choose; None for all."""

    def strategies(self) -> tuple[QueryStrategy, ...]:
        """The strategy that chooses for each label; none where nothing is known of a label."""
        found: list[QueryStrategy] = []
        known = [scores for scores in (self.probability, self.likeness) if scores is not None]
        for label in range(known[0].shape[1] if known else 0):
            learnt = self.learnt is None or self.learnt[label]
            if self.probability is not None and learnt:
                found.append(UncertaintySampling(self.probability[:, label]))
            elif self.likeness is not None and self.likeness[:, label].any():
                found.append(DescriptionSampling(self.likeness[:, label]))
        return tuple(found)


def rank(
    model: Model,
    sentences: Sequence[Sentence],
    predictions: Predictions,
    *,
    n_labelled: int | None = None,
    labelled_in: Mapping[str, int] | None = None,
    seed: int = 0,
) -> tuple[Ranked, ...]:
    """All sentences in the order in which to label them.

    Boilerplate and what says the same as an earlier sentence come last.

    Args:
        model: The champion.
        sentences: All that wait for a label.
        predictions: What the model predicts for them.
        n_labelled: Number of labels so far; None where the model, if there is one, is to choose.
        labelled_in: Number of labels so far in each article, to spread the next ones.
        seed: Of the draws; another one for each round.
    """
    index = DuplicateIndex()
    fresh = [
        row
        for row, one in enumerate(sentences)
        if not one.boilerplate and index.add(one.id, one.text) is None
    ]
    unlabelled = [sentences[row] for row in fresh]
    pool = _pool(model, unlabelled, predictions.probability[fresh], n_labelled)
    ranked = [
        Ranked(unlabelled[row].id, picked)
        for row, picked in rank_pool(pool, labelled_in=labelled_in, seed=seed)
    ]
    first = {one.sentence_id for one in ranked}
    return (*ranked, *(Ranked(one.id, Picked()) for one in sentences if one.id not in first))


def _pool(
    model: Model, sentences: Sequence[Sentence], probability: Floats, n_labelled: int | None
) -> Pool:
    learnt = labels_learnt(model, n_labelled)
    return Pool(
        articles=[one.article_id for one in sentences],
        probability=None if model.events is None else probability,
        likeness=None if learnt.all() else likeness_to_labels(model, sentences),
        learnt=learnt,
    )


def labels_learnt(model: Model, n_labelled: int | None) -> Bools:
    """For which labels a model may choose, shape ``(k,)``.

    Args:
        model: the champion.
        n_labelled: number of labels so far; None where the model, if there is one, is to choose.
    """
    learnt = np.zeros(len(model.schema.event_types), dtype=bool)
    if model.events is not None:
        learnt[:] = n_labelled is None or n_labelled >= COLD_START
        learnt[list(model.events.constant_)] = False
    return learnt


def likeness_to_labels(model: Model, sentences: Sequence[Sentence]) -> Floats | None:
    """How like the labels' descriptions each of n sentences is, ``(n, k)``; None for no sentence.

    Which words tell is learnt from these very sentences.
    """
    if not sentences:
        return None
    texts = [one.text for one in sentences]
    descriptions = label_descriptions(model.schema.event_types)
    return LabelDescriptionClassifier(descriptions).fit(texts).score_texts(texts)


def rank_pool(
    pool: Pool,
    *,
    labelled_in: Mapping[str, int] | None = None,
    seed: int = 0,
    limit: int = RANKED_ONE_BY_ONE,
) -> Iterator[tuple[int, Picked]]:
    """Rows of the pool in the order in which to label them, and how each was picked.

    Args:
        pool: the unlabelled sentences.
        labelled_in: Number of labels so far in each article.
        seed: Of the draws.
        limit: Rows ordered one by one; the rest follow by their least margin, else by their
            likeness to a description, else in the order of the draws.
    """
    n = len(pool.articles)
    if not n:
        return
    strategies = pool.strategies()
    draws = RandomSampling(n, pool.probability, seed=seed)
    in_article = Counter(labelled_in or {})
    unlabelled = np.ones(n, dtype=bool)
    for place in range(min(limit, n)):
        strategy: QueryStrategy = draws
        if place % DRAWN_EVERY != DRAWN_EVERY - 1 and strategies:
            strategy = strategies[(place - place // DRAWN_EVERY) % len(strategies)]
        share = 2 + in_article.total() // LABELS_PER_SHARE
        row = strategy.query(unlabelled, lambda one: in_article[pool.articles[one]] < share)  # noqa: B023
        unlabelled[row] = False
        in_article[pool.articles[row]] += 1
        chance = strategy.inclusion_probability(row)
        if strategy is draws:
            chance = _chance_in_queue(chance, n, every=DRAWN_EVERY if strategies else 1)
        yield row, Picked(strategy.method, chance)
    yield from _rest(np.flatnonzero(unlabelled), strategies, draws, n)


def _chance_in_queue(chance: float, n: int, *, every: int) -> float:
    """The chance that one of the queue's draws is this sentence, from that of one draw of its pool.

    A pool is what was pushed together. All pools are spread over the same queue, so each has a part
    in the queue's draws: of a pool of n with every fifth place drawn, n // 5. A draw of the queue
    comes from this pool with probability (n // 5) / (N / 5), where the queue of all pools has N
    places, and is this sentence with that times the ``chance`` within the pool. (A pool in which
    nothing is known of any label is drawn at every place, so five times as often.)

    N is not known when a sentence is pushed, for others will be pushed behind it. It is the same
    for all of them, and weighing needs chances only up to a factor (Hajek): so the chance is told
    as that in a queue of 1,000 sentences. The number of sentences pushed together cancels out, up
    to the draws that a part of five places has not: thirty-three pushes of 30 tell the same as one
    of 990. What is true of a queue that grows stays true of one that shrinks by labels.

    What it rests on: people label the queue from its head, and get through less than all of it.
    Where they label nearly everything, sentences in doubt count for a little less than they
    should, as the chance of being drawn at all grows slower than that of one draw.

    It stays below 1, which stands for picks that were certain.
    """
    draws = n // every
    return min(chance * draws * DRAWN_EVERY / CHANCE_AMONG, 1 - 1 / CHANCE_AMONG)


def _rest(
    rows: npt.NDArray[np.intp], strategies: Sequence[QueryStrategy], draws: RandomSampling, n: int
) -> Iterator[tuple[int, Picked]]:
    """The rows that are not ordered one by one: by the best score of any label, else as drawn."""
    sure = [one for one in strategies if isinstance(one, UncertaintySampling)]
    like = [one for one in strategies if isinstance(one, DescriptionSampling)]
    known = sure or like
    best = np.full(len(rows), -np.inf if known else 0.0)
    for one in known:
        np.maximum(best, one.scores[rows], out=best)
    # Of equals, the first of the race: so with nothing known, the draws simply go on.
    for row in rows[np.lexsort((-draws.scores[rows], -best))].tolist():
        if known:
            yield row, Picked(known[0].method, 1.0)
        else:
            chance = draws.inclusion_probability(row)
            yield row, Picked(draws.method, _chance_in_queue(chance, n, every=1))
