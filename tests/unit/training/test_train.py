"""Fitting, and the summary of what was fitted on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from annotation.schema import parse_schema
from tests.corpus import XML, Corpus, make_corpus
from training.examples import build_examples, split_holdout
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


def test_the_summary_counts_what_is_trained_on_and_survives_the_manifest(tmp_path: Path) -> None:
    corpus = make_corpus(5, 6, noise=0.0)
    snapshot = corpus.freeze(tmp_path, ("a00", "a03"))
    split = split_holdout(build_examples(snapshot), snapshot.held_out)
    summary = TrainingSummary.of_split(split, corpus.schema)
    trained = [one for one in corpus.annotations if one.sentence_id[:3] not in ("a00", "a03")]
    assert summary.sentences == len(trained) == 18
    assert summary.positives["event fight"] == sum("fight" in one.events for one in trained)
    assert summary.positives["claim dead"] == sum(
        claim.kind == "dead" for one in trained for claim in one.claims
    )
    assert summary.positives["claim rest"] == 0
    assert summary.held_out == {"a00": 6, "a03": 6}
    stored = json.loads(json.dumps(summary.to_json()))
    model = Model("m", corpus.schema, None, None, {"training": stored})
    assert TrainingSummary.of_model(model) == summary
    assert TrainingSummary.of_model(untrained_model(corpus.schema)) is None
