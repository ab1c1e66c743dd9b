"""A workspace that is damaged: one sentence, exit 1, nothing damaged is used, nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import XML
from tests.unit.newsledger.conftest import Run
from tests.unit.newsledger.refusals import (
    assert_refused,
    champion_of,
    contents,
    refused_model,
)
from tests.unit.newsledger.test_any_schema import CHOICES, config, export
from training.registry.files.signing import write_signed


def truncate(model: Path) -> None:
    file = model / "model.joblib"
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(model: Path) -> None:
    content = bytearray((model / "model.joblib").read_bytes())
    content[len(content) // 2] ^= 1
    (model / "model.joblib").write_bytes(content)


def half_write(model: Path) -> None:
    """As a tool that copies file by file leaves it when it is stopped."""
    for name in ("manifest.json", "manifest.sig", "label_config.xml"):
        (model / name).unlink()


def change_the_schema(model: Path) -> None:
    (model / "label_config.xml").write_text(XML.replace("truce", "peace") + " ", encoding="utf-8")


def change_the_manifest(model: Path) -> None:
    file = model / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8").replace("0.", "0.9"), encoding="utf-8")


def lose_the_files(model: Path) -> None:
    shutil.rmtree(model)
    model.mkdir()


def make_by_another_version(model: Path) -> None:
    """The same model with another version in its manifest, signed as that newsledger signed it."""
    manifest: dict[str, Any] = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    manifest["versions"]["scikit-learn"] = "1.2.2"
    files = {name: (model / name).read_bytes() for name in manifest["files"]}
    shutil.rmtree(model)
    write_signed(model, files, manifest, beside={})


DAMAGES: dict[Callable[[Path], None], tuple[str, str]] = {
    truncate: ("model.joblib has ", "damaged"),
    flip_a_bit: ("model.joblib was changed", "damaged"),
    half_write: ("manifest.json is missing", "damaged"),
    change_the_schema: ("label_config.xml ", "damaged"),
    change_the_manifest: ("was not written by this workspace, or was changed since", "damaged"),
    lose_the_files: ("manifest.json is missing", "damaged"),
    make_by_another_version: ("was made by scikit-learn 1.2.2; installed is", "other version"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_is_never_used_and_the_champion_stays(
    newsledger: Run, workspace: Path, good: str, damage: Callable[[Path], None]
) -> None:
    said, state = DAMAGES[damage]
    other, champion = refused_model(workspace), champion_of(workspace)
    damage(other)
    for command in (
        ("predict", good, "--model", other.name),
        ("evaluate", "--model", other.name),
        ("promote", other.name),
    ):
        assert_refused(newsledger(*command), other.name, said)
    assert champion_of(workspace) == champion
    assert json.loads(newsledger("predict", good).out)["model"] == champion.name
    listed = json.loads(newsledger("models", "--json").out)["models"]
    assert {one["id"]: one["state"] for one in listed} == {champion.name: "ok", other.name: state}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_champion_is_named_and_every_way_out_works(
    newsledger: Run, tmp_path: Path, workspace: Path, good: str, damage: Callable[[Path], None]
) -> None:
    said, _ = DAMAGES[damage]
    first, second = champion_of(workspace), refused_model(workspace)
    newsledger("promote", second.name)
    damage(second)
    (tmp_path / "rows.jsonl").write_text("former", encoding="utf-8")
    assert_refused(newsledger("predict", good, "--out", "rows.jsonl"), second.name, said)
    assert (tmp_path / "rows.jsonl").read_text(encoding="utf-8") == "former"
    found = json.loads(newsledger("doctor", "--json").out)
    assert any(said in problem for problem in found["problems"])
    assert newsledger("rollback").code == 0
    assert json.loads(newsledger("predict", good).out)["model"] == first.name


def test_a_damaged_champion_does_not_keep_a_new_model_from_being_trained(
    newsledger: Run, workspace: Path, good: str
) -> None:
    champion = champion_of(workspace)
    truncate(champion)
    snapshot = next((workspace / "snapshots").iterdir())
    done = newsledger("train", "--labels", str(snapshot), "--promote", "--json")
    assert done.code == 1
    assert sum(champion.name in line for line in done.err.splitlines()) == 1
    made = json.loads(done.out)
    assert made["promoted"]
    assert json.loads(newsledger("predict", good).out)["model"] == made["model"]


def test_a_model_of_another_version_is_loaded_by_who_insists(
    newsledger: Run, workspace: Path, good: str
) -> None:
    make_by_another_version(champion_of(workspace))
    assert_refused(newsledger("predict", good), "1.2.2")
    assert newsledger("predict", good, "--trust").code == 0


SNAPSHOTS: dict[str, Callable[[bytes], bytes]] = {
    "manifest.json": lambda content: content[: len(content) // 2],
    "sentences.jsonl": lambda content: content[:-40],
    "annotations.jsonl": lambda content: content.replace(b"fight", b"night"),
    "label_config.xml": lambda content: content + b" ",
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_damaged_snapshot_is_refused_and_nothing_is_learnt_from_it(
    newsledger: Run, workspace: Path, name: str
) -> None:
    champion = json.loads((champion_of(workspace) / "manifest.json").read_text(encoding="utf-8"))
    file = workspace / "snapshots" / champion["snapshot"] / name
    file.write_bytes(SNAPSHOTS[name](file.read_bytes()))
    before = contents(workspace)
    for command in (
        ("train", "--labels", str(file.parent), "--promote"),
        ("evaluate", "--labels", str(file.parent)),
        ("evaluate",),
    ):
        assert_refused(newsledger(*command), f"{file.parent.name}/{name}")
    assert contents(workspace) == before


@pytest.mark.slow
def test_a_snapshot_that_is_damaged_is_written_anew_from_its_export(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    command = ("train", "--labels", "mine.json", "--config", "mine.xml", "--group-by", "story")
    newsledger(*command)
    (snapshot,) = (tmp_path / "workspace" / "snapshots").iterdir()
    before = contents(snapshot)
    (snapshot / "sentences.jsonl").write_bytes(b"")
    assert newsledger(*command).code == 0
    assert contents(snapshot) == before


@pytest.mark.parametrize("name", ["project.json", "picked.json"])
def test_state_that_is_damaged_is_named_and_never_overwritten(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    (workspace / name).write_text('{"torn', encoding="utf-8")
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    arguments = () if name == "project.json" else ("--config", "mine.xml")
    assert_refused(newsledger("train", "--labels", "mine.json", *arguments), f"workspace/{name}")
    assert (workspace / name).read_text(encoding="utf-8") == '{"torn'


def test_a_workspace_that_is_no_folder_is_refused(newsledger: Run, good: str) -> None:
    for place in (good, f"{good}/below"):
        done = newsledger("--workspace", place, "models")
        assert_refused(done, f"{place} is not a folder.")


def test_a_lock_that_is_not_ours_is_named(newsledger: Run, workspace: Path) -> None:
    """What a folder of somebody else's does; root may write everywhere, but not to a folder."""
    lock = workspace / "models" / ".lock"
    lock.unlink()
    lock.mkdir()
    champion = champion_of(workspace)
    done = newsledger("promote", refused_model(workspace).name)
    assert_refused(done, "models/.lock cannot be written")
    assert champion_of(workspace) == champion
