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

Floats = npt.NDArray[np.float64]


def label_descriptions(labels: Iterable[Label]) -> tuple[str, ...]:
    """For each event type or claim kind what it is called and explained with.

    "" for a label that excludes the rest: what it is called ("nothing happened") says nothing
    about the sentences that it is for.
    """
    return tuple("" if label.excludes_rest else f"{label.value} {label.hint}" for label in labels)


class LabelDescriptionClassifier(BaseEstimator):  # type: ignore[misc]
    """How much a sentence sounds like what a label is called and explained with.

    The score is the cosine of TF-IDF vectors of character n-grams within words, so that "clashed"
    is near "armed clash" without a word list of any language. It orders sentences; it is **not** a
    probability.

    Args:
        descriptions: For each label all that is known of it in words: what people see, the hint,
            the codebook's entry.
    """

    def __init__(self, descriptions: Sequence[str] = ()) -> None:
        self.descriptions = descriptions

    def fit(self, texts: Sequence[str], y: Any = None) -> Self:
        """Learn from unlabelled sentences how common each n-gram is; ``y`` is not looked at."""
        self.vectorizer_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32
        )
        self.vectorizer_.fit([*texts, *self.descriptions])
        self.labels_ = self.vectorizer_.transform(self.descriptions)
        return self

    def score_texts(self, texts: Sequence[str]) -> Floats:
        """Likeness of each text to each label, 0 to 1, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        likeness = self.vectorizer_.transform(texts) @ self.labels_.T
        return np.asarray(likeness.toarray(), dtype=np.float64)
