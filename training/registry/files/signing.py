"""Folders whose every byte is vouched for by a key that never leaves the workspace.

A pickle runs whatever it says, so nothing may be unpickled before it is known to be ours. The
signature (HMAC-SHA-256, RFC 2104) vouches for the manifest, the manifest for the size and SHA-256
of each file. A digest alone would not do, for whoever replaces a file can replace its digest. The
alternative, an unpickler with a list of allowed classes, would let a tampered manifest pass, and
joblib reads arrays of objects with an unpickler of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotation.errors import ModelDamagedError
from annotation.folders import atomic_folder
from annotation.storage import write_atomic
from training.registry.files.archives import file_entry, fingerprint_of

MANIFEST = "manifest.json"
"""Name of the file that says everything; JSON."""

SIGNATURE = "manifest.sig"
"""Name of the file that vouches for it; 64 hex digits."""

KEY_FILE = ".key"
"""Name of the key, beside the folders; 32 random bytes, mode 0600."""

RETRAIN = "Retrain with `newsledger retrain`, or go back with `newsledger rollback`."
"""The way out of every damage."""

_NEW_KEY = (
    "Restore it from a backup; if there is none, move the whole folder away and run "
    "`newsledger up` or `retrain`, which makes a key and a model anew."
)


def write_signed(
    path: Path,
    files: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    *,
    beside: Mapping[str, bytes],
) -> dict[str, Any]:
    """Write a folder, whole or not at all.

    Args:
        path: the folder to make; the key lies beside it, and is made if there is none.
        files: content of the files to vouch for, by name.
        manifest: what to say of them.
        beside: files that nobody relies on.

    Returns:
        The manifest as written: with the size and SHA-256 of each file.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
        ModelDamagedError: the key is not usable, or gone while models are there.
    """
    _make_key(path.parent)
    written = {
        **manifest,
        "files": {name: file_entry(content) for name, content in files.items()},
    }
    text = (json.dumps(written, indent=1, ensure_ascii=False) + "\n").encode()
    signature = _signature(path, text).encode() + b"\n"
    with atomic_folder(path) as folder:
        for name, content in {**files, **beside, MANIFEST: text, SIGNATURE: signature}.items():
            (folder / name).write_bytes(content)
    return written


def read_signed(
    path: Path, names: tuple[str, ...], check: Callable[[dict[str, Any]], None]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Manifest and files of a folder, verified; what was verified is what is returned.

    Args:
        path: the folder.
        names: files that must be there.
        check: raises when the manifest, known to be ours, says that the files are not to be read.

    Raises:
        ModelDamagedError: a file is missing, truncated, tampered with, or not ours.
    """
    text = _bytes(path / MANIFEST)
    signature = _bytes(path / SIGNATURE).strip()
    if not hmac.compare_digest(signature, _signature(path, text).encode()):
        raise ModelDamagedError(
            f"The manifest of the model {path.name} was not written by this workspace, "
            "or was changed since.",
            hint=f"{RETRAIN} A model comes from another workspace by `newsledger models export` "
            "and `import`.",
        )
    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise ModelDamagedError(
            f"{path / MANIFEST} is not readable as JSON: {error}.", hint=RETRAIN
        ) from error
    check(manifest)
    contents = {}
    for name in names:
        contents[name] = content = _bytes(path / name)
        said = manifest["files"][name]
        if len(content) != said["bytes"]:
            raise ModelDamagedError(
                f"{path / name} has {len(content)} bytes instead of {said['bytes']}.", hint=RETRAIN
            )
        if fingerprint_of(content) != said["sha256"]:
            raise ModelDamagedError(
                f"{path / name} was changed: its SHA-256 is not the one in the manifest.",
                hint=RETRAIN,
            )
    return manifest, contents


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelDamagedError(
            f"{file} is missing or cannot be read: {error.strerror or error}.", hint=RETRAIN
        ) from error


def _signature(path: Path, content: bytes) -> str:
    file = path.parent / KEY_FILE
    try:
        key = file.read_bytes()
    except OSError as error:
        raise ModelDamagedError(
            f"The key {file}, which vouches for the models, cannot be read: "
            f"{error.strerror or error}.",
            hint=_NEW_KEY,
        ) from error
    if len(key) != 32:
        raise ModelDamagedError(
            f"The key {file} has {len(key)} bytes instead of 32.",
            hint=_NEW_KEY,
        )
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _make_key(folder: Path) -> None:
    path = folder / KEY_FILE
    # In this order: another first run makes its key before its model.
    signed = any(folder.glob(f"*/{SIGNATURE}"))
    if path.exists():
        return
    if signed:  # a new key would disown them all
        raise ModelDamagedError(
            f"The key {path}, which vouches for the models beside it, is gone.", hint=_NEW_KEY
        )
    # Linked, not renamed into place: of two first runs at once both must use the same key.
    fresh = folder / f"{KEY_FILE}.{os.getpid()}"
    write_atomic(fresh, secrets.token_bytes(32))
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()
