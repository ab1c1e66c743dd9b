"""The matrix of numeric mentions."""

from __future__ import annotations

import numpy as np

from annotation.numbers.reader import read
from training.claims.features import FAR_AWAY, stems_of
from training.claims.matrix import (
    FAR,
    MEANING,
    N_MEANINGS,
    features_of_mentions,
    mention_matrix,
    vocabulary_of,
)

TEXTS = ("Shells killed 12 people in the town.", "Raiders killed 12 people.")
ROWS = (0, 1)
MENTIONS = tuple(read(text)[0] for text in TEXTS)
FOUND = features_of_mentions(TEXTS, ROWS, MENTIONS, stems_of(["killed", "wounded"]), 2)


def test_the_words_of_a_kind_stand_near_or_not() -> None:
    assert FOUND.near.tolist() == [[0.0, 1.0, 0.0]] * 2


def test_what_occurs_once_has_no_column_and_near_features_come_first() -> None:
    vocabulary, n_near = vocabulary_of(FOUND.names)

    assert FAR_AWAY + "town" not in vocabulary
    assert [name.startswith(FAR_AWAY) for name in vocabulary] == [
        column >= n_near for column in vocabulary.values()
    ]


def test_a_row_holds_features_event_scores_and_word_vectors() -> None:
    vocabulary, n_near = vocabulary_of(FOUND.names)
    scores = np.array([[0.0, 0.25], [1.0, 0.0]])

    matrix = mention_matrix(FOUND, scores, vocabulary, n_near).toarray()

    words, told, meant = np.split(matrix, [len(vocabulary), len(vocabulary) + 2], axis=1)
    assert matrix.shape == (2, len(vocabulary) + 2 + N_MEANINGS)
    assert (words == np.array([1.0] * n_near + [FAR] * (len(vocabulary) - n_near))).all()
    assert (told == scores).all()
    assert (meant == MEANING * FOUND.meant).all()


def test_no_mentions_have_no_rows() -> None:
    none = features_of_mentions((), (), (), {}, 2)

    assert mention_matrix(none, np.zeros((0, 2)), {"noun": 0}, 1).shape == (0, 3 + N_MEANINGS)
    assert none.near.shape == (0, 3)
