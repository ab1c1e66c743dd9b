"""The descriptions of labels, in words, and which sentences sound like them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from annotation.schema import Label
from training.stems import stems_in
from training.word_vectors import sentence_vectors

Floats = npt.NDArray[np.float64]

VECTORS = 0.2
"""What the likeness of meanings counts beside that of letters. With six made-up labels on the seed
texts the mean average precision rises from .37 to .46 by it, with the seeds' own from .28 to .39;
on police sentences, whose labels are all questions about police, it falls from .24 to .19."""


def label_descriptions(labels: Iterable[Label]) -> tuple[str, ...]:
    """For each event type or claim kind what it is called and explained with.

    "" for a label that excludes the rest: what it is called ("nothing happened") says nothing
    about the sentences that it is for.
    """
    return tuple("" if label.excludes_rest else f"{label.value} {label.hint}" for label in labels)


class LabelDescriptionClassifier(BaseEstimator):  # type: ignore[misc]
    """How much a sentence sounds like what a label is called and explained with.

    Two cosines are added: of TF-IDF vectors of character n-grams within words, so that "clashed" is
    near "armed clash" without a word list of any language; and of word vectors, in which "fled" is
    near "displacement". From the latter the mean of all sentences is taken away, as what all have
    in common tells nothing. The score orders sentences; it is **not** a probability.

    Args:
        descriptions: For each label all that is known of it in words: what people see, the hint,
            the codebook's entry.
    """

    def __init__(self, descriptions: Sequence[str] = ()) -> None:
        self.descriptions = descriptions

    def fit(self, texts: Sequence[str], y: Any = None) -> Self:
        """Learn from unlabelled sentences what is common in them; ``y`` is not looked at."""
        self.vectorizer_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32
        )
        self.vectorizer_.fit([*texts, *self.descriptions])
        self.labels_ = self.vectorizer_.transform(self.descriptions)
        self.mean_ = np.sum(_vectors(texts), axis=0) / max(1, len(texts))
        return self

    def score_texts(self, texts: Sequence[str]) -> Floats:
        """Likeness of each text to each label, 0 to 1, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        letters = (self.vectorizer_.transform(texts) @ self.labels_.T).toarray()
        meanings = self._centred(texts) @ self._centred(self.descriptions).T
        likeness = (letters + VECTORS * np.maximum(meanings, 0)) / (1 + VECTORS)
        return np.where([bool(one) for one in self.descriptions], likeness, 0.0)

    def _centred(self, texts: Sequence[str]) -> Floats:
        vectors = _vectors(texts) - self.mean_
        # Of one sentence alone nothing but rounding is left, which must not be blown up.
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-6))


def _vectors(texts: Sequence[str]) -> Floats:
    return sentence_vectors([stems_in(text) for text in texts])
