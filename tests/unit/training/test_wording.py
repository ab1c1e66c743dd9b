"""Likeness to the labels' words orders sentences before anything is labelled."""

from __future__ import annotations

import numpy as np
from sklearn.base import clone

from training.wording import WordingClassifier

TEXTS = ("Two sides clashed", "Aid convoys arrived", "It rained")


def test_inflected_words_are_near_their_label() -> None:
    model = WordingClassifier(["armed clash", "humanitarian aid"]).fit(TEXTS)
    scores = model.score_texts(TEXTS)
    assert scores.shape == (3, 2)
    assert scores.argmax(axis=0).tolist() == [0, 1]
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_label_without_words_scores_nothing() -> None:
    scores = clone(WordingClassifier(["", "aid"])).fit(TEXTS).score_texts(TEXTS)
    np.testing.assert_array_equal(scores[:, 0], 0)
