"""Which projects were made again from which snapshot, kept in the workspace.

``restored.json`` names, for each project, the snapshot that it was restored from: what Label Studio
cannot be told (when something was said, from which suggestion) is taken from there at each pull.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state
from newsledger.settings import Settings

_STATE = "restored.json"
_FORMAT = 1
_WHAT = "The list of restored projects"
_HINT = (
    "Bring it back from a copy. Without it, labels that were restored have the time of their "
    "restoration, and come from no suggestion."
)


@dataclass(frozen=True, slots=True)
class Restoration:
    """That a project was made again."""

    snapshot: str
    """Id of the snapshot that it was made from."""
    finished: bool
    """Whether everything was read back; False while a restore is under way, or was killed."""


def restoration_of(settings: Settings, pushed_file: Path) -> Restoration | None:
    """What a project was made again from, None where it was not.

    Args:
        settings: where things are.
        pushed_file: the project's, whose name tells it from all others of the workspace.

    Raises:
        WorkspaceError: the list cannot be read.
    """
    return _read(settings).get(pushed_file.stem)


def note_restoration(settings: Settings, pushed_file: Path, restoration: Restoration) -> None:
    """Write down what a project is made again from.

    Raises:
        WorkspaceError: the list cannot be read or written.
    """
    _write(settings, {**_read(settings), pushed_file.stem: restoration})


def forget_restoration(settings: Settings, pushed_file: Path) -> None:
    """Write down that a project is made again from nothing, whatever one of its number was.

    Raises:
        WorkspaceError: the list cannot be read or written.
    """
    known = _read(settings)
    if known.pop(pushed_file.stem, None) is not None:
        _write(settings, known)


def restored_snapshots(settings: Settings) -> frozenset[str]:
    """Ids of the snapshots from which projects were made again.

    Raises:
        WorkspaceError: the list cannot be read.
    """
    return frozenset(one.snapshot for one in _read(settings).values())


def _write(settings: Settings, known: Mapping[str, Restoration]) -> None:
    rows = {
        name: {"snapshot": one.snapshot, "finished": one.finished} for name, one in known.items()
    }
    write_json_state(settings.workspace / _STATE, {"projects": rows}, format=_FORMAT)


def _read(settings: Settings) -> dict[str, Restoration]:
    path = settings.workspace / _STATE
    found = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_HINT)
    projects = (found or {}).get("projects", {})
    if not isinstance(projects, Mapping):
        raise WorkspaceError(f"{_WHAT} in {path} cannot be read: it names no projects.", hint=_HINT)
    return {str(name): _restoration(row, str(path)) for name, row in projects.items()}


def _restoration(row: Any, where: str) -> Restoration:
    if isinstance(row, Mapping):
        snapshot, finished = row.get("snapshot"), row.get("finished")
        if isinstance(snapshot, str) and isinstance(finished, bool):
            return Restoration(snapshot, finished)
    raise WorkspaceError(f"{_WHAT} in {where} cannot be read: it names no snapshot.", hint=_HINT)
