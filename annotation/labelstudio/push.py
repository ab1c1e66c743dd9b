"""A push: the tasks that a project on Label Studio does not have, each with its suggestion.

Tasks go in alone and suggestions after them, because one call with both can lose all suggestions in
silence on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotation.batches import Advance, batched
from annotation.labelstudio.client import Client
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.labelstudio.projects import activate
from annotation.labelstudio.task_queries import FoundTask, TaskQueries
from annotation.labelstudio.upload import TASKS_PER_CALL, Uploader
from annotation.records import Prediction, Task
from annotation.schema import Schema

TaskWithSuggestion = tuple[Task, Prediction | None]
"""A task to push, and what a model suggests for it."""


@dataclass(frozen=True, slots=True)
class PushCounts:
    """What a push did; the server's own counts."""

    created: int
    """Tasks that were made."""
    already_there: int
    """Sentences that the project had before, or that came twice."""
    suggested: int
    """Suggestions that were stored."""
    resent: int = 0
    """Records that had to be sent again because the server had not stored them."""
    doubles_removed: int = 0
    """Tasks that another push had doubled at the same moment."""

    def __add__(self, other: PushCounts) -> PushCounts:
        return PushCounts(
            self.created + other.created,
            self.already_there + other.already_there,
            self.suggested + other.suggested,
            self.resent + other.resent,
            self.doubles_removed + other.doubles_removed,
        )


def push_tasks(
    client: Client,
    project_id: int,
    tasks: Iterable[TaskWithSuggestion],
    schema: Schema,
    *,
    advance: Advance | None,
) -> PushCounts:
    """Add the tasks that the project does not have; see :meth:`.LabelStudio.push`."""
    adding = _Adding(client, project_id, schema)
    counts = PushCounts(0, 0, 0)
    model_id = ""
    for batch in batched(tasks, TASKS_PER_CALL):
        counts += adding.add(batch)
        model_id = next((p.model_id for _, p in reversed(batch) if p is not None), model_id)
        if advance is not None:
            advance(len(batch))
    if model_id:
        activate(client, project_id, model_id)
    return replace(counts, doubles_removed=adding.remove_doubles(counts.created))


class _Adding:
    """Adds tasks to one project, a batch at a time."""

    def __init__(self, client: Client, project_id: int, schema: Schema) -> None:
        self._queries = TaskQueries(client, project_id)
        self._uploader = Uploader(client, self._queries)
        self._schema = schema
        self._tasks_before = self._queries.count_tasks()
        # The keys that this push has stored: saves asking a project that was empty.
        self._stored: set[str] | None = None if self._tasks_before else set()
        self._met_doubles = False

    def add(self, batch: Sequence[TaskWithSuggestion]) -> PushCounts:
        wanted = {task.sentence.id: (task, prediction) for task, prediction in batch}
        found = self._found(wanted)
        made, tasks_resent = self._make({k: v for k, v in wanted.items() if k not in found})
        predictions = {key: one for key, (_, one) in wanted.items() if one is not None}
        models = {key: one.model_id for key, one in predictions.items()}
        ids = made | self._queries.without_suggestion_by(found, models)
        rows = {
            key: {
                "task": ids[key],
                **to_prediction(prediction, wanted[key][0].sentence, self._schema),
            }
            for key, prediction in predictions.items()
            if key in ids
        }
        suggestions_resent = self._uploader.suggestions(rows)
        return PushCounts(
            created=len(made),
            already_there=len(batch) - len(made),
            suggested=len(rows),
            resent=tasks_resent + suggestions_resent,
        )

    def remove_doubles(self, created: int) -> int:
        """Remove the tasks that another push has made, too, where there is a sign of them.

        Signs are a sentence of this push that has several tasks, as the server stores on what a
        killed push had sent, and a number of tasks that this push does not account for.

        Args:
            created: how many tasks this push has made.
        """
        expected = self._tasks_before + created
        if not self._met_doubles and self._queries.count_tasks() == expected:
            return 0
        doubles = self._queries.doubles()
        for some in batched(doubles, TASKS_PER_CALL):
            self._uploader.remove(some, "doubled tasks")
        return len(doubles)

    def _found(self, wanted: Mapping[str, object]) -> dict[str, FoundTask]:
        known = self._stored
        keys = [key for key in wanted if known is None or key in known]
        found = self._queries.all_by_key(keys)
        self._met_doubles |= any(len(tasks) > 1 for tasks in found.values())
        return {key: tasks[0] for key, tasks in found.items()}

    def _make(self, wanted: Mapping[str, TaskWithSuggestion]) -> tuple[dict[str, int], int]:
        """Label Studio's ids of new tasks, by our key, and how many had to be sent again."""
        data = {
            key: task_data(task, self._schema, prediction=prediction)
            for key, (task, prediction) in wanted.items()
        }
        made, resent = self._uploader.tasks(data)
        if self._stored is not None:
            self._stored.update(made)
        return made, resent
