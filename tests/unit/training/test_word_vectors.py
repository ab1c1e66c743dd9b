"""The table of pretrained word vectors, and what is made of it for a sentence."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from training.stems import stems_in
from training.word_vectors import (
    N_DIMENSIONS,
    TABLE,
    Floats,
    nearness_to_texts,
    rows_of_words,
    sentence_vectors,
)


def vectors_of(*texts: str) -> Floats:
    return sentence_vectors(list(map(stems_in, texts)))


def test_a_sentence_has_a_vector_of_length_one() -> None:
    vectors = vectors_of("Shells fell on the town", "Envoys met")
    assert vectors.shape == (2, N_DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1)


@pytest.mark.parametrize("text", ["", "12 -- 14", "Xqzvwk", "a b c"])
def test_a_sentence_without_a_known_word_has_a_vector_of_zeros(text: str) -> None:
    assert not vectors_of(text).any()


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("gunmen", "militants", "olives"),
        ("killed", "murdered", "negotiated"),
        ("Villagers", "RESIDENTS", "missiles"),
        ("grenade", "explosives", "elections"),
        ("arrested", "detained", "evacuated"),
    ],
)
def test_words_of_like_meaning_are_near(word: str, near: str, far: str) -> None:
    one, other, third = vectors_of(word, near, far)
    assert one @ other > one @ third + 0.2


def test_common_words_count_for_little() -> None:
    one, other = vectors_of("the gunmen of the town", "gunmen town")
    assert one @ other > 0.95


def test_order_does_not_matter_and_repetition_does() -> None:
    a, b, c = vectors_of("rockets and talks", "talks and rockets", "rockets rockets talks")
    np.testing.assert_allclose(a, b)
    assert a @ c < 0.99


def test_the_notice_names_the_table_as_it_is() -> None:
    notice = TABLE.with_name("word_vectors_notice.md").read_text(encoding="utf-8")
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() in notice


def test_a_word_is_as_near_to_a_text_as_to_the_nearest_of_its_words() -> None:
    near = nearness_to_texts([["rocket", "negoti"], ["rocket"], ["negoti"]])
    np.testing.assert_allclose(near[:, 0], near[:, 1:].max(axis=1))
    assert ((near >= 0) & (near < 1.001)).all()
    same, like, other, common = near[rows_of_words([["rocket", "missil", "olives", "the"]])[0], 0]
    assert same > like > 2 * other
    assert common < 0.05


def test_nothing_is_near_a_text_without_a_word_that_the_table_knows() -> None:
    assert not nearness_to_texts([["xqzvwk"], []]).any()


def test_the_rows_of_words_are_told_text_by_text() -> None:
    rows, ends = rows_of_words([["rocket", "xqzvwk", "talks"], [], ["rocket"]])
    assert ends.tolist() == [0, 2, 2, 3]
    assert rows[0] == rows[2] != rows[1]
