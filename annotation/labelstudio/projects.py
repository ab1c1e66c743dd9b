"""A project on Label Studio as a whole: found, made, brought up to date, exported."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from annotation.errors import (
    SchemaError,
    SchemaMismatchError,
    StudioError,
    StudioGoneError,
    StudioStorageError,
)
from annotation.labelstudio.client import ONCE, ONE_WRITE, WRITE_TIMEOUT, Client
from annotation.labelstudio.task_queries import TaskQueries
from annotation.schema import Schema, parse_schema

SAMPLING = "Uncertainty sampling"
"""The queue's order: the lowest score of a suggestion first, and what has none before that."""

MARK = "Kept by newsledger."
"""In the description of every project that newsledger made: a title or an id may be another's."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the server."""

    id: int
    """Its id there."""
    title: str
    """Its name."""
    url: str
    """Where people open it."""
    created: bool = False
    """True where it did not exist before."""
    updated: bool = False
    """True where its configuration or its instructions were brought up to date."""


def ensure(
    connection: Client,
    title: str,
    schema: Schema,
    instructions: str,
    project_id: int | None,
    owner: str,
) -> Project:
    """The project with this configuration; see :meth:`.LabelStudio.ensure_project`."""
    mark = f"{MARK} Workspace {owner}." if owner else MARK
    found = _find(connection, title, project_id, owner)
    if found is None:
        with connection.asking("making the project", SchemaError):
            made = connection.client.projects.create(
                title=title,
                description=mark,
                label_config=schema.xml,
                expert_instruction=instructions,
                show_instruction=bool(instructions),
                sampling=SAMPLING,
                request_options=ONCE,
            )
        return Project(made.id, title, _url(connection, made.id), created=True)
    changes: dict[str, Any] = {}
    description, whose = found.description or "", _whose(found, owner)
    if whose is _Whose.UNMARKED:
        _check_ours(connection, found, schema)
        changes["description"] = f"{description}\n{mark}".strip()
    elif whose is _Whose.ANYBODYS:
        changes["description"] = description.replace(MARK, mark)
    if (found.label_config or "").strip() != schema.xml.strip():  # the server strips it
        _check_compatible(connection, found, schema)
        changes["label_config"] = schema.xml
    if instructions and found.expert_instruction != instructions:
        changes |= {"expert_instruction": instructions, "show_instruction": True}
    if found.sampling != SAMPLING:
        changes["sampling"] = SAMPLING
    if changes:
        with connection.asking("changing the project", SchemaError):
            if "label_config" in changes:
                connection.client.projects.validate_label_config(found.id, label_config=schema.xml)
            connection.client.projects.update(found.id, **changes)
    return Project(
        found.id, found.title or title, _url(connection, found.id), updated=bool(changes)
    )


def _find(connection: Client, title: str, project_id: int | None, owner: str) -> Any | None:
    """The project of this number, else the nearest to us of this title; never another's."""
    if project_id is not None:
        found = TaskQueries(connection, project_id).project()
        if _whose(found, owner) is _Whose.ANOTHERS:
            raise StudioGoneError(
                f"Project {project_id} ('{found.title}') at {connection.url} is kept by another "
                "workspace.",
                hint="`newsledger up` makes one for this workspace. To take that one over, remove "
                "the workspace from its description first.",
            )
        return found
    same = []
    with connection.asking("listing the projects"):
        # One page: the SDK's iterator asks for a next one even where there is none.
        for project in connection.client.projects.list(title=title, page_size=100).items or ():
            if project.title == title:
                same.append(connection.client.projects.get(id=project.id))
    free = [project for project in same if _whose(project, owner) is not _Whose.ANOTHERS]
    return min(free, key=lambda project: _whose(project, owner), default=None)


class _Whose(IntEnum):
    """Who keeps a project, nearest to us first."""

    OURS = 0
    ANYBODYS = 1  # newsledger's, but the mark names no workspace
    UNMARKED = 2
    ANOTHERS = 3


def _whose(project: Any, owner: str) -> _Whose:
    mark = re.search(rf"{re.escape(MARK)}(?: Workspace (\w+)\.)?", project.description or "")
    if mark is None:
        return _Whose.UNMARKED
    if not owner or mark[1] == owner:
        return _Whose.OURS
    return _Whose.ANOTHERS if mark[1] else _Whose.ANYBODYS


