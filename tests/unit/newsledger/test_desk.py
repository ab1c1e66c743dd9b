"""Use cases with a server, over the fake one. The loop over a real one is in tests/server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.records import Picked
from annotation.schema import read_schema
from annotation.snapshot import read_snapshot
from annotation.studio import Counts, LabelStudio
from newsledger import desk, project
from newsledger.project import Project
from newsledger.report import Quiet
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from training.bundle import Model
from training.train import words_model

SENTENCES = 150
"""More than are replaced together."""


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def killed(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    raise Killed


def answered(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    return answer()


@pytest.fixture
def server() -> FakeStudio:
    return FakeStudio()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})


@pytest.fixture
def ours(settings: Settings, server: FakeStudio) -> Iterator[Project]:
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        yield project.find(settings, studio, read_schema(settings.config))


@pytest.fixture
def before(ours: Project, tmp_path: Path) -> Model:
    """The model whose suggestions people see, on every sentence."""
    model = replace(words_model(ours.schema), id="before")
    rows = [{"id": f"s{n}", "text": f"Shells hit house {n}."} for n in range(SENTENCES)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert desk._push(Quiet(), ours, model, [str(file)], presplit=True).created == SENTENCES
    return model


def newest(server: FakeStudio) -> dict[str, tuple[str, float]]:
    """Model and place of the newest suggestion, by sentence; the one before may be there still."""
    suggested: dict[str, tuple[str, float]] = {}
    for task in server.tasks.values():
        one = max(task["predictions"], key=itemgetter("id"))
        suggested[task["data"]["sentence_id"]] = one["model_version"], one["score"]
    return suggested


def label(server: FakeStudio, sentence: str) -> None:
    (task,) = (one for one in server.tasks.values() if one["data"]["sentence_id"] == sentence)
    body: dict[str, Any] = {"result": [], "parent_prediction": task["predictions"][-1]["id"]}
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        person.post(f"/api/tasks/{task['id']}/annotations/", json=body).raise_for_status()


def picked(settings: Settings, ours: Project) -> dict[str, Picked]:
    return dict(read_snapshot(Path(desk._pull(settings, Quiet(), ours)[0].path)).picked)


def in_places(server: FakeStudio, model: Model) -> list[str]:
    """The sentences with a suggestion by a model, in the order of their places."""
    found = [(place, key) for key, (by, place) in newest(server).items() if by == model.id]
    return [key for _, key in sorted(found)]


def test_a_task_shows_its_surroundings_and_the_headline_once(
    ours: Project, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Shells hit Sake\n\nTwo men died. Others fled.\n", encoding="utf-8")
    desk._push(Quiet(), ours, replace(words_model(ours.schema), id="m"), [str(file)])
    assert [
        (task["data"]["before"], task["data"]["text"], task["data"]["after"])
        for task in server.tasks.values()
    ] == [
        ("", "Shells hit Sake", "Two men died."),
        ("", "Two men died.", "Others fled."),
        ("Two men died.", "Others fled.", ""),
    ]


def test_a_pushed_sentence_is_labelled_as_it_was_picked(
    settings: Settings, server: FakeStudio, ours: Project, before: Model
) -> None:
    queue = in_places(server, before)
    for place in (0, 4):
        label(server, queue[place])
    how = picked(settings, ours)
    assert how[queue[0]].method != "random"
    assert how[queue[4]].method == "random"
    assert how[queue[4]].probability == pytest.approx(1 / SENTENCES)


def test_a_replacement_that_was_killed_leaves_no_false_record_and_is_finished_by_the_next(
    settings: Settings, server: FakeStudio, ours: Project, before: Model
) -> None:
    after = replace(before, id="after")
    server.fail("POST actions", answered, killed)  # deletes the suggestions of a batch
    with pytest.raises(Killed):
        desk._refresh(settings, Quiet(), ours, after)
    done = in_places(server, after)
    assert 0 < len(done) < SENTENCES
    left = in_places(server, before)
    label(server, done[0])
    label(server, left[0])
    how, recorded = picked(settings, ours), json.loads(settings.picked.read_text(encoding="utf-8"))
    assert [how[done[0]].method, how[done[0]].probability] == recorded[done[0]][:2]
    assert left[0] in recorded
    assert how[left[0]] == Picked()  # it was labelled in its former place

    places = newest(server)
    assert desk._refresh(settings, Quiet(), ours, after) == SENTENCES - len(done) - 1
    again = json.loads(settings.picked.read_text(encoding="utf-8"))
    assert {key: newest(server)[key] for key in done} == {key: places[key] for key in done}
    assert {key: again[key] for key in done} == {key: recorded[key] for key in done}
    assert ours.studio.counts(ours.id).model_id == after.id


def test_suggestions_that_are_there_and_not_shown_are_shown(
    settings: Settings, server: FakeStudio, ours: Project, before: Model
) -> None:
    after = replace(before, id="after")
    desk._refresh(settings, Quiet(), ours, after)
    server.projects[ours.id]["model_version"] = before.id  # killed just before this
    assert desk._refresh(settings, Quiet(), ours, after) == 0
    assert ours.studio.counts(ours.id).model_id == after.id


@pytest.mark.parametrize(("labelled", "problems"), [(4, 1), (5, 0)])
def test_another_models_suggestions_are_a_problem_as_long_as_somebody_waits_for_them(
    before: Model, labelled: int, problems: int
) -> None:
    counts = Counts(tasks=5, with_suggestion=5, annotated=labelled, model_id="another")
    assert len(list(desk._queue_problems(counts, 0, before))) == problems
