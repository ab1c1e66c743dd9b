"""From a snapshot to a model, with figures that it cannot have learnt by heart.

The classifiers are fitted on the training articles only; what is held out stays out of the final
model too, so that tomorrow's model can be compared with it on the same sentences. Where nothing is
held out yet (fewer than five articles), the figures come from cross-validation by article: models
that saw the other articles only answer for each. Then they describe the procedure, not this very
model, and the manifest says so.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from annotation.dataset.snapshot import Snapshot
from annotation.errors import TrainingError
from annotation.records import NumericClaim
from annotation.schema import Schema
from training.claims.classifier import ClaimClassifier, Missed
from training.evaluation.learning_curve import Ints, LearningCurve, learning_curve
from training.evaluation.metrics import Metrics, evaluate
from training.events.classifier import EventClassifier
from training.events.label_descriptions import descriptions
from training.examples import Examples, Split, build_examples, split_holdout
from training.registry.store import Model, new_model

FOLDS = 5
"""Folds of the cross-validation where nothing is held out."""

FEWEST_TO_LEARN = 10
"""Labelled examples of an event type or claim kind below which the model card warns."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Measured = Literal["holdout", "cross-validation", "nothing"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says about n sentences."""

    proba: Floats
    """``(n, k)``: probability of each event type."""
    events: Bools
    """``(n, k)``: the event types that it ticks."""
    claims: tuple[tuple[NumericClaim, ...], ...]
    """The claims that it marks in each sentence."""


@dataclass(frozen=True, slots=True)
class Challenger:
    """A challenger, and what the gate and the user must know of it."""

    model: Model
    """The model; not saved yet."""
    figures: Metrics | None
    """How well it does; None where nothing could be measured."""
    measured: Measured
    """What the figures were measured on."""
    rows: Examples
    """The sentences that they were measured on."""
    answers: Answers | None
    """What was answered for these rows."""
    split: Split
    """What it was trained on, what is held out, and what was left out of either."""
    missed: tuple[Missed, ...]
    """Claims marked by people that the reader of numbers did not propose."""
    notes: tuple[str, ...]
    """What the user should know, one sentence each."""
    seconds: float
    """How long the fitting took, without reading and measuring."""


def train(snapshot: Snapshot, *, seed: int = 0) -> Challenger:
    """Fit, measure, and describe a model.

    Args:
        snapshot: the frozen dataset; says which articles are held out.
        seed: of everything random; the same snapshot, seed and code give the same weights.

    Raises:
        TrainingError: the labels do not suffice for any model.
    """
    schema = snapshot.schema
    examples = build_examples(snapshot)
    split = split_holdout(examples, snapshot.held_out)
    _require_labels(split, schema)
    start = time.perf_counter()
    events, claims = fit(split.training, schema, seed=seed)
    seconds = time.perf_counter() - start
    measured, rows, answers = _measure(split, schema, events, claims, seed)
    figures = None
    if answers is not None:
        figures = evaluate(
            rows.labels,
            answers.proba,
            answers.events,
            rows.groups,
            rows.label_names,
            claims=(rows.claims, answers.claims) if schema.claim_kinds else None,
            seed=seed,
        )
    missed = claims.missed_ if claims else ()
    notes = tuple(_notes(examples, split, schema, events, claims, measured, rows))
    model = new_model(
        schema=schema,
        events=events,
        claims=claims,
        snapshot=snapshot.id,
        figures={"measured_on": measured, **(figures.to_json() if figures else {})},
        details={
            "seed": seed,
            "n_trained_on": len(split.training),
            "standing": standing(split, schema),
            "missed": [[one.claim.text, one.claim.kind, one.sentence] for one in missed],
            "data": _data(examples, split),
            "limits": [*notes, *LIMITS],
        },
    )
    return Challenger(
        model=model,
        figures=figures,
        measured=measured,
        rows=rows,
        answers=answers,
        split=split,
        missed=missed,
        notes=notes,
        seconds=seconds,
    )


LIMITS = (
    "It reads one sentence at a time and knows nothing of the sentences around it.",
    "It learnt from the people who labelled, their mistakes included.",
    "Its probabilities hold for articles like those it was trained on; check them on others.",
    "It suggests. Nothing that it says about people or events is established by it.",
)
"""What every model card says."""


