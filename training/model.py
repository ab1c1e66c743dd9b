"""Sentences -> predictions, fast and in a stream.

``CompiledEvents`` folds a fitted classifier into one table (term -> row of weights) and reads each
text once. It gives the probabilities of the classifier itself to 1e-6; a test holds it to that.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from annotation.batches import batched
from annotation.records import EventScore, NumericClaim, Prediction, Sentence
from annotation.schema import Schema
from training.events.base_estimators import Bools, Calibrator, Floats
from training.events.classifier import EventClassifier, tf_idf
from training.events.label_descriptions import LabelDescriptionClassifier, descriptions
from training.events.vocabulary import TermIndex, words

BATCH = 4096
"""Sentences scored at a time; larger batches are no faster, and this is a few megabytes."""
FEW = 8
"""Up to so many texts, going one by one is faster than setting up arrays for the batch."""


SOUNDS_LIKE = 0.1
"""Likeness to a label's words from which a sentence is suggested to have it when no model has been
trained: 26 % of the seed sentences reach it, and 44 % of these suggestions are right."""


class ClaimModel(Protocol):
    """What ``Predictor`` needs of a claim classifier."""

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None
    ) -> Sequence[tuple[NumericClaim, ...]]:
        """Claims of each text; ``event_scores`` has shape ``(n, n_event_types)``."""


class LoadedModel(Protocol):
    """What ``Predictor`` needs of a model; ``training.registry.store.Model`` is one."""

    @property
    def id(self) -> str:
        """Id of the model."""

    @property
    def schema(self) -> Schema:
        """The labels that it knows."""

    @property
    def events(self) -> EventClassifier | None:
        """None where the schema has no event types, or none could be learnt."""

    @property
    def claims(self) -> ClaimModel | None:
        """None where the schema has no claim kinds, or none could be learnt."""


class CompiledEvents:
    """A fitted ``EventClassifier`` as one pass over the text.

    Args:
        classifier: The classifier; later changes to it are not seen.
    """

    def __init__(self, classifier: EventClassifier) -> None:
        self._index = TermIndex(classifier.vectorizer_.vocabulary_)
        self._idf = np.asarray(classifier.vectorizer_.idf_, dtype=np.float64)
        self._idf_list = self._idf.tolist()
        self._weights = np.ascontiguousarray(classifier.coef_.T, dtype=np.float64)
        self._intercept = classifier.intercept_
        self._calibrate = classifier.calibrate
        self._calibrate_one = [
            _scalar(calibrator, float(prior))
            for calibrator, prior in zip(classifier.calibrators_, classifier.prior_, strict=True)
        ]

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Calibrated probability of each label for each text, shape ``(n, n_labels)``."""
        if len(texts) <= FEW:
            rows = [self._one(text) for text in texts]
            return np.array(rows, dtype=np.float64).reshape(len(texts), len(self._intercept))
        blocks = []
        for start in range(0, len(texts), BATCH):
            counts = self._index.count(texts[start : start + BATCH])
            margins = tf_idf(counts, self._idf) @ self._weights
            margins += self._intercept
            blocks.append(self._calibrate(margins))
        return np.concatenate(blocks)

    def _one(self, text: str) -> list[float]:
        index = self._index
        find_word, word_term = index.word_number.get, index.word_term
        find_pair, n_words = index.pair_term.get, index.n_words
        counts: dict[int, int] = {}
        before: int | None = None
        for word in words(text):
            number = find_word(word)
            if number is not None:
                term = word_term[number]
                if term >= 0:
                    counts[term] = counts.get(term, 0) + 1
                if before is not None:
                    pair = find_pair(before * n_words + number)
                    if pair is not None:
                        counts[pair] = counts.get(pair, 0) + 1
            before = number
        margins: Floats = self._intercept
        if counts:
            idf, log = self._idf_list, math.log
            values = [
                idf[term] if count == 1 else idf[term] * (1.0 + log(count))
                for term, count in counts.items()
            ]
            norm = math.sqrt(sum([value * value for value in values]))
            rows = self._weights.take(list(counts), axis=0)
            margins = np.array(values) @ rows / norm + margins
        return [
            calibrate(margin)
            for calibrate, margin in zip(self._calibrate_one, margins.tolist(), strict=True)
        ]


