"""State is written whole or not at all, locked by one process, and read with one set of errors."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import SchemaError, SnapshotError, WorkspaceError
from annotation.folders import atomic_folder
from annotation.schema import read_schema
from annotation.storage import (
    MAX_FILE,
    atomic_path,
    close_to_others,
    locked,
    private_opener,
    read_json_state,
    read_text_file,
    write_atomic,
    write_json_state,
)

# Files and folders

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


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_state_is_its_owners_alone_and_so_are_folders_that_were_missing(
    tmp_path: Path, umask: int
) -> None:
    former = os.umask(umask)
    try:
        write_atomic(tmp_path / "a" / "b" / "state", b"x")
        write_json_state(tmp_path / "a" / "json", {}, format=1)
        with locked(tmp_path / "l" / ".lock"):
            pass
        with atomic_folder(tmp_path / "c" / "d" / "model") as folder:
            (folder / "deep").mkdir()
            (folder / "deep" / "part").write_bytes(b"x")
        with open(tmp_path / "a" / "log", "ab", opener=private_opener) as log:
            log.write(b"x")
    finally:
        os.umask(former)
    paths = list(tmp_path.rglob("*"))
    assert len(paths) == 12
    for path in paths:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_state_that_an_older_release_left_open_is_closed_when_it_is_next_written(
    tmp_path: Path,
) -> None:
    state, log = tmp_path / "state", tmp_path / "log"
    for path in (state, log):
        path.write_bytes(b"old")
        path.chmod(0o644)
    write_atomic(state, b"new")
    with open(log, "ab", opener=private_opener):
        pass
    assert [stat.S_IMODE(path.stat().st_mode) for path in (state, log)] == [0o600, 0o600]


def test_a_growing_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(OSError, match="symbolic links"),
        open(tmp_path / "log", "ab", opener=private_opener),
    ):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("umask", [0o002, 0o022, 0o077])
def test_what_the_user_asked_for_has_the_permissions_of_the_umask(
    tmp_path: Path, umask: int
) -> None:
    former = os.umask(umask)
    try:
        with atomic_path(tmp_path / "new" / "out", private=False) as temporary:
            assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
        assert os.umask(umask) == umask
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "new" / "out").stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o777 & ~umask


def test_a_folder_is_closed_but_not_where_the_shell_or_the_home_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("workspace", "here/below", "home/below"):
        (tmp_path / name).mkdir(parents=True)
    for folder in tmp_path.rglob("*"):
        folder.chmod(0o755)
    monkeypatch.chdir(tmp_path / "here" / "below")
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "below"))
    for name in ("workspace", "here", "home", "missing"):
        close_to_others(tmp_path / name)
    modes = [
        stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("workspace", "here", "home")
    ]
    assert modes == [0o700, 0o755, 0o755]


def test_a_folder_is_synced_with_its_files_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model"
    synced: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        os, "fsync", lambda f: synced.append((Path(f"/dev/fd/{f}").resolve().name, path.exists()))
    )
    with atomic_folder(path) as temporary:
        (temporary / "deep").mkdir()
        (temporary / "deep" / "part").write_bytes(b"x")
    assert synced == [("part", False), (tmp_path.name, True)]


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


def test_a_secret_is_the_owners_alone_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with atomic_path(path) as temporary:
        temporary.write_bytes(b"x")
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


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


# JSON state


def read(path: Path, **more: Any) -> dict[str, Any] | None:
    return read_json_state(path, **{"format": 2, "what": "The list", "hint": "Do this.", **more})


def test_json_state_comes_back_as_written_and_has_its_number(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.json"
    assert read(path) is None
    write_json_state(path, {"one": "é", "two": [2]}, format=2)
    assert read(path) == {"one": "é", "two": [2]}
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [0, 1, 1000])
def test_a_format_may_have_any_number(tmp_path: Path, number: int) -> None:
    write_json_state(tmp_path / "state.json", {"one": 1}, format=number)
    assert read(tmp_path / "state.json", format=number) == {"one": 1}


def test_an_earlier_format_is_read_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_json_state(path, {"one": 1}, format=1)
    assert read(path, older=(1,)) == {"one": 1}
    with pytest.raises(WorkspaceError, match="its format is 1, not 2"):
        read(path)
    write_json_state(path, {"one": 1}, format=3)
    with pytest.raises(WorkspaceError, match="reads up to 2"):
        read(path, older=(1,))


def test_json_without_a_number_is_read_where_none_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"one": 1}')
    assert read(path, format=None) == {"one": 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not JSON (Expecting value: line 1 column 1 (char 0))."),
        (b'{"a": 1', "it is not JSON (Expecting ',' delimiter: line 1 column 8 (char 7))."),
        (b'{"a":\n"\xe9"}', "it is not UTF-8 (byte 0xe9 in line 2)."),
        (b'\n{"a": "\xe9"}', "it is not UTF-8 (byte 0xe9 in line 2)."),
        (b"[" * 100_000, "it is not JSON (maximum recursion depth exceeded"),
        (b"[]", "it is not a JSON object."),
        (b"{}", "its format is null, not 2."),
        (b'{"format": 1}', "its format is 1, not 2."),
        (b'{"format": "2"}', 'its format is "2", not 2.'),
    ],
)
def test_damaged_state_is_told_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError) as raised:
        read(path)
    assert raised.value.message.startswith(f"The list in {path} cannot be read: {why}")
    assert raised.value.hint == "Do this."


def test_state_of_a_later_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"format": 3, "unknown": true}')
    with pytest.raises(SnapshotError) as raised:
        read(path, error=SnapshotError)
    assert raised.value.message == (
        f"The list in {path} has format 3; this newsledger reads up to 2."
    )
    assert raised.value.hint == "Update newsledger."


def test_state_in_a_folder_that_is_none_and_state_that_is_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="file is not a folder"):
        read(tmp_path / "file" / "state.json")
    with pytest.raises(WorkspaceError, match="cannot be read: Is a directory"):
        read(tmp_path)


# Locks


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


def test_a_pipe_or_a_device_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="a pipe or a device"):
            read_text_file(path)
        with pytest.raises(SchemaError, match="a pipe or a device"):
            read_schema(path)
        with pytest.raises(WorkspaceError, match="a pipe or a device"):
            read_json_state(path, format=1, what="It", hint="")


def test_a_file_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(OSError, match="more than 2 GB"):
        read_text_file(tmp_path / "big")
