"""Pairs of reports on a real Label Studio: pushed, asked, answered, read back, undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from annotation.schema import read_schema
from newsledger.commands.handover.ledger import ledger
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.learning import offline
from newsledger.commands.state.pair_tasks import pairs_config
from newsledger.commands.state.project import TITLE
from newsledger.commands.team.pairs import PairsResult, pairs, undo_pairs
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.conftest import Studio

pytestmark = pytest.mark.server

ARTICLES = packaged("seeds/incidents/articles.jsonl")


@pytest.fixture(scope="module")
def http(label_studio: Studio) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Token {label_studio.token}"}
    with httpx.Client(
        base_url=label_studio.url, headers=headers, timeout=60, trust_env=False
    ) as one:
        yield one


@pytest.fixture(scope="module")
def settings(
    label_studio: Studio, http: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A workspace with a starter model and the articles of our own incidents, pulled."""
    for found in http.get("/api/projects/", params={"page_size": 100}).json()["results"]:
        if found["title"].startswith(TITLE):
            http.delete(f"/api/projects/{found['id']}/").raise_for_status()
    settings = label_studio.workspace(tmp_path_factory.mktemp("pairs") / "workspace")
    offline.champion_or_starter(settings, Quiet(), read_schema(settings.config))
    pushing.push(settings, Quiet(), [str(ARTICLES)])
    assert pulling.pull(settings, Quiet()).decisions is None
    return settings


class People:
    """Who answers in the project of pairs."""

    def __init__(self, http: httpx.Client, found: PairsResult) -> None:
        self._http = http
        self.project = int(found.url.split("/projects/")[1].split("/")[0])

    def tasks(self) -> list[dict[str, Any]]:
        """The pairs, with what was said of them."""
        answer = self._http.get(
            "/api/tasks", params={"project": self.project, "page_size": 1000, "fields": "all"}
        )
        tasks: list[dict[str, Any]] = answer.raise_for_status().json()["tasks"]
        return tasks

    def say(self, task: dict[str, Any], answer: str) -> None:
        control = {"from_name": "verdict", "to_name": "first", "type": "choices", "id": "r"}
        result = [{**control, "value": {"choices": [answer]}}]
        self._http.post(
            f"/api/tasks/{task['id']}/annotations/", json={"result": result}
        ).raise_for_status()


def incident_of(settings: Settings, sentence: str) -> str:
    """The incident whose report begins with a sentence."""
    found = ledger(settings, Quiet()).incidents
    (key,) = (
        str(one["incident_id"])
        for one in found
        if any(report["report_id"] == sentence for report in one["reports"])
    )
    return key


def test_what_people_decide_in_the_browser_joins_and_keeps_apart_until_it_is_undone(
    settings: Settings, http: httpx.Client
) -> None:
    asked = pairs(settings, Quiet())
    people = People(http, asked)
    assert asked.asked == asked.added == len(people.tasks()) > 3
    assert people.tasks()[0]["project"] == people.project
    assert pairs(settings, Quiet()).added == 0
    apart = next(
        one for one in people.tasks() if one["data"]["asked_because"] == "nearly joined"
        or one["data"]["asked_because"] == "other day or place"
    )  # fmt: skip
    together = next(
        one for one in people.tasks() if one["data"]["asked_because"] in ("joined", "check")
    )
    people.say(apart, "same")
    people.say(together, "different")
    found = pairs(settings, Quiet())
    assert (found.new, len(found.decisions), found.disagreements) == (2, 2, ())
    joined, parted = (
        [incident_of(settings, one["data"][name]) for name in ("first_id", "second_id")]
        for one in (apart, together)
    )
    assert joined[0] == joined[1]
    assert parted[0] != parted[1]
    assert any("joined by" in str(table.rows) for table in ledger(settings, Quiet()).tables())

    undone = undo_pairs(settings, Quiet(), by=found.decisions[0].decided_by)
    assert len(undone.undone) == 2
    again = pairs(settings, Quiet())
    assert (again.new, again.decisions) == (0, ())
    parted, joined = (
        [incident_of(settings, one["data"][name]) for name in ("first_id", "second_id")]
        for one in (apart, together)
    )
    assert joined[0] == joined[1]
    assert parted[0] != parted[1]
    waiting = {one["data"]["key"] for one in people.tasks() if not one["annotations"]}
    assert {apart["data"]["key"], together["data"]["key"]} <= waiting

    third = next(one for one in people.tasks() if not one["annotations"])
    people.say(third, "unsure")
    assert pulling.pull(settings, Quiet()).decisions == 1


def test_the_server_accepts_the_configuration_in_its_strict_check(http: httpx.Client) -> None:
    body = {"label_config": pairs_config().xml}
    http.post("/api/projects/validate/", json=body).raise_for_status()