def _check_ours(connection: Client, project: Any, schema: Schema) -> None:
    """Take a project without the mark only where all its labels are ours."""
    try:
        ours = not parse_schema(project.label_config or "").labels_not_in(schema)
    except SchemaError:
        ours = False
    if not ours:
        raise StudioError(
            f"Project {project.id} ('{project.title}') at {connection.url} is not one that "
            "newsledger made, and has other labels.",
            hint=f"If it shall be newsledger's, add the line '{MARK}' to its description; if not, "
            "choose another folder with --workspace, and rename the project if it is called like "
            "newsledger's.",
        )


def _check_compatible(connection: Client, project: Any, schema: Schema) -> None:
    """No label that somebody has used may vanish; the server itself would let it."""
    try:
        old = parse_schema(project.label_config or "")
    except SchemaError:
        return  # without our kind of controls, so nothing in it is lost to us
    # An event type and a claim kind may have the same alias, so each is held against its own.
    gone = {
        "event type": set(old.event_aliases) - set(schema.event_aliases),
        "claim kind": set(old.claim_aliases) - set(schema.claim_aliases),
    }
    if not any(gone.values()):
        return
    used = _uses(export(connection, project.id), old)
    named = [
        f"{what} '{label}' ({used[what, label]} tasks)"
        for what, labels in gone.items()
        for label in sorted(labels)
        if used[what, label]
    ]
    if named:
        raise SchemaMismatchError(
            f"Project {project.id} at {connection.url} has annotations with labels that the new "
            f"configuration does not have: {', '.join(named)}.",
            hint="Keep these labels (their value may be reworded), or use another project.",
        )


def _uses(tasks: Any, schema: Schema) -> Counter[tuple[str, str]]:
    """In how many tasks somebody has given each label, by what it is and its alias.

    Counted here: the server's filter finds a word wherever it stands in a result.
    """
    controls = {
        schema.event_control: ("event type", "choices"),
        schema.claim_control: ("claim kind", "labels"),
    }
    counted: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        results = [item for one in task["annotations"] for item in one["result"] or ()]
        given = set()
        for item in results:
            if item.get("from_name") in controls:
                what, key = controls[item["from_name"]]
                given |= {(what, label) for label in item["value"].get(key, ())}
        counted.update(given)
    return counted


def _url(connection: Client, project_id: int) -> str:
    return f"{connection.url}/projects/{project_id}/data"


def export(connection: Client, project_id: int) -> Any:
    """Everything in the project, as Label Studio's JSON export says it.

    Taken from one export snapshot, a single read of the database; drafts are left out.
    """
    with connection.asking("exporting the project"):
        snapshot = connection.client.projects.exports.create(
            project_id,
            title="newsledger",
            serialization_options={
                "drafts": {"only_id": True},
                "predictions": {"only_id": True},
                "annotations__completed_by": {"only_id": False},
                "include_annotation_history": False,
            },
            request_options=ONE_WRITE,
        )
    try:
        content = _download(connection, project_id, int(snapshot.id))
    finally:
        with connection.asking("tidying up after the export"):
            connection.client.projects.exports.delete(project_id, int(snapshot.id))
    try:
        return json.loads(content)
    except ValueError as error:
        raise StudioError(
            f"The export of project {project_id} at {connection.url} is not JSON.",
            hint="Try again; look at the server's log if it stays so.",
        ) from error


def add_parents(lookup: TaskQueries, tasks: Any) -> None:
    """Give an export's tasks the models of the suggestions that people started from.

    The server copies into an annotation the suggestion that is active when it is stored. Who had
    opened the task before the suggestions were replaced saw another one, of which only the id is
    known; so these few are asked for.
    """
    for task in tasks:
        if any(_started_elsewhere(annotation) for annotation in task["annotations"]):
            found = lookup.suggestions(task["id"])
            task["predictions"] = [{"id": i, "model_version": model} for i, model in found.items()]


def _started_elsewhere(annotation: Any) -> bool:
    parent = annotation.get("parent_prediction")
    return parent is not None and parent != (annotation.get("prediction") or {}).get("id")


def _download(connection: Client, project_id: int, export_id: int) -> bytes:
    exports = connection.client.projects.exports
    until = time.monotonic() + WRITE_TIMEOUT
    while time.monotonic() < until:
        with connection.asking("exporting the project"):
            status = str(exports.get(project_id, export_id).status)
        if status == "completed":
            with connection.asking("downloading the export"):
                parts = exports.download(
                    project_id,
                    export_id,
                    export_type="JSON",
                    request_options={"timeout": WRITE_TIMEOUT},
                )
                return b"".join(parts)
        if status == "failed":
            break
        time.sleep(0.5)
    raise StudioStorageError(
        f"Label Studio at {connection.url} could not export project {project_id}.",
        hint="Look at the server's log; its disk may be full.",
    )
