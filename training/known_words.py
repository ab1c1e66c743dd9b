"""Which words of some texts are known, as the rows of a sparse matrix.

Built by hand, since it is most of the time that a matrix takes: scikit-learn's vectorizers take
three to ten times as long, since most words are not in a vocabulary, and they raise and catch an
error for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, repeat

import numpy as np
from numpy.typing import NDArray


def known_columns(
    column_of: Mapping[str, int], texts: Sequence[Sequence[str]]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The columns of the words that are known, text by text, and where each text's end in them.

    The two are what SciPy calls ``indices`` and ``indptr``; it would copy both to 64 bits if one
    of them had that many.

    Args:
        column_of: Each known word's column.
        texts: The words of n texts; they keep their order, and what comes twice stays twice.
    """
    words = list(chain.from_iterable(texts))
    columns = np.fromiter(map(column_of.get, words, repeat(-1)), np.int32, len(words))
    is_known = columns >= 0
    known_before = np.zeros(len(words) + 1, np.int32)
    np.cumsum(is_known, out=known_before[1:])
    return columns[is_known], known_before[[0, *accumulate(map(len, texts))]]
