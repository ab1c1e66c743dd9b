"""A model goes to another workspace in one file, and only for who knows its fingerprint."""

from __future__ import annotations

import hashlib
import io
import json
import os
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import pytest

from annotation.errors import ModelDamagedError, ModelError, ModelVersionError, WorkspaceError
from training.registry.champion import champion_id, list_models, set_champion
from training.registry.files.signing import MANIFEST
from training.registry.handover import HandedOver, export_model, import_model
from training.registry.store import CONFIG, FORMAT, PAYLOAD, load_model

Members = list[tuple[str, bytes]]


@pytest.fixture
def file(models: Path, tmp_path: Path) -> Path:
    return tmp_path / "handed" / "model.zip"


@pytest.fixture
def exported(models: Path, file: Path) -> HandedOver:
    return export_model(models / "model1", file)


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The models of another workspace, with a key of its own."""
    return tmp_path / "theirs" / "models"


@pytest.fixture
def unpickling_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joblib, "load", lambda *_: pytest.fail("unpickled"))


def left_in(folder: Path) -> list[str]:
    """What is there, but for the key."""
    found = [str(path.relative_to(folder)) for path in folder.rglob("*")] if folder.exists() else []
    return [name for name in found if name != ".key"]


def test_a_model_arrives_as_it_was_under_another_key(
    models: Path, file: Path, exported: HandedOver, theirs: Path
) -> None:
    assert exported.fingerprint == hashlib.sha256(file.read_bytes()).hexdigest()
    taken = import_model(theirs, file, exported.fingerprint)
    assert (taken.id, taken.new) == ("model1", True)
    assert (theirs / ".key").read_bytes() != (models / ".key").read_bytes()
    mine, other = load_model(models / "model1"), load_model(theirs / "model1")
    kept = {key: one for key, one in other.manifest.items() if key != "handed_over"}
    assert {**kept, "number": 2} == mine.manifest
    assert kept["number"] == 1  # the first that was made or taken there
    assert other.manifest["handed_over"] == {"fingerprint": exported.fingerprint}
    texts = ["The north saw clashes and about 300 civilians dead."]
    assert mine.events is not None
    assert other.events is not None
    assert (mine.events.predict_proba(texts) == other.events.predict_proba(texts)).all()


def test_the_same_model_makes_the_same_file_from_either_workspace(
    models: Path, file: Path, exported: HandedOver, theirs: Path, tmp_path: Path
) -> None:
    import_model(theirs, file, exported.fingerprint)
    for number, path in enumerate((models / "model1", theirs / "model1")):
        again = export_model(path, tmp_path / f"{number}.zip")
        assert again.fingerprint == exported.fingerprint


def test_an_import_run_again_changes_nothing(
    file: Path, exported: HandedOver, theirs: Path
) -> None:
    import_model(theirs, file, exported.fingerprint)
    before = (theirs / "model1" / "manifest.sig").read_bytes()
    assert not import_model(theirs, file, exported.fingerprint).new
    assert (theirs / "model1" / "manifest.sig").read_bytes() == before
    assert [one.id for one in list_models(theirs)] == ["model1"]


@pytest.mark.usefixtures("unpickling_is_an_error")
def test_an_import_never_unpickles(file: Path, exported: HandedOver, theirs: Path) -> None:
    import_model(theirs, file, exported.fingerprint)
    import_model(theirs, file, exported.fingerprint)
    assert champion_id(theirs) is None
    set_champion(theirs, "model1", reason="asked for")


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda told: f" {told} \n",
        lambda told: " ".join(told[n : n + 4] for n in range(0, 64, 4)),
    ],
    ids=["upper", "around", "between"],
)
def test_a_fingerprint_may_be_written_as_people_read_it_out(
    file: Path, exported: HandedOver, theirs: Path, spell: Callable[[str], str]
) -> None:
    assert import_model(theirs, file, spell(exported.fingerprint)).new


@pytest.mark.parametrize(
    "told", ["", "yes", "0" * 63, "0" * 65, "g" * 64, "０" * 64, "sha256:" + "0" * 64]
)
def test_what_is_no_fingerprint_is_told_from_a_wrong_one(
    file: Path, exported: HandedOver, theirs: Path, told: str
) -> None:
    with pytest.raises(ModelError, match="is not a fingerprint"):
        import_model(theirs, file, told)
    assert left_in(theirs) == []


def test_nothing_is_interpreted_before_the_fingerprint_is_given(
    file: Path, exported: HandedOver, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_, **__: pytest.fail("opened"))
    monkeypatch.setattr(json, "loads", lambda *_: pytest.fail("parsed"))
    with pytest.raises(ModelError, match="is not the file whose fingerprint") as refused:
        import_model(theirs, file, "0" * 64)
    assert exported.fingerprint in refused.value.message
    assert left_in(theirs) == []


def test_one_byte_changed_on_the_way_is_seen(
    file: Path, exported: HandedOver, theirs: Path
) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ModelError, match="is not the file"):
        import_model(theirs, file, exported.fingerprint)


# ---------------------------------------------------- files with the fingerprint, yet no model


def packed(members: Members, how: int = zipfile.ZIP_STORED) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two members of one name
        with zipfile.ZipFile(written, "w", how) as archive:
            for name, content in members:
                archive.writestr(name, content)
    return written.getvalue()


def without(members: Members, name: str) -> Members:
    return [one for one in members if one[0] != name]


def saying(**changes: Any) -> Callable[[Members], bytes]:
    """The same file with another manifest; None takes a key away."""

    def change(members: Members) -> bytes:
        manifest = json.loads(dict(members)[MANIFEST]) | changes
        told = {key: one for key, one in manifest.items() if one is not None}
        return packed([*without(members, MANIFEST), (MANIFEST, json.dumps(told).encode())])

    return change


NO_MODEL: dict[str, Callable[[Members], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"no archive",
    "empty archive": lambda _: packed([]),
    "cut": lambda members: packed(members)[:-40],
    "a member too many": lambda members: packed([*members, ("more", b"")]),
    "a path": lambda members: packed([*members, ("../../current", b"x")]),
    "an absolute path": lambda members: packed([*members, ("/tmp/x", b"x")]),
    "renamed": lambda members: packed([(f"./{name}", one) for name, one in members]),
    "twice": lambda members: packed([*members, members[0]]),
    "compressed": lambda members: packed(members, zipfile.ZIP_DEFLATED),
    "without schema": lambda members: packed(without(members, CONFIG)),
    "another payload": lambda members: packed([*without(members, PAYLOAD), (PAYLOAD, b"other")]),
    "another schema": lambda members: packed([*without(members, CONFIG), (CONFIG, b"<View/>")]),
    "no JSON": lambda members: packed([*without(members, MANIFEST), (MANIFEST, b"{")]),
    "a list": lambda members: packed([*without(members, MANIFEST), (MANIFEST, b"[]")]),
    "deep": lambda members: packed([*without(members, MANIFEST), (MANIFEST, b"[" * 100_000)]),
    "bytes": lambda members: packed([*without(members, MANIFEST), (MANIFEST, b"\xff")]),
    "id is a path": saying(id="../x"),
    "id is the link": saying(id="current"),
    "id is hidden": saying(id=".key"),
    "id is empty": saying(id=""),
    "id is a number": saying(id=7),
    "no id": saying(id=None),
    "no weights": saying(weights=None),
    "files are a list": saying(files=[]),
    "files are none": saying(files={}),
    "versions are a list": saying(versions=[]),
    "versions are numbers": saying(versions={"scikit-learn": 1}),
    "metrics are a list": saying(metrics=[]),
    "schema of another": saying(schema="0" * 16),
}


@pytest.mark.usefixtures("unpickling_is_an_error")
@pytest.mark.parametrize("kind", NO_MODEL)
def test_what_is_no_model_is_refused_and_leaves_nothing(
    file: Path, exported: HandedOver, theirs: Path, kind: str
) -> None:
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    file.write_bytes(NO_MODEL[kind](members))
    fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(ModelDamagedError, match=r"is not a model that newsledger exported: .+\."):
        import_model(theirs, file, fingerprint)
    assert left_in(theirs.parent) == []


@pytest.mark.parametrize(
    ("changes", "way_out"),
    [
        ({"format": FORMAT + 1}, "same newsledger"),
        ({"versions": {"scikit-learn": "0.1.0"}}, "scikit-learn on both sides"),
    ],
)
def test_a_model_of_other_versions_is_refused_with_the_way_out(
    file: Path, exported: HandedOver, theirs: Path, changes: dict[str, Any], way_out: str
) -> None:
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    file.write_bytes(saying(**changes)(members))
    with pytest.raises(ModelVersionError) as refused:
        import_model(theirs, file, hashlib.sha256(file.read_bytes()).hexdigest())
    assert way_out in refused.value.hint
    assert left_in(theirs) == []


def test_another_model_of_the_id_is_not_replaced(
    file: Path, exported: HandedOver, theirs: Path
) -> None:
    import_model(theirs, file, exported.fingerprint)
    (theirs / "model1" / PAYLOAD).write_bytes(b"damaged")
    with pytest.raises(ModelError, match="There is another model1"):
        import_model(theirs, file, exported.fingerprint)
    assert (theirs / "model1" / PAYLOAD).read_bytes() == b"damaged"


def test_files_that_cannot_be_read_or_written_are_named(
    models: Path, file: Path, theirs: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (file, tmp_path, tmp_path / "pipe"):
        with pytest.raises(ModelError, match="cannot be read"):
            import_model(theirs, path, "0" * 64)
    (tmp_path / "in the way").write_text("")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        export_model(models / "model1", tmp_path / "in the way" / "model.zip")


def test_what_this_workspace_does_not_vouch_for_is_not_handed_on(models: Path, file: Path) -> None:
    payload = models / "model1" / PAYLOAD
    payload.write_bytes(payload.read_bytes() + b"x")
    with pytest.raises(ModelDamagedError):
        export_model(models / "model1", file)
    assert not file.exists()
