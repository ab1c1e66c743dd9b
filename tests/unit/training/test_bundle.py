from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn

from annotation.errors import ModelDamagedError, ModelError, ModelVersionError
from tests.corpus import make_corpus
from training import bundle
from training.bundle import (
    Model,
    champion_id,
    history,
    list_models,
    load_champion,
    load_model,
    promote,
    rollback,
    save_model,
)
from training.train import train

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Model:
    corpus = make_corpus(6, 8)
    return train(corpus.freeze(tmp_path_factory.mktemp("snapshots"), ("a00", "a01"))).model


@pytest.fixture
def models(tmp_path: Path, trained: Model) -> Path:
    """A folder with three models, the first of them champion."""
    for number in range(3):
        save_model(tmp_path, replace(trained, id=f"model{number}"))
    promote(tmp_path, "model0", reason="the first")
    return tmp_path


class Payload:
    """What an attacker would have unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_model_comes_back_and_says_the_same(models: Path, trained: Model) -> None:
    texts = ["The north saw clashes and about 300 civilians dead.", "Subscribe to the newsletter."]
    loaded = load_model(models / "model1")
    assert loaded.events is not None
    assert trained.events is not None
    assert loaded.claims is not None
    assert trained.claims is not None
    np.testing.assert_array_equal(
        loaded.events.predict_proba(texts), trained.events.predict_proba(texts)
    )
    scores = trained.events.predict_proba(texts)
    assert loaded.claims.predict(texts, scores) == trained.claims.predict(texts, scores)
    assert loaded.schema == trained.schema
    assert loaded.manifest["versions"]["scikit-learn"] == sklearn.__version__


def test_the_folder_explains_itself(models: Path) -> None:
    folder = models / "model1"
    card = (folder / "model_card.md").read_text()
    for heading in ("## Data", "## Figures", "## Limits"):
        assert heading in card
    assert "micro f1" in card
    manifest = json.loads((folder / "manifest.json").read_text())
    payload = (folder / "model.joblib").read_bytes()
    assert manifest["files"]["model.joblib"]["sha256"] == hashlib.sha256(payload).hexdigest()
    assert stat.S_IMODE((models / ".key").stat().st_mode) == 0o600


class TestRefusedBeforeAnythingIsUnpickled:
    """``joblib.load`` fails the test if it is so much as called, and nothing catches that."""

    @pytest.fixture(autouse=True)
    def unpickling_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            pytest.fail("unpickled")

        monkeypatch.setattr(joblib, "load", fail)

    @pytest.mark.parametrize("name", ["model.joblib", "manifest.json", "manifest.sig"])
    def test_a_truncated_file(self, models: Path, name: str) -> None:
        file = models / "model1" / name
        file.write_bytes(file.read_bytes()[:-30])
        with pytest.raises(ModelDamagedError, match="model1"):
            load_model(models / "model1")

    @pytest.mark.parametrize(
        "name", ["model.joblib", "manifest.json", "manifest.sig", "label_config.xml"]
    )
    def test_a_missing_file(self, models: Path, name: str) -> None:
        (models / "model1" / name).unlink()
        with pytest.raises(ModelDamagedError, match=name):
            load_model(models / "model1")

    @pytest.mark.parametrize("dump", [pickle.dump, joblib.dump], ids=["pickle", "joblib"])
    @pytest.mark.parametrize("trust", [False, True])
    def test_a_payload_whose_digest_stands_in_the_manifest(
        self, models: Path, tmp_path: Path, dump: object, trust: bool
    ) -> None:
        target = tmp_path / "pwned"
        buffer = io.BytesIO()
        dump({"events": Payload(target), "claims": None}, buffer)  # type: ignore[operator]
        content = buffer.getvalue()
        folder = models / "model1"
        (folder / "model.joblib").write_bytes(content)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["files"]["model.joblib"] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }
        (folder / "manifest.json").write_text(json.dumps(manifest))
        with pytest.raises(ModelDamagedError, match="not written by this workspace"):
            load_model(folder, trust=trust)
        assert not target.exists()

    def test_better_figures_than_were_measured(self, models: Path) -> None:
        file = models / "model1" / "manifest.json"
        file.write_text(
            file.read_text().replace('"measured_on": "holdout"', '"measured_on": "moon"')
        )
        with pytest.raises(ModelDamagedError):
            load_model(models / "model1")

    def test_a_model_under_another_name(self, models: Path) -> None:
        shutil.copytree(models / "model1", models / "model9")
        with pytest.raises(ModelDamagedError, match="does not describe"):
            load_model(models / "model9")

    def test_a_model_of_another_workspace(self, models: Path, trained: Model) -> None:
        save_model(models / "elsewhere", trained)
        shutil.move(models / "elsewhere" / trained.id, models / trained.id)
        with pytest.raises(ModelDamagedError) as caught:
            load_model(models / trained.id)
        assert ".key" in caught.value.hint

    def test_another_scikit_learn_unless_trusted(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bundle, "version", {"scikit-learn": "1.0.2"}.__getitem__)
        with pytest.raises(ModelVersionError) as caught:
            load_model(models / "model1")
        assert "--trust" in caught.value.hint
        assert "etrain" in caught.value.hint
        with pytest.raises(pytest.fail.Exception, match="unpickled"):
            load_model(models / "model1", trust=True)


def test_a_pickle_of_ours_that_is_no_model_is_refused(models: Path, trained: Model) -> None:
    save_model(models, replace(trained, id="odd", events={"not": "a classifier"}))  # type: ignore[arg-type]
    with pytest.raises(ModelDamagedError, match="something else"):
        load_model(models / "odd")


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
    assert first.figures["measured_on"] == "holdout"
    monkeypatch.setattr(bundle, "version", {"scikit-learn": "1.0.2"}.__getitem__)
    assert list_models(models)[0].state == "other version"
    (models / ".key").unlink()
    assert {one.state for one in list_models(models)} == {"damaged"}
    assert list_models(models / "nowhere") == ()


def test_listing_and_promoting_look_at_files_only(models: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from training import bundle;"
        "models = Path(sys.argv[1]); bundle.list_models(models);"
        "bundle.promote(models, 'model1', reason='better'); bundle.rollback(models);"
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
            rollback(tmp_path)

    def test_changes_the_champion_and_is_written_down(self, models: Path) -> None:
        promote(models, "model1", reason="better", forced_by="ann")
        champion = load_champion(models)
        assert champion is not None
        assert champion.id == "model1"
        last = history(models)[-1]
        assert (last.model, last.before, last.forced_by) == ("model1", "model0", "ann")
        assert (models / "current").resolve() == models / "model1"

    def test_rolling_back_goes_further_back_each_time(self, models: Path) -> None:
        promote(models, "model1", reason="better")
        promote(models, "model2", reason="better still")
        assert [rollback(models).model for _ in range(2)] == ["model1", "model0"]
        with pytest.raises(ModelError, match="none before"):
            rollback(models)
        assert champion_id(models) == "model0"

    def test_that_was_killed_after_its_line_misleads_nobody(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as killed:
            killed.setattr(bundle, "_point", lambda *_: None)
            promote(models, "model1", reason="killed")
        promote(models, "model2", reason="after it")
        assert rollback(models).model == "model0"

    def test_passes_over_a_torn_line(self, models: Path) -> None:
        with (models / "history.jsonl").open("a") as file:
            file.write('{"at": "2026')
        promote(models, "model1", reason="better")
        assert [act.model for act in history(models)] == ["model0", "model1"]

    @pytest.mark.parametrize("name", ["", "..", "current", "nothing", "../models/model1"])
    def test_of_what_is_no_model_is_refused(self, models: Path, name: str) -> None:
        with pytest.raises(ModelError, match="no model"):
            promote(models, name, reason="")

    def test_of_a_damaged_model_leaves_the_champion(self, models: Path) -> None:
        (models / "model1" / "model.joblib").write_bytes(b"")
        with pytest.raises(ModelDamagedError):
            promote(models, "model1", reason="")
        assert champion_id(models) == "model0"
