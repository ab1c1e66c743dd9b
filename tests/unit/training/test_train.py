"""Fitting, and the summary of what was fitted on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.schema import parse_schema
from tests.corpus import XML, Corpus, make_corpus
from training.examples import Examples, build_examples
from training.model import Model, untrained_model
from training.train import UNNAMED, TrainingSummary, exclusive_columns, fit


def test_with_one_choice_only_every_event_type_excludes_the_others() -> None:
    assert exclusive_columns(parse_schema(XML)) == (3, 4)
    single = parse_schema(XML.replace('choice="multiple"', 'choice="single"'))
    assert exclusive_columns(single) == (0, 1, 2, 3, 4)


def test_a_fitted_model_has_no_name_and_lacks_what_could_not_be_learnt(tmp_path: Path) -> None:
    corpus = make_corpus(4, 12)
    unmarked = tuple(replace(one, claims=()) for one in corpus.annotations)
    rows = build_examples(Corpus(corpus.schema, corpus.sentences, unmarked).freeze(tmp_path))
    model = fit(rows, corpus.schema)
    assert (model.id, model.claims, model.manifest) == (UNNAMED, None, {})
    assert model.events is not None
    assert not hasattr(model.events, "out_of_fold_")


@pytest.mark.slow
def test_claims_of_sentences_that_are_not_english_are_not_learnt(tmp_path: Path) -> None:
    corpus = make_corpus(4, 12)
    foreign = {one.id for one in corpus.sentences if one.index < 6}
    sentences = tuple(
        replace(one, language="fr") if one.id in foreign else one for one in corpus.sentences
    )
    annotations = tuple(one for one in corpus.annotations if one.sentence_id not in foreign)
    (tmp_path / "b").mkdir()
    mixed, english = (
        fit(build_examples(Corpus(corpus.schema, sentences, said).freeze(folder)), corpus.schema)
        for said, folder in ((corpus.annotations, tmp_path), (annotations, tmp_path / "b"))
    )
    assert mixed.claims is not None
    assert english.claims is not None
    assert mixed.claims.candidates_ == english.claims.candidates_ > 0
    assert mixed.claims.support_ == english.claims.support_
    assert mixed.claims.missed_ == english.claims.missed_


@pytest.mark.slow
def test_a_schema_that_favours_recall_has_lower_thresholds(tmp_path: Path) -> None:
    corpus = make_corpus(6, 12)
    rows = build_examples(corpus.freeze(tmp_path))
    plain, favouring = (
        fit(rows, replace(corpus.schema, favours_recall=favours)).events
        for favours in (False, True)
    )
    assert plain is not None
    assert favouring is not None
    learnt = (plain.thresholds_ > 0) & (plain.thresholds_ < 1)
    assert (favouring.thresholds_[learnt] < plain.thresholds_[learnt]).all()


def test_the_summary_counts_what_is_trained_on_and_survives_the_manifest(tmp_path: Path) -> None:
    corpus = make_corpus(5, 6, noise=0.0)
    rows = build_examples(corpus.freeze(tmp_path))
    summary = TrainingSummary.of_examples(rows, corpus.schema)
    assert summary.sentences == 30
    assert summary.positives["event fight"] == sum("fight" in a.events for a in corpus.annotations)
    assert summary.positives["claim dead"] == sum(
        claim.kind == "dead" for a in corpus.annotations for claim in a.claims
    )
    assert summary.positives["claim rest"] == 0
    assert summary.articles == {f"a0{number}": 6 for number in range(5)}
    stored = json.loads(json.dumps(summary.to_json()))
    model = Model("m", corpus.schema, None, None, {"training": stored})
    assert TrainingSummary.of_model(model) == summary
    assert TrainingSummary.of_model(untrained_model(corpus.schema)) is None


def test_the_summary_of_the_third_format_says_which_articles_were_held_out() -> None:
    kept = {"sentences": 3, "positives": {"event fight": 1}, "held_out": {"a00": 2}}
    model = Model("m", parse_schema(XML), None, None, {"training": kept})
    summary = TrainingSummary.of_model(model)
    assert summary == TrainingSummary(3, {"event fight": 1}, held_out={"a00": 2})


@pytest.mark.slow
def test_own_labels_prevail_over_seeds_that_say_otherwise(tmp_path: Path) -> None:
    corpus = make_corpus(16, 12, noise=0.0)
    seeds = tuple(f"a{number:02d}" for number in range(8))
    turned = {"fight": "talk", "talk": "fight"}  # the seeds call fights talks, and talks fights
    annotations = tuple(
        replace(
            one,
            events=corpus.schema.event_labels(turned.get(a, a) for a in one.events.aliases),
            claims=(),
        )
        if one.sentence_id < "a08"
        else replace(one, claims=())
        for one in corpus.annotations
    )
    rows = build_examples(
        Corpus(corpus.schema, corpus.sentences, annotations).freeze(tmp_path, seeds)
    )
    own = [row for row, article in enumerate(rows.groups) if article not in rows.seeds]
    unknown = make_corpus(6, 12, noise=0.0, seed=1)
    truth = np.array(
        [[a in one.events for a in rows.label_names] for one in unknown.annotations], dtype=bool
    )

    def right(some: Examples) -> float:
        told = fit(some, corpus.schema).predict(unknown.sentences, by_rule=False).ticked
        return float((told == truth)[:, :2].mean())

    as_many, fewer = right(replace(rows, seeds=frozenset())), right(rows)
    assert as_many < fewer <= right(rows.rows(own))
