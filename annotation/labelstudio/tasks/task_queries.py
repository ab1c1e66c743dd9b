"""Task queries: which tasks a project on Label Studio holds, found by our key, and how many.

Only reads. The queries are those of the Data Manager, and ask for few columns: the others cost the
server ten times as long.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from annotation.labelstudio.client import Client
from annotation.labelstudio.export_json.export import parse_tasks
from annotation.labelstudio.import_json import BLIND, PEOPLE, SENTENCE_KEY
from annotation.labelstudio.tasks.filters import (
    ANNOTATED,
    LABELLED_FOR_MORE,
    SUGGESTED_TWICE,
    UNLABELLED,
    UNSEEN,
    WITH_DRAFT,
    Query,
    both,
    by_model,
    where,
)
from annotation.records import Sentence, people_asked
from annotation.schema import Schema

if TYPE_CHECKING:
    from annotation.labelstudio.answers import ListedTask, StoredProject, StoredTask

TASKS_PER_PAGE = 1000
"""Tasks in one page of a listing."""

KEYS_PER_QUERY = 500
"""Sentences that one query asks for."""

_ROOM_FOR_KEYS = 2_800
"""Bytes that they take in its address.

Servers and gateways refuse longer request lines than 4 to 8 kB, gunicorn those beyond 4,094 bytes,
and the rest of the query needs 1 kB. (The same query by POST would leave a tab in the browser.)
"""

QUEUE_HEAD = 100
"""Tasks that people get next, any of which somebody may have open without having touched it.

People get them one at a time and in this order, so it is enough for dozens of people. It bounds
what a replacement of suggestions stores twice, and what it must delete one by one (30 ms each).
"""

_COLUMNS = (
    "id,data,annotations_ids,cancelled_annotations,predictions_model_versions,total_annotations,"
    "total_predictions"
)


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task as a query finds it."""

    id: int
    """Label Studio's id, which it may give again to another task."""
    data: Mapping[str, Any]
    """The task's data, our key among them."""
    key: str
    """Our key, of a sentence in the workspace's main project; empty where the task is not ours."""
    models: frozenset[str]
    """Who made its suggestions; filled only by queries that filter by it."""
    labels: int
    """How many annotations it has that were not cancelled.

    As the server counts them, which may be too few: who stores a task's data at the moment in which
    somebody stores an annotation sets the count back. From ``uncounted``, as many as there are.
    """
    suggestions: int
    """How many suggestions it has, by whatever models."""
    miscounted: bool
    """True where the server counts fewer annotations than there are, and hands it out again; filled
    only by ``uncounted``."""
    score: float | None = None
    """Of the active model's suggestion, its place in the queue; filled by ``head_of_queue``."""

    @property
    def annotated(self) -> bool:
        """Whether it has an annotation that was not cancelled."""
        return self.labels > 0

    @property
    def people(self) -> int:
        """How many are to label it."""
        return people_asked(self.data.get(PEOPLE))

    @property
    def waiting(self) -> bool:
        """Whether somebody is to label it still."""
        return self.labels < self.people

    @property
    def blind(self) -> bool:
        """Whether its suggestion is withheld."""
        return self.data.get(BLIND) is True

    def has_text(self, schema: Schema) -> bool:
        """Whether it shows a sentence at all; somebody may have taken it out."""
        return isinstance(self.data.get(schema.text_field), str)

    def sentence(self, schema: Schema) -> Sentence:
        """The sentence that it shows; it must have a text."""
        from annotation.labelstudio.export_json.tasks import read_task  # pydantic: see there

        task = {"id": self.id, "data": self.data}
        found = read_task(1, task, schema, None).sentence
        if found is None:  # which says why
            return parse_tasks([task], schema, where=f"task {self.id}").sentences[0]
        return found


