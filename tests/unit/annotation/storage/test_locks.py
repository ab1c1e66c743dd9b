"""A lock is held by one process at a time, and goes with it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.storage import (
    locked,
)


def test_a_lock_is_held_by_one_at_a_time_and_who_waits_is_told(tmp_path: Path) -> None:
    path = tmp_path / "new" / ".lock"
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with locked(path, on_wait=waiting.set):
            order.append("second")

    other = threading.Thread(target=second)
    with locked(path):
        other.start()
        assert waiting.wait(10)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_a_lock_that_is_not_ours_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"), locked(tmp_path):
        pass


def test_an_error_within_the_lock_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / ".lock"):
        (tmp_path / "missing").read_bytes()


def test_what_is_done_where_a_lock_is_held_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="positional"):
        locked(tmp_path / ".lock", False)  # type: ignore[arg-type,call-arg]


def test_who_does_not_wait_runs_without_the_lock(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with locked(path, wait=False) as first, locked(path, wait=False) as second:
        assert (first, second) == (True, False)
    with locked(path, wait=False) as third:
        assert third


HOLD = """
import sys, time
from pathlib import Path
from annotation.storage import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_goes_with_a_process_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    told: list[str] = []
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        def kill() -> None:
            told.append("waiting")
            holder.kill()

        with locked(path, on_wait=kill) as held:
            assert held
    assert told == ["waiting"]
    assert path.exists()
