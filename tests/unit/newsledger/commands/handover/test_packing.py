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
from annotation.labelstudio.export_json.export import Export
from newsledger.commands.handover import packing
from newsledger.commands.learning import models, offline
from newsledger.commands.state.codebooks import codebook_in_use
from newsledger.ledger.incidents.pair_decisions import (
    PairDecision,
    StoredDecision,
    read_decisions,
    write_decisions,
)
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings, write_state
from tests.corpus import make_corpus
from training.registry.files.archives import fingerprint_of


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


@pytest.mark.slow
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


def test_labels_that_only_training_saw_are_not_packed(settings: Settings, tmp_path: Path) -> None:
    other, corpus = _other(tmp_path), make_corpus(3)
    export = Export(corpus.sentences, corpus.annotations, (), {})
    pulled = offline.freeze(other, Quiet(), export, corpus.schema, pulled=True)
    with_seeds = make_corpus(5).freeze(other.snapshots)
    assert packing.pack(other, tmp_path / "work.zip").snapshot == pulled.id
    named = packing.pack(other, tmp_path / "named.zip", snapshot=with_seeds.id)
    assert named.snapshot == with_seeds.id


@pytest.mark.slow
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


DECIDED = StoredDecision(
    PairDecision("s1", "s2", "same", "ann", "2026-01-01T10:00:00Z", "one raid")
)


def _decided(settings: Settings, tmp_path: Path) -> Path:
    """A file of the same work, with a decision on two reports."""
    write_decisions(settings.decisions, [DECIDED])
    packing.pack(settings, tmp_path / "decided.zip")
    settings.decisions.unlink()
    return tmp_path / "decided.zip"


def test_decisions_on_pairs_go_along_and_replace_none(settings: Settings, tmp_path: Path) -> None:
    file, other = _decided(settings, tmp_path), _other(tmp_path)
    assert "decisions.json" in packing.unpack(other, Quiet(), file, None).files
    assert read_decisions(other.decisions) == (DECIDED,)
    later = StoredDecision(PairDecision("s3", "s4", "different", "bob", "2026-01-02T10:00:00Z"))
    write_decisions(other.decisions, [DECIDED, later])
    assert "decisions.json" not in packing.unpack(other, Quiet(), file, None).files
    assert read_decisions(other.decisions) == (DECIDED, later)


def test_damaged_decisions_are_neither_packed_nor_unpacked(
    settings: Settings, tmp_path: Path
) -> None:
    content = _decided(settings, tmp_path).read_bytes()
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(_changed(content, _with_foreign_decisions))
    other = _other(tmp_path)
    with pytest.raises(InputError, match="decisions on pairs"):
        packing.unpack(other, Quiet(), spoilt, None)
    assert not other.workspace.exists()
    settings.decisions.write_text("damaged")
    with pytest.raises(WorkspaceError, match=r"decisions\.json"):
        packing.pack(settings, tmp_path / "damaged.zip")
    settings.decisions.unlink()


def _with_foreign_decisions(members: dict[str, bytes]) -> None:
    members["decisions.json"] = b'{"format": 1, "pairs": [3]}'
    files = json.loads(members["pack.json"])["files"]
    one = members["decisions.json"]
    files["decisions.json"] = {"sha256": fingerprint_of(one), "bytes": len(one)}
    _table(members, files=files)


@pytest.mark.parametrize("name", ["label_config.xml", "codebook.md", "model_card.md"])
def test_what_the_workspace_has_of_its_own_is_not_overwritten(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    packing.pack(settings, tmp_path / "work.zip")
    other = _other(tmp_path)
    other.workspace.mkdir()
    (other.workspace / name).write_text("mine")
    with pytest.raises(WorkspaceError, match=name) as caught:
        packing.unpack(other, Quiet(), tmp_path / "work.zip", None)
    assert "--workspace" in caught.value.hint
    assert [one.name for one in other.workspace.iterdir()] == [name]
    assert (other.workspace / name).read_text() == "mine"


@pytest.mark.parametrize("state", [{"own": 3}, {"config": "/elsewhere/label_config.xml"}])
def test_a_workspace_with_a_project_of_its_own_is_left_alone(
    settings: Settings, tmp_path: Path, state: dict[str, object]
) -> None:
    packing.pack(settings, tmp_path / "work.zip")
    other = _other(tmp_path)
    other.workspace.mkdir()
    write_state(other.project, state)
    with pytest.raises(WorkspaceError, match="has a project of its own"):
        packing.unpack(other, Quiet(), tmp_path / "work.zip", None)
    assert [one.name for one in other.workspace.iterdir()] == ["project.json"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_comes_twice_or_is_none_of_ours_is_refused_unread(
    settings: Settings, tmp_path: Path
) -> None:
    packing.pack(settings, tmp_path / "work.zip")
    content = (tmp_path / "work.zip").read_bytes()
    for name in ("codebook.md", "evil"):
        file = tmp_path / f"more-{name}.zip"
        file.write_bytes(content)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, b"not to be read" if name == "evil" else archive.read(name))
        # Whoever reads it finds that its digest is another.
        file.write_bytes(file.read_bytes().replace(b"not to be read", b"not to be seen"))
        with pytest.raises(InputError, match="parts"):
            packing.unpack(_other(tmp_path), Quiet(), file, None)


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