def fit(
    rows: Examples, schema: Schema, *, seed: int = 0
) -> tuple[EventClassifier | None, ClaimClassifier | None]:
    """Fit both classifiers; one is None where there is nothing that it could learn.

    Without a single claim marked there is no claim classifier, although the labels of the kinds
    might be matched against the words of a sentence: who never marks a number does not want
    numbers suggested.
    """
    events = claims = None
    # The matrices are small: more threads would spend their time waiting for each other (30 times
    # the seconds on a busy machine), and add up in another order each time.
    with threadpool_limits(limits=1):
        if schema.event_types and rows.labels.any() and len(rows) > 1:
            events = EventClassifier(
                exclusive=exclusive(schema), descriptions=descriptions(schema), random_state=seed
            ).fit(
                rows.texts,
                rows.labels,
                groups=rows.groups,
                sample_weight=rows.weights,
                background=rows.unlabelled,
            )
        if schema.claim_kinds and any(rows.claims):
            described = tuple(f"{one.value} {one.hint}" for one in schema.claim_kinds)
            claims = ClaimClassifier(schema.claim_aliases, described).fit(
                rows.texts,
                rows.claims,
                event_scores=events.out_of_fold_ if events else None,
                groups=rows.groups,
                undecided=rows.claim_ties,
            )
    return events.without_training_data() if events else None, claims


def learning_curve_on(snapshot: Snapshot, rows: Examples, *, seed: int = 0) -> LearningCurve:
    """What growing shares of the training articles are worth on some rows.

    The score is the micro F1 of the event types; without any, the F1 of the claims (same kind,
    overlapping).

    Args:
        snapshot: what to train on, without its held-out articles.
        rows: what to measure on; none of the training rows.
        seed: of everything random.
    """
    training = split_holdout(build_examples(snapshot), snapshot.held_out).training
    width = len(rows.label_names)

    def score(chosen: Ints) -> float:
        fitted = fit(training.rows(chosen), snapshot.schema, seed=seed)
        said = answer(*fitted, rows.texts, width)
        if width:
            hits = 2 * int((said.events & rows.labels).sum())
            return hits / max(int(said.events.sum() + rows.labels.sum()), 1)
        figures = evaluate(
            *(rows.labels, said.proba, said.events, rows.groups, rows.label_names),
            claims=(rows.claims, said.claims),
            n_resamples=1,
        )
        assert figures.claims is not None
        return figures.claims.overlapping.f1.value or 0.0

    return learning_curve(score, training.groups, seed=seed)


def words_model(schema: Schema) -> Model:
    """What stands in before the first label: it knows what the labels are called, nothing else."""
    return Model(id="wording", schema=schema, events=None, claims=None, manifest={})


def answer(
    events: EventClassifier | None,
    claims: ClaimClassifier | None,
    texts: Sequence[str],
    labels: int,
) -> Answers:
    """What two classifiers say about some sentences; one that is missing says nothing.

    Args:
        events: the event classifier.
        claims: the claim classifier.
        texts: n sentences.
        labels: number of event types.
    """
    proba: Floats = np.zeros((len(texts), labels))
    ticked: Bools = np.zeros((len(texts), labels), dtype=bool)
    if events is not None:
        proba = events.predict_proba(texts)
        ticked = events.decide(proba)
    marked = (
        claims.predict(texts, proba if events else None) if claims else tuple(() for _ in texts)
    )
    return Answers(proba=proba, events=ticked, claims=marked)


def exclusive(schema: Schema) -> tuple[int, ...]:
    """Columns of the event types beside which no other may stand."""
    return tuple(
        place
        for place, label in enumerate(schema.event_types)
        if label.excludes_rest or schema.single_choice
    )


