"""How often the upload tries, how long it waits between, and what it then says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from annotation.errors import StudioStorageError
from annotation.labelstudio.client import Client
from annotation.labelstudio.sync import LabelStudio, PushCounts
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import Uploader
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs
from tests.contract.fake_studio import FakeStudio

SCHEMA = parse_schema(CONFIG)


def saying(answered: dict[str, Any]) -> Callable[[httpx.Request, object], httpx.Response]:
    """Stores nothing and says so."""

    def fault(request: httpx.Request, answer: object) -> httpx.Response:
        return httpx.Response(201, json=answered)

    return fault


NOTHING = saying({"created": 0, "task_count": 0})


def test_what_is_stored_at_once_is_not_waited_for(
    fake: FakeStudio, ours: LabelStudio, project: int, waits: list[float]
) -> None:
    assert ours.push(project, pairs(3), SCHEMA) == PushCounts(3, 0, 3, resent=0)
    assert waits == []


def test_it_tries_four_times_and_waits_longer_each_time(
    fake: FakeStudio, ours: LabelStudio, project: int, waits: list[float]
) -> None:
    fake.fail("POST project import", *[NOTHING] * 9)
    with pytest.raises(StudioStorageError, match=r"3 of 3 tasks \(the first is s00000\)\. Run"):
        ours.push(project, pairs(3), SCHEMA)
    assert fake.calls.count("POST project import") == 4
    assert waits == [0.5, 1.0, 2.0]


def test_what_the_fourth_attempt_stores_counts(
    fake: FakeStudio, ours: LabelStudio, project: int, waits: list[float]
) -> None:
    fake.fail("POST project import", *[NOTHING] * 3)
    assert ours.push(project, pairs(2), SCHEMA) == PushCounts(2, 0, 2, resent=6)
    assert waits == [0.5, 1.0, 2.0]


def test_what_the_last_attempt_stored_without_saying_so_is_found(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    def silent(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        return httpx.Response(500, json={"id": "1", "detail": "database is locked"})

    for call in ("POST project import", "POST project predictions"):
        fake.fail(call, *[NOTHING] * 3, silent)
    assert ours.push(project, pairs(2), SCHEMA) == PushCounts(2, 0, 2, resent=12)


def test_only_what_is_missing_is_sent_again_and_named(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    def half(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        for number in sorted(fake.tasks)[2:]:
            del fake.tasks[number]
        return httpx.Response(201, json={})

    fake.fail("POST project import", half, *[NOTHING] * 9)
    with pytest.raises(StudioStorageError, match=r"3 of 5 tasks \(the first is s00002\)"):
        ours.push(project, pairs(5), SCHEMA)
    keys = [task["data"]["sentence_id"] for task in fake.tasks.values()]
    assert keys == ["s00000", "s00001"]


def test_a_server_that_counts_more_suggestions_than_were_sent_is_not_believed(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    fake.fail("POST project predictions", saying({"created": 9}))
    assert ours.push(project, pairs(3), SCHEMA) == PushCounts(3, 0, 3, resent=3)
    assert [len(task["predictions"]) for task in fake.tasks.values()] == [1, 1, 1]


@pytest.fixture
def uploader(fake: FakeStudio, ours: LabelStudio, project: int) -> Uploader:
    client = ours._client
    assert isinstance(client, Client)
    return Uploader(client, TaskQueries(client, project))


def test_a_suggestion_by_another_model_of_the_same_call_is_not_taken_for_its_own(
    fake: FakeStudio, ours: LabelStudio, project: int, uploader: Uploader
) -> None:
    ours.push(project, pairs(2, None), SCHEMA)
    numbers = {task["data"]["sentence_id"]: number for number, task in fake.tasks.items()}

    def rows(**model_of: str) -> dict[str, dict[str, object]]:
        return {
            key: {"task": numbers[key], "model_version": model, "score": 0.5, "result": []}
            for key, model in model_of.items()
        }

    assert uploader.suggestions(rows(s00000="model-1", s00001="model-2")) == 0
    fake.fail("POST project predictions", NOTHING)
    assert uploader.suggestions(rows(s00000="model-2", s00001="model-1")) == 2
    models = [[one["model_version"] for one in task["predictions"]] for task in fake.tasks.values()]
    assert models == [["model-1", "model-2"], ["model-2", "model-1"]]


def test_only_the_tasks_that_are_named_are_removed(
    fake: FakeStudio, ours: LabelStudio, project: int, uploader: Uploader
) -> None:
    ours.push(project, pairs(3), SCHEMA)
    first, *others = sorted(fake.tasks)
    uploader.remove([first], "the first")
    assert sorted(fake.tasks) == others
