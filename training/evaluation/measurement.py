"""What a model was measured on, and what came of it.

The figures of a model are those of its cross-fitted answers (``cross_fitting``): each of the user's
own articles is answered for by models that have not seen it. Only while nobody has labelled an
article of one's own are the seed articles measured, which say little about others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from annotation.batches import Advance
from annotation.schema import Schema
from training.evaluation.metrics import Metrics, compute_metrics
from training.examples import Examples
from training.predictions import Predictions

if TYPE_CHECKING:
    from training.model import Model

MeasuredOn = Literal["own articles", "seed articles", "nothing"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was predicted for some labelled sentences, and how good that is."""

    measured_on: MeasuredOn
    """Which sentences they are."""
    rows: Examples
    """The sentences, with what people said; none on which they are split evenly."""
    answers: Predictions | None
    """What models that have not seen them say of all known sentences of these articles, labelled or
    not; None where nothing could be measured."""
    metrics: Metrics | None
    """How good it is on the rows; None where nothing could be measured."""


def measure(model: Model, rows: Examples, *, n_resamples: int = 1000) -> Metrics:
    """How good a model is on labelled sentences that it has not learnt from.

    Args:
        model: the model.
        rows: the sentences, at least one, with the labels of the model's schema.
        n_resamples: number of bootstrap draws.
    """
    predictions = model.predict(rows.sentences)
    return metrics_of(rows, predictions, model.schema, n_resamples=n_resamples)


def metrics_of(
    rows: Examples,
    predictions: Predictions,
    schema: Schema,
    *,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Metrics:
    """How good predictions are, whoever made them; ``seed`` is of the draws, see ``measure``."""
    return compute_metrics(
        rows.labels,
        predictions.probability,
        predictions.ticked,
        rows.groups,
        rows.label_names,
        claims=(rows.claims, predictions.claims) if schema.claim_kinds else None,
        n_resamples=n_resamples,
        seed=seed,
    )


def measure_cross_fitted(
    rows: Examples, schema: Schema, *, seed: int = 0, advance: Advance | None = None
) -> Measurement:
    """Measure what models that are fitted as one of these rows is say of articles not seen.

    Args:
        rows: all that is labelled, and what is not.
        schema: the labels.
        seed: of the fitting and the bootstrap.
        advance: called with 1 after each fold.
    """
    from training.evaluation.cross_fitting import cross_fit  # with what learns: a report does not

    answers = cross_fit(rows, schema, rows.measured_articles, seed=seed, advance=advance)
    return measured_by(answers, rows, schema, seed=seed)


def measured_by(
    answers: Predictions | None, rows: Examples, schema: Schema, *, seed: int = 0
) -> Measurement:
    """What cross-fitted answers come to.

    Args:
        answers: for the rows' ``measured_articles``, None where there are none.
        rows: all that is labelled, and what is not.
        schema: the labels.
        seed: of the bootstrap.
    """
    articles = rows.measured_articles
    measured = measurable(rows, articles)
    if answers is None or not len(measured):
        return Measurement("nothing", measured, None, None)
    metrics = metrics_of(measured, answers.of(measured.sentence_ids), schema, seed=seed)
    return Measurement(
        "own articles" if articles.isdisjoint(rows.seeds) else "seed articles",
        measured,
        answers,
        metrics,
    )


def measurable(rows: Examples, articles: frozenset[str]) -> Examples:
    """The rows of some articles on which people are not split evenly."""
    inside = np.array([one in articles for one in rows.groups], dtype=bool)
    chosen: Sequence[int] = np.flatnonzero(inside & ~rows.tied).tolist()
    return rows.rows(chosen)
