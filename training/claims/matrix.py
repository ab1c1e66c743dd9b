"""The numeric mentions of some sentences as the rows of a matrix, for linear models.

Its columns are the features that occurred where it was fitted, then the scores of the event types
of the sentence, then the word vectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from annotation.numbers.reader import Mention
from training.claims.features import FAR_AWAY, features, meanings, nearness
from training.claims.governors import governors
from training.claims.sentence_words import words_of
from training.claims.told import ToldOfThem, spoken_harms, told_of
from training.known_words import known_columns
from training.word_vectors import N_DIMENSIONS, sentence_vectors

Floats = NDArray[np.float64]

FAR = 0.5
"""Strength of the words of the whole sentence beside the near ones (1): a weight of theirs is
punished four times as hard."""

MEANING = 3.0
"""Strength of the word vectors beside the near words (1): their length is 1, however many words."""

N_MEANINGS = 3 * N_DIMENSIONS
"""Columns of the word vectors: three groups of words, see ``meanings``."""


@dataclass(frozen=True, slots=True, eq=False)
class MentionFeatures:
    """What is known of n mentions."""

    names: tuple[tuple[str, ...], ...]
    """The names of each mention's features."""
    near: Floats
    """``(n, 1 + kinds)``: how near each kind's words stand to it; column 0 is "no claim"."""
    meant: Floats
    """``(n, N_MEANINGS)``: the vectors of three groups of words."""
    told: tuple[ToldOfThem, ...]
    """What the sentence tells of those whom each mention counts."""


def features_of_mentions(
    texts: Sequence[str],
    rows: Sequence[int],
    mentions: Sequence[Mention],
    stems: Mapping[str, tuple[int, ...]],
    n_kinds: int,
) -> MentionFeatures:
    """What is known of the mentions of some sentences.

    Args:
        texts: the sentences.
        rows: the sentence of each mention.
        mentions: what the reader found, sentence by sentence.
        stems: which kinds' descriptions have a word with this stem, as from ``stems_of``.
        n_kinds: how many kinds there are.
    """
    words = words_of("")
    last = -1
    spoken: frozenset[str] = frozenset()
    told: list[ToldOfThem] = []
    names: list[tuple[str, ...]] = []
    meant: list[list[str]] = []
    near: Floats = np.zeros((len(mentions), 1 + n_kinds))
    for number, (row, mention) in enumerate(zip(rows, mentions, strict=True)):
        if row != last:
            words = words_of(texts[row])
            spoken = spoken_harms(words)
            last = row
        governing = governors(words, mention)
        of_them = told_of(words, mention, governing, spoken)
        told.append(of_them)
        names.append(tuple(features(words, mention, governing, of_them.harms)))
        meant += meanings(words, mention, governing)
        for kind, closeness in nearness(words, mention, governing, stems).items():
            near[number, 1 + kind] = closeness
    # Row by row, the three groups of a mention: its vectors lie side by side.
    vectors = sentence_vectors(meant).reshape(len(mentions), N_MEANINGS)
    return MentionFeatures(tuple(names), near, vectors, tuple(told))


def vocabulary_of(names: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """The column of each feature that is learnt, and how many of the first say where a word is.

    Args:
        names: the names of the features of each mention.
    """
    # What occurs once cannot be told from chance, and is most of the features.
    known = [name for name, times in Counter(chain(*names)).items() if times > 1]
    near = [name for name in known if not name.startswith(FAR_AWAY)]
    far = [name for name in known if name.startswith(FAR_AWAY)]
    return {name: column for column, name in enumerate((*near, *far))}, len(near)


def mention_matrix(
    found: MentionFeatures, event_scores: Floats, vocabulary: Mapping[str, int], n_near: int
) -> csr_array:
    """Known features, event scores and word vectors, a row for each mention.

    Args:
        found: what is known of n mentions.
        event_scores: ``(n, k)``: the scores of the sentence of each.
        vocabulary: as from ``vocabulary_of``.
        n_near: likewise.
    """
    columns, ends = known_columns(vocabulary, found.names)
    words = csr_array(
        (np.where(columns < n_near, 1.0, FAR), columns, ends),
        shape=(len(found.names), len(vocabulary)),
    )
    words.sort_indices()
    dense = _full(np.hstack([event_scores, MEANING * found.meant]))
    return csr_array(hstack([words, dense], format="csr"))


def _full(dense: Floats) -> csr_array:
    """The same as a sparse matrix that holds the zeros, too."""
    n, k = dense.shape
    columns, ends = np.arange(k, dtype=np.int32), np.arange(0, n * k + 1, k, dtype=np.int32)
    return csr_array((dense.ravel(), np.tile(columns, n), ends), shape=(n, k))
