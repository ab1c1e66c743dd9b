"""Work that the other cores do meanwhile: the same results in the same order, sooner.

The processes are joblib's and end with this one, however that ends. Each takes the next item when
it is done with one; this process, when it has to wait for a result, takes the last.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

_work: Callable[[Any], Any]
"""What a process of ours was made for; set there, once, as it may hold much."""


@contextmanager
def on_all_cores(
    work: Callable[[_T], _R], items: Sequence[_T], *, worth_it: bool = True
) -> Iterator[Iterator[_R]]:
    """As ``map``, but other processes are at it from now on; the rest is done as results are taken.

    What they cannot do, whatever the reason, this process does, and raises what comes of that.

    Args:
        work: a function that can be pickled, and tells the same wherever it is called.
        items: what it is called with; can be pickled, as what it returns.
        worth_it: False where there is less to do than to start a process: two seconds.
    """
    helpers = min(cores() - 1, len(items)) if worth_it else 0
    if helpers < 1:
        yield map(work, items)
        return
    pool = other_processes(helpers, _serve_with, work)
    if pool is None:
        yield map(work, items)
        return
    shared = _Shared(work, items)
    threads = [
        threading.Thread(target=shared.hand_to, args=(pool,), daemon=True) for _ in range(helpers)
    ]
    try:
        for thread in threads:
            thread.start()
        yield shared.results()
    finally:
        shared.drop()
        pool.shutdown(kill_workers=True)
        for thread in threads:
            thread.join()


class _Shared(Generic[_T, _R]):
    """Items that several are at: one thread for each process, and whoever takes the results."""

    def __init__(self, work: Callable[[_T], _R], items: Sequence[_T]) -> None:
        self._work = work
        self._items = items
        self._waiting = deque(range(len(items)))
        self._done: dict[int, _R] = {}
        self._changed = threading.Condition()

    def hand_to(self, pool: Executor) -> None:
        """Have a process do item after item; where one fails, it waits again for anybody."""
        while (place := self._first()) is not None:
            done: dict[int, _R] = {}
            try:
                done[place] = pool.submit(_serve_one, self._items[place]).result()
            except Exception:  # noqa: BLE001  whatever it is, the work is done here
                return
            finally:
                with self._changed:
                    if not done:
                        self._waiting.appendleft(place)
                    self._done |= done
                    self._changed.notify()

    def results(self) -> Iterator[_R]:
        """All results in order; until the next is there, this process does others."""
        for place in range(len(self._items)):
            while (mine := self._mine(place)) is not None:
                result = self._work(self._items[mine])
                with self._changed:
                    self._done[mine] = result
            yield self._done.pop(place)

    def _first(self) -> int | None:
        with self._changed:
            return self._waiting.popleft() if self._waiting else None

    def _mine(self, place: int) -> int | None:
        """The last item that nobody is at; None as soon as the result of ``place`` is there."""
        with self._changed:
            self._changed.wait_for(lambda: place in self._done or self._waiting)
            return None if place in self._done else self._waiting.pop()

    def drop(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._waiting.clear()


def other_processes(number: int, begin: Callable[..., None], *arguments: Any) -> Any:
    """An executor of joblib's whose processes end with this one, which alone answers to Ctrl+C.

    Args:
        number: how many.
        begin: what each does first; can be pickled.
        arguments: what that is called with.

    Returns:
        None where there can be none: without shared memory, as in some sandboxes.
    """
    from joblib.externals.loky.process_executor import ProcessPoolExecutor

    try:
        return ProcessPoolExecutor(
            number, initializer=_begin, initargs=(os.getpid(), begin, arguments)
        )
    except (OSError, ImportError, NotImplementedError):
        return None


def _begin(parent: int, begin: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    begin(*arguments)


def _serve_with(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _serve_one(item: Any) -> Any:
    return _work(item)


def end_with(parent: int) -> None:
    """End this process when the one that made it is killed: joblib's would stay.

    Args:
        parent: the process that made it.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cores() -> int:
    """Cores that this process may use; joblib also asks what a container allows."""
    if multiprocessing.current_process().daemon:  # which may have no processes of its own
        return 1
    from joblib import cpu_count

    return int(cpu_count())
