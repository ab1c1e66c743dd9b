"""How the write path meets a server that misbehaves; the faults are those that were measured."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from annotation.errors import (
    StudioStorageError,
    UnknownLabelError,
)
from annotation.labelstudio.sync import LabelStudio, ProjectCounts, PushCounts
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL
from annotation.records import EventScore
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs, prediction
from tests.contract.fake_studio import FakeStudio, Fault

SCHEMA = parse_schema(CONFIG)


def failing(status: int, *, after: bool) -> Fault:
    """An error answer, after or without having done what was asked."""

    def fault(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        if after:
            answer()
        return httpx.Response(status, json={"id": "1", "detail": "database is locked"})

    return fault


def raising(error: Exception, *, after: bool) -> Fault:
    def fault(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        if after:
            answer()
        raise error

    return fault


def swallowing(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    """Says 201 and stores nothing, as SQLite's rollback did."""
    return httpx.Response(201, json={"created": 0, "task_count": 0})


LOST = httpx.RemoteProtocolError("Server disconnected")


@pytest.mark.parametrize(
    "fault",
    [failing(500, after=True), failing(502, after=True), raising(LOST, after=True)],
    ids=["500", "502", "connection lost"],
)
def test_an_import_that_was_stored_despite_the_error_is_not_repeated(
    fake: FakeStudio, ours: LabelStudio, project: int, fault: Fault
) -> None:
    fake.fail("POST project import", fault)
    fake.fail("POST project predictions", fault)
    assert ours.push(project, pairs(20), SCHEMA) == PushCounts(20, 0, 20)
    assert fake.calls.count("POST project import") == 1
    assert fake.calls.count("POST project predictions") == 1
    assert ours.counts(project) == ProjectCounts(20, 20, 0, "model-1")


@pytest.mark.parametrize(
    "fault",
    [failing(500, after=False), raising(LOST, after=False), swallowing],
    ids=["500", "connection lost", "stored nothing in silence"],
)
def test_what_was_not_stored_is_sent_again_and_counted(
    fake: FakeStudio, ours: LabelStudio, project: int, fault: Fault
) -> None:
    fake.fail("POST project import", fault)
    fake.fail("POST project predictions", fault, fault)
    assert ours.push(project, pairs(20), SCHEMA) == PushCounts(20, 0, 20, resent=60)
    assert ours.counts(project) == ProjectCounts(20, 20, 0, "model-1")


