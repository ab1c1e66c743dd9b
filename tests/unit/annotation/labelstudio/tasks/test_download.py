"""What an export leaves behind is removed: the record, and on a server of ours its file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from annotation.errors import StudioUncertainError
from annotation.labelstudio.answers import as_shape
from annotation.labelstudio.sync import LabelStudio
from annotation.labelstudio.tasks import download
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs
from tests.contract.fake_studio import TOKEN, URL, FakeStudio

SCHEMA = parse_schema(CONFIG)
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
    download._remove(server, 8, 7)  # type: ignore[arg-type]
    assert [each["id"] for each in server.listed] == [3, 4, 6]
    assert digests(folder / "8") == {"c", "d", "e"}
    assert len([*(folder / "8").glob("*-dddd*")]) == 1  # theirs, which is older
    assert digests(folder / "80") == {"a", "b", "c", "d", "e"}


def test_elsewhere_the_records_go(folder: Path) -> None:
    server = Server(None)
    download._remove(server, 8, 7)  # type: ignore[arg-type]
    assert [each["id"] for each in server.listed] == [3, 4, 6]
    assert digests(folder / "8") == {"a", "b", "c", "d", "e"}


@pytest.mark.parametrize("carried_out", [True, False])
def test_an_export_that_nobody_answered_for_is_looked_for_and_else_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, *, carried_out: bool
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("annotation.labelstudio.tasks.download.time.sleep", waited.append)
    fake = FakeStudio()

    def lost(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        if carried_out:
            answer()
        return httpx.Response(504, text="<html>gateway")

    with LabelStudio(URL, TOKEN, transport=fake) as ours:
        project = ours.ensure_project("A project", SCHEMA).id
        ours.push(project, pairs(2), SCHEMA)
        fake.fail("POST project exports", lost)
        ours.pull(project, SCHEMA)
    assert waited == [1.0]
    assert fake.calls.count("POST project exports") == (1 if carried_out else 2)
    assert not fake.exports


def test_an_export_that_is_never_answered_for_is_given_up_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("annotation.labelstudio.tasks.download.time.sleep", waited.append)
    fake = FakeStudio()
    with LabelStudio(URL, TOKEN, transport=fake) as ours:
        project = ours.ensure_project("A project", SCHEMA).id
        fake.fail("POST project exports", *[lambda *_: httpx.Response(504)] * 4)
        with pytest.raises(StudioUncertainError, match="exporting the project"):
            ours.pull(project, SCHEMA)
    assert waited == [1.0, 2.0, 4.0]
