"""The layout of a workspace has a number, and a workspace that was kept goes on loading."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotation.articles.pushed_sentences import PushedSentences
from annotation.dataset.snapshot import read_snapshot
from annotation.errors import WorkspaceError
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.workspace import WORKSPACE, WORKSPACE_FORMAT, settle_workspace, workspace_id
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.conftest import Run
from training.active_learning.queue import read_picked
from training.registry.history import history

KEPT = sorted((Path(__file__).parents[2] / "kept").glob("workspace-*"))
ARTICLE = "1a51d3d539e0e6d3"


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A workspace that an earlier newsledger left: an article pushed, two sentences labelled."""
    folder = tmp_path / "kept"
    shutil.copytree(request.param, folder)
    return read_settings(workspace=folder, environment={})


def test_there_is_a_kept_workspace_of_each_format() -> None:
    assert [one.name for one in KEPT] == [f"workspace-{n + 1}" for n in range(WORKSPACE_FORMAT)]


def test_a_kept_workspace_goes_on_loading(kept: Settings) -> None:
    assert workspace_id(kept.workspace) == "5eed0a01"
    assert project.known(kept) == 1
    (folder,) = kept.snapshots.iterdir()
    snapshot = read_snapshot(folder)
    assert len(snapshot.annotations) == 2
    assert len(read_picked(kept.picked, snapshot.annotations)) == 2
    assert {one.article_id for one in snapshot.sentences} == {ARTICLE}
    assert [act.act for act in history(kept.models)] == ["promote", "promote"]
    first, *_ = snapshot.sentences
    memory = PushedSentences(kept.workspace / "pushed" / "own-1.json")
    known = memory.add(type(first)("another", "another", 0, 0, len(first.text), first.text))
    assert known is not None
    assert known.shown_id == first.id


def test_a_kept_workspace_finds_its_project_and_adds_nothing_twice(
    kept: Settings, tmp_path: Path
) -> None:
    from training.model import untrained_model

    schema = read_schema(kept.config)
    (article := tmp_path / "article.txt").write_text("Seven airstrikes hit Sake on Monday.\n")
    with LabelStudio(URL, TOKEN, transport=FakeStudio()) as studio:
        made = studio.ensure_project("newsledger", schema, owner="5eed0a01")
        ours = project.find(kept, studio, schema)
        assert (ours.id, made.id) == (1, 1)
        pushed = pushing.push_into(Quiet(), ours, untrained_model(schema), [str(article)])
    assert (pushed.created, pushed.same_as_another) == (0, 1)


def test_a_workspace_of_a_later_newsledger_is_refused_in_one_sentence_by_every_verb(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "workspace").mkdir()
    later = json.dumps({"format": WORKSPACE_FORMAT + 1, "id": {"of": "another kind"}})
    (tmp_path / "workspace" / WORKSPACE).write_text(later)
    for verb in (["models"], ["doctor"], ["pull"], ["promote", "latest"], ["predict", "x.txt"]):
        done = newsledger(*verb)
        assert done.code == 1
        assert "reads up to" in done.err
        assert "Update newsledger." in done.err
        assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize("named", ["", 7, None, "a b", "x. Workspace y", ["a"]])
def test_an_id_that_names_nothing_is_refused_with_where_it_stands(
    tmp_path: Path, named: object
) -> None:
    text = json.dumps({"format": 1, "id": named})
    (tmp_path / WORKSPACE).write_text(text)
    with pytest.raises(WorkspaceError, match=r"names no id .*description of the workspace's proj"):
        settle_workspace(tmp_path)
    assert (tmp_path / WORKSPACE).read_text() == text


def test_the_id_is_drawn_once(tmp_path: Path) -> None:
    assert workspace_id(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()
    first = settle_workspace(tmp_path / "one")
    assert settle_workspace(tmp_path / "one", known="other") == first
    assert first != settle_workspace(tmp_path / "two")
    assert settle_workspace(tmp_path / "three", known="abc") == "abc"


def test_training_alone_makes_a_workspace_with_a_number(newsledger: Run, tmp_path: Path) -> None:
    labels = tmp_path / "labels.json"
    labels.write_text("[]")
    newsledger("train", "--labels", str(labels))
    assert workspace_id(tmp_path / "workspace") is not None
