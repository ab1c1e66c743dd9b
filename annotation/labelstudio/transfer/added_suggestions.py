"""Suggestions of another model in a project with many tasks, beside those that are there.

Storing a thousand takes the server less than a second, deleting as many takes it five to thirty. So
nothing is deleted here: what is old stays until :mod:`.old_suggestions` comes to it. The tasks that
people get next are first; once these have theirs, the model becomes the active one, and what has
none of it yet comes last in the queue until it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotation.batches import Advance, batched
from annotation.errors import StudioError
from annotation.labelstudio.client import Client
from annotation.labelstudio.import_json import READINGS, readings, to_prediction
from annotation.labelstudio.projects.main_project import activate
from annotation.labelstudio.tasks.doubles import remove_doubled_suggestions
from annotation.labelstudio.tasks.task_queries import FoundTask, TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.records import Prediction, Sentence
from annotation.schema import Schema

READ_TOGETHER = 100
"""Tasks that are looked up at a time to change their line of readings, one call each."""


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
    readings: str
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

    def needs_readings(self, prediction: Prediction, schema: Schema) -> bool:
        """Whether the line above the sentence says something else than this suggestion."""
        line = "" if self.blind else readings(prediction, schema)
        return READINGS in schema.fields and line != self.readings


def waiting_tasks(
    client: Client, project_id: int, schema: Schema, *, without_suggestion_by: str
) -> Iterator[WaitingTask]:
    """Tasks that wait; see :meth:`.LabelStudio.waiting_tasks`."""
    queries = TaskQueries(client, project_id)
    skip = {task.id for task in queries.with_suggestion_by(without_suggestion_by)}
    for task in queries.scan():  # all, for a filter makes the server twice as slow
        if _is_ours(task, schema) and task.id not in skip:
            yield WaitingTask.of(task, schema)


def _is_ours(task: FoundTask, schema: Schema) -> bool:
    """Whether a task shows a sentence of ours that somebody is to label still."""
    return bool(task.key) and task.waiting and task.has_text(schema)


def add_to_head(
    client: Client,
    project_id: int,
    suggested: Callable[[Sequence[Sentence]], Iterable[Prediction]],
    schema: Schema,
    *,
    model_id: str,
    number: int,
) -> int:
    """Suggestions for the head of the queue; see :meth:`.LabelStudio.suggest_at_head`."""
    queries = TaskQueries(client, project_id)
    before = queries.active_model()
    if not before or before == model_id:
        return 0
    found = queries.head_of_queue(before, number)
    head = [task for task in found if _is_ours(task, schema)]
    # Those that have one already keep it, with the place that it has.
    lacking = [task for task in head if model_id not in task.models]
    tasks = {task.key: WaitingTask.of(task, schema, keeps_place=True) for task in lacking}
    adding = _Adding(client, queries, tasks, schema, model_id)
    if len(lacking) < len(head):
        activate(client, project_id, model_id)
    if lacking:
        adding.add(suggested([one.sentence for one in tasks.values()]), None)
        adding.finish()
    return adding.stored


def add_suggestions(
    client: Client,
    project_id: int,
    tasks: Mapping[str, WaitingTask],
    predictions: Iterable[Prediction],
    schema: Schema,
    *,
    model_id: str,
    advance: Advance | None,
) -> int:
    """Suggestions for all others; see :meth:`.LabelStudio.suggest_beside`."""
    queries = TaskQueries(client, project_id)
    adding = _Adding(client, queries, tasks, schema, model_id)
    adding.add(predictions, advance)
    adding.finish()
    return adding.stored


class _Adding:
    """Stores suggestions of one model beside others."""

    def __init__(
        self,
        client: Client,
        queries: TaskQueries,
        tasks: Mapping[str, WaitingTask],
        schema: Schema,
        model_id: str,
    ) -> None:
        self._client = client
        self._queries = queries
        self._uploader = Uploader(client, queries)
        self._tasks = tasks
        self._schema = schema
        self._model_id = model_id
        self.stored = 0

    def add(self, predictions: Iterable[Prediction], advance: Advance | None) -> None:
        """Store them all, then put right the lines of readings, in the order of the queue."""
        changed: list[Prediction] = []
        for batch in batched(predictions, TASKS_PER_CALL):
            rows = {p.sentence_id: self._tasks[p.sentence_id].row(p, self._schema) for p in batch}
            self._store(rows)
            if not self.stored:
                activate(self._client, self._queries.project_id, self._model_id)
            self.stored += len(batch)
            changed += (
                p for p in batch if self._tasks[p.sentence_id].needs_readings(p, self._schema)
            )
            if advance is not None:
                advance(len(batch))
        changed.sort(key=lambda one: self._tasks[one.sentence_id].place(one))
        for batch in batched(changed, READ_TOGETHER):
            found = self._queries.by_id([self._tasks[one.sentence_id].id for one in batch])
            for prediction in batch:
                task = found.get(self._tasks[prediction.sentence_id].id)
                if task is not None and task.key == prediction.sentence_id and task.waiting:
                    self._uploader.refresh_readings(task, prediction, self._schema)
        self._uploader.mend_counts()

    def _store(self, rows: Mapping[str, dict[str, object]]) -> None:
        """Store a batch, without the tasks that somebody has deleted since they were listed."""
        try:
            self._uploader.suggestions(rows)
        except StudioError:
            found = self._queries.by_key(rows)
            left = {key: row for key, row in rows.items() if key in found}
            if len(left) == len(rows):
                raise
            self._uploader.suggestions(left)

    def finish(self) -> None:
        """Leave each task one suggestion of the model."""
        self._uploader.settle_open()
        remove_doubled_suggestions(self._queries, self._uploader, self._model_id)
