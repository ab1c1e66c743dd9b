"""State is its owner's alone; what the user asked for is as open as the umask says."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from annotation.folders import atomic_folder
from annotation.storage import (
    atomic_path,
    close_to_others,
    locked,
    private_opener,
    write_atomic,
    write_json_state,
)


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


def test_a_secret_is_the_owners_alone_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with atomic_path(path) as temporary:
        temporary.write_bytes(b"x")
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
