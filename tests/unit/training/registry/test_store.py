from __future__ import annotations

import copy
import hashlib
import io
import json
import os
import pickle
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn

from annotation.errors import ModelDamagedError, ModelVersionError
from training.events.classifier import EventClassifier
from training.model import Model
from training.registry import store
from training.registry.champion import list_models
from training.registry.store import load_model, save_model


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
            file.read_text().replace('"measured_on": "own articles"', '"measured_on": "moon"')
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
        assert "models export" in caught.value.hint

    def test_another_scikit_learn_unless_trusted(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "version", {"scikit-learn": "1.0.2"}.__getitem__)
        with pytest.raises(ModelVersionError) as caught:
            load_model(models / "model1")
        assert "--trust" in caught.value.hint
        assert "etrain" in caught.value.hint
        with pytest.raises(pytest.fail.Exception, match="unpickled"):
            load_model(models / "model1", trust=True)


def test_a_pickle_of_ours_that_is_no_model_is_refused(models: Path, trained: Model) -> None:
    save_model(models, replace(trained, id="odd", events={"not": "a classifier"}))  # type: ignore[arg-type]
    with pytest.raises(ModelDamagedError, match="something other"):
        load_model(models / "odd")


class TestMadeByAnotherStateOfTheCode:
    """The pickle is ours and loads; whether the classes still understand it, shows in use."""

    @pytest.mark.parametrize("attribute", ["coef_", "prior_", "thresholds_", "vectorizer_"])
    @pytest.mark.parametrize("trust", [False, True])
    def test_what_cannot_predict_is_refused_when_it_is_loaded(
        self, tmp_path: Path, trained: Model, attribute: str, trust: bool
    ) -> None:
        events = copy.deepcopy(trained.events)
        delattr(events, attribute)
        save_model(tmp_path, replace(trained, id="old", events=events))
        with pytest.raises(ModelVersionError, match="cannot predict") as caught:
            load_model(tmp_path / "old", trust=trust)
        assert "etrain" in caught.value.hint

    def test_the_claim_classifier_has_to_work_too(self, tmp_path: Path, trained: Model) -> None:
        claims = copy.deepcopy(trained.claims)
        delattr(claims, "coef_")
        save_model(tmp_path, replace(trained, id="old", claims=claims))
        with pytest.raises(ModelVersionError, match="cannot predict"):
            load_model(tmp_path / "old")

    def test_what_now_says_something_else_is_refused_unless_trusted(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = EventClassifier.predict_proba
        monkeypatch.setattr(
            EventClassifier, "predict_proba", lambda self, texts: told(self, texts) * 0.9
        )
        with pytest.raises(ModelVersionError, match="no longer says") as caught:
            load_model(models / "model1")
        assert "--trust" in caught.value.hint
        assert load_model(models / "model1", trust=True).id == "model1"

    def test_an_earlier_format_is_another_version(
        self, tmp_path: Path, trained: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "FORMAT", 1)
        # Its manifest had other keys.
        manifest = {key: one for key, one in trained.manifest.items() if key != "self_test"}
        save_model(tmp_path, replace(trained, id="old", manifest=manifest))
        monkeypatch.undo()
        for trust in (False, True):
            with pytest.raises(ModelVersionError, match="format 1") as caught:
                load_model(tmp_path / "old", trust=trust)
            assert "etrain" in caught.value.hint
        assert list_models(tmp_path)[0].state == "other version"
