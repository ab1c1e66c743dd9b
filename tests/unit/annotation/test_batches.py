from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Event

import pytest

from annotation.batches import ahead, batched


def test_items_come_in_their_order_and_the_last_batch_is_shorter() -> None:
    assert list(batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batched("", 2)) == []


def test_no_more_than_one_batch_is_taken_from_a_stream() -> None:
    stream = count()
    assert next(batched(stream, 3)) == [0, 1, 2]
    assert next(stream) == 3


def test_items_that_are_made_ahead_are_the_same() -> None:
    assert list(ahead("abcde")) == list("abcde")
    assert list(ahead([None, 0, ""])) == [None, 0, ""]
    assert list(ahead("")) == []


def test_the_next_item_is_made_while_the_caller_is_at_the_one_before() -> None:
    asked = [Event() for _ in range(4)]

    def make() -> Iterator[int]:
        for number, event in enumerate(asked):
            event.set()
            yield number

    for number in ahead(make()):
        following = asked[min(number + 1, 3)]
        assert following.wait(60)


def test_what_is_raised_while_an_item_is_made_is_raised_where_it_is_asked_for() -> None:
    def make() -> Iterator[int]:
        yield 1
        raise KeyError("two")

    made = ahead(make())
    assert next(made) == 1
    with pytest.raises(KeyError, match="two"):
        next(made)


def test_whoever_stops_asking_ends_it() -> None:
    ended = Event()

    def make() -> Iterator[int]:
        try:
            yield from count()
        finally:
            ended.set()

    made = ahead(make())
    assert next(made) == 0
    made.close()  # type: ignore[attr-defined]
    assert ended.wait(60)
