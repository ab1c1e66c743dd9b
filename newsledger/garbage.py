"""The garbage collector, kept from looking through large things again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 100_000
"""Objects made between two collections, instead of the interpreter's 700 to 2,000."""


def collect_seldom() -> None:
    """Leave out of all collections what is there, and collect what is made from now on seldom."""
    gc.freeze()
    gc.set_threshold(RARELY)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """The same for a while.

    For work on records, which hold nothing that holds them: there is nothing to be found, and to
    look for it takes a tenth of the time. Afterwards all is as it was.
    """
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
