"""Calls whose end is open, what the server then stores late, and what becomes of doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from annotation.errors import StudioError, StudioUnreachableError
from annotation.labelstudio.sync import LabelStudio, PushCounts
from annotation.labelstudio.tasks import settling
from annotation.labelstudio.tasks.doubles import DoubleCounts
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs, prediction
from tests.contract.fake_studio import FakeStudio, Fault

SCHEMA = parse_schema(CONFIG)

Answer = Callable[[], httpx.Response]


class Clock:
    """Time that passes only where somebody waits, and what happens meanwhile."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, Callable[[], object]]] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        for moment, act in list(self.due):
            if moment <= self.now:
                self.due.remove((moment, act))
                act()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in ("settling", "upload"):
        monkeypatch.setattr(f"annotation.labelstudio.tasks.{module}.time", clock)
    monkeypatch.setattr("label_studio_sdk.core.http_client.time.sleep", clock.sleep)
    return clock


@pytest.fixture
def fake(clock: Clock) -> FakeStudio:
    return FakeStudio()


def said(status: int) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(status, text="<html>gateway")


def raised(kind: type[Exception]) -> Callable[[], httpx.Response]:
    def fault() -> httpx.Response:
        raise kind("lost")

    return fault


def nonsense() -> httpx.Response:
    return httpx.Response(201, content=b'{"task_count": 2')


def another_shape() -> httpx.Response:
    return httpx.Response(201, json={"created": [], "task_count": None})


OPEN: dict[str, Callable[[], httpx.Response]] = {
    "408": said(408),
    "500": said(500),
    "502": said(502),
    "503": said(503),
    "504": said(504),
    "reset": raised(httpx.ReadError),
    "broken off": raised(httpx.RemoteProtocolError),
    "silence": raised(httpx.ReadTimeout),
    "cut off": nonsense,
    "another shape": another_shape,
}


def late(clock: Clock, after: float, says: Callable[[], httpx.Response]) -> Fault:
    """Somebody in between has given up, and the server stores all the same, some seconds later."""

    def fault(request: httpx.Request, answer: Answer) -> httpx.Response:
        clock.due.append((clock.now + after, answer))
        return says()

    return fault


def stored(fake: FakeStudio) -> tuple[set[int], set[int]]:
    """How often each sentence is there, and how many suggestions each task has."""
    keys = Counter(task["data"]["sentence_id"] for task in fake.tasks.values())
    return set(keys.values()), {len(task["predictions"]) for task in fake.tasks.values()}


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("after", [0.2, 1, 3, 4.5])
@pytest.mark.slow
def test_what_is_stored_seconds_after_the_answer_is_not_sent_again(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock, name: str, after: float
) -> None:
    if name == "another shape":
        after = 0.2  # the server itself has answered, so it is not at work any more
    for call in ("POST project import", "POST project predictions"):
        fake.fail(call, late(clock, after, OPEN[name]))
    assert ours.push(project, pairs(20), SCHEMA) == PushCounts(20, 0, 20)
    assert fake.calls.count("POST project import") == 1
    assert fake.calls.count("POST project predictions") == 1


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.slow
def test_what_is_stored_after_it_was_sent_again_is_there_once_at_the_end(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock, name: str
) -> None:
    for call in ("POST project import", "POST project predictions"):
        fake.fail(call, late(clock, 12, OPEN[name]))
    pushed = ours.push(project, pairs(20), SCHEMA)
    assert pushed.created == 20
    clock.sleep(60)
    ours.push(project, pairs(1), SCHEMA)
    assert stored(fake) == ({1}, {1})


def test_it_waits_as_long_as_it_had_been_silent(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock
) -> None:
    def gateway(request: httpx.Request, answer: Answer) -> httpx.Response:
        clock.sleep(60)  # as nginx does
        clock.due.append((clock.now + 50, answer))
        return httpx.Response(504, text="<html>gateway")

    fake.fail("POST project import", gateway)
    assert ours.push(project, pairs(20), SCHEMA).resent == 0
    assert fake.calls.count("POST project import") == 1


def test_what_comes_after_the_push_goes_with_another_of_other_sentences(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(5), SCHEMA)
    twice(fake, [1, 2, 3])
    pushed = ours.push(project, [], SCHEMA)
    assert (pushed.doubles_removed, pushed.doubles_kept) == (3, 0)
    assert stored(fake) == ({1}, {1})


def test_a_push_that_is_cut_short_removes_what_it_finds_twice(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(5), SCHEMA)
    twice(fake, [0, 1])
    fake.fail("POST project import", *[lambda request, answer: httpx.Response(400, json={})] * 9)
    with pytest.raises(StudioError, match="refused"):
        ours.push(project, pairs(9), SCHEMA)
    assert stored(fake) == ({1}, {1})


