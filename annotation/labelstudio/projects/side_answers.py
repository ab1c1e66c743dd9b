"""What people said in a project beside the main one: its export -> records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.labelstudio.import_json import SIDE_KEY


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """What one person said of one task."""

    key: str
    """Our key of the task."""
    data: Mapping[str, Any]
    """What the task showed."""
    task_id: int
    """Label Studio's id of the task, which it may give again to another one."""
    annotator: str
    """Who said it: an e-mail address, ``user N`` where the server tells none, else empty."""
    answered_at: str
    """When it was last stored, ISO 8601."""
    values: Mapping[str, tuple[str, ...]]
    """What was ticked, typed or set with each control, by its name; numbers as they are written."""


@dataclass(frozen=True, slots=True)
class SideAnswers:
    """What everybody said in a project."""

    answers: tuple[SideAnswer, ...]
    """In the order of the tasks, and of each in the order in which they were given."""
    problems: tuple[str, ...]
    """What could not be read: where, and why."""
    unread: frozenset[str] = frozenset()
    """Our keys of the tasks with an answer that could not be read."""


def read_answers(tasks: Iterable[Mapping[str, Any]], *, where: str) -> SideAnswers:
    """Read an export; tasks without our key are passed by, and skips are no answers.

    Args:
        tasks: as Label Studio's JSON has them.
        where: what to call the project in messages.
    """
    answers: list[SideAnswer] = []
    problems: list[str] = []
    unread: set[str] = set()
    for task in tasks:
        data = task.get("data")
        key = data.get(SIDE_KEY) if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(key, str) or not key:
            continue
        for raw in task["annotations"]:
            read = _answer(raw, key, data, task["id"])
            if isinstance(read, SideAnswer):
                answers.append(read)
            elif read:
                name = raw.get("id", "without an id")
                problems.append(f"{where}, task {task['id']}, annotation {name}: {read}; left out")
                unread.add(key)
    return SideAnswers(tuple(answers), tuple(problems), frozenset(unread))


def _answer(raw: object, key: str, data: dict[str, Any], task_id: int) -> SideAnswer | str:
    """The answer; why it is none, which is empty for a skip."""
    from pydantic import ValidationError

    from annotation.labelstudio.export_json.models import ExportedAnnotation

    try:
        found = ExportedAnnotation.model_validate(raw)
    except ValidationError:
        return "its result is not a list"
    if found.was_cancelled:
        return ""
    values: dict[str, tuple[str, ...]] = {}
    for name, said in _values(found.result):
        if said is None:
            return f"what was said with '{name}' cannot be read"
        values[name] = (*values.get(name, ()), *said)
    shown = {name: value for name, value in data.items() if name != SIDE_KEY}
    return SideAnswer(
        key=key,
        data=shown,
        task_id=task_id,
        annotator=found.annotator,
        answered_at=found.updated_at or found.created_at,
        values=values,
    )


def _values(result: Iterable[object]) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """The control of each entry and what was said with it, None where that cannot be read."""
    for item in result:
        name = item.get("from_name") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(name, str):
            yield name, _said(item.get("value"), item.get("type"))


def _said(value: object, control: object) -> tuple[str, ...] | None:
    """What one entry says: under the name of its kind of control, but texts that were typed."""
    if not isinstance(value, dict):
        return None
    said = value.get("text" if control == "textarea" else str(control))
    if isinstance(said, bool | str | int | float):
        return (str(said),)
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return tuple(said)
    return None