def test_of_a_batch_that_was_stored_in_part_only_the_rest_is_sent_again(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    def half(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        for task in list(fake.tasks.values())[10:]:
            task["predictions"] = []
        return httpx.Response(201, json={"created": 10})

    fake.fail("POST project predictions", half)
    assert ours.push(project, pairs(20), SCHEMA) == PushCounts(20, 0, 20, resent=10)
    assert all(len(task["predictions"]) == 1 for task in fake.tasks.values())


@pytest.mark.parametrize(
    "counted",
    [
        {"task_count": 20},
        {"task_count": 20, "task_ids": [1, 2, 3]},
        {"task_count": 3, "task_ids": [*range(900, 920)]},
        {"task_ids": [*range(900, 920)]},
    ],
    ids=["no ids", "too few ids", "too few tasks", "no count"],
)
def test_an_import_whose_numbers_do_not_agree_is_not_believed(
    fake: FakeStudio, ours: LabelStudio, project: int, counted: dict[str, Any]
) -> None:
    def miscounted(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        return httpx.Response(201, json=counted)

    fake.fail("POST project import", miscounted)
    assert ours.push(project, pairs(20), SCHEMA) == PushCounts(20, 0, 20)
    assert fake.calls.count("POST project import") == 1
    assert ours.counts(project) == ProjectCounts(20, 20, 0, "model-1")


def test_a_server_that_never_stores_is_named_with_what_is_missing(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    fake.fail("POST project predictions", *[swallowing] * 9)
    with pytest.raises(StudioStorageError, match=r"did not store 3 of 3 suggestions.*s00000"):
        ours.push(project, pairs(3), SCHEMA)
    fake.faults.clear()
    assert ours.push(project, pairs(3), SCHEMA) == PushCounts(0, 3, 3)


def test_a_full_disk_is_named_in_the_servers_words(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    fake.fail("POST project import", *[failing(500, after=False)] * 9)
    with pytest.raises(StudioStorageError, match=r"500.*database is locked") as refused:
        ours.push(project, pairs(3), SCHEMA)
    assert "Run the same again" in refused.value.hint


def test_after_a_timeout_nothing_is_sent_twice(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    fake.fail("POST project import", raising(httpx.ReadTimeout("slow"), after=True))
    assert ours.push(project, pairs(3), SCHEMA) == PushCounts(3, 0, 3)
    assert ours.push(project, pairs(3), SCHEMA) == PushCounts(0, 3, 0)


def test_tasks_that_somebody_else_doubled_meanwhile_are_removed(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    def doubled(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()  # the other push, in the same moment
        return answer()

    fake.fail("POST project import", doubled)
    assert ours.push(project, pairs(5), SCHEMA).doubles_removed == 5
    keys = sorted(task["data"]["sentence_id"] for task in fake.tasks.values())
    assert keys == [f"s{number:05d}" for number in range(5)]
    assert ours.push(project, pairs(5), SCHEMA) == PushCounts(0, 5, 0)


def test_of_doubled_tasks_the_labelled_one_stays(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(1), SCHEMA)

    def doubled(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        response = answer()
        last = max(fake.tasks)
        fake.tasks[last]["annotations"] = [{"id": 1, "was_cancelled": False, "result": []}]
        return response

    fake.fail("POST project import", doubled)
    ours.push(project, list(pairs(2))[1:], SCHEMA)
    mine = [t for t in fake.tasks.values() if t["data"]["sentence_id"] == "s00001"]
    assert [len(task["annotations"]) for task in mine] == [1]


@pytest.fixture
def one_at_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """All suggestions but that of the next task in the queue are deleted when they are replaced."""
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 1)


@pytest.mark.usefixtures("one_at_the_head")
def test_a_suggestion_interrupted_after_the_deletion_is_completed_by_the_next(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(4), SCHEMA)
    new = [prediction(f"s{number:05d}", "model-2") for number in range(4)]
    fake.fail("POST project predictions", raising(KeyboardInterrupt(), after=False))  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        ours.suggestions(project).replace(new, SCHEMA, model_id="model-2")
    assert ours.counts(project) == ProjectCounts(4, 1, 0, "model-1")
    assert ours.suggestions(project).replace(new, SCHEMA, model_id="model-2").suggested == 4
    assert ours.counts(project) == ProjectCounts(4, 4, 0, "model-2")


@pytest.mark.usefixtures("one_at_the_head")
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", ["POST actions", "DELETE prediction", "PATCH task"])
def test_what_a_busy_database_refuses_is_asked_again_where_that_does_no_harm(
    fake: FakeStudio, ours: LabelStudio, project: int, call: str, after: bool
) -> None:
    ours.push(project, pairs(3), SCHEMA)

    def replace_by(model: str) -> None:
        new = [prediction(f"s{number:05d}", model) for number in range(3)]
        if model == "model-3":
            new = [replace(one, claims=()) for one in new]  # so that the line of readings changes
        assert ours.suggestions(project).replace(new, SCHEMA, model_id=model).suggested == 3

    replace_by("model-2")
    fake.fail(call, failing(500, after=after))
    before = fake.calls.count(call)
    replace_by("model-3")
    assert fake.calls.count(call) > before + 1
    models = [[p["model_version"] for p in task["predictions"]] for task in fake.tasks.values()]
    assert models == [["model-2", "model-3"], ["model-3"], ["model-3"]]
    assert {task["data"]["readings"] for task in fake.tasks.values()} == {""}


def test_suggestions_with_a_label_of_another_schema_cost_nobody_the_old_ones(
    ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(4), SCHEMA)
    foreign = [
        replace(prediction(f"s{number:05d}", "model-2"), events=(EventScore("unheard of", 1.0),))
        for number in range(4)
    ]
    with pytest.raises(UnknownLabelError, match="unheard of"):
        ours.suggestions(project).replace(foreign, SCHEMA, model_id="model-2")
    assert ours.counts(project) == ProjectCounts(4, 4, 0, "model-1")


@pytest.mark.slow
def test_only_one_batch_is_held_at_a_time(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    sent = 0
    most = 0

    def stream() -> Iterator[object]:
        nonlocal sent, most
        for pair in pairs(1700):
            sent += 1
            most = max(most, sent - len(fake.tasks))
            yield pair

    ours.push(project, stream(), SCHEMA)  # type: ignore[arg-type]
    assert most == TASKS_PER_CALL


def test_importing_the_room_loads_neither_the_sdk_nor_its_http_library_nor_pydantic() -> None:
    program = (
        "import sys, annotation.labelstudio.sync; "
        "sys.exit(bool({'label_studio_sdk', 'httpx', 'pydantic'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_who_labels_while_a_second_person_is_asked_for_is_counted_all_the_same(
    ours: LabelStudio, fake: FakeStudio, project: int
) -> None:
    """The server stores a changed task as a whole, with the counts that it had read before."""
    two = [(replace(one, people=2), said) for one, said in pairs(1)]
    ours.push(project, two, SCHEMA)
    (task,) = fake.tasks.values()

    def labelled_meanwhile(
        request: httpx.Request, answer: Callable[[], httpx.Response]
    ) -> httpx.Response:
        task["annotations"].append(
            {"id": 99, "result": [], "completed_by": fake.users[1], "was_cancelled": False}
        )
        task["total_annotations"] = 0
        return answer()

    fake.fail("PATCH task", labelled_meanwhile)
    ours.push(project, two, SCHEMA)
    assert (task["total_annotations"], task["is_labeled"]) == (1, False)
