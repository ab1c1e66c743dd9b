"""A folder appears when it is complete, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.folders import atomic_folder


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
