"""Labelled sentences -> a fitted model, and a summary of what it was fitted on.

Nothing is measured here; see ``training.evaluation``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sklearn import config_context
from threadpoolctl import threadpool_limits

from annotation.schema import Schema
from training.claims.classifier import ClaimClassifier
from training.events.classifier import EventClassifier
from training.events.label_descriptions import label_descriptions
from training.examples import Examples
from training.model import Model

RECALL_BETA = 2.0
"""How many times as much recall counts as precision in a schema that favours it: ticks are taken
back at a glance, and what is missed has to be thought of."""

UNNAMED = "unnamed"
"""Id of a model that has only been fitted."""


@dataclass(frozen=True, slots=True)
class TrainingSummary:
    """What a model was trained on, in numbers; kept in its manifest."""

    sentences: int
    """How many labelled sentences it was trained on."""
    positives: Mapping[str, int]
    """How often each event type and claim kind occurs in them. Named "event …" and "claim …", for
    an event type and a claim kind may have the same alias."""
    articles: Mapping[str, int] = field(default_factory=dict)
    """How many labelled sentences of each article it was trained on; empty in format 3."""
    held_out: Mapping[str, int] = field(default_factory=dict)
    """Of a model of format 3: how many sentences of each article that it was not trained on."""

    @classmethod
    def of_examples(cls, rows: Examples, schema: Schema) -> TrainingSummary:
        """The summary of what a model of these examples is trained on."""
        ticked = rows.labels.sum(axis=0).tolist()
        marked = Counter(claim.kind for claims in rows.claims for claim in claims)
        positives = {
            f"event {alias}": int(count)
            for alias, count in zip(schema.event_aliases, ticked, strict=True)
        }
        positives |= {f"claim {alias}": marked[alias] for alias in schema.claim_aliases}
        return cls(
            sentences=len(rows),
            positives=positives,
            articles=dict(sorted(Counter(rows.groups).items())),
        )

    @classmethod
    def of_model(cls, model: Model) -> TrainingSummary | None:
        """The summary in a model's manifest; None for a model that was never trained or named."""
        found = model.manifest.get("training")
        return None if found is None else cls(**found)

    def to_json(self) -> dict[str, Any]:
        """As the manifest has it."""
        return asdict(self)


def fit(rows: Examples, schema: Schema, *, seed: int = 0) -> Model:
    """A model fitted on some rows, without a name; it lacks a classifier that can learn nothing.

    Without a single claim marked there is no claim classifier, although the descriptions of the
    kinds might be matched against the words of a sentence: who never marks a number does not want
    numbers suggested.

    Args:
        rows: what to learn from.
        schema: the labels.
        seed: of everything random; the same rows, seed and code give the same weights.
    """
    events = claims = None
    # The matrices are small: more threads would spend their time waiting for each other (30 times
    # the seconds on a busy machine), and add up in another order each time.
    # scikit-learn's checks of arguments, here all ours, take a quarter of the time of small fits.
    checks_off = config_context(assume_finite=True, skip_parameter_validation=True)
    with threadpool_limits(limits=1), checks_off:
        if schema.event_types and rows.labels.any() and len(rows) > 1:
            events = EventClassifier(
                exclusive=exclusive_columns(schema),
                descriptions=label_descriptions(schema.event_types),
                beta=RECALL_BETA if schema.favours_recall else 1.0,
                random_state=seed,
            ).fit(
                rows.texts,
                rows.labels,
                groups=rows.groups,
                sample_weight=rows.weights,
                relevance=rows.relevance,
                background=[one.text for one in rows.unlabelled],
            )
        if schema.claim_kinds and any(rows.claims):
            # As in `Model.predict`: numbers are read in English.
            english = [row for row, one in enumerate(rows.sentences) if one.is_english]
            read = rows.rows(english)
            claims = ClaimClassifier(
                schema.claim_aliases, label_descriptions(schema.claim_kinds), schema.harms
            ).fit(
                read.texts,
                read.claims,
                event_scores=events.out_of_fold_[english] if events else None,
                groups=read.groups,
                undecided=read.claim_ties,
                partly=read.partly,
                relevance=rows.relevance[english],
            )
    if events is not None:
        events.without_training_data()
    return Model(id=UNNAMED, schema=schema, events=events, claims=claims)


def exclusive_columns(schema: Schema) -> tuple[int, ...]:
    """Columns of the event types beside which no other may stand."""
    return tuple(
        place
        for place, label in enumerate(schema.event_types)
        if label.excludes_rest or schema.single_choice
    )
