"""A task that waits for a label, and the row that a suggestion for it is."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.labelstudio.import_json import READINGS, readings, to_prediction
from annotation.labelstudio.tasks.task_queries import FoundTask
from annotation.records import Prediction, Sentence
from annotation.schema import Schema


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task that waits for a label, as much of it as a suggestion needs."""

    id: int
    """Label Studio's id."""
    sentence: Sentence
    """What it shows."""
    blind: bool
    """Whether its suggestion is withheld."""
    people: int
    """How many are to label it."""
    readings: str = ""
    """The line above the sentence, which says what the suggestion before it says."""
    score: float | None = None
    """The place in the queue that it keeps; None where a suggestion says its place."""

    @classmethod
    def of(cls, task: FoundTask, schema: Schema, *, keeps_place: bool = False) -> WaitingTask:
        """The same as a query has found it."""
        line = str(task.data.get(READINGS) or "")
        score = task.score if keeps_place else None
        return cls(task.id, task.sentence(schema), task.blind, task.people, line, score)

    def place(self, prediction: Prediction) -> float:
        """Where it comes in the queue with this suggestion, the lowest first."""
        return prediction.confidence if self.score is None else self.score

    def row(self, prediction: Prediction, schema: Schema) -> dict[str, object]:
        """A suggestion for it, as Label Studio imports it.

        Raises:
            UnknownLabelError: it has a label that the schema has not.
        """
        shown = to_prediction(
            prediction, self.sentence, schema, blind=self.blind, people=self.people
        )
        kept = {} if self.score is None else {"score": self.score}
        return {"task": self.id, **shown, **kept}

    def new_readings(self, prediction: Prediction, schema: Schema) -> str | None:
        """The line above the sentence as this suggestion has it; None where it says so already."""
        line = "" if self.blind else readings(prediction, schema)
        return line if READINGS in schema.fields and line != self.readings else None
