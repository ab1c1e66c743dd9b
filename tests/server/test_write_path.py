"""The write path against the real server: killed, crowded, refused, switched off, full."""

from __future__ import annotations

import random
import resource
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from annotation.errors import (
    StudioAuthError,
    StudioError,
    StudioStorageError,
    StudioUnreachableError,
)
from annotation.labelstudio.server import server_process
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import LabelStudio, ProjectCounts, PushCounts
from annotation.schema import parse_schema
from tests.conftest import Studio
from tests.contract.conftest import CONFIG, pairs, prediction

pytestmark = pytest.mark.server

SCHEMA = parse_schema(CONFIG)

T = TypeVar("T")


@pytest.fixture
def studio(label_studio: Studio) -> Iterator[LabelStudio]:
    with LabelStudio(label_studio.url, label_studio.token) as client:
        yield client


@pytest.fixture
def people(label_studio: Studio) -> Iterator[httpx.Client]:
    with hands(label_studio.url, label_studio.token) as client:
        yield client


def hands(url: str, token: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Token {token}"}, timeout=120)


def tasks_of(people: httpx.Client, project: int) -> list[dict[str, Any]]:
    query: dict[str, str | int] = {"project": project, "fields": "all", "page_size": 5000}
    return list(people.get("/api/tasks/", params=query).raise_for_status().json()["tasks"])


# --------------------------------------------------------------------------------- killed


def test_a_push_killed_at_ten_random_moments_ends_with_each_sentence_once(
    label_studio: Studio, studio: LabelStudio, people: httpx.Client
) -> None:
    project = studio.ensure_project("killed pushes", SCHEMA).id
    trial = studio.ensure_project("pushes, timed", SCHEMA).id
    took = []
    for first in (0, 80):  # the shorter counts: the server may have been busy with its start
        began = time.monotonic()
        studio.push(trial, islice(pairs(160), first, first + 80), SCHEMA)
        took.append(time.monotonic() - began)
    chance = random.Random(2254)
    moments = [chance.uniform(0, 3 * min(took)) for _ in range(10)]
    program = f"""
        import os, signal, time
        from label_studio_sdk import LabelStudio  # once, not in every child
        from annotation.labelstudio import sync
        from annotation.labelstudio.transfer import push
        from annotation.schema import parse_schema
        from tests.contract.conftest import CONFIG, pairs
        push.TASKS_PER_CALL = 40
        for moment in {moments}:
            begun, begin = os.pipe()
            child = os.fork()
            if child == 0:
                with sync.LabelStudio({label_studio.url!r}, {label_studio.token!r}) as ours:
                    ours.check()
                    os.write(begin, b"!")
                    ours.push({project}, pairs(3000), parse_schema(CONFIG))
                os._exit(0)
            os.read(begun, 1)
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], check=True, stdout=subprocess.PIPE
    )
    assert run.stdout.split() == [b"-9"] * 10  # none had finished before it was killed
    report = studio.push(project, pairs(3000), SCHEMA)
    assert 0 < report.created < 3000
    tasks = tasks_of(people, project)
    keys = Counter(task["data"]["sentence_id"] for task in tasks)
    assert sorted(keys) == [f"s{number:05d}" for number in range(3000)]
    assert set(keys.values()) == {1}
    assert {len(task["predictions"]) for task in tasks} == {1}
    assert studio.counts(project) == ProjectCounts(3000, 3000, 0, "model-1")


# -------------------------------------------------------------------------------- crowded


class Busybody:
    """Somebody who accepts one suggestion after the other, as fast as the server answers."""

    def __init__(self, url: str, token: str, project: int) -> None:
        self.posted: list[int] = []
        self.refused: list[tuple[int, str]] = []
        self._stop = threading.Event()
        self._one_more = threading.Condition()
        self._thread = threading.Thread(target=self._annotate, args=(url, token, project))

    def __enter__(self) -> Busybody:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def beside(self, items: Iterable[T]) -> Iterator[T]:
        """The same items, but every fiftieth waits until one more annotation is stored.

        So there are enough of them between the first item and the last, on any machine.
        """
        for number, item in enumerate(items):
            if number % 50 == 0:
                self._wait_for(len(self.posted) + 1)
            yield item

    def _wait_for(self, number: int) -> None:
        with self._one_more:
            self._one_more.wait_for(lambda: len(self.posted) >= number or self.refused)

    def _annotate(self, url: str, token: str, project: int) -> None:
        with hands(url, token) as people:
            while not self._stop.is_set():
                try:
                    self._once(people, project)
                except Exception as error:  # noqa: BLE001  # nobody shall wait for a dead thread
                    self.refused.append((0, repr(error)))
                    return
                finally:
                    with self._one_more:
                        self._one_more.notify_all()

    def _once(self, people: httpx.Client, project: int) -> None:
        offered = people.get(f"/api/projects/{project}/next")
        if offered.status_code != 200:
            self.refused.append((offered.status_code, offered.text[:300]))
            return
        task = offered.json()
        shown = task["predictions"]
        answer = people.post(
            f"/api/tasks/{task['id']}/annotations/",
            json={
                "result": shown[0]["result"] if shown else [],
                "parent_prediction": shown[0]["id"] if shown else None,
                "lead_time": 0.1,
            },
        )
        if answer.status_code == 201:
            self.posted.append(answer.json()["id"])
        else:
            self.refused.append((answer.status_code, answer.text[:300]))


def test_nobody_waits_for_somebody_who_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_: object) -> None:
        raise KeyError("predictions")

    monkeypatch.setattr(Busybody, "_once", fall_over)
    with Busybody("http://studio.test", "", 1) as somebody:
        assert list(somebody.beside("ab")) == ["a", "b"]
    assert somebody.refused[0] == (0, "KeyError('predictions')")


def test_while_somebody_annotates_all_the_time_nothing_is_lost_on_either_side(
    label_studio: Studio, studio: LabelStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.labelstudio.transfer.push.TASKS_PER_CALL", 100)
    monkeypatch.setattr("annotation.labelstudio.transfer.added_suggestions.TASKS_PER_CALL", 100)
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 20)
    project = studio.ensure_project("busy people", SCHEMA).id
    studio.push(project, pairs(60), SCHEMA)
    with Busybody(label_studio.url, label_studio.token, project) as somebody:
        assert studio.push(project, somebody.beside(pairs(400)), SCHEMA).created == 340
        during_push = len(somebody.posted)
        for model in ("model-2", "model-3"):
            waiting = list(studio.unlabelled(project, SCHEMA))
            new = somebody.beside(prediction(one.id, model) for one in waiting)
            assert studio.suggestions(project).replace(new, SCHEMA, model_id=model).missing == 0
        # Where tasks are many, nothing is deleted on the way, and old ones go one by one.
        assert studio.suggestions(project).add_at_head(
            lambda sentences: [prediction(one.id, "model-4") for one in sentences],
            SCHEMA,
            model_id="model-4",
            number=20,
        )
        found = studio.suggestions(project).waiting_tasks(SCHEMA, without_suggestion_by="model-4")
        tasks = {one.sentence.id: one for one in found}
        new = somebody.beside(prediction(key, "model-4") for key in tasks)
        assert studio.suggestions(project).add_beside(
            ((tasks[one.sentence_id], one) for one in new), SCHEMA, model_id="model-4"
        ) == len(tasks)
        studio.suggestions(project).remove_old(keep=["model-3"], most=50)
    assert somebody.refused == []
    posted = somebody.posted
    assert during_push >= 8  # as ``beside`` has made sure
    assert len(posted) >= during_push + 8
    export = studio.pull(project, SCHEMA)
    assert sorted(int(one.annotation_id) for one in export.annotations) == sorted(posted)
    assert len(export.sentences) == 400
    suggested_by = {one.suggested_by for one in export.annotations}
    assert {"model-1", "model-2"} <= suggested_by <= {*(f"model-{n}" for n in range(1, 5)), None}
    left = {one.id for one in studio.unlabelled(project, SCHEMA)}
    assert left.isdisjoint(one.sentence_id for one in export.annotations)
    counts = studio.counts(project)
    assert (counts.tasks, counts.annotated) == (400, len(posted))
    assert counts.with_suggestion >= len(left)


# --------------------------------------------------------------------- people and tokens


@pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated")  # inside the SDK
def test_a_personal_access_token_works_too(label_studio: Studio) -> None:
    with closing(signed_in(label_studio)) as session:
        token = session.post("/api/token/").raise_for_status().json()["token"]
    with LabelStudio(label_studio.url, token) as ours:
        assert ours.check().user == label_studio.user


def test_two_people_on_one_task_are_told_apart(label_studio: Studio, studio: LabelStudio) -> None:
    project = studio.ensure_project("two people", SCHEMA).id
    studio.push(project, pairs(1), SCHEMA)
    with hands(label_studio.url, label_studio.token) as first:
        (task,) = tasks_of(first, project)
        invite = first.get("/api/invite").raise_for_status().json()["invite_url"]
        body = {"result": [], "lead_time": 1}
        first.post(f"/api/tasks/{task['id']}/annotations/", json=body).raise_for_status()
    with httpx.Client(base_url=label_studio.url, timeout=60, follow_redirects=True) as second:
        second.get(invite)
        form = {
            "csrfmiddlewaretoken": second.cookies["csrftoken"],
            "email": "another@newsledger.example",
            "password": "another-secret-2",
        }
        second.post(invite, data=form).raise_for_status()
        second.post(
            f"/api/tasks/{task['id']}/annotations/",
            json={"result": [{**ticked("siege")}], "lead_time": 1},
            headers={"X-CSRFToken": second.cookies["csrftoken"]},
        ).raise_for_status()
    found = studio.pull(project, SCHEMA).annotations
    assert {(one.annotator, one.events.aliases) for one in found} == {
        (label_studio.user, ()),
        ("another@newsledger.example", ("siege",)),
    }


def ticked(*choices: str) -> dict[str, Any]:
    part = {"id": "e", "from_name": "event", "to_name": "text", "type": "choices"}
    return {**part, "value": {"choices": list(choices)}}


def signed_in(label_studio: Studio) -> httpx.Client:
    """A browser session, as far as cookies make one."""
    session = httpx.Client(base_url=label_studio.url, timeout=60, follow_redirects=True)
    session.get("/user/login/")
    form = {
        "csrfmiddlewaretoken": session.cookies["csrftoken"],
        "email": label_studio.user,
        "password": label_studio.password,
    }
    session.post("/user/login/", data=form).raise_for_status()
    session.headers["X-CSRFToken"] = session.cookies["csrftoken"]
    return session


# ---------------------------------------------------- servers that are not as they should be


def test_a_server_of_another_kind_is_named() -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404)
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE HTML><title>Not here</title>")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Page) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{other.server_port}"
            with (
                LabelStudio(url, "x" * 40) as ours,
                pytest.raises(StudioUnreachableError, match="not a Label Studio"),
            ):
                ours.check()
        finally:
            other.shutdown()
            thread.join()


def test_a_server_without_our_switches_stores_everything_too(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_process, "FLAGS", {})
    with LocalServer(settled) as plain, LabelStudio(plain.url, plain.login.token) as ours:
        project = ours.ensure_project("no switches", SCHEMA).id
        assert ours.push(project, pairs(700), SCHEMA) == PushCounts(700, 0, 700)
        new = [prediction(f"s{number:05d}", "model-2") for number in range(250)]
        assert ours.suggestions(project).replace(new, SCHEMA, model_id="model-2").suggested == 250
        assert ours.counts(project) == ProjectCounts(700, 250, 0, "model-2")


def test_revoked_full_and_stopped_servers_are_named_and_lose_nothing(settled: Path) -> None:
    with LocalServer(settled) as server:
        with LabelStudio(server.url, server.login.token) as ours:
            project = ours.ensure_project("hard times", SCHEMA).id
            ours.push(project, pairs(100), SCHEMA)

            # no room: the server's process may hardly let its database's log grow, emptied before
            pid = server.pid
            assert pid is not None
            with closing(sqlite3.connect(settled / "data" / "label_studio.sqlite3")) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [writer] = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()  # the worker
            limits = resource.prlimit(int(writer), resource.RLIMIT_FSIZE)
            resource.prlimit(int(writer), resource.RLIMIT_FSIZE, (256 * 1024, limits[1]))
            with pytest.raises(StudioStorageError, match="500"):
                ours.push(project, pairs(1500), SCHEMA)
            resource.prlimit(int(writer), resource.RLIMIT_FSIZE, limits)
            # How far it got before the disk was full is the server's affair.
            again = ours.push(project, pairs(1500), SCHEMA)
            assert again.created + again.already_there == 1500
            assert ours.counts(project) == ProjectCounts(1500, 1500, 0, "model-1")

            # stopped in the middle
            def stopping() -> Iterator[Any]:
                for number, pair in enumerate(pairs(2600)):
                    if number == 2100:
                        server.stop()
                    yield pair

            with pytest.raises(StudioUnreachableError, match="No Label Studio answers"):
                ours.push(project, stopping(), SCHEMA)
        server.start()
        with LabelStudio(server.url, server.login.token) as ours:
            assert ours.push(project, pairs(2600), SCHEMA).created == 600
            assert ours.counts(project) == ProjectCounts(2600, 2600, 0, "model-1")
            with hands(server.url, server.login.token) as people:
                people.post("/api/current-user/reset-token").raise_for_status()
            with pytest.raises(StudioAuthError, match="refuses the token"):
                ours.counts(project)
            with pytest.raises(StudioError):
                ours.push(project, pairs(1), SCHEMA)