def test_both_copies_stay_where_somebody_has_worked_on_both_and_are_counted(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(4), SCHEMA)
    copies = twice(fake, [0, 1, 2])
    tasks = list(fake.tasks.values())
    annotate(tasks[0])
    annotate(fake.tasks[copies[0]])
    annotate(fake.tasks[copies[1]])
    fake.tasks[copies[2]]["drafts"] = [{"id": 1}]
    assert ours.doubles(project) == DoubleCounts(tasks=2, kept=1, suggestions=0)
    pushed = ours.push(project, pairs(4), SCHEMA)
    assert (pushed.doubles_removed, pushed.doubles_kept) == (1, 2)
    export = ours.pull(project, SCHEMA)
    assert len(export.annotations) == 3
    assert len({one.id for one in export.sentences}) == 4


def test_of_a_sentence_that_is_there_twice_only_the_copy_that_stays_is_suggested_to(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(1, model=None), SCHEMA)
    (copy,) = twice(fake, [0])
    annotate(fake.tasks[copy])
    assert ours.push(project, pairs(1), SCHEMA).suggested == 0


def test_a_suggestion_that_came_twice_goes_and_the_older_stays(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(3), SCHEMA)
    tasks = list(fake.tasks.values())
    before = [task["predictions"][0]["id"] for task in tasks]
    for task in tasks:
        task["predictions"].append({**task["predictions"][0], "id": fake._next()})
    tasks[1]["annotations"] = [annotation(tasks[1]["predictions"][1]["id"])]
    assert ours.doubles(project).suggestions == 3
    new = [prediction("s00000")]
    assert ours.suggestions(project).replace(new, SCHEMA, model_id="model-1").already_there == 1
    after = [[one["id"] for one in task["predictions"]] for task in tasks]
    assert after == [[before[0]], [tasks[1]["annotations"][0]["parent_prediction"]], [before[2]]]


def test_old_and_new_suggestions_beside_each_other_are_no_doubles(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(3), SCHEMA)
    new = [prediction(f"s{number:05d}", "model-2") for number in range(3)]
    ours.suggestions(project).replace(new, SCHEMA, model_id="model-2")
    assert stored(fake)[1] == {2}
    assert ours.doubles(project) == DoubleCounts(0, 0, 0)


@pytest.mark.parametrize("stored_late", [0.0, 2.0, 30.0])
def test_a_removal_whose_end_is_open_is_made_sure_of(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock, stored_late: float
) -> None:
    ours.push(project, pairs(4), SCHEMA)
    twice(fake, [0, 1, 2, 3])
    fake.fail("POST actions", late(clock, stored_late, said(504)))
    assert ours.push(project, pairs(4), SCHEMA).doubles_removed == 4
    assert stored(fake) == ({1}, {1})


def test_a_server_that_has_gone_is_not_waited_for_without_end(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock
) -> None:
    def gone(request: httpx.Request, answer: Answer) -> httpx.Response:
        refused = raised(httpx.ConnectError)
        fake.fail("GET project", *[lambda request, answer: refused()] * 99)
        return refused()

    fake.fail("POST project import", gone)
    with pytest.raises(StudioUnreachableError, match="No Label Studio answers"):
        ours.push(project, pairs(3), SCHEMA)
    assert clock.now < 60


@pytest.mark.slow
def test_counts_that_never_stand_still_are_not_waited_for_without_end(
    fake: FakeStudio, ours: LabelStudio, project: int, clock: Clock
) -> None:
    ours.push(project, pairs(2), SCHEMA)
    model = fake.tasks[min(fake.tasks)]["predictions"]

    def busy(request: httpx.Request, answer: Answer) -> httpx.Response:
        model.append({**model[0], "id": fake._next()})
        return answer()

    fake.fail("POST project import", late(clock, 0, said(504)))
    fake.fail("GET project", *[busy] * 500)
    assert ours.push(project, pairs(3), SCHEMA).created == 1
    assert clock.now < 3 * settling._SETTLING_MOST


def test_a_model_that_has_no_suggestion_is_not_shown(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    """All are labelled, and the champion has changed since."""
    ours.push(project, pairs(3), SCHEMA)
    for task in fake.tasks.values():
        annotate(task)
    pushed = ours.push(project, pairs(3, model="model-2"), SCHEMA)
    assert (pushed.created, pushed.suggested) == (0, 0)
    assert ours.counts(project).model_id == "model-1"


def test_a_model_whose_suggestions_a_killed_push_has_stored_is_shown(
    fake: FakeStudio, ours: LabelStudio, project: int
) -> None:
    ours.push(project, pairs(3), SCHEMA)
    fake.projects[project]["model_version"] = ""
    assert ours.push(project, pairs(3), SCHEMA).suggested == 0
    assert ours.counts(project).model_id == "model-1"


def twice(fake: FakeStudio, places: list[int]) -> list[int]:
    """A second task for each of these sentences; their ids."""
    made = []
    tasks = list(fake.tasks.values())
    for place in places:
        number = fake._next()
        fake.tasks[number] = {**tasks[place], "id": number, "annotations": [], "drafts": []}
        fake.tasks[number]["predictions"] = []
        made.append(number)
    return made


def annotation(parent: int | None = None) -> dict[str, Any]:
    return {"id": 900, "was_cancelled": False, "result": [], "parent_prediction": parent}


def annotate(task: dict[str, Any]) -> None:
    task["annotations"] = [{**annotation(), "id": 900 + task["id"]}]
