"""What a watch remembers: what was taken in, what waits, and when each source is asked again.

One JSON file of the workspace, written whole after each step, so that a watch that is killed goes
on where it was. It is only a memory: without it all is read once more, and nothing is pushed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state

_FORMAT = 1
_WHAT = "What the watch remembers"
_HINT = "Move it away and run it again: all sources are read anew, and nothing is pushed twice."


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A file or a page that a source lists."""

    key: str
    """By what it is known again: a page by its address, a file by name, size and time of change."""
    where: str
    """The path or the address, as it is read."""


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One that is to be pushed."""

    item: ListedItem
    """The file or page."""
    failures: int = 0
    """How often its server has not answered."""
    again: AwareDatetime | None = None
    """When it may be asked for again; None for at once."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of one source."""

    again: AwareDatetime | None = None
    """When it may be asked again; None for at once."""
    failures: int = 0
    """How often in a row it could not be read."""
    problem: str = ""
    """Why not; empty where it could."""
    notes: tuple[str, ...] = ()
    """What was wrong with it when it was read last, so that it is told once."""
    waiting: tuple[WaitingItem, ...] = ()
    """What it listed and is to be pushed, in order."""
    done: tuple[str, ...] = ()
    """Keys of what was pushed or given up; what it listed last is at the end."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """All that a watch remembers."""

    sources: Mapping[str, SourceState] = field(default_factory=dict)
    """By the words that name the source."""
    labelled: int = 0
    """Sentences that were labelled when the model was last trained."""
    night: str = ""
    """Day of the last training by night, ISO 8601; empty for none."""
    morning: str = ""
    """Day of the last summary, ISO 8601; empty for none."""
    incidents: tuple[str, ...] = ()
    """Ids of the incidents that a summary has told of."""
    contradictions: tuple[str, ...] = ()
    """Ids of the tolls of which it has told that sources disagree."""


_STATE = TypeAdapter(WatchState)


def read_watch_state(path: Path) -> WatchState:
    """What a watch remembers; nothing where there is no file.

    Raises:
        WorkspaceError: the file is there but cannot be read, or a later newsledger wrote it.
    """
    found = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_HINT)
    if found is None:
        return WatchState()
    try:
        return _STATE.validate_python(found)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise WorkspaceError(
            f"{_WHAT} in {path} cannot be read: '{where}' is damaged.", hint=_HINT
        ) from error


def write_watch_state(path: Path, state: WatchState) -> None:
    """Write it, whole or not at all.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    write_json_state(path, _plain(asdict(state)), format=_FORMAT)


def _plain(value: Any) -> Any:
    """The same in JSON values."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
