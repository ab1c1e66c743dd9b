"""Models on disk: written whole, and checked before they are trusted.

    models/
      <id>/
        manifest.json       everything about the model that can be known without loading it
        manifest.sig        HMAC-SHA-256 of the manifest under the workspace's key
        model.joblib        the two classifiers; its size and SHA-256 are in the manifest
        label_config.xml    the schema that it was trained with; its SHA-256 too
        out_of_fold.json.gz what models like it, that had not seen them, said of the articles that
                            it is measured on (``training.registry.files.out_of_fold_file``)
        model_card.md       data, metrics and limits, for people
        verdict.json        what the gate said of it (``training.registry.files.ruling_file``)
      current, history.jsonl    see ``training.registry.champion``
      .key                  32 random bytes, mode 0600

Nothing is unpickled before every byte is known to be ours; see ``training.registry.files.signing``.
What was unpickled has to say again what it said when it was made; see
``training.registry.files.self_test``. ``training.registry.handover`` hands one to another
workspace.

This is the only module that uses joblib for files. What learns is imported where a model is made or
loaded: ``training.registry.champion`` looks at files only, so that listing models needs no
scikit-learn.
"""

from __future__ import annotations

import io
import json
import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ModelDamagedError, ModelVersionError, NewsledgerError
from annotation.folders import remove_leftovers
from annotation.schema import Schema, parse_schema
from training.registry.files.model_card import model_card
from training.registry.files.signing import MANIFEST, RETRAIN, read_signed, write_signed

if TYPE_CHECKING:
    from training.model import Model
    from training.predictions import Predictions
    from training.train import TrainingSummary

FORMAT = 4
"""Number of the layout of a model's folder and of its manifest. Raise it when either changes:
models of another format are listed as such, and refused; `newsledger retrain` makes a new one."""

READABLE_FORMATS = (3, FORMAT)
"""Formats that load. A model of format 3 has no answers stored beside it."""

PAYLOAD = "model.joblib"
"""Name of the file with the two classifiers."""

CONFIG = "label_config.xml"
"""Name of the file with the schema."""

CARD = "model_card.md"
"""Name of the file for people."""

ANSWERS = "out_of_fold.json.gz"
"""Name of the file with the answers of models that had not seen the articles; not every model has
one."""

MANIFEST_KEYS = frozenset({
    "format", "id", "created", "schema", "snapshot", "weights", "versions", "metrics", "training",
    "details", "self_test", "files",
})  # fmt: skip
"""What every manifest says."""


def name_model(
    model: Model,
    *,
    snapshot: str,
    metrics: Mapping[str, Any],
    summary: TrainingSummary,
    details: Mapping[str, Any],
) -> Model:
    """A fitted model with its id, its manifest and its self-test, ready to be saved.

    Args:
        model: what was fitted.
        snapshot: id of the snapshot that it was trained on.
        metrics: how well it does, JSON-ready.
        summary: what it was trained on and is measured on.
        details: what else is to be kept of the training, JSON-ready.
    """
    from training.registry.files.digest import weights_digest
    from training.registry.files.self_test import run_self_test

    weights = weights_digest({"events": model.events, "claims": model.claims})
    now = datetime.now(UTC)
    manifest = {
        "created": now.isoformat(timespec="seconds"),
        "schema": model.schema.fingerprint,
        "snapshot": snapshot,
        "weights": weights,
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
        },
        "metrics": dict(metrics),
        "training": summary.to_json(),
        "details": dict(details),
        "self_test": run_self_test(model),
    }
    name = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{weights[:8]}"
    return replace(model, id=name, manifest=manifest)


def save_model(models: Path, model: Model, answers: Predictions | None = None) -> Model:
    """Write ``models/<id>/``, whole or not at all.

    Args:
        models: the workspace's folder of models.
        model: what ``name_model`` made.
        answers: what models like it, that had not seen them, say of the articles that it is
            measured on; None where nothing could be measured.

    Returns:
        The model with the manifest as written.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    import joblib

    from training.registry.files.out_of_fold_file import answers_to_bytes

    remove_leftovers(models)
    buffer = io.BytesIO()
    # Level 3 halves the file and costs milliseconds.
    joblib.dump({"events": model.events, "claims": model.claims}, buffer, compress=3)
    manifest = {**model.manifest, "format": FORMAT, "id": model.id, "number": next_number(models)}
    manifest = write_signed(
        models / model.id,
        {
            PAYLOAD: buffer.getvalue(),
            CONFIG: model.schema.xml.encode(),
            **({ANSWERS: answers_to_bytes(answers)} if answers else {}),
        },
        manifest,
        beside={CARD: model_card(manifest, model.schema).encode()},
    )
    return replace(model, manifest=manifest)


def model_names(models: Path) -> frozenset[str]:
    """Names of the models' folders: the ids."""
    return frozenset(
        path.name
        for path in (models.iterdir() if models.is_dir() else ())
        if not path.name.startswith(".") and not path.is_symlink() and path.is_dir()
    )


def model_folders(models: Path) -> tuple[Path, ...]:
    """The folders of the models of a workspace, the one that was made last at the end.

    Each has a number in its manifest, for the clock may go back. One whose manifest cannot be read
    comes after those whose names, which begin with the time of making, are before its own.
    """
    numbers = _numbers(models)
    return tuple(models / name for name in sorted(numbers, key=lambda one: (numbers[one], one)))


def next_number(models: Path) -> int:
    """The number in the order of making that a new model gets."""
    return 1 + max(_numbers(models).values(), default=0)


