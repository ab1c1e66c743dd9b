"""What a way of fitting is measured on, and that it is what annotators get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.corpus import annotate, make_corpus
from training.evaluation.measurement import measurable, measure, measure_cross_fitted
from training.examples import build_examples
from training.train import fit


@pytest.mark.slow
def test_boilerplate_is_measured_as_annotators_get_it(tmp_path: Path) -> None:
    corpus = make_corpus(4, 12, noise=0.0)
    flagged = tuple(
        replace(one, boilerplate=one.article_id == "a00" and one.index < 6)
        for one in corpus.sentences
    )
    rows = build_examples(replace(corpus, sentences=flagged).freeze(tmp_path))
    told = measure_cross_fitted(rows, corpus.schema)
    assert told.answers is not None
    junk = corpus.schema.event_aliases.index("junk")
    assert told.answers.ticked[:6, junk].all()
    assert told.answers.ticked[:6].sum() == 6
    plain = build_examples(corpus.freeze(tmp_path))
    model = fit(plain, corpus.schema)
    before, now = measure(model, plain).events, measure(model, rows).events
    assert before is not None
    assert now is not None
    assert before.exact_match.value is not None
    assert now.exact_match.value is not None
    assert now.exact_match.value < before.exact_match.value


@pytest.mark.slow
def test_ones_own_articles_are_measured_from_the_first_one_on(tmp_path: Path) -> None:
    corpus = make_corpus(4, 12)
    mixed = build_examples(corpus.freeze(tmp_path, ("a00", "a01", "a02")))
    told = measure_cross_fitted(mixed, corpus.schema)
    assert (told.measured_on, set(told.rows.groups)) == ("own articles", {"a03"})
    assert told.metrics is not None
    assert told.metrics.n_sentences == 12
    brought = tuple(a for a in corpus.annotations if not a.sentence_id.startswith("a03"))
    seeds = build_examples(
        replace(corpus, annotations=brought).freeze(tmp_path, ("a00", "a01", "a02"))
    )
    told = measure_cross_fitted(seeds, corpus.schema)
    assert (told.measured_on, set(told.rows.groups)) == ("seed articles", {"a00", "a01", "a02"})


def test_one_article_alone_measures_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(1, 12)
    told = measure_cross_fitted(build_examples(corpus.freeze(tmp_path)), corpus.schema)
    assert (told.measured_on, told.answers, told.metrics) == ("nothing", None, None)


def test_nobody_is_measured_by_that_on_which_people_are_split(tmp_path: Path) -> None:
    corpus = make_corpus(2, 6)
    split = annotate(corpus.schema, corpus.sentences[0], "talk", "fight", annotator="other")
    half = annotate(corpus.schema, corpus.sentences[0], "talk", annotator="ann@newsledger.example")
    others = corpus.annotations[1:]
    rows = build_examples(replace(corpus, annotations=(split, half, *others)).freeze(tmp_path))
    assert np.flatnonzero(rows.tied).tolist() == [0]
    assert measurable(rows, frozenset({"a00"})).sentence_ids == rows.sentence_ids[1:6]
