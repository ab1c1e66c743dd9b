"""From a snapshot to a challenger: fitted, measured, named, and described in notes.

The model is fitted on the training articles only; what is held out stays out of the final model
too, so that tomorrow's model can be compared with it on the same sentences.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from annotation.dataset.snapshot import Snapshot
from annotation.errors import TrainingError
from training.claims.classifier import Missed
from training.evaluation.measurement import Measurement, measure_fitted
from training.examples import Examples, Split, build_examples, split_holdout
from training.model import Model
from training.registry.store import name_model
from training.train import TrainingSummary, fit

FEWEST_TO_LEARN = 10
"""Labelled examples of an event type or claim kind below which the model card warns."""

LIMITS = (
    "It reads one sentence at a time and knows nothing of the sentences around it.",
    "It learnt from the people who labelled, their mistakes included.",
    "Its probabilities hold for articles like those it was trained on; check them on others.",
    "It suggests. Nothing that it says about people or events is established by it.",
)
"""What every model card says."""


@dataclass(frozen=True, slots=True)
class Challenger:
    """A model that may become champion, and what the gate and the user must know of it."""

    model: Model
    """The model, named; not saved yet."""
    measurement: Measurement
    """What it was measured on, and what came of it."""
    split: Split
    """What it was trained on, what is held out, and what was left out of either."""
    missed: tuple[Missed, ...]
    """Claims marked by people that the reader of numbers did not propose."""
    notes: tuple[str, ...]
    """What the user should know, one sentence each."""
    seconds: float
    """How long the fitting took, without reading and measuring."""


def make_challenger(snapshot: Snapshot, *, seed: int = 0) -> Challenger:
    """Fit, measure, name and describe a model.

    Args:
        snapshot: the frozen dataset; says which articles are held out.
        seed: of everything random; the same snapshot, seed and code give the same weights.

    Raises:
        TrainingError: the labels do not suffice for any model.
    """
    examples = build_examples(snapshot)
    split = split_holdout(examples, snapshot.held_out)
    _require_labels(split)
    start = time.perf_counter()
    fitted = fit(split.training, snapshot.schema, seed=seed)
    seconds = time.perf_counter() - start
    measured = measure_fitted(fitted, split, seed=seed)
    summary = TrainingSummary.of_split(split, snapshot.schema)
    missed = fitted.claims.missed_ if fitted.claims else ()
    notes = (
        *_notes_on_measuring(measured),
        *_notes_on_learning(fitted, summary),
        *_notes_on_sentences(examples, split, missed),
    )
    model = name_model(
        fitted,
        snapshot=snapshot.id,
        metrics={
            "measured_on": measured.measured_on,
            **(measured.metrics.to_json() if measured.metrics else {}),
        },
        summary=summary,
        details={
            "seed": seed,
            "missed": [[one.claim.text, one.claim.kind, one.sentence] for one in missed],
            "data": _data(examples, split),
            "limits": [*notes, *LIMITS],
        },
    )
    return Challenger(model, measured, split, missed, notes, seconds)


def _require_labels(split: Split) -> None:
    training = split.training
    if not len(training):
        held = f" outside the {len(split.holdout)} held-out ones" if len(split.holdout) else ""
        raise TrainingError(
            f"There is no labelled sentence{held} to learn from.",
            hint="Label some, better fifty, and train again.",
        )
    if not training.labels.any() and not any(training.claims):
        raise TrainingError(
            f"The {len(training)} labelled sentences hold neither an event type nor a claim.",
            hint="Tick what happened, mark the numbers that are claimed, and train again.",
        )


def _notes_on_measuring(measured: Measurement) -> Iterator[str]:
    if measured.measured_on == "cross-validation":
        yield (
            f"Nothing is held out yet, as only {len(set(measured.rows.groups))} articles are "
            "labelled: the figures come from cross-validation by article and describe the "
            "procedure."
        )
    if measured.measured_on == "nothing":
        yield "All labels are from one article, so nothing could be measured."


def _notes_on_learning(model: Model, summary: TrainingSummary) -> Iterator[str]:
    if model.schema.event_types and model.events is None:
        yield "No event type is ticked in the training articles, so it ticks none."
    if model.schema.claim_kinds and model.claims is None:
        yield "No numeric claim is marked in the training articles, so it marks none."
    never = [name for name, count in summary.positives.items() if not count]
    if never:
        yield f"Never labelled, so never suggested: {', '.join(never)}."
    few = [f"{name} ({n})" for name, n in summary.positives.items() if 0 < n < FEWEST_TO_LEARN]
    if few:
        yield f"Hardly learnt, for want of examples: {', '.join(few)}."


def _notes_on_sentences(
    examples: Examples, split: Split, missed: tuple[Missed, ...]
) -> Iterator[str]:
    if split.leaking:
        yield (
            f"{len(split.leaking)} labelled sentences were left out of training, "
            "because a held-out article says the same."
        )
    if split.tied:
        yield (
            f"{len(split.tied)} held-out sentences were not measured on, "
            "because people are split evenly on them."
        )
    if examples.left_out:
        yield (
            f"{len(examples.left_out)} labelled sentences teach nothing: everyone skipped them, "
            "or people are split evenly on all that they ticked."
        )
    if missed:
        yield (
            f"{len(missed)} marked claims are no numbers that the reader proposes, "
            "so they cannot be learnt."
        )


def _data(examples: Examples, split: Split) -> list[str]:
    return [
        f"{len(examples)} labelled sentences of {len(set(examples.groups))} articles, "
        f"{len(examples.unlabelled)} unlabelled ones for document frequencies.",
        f"Trained on {len(split.training)} sentences of {len(set(split.training.groups))} "
        f"articles with {sum(map(len, split.training.claims))} claims.",
        f"Held out: {len(split.holdout)} sentences of {len(set(split.holdout.groups))} articles.",
    ]
