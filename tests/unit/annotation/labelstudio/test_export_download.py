"""What an export leaves behind is removed: the record, and on a server of ours its file."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotation.labelstudio import export_download
from annotation.labelstudio.answers import as_shape

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
OURS, LEFT, THEIRS, TWIN = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)


def one(number: int, title: str, md5: str | None, age: float) -> dict[str, Any]:
    return {
        "id": number, "title": title, "md5": md5, "created_at": NOW - timedelta(hours=age),
    }  # fmt: skip


class Server:
    """The exports of a project, with their files."""

    def __init__(self, folder: Path | None) -> None:
        self.export_folder = folder
        self.listed = [
            one(1, "newsledger", LEFT, 3),
            one(2, "newsledger", TWIN, 3),
            one(3, "mine", THEIRS, 3),
            one(4, "mine", TWIN, 4),
            one(5, "newsledger", None, 3),
            one(6, "newsledger", "e" * 32, 0.5),  # another's, who is at it
            one(7, "newsledger", OURS, 0),
        ]
        self.sdk = SimpleNamespace(projects=SimpleNamespace(exports=self))

    def list(self, project_id: int) -> list[dict[str, Any]]:
        return list(self.listed)

    def delete(self, project_id: int, export_id: int) -> None:
        self.listed = [each for each in self.listed if each["id"] != export_id]

    def checked(self, shape: Any, answer: object, what: str) -> Any:
        return as_shape(shape, answer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for project in (8, 80):
        (tmp_path / str(project)).mkdir()
        for digest in (OURS, LEFT, THEIRS, TWIN, "e" * 32):
            name = f"project-{project}-at-2026-11-28-12-00-{digest[:8]}"
            for ending in (".json", "_x7Yz012.json"):  # the second where the first was there
                file = tmp_path / str(project) / f"{name}{ending}"
                file.touch()
                age = 4 if ending == ".json" and digest == TWIN else 2.9
                os.utime(file, ((NOW - timedelta(hours=age)).timestamp(),) * 2)
    return tmp_path


def digests(folder: Path) -> set[str]:
    return {path.name.split("-at-2026-11-28-12-00-")[1][0] for path in folder.iterdir()}


def test_our_records_and_files_go_and_nobody_elses(folder: Path) -> None:
    server = Server(folder)
    export_download._remove(server, 8, 7)  # type: ignore[arg-type]
    assert [each["id"] for each in server.listed] == [3, 4, 6]
    assert digests(folder / "8") == {"c", "d", "e"}
    assert len([*(folder / "8").glob("*-dddd*")]) == 1  # theirs, which is older
    assert digests(folder / "80") == {"a", "b", "c", "d", "e"}


def test_elsewhere_the_records_go(folder: Path) -> None:
    server = Server(None)
    export_download._remove(server, 8, 7)  # type: ignore[arg-type]
    assert [each["id"] for each in server.listed] == [3, 4, 6]
    assert digests(folder / "8") == {"a", "b", "c", "d", "e"}
