"""Which words and pairs are worth a weight, and how common they are."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from training.events.vocabulary import fit_vectorizer, tfidf_features
from training.stems import TOKEN_PATTERN, stems_in

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


def terms(vectorizer: TfidfVectorizer) -> list[str]:
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)


@pytest.mark.slow
@given(some_texts)
def test_with_all_texts_known_it_is_a_plain_tfidf_vectorizer_for_any_text(texts: list[str]) -> None:
    plain = TfidfVectorizer(token_pattern=TOKEN_PATTERN, ngram_range=(1, 2), sublinear_tf=True)
    if not any(re.search(TOKEN_PATTERN, text.lower()) for text in texts):
        with pytest.raises(ValueError, match="vocabulary"):
            fit_vectorizer(texts, min_df=1)
        return
    expected = plain.fit_transform(texts)
    ours = fit_vectorizer(texts, min_df=1)
    assert terms(ours) == plain.get_feature_names_out().tolist()
    assert abs(ours.transform(texts) - expected).max() < 1e-12


@pytest.mark.slow
@given(some_texts, some_texts)
def test_features_are_those_of_scikit_learn_to_the_last_digit(
    known: list[str], asked: list[str]
) -> None:
    ours = fit_vectorizer(["a word, and another", *known], min_df=1)
    features, expected = tfidf_features(ours, list(map(stems_in, asked))), ours.transform(asked)
    assert features.shape == expected.shape
    assert features.indptr.tolist() == expected.indptr.tolist()
    assert features.indices.tolist() == expected.indices.tolist()
    assert features.data.tolist() == expected.data.tolist()


def test_the_document_frequencies_count_background_too() -> None:
    ours = fit_vectorizer(TEXTS[:1], TEXTS[1:], min_df=2)
    assert terms(ours) == ["hit", "market", "the", "the market"]
    assert ours.idf_.tolist() == pytest.approx([np.log(6 / 3) + 1] * 4)


def test_a_word_of_the_background_alone_is_left_out() -> None:
    ours = fit_vectorizer(["one two"], ["three", "three"], min_df=1)
    assert terms(ours) == ["one", "one two", "two"]


def test_where_no_word_is_frequent_all_are_kept() -> None:
    assert terms(fit_vectorizer(["one", "two"], min_df=2)) == ["one", "two"]


def test_unknown_words_break_pairs() -> None:
    ours = fit_vectorizer(["the school"], min_df=1)
    there = tfidf_features(ours, [["the", "old", "school"], ["the", "school"]]).toarray() > 0
    assert terms(ours) == ["school", "the", "the school"]
    np.testing.assert_array_equal(there, [[1, 1, 0], [1, 1, 1]])


def test_a_word_alone_may_count_though_it_occurs_once() -> None:
    ours = fit_vectorizer(["one two three", "one two"], ["four"], min_df=2, min_df_word=1)
    assert terms(ours) == ["one", "one two", "three", "two"]


def test_a_pair_counts_although_its_words_are_too_rare() -> None:
    ours = fit_vectorizer(["Tear gas, tear gas", "gas"], ["tear gas"], min_df=2)
    assert "tear gas" in terms(ours)


def test_words_are_cut_to_six_letters_so_that_endings_do_not_part_them() -> None:
    ours = fit_vectorizer(["Clashes, clashed; a clashing clash in Überlingen"], min_df=1)
    words = [term for term in terms(ours) if " " not in term]
    assert words == ["clash", "clashe", "clashi", "in", "überli"]
