from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import Snapshot
from annotation.errors import TrainingError
from annotation.schema import parse_schema
from tests.corpus import XML, Corpus, annotate, make_corpus
from training.challenger import Challenger, make_challenger
from training.evaluation.gate import Verdict, judge_models
from training.model import Model
from training.registry.champion import load_champion, set_champion
from training.registry.store import save_model

HELD_OUT = ("a00", "a01", "a02", "a03", "a04")


def judged(challenger: Challenger, champion: Model | None) -> Verdict:
    return judge_models(challenger.model, challenger.measurement, champion)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return make_corpus(20, 12).freeze(tmp_path_factory.mktemp("snapshots"), HELD_OUT)


def test_the_model_is_measured_on_held_out_articles_that_it_never_saw(snapshot: Snapshot) -> None:
    trained = make_challenger(snapshot)
    assert trained.measurement.measured_on == "holdout"
    assert set(trained.measurement.rows.groups) == set(HELD_OUT)
    assert not set(trained.split.training.groups) & set(HELD_OUT)
    figures = trained.measurement.metrics
    assert figures is not None
    assert figures.events is not None
    assert figures.claims is not None
    assert figures.events.micro_f1.value is not None
    assert figures.events.micro_f1.value > 0.75
    assert trained.model.manifest["metrics"]["n_sentences"] == len(trained.measurement.rows)


def test_other_labels_in_the_holdout_change_no_weight(snapshot: Snapshot, tmp_path: Path) -> None:
    annotations = tuple(
        annotate(snapshot.schema, one.sentence_id, "junk")
        if one.sentence_id.startswith(HELD_OUT)
        else one
        for one in snapshot.annotations
    )
    corpus = Corpus(snapshot.schema, snapshot.sentences, annotations)
    other = make_challenger(corpus.freeze(tmp_path, HELD_OUT))
    assert other.model.manifest["weights"] == make_challenger(snapshot).model.manifest["weights"]


def test_the_same_snapshot_gives_the_same_weights_in_another_process(snapshot: Snapshot) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from annotation.dataset.snapshot import read_snapshot; "
        "from training.challenger import make_challenger; "
        "print(make_challenger(read_snapshot(Path(sys.argv[1]))).model.manifest['weights'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(snapshot.path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == make_challenger(snapshot).model.manifest["weights"]


def test_with_few_articles_the_figures_are_cross_validated_and_say_so(tmp_path: Path) -> None:
    trained = make_challenger(make_corpus(4, 12).freeze(tmp_path))
    assert trained.measurement.measured_on == "cross-validation"
    assert len(trained.measurement.rows) == 48
    assert any("cross-validation" in note for note in trained.notes)
    assert trained.measurement.metrics is not None
    assert judged(trained, None).promote
    second = judged(trained, trained.model)
    assert not second.promote
    assert "Nothing is held out" in second.reason


def test_with_one_article_nothing_is_measured(tmp_path: Path) -> None:
    trained = make_challenger(make_corpus(1, 12).freeze(tmp_path))
    assert (trained.measurement.measured_on, trained.measurement.metrics) == ("nothing", None)
    assert not judged(trained, None).promote


class TestSchemas:
    def test_without_claims(self, tmp_path: Path) -> None:
        corpus = make_corpus(8, 12)
        schema = parse_schema(XML[: XML.index("<Labels")] + XML[XML.index("<Text") :])
        annotations = tuple(replace(one, claims=()) for one in corpus.annotations)
        trained = make_challenger(
            Corpus(schema, corpus.sentences, annotations).freeze(tmp_path, ("a00", "a01"))
        )
        assert trained.model.claims is None
        assert trained.model.events is not None
        assert trained.measurement.metrics is not None
        assert trained.measurement.metrics.claims is None

    def test_without_events(self, tmp_path: Path) -> None:
        corpus = make_corpus(8, 12)
        schema = parse_schema(XML[: XML.index("<Choices")] + "</View>")
        annotations = tuple(
            replace(one, events=schema.event_labels(())) for one in corpus.annotations
        )
        trained = make_challenger(
            Corpus(schema, corpus.sentences, annotations).freeze(tmp_path, ("a00", "a01"))
        )
        assert trained.model.events is None
        assert trained.measurement.metrics is not None
        assert trained.measurement.metrics.events is None
        assert np.isfinite(judged(trained, None).rows[0].challenger)
        assert judged(trained, None).promote

    def test_with_one_choice_only_give_one_answer(self, tmp_path: Path) -> None:
        corpus = make_corpus(8, 12)
        schema = parse_schema(XML.replace('choice="multiple"', 'choice="single"'))
        trained = make_challenger(
            Corpus(schema, corpus.sentences, corpus.annotations).freeze(tmp_path, ("a00",))
        )
        assert trained.measurement.predictions is not None
        assert set(trained.measurement.predictions.ticked.sum(axis=1)) == {1}

    def test_with_claims_that_nobody_marked_give_no_claim_classifier(self, tmp_path: Path) -> None:
        corpus = make_corpus(6, 12)
        annotations = tuple(replace(one, claims=()) for one in corpus.annotations)
        trained = make_challenger(
            Corpus(corpus.schema, corpus.sentences, annotations).freeze(tmp_path, ("a00",))
        )
        assert trained.model.claims is None
        assert any("No numeric claim" in note for note in trained.notes)


@pytest.mark.parametrize("labels", [(), None])
def test_nothing_to_learn_from_is_an_error_with_a_way_out(
    tmp_path: Path, labels: tuple[str, ...] | None
) -> None:
    corpus = make_corpus(2, 3)
    annotations = (
        ()
        if labels is None
        else tuple(annotate(corpus.schema, s, *labels) for s in corpus.sentences)
    )
    with pytest.raises(TrainingError) as caught:
        make_challenger(Corpus(corpus.schema, corpus.sentences, annotations).freeze(tmp_path))
    assert "train again" in caught.value.hint


def test_a_champion_from_disk_and_its_retrained_twin_are_level(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    trained = make_challenger(snapshot)
    model = save_model(tmp_path, trained.model)
    set_champion(tmp_path, model.id, reason=judged(trained, None).reason)
    verdict = judged(trained, load_champion(tmp_path))
    assert verdict.promote
    assert {row.difference for row in verdict.rows} == {0.0}
