"""A project on Label Studio as a whole: found, made, brought up to date, its model chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from annotation.errors import (
    SchemaError,
    SchemaMismatchError,
    StudioError,
    StudioGoneError,
)
from annotation.labelstudio.client import ONCE, Client
from annotation.labelstudio.projects.table import first_tab
from annotation.labelstudio.tasks.download import download_export
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.schema import Schema, parse_schema

if TYPE_CHECKING:
    from annotation.labelstudio.answers import ListedProject, StoredProject

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
    client: Client,
    title: str,
    schema: Schema,
    instructions: str,
    project_id: int | None,
    owner: str,
) -> Project:
    """The project with this configuration; see :meth:`.LabelStudio.ensure_project`."""
    mark = f"{MARK} Workspace {owner}." if owner else MARK
    found = _find(client, title, project_id, owner)
    if found is None:
        return _make(client, title, schema, instructions, mark)
    changes = {
        **_change_of_mark(client, found, schema, owner, mark),
        **_change_of_config(client, found, schema),
        **_change_of_instructions(found, instructions),
        **({"sampling": SAMPLING} if found.sampling != SAMPLING else {}),
    }
    if changes:
        with client.asking("changing the project", SchemaError):
            if "label_config" in changes:
                client.sdk.projects.validate_label_config(found.id, label_config=schema.xml)
            client.sdk.projects.update(found.id, **changes)
    return Project(
        found.id, found.title or title, project_page(client, found.id), updated=bool(changes)
    )


def owned(client: Client, title: str, owner: str) -> int | None:
    """The project of this title that names a workspace; see :meth:`.LabelStudio.owned_project`."""
    found = _find(client, title, None, owner)
    return found.id if found is not None and owner_of(found) == owner else None


def owner_of(project: StoredProject) -> str | None:
    """The workspace that a project's description names; see :meth:`.LabelStudio.owner`."""
    mark = _mark(project)
    return mark[1] if mark else None


def turn_of(project: StoredProject) -> str | None:
    """The turn that a project's description names; see :meth:`.LabelStudio.turn`."""
    mark = _mark(project)
    return mark[2] if mark else None


def write_turn(client: Client, project: StoredProject, turn: str) -> None:
    """Name another turn in the description; see :meth:`.LabelStudio.write_turn`."""
    mark = _mark(project)
    if mark is None:  # somebody took it out; `up` puts it back
        return
    owner = f" Workspace {mark[1]}." if mark[1] else ""
    description = project.description or ""
    begin, end = mark.span()
    with client.asking("changing the project's description"):
        client.sdk.projects.update(
            project.id,
            description=f"{description[:begin]}{MARK}{owner} Turn {turn}.{description[end:]}",
        )


def activate(client: Client, project_id: int, model_id: str) -> None:
    """Let people see the suggestions of this model; see :meth:`.Suggestions.activate`."""
    if TaskQueries(client, project_id).active_model() == model_id:
        return
    with client.asking(f"activating the suggestions of {model_id}"):
        client.sdk.projects.update(project_id, model_version=model_id)


def create_project(client: Client, title: str, mark: str, settings: Mapping[str, object]) -> int:
    """Make a project; its id.

    Args:
        client: the server.
        title: its name.
        mark: its description, by which it is found again.
        settings: what else it is to have, by the server's names.

    Raises:
        SchemaError: the server refuses its configuration, with its own words.
    """
    from annotation.labelstudio.answers import Numbered

    what = "making the project"
    with client.asking(what, SchemaError):
        answer = client.sdk.projects.create(
            title=title,
            description=mark,
            # A pop-up would come at every "Label All Tasks"; the button for them is there anyway.
            show_instruction=False,
            request_options=ONCE,
            **settings,
        )
    return client.checked(Numbered, answer, what).id


def projects_titled(client: Client, title: str) -> tuple[ListedProject, ...]:
    """The projects that the server finds by a title; those of others, too."""
    from annotation.labelstudio.answers import ListedProject

    what = "listing the projects"
    with client.asking(what):
        # One page: the SDK's iterator asks for a next one even where there is none.
        found = client.sdk.projects.list(title=title, page_size=100).items
    return client.checked(tuple[ListedProject, ...], found or (), what)


def arrange_table(client: Client, project_id: int, schema: Schema) -> None:
    """Make the tab of a project that has none; Label Studio takes all away with the last task."""
    with client.asking("arranging the project's table"):
        client.sdk.views.create(project=project_id, data=first_tab(schema), request_options=ONCE)


