"""Suggestions of another champion where many tasks wait, page by page."""

from __future__ import annotations

import json
from typing import Any, cast

import httpx
import pytest

from newsledger.settings import Settings
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.labelling.retraining.champions import WAITING, follow, suggested


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.model.STREAM_BATCH", 3)


def test_the_pages_are_ranked_together(settings: Settings, studio: FakeStudio) -> None:
    assert follow(settings, 2) == len(WAITING)
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    places = [task["predictions"][1]["score"] for task in studio.tasks.values()]
    # Two keep theirs; the others are spread over the whole queue, each in a place of its own.
    assert len({place for place in places if round(place * 8, 3).is_integer()}) == 4


def test_how_they_were_picked_is_written_down_before_the_first_is_stored(
    settings: Settings, studio: FakeStudio
) -> None:
    known: list[int] = []

    def stored(request: httpx.Request, answer: Any) -> httpx.Response:
        rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
        known.append(sum(named == "m2" for some in rows.values() for _, _, named in some))
        return cast(httpx.Response, answer())

    studio.fail("POST project predictions", lambda _, answer: answer(), stored, stored)
    follow(settings, 2)
    assert known == [4, 4]  # the two at the head keep how they were picked before


def test_what_is_put_aside_meanwhile_goes(settings: Settings, studio: FakeStudio) -> None:
    before = set(settings.workspace.iterdir())
    follow(settings, 2)
    assert set(settings.workspace.iterdir()) - before <= {settings.picked, settings.withheld,
        settings.workspace / "shown"}  # fmt: skip
