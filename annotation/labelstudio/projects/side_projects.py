"""Projects beside the workspace's main one, in which people decide something else than labels.

Such a project has a kind of its own ("pairs"), its own configuration, and tasks each found again by
a key of ours. Its description names kind and workspace, as that of the main project does: by this
mark it is told from the main one and from those of other workspaces.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotation.batches import batched
from annotation.errors import SchemaError, StudioGoneError
from annotation.labelstudio.client import Client
from annotation.labelstudio.import_json import SIDE_KEY
from annotation.labelstudio.projects.main_project import (
    Project,
    activate,
    create_project,
    project_page,
    projects_titled,
)
from annotation.labelstudio.projects.side_answers import SideAnswers, read_answers
from annotation.labelstudio.tasks.doubles import remove_doubled_tasks
from annotation.labelstudio.tasks.download import download_export
from annotation.labelstudio.tasks.filters import UNSEEN, both
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader

if TYPE_CHECKING:
    from annotation.labelstudio.answers import StoredProject


@dataclass(frozen=True, slots=True)
class SideConfig:
    """What a project beside the main one is to be."""

    kind: str
    """What is decided in it: one word, which its description names."""
    title: str
    """Its name for people, 3 to 50 characters."""
    xml: str
    """Its labelling configuration."""
    instructions: str = ""
    """What people read behind the button Instructions (HTML)."""


@dataclass(frozen=True, slots=True)
class SideTask:
    """Something to decide."""

    key: str
    """What it is found again by; never two tasks have the same."""
    data: Mapping[str, object]
    """A value for each variable of the configuration, and whatever else is of use."""
    result: tuple[Mapping[str, Any], ...] = ()
    """What is ticked or filled in beforehand, as Label Studio's predictions have it."""
    said: tuple[Mapping[str, object], ...] = ()
    """What people have said of it already, as Label Studio's annotations have it; where it loses
    some of that, :meth:`.SideProject.answer` stores it."""


@dataclass(frozen=True, slots=True)
class FoundSideTask:
    """Something to decide, as the server has it."""

    key: str
    """Our key."""
    id: int
    """Label Studio's id, which it may give again to another task."""
    data: Mapping[str, Any]
    """Its data."""
    answered: bool
    """Whether somebody has answered it; those who skip it have not."""


@dataclass(frozen=True, slots=True)
class AskedTasks:
    """What came of asking some tasks and nothing else."""

    added: int
    """Tasks that are new."""
    taken_back: int
    """Tasks that went."""
    answered: frozenset[str]
    """The keys of those that somebody has answered, which are not asked again."""


class SideProject:
    """A project beside the main one, open for writing and reading.

    Its methods raise what those of :class:`.LabelStudio` raise.

    Args:
        client: the server.
        project: the project there.
        kind: what is decided in it.
    """

    def __init__(self, client: Client, project: Project, kind: str) -> None:
        self.project = project
        """The project on the server."""
        self._client = client
        self._kind = kind
        self._queries = TaskQueries(client, project.id, key_field=SIDE_KEY)
        self._uploader = Uploader(client, self._queries)

    def tasks(self) -> tuple[FoundSideTask, ...]:
        """Everything that is asked in it, in the order in which people see it."""
        return tuple(
            FoundSideTask(
                task.key,
                task.id,
                {name: value for name, value in task.data.items() if name != SIDE_KEY},
                task.annotated,
            )
            for task in self._queries.scan()
            if task.key
        )

    def add(self, tasks: Iterable[SideTask]) -> int:
        """Add the tasks whose key the project does not have, each exactly once; how many.

        Args:
            tasks: in the order in which people are to see them.
        """
        created, suggested = 0, False
        for batch in batched(tasks, TASKS_PER_CALL):
            wanted = {task.key: task for task in batch}
            found = self._queries.by_key(wanted)
            new = {k: {**t.data, SIDE_KEY: k} for k, t in wanted.items() if k not in found}
            said = {key: wanted[key].said for key in new if wanted[key].said}
            made, _ = self._uploader.tasks(new, said)
            models = {key: self._kind for key, task in wanted.items() if task.result}
            ids = made | self._queries.without_suggestion_by(found, models)
            rows = {
                key: {
                    "task": ids[key],
                    "model_version": self._kind,
                    "result": list(wanted[key].result),
                }
                for key in models
                if key in ids
            }
            self._uploader.suggestions(rows)
            created += len(made)
            suggested = suggested or bool(models)
        if self._uploader.settle_open():
            remove_doubled_tasks(self._queries, self._uploader)
        if suggested:
            activate(self._client, self.project.id, self._kind)
        return created

    def answer(self, key: str, said: Mapping[str, object]) -> None:
        """Store what somebody had said of a task that is there.

        Args:
            key: its key.
            said: as Label Studio's annotations have it.
        """
        for task in self._queries.by_key([key]).values():
            self._uploader.annotation(task.id, said)

    def ask_only(self, tasks: Sequence[SideTask], *, shows: str | None = None) -> AskedTasks:
        """Make these the only tasks that are open; what somebody has answered stays as it is.

        An open one that shows something else by now is made anew.

        Args:
            tasks: in the order in which people are to see them.
            shows: the field of their data by which that is told; None for all of it.
        """
        wanted = {task.key: task for task in tasks}
        found = self.tasks()
        answered = frozenset(one.key for one in found if one.answered)
        gone = [
            one.key
            for one in found
            if not one.answered
            and (one.key not in wanted or _differ(one.data, wanted[one.key].data, shows))
        ]
        taken_back = self.remove(gone)
        added = self.add(one for one in tasks if one.key not in answered)
        return AskedTasks(added, taken_back, answered)

    def remove(self, keys: Collection[str], *, answered: bool = False) -> int:
        """Take tasks out; how many have gone.

        Args:
            keys: their keys.
            answered: also those that somebody has answered, begun or skipped, with what they said;
                otherwise these stay.
        """
        gone = 0
        for some in batched(keys, TASKS_PER_CALL):
            found = self._queries.all_by_key(some)
            ids = [task.id for tasks in found.values() for task in tasks]
            if ids:
                named = self._queries.with_keys(some)
                only = named if answered else both(UNSEEN, named)
                self._uploader.remove(ids, f"tasks of '{self.project.title}'", only)
                left = self._queries.all_by_key(some)
                gone += len(ids) - sum(len(tasks) for tasks in left.values())
        return gone

    @property
    def where(self) -> str:
        """What to call it in messages about what is in it."""
        return f"project {self.project.id} at {self._client.url}"

    def export(self) -> list[dict[str, Any]]:
        """Its tasks with what everybody said, as Label Studio's JSON has them, without drafts.

        From one read of the database. For projects whose answers are labels; others are read by
        ``answers``.
        """
        return list(download_export(self._client, self.project.id))

    def answers(self) -> SideAnswers:
        """What everybody said in it, from one read of the database; without drafts and skips."""
        return read_answers(self.export(), where=self.where)


