"""A process beside this one that does some of the work ahead: the same results, sooner.

It is joblib's, and ends with this one, however that ends. While this process would have to wait, it
does what the other has not been given yet, so that neither waits for the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from itertools import islice
from typing import Any

from newsledger.garbage import collect_seldom
from training.other_cores import cores, other_processes

WORTH_IT = 5_000
"""Sentences from which on a process, which takes about a second to start, is worth it."""
AHEAD = 8
"""Items that are held at most, done or not."""
_HANDED = 3
"""So many of them the helper has, done or not: enough to go on while this process is at one."""


@dataclass(slots=True)
class _Asked:
    item: Any
    future: Future[Any] | None = None
    """What the helper makes of it, None where it has not been given it."""
    done: tuple[Any, ...] = ()
    """What came of it, where this process has done it already."""


def helped(sentences: int) -> Callable[..., Iterator[Any]]:
    """``map``, or ``map_ahead`` where there is enough to do and a second core to do it.

    Args:
        sentences: how many there are.
    """
    return map_ahead if sentences >= WORTH_IT and cores() > 1 else map


def map_ahead(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """As ``map``, with another process that works ahead; no more than some items are held.

    Args:
        work: a function that can be pickled, and tells the same wherever it is called.
        items: what it is called with; can be pickled, as what it returns.
    """
    pool = other_processes(1, collect_seldom)
    if pool is None:
        yield from map(work, items)
        return
    waiting: deque[_Asked] = deque()
    with pool as helper:
        for item in items:
            waiting.append(_Asked(item))
            if len(waiting) <= _HANDED:
                _hand(helper, work, waiting)
            elif len(waiting) == AHEAD:
                yield _first(helper, work, waiting)
        while waiting:
            yield _first(helper, work, waiting)


def _hand(helper: Executor, work: Callable[[Any], Any], waiting: Iterable[_Asked]) -> None:
    """Give the helper the first items that nobody has done."""
    for one in islice(waiting, _HANDED):
        if one.future is None and not one.done:
            try:
                one.future = helper.submit(work, one.item)
            except (BrokenExecutor, OSError):  # ended, perhaps for want of memory: go on alone
                return


def _first(helper: Executor, work: Callable[[Any], Any], waiting: deque[_Asked]) -> Any:
    """What came of the first item; until it is done, this process does those from the end."""
    first = waiting.popleft()
    _hand(helper, work, waiting)
    if first.future is not None:
        for one in reversed(waiting):
            if first.future.done() or one.future is not None:
                break
            if not one.done:
                one.done = (work(one.item),)
        try:
            return first.future.result()
        except BrokenExecutor:
            pass
    return first.done[0] if first.done else work(first.item)
