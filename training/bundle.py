"""Models on disk: written whole, checked before they are trusted, promoted by one rename.

    models/
      <id>/
        manifest.json       everything about the model that can be known without loading it
        manifest.sig        HMAC-SHA-256 of the manifest under the workspace's key
        model.joblib        the two classifiers; its size and SHA-256 are in the manifest
        label_config.xml    the schema that it was trained with; its SHA-256 too
        model_card.md       data, figures and limits, for people
      current -> <id>       the champion; replaced atomically
      history.jsonl         who promoted what, when, why, and instead of what
      .key                  32 random bytes, mode 0600

Nothing is unpickled before every byte is known to be ours; see ``training.sealed``. Models move to
another workspace together with their key.

This is the only module that uses joblib for files. What learns is imported where a model is made or
loaded: listing, promoting and rolling back look at files only, and must not wait for scikit-learn.
"""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotation.errors import (
    ModelDamagedError,
    ModelError,
    ModelVersionError,
    NewsledgerError,
    WorkspaceError,
)
from annotation.files import locked, sync_folder
from annotation.schema import Schema, parse_schema
from training.card import model_card
from training.sealed import MANIFEST, RETRAIN, read_sealed, write_sealed

if TYPE_CHECKING:
    from training.claims import ClaimClassifier
    from training.events import EventClassifier

FORMAT = 1
"""Number of the layout. Raise it when an older newsledger could misread a newer model."""

CURRENT = "current"
"""Name of the link to the champion."""

_PAYLOAD, _CONFIG, _CARD = "model.joblib", "label_config.xml", "model_card.md"
_KEYS = {
    "format", "id", "created", "schema", "snapshot", "weights", "versions", "figures", "details",
    "files",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """Two classifiers and what is known of them."""

    id: str
    """Time of making (UTC) and the first digits of the digest of weights; sorts by age."""
    schema: Schema
    """The labels that it knows."""
    events: EventClassifier | None
    """Decides the event types; None where the schema or the labels have none."""
    claims: ClaimClassifier | None
    """Decides the claim kinds; None where the schema or the labels have none."""
    manifest: Mapping[str, Any]
    """Everything else: snapshot, versions, figures, details of the training."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of ``newsledger models``."""

    id: str
    """The model's id, the folder's name."""
    state: Literal["ok", "damaged", "other version"]
    """Whether it would load."""
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


def new_model(
    *,
    schema: Schema,
    events: EventClassifier | None,
    claims: ClaimClassifier | None,
    snapshot: str,
    figures: Mapping[str, Any],
    details: Mapping[str, Any],
) -> Model:
    """A model in memory, named, ready to be saved.

    Args:
        schema: the labels that it knows.
        events: the fitted event classifier.
        claims: the fitted claim classifier.
        snapshot: id of the snapshot that it was trained on.
        figures: how well it does, JSON-ready.
        details: what else is to be kept of the training, JSON-ready.
    """
    from training.digest import weights_digest

    weights = weights_digest({"events": events, "claims": claims})
    now = datetime.now(UTC)
    return Model(
        id=f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{weights[:8]}",
        schema=schema,
        events=events,
        claims=claims,
        manifest={
            "created": now.isoformat(timespec="seconds"),
            "schema": schema.fingerprint,
            "snapshot": snapshot,
            "weights": weights,
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
            },
            "figures": dict(figures),
            "details": dict(details),
        },
    )