def standing(split: Split, schema: Schema) -> dict[str, Any]:
    """What the gate compares of two models besides their answers; JSON-ready."""
    # Named by what they are: an event type and a claim kind may have the same alias.
    positives = {f"event {one}": 0 for one in schema.event_aliases}
    positives |= {f"claim {one}": 0 for one in schema.claim_aliases}
    for alias, count in zip(schema.event_aliases, split.training.labels.sum(axis=0), strict=True):
        positives[f"event {alias}"] = int(count)
    for claims in split.training.claims:
        for claim in claims:
            positives[f"claim {claim.kind}"] += 1
    held_out: dict[str, int] = {}
    for article in split.holdout.groups:
        held_out[article] = held_out.get(article, 0) + 1
    return {
        "sentences": len(split.training),
        "positives": positives,
        "held_out": dict(sorted(held_out.items())),
    }


def _measure(
    split: Split,
    schema: Schema,
    events: EventClassifier | None,
    claims: ClaimClassifier | None,
    seed: int,
) -> tuple[Measured, Examples, Answers | None]:
    width = len(schema.event_types)
    if len(split.holdout):
        return "holdout", split.holdout, answer(events, claims, split.holdout.texts, width)
    rows = split.training
    folds = min(FOLDS, len(set(rows.groups)))
    if folds < 2:
        return "nothing", rows, None
    proba = np.zeros((len(rows), width))
    ticked = np.zeros((len(rows), width), dtype=bool)
    marked: list[tuple[NumericClaim, ...]] = [()] * len(rows)
    for seen, unseen in GroupKFold(folds).split(rows.texts, groups=rows.groups):
        fitted = fit(rows.rows(seen), schema, seed=seed)
        said = answer(*fitted, [rows.texts[i] for i in unseen], width)
        proba[unseen], ticked[unseen] = said.proba, said.events
        for place, found in zip(unseen, said.claims, strict=True):
            marked[place] = found
    return "cross-validation", rows, Answers(proba=proba, events=ticked, claims=tuple(marked))


def _require_labels(split: Split, schema: Schema) -> None:
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


def _notes(
    examples: Examples,
    split: Split,
    schema: Schema,
    events: EventClassifier | None,
    claims: ClaimClassifier | None,
    measured: Measured,
    rows: Examples,
) -> list[str]:
    notes = []
    if measured == "cross-validation":
        notes.append(
            f"Nothing is held out yet, as only {len(set(rows.groups))} articles are labelled: the "
            "figures come from cross-validation by article and describe the procedure."
        )
    if measured == "nothing":
        notes.append("All labels are from one article, so nothing could be measured.")
    if schema.event_types and events is None:
        notes.append("No event type is ticked in the training articles, so it ticks none.")
    if schema.claim_kinds and claims is None:
        notes.append("No numeric claim is marked in the training articles, so it marks none.")
    positives: Mapping[str, int] = standing(split, schema)["positives"]
    never = [name for name, count in positives.items() if not count]
    few = [f"{name} ({n})" for name, n in positives.items() if 0 < n < FEWEST_TO_LEARN]
    if never:
        notes.append(f"Never labelled, so never suggested: {', '.join(never)}.")
    if few:
        notes.append(f"Hardly learnt, for want of examples: {', '.join(few)}.")
    if split.leaking:
        notes.append(
            f"{len(split.leaking)} labelled sentences were left out of training, "
            "because a held-out article says the same."
        )
    if split.tied:
        notes.append(
            f"{len(split.tied)} held-out sentences were not measured on, "
            "because people are split evenly on them."
        )
    if examples.left_out:
        notes.append(
            f"{len(examples.left_out)} labelled sentences teach nothing: everyone skipped them, "
            "or people are split evenly on all that they ticked."
        )
    if claims and claims.missed_:
        notes.append(
            f"{len(claims.missed_)} marked claims are no numbers that the reader proposes, "
            "so they cannot be learnt."
        )
    return notes


def _data(examples: Examples, split: Split) -> list[str]:
    return [
        f"{len(examples)} labelled sentences of {len(set(examples.groups))} articles, "
        f"{len(examples.unlabelled)} unlabelled ones for document frequencies.",
        f"Trained on {len(split.training)} sentences of {len(set(split.training.groups))} "
        f"articles with {sum(map(len, split.training.claims))} claims.",
        f"Held out: {len(split.holdout)} sentences of {len(set(split.holdout.groups))} articles.",
    ]