class TaskQueries:
    """The tasks of one project.

    Args:
        client: the server.
        project_id: the project.
        key_field: the field of a task's data that holds our key.
    """

    def __init__(self, client: Client, project_id: int, *, key_field: str = SENTENCE_KEY) -> None:
        self.project_id = project_id
        self.key_field = key_field
        self._client = client

    # ---------------------------------------------------------------------- tasks

    def by_key(
        self, keys: Collection[str], *, suggested_by: str | None = None
    ) -> dict[str, FoundTask]:
        """The tasks of these sentences, by our key; only those with a suggestion by a model.

        Of several for one sentence, the one that is kept.
        """
        found = self.all_by_key(keys, suggested_by=suggested_by)
        return {key: best_first(tasks)[0] for key, tasks in found.items()}

    def all_by_key(
        self, keys: Collection[str], *, suggested_by: str | None = None
    ) -> dict[str, list[FoundTask]]:
        """As ``by_key``, with every task of a sentence, the oldest first: it may have doubles."""
        found: dict[str, list[FoundTask]] = {}
        for some in _groups(keys):
            query = self.with_keys(some)
            if suggested_by is not None:
                query = both(query, by_model(suggested_by))
            for task in self._page(query, 4 * KEYS_PER_QUERY)[0]:
                if suggested_by is None or suggested_by in task.models:
                    found.setdefault(task.key, []).append(task)
        return found

    def by_id(self, ids: Collection[int]) -> dict[int, FoundTask]:
        """The tasks of these ids, which the server may have given again to others since."""
        query = where(("id", "in_list", list(ids), "Number"))
        return {task.id: task for task in self._page(query, len(ids))[0]}

    def with_keys(self, keys: Collection[str]) -> Query:
        """Tasks with one of these keys."""
        return where((f"data.{self.key_field}", "in_list", list(keys), "String"))

    def without_suggestion_by(
        self, found: Mapping[str, FoundTask], models: Mapping[str, str]
    ) -> dict[str, int]:
        """Ids of the tasks that wait for a label and that have no suggestion by their model.

        Args:
            found: the tasks, by our key.
            models: the model of each sentence that gets a suggestion, by our key.
        """
        candidates = {k: found[k] for k in models if k in found and found[k].waiting}
        asked = [key for key, task in candidates.items() if task.suggestions]
        suggested: set[str] = set()
        for model_id in {models[key] for key in asked}:
            some = [key for key in asked if models[key] == model_id]
            suggested |= self.by_key(some, suggested_by=model_id).keys()
        return {key: task.id for key, task in candidates.items() if key not in suggested}

    def scan(self, query: Query | None = None) -> Iterator[FoundTask]:
        """All tasks in the order of their ids; by id and not by page, so that none is missed."""
        last = 0
        while True:
            after = where(("id", "greater", last, "Number"))
            tasks, _ = self._page(both(after, query), TASKS_PER_PAGE)
            yield from tasks
            if len(tasks) < TASKS_PER_PAGE:
                return
            last = max(task.id for task in tasks)

    def next_up(self, model_id: str) -> set[int]:
        """Ids of the ``QUEUE_HEAD`` tasks that people get next while this model is active.

        The queue's order: the lowest score of a suggestion first.
        """
        return {task.id for task in self.head_of_queue(model_id, QUEUE_HEAD)}

    def head_of_queue(self, model_id: str, number: int) -> list[FoundTask]:
        """The tasks that people get next while this model is active, in that order.

        What somebody skipped is none of them: whoever works alone does not get it again.

        Args:
            model_id: the model; tasks without a suggestion by it come last, and are left out.
            number: how many at most.
        """
        query = both(UNSEEN, by_model(model_id))
        ordered = {**query, "ordering": ["tasks:predictions_score"]}
        return self._page(ordered, number, f"{_COLUMNS},predictions_score")[0]

    def with_draft(self, model_id: str) -> set[int]:
        """Ids of the tasks with a draft and a suggestion by this model that nobody has labelled."""
        return {task.id for task in self.scan(both(WITH_DRAFT, by_model(model_id)))}

    def with_suggestion_by(self, model_id: str) -> Iterator[FoundTask]:
        """The tasks that wait for a label and that have a suggestion by this model."""
        return (task for task in self.waiting(by_model(model_id)) if model_id in task.models)

    def waiting(self, query: Query | None = None) -> Iterator[FoundTask]:
        """The tasks that wait for a label, also those that some of several people have labelled."""
        labelled = {task.id for task in self._annotated(UNLABELLED, query) if not task.waiting}
        for task in self.scan(both(UNLABELLED, query)):
            if task.id not in labelled:
                yield task
        yield from (task for task in self._annotated(LABELLED_FOR_MORE, query) if task.waiting)

    def uncounted(self, query: Query | None = None) -> Iterator[FoundTask]:
        """The tasks that wait for a label by the server's count, and have an annotation.

        Those that somebody skipped, those that more people are to label, and those whose count was
        set back.
        """
        for state in (UNLABELLED, LABELLED_FOR_MORE):
            yield from self._annotated(state, query)

    def _annotated(self, state: Query, query: Query | None) -> Iterator[FoundTask]:
        return self.scan(both(both(state, ANNOTATED), query))

    def suggestions(self, task_id: int) -> dict[int, str]:
        """The model of each suggestion of a task, by Label Studio's id."""
        from annotation.labelstudio.answers import StoredPrediction

        what = f"looking up the suggestions of task {task_id}"
        with self._client.asking(what):
            found = self._client.sdk.predictions.list(task=task_id)
        shaped = self._client.checked(tuple[StoredPrediction, ...], found, what)
        return {one.id: one.model_version for one in shaped}

    def alone(self, task_id: int) -> StoredTask:
        """A task with its annotations and suggestions; slower than a query for many."""
        from annotation.labelstudio.answers import StoredTask

        what = f"looking up task {task_id}"
        with self._client.asking(what):
            found = self._client.sdk.tasks.get(str(task_id))
        return self._client.checked(StoredTask, found, what)

    def in_doubles(self) -> list[list[FoundTask]]:
        """The tasks of each sentence that has several, the one to keep first."""
        found: dict[str, list[FoundTask]] = {}
        for task in self.scan():
            if task.key:
                found.setdefault(task.key, []).append(task)
        return [best_first(tasks) for tasks in found.values() if len(tasks) > 1]

    def suggested_twice_by(self, model_id: str) -> Iterator[FoundTask]:
        """The tasks that have several suggestions by one and the same model, among them this.

        None where each of this model's is on a task of its own: two counts, and no look at tasks.
        """
        if self.models().get(model_id, 0) <= self.count_suggested(model_id):
            return
        for task in self.scan(both(SUGGESTED_TWICE, by_model(model_id))):
            if model_id in task.models and task.suggestions > len(task.models):
                yield task

    # --------------------------------------------------------------------- counts

    def project(self) -> StoredProject:
        """The project itself."""
        from annotation.labelstudio.answers import StoredProject

        what = f"looking for project {self.project_id}"
        with self._client.asking(what):
            found = self._client.sdk.projects.get(id=self.project_id)
        return self._client.checked(StoredProject, found, what)

    def active_model(self) -> str:
        """The model whose suggestions people see, empty for none."""
        return self.project().model_version

    def count_tasks(self) -> int:
        """How many tasks there are."""
        return self.project().task_number

    def counts_stored(self) -> tuple[int, int]:
        """How many tasks and suggestions there are: what grows while the server stores."""
        found = self.project()
        return found.task_number, found.total_predictions_number

    def count(self, query: Query) -> int:
        """How many tasks fit."""
        return self._page(query, 1)[1]

    def count_waiting(self, query: Query | None = None) -> int:
        """How many tasks wait for a label."""
        states = [both(one, query) for one in (UNLABELLED, LABELLED_FOR_MORE)]
        labelled = sum(not task.waiting for task in self.uncounted(query))
        return sum(self.count(one) for one in states) - labelled

    def count_suggested(self, model_id: str) -> int:
        """Tasks with a suggestion by exactly this model; the server filters by parts of names."""
        query = by_model(model_id)
        others = self.models().keys() - {model_id}
        if any(model_id in other for other in others):
            return sum(model_id in task.models for task in self.scan(query))
        return self.count(query)

    def models(self) -> dict[str, int]:
        """How many suggestions there are by each model."""
        what = "counting suggestions"
        with self._client.asking(what):
            found = self._client.raw("GET", f"projects/{self.project_id}/model-versions/")
        return self._client.checked(dict[str, int], found, what)

    def _page(
        self, query: Query, size: int, columns: str = _COLUMNS
    ) -> tuple[list[FoundTask], int]:
        """One page of tasks, by id unless the query orders them, and how many there are in all."""
        from annotation.labelstudio.answers import TaskPage

        what = "looking up tasks"
        questions = {
            "page": 1,
            "page_size": size,
            "project": self.project_id,
            "query": json.dumps(query, ensure_ascii=False, separators=(",", ":")),
            "fields": "task_only",
            "include": columns,  # everything else costs the server ten times as long
            "resolve_uri": "false",  # else it looks at each value for a file of a storage
        }
        with self._client.asking(what):
            answer = self._client.read("tasks/", questions)
        page = self._client.checked(TaskPage, answer, what)
        return [_found(task, self.key_field) for task in page.tasks], page.total


