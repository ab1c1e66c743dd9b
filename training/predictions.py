"""What a model says of many sentences, as arrays.

Apart from the model, so that stored answers are read without what learns: to import that takes
seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from annotation.records import EventScore, NumericClaim, Prediction

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """What a model says about n sentences."""

    model_id: str
    """The model that said so."""
    sentence_ids: tuple[str, ...]
    """The sentences, one a row."""
    label_names: tuple[str, ...]
    """Aliases of the k event types, one a column."""
    probability: Floats
    """``(n, k)``: probability of each event type."""
    ticked: Bools
    """``(n, k)``: the event types that are ticked."""
    claims: tuple[tuple[NumericClaim, ...], ...]
    """The claims that are marked in each sentence."""

    def __len__(self) -> int:
        return len(self.sentence_ids)

    def records(self, *, all_scores: bool = False) -> tuple[Prediction, ...]:
        """One record for each sentence.

        Args:
            all_scores: list every event type with its probability, also those not ticked.
        """
        events: list[list[EventScore]] = [[] for _ in self.sentence_ids]
        rows, columns = np.nonzero(np.ones_like(self.ticked) if all_scores else self.ticked)
        scores = self.probability[rows, columns].tolist()
        for row, column, score in zip(rows.tolist(), columns.tolist(), scores, strict=True):
            events[row].append(EventScore(self.label_names[column], score))
        return tuple(
            Prediction(sentence_id=name, events=tuple(told), claims=marked, model_id=self.model_id)
            for name, told, marked in zip(self.sentence_ids, events, self.claims, strict=True)
        )

    def of(self, sentence_ids: Sequence[str]) -> Predictions:
        """The same of some of the sentences, in the order given."""
        place = {name: row for row, name in enumerate(self.sentence_ids)}
        rows = [place[name] for name in sentence_ids]
        return replace(
            self,
            sentence_ids=tuple(sentence_ids),
            probability=self.probability[rows],
            ticked=self.ticked[rows],
            claims=tuple(self.claims[row] for row in rows),
        )

    def joined(self, other: Predictions) -> Predictions:
        """These and those of other sentences, of a model with the same event types."""
        return replace(
            self,
            sentence_ids=self.sentence_ids + other.sentence_ids,
            probability=np.vstack([self.probability, other.probability]),
            ticked=np.vstack([self.ticked, other.ticked]),
            claims=self.claims + other.claims,
        )

    def with_columns(self, label_names: tuple[str, ...]) -> Predictions:
        """The same in the columns of another schema, which has all these event types.

        An event type that the model does not know is never ticked.
        """
        place = {alias: column for column, alias in enumerate(label_names)}
        columns = [place[alias] for alias in self.label_names]
        shape = (len(self), len(label_names))
        probability, ticked = np.zeros(shape), np.zeros(shape, dtype=bool)
        probability[:, columns], ticked[:, columns] = self.probability, self.ticked
        return replace(self, label_names=label_names, probability=probability, ticked=ticked)