class Predictor:
    """Predicts sentence by sentence from any stream, a batch at a time.

    Args:
        model: The model, loaded.
        all_scores: List every event type with its probability, also those that are not ticked.
    """

    def __init__(self, model: LoadedModel, *, all_scores: bool = False) -> None:
        self._model = model
        self.all_scores = all_scores
        """Whether every event type is listed."""
        self._names = model.schema.event_aliases
        self._events = None if model.events is None else CompiledEvents(model.events)

    @property
    def schema(self) -> Schema:
        """The labels that the model knows."""
        return self._model.schema

    def predict(
        self, sentences: Iterable[Sentence], *, batch_size: int = BATCH
    ) -> Iterator[Prediction]:
        """One prediction for each sentence, in order; memory does not grow with the stream."""
        for batch in batched(sentences, batch_size):
            yield from self._predict_batch(batch)

    def _predict_batch(self, batch: list[Sentence]) -> Iterator[Prediction]:
        model = self._model
        texts = [sentence.text for sentence in batch]
        scores: Floats | None = None
        events: Sequence[tuple[EventScore, ...]] = [()] * len(batch)
        if model.events is None and model.claims is None:
            events = self._by_wording(texts)
        if self._events is not None and model.events is not None:
            scores = self._events.predict_proba(texts)
            ticked = model.events.decide(scores)
            events = self._tick(scores, np.ones_like(ticked) if self.all_scores else ticked)
        claims: Sequence[tuple[NumericClaim, ...]] = [()] * len(batch)
        if model.claims is not None:
            claims = model.claims.predict(texts, scores)
        for sentence, told, marked in zip(batch, events, claims, strict=True):
            yield Prediction(sentence_id=sentence.id, events=told, claims=marked, model_id=model.id)

    def _by_wording(self, texts: Sequence[str]) -> list[tuple[EventScore, ...]]:
        """Before the first label: the event type that a sentence sounds most like, if it does."""
        described = descriptions(self._model.schema)
        if not any(described):
            return [()] * len(texts)
        wording = LabelDescriptionClassifier(described).fit(texts)
        events: list[tuple[EventScore, ...]] = []
        for likeness in wording.score_texts(texts):
            best = int(likeness.argmax())
            sounds = likeness[best] >= SOUNDS_LIKE
            events.append((EventScore(self._names[best], float(likeness[best])),) if sounds else ())
        return events

    def _tick(self, scores: Floats, ticked: Bools) -> list[tuple[EventScore, ...]]:
        events: list[list[EventScore]] = [[] for _ in scores]
        rows, columns = np.nonzero(ticked)
        found = zip(rows.tolist(), columns.tolist(), scores[rows, columns].tolist(), strict=True)
        for row, column, score in found:
            events[row].append(EventScore(self._names[column], score))
        return [tuple(one) for one in events]


def _scalar(calibrator: Calibrator | None, prior: float) -> Callable[[float], float]:
    """The calibrator of one label as a plain function, because numpy is slow on single numbers."""
    if calibrator is None:
        return lambda _: prior
    if calibrator.knots_ is None:
        slope, offset = calibrator.slope_, calibrator.offset_

        def platt(margin: float) -> float:
            z = slope * margin + offset
            if z >= 0:
                return 1.0 / (1.0 + math.exp(-z))
            odds = math.exp(z)
            return odds / (1.0 + odds)

        return platt
    x, y = calibrator.knots_.tolist()

    def isotonic(margin: float) -> float:
        right = bisect_right(x, margin)
        if right == 0:
            return float(y[0])
        if right == len(x):
            return float(y[-1])
        share = (margin - x[right - 1]) / (x[right] - x[right - 1])
        return float(y[right - 1] + share * (y[right] - y[right - 1]))

    return isotonic
