"""The champion changes in one step, every step is written down, and it can go back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotation.errors import ModelDamagedError, ModelError
from tests.rollbacks import roll_back
from training.registry import champion, store
from training.registry.champion import (
    champion_id,
    list_models,
    load_champion,
    set_champion,
)
from training.registry.history import history

REPOSITORY = Path(__file__).parents[4]


def test_the_list_shows_what_is_wrong_and_never_raises(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (models / "model1" / "model.joblib").write_bytes(b"half")
    shutil.rmtree(models / "model2")
    (models / "model2").mkdir()
    states = {one.id: one.state for one in list_models(models)}
    assert states == {"model0": "ok", "model1": "damaged", "model2": "damaged"}
    first = list_models(models)[0]
    assert first.champion
    assert first.promoted_at
    assert first.figures["measured_on"] == "own articles"
    monkeypatch.setattr(store, "version", {"scikit-learn": "1.0.2"}.__getitem__)
    assert list_models(models)[0].state == "other version"
    (models / ".key").unlink()
    assert {one.state for one in list_models(models)} == {"damaged"}
    assert list_models(models / "nowhere") == ()


def test_listing_and_promoting_look_at_files_only(models: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from training.registry import champion, rollback;"
        "models = Path(sys.argv[1]); champion.list_models(models);"
        "champion.set_champion(models, 'model1', reason='better'); "
        "rollback.begin_rollback(models, reason='bad'); rollback.finish_rollback(models);"
        "print([m for m in ('sklearn', 'numpy', 'scipy', 'joblib') if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script, models],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"
    assert [act.act for act in history(models)] == ["promote", "promote", "rollback"]


class TestPromotion:
    def test_there_is_none_at_first(self, tmp_path: Path) -> None:
        assert champion_id(tmp_path) is None
        assert load_champion(tmp_path) is None
        with pytest.raises(ModelError, match="no champion"):
            roll_back(tmp_path)

    def test_changes_the_champion_and_is_written_down(self, models: Path) -> None:
        set_champion(models, "model1", reason="better", forced_by="ann")
        now = load_champion(models)
        assert now is not None
        assert now.id == "model1"
        last = history(models)[-1]
        assert (last.model, last.before, last.forced_by) == ("model1", "model0", "ann")
        assert (models / "current").resolve() == models / "model1"

    def test_never_leaves_a_moment_without_a_champion(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replaced, seen = Path.replace, []

        def watch(self: Path, target: Path) -> Path:
            seen.append(champion_id(models))
            return replaced(self, target)

        monkeypatch.setattr(Path, "replace", watch)
        set_champion(models, "model1", reason="better")
        assert seen == ["model0"]
        assert champion_id(models) == "model1"

    def test_rolling_back_goes_further_back_each_time(self, models: Path) -> None:
        set_champion(models, "model1", reason="better")
        set_champion(models, "model2", reason="better still")
        assert [roll_back(models).goal for _ in range(2)] == ["model1", "model0"]
        with pytest.raises(ModelError, match="none before"):
            roll_back(models)
        assert champion_id(models) == "model0"

    def test_that_was_killed_after_its_line_misleads_nobody(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as killed:
            killed.setattr(champion, "_point", lambda *_: None)
            set_champion(models, "model1", reason="killed")
        set_champion(models, "model2", reason="after it")
        assert roll_back(models).goal == "model0"

    def test_passes_over_a_torn_line(self, models: Path) -> None:
        with (models / "history.jsonl").open("a") as file:
            file.write('{"at": "2026')
        set_champion(models, "model1", reason="better")
        assert [act.model for act in history(models)] == ["model0", "model1"]

    @pytest.mark.parametrize("name", ["", "..", "current", "nothing", "../models/model1"])
    def test_of_what_is_no_model_is_refused(self, models: Path, name: str) -> None:
        with pytest.raises(ModelError, match="no model"):
            set_champion(models, name, reason="")

    def test_of_a_damaged_model_leaves_the_champion(self, models: Path) -> None:
        (models / "model1" / "model.joblib").write_bytes(b"")
        with pytest.raises(ModelDamagedError):
            set_champion(models, "model1", reason="")
        assert champion_id(models) == "model0"
