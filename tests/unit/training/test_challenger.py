from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import Snapshot
from annotation.errors import TrainingError
from annotation.records import SuggestedLabels, WithheldSuggestion
from annotation.schema import parse_schema
from tests.corpus import XML, Corpus, annotate, make_corpus
from training import other_cores
from training.challenger import STEPS, Challenger, make_challenger
from training.evaluation import cross_fitting
from training.evaluation.anchoring import NO_BLIND_LABELS
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import Ruling, judge_models
from training.registry.champion import load_champion, set_champion
from training.registry.store import ANSWERS, PAYLOAD, load_answers, save_model
from training.train import fit

pytestmark = pytest.mark.slow

TEACH_NOTHING = (
    "Labelled sentences that teach nothing, because everyone skipped them or people are split "
    "evenly on all that they ticked: {}."
)
SEEDS = ("a00", "a01", "a02", "a03", "a04")


def judged(challenger: Challenger, champion: EarlierModel | None) -> Ruling:
    return judge_models(challenger.model, challenger.learnt, challenger.measurement, champion)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return make_corpus(12, 12).freeze(tmp_path_factory.mktemp("snapshots"), SEEDS)


@pytest.fixture(scope="module")
def trained(snapshot: Snapshot) -> Challenger:
    return make_challenger(snapshot)


def test_it_learns_from_every_label_and_is_measured_on_ones_own(trained: Challenger) -> None:
    assert trained.measurement.measured_on == "own articles"
    own = {f"a{number:02d}" for number in range(5, 12)}
    assert set(trained.measurement.rows.groups) == own
    assert set(trained.learnt.groups) == {*SEEDS, *own}
    assert trained.model.manifest["training"]["articles"]["a00"] == 12
    figures = trained.measurement.metrics
    assert figures is not None
    assert figures.events is not None
    assert figures.claims is not None
    assert figures.events.micro_f1.value is not None
    assert figures.events.micro_f1.value > 0.6
    assert trained.model.manifest["metrics"]["n_sentences"] == len(trained.measurement.rows)
    decisions = trained.measurement.rows.n_decisions
    assert any(
        f"Measured on 7 of your own articles, with 84 labelled sentences and {decisions} decisions"
        in note
        for note in trained.notes
    )


def test_with_another_core_every_byte_is_the_same(
    tmp_path: Path, snapshot: Snapshot, trained: Challenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_cores, "cores", lambda: 2)
    monkeypatch.setattr(cross_fitting, "ENOUGH_TO_SHARE", 0)
    monkeypatch.setattr(cross_fitting, "fit", fit)  # there and then: none that was fitted before
    done: list[int] = []
    helped = make_challenger(snapshot, advance=done.append)
    assert sum(done) == STEPS
    assert helped.measurement.metrics == trained.measurement.metrics
    alone, with_help = (
        save_model(tmp_path / name, replace(one.model, id="one"), one.measurement.answers)
        for name, one in (("alone", trained), ("with help", helped))
    )
    assert alone.manifest["weights"] == with_help.manifest["weights"]
    for file in (PAYLOAD, ANSWERS):
        written = [tmp_path / name / "one" / file for name in ("alone", "with help")]
        assert written[0].read_bytes() == written[1].read_bytes()


def test_it_is_said_how_many_measured_labels_started_from_a_suggestion(
    tmp_path: Path, trained: Challenger
) -> None:
    corpus = make_corpus(12, 12)
    suggested = tuple(
        replace(one, suggested_by="m1", cancelled=one.sentence_id == "a06:0003")
        if one.sentence_id < "a07"
        else one
        for one in corpus.annotations
    )
    # Of a00 to a04, the seeds, nothing is measured; one label of a06 was withdrawn, and given anew.
    again = annotate(corpus.schema, "a06:0003", "talk", annotator="ben")
    snapshot = replace(corpus, annotations=(*suggested, again)).freeze(tmp_path, SEEDS)
    challenger = make_challenger(snapshot)
    assert challenger.measurement.rows.n_suggested == 23
    said = "The labels of 23 of these 84 sentences started from a model's suggestion"
    assert any(said in note for note in challenger.notes)
    assert any(said in limit for limit in challenger.model.manifest["details"]["limits"])
    assert not any("started from" in note for note in trained.notes)


def test_of_the_seeds_it_is_not_told_what_is_wrong_with_their_labels(tmp_path: Path) -> None:
    corpus = make_corpus(8, 12)
    other = tuple(
        replace(one, annotator="ben", events=corpus.schema.event_labels(["talk"]))
        for one in corpus.annotations
        if "fight" in one.events
    )
    disputed = replace(corpus, annotations=(*corpus.annotations, *other))
    articles = tuple(f"a{number:02d}" for number in range(8))
    own, brought, all_brought = (
        [
            note
            for note in make_challenger(disputed.freeze(tmp_path, seeds)).notes
            if "split" in note
        ]
        for seeds in ((), articles[:7], articles)
    )
    fights = len(other)
    last = sum(one.sentence_id > "a07" for one in other)
    assert own == [TEACH_NOTHING.format(fights)]
    assert brought == ([TEACH_NOTHING.format(last)] if last else [])
    assert all_brought == []


