"""What tests have other processes do, and how they see that one has ended."""

from __future__ import annotations

import os
import time

WAIT = 30  # seconds


def by_whom(number: int) -> tuple[int, int]:
    """The number, and the process that answers."""
    return number, os.getpid()


def only_here(here: int, number: int) -> int:
    """The number; any process but one ends instead."""
    if os.getpid() != here:
        os._exit(1)
    return number


def refuses_three(number: int) -> int:
    """The number, unless it is three."""
    if number == 3:
        raise ValueError(number)
    return number


def gone(process: int) -> bool:
    """Whether a process has ended, a while from now at the latest."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
