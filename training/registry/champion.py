"""Which model is in use, changed by one rename.

models/
  current -> <id>       the champion; replaced atomically
  history.jsonl         see ``training.registry.history``
  rollback.json         see ``training.registry.rollback``
  best.json             see ``training.registry.best``
  <id>/                 the models; see ``training.registry.store``
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotation.errors import ModelError, ModelVersionError, NewsledgerError, WorkspaceError
from annotation.storage import locked, sync_folder
from training.registry.best import write_best
from training.registry.history import Promotion, append_to_history, history
from training.registry.store import (
    check_versions,
    load_model,
    model_folders,
    model_names,
    verified,
)

if TYPE_CHECKING:
    from training.model import Model

CURRENT = "current"
"""Name of the link to the champion."""

LOCK = ".lock"
"""Name of the file that is locked while the champion changes or models are removed."""

ROLLBACK = "rollback.json"
"""Name of the file with the goal of a rollback that is not finished."""


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One line of ``newsledger models``."""

    id: str
    """The model's id, the folder's name."""
    state: Literal["ok", "damaged", "other version"]
    """Whether its files are whole and these versions made them; see ``self_test``, too."""
    problem: str
    """What is wrong with it, one sentence; empty where it is ok."""
    champion: bool
    """True for the model in use."""
    created: str | None
    """When it was made, ISO 8601; None where that cannot be known."""
    promoted_at: str | None
    """When it was last made champion, ISO 8601; None for never."""
    forced_by: str | None
    """Who promoted it against the gate, None for nobody."""
    size: int
    """Bytes of all its files."""
    figures: Mapping[str, Any]
    """The figures of its manifest; empty where it is damaged."""


def list_models(models: Path) -> tuple[ListedModel, ...]:
    """All models, oldest first, whatever their state; never raises for a damaged one."""
    champion = champion_id(models)
    acts = {act.model: act for act in history(models)}
    found = []
    for path in model_folders(models):
        state: Literal["ok", "damaged", "other version"] = "ok"
        problem, manifest = "", {}
        try:
            manifest = verified(path, trust=True)[0]
            check_versions(path, manifest)
        except ModelVersionError as error:
            state, problem = "other version", error.message
        except NewsledgerError as error:
            state, problem = "damaged", error.message
        act = acts.get(path.name)
        found.append(
            ListedModel(
                id=path.name,
                state=state,
                problem=problem,
                champion=path.name == champion,
                created=manifest.get("created"),
                promoted_at=act.at if act else None,
                forced_by=act.forced_by if act else None,
                size=sum(file.stat().st_size for file in path.iterdir() if file.is_file()),
                figures=manifest.get("metrics", {}),
            )
        )
    return tuple(found)


def newest_id(models: Path) -> str | None:
    """Id of the model that was made last, whatever the clock said; None where there is none."""
    return next((path.name for path in reversed(model_folders(models))), None)


def require_model(models: Path, model_id: str) -> Path:
    """The folder of a model of this workspace.

    Only a name that the folder of models lists is an id. A path would lead to files that another
    key vouches for, and loading those runs whatever they say.

    Raises:
        ModelError: there is no such model.
    """
    if model_id not in model_names(models):
        raise ModelError(
            f"There is no model '{model_id}' in {models}.",
            hint="Name one by its id; `newsledger models` lists them.",
        )
    return models / model_id


def champion_id(models: Path) -> str | None:
    """Id of the champion, None where none was promoted."""
    try:
        return (models / CURRENT).readlink().name
    except OSError:
        return None


def load_champion(models: Path, *, trust: bool = False) -> Model | None:
    """The champion, None where none was promoted.

    Raises:
        ModelDamagedError: its folder is gone or damaged.
        ModelVersionError: other versions made it.
    """
    champion = champion_id(models)
    return None if champion is None else load_model(models / champion, trust=trust)


def set_champion(
    models: Path,
    model_id: str,
    *,
    reason: str,
    forced_by: str | None = None,
    act: Literal["promote", "rollback"] = "promote",
    best: bool = False,
) -> Promotion:
    """Make a model the champion, in one rename.

    The history is written first. A run killed in between leaves the old champion and a line about
    an act that did not happen; as each line says what it replaced, nothing later is misled by it.

    Args:
        models: the workspace's folder of models.
        model_id: the new champion.
        reason: why, for the history.
        forced_by: who overrode the gate, None for nobody.
        act: what to call it in the history.
        best: later challengers are compared with it, too, for it is the best so far; so is one that
            somebody promoted against the gate.

    Raises:
        ModelError: there is no such model.
        ModelDamagedError: it is damaged.
        ModelVersionError: other versions made it.
    """
    require_model(models, model_id)
    with locked(models / LOCK):  # one promotion at a time, and nothing is pruned meanwhile
        verified(require_model(models, model_id), trust=False)
        entry = Promotion(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            act=act,
            model=model_id,
            before=champion_id(models),
            reason=reason,
            forced_by=forced_by,
        )
        if act == "promote":  # who promotes asks for no rollback to be finished
            (models / ROLLBACK).unlink(missing_ok=True)
        append_to_history(models, entry)
        if best or forced_by is not None:
            write_best(models, model_id)
        _point(models, model_id)
    return entry


def _point(models: Path, model_id: str) -> None:
    link = models / f".{CURRENT}.{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(model_id)
        link.replace(models / CURRENT)
    except OSError as error:
        raise WorkspaceError(
            f"{models / CURRENT} cannot be replaced: {error.strerror or error}.",
            hint="See that the folder is yours and that nothing but a link has this name.",
        ) from error
    sync_folder(models)
