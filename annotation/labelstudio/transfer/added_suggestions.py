"""Suggestions of another model in a project with many tasks, beside those that are there.

Storing a thousand takes the server less than a second, deleting as many takes it five to thirty. So
nothing is deleted here: what is old stays until :mod:`.old_suggestions` comes to it. The tasks that
people get next are first; once these have theirs, the model becomes the active one, and what has
none of it yet comes last in the queue until it has.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotation.aside import Aside
from annotation.batches import Advance, ahead, batched
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
    suggested: Iterable[tuple[WaitingTask, Prediction]],
    schema: Schema,
    *,
    model_id: str,
    advance: Advance | None,
    aside: Path | None,
) -> int:
    """Store suggestions beside others; see :meth:`.Suggestions.add_beside`."""
    adding = _Adding(client, queries, schema, model_id)
    with Aside[_Line](aside) as lines:
        adding.add(suggested, lines, advance)
    adding.finish()
    return adding.stored


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of readings that is to change."""

    task: int
    key: str
    line: str


@dataclass(frozen=True, slots=True)
class _Batch:
    """Suggestions that are stored together, as rows, and lines that change with them."""

    rows: Mapping[str, dict[str, object]]
    lines: Sequence[tuple[float, _Line]]


class _Adding:
    """Stores suggestions of one model beside others."""

    def __init__(self, client: Client, queries: TaskQueries, schema: Schema, model_id: str) -> None:
        self._client = client
        self._queries = queries
        self._uploader = Uploader(client, queries)
        self._schema = schema
        self._model_id = model_id
        self.stored = 0

    def add(
        self,
        suggested: Iterable[tuple[WaitingTask, Prediction]],
        lines: Aside[_Line],
        advance: Advance | None,
    ) -> None:
        """Store them all, then put right the lines of readings, in the order of the queue."""
        order, places = array("d"), array("q")
        for batch in ahead(map(self._made, batched(suggested, TASKS_PER_CALL))):
            self._store(batch.rows)
            if not self.stored:
                activate(self._client, self._queries.project_id, self._model_id)
            self.stored += len(batch.rows)
            for place, line in batch.lines:
                order.append(place)
                places.append(lines.add(line))
            if advance is not None:
                advance(len(batch.rows))
        in_turn = sorted(range(len(order)), key=order.__getitem__)
        for some in batched(in_turn, READ_TOGETHER):
            self._write_readings([lines.at(places[one]) for one in some])
        self._uploader.mend_counts()

    def _made(self, some: Iterable[tuple[WaitingTask, Prediction]]) -> _Batch:
        rows, lines = {}, []
        for task, prediction in some:
            key = prediction.sentence_id
            rows[key] = task.row(prediction, self._schema)
            line = task.new_readings(prediction, self._schema)
            if line is not None:
                lines.append((task.place(prediction), _Line(task.id, key, line)))
        return _Batch(rows, lines)

    def _write_readings(self, lines: Sequence[_Line]) -> None:
        """Write those whose tasks still wait."""
        found = self._queries.by_id([one.task for one in lines])
        for one in lines:
            task = found.get(one.task)
            if task is not None and task.key == one.key and task.waiting:
                self._uploader.write_readings(task, one.line)

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
