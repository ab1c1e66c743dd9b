"""State is written whole or not at all, whoever is killed, reads it meanwhile or has no room."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.storage import (
    atomic_path,
    write_atomic,
)

WRITE = {
    "content": "write_atomic(path, b'new' * 100_000)",
    "a file": "with atomic_path(path) as file: file.write_bytes(b'new' * 100_000)",
    "JSON": "write_json_state(path, {'new': 'x' * 1000}, format=1)",
}


KILLED_AT = {
    "writing": "limit = (64, 64)",
    "syncing": "os.fsync = lambda *_: os.kill(os.getpid(), 9)",
    "renaming": "os.rename = os.replace = Path.replace = lambda *_: os.kill(os.getpid(), 9)",
}


@pytest.mark.parametrize("write", WRITE.values(), ids=list(WRITE))
@pytest.mark.parametrize("kill", KILLED_AT.values(), ids=list(KILLED_AT))
def test_a_writer_that_is_killed_leaves_the_old_file_whole(
    tmp_path: Path, write: str, kill: str
) -> None:
    path = tmp_path / "state"
    path.write_bytes(b"old")
    script = f"""
import os, resource, signal
from pathlib import Path
from annotation.storage import atomic_path, write_atomic, write_json_state
path, limit = Path({str(path)!r}), None
{kill}
if limit:  # the kernel kills whoever writes a file longer than so many bytes
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
{write}
"""
    killed = subprocess.run([sys.executable, "-c", script])
    assert killed.returncode in (-signal.SIGKILL, -signal.SIGXFSZ)
    assert path.read_bytes() == b"old"


def test_who_reads_meanwhile_sees_the_old_file_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "state"
    write_atomic(path, b"old")
    with path.open("rb") as reader:
        write_atomic(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


def test_a_file_is_synced_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state"
    write_atomic(path, b"old")
    synced: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append(path.read_bytes()))
    write_atomic(path, b"new")
    assert synced == [b"old", b"new"]  # the content first, and at last the folder


def test_writing_leaves_no_file_open(tmp_path: Path) -> None:
    first = os.dup(0)
    os.close(first)
    write_atomic(tmp_path / "state", b"x")
    again = os.dup(0)  # gets the lowest number that is free
    os.close(again)
    assert first == again


def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "state"
    write_atomic(path, b"old")

    def fail() -> None:
        with atomic_path(path) as temporary:
            temporary.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a" / "state"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_who_has_the_former_file_open_keeps_it_as_it_was(tmp_path: Path) -> None:
    path, same = tmp_path / "state", tmp_path / "same"
    write_atomic(path, b"one")
    same.hardlink_to(path)
    write_atomic(path, b"two")
    assert (path.read_bytes(), same.read_bytes()) == (b"two", b"one")


def test_a_file_is_seen_by_nobody_until_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rows"
    with atomic_path(path) as half:
        half.write_bytes(b"x")
        assert half.parent == path.parent
        assert stat.S_IMODE(half.stat().st_mode) == 0o600
        assert not path.exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_told_in_one_sentence() -> None:
    with pytest.raises(WorkspaceError, match=r"/dev/full/state cannot be written: .*Free some"):
        write_atomic(Path("/dev/full/state"), b"x")
