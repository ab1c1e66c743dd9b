"""What a fitted model is measured on, and that it is what annotators get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.corpus import Corpus, make_corpus
from training.evaluation.measurement import cross_predict, measure, measure_fitted
from training.examples import Split, build_examples, split_holdout
from training.train import fit


def split_of(corpus: Corpus, folder: Path, *held_out: str) -> Split:
    snapshot = corpus.freeze(folder, held_out)
    return split_holdout(build_examples(snapshot), snapshot.held_out)


def test_boilerplate_is_measured_as_annotators_get_it(tmp_path: Path) -> None:
    corpus = make_corpus(6, 12, noise=0.0)
    flagged = tuple(
        replace(one, boilerplate=one.article_id == "a00" and one.index < 6)
        for one in corpus.sentences
    )
    split = split_of(replace(corpus, sentences=flagged), tmp_path, "a00")
    model = fit(split.training, corpus.schema)
    told = measure_fitted(model, split).predictions
    assert told is not None
    assert told.records() == model.predict(split.holdout.sentences).records()
    junk = corpus.schema.event_aliases.index("junk")
    assert told.ticked[:6, junk].all()
    assert told.ticked[:6].sum() == 6
    plain = split_of(corpus, tmp_path, "a00").holdout
    before, now = measure(model, plain).events, measure(model, split.holdout).events
    assert before is not None
    assert now is not None
    assert before.exact_match.value is not None
    assert now.exact_match.value is not None
    assert now.exact_match.value < before.exact_match.value


def test_where_nothing_is_held_out_each_article_is_answered_for_by_the_others(
    tmp_path: Path,
) -> None:
    split = split_of(make_corpus(3, 12), tmp_path)
    schema = make_corpus(1).schema
    told = cross_predict(split.training, schema)
    assert told.sentence_ids == split.training.sentence_ids
    article = np.array(split.training.groups)
    others = fit(split.training.rows(np.flatnonzero(article != "a01")), schema)
    mine = np.flatnonzero(article == "a01")
    expected = others.predict(split.training.rows(mine).sentences)
    np.testing.assert_array_equal(told.ticked[mine], expected.ticked)
    np.testing.assert_allclose(told.probability[mine], expected.probability)
    assert [told.claims[row] for row in mine] == list(expected.claims)
