"""What a model was measured on, and what came of it.

What is held out is measured on; where nothing is yet (fewer than five articles), models of the
other articles answer for each. Then the metrics describe the procedure, not the model itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from sklearn.model_selection import GroupKFold

from annotation.records import NumericClaim
from annotation.schema import Schema
from training.evaluation.metrics import Metrics, compute_metrics
from training.examples import Examples, Split
from training.model import Model, Predictions
from training.train import UNNAMED, fit

CROSS_VALIDATION_FOLDS = 5
"""Folds of the cross-validation where nothing is held out."""

MeasuredOn = Literal["holdout", "cross-validation", "nothing"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was predicted for some labelled sentences, and how good that is."""

    measured_on: MeasuredOn
    """Which sentences they are."""
    rows: Examples
    """The sentences, with what people said."""
    predictions: Predictions | None
    """What was predicted for them; None where nothing could be measured."""
    metrics: Metrics | None
    """How good it is; None where nothing could be measured."""


def measure(model: Model, rows: Examples, *, n_resamples: int = 1000, seed: int = 0) -> Metrics:
    """How good a model is on labelled sentences that it has not learnt from.

    Args:
        model: the model.
        rows: the sentences, at least one, with the labels of the model's schema.
        n_resamples: number of bootstrap draws.
        seed: of the draws.
    """
    predictions = model.predict(rows.sentences)
    return metrics_of(rows, predictions, model.schema, n_resamples=n_resamples, seed=seed)


def metrics_of(
    rows: Examples,
    predictions: Predictions,
    schema: Schema,
    *,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Metrics:
    """How good predictions are, whoever made them; see ``measure``."""
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


def measure_fitted(model: Model, split: Split, *, seed: int = 0) -> Measurement:
    """Measure a model that was fitted on the training rows of a split.

    Args:
        model: the fitted model.
        split: what it was trained on, and what is held out.
        seed: of the cross-validation and the bootstrap.
    """
    measured_on: MeasuredOn
    if len(split.holdout):
        rows, measured_on = split.holdout, "holdout"
        predictions = model.predict(rows.sentences)
    elif len(set(split.training.groups)) > 1:
        rows, measured_on = split.training, "cross-validation"
        predictions = cross_predict(rows, model.schema, seed=seed)
    else:
        return Measurement("nothing", split.training, None, None)
    metrics = metrics_of(rows, predictions, model.schema, seed=seed)
    return Measurement(measured_on, rows, predictions, metrics)


def cross_predict(rows: Examples, schema: Schema, *, seed: int = 0) -> Predictions:
    """What models that were fitted on the other articles predict for each sentence.

    Args:
        rows: sentences of at least two articles.
        schema: the labels.
        seed: of everything random in fitting.
    """
    groups = rows.groups
    n_folds = min(CROSS_VALIDATION_FOLDS, len(set(groups)))
    probability, ticked = np.zeros(rows.labels.shape), np.zeros(rows.labels.shape, dtype=bool)
    claims: list[tuple[NumericClaim, ...]] = [()] * len(rows)
    for seen, unseen in GroupKFold(n_folds).split(groups, groups=groups):
        model = fit(rows.rows(seen), schema, seed=seed)
        told = model.predict(rows.rows(unseen).sentences)
        probability[unseen], ticked[unseen] = told.probability, told.ticked
        for place, marked in zip(unseen, told.claims, strict=True):
            claims[place] = marked
    return Predictions(
        model_id=UNNAMED,
        sentence_ids=rows.sentence_ids,
        label_names=rows.label_names,
        probability=probability,
        ticked=ticked,
        claims=tuple(claims),
    )
