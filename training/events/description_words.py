"""How near the words of a sentence come to those that describe a label.

The sum of a sentence's word vectors is mostly that of what it tells beside the event. One word
tells of it: where "skirmish" stands, the sentence is near "battles", whatever else it says. So of
each label the word counts that comes nearest to any of its description.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from training.stems import stems_in
from training.word_vectors import nearness_to_texts, rows_of_words

Floats = npt.NDArray[np.float64]

WEIGHT = 0.7
"""What a word of the description itself counts, where a sentence's sum of word vectors has length
1. At 1 micro F1 on the seeds is .002 lower with 200 labels by article, .003 with 800 (dealings 10
to 12 of ``benchmarks/seeds.py --sizes``)."""


def nearness_to_descriptions(descriptions: Sequence[str], stems: Sequence[Sequence[str]]) -> Floats:
    """How near each text's nearest word comes to each description, shape ``(n, n_labels)``.

    0 is not near at all, ``WEIGHT`` a word of the description itself; near "" is nothing, and
    nothing is near a text without a word that the table of word vectors knows.

    Args:
        descriptions: What each label is called and explained with, "" for nothing.
        stems: The words of n texts, as ``training.stems`` cuts them.
    """
    found = np.zeros((len(stems), len(descriptions)))
    if not found.size:
        return found
    rows, ends = rows_of_words(stems)
    n_words = np.diff(ends)
    with_words = np.flatnonzero(n_words)
    if len(with_words):  # of no words there is no greatest
        near = _nearness(tuple(descriptions))[rows]
        found[with_words] = WEIGHT * np.maximum.reduceat(near, ends[:-1][with_words])
    return found


@lru_cache(maxsize=4)
def _nearness(descriptions: tuple[str, ...]) -> npt.NDArray[np.float32]:
    """Of each word of the table; two megabytes, which every model of a schema shares."""
    return nearness_to_texts([stems_in(description) for description in descriptions])
