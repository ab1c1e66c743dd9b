"""A signed folder is read back as written, or refused with the reason and the way out."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import ModelDamagedError
from training.registry.files.signing import (
    KEY_FILE,
    MANIFEST,
    RETRAIN,
    SIGNATURE,
    read_signed,
    write_signed,
)

FILES = {"one": b"first", "two": b"second"}


def accept(_: dict[str, Any]) -> None:
    """Nothing speaks against any manifest."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "models" / "m"
    write_signed(path, FILES, {"id": "m"}, beside={"card": b"for people"})
    return path


def test_what_was_written_is_what_is_read(folder: Path) -> None:
    manifest, contents = read_signed(folder, ("one", "two"), accept)
    assert contents == FILES
    assert manifest["id"] == "m"
    assert manifest["files"]["two"] == {
        "sha256": hashlib.sha256(b"second").hexdigest(),
        "bytes": 6,
    }
    assert {file.name for file in folder.iterdir()} == {
        *FILES,
        "card",
        "manifest.json",
        "manifest.sig",
    }
    assert (folder / "card").read_bytes() == b"for people"
    assert json.loads((folder / MANIFEST).read_text()) == manifest


def test_a_manifest_can_be_read_by_people_of_any_script(tmp_path: Path) -> None:
    write_signed(tmp_path / "m", FILES, {"kind": "убито"}, beside={})
    assert '"kind": "убито"' in (tmp_path / "m" / MANIFEST).read_text(encoding="utf-8")


def test_the_key_is_made_once_and_nothing_else_is_left_beside_it(folder: Path) -> None:
    key = folder.parent / KEY_FILE
    first = key.read_bytes()
    assert len(first) == 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    write_signed(folder.with_name("n"), FILES, {}, beside={})
    assert key.read_bytes() == first
    assert {one.name for one in folder.parent.iterdir()} == {KEY_FILE, "m", "n"}
    read_signed(folder, ("one",), accept)


def test_of_two_first_runs_both_use_the_key_that_came_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / KEY_FILE

    def late(size: int) -> bytes:
        key.write_bytes(b"o" * 32)  # the other run, in the same moment
        return b"x" * size

    monkeypatch.setattr("training.registry.files.signing.secrets.token_bytes", late)
    write_signed(tmp_path / "m", FILES, {}, beside={})
    assert key.read_bytes() == b"o" * 32
    assert {one.name for one in tmp_path.iterdir()} == {KEY_FILE, "m"}
    assert read_signed(tmp_path / "m", ("one",), accept)[1] == {"one": b"first"}


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(folder: Path, size: int) -> None:
    (folder.parent / KEY_FILE).write_bytes(b"k" * size)
    with pytest.raises(ModelDamagedError, match=f"has {size} bytes instead of 32") as refused:
        read_signed(folder, ("one",), accept)
    assert "Restore it from a backup" in refused.value.hint


def test_a_key_that_is_gone_is_named(folder: Path) -> None:
    (folder.parent / KEY_FILE).unlink()
    with pytest.raises(ModelDamagedError, match=r"\.key, .* cannot be read: No such file"):
        read_signed(folder, ("one",), accept)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"firs", "has 4 bytes instead of 5"),
        (b"first!", "has 6 bytes instead of 5"),
        (b"FIRST", "its SHA-256 is not the one in the manifest"),
    ],
)
def test_a_file_that_was_changed_is_refused(folder: Path, content: bytes, why: str) -> None:
    (folder / "one").write_bytes(content)
    with pytest.raises(ModelDamagedError, match=why) as refused:
        read_signed(folder, ("two", "one"), accept)
    assert refused.value.hint == RETRAIN
    assert read_signed(folder, ("two",), accept)[1] == {"two": b"second"}


def test_a_manifest_is_checked_before_any_file_is_read(folder: Path) -> None:
    (folder / "one").unlink()

    def refuse(manifest: dict[str, Any]) -> None:
        raise RuntimeError(manifest["id"])

    with pytest.raises(RuntimeError, match="m"):
        read_signed(folder, ("one",), refuse)
    with pytest.raises(ModelDamagedError, match="one is missing or cannot be read: No such file"):
        read_signed(folder, ("one",), accept)


def test_a_manifest_that_was_changed_is_not_even_checked(folder: Path) -> None:
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes() + b" ")
    with pytest.raises(ModelDamagedError, match="was not written by this workspace"):
        read_signed(folder, ("one",), lambda _: pytest.fail("checked"))


def test_a_manifest_of_ours_that_is_no_json_is_told(folder: Path) -> None:
    key = (folder.parent / KEY_FILE).read_bytes()
    (folder / MANIFEST).write_bytes(b"{")
    (folder / SIGNATURE).write_text(hmac.new(key, b"{", hashlib.sha256).hexdigest())
    with pytest.raises(ModelDamagedError, match=r"manifest\.json is not readable as JSON") as told:
        read_signed(folder, ("one",), accept)
    assert told.value.hint == RETRAIN


def test_no_new_key_is_made_where_models_have_lost_theirs(folder: Path) -> None:
    (folder.parent / KEY_FILE).unlink()
    with pytest.raises(ModelDamagedError, match=r"\.key, .* is gone") as refused:
        write_signed(folder.with_name("n"), FILES, {}, beside={})
    assert "backup" in refused.value.hint
    assert "move the whole folder away" in refused.value.hint
    assert {one.name for one in folder.parent.iterdir()} == {"m"}


def test_a_key_is_made_where_nothing_signed_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "current").symlink_to("gone")
    write_signed(tmp_path / "n", FILES, {}, beside={})
    assert (tmp_path / KEY_FILE).exists()
