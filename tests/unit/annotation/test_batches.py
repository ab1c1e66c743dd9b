from __future__ import annotations

from itertools import count

from annotation.batches import batched


def test_items_come_in_their_order_and_the_last_batch_is_shorter() -> None:
    assert list(batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batched("", 2)) == []


def test_no_more_than_one_batch_is_taken_from_a_stream() -> None:
    stream = count()
    assert next(batched(stream, 3)) == [0, 1, 2]
    assert next(stream) == 3
