"""State is written whole or not at all."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.storage import atomic_folder, atomic_path, locked, write_atomic


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a" / "state"
    write_atomic(path, b"one")
    write_atomic(path, b"two", mode=0o600)
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
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_told_in_one_sentence() -> None:
    with pytest.raises(WorkspaceError, match=r"/dev/full/state cannot be written: .*Free some"):
        write_atomic(Path("/dev/full/state"), b"x")


def test_a_folder_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "model"
    with atomic_folder(path) as half:
        (half / "part").write_bytes(b"x")
        assert not path.exists()
    assert [file.name for file in path.iterdir()] == ["part"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with atomic_folder(tmp_path / "model") as half:
            (half / "part").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_already_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.mkdir()
    (path / "kept").write_bytes(b"x")
    with pytest.raises(WorkspaceError), atomic_folder(path) as half:
        (half / "part").write_bytes(b"y")
    assert (path / "kept").read_bytes() == b"x"
    assert list(tmp_path.iterdir()) == [path]


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
