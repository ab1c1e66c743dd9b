"""A stream, some items at a time, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any, TypeVar

_T = TypeVar("_T")

Advance = Callable[[int], None]
"""Called with how many items are done since the last call."""


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Lists of ``size`` items, the last one shorter; no more than one is held.

    As ``itertools.batched`` of Python 3.12.
    """
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def ahead(items: Iterable[_T]) -> Iterator[_T]:
    """The same items, the next one made in a thread while the caller is at the one before.

    For what waits for another process. Two are held at a time beside the caller's, and whoever
    stops asking waits for none. What is raised while one is made is raised where it is asked for.
    """
    made: Queue[tuple[bool, Any]] = Queue(maxsize=1)
    stopped = Event()

    def make() -> None:
        try:
            for item in items:
                made.put((True, item))
                if stopped.is_set():
                    return
            made.put((False, None))
        except BaseException as error:  # noqa: BLE001 -- raised where it is asked for
            made.put((False, error))

    Thread(target=make, daemon=True).start()
    try:
        while True:
            whether, item = made.get()
            if whether:
                yield item
            elif item is None:
                return
            else:
                raise item
    finally:
        stopped.set()
        with suppress(Empty):  # for it may wait for room
            made.get_nowait()
