"""The words and word pairs that an event classifier looks at.

Words and pairs are those of scikit-learn's ``TfidfVectorizer``; which of them are worth a weight,
and how common they are, is learnt from more texts than the labelled ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

from training.known_words import known_columns
from training.stems import TOKEN_PATTERN

Ints = npt.NDArray[np.int64]


def fit_vectorizer(
    texts: Sequence[str],
    background: Sequence[str] = (),
    *,
    min_df: int = 2,
    min_df_word: int | None = None,
) -> TfidfVectorizer:
    """A vectorizer of the words and pairs of ``texts`` that occur in ``min_df`` known texts.

    Known are ``texts`` and ``background``. A word that no labelled text contains can get no
    weight, so ``background`` adds to the document frequencies but not to the words, which keeps
    models small.

    Args:
        texts: The texts that classifiers learn from.
        background: Other known texts.
        min_df: In how many known texts a word or pair must occur; where that leaves none, in one.
        min_df_word: The same for words alone; None for ``min_df``.

    Raises:
        ValueError: no text holds a word.
    """
    counter = CountVectorizer(token_pattern=TOKEN_PATTERN, ngram_range=(1, 2))
    frequency = _document_frequency(counter.fit_transform(texts))
    if background:
        frequency += _document_frequency(counter.transform(background))
    names = counter.get_feature_names_out()
    least = np.full(len(names), min_df)
    if min_df_word is not None:
        least[[" " not in name for name in names]] = min_df_word
    kept = np.flatnonzero(frequency >= least)
    if not len(kept):  # two sentences without a common word still make a model
        kept = np.arange(len(frequency))
    terms = names[kept]
    vectorizer = TfidfVectorizer(
        token_pattern=TOKEN_PATTERN,
        ngram_range=(1, 2),
        sublinear_tf=True,
        vocabulary={str(term): column for column, term in enumerate(terms)},
    )
    # The smooth inverse document frequency of TfidfTransformer.
    n_known = len(texts) + len(background)
    vectorizer.idf_ = np.log((1 + n_known) / (1 + frequency[kept])) + 1
    return vectorizer


def tfidf_features(vectorizer: TfidfVectorizer, stems: Sequence[Sequence[str]]) -> csr_matrix:
    """``vectorizer.transform`` of texts that are cut into words, in a third of the time.

    Args:
        vectorizer: As from ``fit_vectorizer``.
        stems: The words of n texts, as ``training.stems`` cuts them.
    """
    terms = [[*words, *map(" ".join, pairwise(words))] for words in stems]
    columns, ends = known_columns(vectorizer.vocabulary_, terms)
    shape = (len(stems), len(vectorizer.vocabulary_))
    counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
    counts.sum_duplicates()
    counts.data = (np.log(counts.data) + 1) * vectorizer.idf_[counts.indices]
    return normalize(counts, copy=False)


def _document_frequency(counts: csr_matrix) -> Ints:
    """In how many texts each column occurs."""
    return np.bincount(counts.indices, minlength=counts.shape[1])
