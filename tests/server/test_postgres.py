"""A local Label Studio on a real PostgreSQL: the loop, the write path, the same project again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from annotation.labelstudio.server import server_process
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.server.login import read_login
from annotation.labelstudio.server.postgres import parse_postgres_address
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import parse_schema
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.labelling.annotators import add_annotator, reset_annotator
from newsledger.commands.labelling.up import UpResult, up
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.conftest import Studio
from tests.contract.conftest import CONFIG as CONTRACT
from tests.contract.conftest import World, project
from tests.contract.test_counts import (
    forgotten,
    test_what_is_labelled_does_not_wait_however_the_server_counts,
    test_what_is_labelled_or_skipped_is_not_removed_however_the_server_counts,
    test_what_the_server_has_forgotten_is_counted_again,
)
from tests.corpus import make_corpus
from tests.faults.conftest import CONFIG, EVENTS, make_models
from tests.fits import SharedFits
from tests.postgres import Cluster
from tests.server.api import Api
from tests.server.test_write_path import (
    people,
    studio,
    test_a_push_killed_at_ten_random_moments_ends_with_each_sentence_once,
    test_while_somebody_annotates_all_the_time_nothing_is_lost_on_either_side,
)

# What the write path has to hold on SQLite, it has to hold here, with the fixtures below; and what
# the Data Manager tells of annotations, it gathers in another way.
__all__ = [
    "forgotten",
    "people",
    "project",
    "studio",
    "test_a_push_killed_at_ten_random_moments_ends_with_each_sentence_once",
    "test_what_is_labelled_does_not_wait_however_the_server_counts",
    "test_what_is_labelled_or_skipped_is_not_removed_however_the_server_counts",
    "test_what_the_server_has_forgotten_is_counted_again",
    "test_while_somebody_annotates_all_the_time_nothing_is_lost_on_either_side",
]

pytestmark = pytest.mark.server

SENTENCES, LABELLED = 240, 40


@pytest.fixture(scope="module")
def address(postgres: Cluster) -> str:
    """A database that is empty at first."""
    return postgres.make()


@pytest.fixture(scope="module")
def remembering(tmp_path_factory: pytest.TempPathFactory, fits: SharedFits) -> Settings:
    """A workspace with a model, and settings that name no database."""
    workspace = make_models(tmp_path_factory.mktemp("workspace"))
    config = workspace / "config.xml"
    config.write_text(CONFIG, encoding="utf-8")
    return read_settings(workspace=workspace, config=config, environment={})


@pytest.fixture(scope="module")
def running(remembering: Settings, address: str) -> Iterator[UpResult]:
    """What ``newsledger up --database …`` has started."""
    with up(replace(remembering, database=address), Quiet(), seeds=False) as found:
        yield found


@pytest.fixture(scope="module")
def label_studio(running: UpResult) -> Studio:
    """The same, for the tests of the write path."""
    assert running.login is not None
    return Studio(running.url, running.login.token, running.login.user, running.login.password)


@pytest.fixture(scope="module")
def world(label_studio: Studio) -> Iterator[World]:
    """The same, for the tests of the contract."""
    headers = {"Authorization": f"Token {label_studio.token}"}
    with (
        LabelStudio(label_studio.url, label_studio.token) as ours,
        httpx.Client(base_url=label_studio.url, headers=headers, timeout=60) as annotator,
    ):
        yield World(ours, annotator, parse_schema(CONTRACT), None)


BESIDE_A_LABEL = """
import importlib, sys, threading, time

sys.argv = ["label-studio", "init", "--quiet"]
importlib.import_module("label_studio.server").main()

from django.db import connection, transaction
from organizations.models import Organization
from projects.models import Project
from tasks.models import Annotation, Task
from users.models import User
from annotation.labelstudio.server.many_tasks import count_at_once

me = User.objects.first()
room = Project.objects.create(title="t", created_by=me, organization=Organization.objects.first())
tasks = Task.objects.filter(project=room)
task = Task.objects.create(project=room, data={"text": "t"})
stored, waits = threading.Event(), threading.Event()


def label():
    with transaction.atomic():
        Annotation.objects.bulk_create(
            [Annotation(task=task, project=room, completed_by=me, result=[])]
        )
        tasks.update(is_labeled=True)
        stored.set()
        waits.wait(60)
        time.sleep(1)
    connection.close()


