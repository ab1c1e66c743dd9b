"""Terms are those of scikit-learn's CountVectorizer."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from training.events.vocabulary import WORD, TermIndex, learn_vocabulary, words

TEXTS = (
    "Shells hit the market; shells hit the school.",
    "The market was hit.",
    "Über 12 Männer, İstanbul, ΟΔΟΣ",
    "",
    "a b c",
)
some_texts = st.lists(
    st.text(alphabet=st.sampled_from("aàb_𝟜İΣσς ß-'_1٣.\nمん🙂"), max_size=30),
    min_size=1,
    max_size=8,
)


def _reference(texts: list[str] | tuple[str, ...], min_df: int) -> CountVectorizer:
    return CountVectorizer(token_pattern=WORD, ngram_range=(1, 2), min_df=min_df).fit(texts)


def test_the_vocabulary_is_that_of_count_vectorizer() -> None:
    ours = learn_vocabulary(TEXTS, min_df=1)
    assert {term: i for i, term in enumerate(ours.terms)} == _reference(TEXTS, 1).vocabulary_


def test_the_document_frequencies_count_background_too() -> None:
    ours = learn_vocabulary(TEXTS[:1], TEXTS[1:], min_df=2)
    assert ours.terms == ("hit", "market", "the", "the market")
    assert ours.document_frequency.tolist() == [2, 2, 2, 2]
    assert ours.n_documents == 5


def test_a_term_of_the_background_alone_is_left_out() -> None:
    assert learn_vocabulary(["one two"], ["three", "three"], min_df=1).terms == (
        "one",
        "one two",
        "two",
    )


@given(some_texts)
def test_counts_are_those_of_count_vectorizer_for_any_text(texts: list[str]) -> None:
    if not any(map(words, texts)):
        assert learn_vocabulary(texts, min_df=1).terms == ()
        return
    reference = _reference(texts, 1)
    ours = learn_vocabulary(texts, min_df=1)
    assert sorted(reference.vocabulary_) == list(ours.terms)
    counts = TermIndex(reference.vocabulary_).count(texts)
    assert (counts != reference.transform(texts)).nnz == 0


def test_words_unknown_to_the_index_break_pairs() -> None:
    index = TermIndex({"the": 0, "school": 1, "the school": 2})
    counts = index.count(["the old school", "the school"]).toarray()
    np.testing.assert_array_equal(counts, [[1, 1, 0], [1, 1, 1]])


def test_a_pair_counts_although_its_words_are_no_terms() -> None:
    counts = TermIndex({"tear gas": 0}).count(["Tear gas, tear gas"]).toarray()
    np.testing.assert_array_equal(counts, [[2]])


def test_words_are_cut_to_six_letters_so_that_endings_do_not_part_them() -> None:
    assert words("Clashes, clashed; a clashing clash in Überlingen") == [
        *("clashe", "clashe", "clashi", "clash", "in", "überli"),
    ]
