"""What a model is, and the one way in which it predicts.

Whatever is measured, shown or handed over goes through ``Model.predict``: figures describe what
people get.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from annotation.batches import batched
from annotation.records import NumericClaim, Prediction, Sentence
from annotation.schema import Schema
from training.claims.classifier import ClaimClassifier
from training.events.classifier import EventClassifier
from training.events.label_descriptions import LabelDescriptionClassifier, label_descriptions
from training.predictions import Predictions

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

STREAM_BATCH = 1_000
"""Sentences that a stream predicts at a time: larger batches are no faster, and need memory."""

UNTRAINED = "label-descriptions"
"""Id of the model that stands in before the first label."""

LEAST_LIKENESS = 0.12
"""Likeness to a label's description from which a sentence is suggested to have it when no model has
been trained: 32 % of the seed sentences reach it."""

RIGHT_BY_LIKENESS = 0.54
"""How many of these suggestions are right, which is how probable each is said to be."""


@dataclass(frozen=True, slots=True)
class Model:
    """Two classifiers and what is known of them."""

    id: str
    """Time of making (UTC) and the first digits of the digest of weights; sorts by age."""
    schema: Schema
    """The labels that it knows."""
    events: EventClassifier | None
    """Decides the event types; None where the schema or the labels have none."""
    claims: ClaimClassifier | None
    """Decides the claim kinds; None where the schema or the labels have none."""
    manifest: Mapping[str, Any] = field(default_factory=dict)
    """Everything else: snapshot, versions, metrics, details of the training; empty until the model
    is named."""

    def predict(self, sentences: Sequence[Sentence], *, by_rule: bool = True) -> Predictions:
        """What the model says about some sentences.

        Boilerplate is told by rule: it has the schema's label for it, for certain, and no claims.
        Numbers are read in English; a sentence in another language has no claims. Vague words are
        read by the policy of the schema that it was trained with.
        Untrained, the model ticks the event type whose description a sentence is most like, if it
        is like any; the more sentences there are at once, the better it knows which words tell.

        Args:
            sentences: n sentences.
            by_rule: False for what the classifiers themselves say of boilerplate.
        """
        texts = [sentence.text for sentence in sentences]
        claims: tuple[tuple[NumericClaim, ...], ...] = ((),) * len(texts)
        shape = (len(texts), len(self.schema.event_types))
        if self.events is not None:
            probability = self.events.predict_proba(texts) if texts else np.zeros(shape)
            ticked = self.events.decide(probability)
        elif self.claims is None:
            probability, ticked = _most_like_descriptions(self.schema, texts)
        else:
            probability, ticked = np.zeros(shape), np.zeros(shape, dtype=bool)
        if self.claims is not None:
            read = [sentence.text if sentence.is_english else "" for sentence in sentences]
            claims = self.claims.predict(
                read,
                probability if self.events is not None else None,
                policy=self.schema.policy,
            )
        told = Predictions(
            model_id=self.id,
            sentence_ids=tuple(sentence.id for sentence in sentences),
            label_names=self.schema.event_aliases,
            probability=probability,
            ticked=ticked,
            claims=claims,
        )
        return self._boilerplate_told(told, sentences) if by_rule else told

    def stream(
        self,
        sentences: Iterable[Sentence],
        *,
        all_scores: bool = False,
        batch_size: int = STREAM_BATCH,
    ) -> Iterator[tuple[Sentence, Prediction]]:
        """Each sentence with its prediction, in order; memory does not grow with the stream.

        Args:
            sentences: any number of sentences.
            all_scores: list every event type with the probability that the classifier gives it,
                also of boilerplate.
            batch_size: sentences read at a time.
        """
        for batch in batched(sentences, batch_size):
            told = self.predict(batch, by_rule=not all_scores)
            yield from zip(batch, told.records(all_scores=all_scores), strict=True)

    def _boilerplate_told(self, told: Predictions, sentences: Sequence[Sentence]) -> Predictions:
        rows = [row for row, sentence in enumerate(sentences) if sentence.boilerplate]
        label = self.schema.boilerplate_label
        if not rows or label is None:
            return told
        probability, ticked, claims = told.probability.copy(), told.ticked.copy(), [*told.claims]
        probability[rows], ticked[rows] = 0.0, False
        column = told.label_names.index(label)
        probability[rows, column], ticked[rows, column] = 1.0, True
        for row in rows:
            claims[row] = ()
        return replace(told, probability=probability, ticked=ticked, claims=tuple(claims))


def untrained_model(schema: Schema) -> Model:
    """What stands in before the first label: it knows the labels' descriptions, nothing else."""
    return Model(id=UNTRAINED, schema=schema, events=None, claims=None)


def _most_like_descriptions(schema: Schema, texts: Sequence[str]) -> tuple[Floats, Bools]:
    """Likeness of each text to each description, and the greatest of a text where it is enough.

    What is ticked is as probable as such ticks are right: likeness is no probability.
    """
    descriptions = label_descriptions(schema.event_types)
    likeness: Floats = np.zeros((len(texts), len(descriptions)))
    ticked = np.zeros(likeness.shape, dtype=bool)
    if any(descriptions) and texts:
        likeness = LabelDescriptionClassifier(descriptions).fit(texts).score_texts(texts)
        best = likeness.argmax(axis=1)
        rows = np.arange(len(texts))
        ticked[rows, best] = likeness[rows, best] >= LEAST_LIKENESS
        likeness[ticked] = RIGHT_BY_LIKENESS
    return likeness, ticked