def test_a_note_names_a_few_labels_and_counts_the_rest(tmp_path: Path) -> None:
    corpus = make_corpus(3, 12)
    unused = "".join(f'<Choice value="new{number}"/>' for number in range(11))
    events = parse_schema(XML.replace('<Choice value="junk"', f'{unused}<Choice value="junk"'))
    annotations = tuple(
        replace(one, events=events.event_labels(one.events.aliases)) for one in corpus.annotations
    )
    made = make_challenger(Corpus(events, corpus.sentences, annotations).freeze(tmp_path))
    (never,) = (one for one in made.notes if one.startswith("Never labelled"))
    assert never.count("event new") == 8
    assert never.endswith(" and 4 more.")


def test_the_same_snapshot_gives_the_same_weights_in_another_process(
    snapshot: Snapshot, trained: Challenger
) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from annotation.dataset.snapshot import read_snapshot; "
        "from training.challenger import make_challenger; "
        "made = make_challenger(read_snapshot(Path(sys.argv[1])), is_starter=True); "
        "print(made.model.manifest['weights'])"  # measuring has no part in them
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(snapshot.path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == trained.model.manifest["weights"]


def test_seed_articles_are_measured_while_there_are_no_others_and_that_is_said(
    tmp_path: Path,
) -> None:
    trained = make_challenger(make_corpus(4, 12).freeze(tmp_path, ("a00", "a01", "a02", "a03")))
    assert trained.measurement.measured_on == "seed articles"
    assert any("which say little about yours" in note for note in trained.notes)
    assert judged(trained, None).promote


def test_with_one_article_nothing_is_measured(tmp_path: Path) -> None:
    trained = make_challenger(make_corpus(1, 12).freeze(tmp_path))
    assert (trained.measurement.measured_on, trained.measurement.metrics) == ("nothing", None)
    assert not judged(trained, None).promote


class TestSchemas:
    def test_without_claims(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 12)
        schema = parse_schema(XML[: XML.index("<Labels")] + XML[XML.index("<Text") :])
        annotations = tuple(replace(one, claims=()) for one in corpus.annotations)
        trained = make_challenger(Corpus(schema, corpus.sentences, annotations).freeze(tmp_path))
        assert trained.model.claims is None
        assert trained.model.events is not None
        assert trained.measurement.metrics is not None
        assert trained.measurement.metrics.claims is None

    def test_without_events(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 12)
        schema = parse_schema(XML[: XML.index("<Choices")] + "</View>")
        annotations = tuple(
            replace(one, events=schema.event_labels(())) for one in corpus.annotations
        )
        trained = make_challenger(Corpus(schema, corpus.sentences, annotations).freeze(tmp_path))
        assert trained.model.events is None
        assert trained.measurement.metrics is not None
        assert trained.measurement.metrics.events is None
        assert np.isfinite(judged(trained, None).rows[0].challenger)
        assert judged(trained, None).promote

    def test_with_one_choice_only_give_one_answer(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 12)
        schema = parse_schema(XML.replace('choice="multiple"', 'choice="single"'))
        trained = make_challenger(
            Corpus(schema, corpus.sentences, corpus.annotations).freeze(tmp_path)
        )
        assert trained.measurement.answers is not None
        assert set(trained.measurement.answers.ticked.sum(axis=1)) == {1}

    def test_with_claims_that_nobody_marked_give_no_claim_classifier(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 12)
        annotations = tuple(replace(one, claims=()) for one in corpus.annotations)
        trained = make_challenger(
            Corpus(corpus.schema, corpus.sentences, annotations).freeze(tmp_path)
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
    trained: Challenger, tmp_path: Path
) -> None:
    model = save_model(tmp_path, trained.model, trained.measurement.answers)
    set_champion(tmp_path, model.id, reason=judged(trained, None).reason)
    champion = load_champion(tmp_path)
    assert champion is not None
    stored = load_answers(tmp_path / model.id)
    ruling = judged(trained, EarlierModel(champion, stored, trained.learnt))
    assert ruling.promote
    assert {row.difference for row in ruling.rows} == {0.0}


def test_each_model_that_is_fitted_is_told(tmp_path: Path) -> None:
    done: list[int] = []
    make_challenger(make_corpus(6, 4).freeze(tmp_path), advance=done.append)
    assert sum(done) == STEPS


def test_card_and_notes_say_how_far_suggestions_pull_or_that_nobody_knows(
    tmp_path: Path, trained: Challenger
) -> None:
    assert NO_BLIND_LABELS in trained.notes
    assert NO_BLIND_LABELS in trained.model.manifest["details"]["limits"]
    corpus = make_corpus(12, 12)
    suggested = SuggestedLabels(("fight",))
    half = tuple(
        replace(one, suggested_by="m1", suggested=suggested)
        if number % 2
        else replace(one, withheld=WithheldSuggestion("m1", suggested))
        for number, one in enumerate(corpus.annotations)
    )
    challenger = make_challenger(replace(corpus, annotations=half).freeze(tmp_path))
    assert any(
        "Sentences labelled without seeing a suggestion: 72 (articles: 12)" in one
        for one in challenger.notes
    )
    assert any("suggestions pull by" in one for one in challenger.notes)
    save_model(tmp_path / "models", challenger.model)
    (written,) = tmp_path.glob("models/*/model_card.md")
    assert "suggestions pull by" in written.read_text(encoding="utf-8")
    figures = challenger.model.manifest["metrics"]["anchoring"]
    assert figures["events"]["effect"]["value"] is not None
    assert figures["f1_blind"]["value"] is not None
