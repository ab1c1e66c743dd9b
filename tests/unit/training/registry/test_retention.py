"""What pruning keeps: all that a rollback leads to, and what was made last."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from annotation.errors import ModelError
from tests.rollbacks import roll_back
from training.model import Model
from training.registry import rollback
from training.registry.champion import champion_id, list_models, newest_id, set_champion
from training.registry.retention import PrunedModels, prune_models
from training.registry.rollback import begin_rollback
from training.registry.store import load_model, model_folders, save_model


@pytest.fixture
def many(models: Path, trained: Model) -> Path:
    """Nine models: 0, 3 and 5 were champion in turn, the others were refused."""
    for number in range(3, 9):
        manifest = {**trained.manifest, "snapshot": f"{number:016x}"}
        save_model(models, replace(trained, id=f"model{number}", manifest=manifest))
        if number in (3, 5):
            set_champion(models, f"model{number}", reason="better")
    return models


def names(models: Path) -> list[str]:
    return [path.name for path in model_folders(models)]


def test_the_line_and_the_last_stay_and_say_which_snapshots_they_need(many: Path) -> None:
    pruned = prune_models(many, last=2)
    assert pruned.removed == ("model1", "model2", "model4", "model6")
    assert pruned.kept == ("model0", "model3", "model5", "model7", "model8")
    assert list(pruned.kept) == names(many)
    assert pruned.freed > 4 * 10_000
    assert pruned.snapshots == {f"{number:016x}" for number in (3, 5, 7, 8)}
    assert [roll_back(many).goal for _ in range(2)] == ["model3", "model0"]
    assert load_model(many / "model0").id == "model0"


def test_nothing_goes_that_a_dry_run_does_not_name_and_nothing_by_it(many: Path) -> None:
    before = names(many)
    said = prune_models(many, last=1, dry_run=True)
    assert names(many) == before
    assert prune_models(many, last=1) == said
    assert prune_models(many, last=1) == replace(said, removed=(), freed=0)


def test_what_a_rollback_leads_to_or_just_left_stays(many: Path) -> None:
    begin_rollback(many, reason="bad")  # and killed before anybody was shown its suggestions
    assert champion_id(many) == "model3"
    assert {"model0", "model3", "model5"} <= set(prune_models(many, last=1).kept)
    rollback.finish_rollback(many)
    assert "model3" in prune_models(many, last=1).kept
    assert "model5" not in names(many)  # nobody goes back to it, and later models were made


class Killed(BaseException):
    """Stands for SIGKILL."""


@pytest.mark.parametrize("before_it", ["mkdtemp", "rename", "rmtree"])
def test_a_prune_that_was_killed_is_finished_by_the_next(many: Path, before_it: str) -> None:
    left = 2

    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    def counted(real: Any) -> Any:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            return real(*arguments, **options) if left else kill()

        return step

    owner, name = {
        "mkdtemp": (tempfile, "mkdtemp"),
        "rename": (Path, "rename"),
        "rmtree": (shutil, "rmtree"),
    }[before_it]
    with patch.object(owner, name, counted(getattr(owner, name))), pytest.raises(Killed):
        prune_models(many, last=2)
    assert {one.state for one in list_models(many)} == {"ok"}
    prune_models(many, last=2)
    assert names(many) == ["model0", "model3", "model5", "model7", "model8"]
    assert not list(many.glob(".removed*"))


def test_a_history_that_is_lost_keeps_everything(many: Path) -> None:
    (many / "history.jsonl").write_text("", encoding="utf-8")
    before = names(many)
    with pytest.raises(ModelError, match="does not name the champion model5"):
        prune_models(many, last=2)
    assert names(many) == before


def test_what_is_no_model_is_left_alone(many: Path) -> None:
    (many / "notes").mkdir()
    (many / "notes" / "mine.txt").write_text("of 2026", encoding="utf-8")
    prune_models(many, last=1)
    assert (many / "notes" / "mine.txt").exists()
    assert prune_models(many / "nowhere", last=1) == PrunedModels((), 0, (), frozenset())


def test_the_last_is_what_was_made_last_whatever_the_clock_said(
    models: Path, trained: Model
) -> None:
    for name in ("20990101T000000000Z-aaaaaaaa", "20260101T000000000Z-bbbbbbbb"):
        save_model(models, replace(trained, id=name))
        assert newest_id(models) == name
    save_model(models, replace(trained, id="19700101T000000000Z-cccccccc"))
    pruned = prune_models(models, last=2)
    assert pruned.kept[-2:] == ("20260101T000000000Z-bbbbbbbb", "19700101T000000000Z-cccccccc")
    assert "20990101T000000000Z-aaaaaaaa" in pruned.removed


def test_a_manifest_that_cannot_be_read_keeps_its_place(models: Path) -> None:
    (models / "model2" / "manifest.json").write_bytes(b"{")
    assert newest_id(models) == "model2"
