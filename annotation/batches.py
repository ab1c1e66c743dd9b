"""A stream, some items at a time, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

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