def save_model(models: Path, model: Model) -> Model:
    """Write ``models/<id>/``, whole or not at all.

    Args:
        models: the workspace's folder of models.
        model: what ``new_model`` made.

    Returns:
        The model with the manifest as written.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    import joblib

    _sweep(models)
    buffer = io.BytesIO()
    # Level 3 halves the file and costs milliseconds.
    joblib.dump({"events": model.events, "claims": model.claims}, buffer, compress=3)
    manifest = {**model.manifest, "format": FORMAT, "id": model.id}
    manifest = write_sealed(
        models / model.id,
        {_PAYLOAD: buffer.getvalue(), _CONFIG: model.schema.xml.encode()},
        manifest,
        beside={_CARD: model_card(manifest, model.schema).encode()},
    )
    return replace(model, manifest=manifest)


def load_model(path: Path, *, trust: bool = False) -> Model:
    """Check a model's folder and load it.

    Args:
        path: ``models/<id>`` or ``models/current``.
        trust: load it although another scikit-learn or a later newsledger made it. It does not
            make up for a missing signature or a wrong digest.

    Raises:
        ModelDamagedError: a file is missing, truncated, tampered with, or not ours.
        ModelVersionError: it was made by other versions; the hint names the way out.
    """
    import joblib

    from training.claims import ClaimClassifier
    from training.events import EventClassifier

    manifest, payload, schema = _verified(path, trust=trust)
    try:
        content = joblib.load(io.BytesIO(payload))
    except Exception as error:  # whatever another version's pickle stumbles over
        raise ModelVersionError(
            f"The model {path.name} cannot be loaded by the libraries installed: "
            f"{type(error).__name__}: {error}.",
            hint=RETRAIN,
        ) from error
    events = content.get("events") if isinstance(content, dict) else content
    claims = content.get("claims") if isinstance(content, dict) else content
    if not isinstance(events, EventClassifier | None) or not isinstance(
        claims, ClaimClassifier | None
    ):
        raise ModelDamagedError(
            f"The model {path.name} holds something else than newsledger's classifiers.",
            hint=RETRAIN,
        )
    return Model(id=manifest["id"], schema=schema, events=events, claims=claims, manifest=manifest)


def list_models(models: Path) -> tuple[Listed, ...]:
    """All models, oldest first, whatever their state; never raises for a damaged one."""
    if not models.is_dir():
        return ()
    champion = champion_id(models)
    acts = {act.model: act for act in history(models)}
    found = []
    for path in sorted(models.iterdir()):
        if path.name.startswith(".") or path.is_symlink() or not path.is_dir():
            continue
        state: Literal["ok", "damaged", "other version"] = "ok"
        problem, manifest = "", {}
        try:
            manifest = _verified(path, trust=True)[0]
            _check_versions(path, manifest)
        except ModelVersionError as error:
            state, problem = "other version", error.message
        except NewsledgerError as error:
            state, problem = "damaged", error.message
        act = acts.get(path.name)
        found.append(
            Listed(
                id=path.name,
                state=state,
                problem=problem,
                champion=path.name == champion,
                created=manifest.get("created"),
                promoted_at=act.at if act else None,
                forced_by=act.forced_by if act else None,
                size=sum(file.stat().st_size for file in path.iterdir() if file.is_file()),
                figures=manifest.get("figures", {}),
            )
        )
    return tuple(found)


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


def promote(
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
    _verified(models / model_id, trust=False)
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
    return promote(models, before, reason=reason, act="rollback")


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


def _verified(path: Path, *, trust: bool) -> tuple[dict[str, Any], bytes, Schema]:
    """Manifest, payload and schema of a folder whose every byte is vouched for."""

    def check(manifest: dict[str, Any]) -> None:
        if manifest.get("id") != path.resolve().name or _KEYS.difference(manifest):
            raise ModelDamagedError(
                f"{path / MANIFEST} does not describe the model in its folder.", hint=RETRAIN
            )
        if not trust:
            _check_versions(path, manifest)

    manifest, contents = read_sealed(path, (_PAYLOAD, _CONFIG), check)
    schema = parse_schema(contents[_CONFIG].decode(), where=str(path / _CONFIG))
    return manifest, contents[_PAYLOAD], schema


def _check_versions(path: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse what these libraries would not read as it was meant."""
    if manifest["format"] != FORMAT:
        raise ModelVersionError(
            f"The model {path.name} has format {manifest['format']}; "
            f"this newsledger reads {FORMAT}.",
            hint="Update newsledger, or retrain with `newsledger retrain`.",
        )
    made, here = manifest["versions"]["scikit-learn"], version("scikit-learn")
    if made.split(".")[:2] != here.split(".")[:2]:
        raise ModelVersionError(
            f"The model {path.name} was made by scikit-learn {made}; installed is {here}, "
            "which may read it wrongly.",
            hint="Retrain with `newsledger retrain`, install that version, or load it all the same "
            "with --trust.",
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
        with path.open("ab+") as file:
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


def _sweep(models: Path) -> None:
    """Remove what killed runs left more than an hour ago."""
    for path in models.glob(".2*-*.*"):
        with suppress(OSError):
            if path.is_dir() and time.time() - path.stat().st_mtime > 3600:
                shutil.rmtree(path)
