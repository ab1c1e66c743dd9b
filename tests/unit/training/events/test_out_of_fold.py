"""Folds of whole articles, and features as a model that has not seen them would see them."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from training.events.out_of_fold import article_folds, as_if_new


def test_articles_stay_whole_and_rare_labels_spread_over_the_folds() -> None:
    group = np.repeat(np.arange(20), 5)
    truth = np.zeros((100, 2), bool)
    truth[:, 0] = True
    truth[[0, 5, 10, 15, 20], 1] = True  # a rare label in five articles
    fold = article_folds(truth, group, 5, seed=0)
    assert all(len(np.unique(fold[group == one])) == 1 for one in range(20))
    assert sorted(fold[truth[:, 1]]) == [0, 1, 2, 3, 4]
    assert np.bincount(fold).tolist() == [20] * 5


def test_words_that_no_seen_sentence_has_are_unknown_out_of_fold() -> None:
    features = csr_matrix([[0.6, 0.8, 0.0], [0.6, 0.0, 0.8], [0.0, 0.6, 0.8]])
    seen = np.array([True, False, False])
    unseen = as_if_new(features, seen, n_words=3).toarray()
    np.testing.assert_allclose(unseen, [[1, 0, 0], [0, 1, 0]])


def test_word_vectors_are_what_they_are_out_of_fold() -> None:
    features = csr_matrix([[0.6, 0.8, 0.0, 0.0], [0.6, 0.0, 0.8, -0.5]])
    unseen = as_if_new(features, np.array([True, False]), n_words=2).toarray()
    np.testing.assert_allclose(unseen, [[1, 0, 0.8, -0.5]])
