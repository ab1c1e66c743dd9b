"""A model is measured on labels that it has not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import ExportError
from newsledger.commands.learning import evaluation, models, offline
from newsledger.commands.learning.train_result import TrainResult
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import Corpus, make_corpus
from tests.unit.newsledger.commands.state.test_project import Watched


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def trained_on(settings: Settings, corpus: Corpus, articles: range) -> TrainResult:
    kept = {f"a0{number}" for number in articles}
    some = tuple(a for a in corpus.annotations if a.sentence_id[:3] in kept)
    snapshot = replace(corpus, annotations=some).freeze(settings.snapshots)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    return trained


@pytest.mark.slow
def test_a_model_is_measured_on_what_it_has_not_learnt_from(
    settings: Settings, tmp_path: Path
) -> None:
    corpus = make_corpus(8)
    trained_on(settings, corpus, range(5))
    # The last article says, word for word, what the first one does.
    first = [one.text for one in corpus.sentences if one.article_id == "a00"]
    copied = tuple(
        replace(one, text=first[one.index]) if one.article_id == "a07" else one
        for one in corpus.sentences
    )
    plain = tuple(replace(a, claims=()) for a in corpus.annotations)
    labels = replace(corpus, sentences=copied, annotations=plain).freeze(tmp_path / "labels")
    progress = Quiet()
    measured = evaluation.evaluate_model(settings, progress, labels.path)
    assert (measured.figures.n_articles, measured.figures.n_sentences) == (2, 24)
    assert "72 sentences left out" in progress.said[-1]


@pytest.mark.slow
def test_one_model_shows_one_figure_everywhere(settings: Settings) -> None:
    trained = trained_on(settings, make_corpus(8), range(5))
    measured = evaluation.evaluate_model(settings, Quiet(), None)
    assert "your own articles" in measured.measured_on
    figures = measured.figures.to_json()
    assert figures.items() <= trained.figures.items()
    (listed,) = models.listed(settings).models
    assert figures.items() <= listed.figures.items()
    card = (settings.models / trained.model / "model_card.md").read_text()
    assert f"{figures['events']['micro_f1']['value']:.3f}" in card


@pytest.mark.slow
def test_the_starter_is_measured_when_somebody_asks(settings: Settings) -> None:
    seeds = tuple(f"a{number:02d}" for number in range(8))
    snapshot = make_corpus(8).freeze(settings.snapshots, seeds)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True, is_starter=True)
    assert (trained.promoted, trained.measured_on) == (True, "nothing")
    watched = Watched()
    measured = evaluation.evaluate_model(settings, watched, None)
    assert "seed articles" in measured.measured_on
    assert measured.figures.n_articles == 8
    assert watched.tracked == {"Fitting models that have not seen the article": [5, 5]}


@pytest.mark.slow
def test_labels_that_a_model_has_learnt_from_measure_nothing(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots)
    assert offline.train_challenger(settings, Quiet(), snapshot, promote=True).promoted
    with pytest.raises(ExportError, match="the model has not seen"):
        evaluation.evaluate_model(settings, Quiet(), snapshot.path)
