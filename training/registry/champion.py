"""Which model is in use: promoted by one rename, rolled back by the same.

models/
  current -> <id>       the champion; replaced atomically
  history.jsonl         who promoted what, when, why, and instead of what
  <id>/                 the models; see ``training.registry.store``
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotation.errors import ModelError, ModelVersionError, NewsledgerError, WorkspaceError
from annotation.storage import locked, private_opener, sync_folder
from training.registry.store import check_versions, load_model, verified

if TYPE_CHECKING:
    from training.model import Model

CURRENT = "current"
"""Name of the link to the champion."""


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


def list_models(models: Path) -> tuple[ListedModel, ...]:
    """All models, oldest first, whatever their state; never raises for a damaged one."""
    champion = champion_id(models)
    acts = {act.model: act for act in history(models)}
    found = []
    for path in _folders(models):
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
    """Id of the model that was made last, None where there is none."""
    return max((path.name for path in _folders(models)), default=None)


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

    Raises:
        ModelError: there is no such model.
        ModelDamagedError: it is damaged.
        ModelVersionError: other versions made it.
    """
    if model_id in ("", ".", "..", CURRENT) or "/" in model_id or not (models / model_id).is_dir():
        raise ModelError(
            f"There is no model '{model_id}' in {models}.", hint="`newsledger models` lists them."
        )
    verified(models / model_id, trust=False)
    with locked(models / ".lock"):  # one promotion at a time
        entry = Promotion(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            act=act,
            model=model_id,
            before=champion_id(models),
            reason=reason,
            forced_by=forced_by,
        )
        _append(models / "history.jsonl", entry)
        _point(models, model_id)
    return entry


def rollback(models: Path, *, reason: str = "rolled back") -> Promotion:
    """Go back to the champion before this one; again, to the one before that.

    Raises:
        ModelError: there is no champion, or none before it.
        ModelDamagedError: the one before is damaged.
        ModelVersionError: other versions made it.
    """
    return set_champion(models, predecessor(models), reason=reason, act="rollback")


def predecessor(models: Path) -> str:
    """Id of the champion before this one: where a rollback leads.

    Raises:
        ModelError: there is no champion, or none before it.
    """
    champion = champion_id(models)
    if champion is None:
        raise ModelError(
            "There is no champion to go back from.",
            hint="Promote a model with `newsledger promote`.",
        )
    before = next(
        (
            act.before
            for act in reversed(history(models))
            if act.model == champion and act.act == "promote" and act.before != champion
        ),
        None,
    )
    if before is None:
        raise ModelError(
            f"{champion} is the first champion; there is none before it.",
            hint="`newsledger models` lists the others; promote one by its id.",
        )
    return before


def history(models: Path) -> tuple[Promotion, ...]:
    """All promotions, oldest first; a line torn by a kill is passed over."""
    try:
        text = (models / "history.jsonl").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    found = []
    for line in text.split("\n"):
        with suppress(ValueError, TypeError):
            found.append(Promotion(**json.loads(line)))
    return tuple(found)


def _folders(models: Path) -> list[Path]:
    """The models' folders, oldest first, since their names begin with the time of making."""
    if not models.is_dir():
        return []
    return sorted(
        path
        for path in models.iterdir()
        if not path.name.startswith(".") and not path.is_symlink() and path.is_dir()
    )


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


def _append(path: Path, entry: Promotion) -> None:
    line = {name: getattr(entry, name) for name in Promotion.__slots__}
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
