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


def test_what_a_user_asked_for_is_written_through_a_link_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "rows"
    link, further = tmp_path / "link", tmp_path / "further"
    link.symlink_to("elsewhere/rows")  # of which there is nothing yet
    further.symlink_to(link)
    for path in (link, further):
        with atomic_path(path, private=False) as half:
            assert half.parent == target.parent
            half.write_text(path.name, encoding="utf-8")
        assert path.is_symlink()
        assert target.read_text(encoding="utf-8") == path.name
    assert list(target.parent.iterdir()) == [target]


def test_state_takes_the_place_of_a_link_which_may_be_another_users(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"not ours")
    link.symlink_to(target)
    write_atomic(link, b"state")
    assert (target.read_bytes(), link.read_bytes()) == (b"not ours", b"state")
    assert not link.is_symlink()


@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_and_a_device_are_refused_and_stay(tmp_path: Path, linked: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for special in (pipe, Path(os.devnull)):
        path = special
        if linked:
            path = tmp_path / f"link to {special.name}"
            path.symlink_to(special)
        with (
            pytest.raises(WorkspaceError, match=rf"{path} .*a pipe or a device") as refused,
            atomic_path(path, private=False),
        ):
            pytest.fail("nothing is made for it")
        assert "Name a file" in refused.value.hint
    assert stat.S_ISFIFO(pipe.stat().st_mode)


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
