"""Waiting for a server that may still be at a call: nobody knows whether it was carried out."""

from __future__ import annotations

import time

from annotation.errors import StudioUncertainError, StudioUnreachableError
from annotation.labelstudio.tasks.task_queries import TaskQueries

QUIET = 5.0
"""Seconds for which the server's counts must stand still after a call whose end is open."""

_QUIET_MOST = 120.0  # the same, however long the call had been silent
_SETTLING_MOST = 600.0  # seconds in all; somebody else may be pushing
_UNANSWERED_MOST = 4  # questions in a row, with longer and longer pauses


def wait_until_still(queries: TaskQueries, silent: float = 0.0) -> None:
    """Wait until the server's counts stand still: it may be at what it has not answered yet.

    Args:
        queries: the project.
        silent: seconds for which it had been silent before; as long again it may be still.

    Raises:
        StudioUnreachableError: nobody answers by now, however often it is asked.
    """
    wanted = min(max(QUIET, silent), _QUIET_MOST)
    until = time.monotonic() + _SETTLING_MOST
    before: tuple[int, int] | None = None
    quiet, unanswered, pause = 0.0, 0, QUIET / 8
    while quiet < wanted and time.monotonic() < until:
        time.sleep(pause)
        try:
            now = queries.counts_stored()
        except (StudioUncertainError, StudioUnreachableError):
            unanswered += 1
            if unanswered == _UNANSWERED_MOST:
                raise
            before = None
        else:
            unanswered = 0
            quiet = quiet + pause if now == before else 0.0
            before = now
        pause = min(2 * pause, wanted)
