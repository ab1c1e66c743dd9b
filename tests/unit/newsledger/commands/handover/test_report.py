"""report: from a workspace to the page, whatever there is in it."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotation.errors import InputError, SnapshotError
from newsledger.commands.handover.report import PAGE, report, write_workspace_report
from newsledger.commands.learning import offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def test_without_a_workspace_it_says_how_to_begin(settings: Settings) -> None:
    with pytest.raises(SnapshotError) as caught:
        report(settings, Quiet())
    assert "newsledger up" in (caught.value.hint or "")


def test_before_the_first_pull_it_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.workspace.mkdir()
    found = report(settings, Quiet(), page=tmp_path / "report.html")
    assert "newsledger push" in found.text()
    assert "<h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_nothing_is_kept_from_the_garbage_collector_afterwards(settings: Settings) -> None:
    settings.workspace.mkdir()
    before = gc.get_freeze_count()
    report(settings, Quiet())
    assert gc.get_freeze_count() <= before


def test_a_page_has_the_name_of_one(settings: Settings, tmp_path: Path) -> None:
    settings.workspace.mkdir()
    with pytest.raises(InputError):
        report(settings, Quiet(), page=tmp_path / "report.pdf")


@pytest.mark.slow
def test_a_trained_workspace_tells_of_its_model(settings: Settings) -> None:
    corpus = make_corpus(12, 10, noise=0.02)
    snapshot = corpus.freeze(settings.snapshots)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    found = report(settings, Quiet(), now=lambda: NOW)
    assert found.report.quality is not None
    assert found.report.quality.model == trained.model
    assert found.report.quality.overall_f1.value == trained.figures["overall_f1"]["value"]
    assert found.report.quality.calibration
    assert found.report.models[-1].outcome == "in use"
    assert found.report.models[-1].why.startswith("It is the first model")
    assert found.report.methods.model_card.startswith("---\n")
    assert found.to_json()["made"] == "2026-11-29T00:00:00+00:00"
    assert found.to_json()["page"] is None


def test_why_a_model_was_refused_is_kept(settings: Settings) -> None:
    corpus = make_corpus(2, 4, noise=1.0)
    offline.train_challenger(settings, Quiet(), corpus.freeze(settings.snapshots), promote=True)
    (made,) = report(settings, Quiet()).report.models
    assert made.outcome == "refused"
    assert "too few to judge" in made.why
    assert report(settings, Quiet()).report.promotion.startswith("The last model was refused")


def test_after_a_retraining_a_report_that_fails_fails_nothing(settings: Settings) -> None:
    settings.workspace.mkdir()
    assert write_workspace_report(settings, Quiet()) == str(settings.workspace / PAGE)
    (settings.workspace / "models").mkdir()
    (settings.workspace / "models" / "history.jsonl").write_text(
        '{"format": 99}\n', encoding="utf-8"
    )
    progress = Quiet()
    assert write_workspace_report(settings, progress) is None
    assert progress.said[0].startswith("The report could not be made")
