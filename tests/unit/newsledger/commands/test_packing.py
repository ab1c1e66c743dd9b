"""All the work goes into one file, and comes out of it elsewhere as it was."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import InputError, ModelError, NewsledgerError, WorkspaceError
from newsledger.commands import models, offline, packing
from newsledger.commands.codebooks import codebook_in_use
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace with labels and a champion."""
    folder = tmp_path_factory.mktemp("packing")
    settings = read_settings(workspace=folder / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    offline.train_challenger(settings, Quiet(), snapshot, promote=True, force=True)
    return settings


def _other(tmp_path: Path, name: str = "other") -> Settings:
    return read_settings(workspace=tmp_path / name, environment={})


def test_what_is_unpacked_is_what_was_packed(settings: Settings, tmp_path: Path) -> None:
    packed = packing.pack(settings, tmp_path / "work.zip")
    assert packed.model is not None
    assert f"Fingerprint {packed.fingerprint}" in packed.text()
    other = _other(tmp_path)
    spelt = packed.fingerprint.upper()
    found = packing.unpack(other, Quiet(), tmp_path / "work.zip", spelt)
    assert (found.snapshot, found.model, found.left) == (packed.snapshot, packed.model, None)
    ours, theirs = (read_snapshot(one.snapshots / packed.snapshot) for one in (settings, other))
    assert theirs.annotations == ours.annotations
    assert theirs.sentences == ours.sentences
    for name in ("manifest.json", "annotations.jsonl"):
        theirs_file, ours_file = (
            one.snapshots / packed.snapshot / name for one in (other, settings)
        )
        assert theirs_file.read_bytes() == ours_file.read_bytes()
    promoted = models.promote_model(other, packed.model)
    assert promoted.champion == packed.model
    again = packing.pack(_other(tmp_path), tmp_path / "again.zip")
    assert again.fingerprint == packed.fingerprint
    # A second time changes nothing.
    packing.unpack(other, Quiet(), tmp_path / "work.zip", packed.fingerprint)
    assert models.find_model(other).id == packed.model


def test_the_model_waits_for_the_fingerprint_and_labels_do_not(
    settings: Settings, tmp_path: Path
) -> None:
    packed = packing.pack(settings, tmp_path / "work.zip")
    other = _other(tmp_path)
    assert packing.holds_model(tmp_path / "work.zip")
    with pytest.raises(ModelError, match="is not the file whose fingerprint you gave"):
        packing.unpack(other, Quiet(), tmp_path / "work.zip", "0" * 64)
    assert not other.workspace.exists()
    found = packing.unpack(other, Quiet(), tmp_path / "work.zip", None)
    assert (found.model, found.left) == (None, packed.model)
    assert not other.models.exists()
    passed_by = packing.unpack(
        other, Quiet(), tmp_path / "work.zip", packed.fingerprint, model=False
    )
    assert (passed_by.model, passed_by.left) == (None, packed.model)


def test_without_a_model_nobody_has_to_vouch(settings: Settings, tmp_path: Path) -> None:
    packed = packing.pack(settings, tmp_path / "work.zip", model=False)
    assert packed.model is None
    assert "Fingerprint" not in packed.text()
    assert not packing.holds_model(tmp_path / "work.zip")
    found = packing.unpack(_other(tmp_path), Quiet(), tmp_path / "work.zip", None)
    assert (found.model, found.left) == (None, None)


def test_the_codebook_goes_along_and_is_in_use_there(settings: Settings, tmp_path: Path) -> None:
    own = packing.pack(settings, tmp_path / "own.zip")
    assert own.codebook
    mine = tmp_path / "mine.md"
    mine.write_text("What counts as what, with us.\n", encoding="utf-8")
    packing.pack(settings, tmp_path / "named.zip", codebook=mine)
    other = _other(tmp_path)
    packing.unpack(other, Quiet(), tmp_path / "named.zip", None)
    there = read_settings(workspace=other.workspace, environment={})
    assert there.config == (other.workspace / "label_config.xml").resolve()
    assert codebook_in_use(there) == mine.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        packing.pack(settings, tmp_path / "none.zip", codebook=tmp_path / "none.md")
    assert not (tmp_path / "none.zip").exists()


def test_a_workspace_with_labels_of_its_own_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    packing.pack(settings, tmp_path / "work.zip")
    other = _other(tmp_path)
    make_corpus(3, seed=5).freeze(other.snapshots)
    with pytest.raises(WorkspaceError, match="has labels of its own"):
        packing.unpack(other, Quiet(), tmp_path / "work.zip", None)


def _changed(content: bytes, change: Callable[[dict[str, bytes]], None], how: int = 0) -> bytes:
    """The archive with other members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, one in members.items():
            archive.writestr(name, one)
    return written.getvalue()


def _table(members: dict[str, bytes], **new: object) -> None:
    members["pack.json"] = json.dumps({**json.loads(members["pack.json"]), **new}).encode()


def _without_sentences(members: dict[str, bytes]) -> None:
    del members["snapshot/sentences.jsonl"]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "head": lambda content: b"PK",
    "cut": lambda content: content[:-100],
    "changed": lambda content: content.replace(b"sentence_id", b"sentence_ID", 1),
    "path": lambda content: _changed(content, lambda one: one.update({"../evil": b"x"})),
    "member gone": lambda content: _changed(content, _without_sentences),
    "no JSON": lambda content: _changed(content, lambda one: one.update({"pack.json": b"[1"})),
    "no object": lambda content: _changed(content, lambda one: one.update({"pack.json": b"[1]"})),
    "no id": lambda content: _changed(content, lambda one: _table(one, snapshot="../../etc")),
    "other id": lambda content: _changed(content, lambda one: _table(one, snapshot="0" * 16)),
    "model hidden": lambda content: _changed(content, lambda one: _table(one, model=None)),
    "later": lambda content: _changed(content, lambda one: _table(one, format=99)),
    "packed tightly": lambda content: _changed(content, lambda one: None, zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_was_changed_is_refused_and_nothing_is_written(
    settings: Settings, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    packing.pack(settings, tmp_path / "work.zip")
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(spoil((tmp_path / "work.zip").read_bytes()))
    other = _other(tmp_path)
    with pytest.raises(NewsledgerError):
        packing.unpack(other, Quiet(), spoilt, None)
    assert not list(other.snapshots.glob("*"))
    assert not (tmp_path / "evil").exists()


def test_there_is_something_to_pack(tmp_path: Path) -> None:
    with pytest.raises(NewsledgerError, match="There is no snapshot"):
        packing.pack(_other(tmp_path), tmp_path / "work.zip")
    assert not (tmp_path / "work.zip").exists()
