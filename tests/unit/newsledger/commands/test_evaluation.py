"""A model is measured on labels that it has not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import ExportError
from newsledger.commands import evaluation, offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def test_a_model_is_measured_on_what_it_has_not_learnt_from(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots, held_out=("a01", "a05"))
    assert offline.train_challenger(settings, Quiet(), snapshot, promote=True).promoted
    progress = Quiet()
    measured = evaluation.evaluate_model(settings, progress, snapshot.path)
    held_out = evaluation.evaluate_model(settings, Quiet(), None)
    assert measured.figures == held_out.figures
    assert "it has learnt from them" in progress.said[-1]


def test_labels_that_a_model_has_learnt_from_measure_nothing(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots)
    assert offline.train_challenger(settings, Quiet(), snapshot, promote=True).promoted
    with pytest.raises(ExportError, match="the model has not seen"):
        evaluation.evaluate_model(settings, Quiet(), snapshot.path)
