"""What is said of articles by models that have not seen them.

With cross-fitting every label teaches and measures: the articles are dealt into folds, and models
that were fitted on everything else answer for the sentences of each. The sentences that nobody has
labelled yet are answered for, too, so that labels that come later find an answer waiting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence

import numpy as np

from annotation.batches import Advance
from annotation.records import NumericClaim, Sentence
from annotation.schema import Schema
from training.examples import Examples, without_what_they_say
from training.model import Model
from training.predictions import Predictions
from training.train import UNNAMED, fit

FOLDS = 5
"""Folds into which the articles are dealt: each model has learnt from four fifths of them."""

DIGITS = 4
"""Probabilities are rounded to so many digits: figures of answers that were stored are those of the
first time, and the file stays small."""


def deal_articles(articles: Collection[str]) -> tuple[frozenset[str], ...]:
    """The articles in folds of nearly equal numbers, decided by their ids and nothing else."""
    ordered = sorted(articles, key=lambda one: hashlib.sha256(one.encode()).digest())
    dealt = (frozenset(ordered[first::FOLDS]) for first in range(FOLDS))
    return tuple(fold for fold in dealt if fold)


def cross_fit(
    rows: Examples,
    schema: Schema,
    articles: Collection[str],
    *,
    seed: int = 0,
    advance: Advance | None = None,
    ask: Callable[[Model, Sequence[Sentence]], None] | None = None,
) -> Predictions | None:
    """What models that have not seen them say of all known sentences of some articles.

    Each model learns from the rows of all articles outside its fold, except those that say the same
    as a sentence in it.

    Args:
        rows: all that is labelled, and what is not.
        schema: the labels.
        articles: ids of the articles to answer for.
        seed: of everything random in fitting.
        advance: called with 1 after each fold.
        ask: called with each fold's model and the sentences that it has not seen, for whoever wants
            to know more of it than its answers.

    Returns:
        The answers, by article and position; None where nothing is left to learn from: there is
        one article, and nothing beside it.
    """
    known = sorted(
        (one for one in (*rows.sentences, *rows.unlabelled) if one.article_id in articles),
        key=lambda one: (one.article_id, one.index, one.id),
    )
    folds = deal_articles(articles)
    if not set(rows.groups).difference(*folds[:1]):
        return None
    place = {one.id: number for number, one in enumerate(known)}
    shape = (len(known), len(schema.event_types))
    probability, ticked = np.zeros(shape), np.zeros(shape, dtype=bool)
    claims: list[tuple[NumericClaim, ...]] = [()] * len(known)
    for fold in folds:
        unseen: Sequence[Sentence] = [one for one in known if one.article_id in fold]
        model = fit(without_what_they_say(rows, fold, unseen), schema, seed=seed)
        told = model.predict(unseen)
        where = [place[one.id] for one in unseen]
        probability[where], ticked[where] = told.probability, told.ticked
        for number, marked in zip(where, told.claims, strict=True):
            claims[number] = marked
        if ask is not None:
            ask(model, unseen)
        if advance is not None:
            advance(1)
    return Predictions(
        model_id=UNNAMED,
        sentence_ids=tuple(one.id for one in known),
        label_names=schema.event_aliases,
        probability=np.round(probability, DIGITS),
        ticked=ticked,
        claims=tuple(claims),
    )