def best_first(tasks: Collection[FoundTask]) -> list[FoundTask]:
    """Equal tasks: the labelled ones first, then the suggested ones, then the older ones."""
    return sorted(tasks, key=lambda task: (not task.annotated, not task.suggestions, task.id))


def _found(task: ListedTask, key_field: str) -> FoundTask:
    annotations = len(_parts(task.annotations_ids))
    labels = max(task.total_annotations, annotations - task.cancelled_annotations)
    key = task.data.get(key_field)
    return FoundTask(
        id=task.id,
        data=task.data,
        key=key if isinstance(key, str) else "",
        models=_parts(task.predictions_model_versions),
        labels=labels,
        suggestions=task.total_predictions,
        miscounted=annotations > task.total_annotations + task.cancelled_annotations,
        score=task.predictions_score,
    )


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _groups(keys: Collection[str]) -> Iterator[list[str]]:
    """Keys in groups whose query fits a request line."""
    group: list[str] = []
    room = _ROOM_FOR_KEYS
    for key in keys:
        cost = len(quote(json.dumps(key, ensure_ascii=False), safe="")) + len("%2C")
        if group and (cost > room or len(group) == KEYS_PER_QUERY):
            yield group
            group, room = [], _ROOM_FOR_KEYS
        group.append(key)
        room -= cost
    if group:
        yield group