def _make(client: Client, title: str, schema: Schema, instructions: str, mark: str) -> Project:
    settings = {
        "label_config": schema.xml,
        "expert_instruction": instructions,
        "sampling": SAMPLING,
    }
    made = create_project(client, title, mark, settings)
    # Only now: what somebody has arranged since is theirs.
    arrange_table(client, made, schema)
    return Project(made, title, project_page(client, made), created=True)


def _change_of_mark(
    client: Client, project: StoredProject, schema: Schema, owner: str, mark: str
) -> dict[str, Any]:
    """Our mark in the description, where it is not there or names no workspace."""
    description, whose = project.description or "", _whose(project, owner)
    if whose is _Whose.UNMARKED:
        _check_ours(client, project, schema)
        return {"description": f"{description}\n{mark}".strip()}
    if whose is _Whose.ANYBODYS:
        return {"description": description.replace(MARK, mark)}
    return {}


def _change_of_config(client: Client, project: StoredProject, schema: Schema) -> dict[str, Any]:
    """The schema, where the project has another one and loses no label by it."""
    if (project.label_config or "").strip() == schema.xml.strip():  # the server strips it
        return {}
    _check_compatible(client, project, schema)
    return {"label_config": schema.xml}


def _change_of_instructions(project: StoredProject, instructions: str) -> dict[str, Any]:
    """Other instructions; once, too, the pop-up that earlier versions had switched on."""
    if not instructions or project.expert_instruction == instructions:
        return {}
    return {"expert_instruction": instructions, "show_instruction": False}


def _find(client: Client, title: str, project_id: int | None, owner: str) -> StoredProject | None:
    """The project of this number, else the nearest to us of this title; never another's."""
    if project_id is not None:
        ours = TaskQueries(client, project_id).project()
        if _whose(ours, owner) is _Whose.ANOTHERS:
            raise StudioGoneError(
                f"Project {project_id} ('{ours.title}') at {client.url} is kept by another "
                f"workspace, {owner_of(ours)}; this one is {owner}.",
                hint="`newsledger up` makes one for this workspace. To take that one over, remove "
                "the workspace from its description first.",
            )
        return ours
    listed = projects_titled(client, title)
    same = [TaskQueries(client, one.id).project() for one in listed if one.title == title]
    free = [project for project in same if _whose(project, owner) is not _Whose.ANOTHERS]
    return min(free, key=lambda project: _whose(project, owner), default=None)


class _Whose(IntEnum):
    """Who keeps a project, nearest to us first."""

    OURS = 0
    ANYBODYS = 1  # newsledger's, but the mark names no workspace
    UNMARKED = 2
    ANOTHERS = 3


def _whose(project: StoredProject, owner: str) -> _Whose:
    mark = _mark(project)
    if mark is None:
        return _Whose.UNMARKED
    if not owner or mark[1] == owner:
        return _Whose.OURS
    return _Whose.ANOTHERS if mark[1] else _Whose.ANYBODYS


def _mark(project: StoredProject) -> re.Match[str] | None:
    pattern = rf"{re.escape(MARK)}(?: Workspace (\w+)\.)?(?: Turn (\w+)\.)?"
    return re.search(pattern, project.description or "")


def _check_ours(client: Client, project: StoredProject, schema: Schema) -> None:
    """Take a project without the mark only where all its labels are ours."""
    try:
        ours = not parse_schema(project.label_config or "").labels_not_in(schema)
    except SchemaError:
        ours = False
    if not ours:
        raise StudioError(
            f"Project {project.id} ('{project.title}') at {client.url} is not one that "
            "newsledger made, and has other labels.",
            hint=f"To give it to newsledger, add the line '{MARK}' to its description; if not, "
            "choose another folder with --workspace, and rename the project if it is called like "
            "newsledger's.",
        )


def _check_compatible(client: Client, project: StoredProject, schema: Schema) -> None:
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
    used = _uses(download_export(client, project.id), old)
    named = [
        f"{what} '{label}' (tasks: {used[what, label]:,})"
        for what, labels in gone.items()
        for label in sorted(labels)
        if used[what, label]
    ]
    if named:
        raise SchemaMismatchError(
            f"Project {project.id} at {client.url} has annotations with labels that the new "
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


def project_page(client: Client, project_id: int) -> str:
    """Where people open a project."""
    return f"{client.url}/projects/{project_id}/data"
