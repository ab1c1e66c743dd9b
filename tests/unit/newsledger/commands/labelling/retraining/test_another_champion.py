"""What people see of another champion."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, cast

import httpx
import pytest

from annotation.labelstudio.tasks.task_queries import QUEUE_HEAD
from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.state import project
from newsledger.commands.state.seeds import SEED_ARTICLES
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from newsledger.team.acceptance.bulk_rounds import AcceptedRound, BulkRecord, write_bulk
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.labelling.retraining.champions import (
    WAITING,
    champion,
    follow,
    lines,
    suggested,
)


def test_where_many_wait_all_follow_and_nothing_is_deleted(
    settings: Settings, studio: FakeStudio
) -> None:
    assert follow(settings, 2) == len(WAITING)
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    assert not [call for call in studio.calls if "DELETE" in call or "actions" in call]
    assert not settings.replacing.exists()


def test_people_see_the_new_ones_as_soon_as_the_next_sentences_have_theirs(
    settings: Settings, studio: FakeStudio
) -> None:
    (number,) = studio.projects
    by_place = sorted(studio.tasks.values(), key=lambda one: float(one["predictions"][0]["score"]))
    head = [one["id"] for one in by_place[:2]]
    seen: list[Counter[tuple[str, ...]]] = []

    def switched(request: httpx.Request, answer: Any) -> httpx.Response:
        seen.append(suggested(studio))
        assert all(len(studio.tasks[one]["predictions"]) == 2 for one in head)
        return cast(httpx.Response, answer())

    studio.fail("PATCH project", switched)
    places = [task["predictions"][0]["score"] for task in by_place[:2]]
    follow(settings, 2)
    assert [task["predictions"][1]["score"] for task in by_place[:2]] == places
    assert seen == [{("m1", "m2"): 2, ("m1",): len(WAITING) - 2}]
    assert studio.projects[number]["model_version"] == "m2"


@pytest.mark.slow
def test_what_keeps_its_place_keeps_how_it_was_picked(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    by_place = sorted(studio.tasks.values(), key=lambda one: float(one["predictions"][1]["score"]))
    head = {one["data"]["sentence_id"] for one in by_place[:2]}

    def picked_for(model: str) -> set[str]:
        rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
        return {key for key, some in rows.items() if model in [named for _, _, named in some]}

    before = picked_for("m2")
    follow(settings, 3)
    everything = {task["data"]["sentence_id"] for task in studio.tasks.values()}
    assert picked_for("m3") | (head - before) == everything
    # Who labels after a rollback finds how the sentence was picked for that suggestion.
    follow(settings, 2)
    assert picked_for("m2") == before
    follow(settings, 4)
    assert picked_for("m2") == before


@pytest.mark.parametrize(("share", "kept"), [(0.0, 1), (0.5, 2)])
def test_where_few_wait_what_was_there_is_deleted_but_for_the_next(
    settings: Settings,
    studio: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
    kept: int,
) -> None:
    monkeypatch.setattr(retraining, "CLEARED_AT_ONCE", len(WAITING))
    monkeypatch.setattr(retraining, "NEXT_SHARE", share)
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 1)
    assert follow(settings, 2) == len(WAITING)
    assert suggested(studio) == {("m2",): len(WAITING) - kept, ("m1", "m2"): kept}
    by_place = sorted(studio.tasks.values(), key=lambda one: float(one["predictions"][-1]["score"]))
    assert all(len(one["predictions"]) == 2 for one in by_place[:kept])


def test_going_back_shows_what_is_there_and_stores_nothing(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    studio.calls.clear()
    assert follow(settings, 1) == 0
    assert "POST project predictions" not in studio.calls
    assert studio.projects[next(iter(studio.projects))]["model_version"] == "m1"
    assert lines(studio) == {"1"}


@pytest.mark.slow
def test_with_the_seeds_alone_all_are_ranked_anew(settings: Settings, server: FakeStudio) -> None:
    with project.opened(settings, Quiet()) as ours:
        seeds = [str(packaged(SEED_ARTICLES))]
        pushing.push_into(Quiet(), ours, champion(settings, 1), seeds)
    server.calls.clear()
    with project.opened(settings, Quiet()) as ours:
        assert ours.studio.count_waiting(ours.id) * 2 < retraining.CLEARED_AT_ONCE
    follow(settings, 2)
    # What people are to get next is ranked with all others, and what is old does not stay.
    rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
    assert rows.keys() == {task["data"]["sentence_id"] for task in server.tasks.values()}
    assert suggested(server).keys() == {("m2",), ("m1", "m2")}
    number = sum(suggested(server).values())
    beside = min(retraining.AT_HEAD, int(retraining.NEXT_SHARE * number))
    assert beside <= suggested(server)["m1", "m2"] <= beside + QUEUE_HEAD


def test_an_audit_that_was_taken_back_does_not_keep_its_place(
    settings: Settings, studio: FakeStudio
) -> None:
    audit, other = list(studio.tasks.values())[-2:]
    for task in (audit, other):
        task["predictions"][0]["score"] = 0.0
    undone = AcceptedRound(
        "none", 0.98, 0.9, "m1", 0, (audit["data"]["sentence_id"],), (), done=True, undone=True
    )
    write_bulk(settings.accepted, BulkRecord(rounds=(undone,), audited=undone.audit))
    follow(settings, 2)
    places = [task["predictions"][1]["score"] for task in (audit, other)]
    assert places[0] > places[1] == 0.0
