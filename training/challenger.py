"""From a snapshot to a challenger: fitted, measured, named, and described in notes.

The model is fitted on all labels. What it is measured by are answers of models like it that were
fitted on parts of them; see ``training.evaluation.cross_fitting``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.batches import Advance
from annotation.dataset.snapshot import Snapshot
from annotation.errors import TrainingError
from annotation.schema import Schema
from training.claims.classifier import Missed
from training.evaluation.anchoring import measure_anchoring
from training.evaluation.cross_fitting import FOLDS, cross_fitting
from training.evaluation.measurement import Measurement, measured_by
from training.examples import Examples, build_examples
from training.model import Model
from training.registry.store import name_model
from training.train import TrainingSummary, fit

FEWEST_TO_LEARN = 10
"""Labelled examples of an event type or claim kind below which the model card warns."""

_NAMED = 8
"""Labels that a note names."""

LIMITS = (
    "It reads one sentence at a time and knows nothing of the sentences around it.",
    "It learnt from the people who labelled, their mistakes included.",
    "Its probabilities hold for articles like those it was trained on; check them on others.",
    "It suggests. Nothing that it says about people or events is established by it.",
)
"""What every model card says."""

_SEED = 0
"""Of everything random, so that the same snapshot and code give the same weights."""


@dataclass(frozen=True, slots=True)
class Challenger:
    """A model that may become champion, and what the gate and the user must know of it."""

    model: Model
    """The model, named; not saved yet."""
    measurement: Measurement
    """What it was measured on, and what came of it."""
    learnt: Examples
    """What it was trained on: every label."""
    missed: tuple[Missed, ...]
    """Claims marked in one's own articles that the reader of numbers did not propose."""
    notes: tuple[str, ...]
    """What the user should know, one sentence each."""
    seconds: float
    """How long the fitting took, without reading and measuring."""


STEPS = 1 + FOLDS
"""How many models are fitted at most: the challenger, and those that answer for it."""


def make_challenger(
    snapshot: Snapshot, *, is_starter: bool = False, advance: Advance | None = None
) -> Challenger:
    """Fit, measure, name and describe a model.

    Args:
        snapshot: the frozen dataset.
        is_starter: measure nothing: people wait for it, and it takes five times as long as fitting
            to learn how well seed articles are read, which says little about others.
        advance: called with 1 after each of at most ``STEPS`` models.

    Raises:
        TrainingError: the labels do not suffice for any model.
    """
    examples = build_examples(snapshot)
    _require_labels(examples)
    start = time.perf_counter()
    if is_starter:
        fitted = fit(examples, snapshot.schema, seed=_SEED)
        measured = Measurement("nothing", examples, None, None)
    else:
        fitted, measured = _fit_and_measure(examples, snapshot.schema, advance)
    seconds = time.perf_counter() - start
    summary = TrainingSummary.of_examples(examples, snapshot.schema)
    mine = examples.measured_articles - examples.seeds  # what is wrong with these nobody can mend
    missed = tuple(
        one
        for one in (fitted.claims.missed_ if fitted.claims else ())
        if examples.groups[one.row] in mine
    )
    anchoring = None if is_starter else measure_anchoring(snapshot, measured)
    notes = (
        *(() if is_starter else _notes_on_measuring(measured)),
        *(anchoring.in_words() if anchoring else ()),
        *_notes_on_learning(fitted, summary),
        *_notes_on_sentences(examples, mine, missed),
    )
    model = name_model(
        fitted,
        snapshot=snapshot.id,
        metrics={
            "measured_on": measured.measured_on,
            **(measured.metrics.to_json() if measured.metrics else {}),
            **({"anchoring": anchoring.to_json()} if anchoring else {}),
        },
        summary=summary,
        details={
            "seed": _SEED,
            "missed": [[one.claim.text, one.claim.kind, one.sentence] for one in missed],
            "data": _data(examples, measured),
            "limits": [*notes, *LIMITS],
        },
    )
    return Challenger(model, measured, examples, missed, notes, seconds)


def _fit_and_measure(
    rows: Examples, schema: Schema, advance: Advance | None
) -> tuple[Model, Measurement]:
    """The model, and what others say of articles that they have not seen, fitted meanwhile."""
    with cross_fitting(rows, schema, rows.measured_articles, seed=_SEED) as begun:
        fitted = fit(rows, schema, seed=_SEED)
        if advance is not None:
            advance(1)
        answers = begun.answers(advance)
    return fitted, measured_by(answers, rows, schema, seed=_SEED)


