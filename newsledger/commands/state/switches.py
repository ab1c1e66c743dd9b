"""Switches to another model's suggestions: what people saw before, and what is not finished.

Whoever opened a task before a switch stores an annotation of the suggestion that was shown then, so
those must stay. The server cannot tell which they were: it lists models by their last suggestion,
and a rollback shows earlier ones without storing any. So each switch is written down before it is
made, in ``shown/`` of the workspace, one file for each project.

``replacing.json`` names the projects in which the suggestions of many tasks are being replaced, or
were when somebody killed it.
"""

from __future__ import annotations

from typing import Any

from annotation.errors import WorkspaceError
from newsledger.commands.state.project import WorkspaceProject
from newsledger.settings import Settings, read_state, write_state

_KEPT = 2
"""Models that are remembered: the last may still be the active one, if the switch never came."""

_HINT = (
    "Move it away and run the command again: suggestions of earlier models then stay until another "
    "model becomes the champion."
)

_ANEW = "Move it away and run `newsledger up`, then `newsledger doctor`."


def note_switch(ours: WorkspaceProject, model_id: str) -> None:
    """Write down which model people see now, before they see another; nothing where they do.

    Args:
        ours: the project.
        model_id: the model that becomes the active one.

    Raises:
        WorkspaceError: what is written down cannot be read, or the workspace cannot be written.
    """
    active = ours.studio.suggestions(ours.id).active_model()
    if not active or active == model_id:
        return
    shown = [one for one in _shown(ours)[0] if one != active]
    state = {"shown": [*shown, active][-_KEPT:], "next": model_id}
    write_state(ours.shown_file, state)


def models_to_keep(ours: WorkspaceProject) -> frozenset[str]:
    """The models whose suggestions people see or may have open; empty where that is not known.

    It is not where no switch was written down yet, and where the server shows a model that none of
    those written down leads to: a push or another copy of the workspace made it active.

    Args:
        ours: the project.

    Raises:
        WorkspaceError: what is written down cannot be read.
    """
    shown, following = _shown(ours)
    active = ours.studio.suggestions(ours.id).active_model()
    if not shown or active not in (shown[-1], following):
        return frozenset()
    before = [one for one in shown if one != active][-1:]
    return frozenset([*before, active, following])


def note_unfinished(settings: Settings, key: str, model_id: str) -> None:
    """Write down that the suggestions of a project are being replaced.

    Args:
        settings: where things are.
        key: what tells the project from all others of the workspace, on whatever server.
        model_id: the model that replaces those before.

    Raises:
        WorkspaceError: the file cannot be read, or the workspace cannot be written.
    """
    write_state(settings.replacing, {"replacing": {**_unfinished(settings), key: model_id}})


def note_finished(settings: Settings, key: str) -> None:
    """Write down that all are replaced; what is said of other projects stays.

    Raises:
        WorkspaceError: the file cannot be read, or the workspace cannot be written.
    """
    known = _unfinished(settings)
    if known.pop(key, None) is None:
        return
    if known:
        write_state(settings.replacing, {"replacing": known})
    else:
        settings.replacing.unlink(missing_ok=True)


def unfinished(settings: Settings, key: str) -> str | None:
    """The model whose suggestions were to replace those of a project; None where all are.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    return _unfinished(settings).get(key)


def _unfinished(settings: Settings) -> dict[str, str]:
    found = read_state(settings.replacing, hint=_ANEW).get("replacing", {})
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise WorkspaceError(f"{settings.replacing} names no models by project.", hint=_ANEW)
    return found


def _shown(ours: WorkspaceProject) -> tuple[list[str], str]:
    """Models that were shown, the last one last, and the one that was to follow them."""
    found: dict[str, Any] = read_state(ours.shown_file, hint=_HINT)
    shown, following = found.get("shown", []), found.get("next", "")
    known = [*shown, following] if isinstance(shown, list) else [None]
    if not all(isinstance(one, str) for one in known):
        raise WorkspaceError(f"{ours.shown_file} names no models.", hint=_HINT)
    return shown, following
