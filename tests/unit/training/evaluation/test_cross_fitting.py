"""Each article is answered for by models that have not seen it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.corpus import make_corpus
from training.evaluation.cross_fitting import FOLDS, cross_fit, deal_articles
from training.examples import build_examples, without_what_they_say
from training.train import fit

ARTICLES = [f"article {number}" for number in range(23)]


def test_articles_are_dealt_evenly_and_by_nothing_but_their_ids() -> None:
    folds = deal_articles(ARTICLES)
    assert sorted(map(len, folds)) == [4, 4, 5, 5, 5]
    assert frozenset().union(*folds) == set(ARTICLES)
    assert deal_articles(ARTICLES[::-1]) == folds
    assert [len(fold) for fold in deal_articles(ARTICLES[:3])] == [1, 1, 1]


@pytest.mark.slow
def test_models_of_the_other_folds_answer(tmp_path: Path) -> None:
    corpus = make_corpus(7, 6)
    rows = build_examples(corpus.freeze(tmp_path))
    told = cross_fit(rows, corpus.schema, set(rows.groups))
    assert told is not None
    assert told.sentence_ids == rows.sentence_ids
    fold = deal_articles(set(rows.groups))[0]
    mine = [row for row, one in enumerate(rows.groups) if one in fold]
    unseen = [rows.sentences[row] for row in mine]
    expected = fit(without_what_they_say(rows, fold, unseen), corpus.schema).predict(unseen)
    np.testing.assert_array_equal(told.ticked[mine], expected.ticked)
    np.testing.assert_allclose(told.probability[mine], expected.probability, atol=5e-5)
    assert [told.claims[row] for row in mine] == list(expected.claims)


def test_other_labels_of_an_article_change_no_answer_for_it(tmp_path: Path) -> None:
    """Also where the same words stand in another article, and were labelled there."""
    corpus = make_corpus(6, 6)
    first = [one for one in corpus.sentences if one.article_id == "a00"]
    twin = {f"a01:{one.index:04d}": one.text for one in first}
    sentences = tuple(
        replace(one, text=twin[one.id], end=len(twin[one.id])) if one.id in twin else one
        for one in corpus.sentences
    )
    plain = replace(
        corpus,
        sentences=sentences,
        annotations=tuple(replace(a, claims=()) for a in corpus.annotations),
    )
    none = corpus.schema.event_labels(())
    other = replace(
        plain,
        annotations=tuple(
            replace(a, events=none) if a.sentence_id[:3] in ("a00", "a01") else a
            for a in plain.annotations
        ),
    )
    told = [
        cross_fit(build_examples(one.freeze(tmp_path)), corpus.schema, {"a00"})
        for one in (plain, other)
    ]
    assert told[0] is not None
    assert told[1] is not None
    np.testing.assert_array_equal(told[0].probability, told[1].probability)


@pytest.mark.slow
def test_sentences_that_nobody_has_labelled_are_answered_for_too(tmp_path: Path) -> None:
    corpus = make_corpus(6, 6)
    labelled = tuple(a for a in corpus.annotations if not a.sentence_id.endswith("5"))
    rows = build_examples(replace(corpus, annotations=labelled).freeze(tmp_path, ("a05",)))
    done: list[int] = []
    told = cross_fit(rows, corpus.schema, rows.measured_articles, advance=done.append)
    assert told is not None
    assert len(rows) == 30
    assert told.sentence_ids == tuple(one.id for one in corpus.sentences[:30])
    assert done == [1] * FOLDS


def test_one_article_needs_something_beside_it(tmp_path: Path) -> None:
    corpus = make_corpus(2, 6)
    rows = build_examples(corpus.freeze(tmp_path))
    assert cross_fit(rows, corpus.schema, {"a00"}) is not None
    alone = rows.rows([row for row, one in enumerate(rows.groups) if one == "a00"])
    assert cross_fit(alone, corpus.schema, {"a00"}) is None
