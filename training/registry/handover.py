"""A model in one file, for another workspace.

The file is a ZIP archive, stored and not compressed, with the same bytes for the same model:

    manifest.json       as in the model's folder
    model.joblib        the two classifiers; its size and SHA-256 are in the manifest
    label_config.xml    the schema; its SHA-256 too

The key that signs models stays in its workspace. In its place stands the file's fingerprint, the
SHA-256 of all its bytes, which the exporter tells on another way than the file takes: whoever can
change the one cannot change the other. Until an importer has given it, not a byte is interpreted;
then the model is signed with the importer's own key, and nothing of it is loaded before it is used.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.errors import (
    ModelDamagedError,
    ModelError,
    ModelVersionError,
    NewsledgerError,
    SchemaError,
)
from annotation.schema import Schema, parse_schema
from annotation.storage import atomic_path, read_binary_file, why_unread
from training.registry.files.archives import archive_of, file_entry, fingerprint_of, members_in
from training.registry.files.model_card import model_card
from training.registry.files.signing import MANIFEST, write_signed
from training.registry.store import (
    CARD,
    CONFIG,
    MANIFEST_KEYS,
    PAYLOAD,
    READABLE_FORMATS,
    check_versions,
    next_number,
    verified,
)

_MEMBERS = (MANIFEST, PAYLOAD, CONFIG)
_OWN = ("number", "handed_over")
"""Keys of a manifest that say how a workspace came to its model, and not what it is."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,99}")
_ASK = "Ask for the file again."


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A model that went into a file or came out of one."""

    id: str
    """The model's id, the same in both workspaces."""
    fingerprint: str
    """SHA-256 of the file, 64 hexadecimal digits."""
    size: int
    """Bytes of the file."""
    schema: Schema
    """The labels that the model knows."""
    new: bool = True
    """False where the workspace had the model already."""


def export_model(path: Path, file: Path) -> HandedOver:
    """Write a model of this workspace into one file, whole or not at all.

    Args:
        path: ``models/<id>``.
        file: the file to write; replaced where it exists.

    Raises:
        ModelDamagedError: the model is not whole, or not this workspace's.
        ModelVersionError: it has another format.
        WorkspaceError: the file cannot be written.
    """
    done, content = model_archive(path)
    with atomic_path(file, private=False, hint="Name another place for the file.") as temporary:
        temporary.write_bytes(content)
    return done


