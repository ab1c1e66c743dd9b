"""What doctor finds wrong with the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import DoubleCounts, LabelStudio, ProjectCounts
from annotation.schema import parse_schema, read_schema
from newsledger.commands import doctor
from newsledger.commands.state import project
from newsledger.commands.state.switches import note_unfinished
from newsledger.settings import Settings, packaged, read_settings
from newsledger.workspace import workspace_id
from tests.contract.conftest import CONFIG, pairs, task
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.conftest import Run
from training.model import untrained_model


@pytest.mark.parametrize(("labelled", "problems"), [(4, 1), (5, 0)])
def test_another_models_suggestions_are_a_problem_as_long_as_somebody_waits_for_them(
    labelled: int, problems: int
) -> None:
    before = replace(untrained_model(read_schema(packaged("label_config.xml"))), id="before")
    counts = ProjectCounts(tasks=5, with_suggestion=5, annotated=labelled, model_id="another")
    assert len(list(doctor._queue_problems(counts, 0, before))) == problems


def with_project(folder: Path, server: FakeStudio) -> Settings:
    settings = read_settings(workspace=folder, url=URL, api_key=TOKEN, environment={})
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        project.find(settings, studio, read_schema(settings.config), create=True)
    return settings


def test_doctor_names_the_workspace_that_keeps_the_project(
    tmp_path: Path, server: FakeStudio
) -> None:
    settings = with_project(tmp_path, server)
    found = doctor.diagnose(settings)
    assert found.owner == found.workspace == workspace_id(tmp_path) is not None
    assert f"kept by the workspace {found.owner}" in found.text()


def test_suggestions_that_are_not_all_replaced_are_named(
    tmp_path: Path, server: FakeStudio
) -> None:
    settings = with_project(tmp_path, server)
    assert not any("show everywhere" in one for one in doctor.diagnose(settings).problems)
    note_unfinished(settings, project.project_key(settings, 1), "m2")
    (told,) = (one for one in doctor.diagnose(settings).problems if "show everywhere" in one)
    assert "m2" in told
    assert "newsledger up" in told


def test_a_project_that_is_now_another_workspaces_is_named_with_its_owner(
    tmp_path: Path, server: FakeStudio
) -> None:
    settings = with_project(tmp_path, server)
    server.projects[1]["description"] = "Kept by newsledger. Workspace abc123."
    found = doctor.diagnose(settings)
    assert found.owner == "abc123"
    assert found.tasks is None
    (told,) = (one for one in found.problems if "kept by another workspace" in one)
    assert "abc123" in told
    assert str(found.workspace) in told


def test_where_no_server_runs_nothing_is_said_of_the_project(
    newsledger: Run, tmp_path: Path
) -> None:
    with_project(tmp_path / "workspace", FakeStudio())
    done = newsledger("doctor")
    assert done.code == 1
    assert "Label Studio  not running" in done.out
    assert "Project" not in done.out
    assert "Tasks" not in done.out


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeStudio:
    monkeypatch.setattr("newsledger.commands.doctor.time.sleep", lambda seconds: None)
    return FakeStudio()


@pytest.fixture
def studio(fake: FakeStudio) -> Iterator[LabelStudio]:
    with LabelStudio(URL, TOKEN, transport=fake) as one:
        one.ensure_project("A project", parse_schema(CONFIG))
        one.push(1, pairs(40), parse_schema(CONFIG))
        yield one


def labelling(fake: FakeStudio) -> Callable[..., httpx.Response]:
    """Somebody labels a sentence between each two questions."""

    def one_more(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answered = answer()
        free = next(task for task in fake.tasks.values() if not task["annotations"])
        free["annotations"] = [{"id": free["id"], "was_cancelled": False, "result": []}]
        return answered

    return one_more


def test_who_labels_meanwhile_is_no_reason_for_an_alarm(
    fake: FakeStudio, studio: LabelStudio
) -> None:
    fake.fail("GET tasks", *[labelling(fake)] * 30)
    assert doctor._asked_again(studio, 1, None)[1] == ()


def test_tasks_that_are_just_being_pushed_are_no_reason_for_an_alarm(
    fake: FakeStudio, studio: LabelStudio
) -> None:
    schema = parse_schema(CONFIG)
    studio.push(1, [(task("new"), None)], schema)  # and its suggestion is on the way
    asked = 0

    def stored(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        nonlocal asked
        asked += 1
        if asked == 4:
            new = list(fake.tasks.values())[-1]
            new["predictions"] = [{"id": 999, "model_version": "model-1", "score": 0.5}]
        return answer()

    fake.fail("GET tasks", *[stored] * 30)
    assert doctor._asked_again(studio, 1, None)[1] == ()


def test_what_is_wrong_each_time_is_said_once(fake: FakeStudio, studio: LabelStudio) -> None:
    studio.push(1, [(task("new"), None)], parse_schema(CONFIG))
    first = next(iter(fake.tasks.values()))
    fake.tasks[700] = {**first, "id": 700}
    first["predictions"] = first["predictions"] * 2
    problems = doctor._asked_again(studio, 1, None)[1]
    assert [one.split(" ", 1)[1].split(".")[0] for one in problems] == [
        "unlabelled tasks have no suggestion",
        "tasks show a sentence that another task shows, too",
        "tasks have the suggestion of the model in use twice",
    ]
    assert list(doctor._double_problems(DoubleCounts(0, 5, 0))) == []  # nothing is to be done


@pytest.mark.parametrize(
    ("people", "database", "told"),
    [(1, None, 0), (2, None, 0), (3, None, 1), (3, "postgresql://ann@127.0.0.1:5432/labels", 0)],
)
def test_more_people_than_sqlite_is_good_for_are_a_problem(
    fake: FakeStudio, studio: LabelStudio, tmp_path: Path, people: int, database: str, told: int
) -> None:
    for number in range(people - len(studio.accounts())):
        studio.sign_up(f"person-{number}@example.org", "long enough")
    problems = doctor._crowding(studio, LocalServer(tmp_path, database=database))
    assert len(problems) == told
    assert all("PostgreSQL" in one for one in problems)
