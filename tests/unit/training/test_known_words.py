"""Known words of texts, as SciPy's indices and indptr."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from training.known_words import known_columns

COLUMNS = {"shells": 0, "hit": 1, "town": 2}


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ([["shells", "hit", "the", "town"], ["hit", "hit"]], [[1, 1, 1], [0, 2, 0]]),
        ([["the"], [], ["town"]], [[0, 0, 0], [0, 0, 0], [0, 0, 1]]),
        ([[], []], [[0, 0, 0], [0, 0, 0]]),
    ],
)
def test_each_text_has_a_row_of_its_known_words(
    texts: list[list[str]], rows: list[list[int]]
) -> None:
    columns, ends = known_columns(COLUMNS, texts)

    counts = csr_array((np.ones(len(columns)), columns, ends), shape=(len(texts), len(COLUMNS)))

    assert counts.toarray().tolist() == rows


def test_the_words_keep_their_order() -> None:
    columns, ends = known_columns(COLUMNS, [["town", "the", "shells"], ["hit"]])

    assert (columns.tolist(), ends.tolist()) == ([2, 0, 1], [0, 2, 3])


def test_no_texts_have_no_rows() -> None:
    columns, ends = known_columns(COLUMNS, [])

    assert (columns.tolist(), ends.tolist()) == ([], [0])


def test_places_have_32_bits_so_that_scipy_copies_none() -> None:
    columns, ends = known_columns(COLUMNS, [["town", "the"], ["hit"]])

    assert columns.dtype == ends.dtype == np.dtype(np.int32)
