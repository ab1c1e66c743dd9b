"""A workspace with a labelled project, and the servers that it may move to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.snapshot import read_snapshot
from annotation.labelstudio.sync import LabelStudio
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.state import project
from newsledger.commands.state.project import Host
from newsledger.commands.team import review
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.team.blind import BlindSlice
from newsledger.team.overlap import Overlap
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.commands.labelling.restore.projects import (
    PEOPLE,
    TEXT,
    Old,
    says,
)
from training.model import untrained_model


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeStudio]:
    """The servers by address; that at ``OTHER`` is the workspace's own unless a test says not."""
    known: dict[str, FakeStudio] = {}

    @contextmanager
    def connected(settings: Settings) -> Iterator[LabelStudio]:
        assert settings.credentials is not None
        url = settings.credentials.url
        with LabelStudio(url, TOKEN, transport=known[url]) as studio:
            yield studio

    @contextmanager
    def running(settings: Settings, *_: Any) -> Iterator[Host]:
        with connected(settings) as studio:
            yield Host(studio, None if "foreign" in known else object(), elsewhere=False)  # type: ignore[arg-type]

    monkeypatch.setattr(project, "connected", connected)
    monkeypatch.setattr(project, "running", running)
    monkeypatch.setattr(review, "_opinions", lambda *_: {})
    monkeypatch.setattr("newsledger.team.second_looks.review.is_drawn", lambda *_: False)
    return known


@pytest.fixture
def old(servers: dict[str, FakeStudio], tmp_path: Path) -> Old:
    """Two people have labelled, and a third has settled what they disagree on."""
    settings = read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})
    server = servers[URL] = FakeStudio()
    for number, email in enumerate(PEOPLE, start=5):
        server.users[number] = {"id": number, "email": email, "first_name": ""}
    article = tmp_path / "article.jsonl"
    article.write_text(
        '{"id": "one", "title": "Bomb in Sake", "source": "The Paper", "published": "2026-11-01", '
        f'"text": "{TEXT}"}}\n{{"id": "two", "title": "", "text": "{TEXT[:56]} Kindu slept."}}\n',
        encoding="utf-8",
    )
    with project.opened(settings, Quiet()) as ours:
        model = replace(untrained_model(ours.schema), id="m")
        pushing.push_into(
            Quiet(),
            ours,
            model,
            [str(article)],
            blind=BlindSlice(settings.withheld, "w", 0.5),
            overlap=Overlap("w", 0.5, 2),
        )
    mine = [one for one in server.tasks.values() if "key" not in one["data"]]
    assert any(one["data"]["blind"] for one in mine)
    assert any(one["data"]["people"] for one in mine)
    assert any(one["data"]["also_in"] for one in mine)
    several = [one for one in mine if one["data"]["people"]]
    single = [one for one in mine if not one["data"]["people"]]
    says(server, several[0], 5, "bombing")
    says(server, several[0], 6, "clash", claim=True)
    says(server, several[1], 5, "none")
    says(server, single[0], 6, "talks", claim=True)
    says(server, single[1], 5, was_cancelled=True)
    review.fill_review(settings, Quiet(), most=5)
    (asked,) = (one for one in server.tasks.values() if "key" in one["data"])
    says(server, asked, 7, "bombing", why="Planted, so no clash")
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.annotations, pulled.verdicts, pulled.skipped) == (5, 1, 1)
    return Old(settings, server, read_snapshot(Path(pulled.path)))
