"""In bulk: suggestions accepted as a machine's, kept apart from people's, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotation.labelstudio.machine_account import machine_address
from annotation.labelstudio.sync import LabelStudio, Project
from annotation.labelstudio.tasks.filters import Query
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.records import EventScore, Prediction
from tests.contract.conftest import World, task

PASSWORD = "a-password-of-a-machine"
KEYS = ("begun", "labelled", "skipped", "blind", "two", "sure", "surer")


@pytest.fixture(autouse=True)
def nobody_is_about_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 1)


@pytest.fixture
def machine(world: World) -> Iterator[LabelStudio]:
    address = machine_address("contract")
    if address not in {one.email for one in world.studio.accounts()}:
        world.studio.sign_up(address, PASSWORD, name="newsledger")
    found = world.studio.logged_in(address, PASSWORD)
    assert found is not None
    with found:
        yield found


def said(key: str, place: float = 0.5) -> Prediction:
    return Prediction(key, (EventScore("none", 0.99),), (), "model-1", place)


@pytest.fixture
def queue(world: World, project: Project) -> Project:
    tasks = [(replace(task("first")), said("first", 0.1))]
    for key in KEYS:
        people = 2 if key == "two" else 1
        tasks.append((replace(task(key), blind=key == "blind", people=people), said(key)))
    world.studio.push(project.id, tasks, world.schema)
    world.annotate(project, "labelled", [])
    world.annotate(project, "skipped", [], was_cancelled=True)
    drafted = world.task(project, "begun")["id"]
    world.annotator.post(f"/api/tasks/{drafted}/drafts", json={"result": [], "lead_time": 1})
    return project


def test_who_cannot_log_in_has_no_token(world: World) -> None:
    assert world.studio.logged_in("nobody@newsledger.example", PASSWORD) is None


@pytest.mark.usefixtures("machine")
def test_a_machine_is_none_of_the_people(world: World) -> None:
    address = machine_address("contract")
    assert address in {one.email for one in world.studio.accounts()}
    people = {one.email for one in world.studio.people()}
    assert people
    assert address not in people


def test_only_what_waits_for_one_person_to_accept_it_may_be_accepted(
    world: World, queue: Project
) -> None:
    bulk = world.studio.bulk(queue.id)
    # The task for two comes first in the queue, so "first" is not what somebody has open.
    found = {one.id for one in bulk.waiting(world.schema, "model-1")}
    assert found == {"first", "sure", "surer"}
    assert list(bulk.waiting(world.schema, "model-2")) == []


def test_what_is_accepted_is_the_machines_and_taken_back_whole(
    world: World, queue: Project, machine: LabelStudio
) -> None:
    before = world.studio.counts(queue.id)
    for _ in range(2):  # as after a kill
        machine.bulk(queue.id).accept(("sure", "surer", "labelled"), model_id="model-1")
    pulled = world.studio.pull(queue.id, world.schema)
    assert {one.sentence_id for one in pulled.accepted} == {"sure", "surer"}
    assert len(pulled.accepted) == 2
    for one in pulled.accepted:
        assert (one.events.aliases, one.claims) == (("none",), ())
        assert (one.annotator, one.suggested_by) == (machine_address("contract"), "model-1")
        assert not one.ground_truth
    assert {one.sentence_id for one in pulled.annotations} == {"labelled", "skipped"}
    after = world.studio.counts(queue.id)
    assert (after.annotated, after.accepted) == (before.annotated + 2, 2)
    # People overrule it, and stay where it is taken back.
    world.annotate(queue, "sure", [])
    both = world.studio.counts(queue.id)
    assert both.annotated - both.accepted == before.annotated + 1
    for gone in (2, 0):
        assert world.studio.bulk(queue.id).take_back() == gone
    pulled = world.studio.pull(queue.id, world.schema)
    assert pulled.accepted == ()
    assert {one.sentence_id for one in pulled.annotations} == {"labelled", "skipped", "sure"}
    assert {one.id for one in world.studio.bulk(queue.id).waiting(world.schema, "model-1")} == {
        "first", "surer",
    }  # fmt: skip


def test_nothing_is_accepted_where_nothing_is_named(
    world: World, queue: Project, machine: LabelStudio
) -> None:
    """To Label Studio, an action on no task is one on all."""
    machine.bulk(queue.id).accept(("unknown",), model_id="model-1")
    machine.bulk(queue.id).accept((), model_id="model-1")
    assert world.studio.pull(queue.id, world.schema).accepted == ()


def test_acceptance_asks_for_its_own_tasks_only(
    world: World, queue: Project, machine: LabelStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for all after each batch waits hours in a large project."""

    scan = TaskQueries.scan

    def few(queries: TaskQueries, query: Query | None = None) -> Any:
        assert "annotations_ids" in json.dumps(query), "all tasks were asked for"
        return scan(queries, query)

    monkeypatch.setattr(TaskQueries, "scan", few)
    machine.bulk(queue.id).accept(("sure", "surer"), model_id="model-1")
    assert world.studio.counts(queue.id).accepted == 2


def test_what_is_withheld_comes_first_and_empty(world: World, queue: Project) -> None:
    for _ in range(2):
        world.studio.bulk(queue.id).withhold(
            [said("sure", 0.0), said("labelled", 0.0)], world.schema, model_id="model-1"
        )
    sure = world.task(queue, "sure")
    assert sure["data"]["blind"] is True
    (shown,) = sure["predictions"]
    assert shown["result"] == []
    assert shown["score"] < world.task(queue, "first")["predictions"][0]["score"]
    labelled = world.task(queue, "labelled")
    assert labelled["data"]["blind"] is False
    assert labelled["predictions"][0]["result"]
    world.annotate(queue, "sure", [], parent_prediction=shown["id"])
    pulled = world.studio.pull(queue.id, world.schema)
    (label,) = (one for one in pulled.annotations if one.sentence_id == "sure")
    assert label.suggested_by is None
    assert label.withheld is not None
