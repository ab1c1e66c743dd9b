"""What words mean before anybody labels anything: a small table of pretrained word vectors.

The table is made of GloVe's vectors of 50 dimensions, learnt on 6 billion words of Wikipedia and
news (Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014; public
domain, see ``word_vectors_notice.md`` beside it). ``scripts/word_vectors.py`` makes it, in four
steps, so that what is read here is as small and as plain as can be:

- a row is a word's first six letters, as ``training.stems`` cuts words; words with the
  same first letters are one row, their vectors averaged by how common they are;
- from each row the mean of all words is taken away, which says nothing about any of them;
- each row is weighed by a/(a + p), p being how common it is and a = .001, so that "the" counts for
  little (Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017);
- its numbers are rounded to 127 steps of the row's largest, one byte each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

from training.known_words import known_columns

Floats = npt.NDArray[np.float64]

TABLE = Path(__file__).with_name("word_vectors.npz")
"""``stems``: the rows' letters in UTF-8, a line each; ``steps``: int8 ``(n_stems, n_dimensions)``;
``step``: float32 ``(n_stems, 1)``, the size of a step."""

N_DIMENSIONS = 50
"""Length of a vector."""

LONG = 3.5
"""Length from which a vector is that of no common word, as that of a quarter of the words of the
seeds; the longest is 12.6, that of "battle" 2.9, that of "the" .2."""


def sentence_vectors(stems: Sequence[Sequence[str]]) -> Floats:
    """The sum of each text's word vectors, scaled to length 1, shape ``(n, N_DIMENSIONS)``.

    A text without a word that the table knows has a vector of zeros.

    Args:
        stems: The words of n texts, as ``training.stems`` cuts them.
    """
    if not stems:  # scikit-learn takes none for a mistake
        return np.zeros((0, N_DIMENSIONS))
    rows, ends = rows_of_words(stems)
    vectors = _table()[1]
    counts = csr_matrix((np.ones(len(rows)), rows, ends), shape=(len(stems), len(vectors)))
    return np.asarray(normalize(counts @ vectors))


def rows_of_words(
    stems: Sequence[Sequence[str]],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The rows of the words that the table knows, text by text, and where each text's end in them.

    Args:
        stems: The words of n texts, as ``training.stems`` cuts them.
    """
    return known_columns(_table()[0], stems)


def nearness_to_texts(texts: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
    """How near each word of the table comes to the nearest word of each text.

    It is the square of their cosine, so that little likeness counts for nothing: of "skirmish" and
    "battle" .45, of two words taken by chance .03. A common word, which is near many, has as much
    less as it is shorter than ``LONG``.

    Args:
        texts: The words of n texts, as ``training.stems`` cuts them.

    Returns:
        0 to 1, a row for each of the table, shape ``(n_rows, n)``; 0 for a text without a word that
        the table knows.
    """
    vectors = _table()[1].astype(np.float32)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= length
    rows, ends = rows_of_words(texts)
    cosine = vectors[rows] @ vectors.T
    near = np.zeros((len(vectors), len(texts)), dtype=np.float32)
    for text, (first, end) in enumerate(pairwise(ends.tolist())):
        near[:, text] = cosine[first:end].max(axis=0, initial=0.0)
    return np.asarray(near**2 * np.minimum(length / np.float32(LONG), 1))


@cache
def _table() -> tuple[dict[str, int], Floats]:
    """The row of each stem, and the vectors; read once, a few milliseconds and ten megabytes."""
    with np.load(TABLE) as table:
        stems = bytes(table["stems"]).decode().splitlines()
        vectors = table["steps"] * table["step"].astype(np.float64)
    return {stem: row for row, stem in enumerate(stems)}, vectors
