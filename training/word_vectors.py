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


def sentence_vectors(stems: Sequence[Sequence[str]]) -> Floats:
    """The sum of each text's word vectors, scaled to length 1, shape ``(n, N_DIMENSIONS)``.

    A text without a word that the table knows has a vector of zeros.

    Args:
        stems: The words of n texts, as ``training.stems`` cuts them.
    """
    row_of, vectors = _table()
    if not stems:  # scikit-learn takes none for a mistake
        return np.zeros((0, N_DIMENSIONS))
    rows, ends = known_columns(row_of, stems)
    counts = csr_matrix((np.ones(len(rows)), rows, ends), shape=(len(stems), len(vectors)))
    return np.asarray(normalize(counts @ vectors))


@cache
def _table() -> tuple[dict[str, int], Floats]:
    """The row of each stem, and the vectors; read once, a few milliseconds and ten megabytes."""
    with np.load(TABLE) as table:
        stems = bytes(table["stems"]).decode().splitlines()
        vectors = table["steps"] * table["step"].astype(np.float64)
    return {stem: row for row, stem in enumerate(stems)}, vectors