def unverified_manifest(path: Path) -> dict[str, Any]:
    """What a model's manifest says, for what needs no proof; empty where it cannot be read."""
    try:
        found = json.loads((path / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def same_model(models: Path, model: Model) -> Model | None:
    """A whole model on disk that differs from this one only in when it was made, None for none.

    That is the same snapshot, the same versions, the same weights and figures, and the same
    answers to the self-test.

    Args:
        models: the workspace's folder of models.
        model: what ``name_model`` made.
    """
    ending = f"-{model.manifest['weights'][:8]}"
    for path in reversed([one for one in model_folders(models) if one.name.endswith(ending)]):
        try:
            manifest = verified(path, trust=False)[0]
        except NewsledgerError:
            continue
        if _what_it_is(manifest) == _what_it_is(model.manifest):
            return replace(model, id=path.name, manifest=manifest)
    return None


def load_model(path: Path, *, trust: bool = False) -> Model:
    """Check a model's folder and load it.

    Args:
        path: ``models/<id>`` or ``models/current``.
        trust: load it although another scikit-learn or another newsledger made it. It does not
            make up for a missing signature or a wrong digest.

    Raises:
        ModelDamagedError: a file is missing, truncated, tampered with, or not ours.
        ModelVersionError: it was made by other versions; the hint names the way out.
    """
    import joblib

    from training.claims.classifier import ClaimClassifier
    from training.events.classifier import EventClassifier
    from training.model import Model

    manifest, payload, schema = verified(path, trust=trust)
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
            f"The model {path.name} holds something other than newsledger's classifiers.",
            hint=RETRAIN,
        )
    model = Model(id=manifest["id"], schema=schema, events=events, claims=claims, manifest=manifest)
    _check_self_test(model, trust=trust)
    return model


def load_answers(path: Path) -> Predictions | None:
    """What was stored with a model of the articles that it is measured on.

    Args:
        path: ``models/<id>`` or ``models/current``.

    Returns:
        The answers; None where there are none, as with every model of format 3.

    Raises:
        ModelDamagedError: a file is missing, truncated, tampered with, or not ours.
    """
    from training.registry.files.out_of_fold_file import answers_from_bytes

    def check(manifest: dict[str, Any]) -> None:
        _check_format(path, manifest)

    if ANSWERS not in read_signed(path, (), check)[0]["files"]:
        return None
    return answers_from_bytes(read_signed(path, (ANSWERS,), check)[1][ANSWERS])


def verified(path: Path, *, trust: bool) -> tuple[dict[str, Any], bytes, Schema]:
    """Manifest, payload and schema of a folder whose every byte is vouched for.

    Args:
        path: ``models/<id>`` or ``models/current``.
        trust: whatever versions made it.

    Raises:
        ModelDamagedError: a file is missing, truncated, tampered with, or not ours.
        ModelVersionError: it was made by other versions.
    """

    def check(manifest: dict[str, Any]) -> None:
        _check_format(path, manifest)  # first, for the keys are those of this format
        if manifest.get("id") != path.resolve().name or MANIFEST_KEYS.difference(manifest):
            raise ModelDamagedError(
                f"{path / MANIFEST} does not describe the model in its folder.", hint=RETRAIN
            )
        if not trust:
            check_versions(path, manifest)

    manifest, contents = read_signed(path, (PAYLOAD, CONFIG), check)
    schema = parse_schema(contents[CONFIG].decode(), where=str(path / CONFIG))
    return manifest, contents[PAYLOAD], schema


def check_versions(path: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse what the scikit-learn installed might not read as it was meant.

    Raises:
        ModelVersionError: another scikit-learn made it.
    """
    made, here = manifest["versions"]["scikit-learn"], version("scikit-learn")
    if made.split(".")[:2] != here.split(".")[:2]:
        raise ModelVersionError(
            f"The model {path.name} was made by scikit-learn {made}; installed is {here}, "
            "which may read it wrongly.",
            hint="Retrain with `newsledger retrain`, install that version, or load it all the same "
            "with --trust.",
        )


def _numbers(models: Path) -> dict[str, int]:
    """The place of each model in the order of making."""
    numbers, before = dict[str, int](), 0
    for name in sorted(model_names(models)):
        said = unverified_manifest(models / name).get("number")
        numbers[name] = before = said if isinstance(said, int) else before
    return numbers


def _what_it_is(manifest: Mapping[str, Any]) -> str:
    """Everything of a manifest but when it was made and how it was written."""
    kept = {key: manifest[key] for key in MANIFEST_KEYS - {"format", "id", "created", "files"}}
    return json.dumps(kept, sort_keys=True)


def _check_format(path: Path, manifest: Mapping[str, Any]) -> None:
    if manifest.get("format") not in READABLE_FORMATS:
        raise ModelVersionError(
            f"The model {path.name} has format {manifest.get('format')}; "
            f"this newsledger reads {' and '.join(map(str, READABLE_FORMATS))}.",
            hint="Update newsledger, or retrain with `newsledger retrain`.",
        )


def _check_self_test(model: Model, *, trust: bool) -> None:
    """Refuse a model that the code as it is now cannot use, or reads differently."""
    from training.registry.files.self_test import agree, run_self_test

    try:
        said = run_self_test(model)
    except Exception as error:  # whatever another state of the classes stumbles over
        raise ModelVersionError(
            f"The model {model.id} was made by another version of newsledger and cannot predict: "
            f"{type(error).__name__}: {error}.",
            hint=RETRAIN,
        ) from error
    if not trust and not agree(said, model.manifest["self_test"]):
        raise ModelVersionError(
            f"The model {model.id} was made by another version of newsledger: it no longer says "
            "what it said then.",
            hint="Retrain with `newsledger retrain`, or load it all the same with --trust.",
        )
