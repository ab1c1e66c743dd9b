"""What is said of articles by models that have not seen them.

With cross-fitting every label teaches and measures: the articles are dealt into folds, and models
that were fitted on everything else answer for the sentences of each. The sentences that nobody has
labelled yet are answered for, too, so that labels that come later find an answer waiting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from annotation.batches import Advance
from annotation.records import NumericClaim, Sentence
from annotation.schema import Schema
from training.examples import Examples, without_what_they_say
from training.model import Model
from training.other_cores import on_all_cores
from training.predictions import Predictions
from training.train import UNNAMED, fit

FOLDS = 5
"""Folds into which the articles are dealt: each model has learnt from four fifths of them."""

DIGITS = 4
"""Probabilities are rounded to so many digits: figures of answers that were stored are those of the
first time, and the file stays small."""


ENOUGH_TO_SHARE = 500
"""Labelled sentences from which on other cores are asked: to fit a model on them takes as long as
to start a process."""


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
    with cross_fitting(rows, schema, articles, seed=seed, keep_models=ask is not None) as begun:
        return begun.answers(advance, ask)


@dataclass(frozen=True, slots=True)
class CrossFitting:
    """Folds that are being answered for."""

    known: tuple[Sentence, ...]
    """All known sentences of the articles, by article and position."""
    folds: tuple[frozenset[str], ...]
    """The articles of each fold; empty where nothing is left to learn from."""
    told: Iterator[tuple[Predictions, Model | None]]
    """What is said of the sentences of each fold, and by which model, where models are kept."""
    label_names: tuple[str, ...]
    """Aliases of the event types."""

    def answers(
        self,
        advance: Advance | None = None,
        ask: Callable[[Model, Sequence[Sentence]], None] | None = None,
    ) -> Predictions | None:
        """Wait for them, once; see ``cross_fit``."""
        if not self.folds:
            return None
        place = {one.id: number for number, one in enumerate(self.known)}
        shape = (len(self.known), len(self.label_names))
        probability, ticked = np.zeros(shape), np.zeros(shape, dtype=bool)
        claims: list[tuple[NumericClaim, ...]] = [()] * len(self.known)
        for fold, (told, model) in zip(self.folds, self.told, strict=True):
            where = [place[one] for one in told.sentence_ids]
            probability[where], ticked[where] = told.probability, told.ticked
            for number, marked in zip(where, told.claims, strict=True):
                claims[number] = marked
            if ask is not None and model is not None:
                ask(model, _inside(self.known, fold))
            if advance is not None:
                advance(1)
        return Predictions(
            model_id=UNNAMED,
            sentence_ids=tuple(one.id for one in self.known),
            label_names=self.label_names,
            probability=np.round(probability, DIGITS),
            ticked=ticked,
            claims=tuple(claims),
        )


@contextmanager
def cross_fitting(
    rows: Examples,
    schema: Schema,
    articles: Collection[str],
    *,
    seed: int = 0,
    keep_models: bool = False,
) -> Iterator[CrossFitting]:
    """Begin to cross-fit on the other cores, for whoever has something else to do meanwhile.

    Args:
        rows: all that is labelled, and what is not.
        schema: the labels.
        articles: ids of the articles to answer for.
        seed: of everything random in fitting.
        keep_models: whether the folds' models are asked anything else.
    """
    known = tuple(
        sorted(
            (one for one in (*rows.sentences, *rows.unlabelled) if one.article_id in articles),
            key=lambda one: (one.article_id, one.index, one.id),
        )
    )
    folds = deal_articles(articles)
    if not set(rows.groups).difference(*folds[:1]):
        folds = ()
    work = partial(_answer, fit, rows, schema, known, seed, keep_models)
    with on_all_cores(work, folds, worth_it=len(rows) >= ENOUGH_TO_SHARE) as told:
        yield CrossFitting(known, folds, told, schema.event_aliases)


def _answer(
    fit: Callable[..., Model],
    rows: Examples,
    schema: Schema,
    known: Sequence[Sentence],
    seed: int,
    keep_model: bool,
    fold: frozenset[str],
) -> tuple[Predictions, Model | None]:
    """What a model of everything else says of a fold; here, or in a process of another core.

    It is told how to fit, too, so that another ``fit`` than ours is the one there, as well.
    """
    unseen = _inside(known, fold)
    model = fit(without_what_they_say(rows, fold, unseen), schema, seed=seed)
    return model.predict(unseen), model if keep_model else None


def _inside(known: Sequence[Sentence], fold: Collection[str]) -> list[Sentence]:
    return [one for one in known if one.article_id in fold]
