"""How good the model is, from its manifest and its stored answers."""

from __future__ import annotations

import pytest

from newsledger.report.figures.measured import Measured
from newsledger.report.figures.quality import people_f1, quality
from newsledger.team.agreement import DoubleCoded, double_coded
from tests.corpus import annotate, make_corpus
from tests.unit.newsledger.report.telling import answered, frozen, known
from training.examples import build_examples

SCHEMA = make_corpus(1).schema


def test_the_figures_of_the_manifest_and_those_of_the_answers() -> None:
    source = known(200)
    assert source.manifest is not None
    snapshot, metrics = source.snapshot, source.manifest["metrics"]
    rows, answers = build_examples(snapshot), answered(snapshot)
    found = quality("m2", metrics, snapshot.schema, answers=(rows, answers), coded=())
    assert found.overall_f1.value == metrics["overall_f1"]["value"]
    hits = (rows.labels & answers.ticked).sum()
    assert found.events_right.value == 1.0
    assert found.events_found.value == pytest.approx(hits / rows.labels.sum())
    assert [one.said for one in found.calibration] == pytest.approx([0.1, 0.2, 0.8])
    assert found.calibration[-1].true.value == 1.0
    assert {one.part for one in found.labels} == {"event", "claim"}


def test_without_answers_there_is_no_calibration() -> None:
    found = quality("m", {"measured_on": "nothing"}, SCHEMA, answers=None, coded=())
    assert found.calibration == ()
    assert found.overall_f1.value is None
    assert found.events_right.why_none == "no answers are stored with the model"


def test_answers_for_sentences_that_nobody_labelled_are_there_and_say_nothing() -> None:
    snapshot = frozen(200)
    rows, answers = build_examples(snapshot), answered(snapshot)
    none = rows.rows([])
    found = quality(
        "m", {"measured_on": "seed articles"}, SCHEMA, answers=(none, answers.of(())), coded=()
    )
    assert found.events_right.why_none == (
        "no sentence that you labelled has an answer stored with the model"
    )


def test_few_articles_give_no_figure_as_they_give_none_of_agreement() -> None:
    snapshot = frozen(200)
    rows, answers = build_examples(snapshot), answered(snapshot)
    metrics = (known(200).manifest or {})["metrics"]
    for articles, has_figures in ((1, False), (4, False), (5, True)):
        names = sorted(set(rows.groups))[:articles]
        some = rows.rows([place for place, one in enumerate(rows.groups) if one in names])
        found = quality(
            "m2",
            {**metrics, "n_articles": articles},
            snapshot.schema,
            answers=(some, answers.of(some.sentence_ids)),
            coded=(),
        )
        figures = (found.overall_f1, found.events_f1, found.nothing_to_change, found.claims_f1,
                   found.events_right, found.events_found, found.labels[0].f1)  # fmt: skip
        assert {one.value is not None for one in figures} == {has_figures}
        assert bool(found.calibration) == has_figures
    assert Measured.too_few(1, 3, "sentences").why_none == "measured on 1 article; it takes 5"


def test_two_people_are_held_against_each_other() -> None:
    one, other = (annotate(SCHEMA, "s", *labels, annotator=who)
                  for who, labels in (("ann", ("fight",)), ("bob", ("fight", "talk"))))  # fmt: skip
    coded = [DoubleCoded(f"a{place % 6}", (one, other)) for place in range(24)]
    assert people_f1(coded).value == pytest.approx(2 / 3)
    assert people_f1(coded[:10]).value is None
    assert people_f1([DoubleCoded("a", (one, other))] * 24).why_none.endswith("1 of 5 articles")


def test_people_of_a_project_are_not_quite_of_one_mind() -> None:
    snapshot = frozen(300)
    found = people_f1(double_coded(snapshot.sentences, snapshot.annotations))
    assert 0.5 < (found.value or 0) < 1