def ensure_side(
    client: Client, config: SideConfig, owner: str, project_id: int | None = None
) -> SideProject:
    """A workspace's project of one kind: found, brought up to date, or made.

    Args:
        client: the server.
        config: its kind, title and labelling configuration.
        owner: name of the workspace that keeps it, letters and digits.
        project_id: its number, where that is known. Where that one has gone, or is not of this
            kind and workspace, the project is looked for by its title.

    Raises:
        SchemaError: the server refuses the configuration, with its own words.
    """
    found = _stored(client, config, owner, project_id)
    changes: dict[str, object] = {"label_config": config.xml}
    if config.instructions:
        changes["expert_instruction"] = config.instructions
    if found is None:
        made = create_project(client, config.title, _mark(config.kind, owner), changes)
        return _opened(client, config, made, config.title, created=True)
    changes = {
        name: value
        for name, value in changes.items()
        if str(value).strip() != str(getattr(found, name)).strip()  # the server strips them
    }
    if changes:
        with client.asking("changing the project", SchemaError):
            client.sdk.projects.update(found.id, **changes)
    return _opened(client, config, found.id, found.title, updated=bool(changes))


def find_side(
    client: Client, config: SideConfig, owner: str, project_id: int | None = None
) -> SideProject | None:
    """The same project as it is; None where there is none."""
    found = _stored(client, config, owner, project_id)
    if found is None:
        return None
    return _opened(client, config, found.id, found.title)


def _stored(
    client: Client, config: SideConfig, owner: str, project_id: int | None
) -> StoredProject | None:
    mark = _mark(config.kind, owner)
    if project_id is not None:
        try:
            known = TaskQueries(client, project_id).project()
        except StudioGoneError:
            pass
        else:
            if mark in known.description:
                return known
    for one in projects_titled(client, config.title):
        if one.description and mark not in one.description:
            continue  # another workspace's: none of them costs a call of its own
        stored = TaskQueries(client, one.id).project()
        if mark in stored.description:
            return stored
    return None


def _differ(one: Mapping[str, object], other: Mapping[str, object], field: str | None) -> bool:
    return one != other if field is None else one.get(field) != other[field]


def _opened(
    client: Client,
    config: SideConfig,
    project_id: int,
    title: str,
    *,
    created: bool = False,
    updated: bool = False,
) -> SideProject:
    page = project_page(client, project_id)
    project = Project(project_id, title or config.title, page, created=created, updated=updated)
    return SideProject(client, project, config.kind)


def _mark(kind: str, owner: str) -> str:
    if not re.fullmatch(r"\w+", kind):
        raise ValueError(f"{kind!r} is not one word")
    return f"Kept by newsledger for {kind}. Workspace {owner}."
