"""Suggestions of another model in a project with many tasks, beside those that are there.

Storing a thousand takes the server less than a second, deleting as many takes it five to thirty. So
nothing is deleted here: what is old stays until :mod:`.old_suggestions` comes to it. The tasks that
people get next are first; once these have theirs, the model becomes the active one, and what has
none of it yet comes last in the queue until it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotation.batches import Advance, batched
from annotation.errors import StudioError
from annotation.labelstudio.client import Client
from annotation.labelstudio.projects.main_project import activate
from annotation.labelstudio.tasks.doubles import remove_doubled_suggestions
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer.waiting_task import WaitingTask
from annotation.records import Prediction
from annotation.schema import Schema

READ_TOGETHER = 100
"""Tasks that are looked up at a time to change their line of readings, one call each."""


def add_suggestions(
    client: Client,
    queries: TaskQueries,
    tasks: Mapping[str, WaitingTask],
    predictions: Iterable[Prediction],
    schema: Schema,
    *,
    model_id: str,
    advance: Advance | None,
) -> int:
    """Store suggestions beside others; see :meth:`.Suggestions.add_beside`."""
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