def _require_labels(rows: Examples) -> None:
    if not len(rows):
        raise TrainingError(
            "There is no labelled sentence to learn from.",
            hint="Label some, preferably fifty or more, and train again.",
        )
    if not rows.labels.any() and not any(rows.claims):
        raise TrainingError(
            f"The {len(rows)} labelled sentences hold neither an event type nor a claim.",
            hint="Tick what happened, mark the numbers that are claimed, and train again.",
        )


def _notes_on_measuring(measured: Measurement) -> Iterator[str]:
    rows = measured.rows
    if measured.measured_on == "nothing":
        yield "All labels are from one article, so nothing could be measured."
        return
    whose = "your own" if measured.measured_on == "own articles" else "the seed"
    yield (
        f"Measured on {len(set(rows.groups)):,} of {whose} articles, with {len(rows):,} labelled "
        f"sentences and {rows.n_decisions:,} decisions (event types ticked, claims marked); each "
        "article was answered for by models that had not seen it."
    )
    if rows.n_suggested:
        which = "all" if rows.n_suggested == len(rows) else f"{rows.n_suggested:,} of"
        yield (
            f"The labels of {which} these {len(rows):,} sentences started from a "
            "model's suggestion: where people accept what is suggested, the figures flatter it."
        )
    if measured.measured_on == "seed articles":
        yield (
            "Nobody has labelled an article of your own yet, so the figures are of the seed "
            "articles, which say little about yours."
        )


def _notes_on_learning(model: Model, summary: TrainingSummary) -> Iterator[str]:
    if model.schema.event_types and model.events is None:
        yield "No event type is ticked anywhere, so it ticks none."
    if model.schema.claim_kinds and model.claims is None:
        yield "No numeric claim is marked anywhere, so it marks none."
    never = [name for name, count in summary.positives.items() if not count]
    if never:
        yield f"Never labelled, so never suggested: {_listed(never)}."
    few = sorted((n, name) for name, n in summary.positives.items() if 0 < n < FEWEST_TO_LEARN)
    if few:
        named = _listed([f"{name} ({n})" for n, name in few])
        yield f"Hardly learnt, for want of examples: {named}."


def _listed(names: Sequence[str]) -> str:
    """Names in a line that can be read at a glance; at first it is nearly all labels."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _notes_on_sentences(
    examples: Examples, mine: frozenset[str], missed: tuple[Missed, ...]
) -> Iterator[str]:
    tied = sum(tie and one in mine for tie, one in zip(examples.tied, examples.groups, strict=True))
    left_out = sum(sentence.article_id in mine for sentence, _ in examples.left_out)
    partly = sum(
        one in mine for one, some in zip(examples.groups, examples.partly, strict=True) if some
    )
    if tied > partly:
        yield (
            "Sentences not measured on, because people are split evenly on something in them: "
            f"{tied - partly}."
        )
    if partly:
        yield (
            "Sentences not measured on, because spans that people marked in them could not be "
            f"placed: {partly}."
        )
    if left_out:
        yield (
            "Labelled sentences that teach nothing, because everyone skipped them or people are "
            f"split evenly on all that they ticked: {left_out}."
        )
    if missed:
        yield (
            "Marked claims that no model can suggest, because the reader of numbers does not "
            f"propose them: {len(missed)}."
        )


def _data(examples: Examples, measured: Measurement) -> list[str]:
    seeds = sum(one in examples.seeds for one in examples.groups)
    brought = f", {seeds} of the sentences from seed articles" if seeds else ""
    rows = measured.rows
    how = (
        f"Measured on {len(rows)} sentences of {len(set(rows.groups))} {measured.measured_on}, by "
        "models that had not seen the article (cross-fitting)."
    )
    return [
        f"Trained on {len(examples)} labelled sentences of {len(set(examples.groups))} articles "
        f"with {sum(map(len, examples.claims))} claims{brought}; {len(examples.unlabelled)} "
        "unlabelled ones for document frequencies.",
        "Not measured." if measured.answers is None else how,
    ]
