"""All tests, in two halves side by side: those with a Label Studio, and those without.

    python scripts/tests.py [arguments of pytest, for both]

The first are one after the other, for two Label Studios would only wait for each other. The others
are on the other cores meanwhile; what they print is shown in the end. What one half has fitted, the
other takes as it is.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from joblib import cpu_count

WITH_SERVER = ("-m", "server and not long")
WITHOUT = ("-m", "not server", "-n", str(max(1, cpu_count() - 1)), "--dist", "worksteal")

NO_TEST = 5
"""What pytest ends with where no test matches: of one half that is no failure."""


MEMORY = Path("/dev/shm")  # noqa: S108  what is made in it is private
ENOUGH = 4 * 2**30
"""Bytes that must be free there. Linux lets such a folder have half of the memory at most, and a
container 64 MB, unless it is told otherwise."""


def in_memory() -> str | None:
    """A folder of which nothing is written to the disk, where there is one with room.

    Label Studio stores a label in a dozen transactions, and its SQLite waits for the disk at the
    end of each: 5 ms a label, and 50 on busy cores, where whoever has waited stands in line again;
    its work takes 60. No test asks whether a label outlives a power cut.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return str(MEMORY)
    return None


def started(
    *arguments: str, output: BinaryIO | None = None, **environment: str
) -> subprocess.Popen[bytes]:
    """A run of pytest, with this in its environment besides."""
    command = [sys.executable, "-m", "pytest", *arguments]
    errors = output and subprocess.STDOUT
    whole = {**os.environ, **environment}
    return subprocess.Popen(command, stdout=output, stderr=errors, env=whole)  # noqa: S603  of whoever runs it


def main(arguments: list[str]) -> int:
    """Run them; what is interrupted still puts away what it has started."""
    with (
        tempfile.TemporaryFile() as printed,
        tempfile.TemporaryDirectory() as fits,
        tempfile.TemporaryDirectory(prefix="newsledger-tests-", dir=in_memory()) as folders,
    ):
        more = {"SHARED_FITS": fits, "PYTEST_DEBUG_TEMPROOT": folders}
        runs = (
            started(*WITHOUT, *arguments, output=printed, SHARED_FITS=fits),
            started(*WITH_SERVER, *arguments, **more),
        )
        # Who is told to end has them put away, too: what lies in memory would stay there.
        signal.signal(signal.SIGTERM, lambda *_: [run.send_signal(signal.SIGINT) for run in runs])
        try:
            for run in reversed(runs):
                run.wait()
        except KeyboardInterrupt:
            # Ctrl+C they got, too; a second one would break off what the first has them put away.
            for run in () if sys.stdin.isatty() else runs:
                run.send_signal(signal.SIGINT)
        codes = {run.wait() for run in runs}
        printed.seek(0)
        shutil.copyfileobj(printed, sys.stdout.buffer)
        sys.stdout.flush()
    return max(codes - {0, NO_TEST}, default=min(codes), key=abs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
