"""What a watch tells once a day, and what it tidies in each round."""

from __future__ import annotations

from datetime import time as hour
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import (
    StudioUnreachableError,
)
from newsledger.commands.articles import watch as module
from newsledger.commands.articles.watch import watch
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings, write_state
from newsledger.watching.rounds import WatchRules
from newsledger.watching.state import read_watch_state
from tests.contract.fake_studio import FakeStudio
from tests.corpus import XML
from tests.unit.newsledger.commands.articles.watch.news import BEGIN, Go, News, of, sentences
from tests.unit.newsledger.commands.articles.watch.people import label


@pytest.mark.slow
def test_the_summary_tells_of_new_incidents_once_a_day(
    go: Go, server: FakeStudio, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(
        module, "ledger", lambda *_: type("Ledger", (), {"incidents": tuple(found)})
    )
    news.add("gwoza")
    rules = {"summary_at": hour(7)}
    of_its_own = {"day": "2026-11-27", "place": "Gwoza", "title": "Raid", "events": "Attack"}
    found.append({"incident_id": "i1", "tolls": [], **of_its_own})
    first = go(news.url, **rules).summary
    assert first is not None
    assert (first.incidents, first.queue) == (("2026-11-27 Gwoza: Raid (i1)",), 2)
    assert go(news.url, after=15, **rules).summary is None
    label(server, 1)
    second = go(news.url, after=24 * 60, **rules).summary
    assert second is not None
    assert (second.incidents, second.queue) == ((), 1)


def test_the_summary_comes_from_the_ledger_and_waits_for_a_model(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza")
    done = go(news.url, summary_at=hour(7))
    assert done.summary is None
    assert done.trouble[0].startswith("the summary: ")
    assert sentences(server) == of("gwoza")


@pytest.mark.slow
def test_the_summary_is_made_of_the_ledger_of_what_came_in(
    workspace: Path, server: FakeStudio, inbox: Path, tmp_path: Path
) -> None:
    text = "Gunmen killed twelve traders on 3 January 2027. Shelling killed four people."
    (inbox / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "config.xml").write_text(XML, encoding="utf-8")  # that of the champion
    settings = read_settings(workspace=workspace, config=tmp_path / "config.xml", environment={})
    rules = WatchRules([str(inbox)], summary_at=hour(7))
    (done,) = watch(settings, Quiet(), rules, once=True, clock=lambda: BEGIN, sleep=lambda _: None)
    assert done.is_clean
    assert done.summary is not None
    assert done.summary.queue == len(server.tasks) == 2
    state = read_watch_state(workspace / "watch.json")
    assert state.morning == "2027-01-10"
    assert len(state.incidents) == len(done.summary.incidents)


@pytest.mark.slow
def test_each_round_removes_some_suggestions_of_earlier_models(
    go: Go, settings: Settings, server: FakeStudio, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Four people died. Five people fled.", encoding="utf-8")
    go(inbox)
    for number in (2, 3, 4):
        for task in server.tasks.values():
            row = {**task["predictions"][0], "id": 1000 * number + task["id"]}
            task["predictions"].append({**row, "model_version": f"m{number}"})
    for one in server.projects.values():
        one["model_version"] = "m4"
    with project.opened(settings, Quiet()) as ours:
        write_state(ours.shown_file, {"shown": ["m3"], "next": "m4"})
    monkeypatch.setattr(module, "REMOVED_IN_A_ROUND", 3)

    def stored() -> int:
        return sum(len(task["predictions"]) for task in server.tasks.values())

    assert stored() == 8
    assert [(go(inbox, after=20 * number).trouble, stored()) for number in (1, 2, 3)] == [
        ((), 5),
        ((), 4),
        ((), 4),
    ]
    # While the server does not run, that is no trouble of its own.
    monkeypatch.setattr(project, "connected", _not_running)
    assert go(inbox, after=80).trouble == ()


def _not_running(_: Settings) -> None:
    raise StudioUnreachableError("No Label Studio is running.", hint="Start it.")
