"""Who promoted what, when, why, and instead of what: one line each, never changed.

A line is written before the champion changes. A run killed in between leaves a line about something
that did not happen; each line says what it replaced, and that tells which ones did.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from annotation.errors import ModelError, WorkspaceError
from annotation.storage import private_opener

_FILE = "history.jsonl"
_FORMAT = 1
"""Number of the layout of a line, which each carries."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """One line of the history."""

    at: str
    """When, ISO 8601."""
    act: Literal["promote", "rollback"]
    """What was done."""
    model: str
    """The new champion."""
    before: str | None
    """The champion that it replaced, None for none."""
    reason: str
    """Why, in words."""
    forced_by: str | None = None
    """Who overrode the gate, None for nobody."""


def history(models: Path) -> tuple[Promotion, ...]:
    """All promotions, oldest first; a line torn by a kill is passed over.

    Raises:
        ModelError: a later newsledger wrote a line.
    """
    try:
        text = (models / _FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    found = []
    for line in text.split("\n"):
        with suppress(ValueError, TypeError, RecursionError):
            said = dict(json.loads(line))
            number = said.pop("format", _FORMAT)
            if isinstance(number, int) and number > _FORMAT:
                raise ModelError(
                    f"A line of {models / _FILE} has format {number}; this newsledger reads up to "
                    f"{_FORMAT}.",
                    hint="Update newsledger.",
                )
            found.append(Promotion(**said))
    return tuple(found)


def append_to_history(models: Path, entry: Promotion) -> None:
    """Write a line durably.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    path = models / _FILE
    said = {name: getattr(entry, name) for name in Promotion.__slots__}
    line = {"format": _FORMAT, **said}
    try:
        with open(path, "ab+", opener=private_opener) as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a line torn by a kill; keep ours apart from it
                    file.write(b"\n")
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be written: {error.strerror or error}.",
            hint="Free some space and run it again.",
        ) from error


def champions_in_turn(acts: tuple[Promotion, ...], now: str | None) -> tuple[str, ...]:
    """The champions that rollbacks go through from the last one to the first.

    A promotion adds one, a rollback takes those after its goal away.

    Args:
        acts: the history.
        now: the champion; tells whether the last line came true.

    Returns:
        Ids of models, ``now`` last; a model stands there as often as it was promoted after another.
    """
    turn: list[str] = []
    found = [*(act.before for act in acts), now]
    for act, after in zip(acts, found[1:], strict=True):
        if act.before is not None and turn[-1:] != [act.before]:
            turn.append(act.before)  # the link was set by hand, or lines are lost
        if after != act.model or act.model == act.before:
            continue  # killed before the switch, or nothing to switch
        if act.act == "rollback" and act.model in turn:
            while turn[-1] != act.model:
                turn.pop()
        else:
            turn.append(act.model)
    if now is not None and turn[-1:] != [now]:
        turn.append(now)
    return tuple(turn)
