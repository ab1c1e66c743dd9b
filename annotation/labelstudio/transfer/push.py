"""A push: the tasks that a project on Label Studio does not have, each with its suggestion.

Tasks go in alone and suggestions after them, because one call with both can lose all suggestions in
silence on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from annotation.batches import Advance, batched
from annotation.errors import StudioError
from annotation.labelstudio.client import Client
from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.projects.main_project import activate
from annotation.labelstudio.tasks.doubles import remove_doubled_suggestions, remove_doubled_tasks
from annotation.labelstudio.tasks.task_queries import FoundTask, TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer.waiting_task import WaitingTask
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
    """Tasks beside another for the same sentence, whoever had made them."""
    doubles_kept: int = 0
    """Sentences that still have several tasks, because somebody has worked on each."""
    for_several: int = 0
    """Sentences that several people are to label, and that wait for one of them."""
    blind: int = 0
    """Sentences that are to be labelled without a suggestion, and that wait for somebody."""

    def __add__(self, other: PushCounts) -> PushCounts:
        return PushCounts(
            self.created + other.created,
            self.already_there + other.already_there,
            self.suggested + other.suggested,
            self.resent + other.resent,
            self.doubles_removed + other.doubles_removed,
            self.doubles_kept + other.doubles_kept,
            self.for_several + other.for_several,
            self.blind + other.blind,
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
    try:
        for batch in batched(tasks, TASKS_PER_CALL):
            model_id = next((p.model_id for _, p in reversed(batch) if p is not None), model_id)
            counts += adding.add(batch)
            if advance is not None:
                advance(len(batch))
    except StudioError:
        with suppress(StudioError):  # what went wrong first is told
            adding.remove_doubles(model_id)
        raise
    if model_id and adding.has_suggestions_by(model_id):
        activate(client, project_id, model_id)
    removed, kept = adding.remove_doubles(model_id)
    return replace(counts, doubles_removed=removed, doubles_kept=kept)


class _Adding:
    """Adds tasks to one project, a batch at a time."""

    def __init__(self, client: Client, project_id: int, schema: Schema) -> None:
        self._queries = TaskQueries(client, project_id)
        self._uploader = Uploader(client, self._queries)
        self._schema = schema
        self._tasks_before = self._queries.count_tasks()
        # The keys that this push has stored: saves asking a project that was empty.
        self._stored: set[str] | None = None if self._tasks_before else set()

    def add(self, batch: Sequence[TaskWithSuggestion]) -> PushCounts:
        wanted = {task.sentence.id: (task, prediction) for task, prediction in batch}
        found = self._found(wanted)
        made, tasks_resent = self._make({k: v for k, v in wanted.items() if k not in found})
        # Before they have a suggestion, and with it a place in the queue.
        people = {key: task.people for key, (task, _) in wanted.items()}
        people |= {key: task.people for key, task in found.items()}
        waiting = made | {key: task.id for key, task in found.items() if task.waiting}
        several = {key: task_id for key, task_id in waiting.items() if people[key] > 1}
        # What is there stays as it was drawn then.
        blind = {key: (found.get(key) or task).blind for key, (task, _) in wanted.items()}
        self._uploader.ask_people(several, people)
        predictions = {key: one for key, (_, one) in wanted.items() if one is not None}
        models = {key: one.model_id for key, one in predictions.items()}
        ids = made | self._queries.without_suggestion_by(found, models)
        rows = {
            key: WaitingTask(ids[key], wanted[key][0].sentence, blind[key], people[key]).row(
                prediction, self._schema
            )
            for key, prediction in predictions.items()
            if key in ids
        }
        suggestions_resent = self._uploader.suggestions(rows)
        return PushCounts(
            created=len(made),
            already_there=len(batch) - len(made),
            suggested=len(rows),
            resent=tasks_resent + suggestions_resent,
            for_several=len(several),
            blind=sum(blind[key] for key in waiting),
        )

    def has_suggestions_by(self, model_id: str) -> bool:
        """Whether there is a suggestion by this model to show."""
        return self._queries.models().get(model_id, 0) > 0

    def remove_doubles(self, model_id: str) -> tuple[int, int]:
        """Remove what the project holds twice, and count what is kept twice; mend its counts.

        Args:
            model_id: the model of this push; empty for none.
        """
        self._uploader.mend_counts()
        if (
            not self._uploader.settle_open()
            and self._stored is not None
            and self._queries.count_tasks() == len(self._stored)
        ):
            return 0, 0  # nobody else has written, and each answer was clear
        if model_id:
            remove_doubled_suggestions(self._queries, self._uploader, model_id)
        return remove_doubled_tasks(self._queries, self._uploader)

    def _found(self, wanted: Mapping[str, object]) -> dict[str, FoundTask]:
        known = self._stored
        return self._queries.by_key([key for key in wanted if known is None or key in known])

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