def model_archive(path: Path) -> tuple[HandedOver, bytes]:
    """The bytes of the file that a model of this workspace is handed over in.

    Args:
        path: ``models/<id>``.

    Raises:
        ModelDamagedError: the model is not whole, or not this workspace's.
        ModelVersionError: it has another format.
    """
    manifest, payload, schema = verified(path, trust=True)
    told = _what_is_handed_over(manifest)
    content = archive_of(
        {
            MANIFEST: (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode(),
            PAYLOAD: payload,
            CONFIG: schema.xml.encode(),
        }
    )
    return HandedOver(manifest["id"], fingerprint_of(content), len(content), schema), content


def import_model(models: Path, file: Path, fingerprint: str) -> HandedOver:
    """Take a model from a file into this workspace, whole or not at all; it is not loaded.

    Args:
        models: the workspace's folder of models.
        file: what :func:`export_model` wrote.
        fingerprint: what the exporter said that the file's is; case and blanks do not matter.

    Raises:
        ModelError: the fingerprint is another one, or no fingerprint; or another model has the id.
        ModelDamagedError: the file holds something else than one whole model.
        ModelVersionError: other versions made it.
        WorkspaceError: the workspace cannot be written.
    """
    content = _read(file)
    require_fingerprint(file, content, fingerprint)
    return take_model(models, file, content)


def take_model(models: Path, file: Path, content: bytes) -> HandedOver:
    """Take a model out of bytes that somebody has vouched for; see :func:`import_model`.

    Args:
        models: the workspace's folder of models.
        file: where the bytes come from, for messages.
        content: what :func:`model_archive` made.

    Raises:
        ModelError: another model has the id.
        ModelDamagedError: they hold something else than one whole model.
        ModelVersionError: other versions made it.
        WorkspaceError: the workspace cannot be written.
    """
    found = fingerprint_of(content)
    members = _members(file, content)
    manifest, schema = _checked(file, members)
    handed_over = HandedOver(manifest["id"], found, len(content), schema)
    path = models / handed_over.id
    if path.exists() or path.is_symlink():
        if _same(path, manifest):
            return HandedOver(handed_over.id, found, len(content), schema, new=False)
        raise ModelError(
            f"There is another {path.name} in {models} already.",
            hint="Move it away, and import the file again.",
        )
    kept = {key: one for key, one in manifest.items() if key not in ("files", *_OWN)}
    write_signed(
        path,
        {name: members[name] for name in (PAYLOAD, CONFIG)},
        {**kept, "number": next_number(models), "handed_over": {"fingerprint": found}},
        beside={CARD: model_card(manifest, schema).encode()},
    )
    return handed_over


def _read(file: Path) -> bytes:
    try:
        return read_binary_file(file)
    except OSError as error:
        raise ModelError(
            f"{file} cannot be read: {why_unread(error)}.",
            hint="Name a file that `newsledger models export` wrote.",
        ) from error


def require_fingerprint(file: Path, content: bytes, fingerprint: str) -> None:
    """Refuse bytes that are not those which somebody has vouched for.

    Args:
        file: where they come from, for messages.
        content: the bytes.
        fingerprint: their SHA-256, as somebody told it; case and blanks do not matter.

    Raises:
        ModelError: it is another one, or no fingerprint.
    """
    found, told = fingerprint_of(content), "".join(fingerprint.split()).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", told):
        raise ModelError(
            f"'{told[:80]}' is not a fingerprint.",
            hint="It has 64 digits from 0 to f; newsledger told it to whoever made the file.",
        )
    if not hmac.compare_digest(found, told):
        raise ModelError(
            f"{file} is not the file whose fingerprint you gave: its own is {found}.",
            hint=f"It was changed on its way, or is another model: do not use it. {_ASK}",
        )


def _members(file: Path, content: bytes) -> dict[str, bytes]:
    """What is in the archive, by name."""
    try:
        members = members_in(content, _MEMBERS)
    except ValueError as error:
        raise _foreign(file, str(error)) from error
    if len(members) < len(_MEMBERS):
        raise _foreign(file, "it does not hold what a model consists of")
    return members


def _checked(file: Path, members: Mapping[str, bytes]) -> tuple[dict[str, Any], Schema]:
    """Manifest and schema of a file whose parts fit each other and the versions installed."""
    try:
        manifest = json.loads(members[MANIFEST])
    except (ValueError, RecursionError) as error:
        raise _foreign(file, f"its manifest is not JSON ({error})") from error
    if not isinstance(manifest, dict):
        raise _foreign(file, "its manifest is not a JSON object")
    if manifest.get("format") not in READABLE_FORMATS:
        raise ModelVersionError(
            f"The model in {file} has format {json.dumps(manifest.get('format'))}; this newsledger "
            f"reads {' and '.join(map(str, READABLE_FORMATS))}.",
            hint="Use the same newsledger on both sides.",
        )
    if MANIFEST_KEYS.difference(manifest) or not _is_id(manifest["id"]):
        raise _foreign(file, "its manifest does not describe a model")
    for name in (PAYLOAD, CONFIG):
        said = manifest["files"].get(name) if isinstance(manifest["files"], dict) else None
        if said != file_entry(members[name]):
            raise _foreign(file, f"{name} is not the one in the manifest")
    try:
        check_versions(Path(manifest["id"]), manifest)
        schema = parse_schema(members[CONFIG].decode(), where=f"{CONFIG} in {file}")
        model_card(manifest, schema)
    except ModelVersionError as error:
        raise ModelVersionError(
            error.message, hint="Use the same minor version of scikit-learn on both sides."
        ) from error
    except (SchemaError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _foreign(file, f"its manifest does not describe a model ({error})") from error
    if schema.fingerprint != manifest["schema"]:
        raise _foreign(file, f"{CONFIG} is not the one in the manifest")
    return manifest, schema


def _is_id(named: object) -> bool:
    """Whether it is a plain name, which no path, link or other file of ours can be."""
    return isinstance(named, str) and named != "current" and bool(_ID.fullmatch(named))


def _same(path: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the model on disk is whole and is this one."""
    try:
        ours = verified(path, trust=True)[0]
    except NewsledgerError:
        return False
    return _what_is_handed_over(ours) == _what_is_handed_over(manifest)


def _what_is_handed_over(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest without what is nobody else's: without it, the file is the same again.

    That is what only this workspace knows of it, and what was said of this workspace's articles.
    """
    files = {name: manifest["files"][name] for name in (PAYLOAD, CONFIG)}
    return {**{key: one for key, one in manifest.items() if key not in _OWN}, "files": files}


def _foreign(file: Path, why: str) -> ModelDamagedError:
    return ModelDamagedError(
        f"{file} is not a model that newsledger exported: {why.rstrip('.')}.", hint=_ASK
    )