labelling = threading.Thread(target=label)
labelling.start()
stored.wait(60)
waits.set()
count_at_once(tasks)
labelling.join()
print(tasks.get().total_annotations)
"""


def test_a_label_that_is_stored_while_tasks_are_counted_is_counted(
    running: UpResult, remembering: Settings, address: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BESIDE_A_LABEL],
        env=server_process.environment(
            LocalServer(remembering.studio).folder / "data", "", "", "",
            database=parse_postgres_address(address).environment(),
        ),
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "1"


def test_the_loop_goes_round_and_the_next_up_finds_the_same_project(
    running: UpResult,
    label_studio: Studio,
    remembering: Settings,
    postgres: Cluster,
    address: str,
    tmp_path: Path,
) -> None:
    password = postgres.password
    assert running.database == f"postgresql://127.0.0.1:{postgres.port}/{address.split('/')[-1]}"
    assert password not in repr(running)
    project = int(running.project_url.split("/")[-2])
    pushed = pushing.push(remembering, Quiet(), [str(rows(tmp_path))], presplit=True)
    assert (pushed.created, pushed.suggested) == (SENTENCES, SENTENCES)
    again = pushing.push(remembering, Quiet(), [str(rows(tmp_path))], presplit=True)
    assert (again.created, again.suggested, again.already_there) == (0, 0, SENTENCES)

    api = Api(label_studio.url, label_studio.token)
    try:
        for number in range(LABELLED):
            task = api.http.get(f"/api/projects/{project}/next").raise_for_status().json()
            api.label(task["id"], EVENTS[number % len(EVENTS)])
    finally:
        api.http.close()
    pulled = pulling.pull(remembering, Quiet())
    assert pulled.annotations == LABELLED
    outcome = retraining.retrain(remembering, Quiet(), force=True, seeds=False)
    assert outcome.promoted

    added = add_annotator(remembering, Quiet(), "Ann")
    reset_annotator(remembering, Quiet(), added.email)
    stored = counts(postgres, address, project)
    assert stored["tasks"] == SENTENCES
    assert stored["labels"] == LABELLED
    assert stored["suggestions"] >= SENTENCES

    server = running.server
    assert server is not None
    server.stop()
    files = [file for file in remembering.workspace.rglob("*") if file.is_file()]
    assert not [file for file in files if "sqlite3" in file.name]
    telling = [file.name for file in files if password.encode() in file.read_bytes()]
    assert telling == ["database.json"]

    before = read_login(server.login_file)
    server.login_file.unlink()
    reset_annotator(remembering, Quiet(), None)  # the token comes from PostgreSQL
    after = read_login(server.login_file)
    assert before is not None
    assert after is not None
    assert after.token == before.token
    assert after.password != before.password

    with up(remembering, Quiet(), seeds=False) as second:
        assert second.database == running.database
        assert second.project_url.endswith(f"/projects/{project}/data")
        assert second.counts.tasks == SENTENCES
        assert second.counts.annotated == LABELLED
        assert second.counts.model_id == outcome.trained.model
    assert counts(postgres, address, project) == stored
    assert LocalServer(remembering.studio).pid is None


def rows(folder: Path) -> Path:
    """A file of sentences, each with words of its own."""
    file = folder / "rows.jsonl"
    some = make_corpus(SENTENCES // 12, 12, seed=7).sentences
    lines = [
        json.dumps({"id": f"s{number}", "text": f"{sentence.text} in district {number}"})
        for number, sentence in enumerate(some)
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def counts(postgres: Cluster, address: str, project: int) -> dict[str, int]:
    """What a project holds, from the tables themselves."""
    queries = {
        "tasks": "SELECT count(*) FROM task WHERE project_id = %s",
        "suggestions": "SELECT count(*) FROM prediction JOIN task ON task.id = task_id"
        " WHERE task.project_id = %s",
        "labels": "SELECT count(*) FROM task_completion JOIN task ON task.id = task_id"
        " WHERE task.project_id = %s",
    }
    found = {}
    with postgres.connected(address.split("/")[-1]) as connection:
        for what, query in queries.items():
            row = connection.execute(query, (project,)).fetchone()
            assert row is not None
            found[what] = int(row[0])
    return found
