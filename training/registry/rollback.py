"""Going back, one by one, through what was champion.

models/
  rollback.json         the rollback that has begun and is not finished; else there is none

A rollback names its goal before it begins, and is finished when people see the new champion's
suggestions. One that was cut off in between is finished by the next, which goes no further back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotation.errors import ModelError
from annotation.storage import read_json_state, sync_folder, write_json_state
from training.registry.champion import ROLLBACK, champion_id, require_model, set_champion
from training.registry.history import champions_in_turn, history
from training.registry.store import verified

_FORMAT = 1
"""Number of the layout of the file; ``annotation.storage`` says more."""


@dataclass(frozen=True, slots=True)
class Rollback:
    """A rollback that has begun."""

    start: str
    """The champion when it began."""
    goal: str
    """The champion that it leads to."""


def unfinished_rollback(models: Path) -> Rollback | None:
    """The rollback that was cut off, None for none.

    Raises:
        ModelError: its file cannot be read.
    """
    found = read_json_state(
        models / ROLLBACK,
        format=_FORMAT,
        what="The goal of the rollback",
        hint="Remove the file, see with `newsledger models` which one is in use, and go on.",
        error=ModelError,
    )
    if found is None:
        return None
    begun = Rollback(str(found.get("start")), str(found.get("goal")))
    # Else the champion was changed by other means since.
    return begun if champion_id(models) in (begun.start, begun.goal) else None


def predecessor(models: Path) -> str:
    """Id of the model that a rollback leads to: the one before, or the goal of one cut off.

    Raises:
        ModelError: there is no champion, or none before it.
    """
    begun = unfinished_rollback(models)
    if begun is not None:
        return begun.goal
    champion = champion_id(models)
    if champion is None:
        raise ModelError(
            "There is no champion to go back from.",
            hint="Promote a model with `newsledger promote`.",
        )
    turn = champions_in_turn(history(models), champion)
    if len(turn) < 2:
        raise ModelError(
            f"{champion} is the first champion; there is none before it.",
            hint="`newsledger models` lists the others; promote one by its id.",
        )
    return turn[-2]


def begin_rollback(models: Path, *, reason: str) -> Rollback:
    """Name the goal durably, and make it the champion; one that was cut off is taken up again.

    Raises:
        ModelError: there is no champion, or none before it.
        ModelDamagedError: the one before is damaged.
        ModelVersionError: other versions made it.
    """
    begun = unfinished_rollback(models)
    if begun is None:
        goal = predecessor(models)
        verified(require_model(models, goal), trust=False)  # a goal out of reach is never named
        begun = Rollback(champion_id(models) or goal, goal)
        write_json_state(
            models / ROLLBACK, {"start": begun.start, "goal": begun.goal}, format=_FORMAT
        )
    if champion_id(models) != begun.goal:
        set_champion(models, begun.goal, reason=reason, act="rollback")
    return begun


def finish_rollback(models: Path) -> None:
    """Everybody sees the champion: the next rollback goes further back."""
    (models / ROLLBACK).unlink(missing_ok=True)
    sync_folder(models)
