"""Suggestions beside those of earlier models, where tasks are many; and what is removed later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.labelstudio.sync import Project, ProjectCounts
from annotation.records import NumericClaim, Prediction, Sentence
from tests.contract.conftest import World, prediction, task
from tests.contract.test_suggestions import models, queued

CLAIM = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
LINE = "Some 100 fighters → about 100 · killed"
BEFORE = ("model-2",)
"""What was shown before, where a third model is."""


def at_head(world: World, project: Project, model: str, number: int) -> tuple[int, list[str]]:
    """How many suggestions were stored at the head, and of which sentences the model was asked."""
    asked: list[str] = []

    def suggested(sentences: Sequence[Sentence]) -> list[Prediction]:
        asked.extend(one.id for one in sentences)
        return [replace(prediction(one.id, model), claims=(CLAIM,)) for one in sentences]

    stored = world.studio.suggestions(project.id).add_at_head(
        suggested, world.schema, model_id=model, number=number
    )
    return stored, asked


def beside(world: World, project: Project, model: str) -> int:
    """Suggestions by a model for all that has none by it; how many were stored."""
    found = world.studio.suggestions(project.id).waiting_tasks(
        world.schema, without_suggestion_by=model
    )
    tasks = {one.sentence.id: one for one in found}
    new = [(tasks[key], replace(prediction(key, model), claims=(CLAIM,))) for key in tasks]
    return world.studio.suggestions(project.id).add_beside(new, world.schema, model_id=model)


@pytest.mark.slow
def test_the_head_of_the_queue_follows_first_and_the_rest_keeps_what_it_has(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("labelled", "first", "second", "third"), world.schema)
    world.annotate(project, "labelled", [])
    assert at_head(world, project, "model-2", 2) == (2, ["first", "second"])
    assert models(world, project, "first") == ["model-1", "model-2"]
    assert models(world, project, "third") == ["model-1"]
    assert world.studio.counts(project.id) == ProjectCounts(4, 2, 1, "model-2")
    shown = {key: world.task(project, key)["data"]["readings"] for key in ("first", "third")}
    assert shown == {"first": LINE, "third": "Some 100 fighters → no number · fighters and troops"}
    places = [
        [one["score"] for one in world.task(project, key)["predictions"]]
        for key in ("first", "second")
    ]
    assert places == [[0.1, 0.1], [0.2, 0.2]]  # they keep their places
    assert at_head(world, project, "model-2", 2) == (0, [])  # it is shown already


def test_the_rest_gets_its_own_beside_what_it_has(world: World, project: Project) -> None:
    world.studio.push(project.id, queued("labelled", "first", "second", "third"), world.schema)
    world.annotate(project, "labelled", [])
    at_head(world, project, "model-2", 1)
    assert beside(world, project, "model-2") == 2
    assert models(world, project, "labelled") == ["model-1"]
    for key in ("first", "second", "third"):
        assert models(world, project, key) == ["model-1", "model-2"]
        assert world.task(project, key)["data"]["readings"] == LINE
    assert world.studio.suggestions(project.id).count_lacking() == 0
    assert world.studio.doubles(project.id).suggestions == 0
    assert beside(world, project, "model-2") == 0


def test_whoever_had_opened_a_task_before_stores_it(world: World, project: Project) -> None:
    world.studio.push(project.id, queued("a", "b"), world.schema)
    seen = world.task(project, "b")["predictions"][0]
    beside(world, project, "model-2")
    world.studio.suggestions(project.id).remove_old(keep=["model-1"], most=100)
    world.annotate(project, "b", seen["result"], parent_prediction=seen["id"])
    (annotation,) = world.studio.pull(project.id, world.schema).annotations
    assert annotation.suggested_by == "model-1"


def test_what_is_withheld_stays_withheld_and_in_its_place(world: World, project: Project) -> None:
    first, (middle, suggested), last = queued("first", "middle", "last")
    world.studio.push(
        project.id, [first, (replace(middle, blind=True), suggested), last], world.schema
    )
    beside(world, project, "model-2")
    (shown,) = (
        one
        for one in world.task(project, "middle")["predictions"]
        if one["model_version"] == "model-2"
    )
    assert (shown["result"], shown["score"]) == ([], 0.6)
    assert world.task(project, "middle")["data"]["readings"] == ""


def test_a_task_that_somebody_deletes_meanwhile_costs_the_others_nothing(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("gone", "stays"), world.schema)
    found = world.studio.suggestions(project.id).waiting_tasks(
        world.schema, without_suggestion_by="model-2"
    )
    tasks = {one.sentence.id: one for one in found}
    assert world.studio.remove(project.id, ["gone"]) == 1
    new = [(one, prediction(key, "model-2")) for key, one in tasks.items()]
    world.studio.suggestions(project.id).add_beside(new, world.schema, model_id="model-2")
    assert models(world, project, "stays") == ["model-1", "model-2"]
    assert world.studio.counts(project.id) == ProjectCounts(1, 1, 0, "model-2")


def test_what_was_cut_short_is_finished(world: World, project: Project) -> None:
    world.studio.push(project.id, queued("a", "b", "c"), world.schema)
    at_head(world, project, "model-2", 1)
    world.studio.suggestions(project.id).activate("model-1")  # cut off before the switch
    assert at_head(world, project, "model-2", 2) == (1, ["b"])
    assert beside(world, project, "model-2") == 1
    assert [models(world, project, key) for key in "abc"] == [["model-1", "model-2"]] * 3


def test_going_back_to_a_model_shows_its_suggestions_at_once(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("a", "b"), world.schema)
    beside(world, project, "model-2")
    assert at_head(world, project, "model-1", 2) == (0, [])
    assert world.studio.counts(project.id) == ProjectCounts(2, 2, 0, "model-1")


def test_the_generation_before_stays_and_older_ones_go(world: World, project: Project) -> None:
    keys = ("labelled", "begun", "skipped", "c", "d", "e")
    world.studio.push(project.id, queued(*keys), world.schema)
    for model in ("model-2", "model-3"):
        beside(world, project, model)
    shown = world.task(project, "labelled")["predictions"][0]
    world.annotate(project, "labelled", shown["result"], parent_prediction=shown["id"])
    passed = world.task(project, "skipped")["predictions"][0]
    world.annotate(project, "skipped", [], was_cancelled=True, parent_prediction=passed["id"])
    drafted = world.task(project, "begun")["id"]
    draft = {"result": [], "lead_time": 1}
    world.annotator.post(f"/api/tasks/{drafted}/drafts", json=draft).raise_for_status()
    assert world.studio.suggestions(project.id).count_old(keep=BEFORE) == 3
    assert world.studio.suggestions(project.id).remove_old(keep=BEFORE, most=2) == 2
    assert world.studio.suggestions(project.id).count_old(keep=BEFORE) == 1
    assert world.studio.suggestions(project.id).remove_old(keep=BEFORE, most=100) == 1
    for key in ("c", "d", "e"):
        assert models(world, project, key) == ["model-2", "model-3"]
    for key in ("labelled", "begun", "skipped"):  # what somebody has worked on keeps all
        assert models(world, project, key) == ["model-1", "model-2", "model-3"]
    assert world.studio.suggestions(project.id).remove_old(keep=BEFORE, most=100) == 0
    assert world.studio.counts(project.id) == ProjectCounts(6, 6, 1, "model-3")
    for annotation in world.studio.pull(project.id, world.schema).annotations:
        assert annotation.suggested_by == "model-1"


def test_where_it_is_not_known_what_people_have_open_nothing_goes(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("a"), world.schema)
    for model in ("model-2", "model-3"):
        beside(world, project, model)
    assert world.studio.suggestions(project.id).count_old(keep=()) == 0
    assert world.studio.suggestions(project.id).remove_old(keep=(), most=100) == 0
    assert models(world, project, "a") == ["model-1", "model-2", "model-3"]


def test_a_task_whose_text_somebody_took_out_stops_nobody(world: World, project: Project) -> None:
    world.studio.push(project.id, queued("empty", "a"), world.schema)
    stored = world.task(project, "empty")
    data = {**stored["data"], world.schema.text_field: None}
    world.annotator.patch(f"/api/tasks/{stored['id']}/", json={"data": data}).raise_for_status()
    assert at_head(world, project, "model-2", 2) == (1, ["a"])
    assert beside(world, project, "model-2") == 0
    assert models(world, project, "empty") == ["model-1"]
    read = world.studio.suggestions(project.id).refresh_readings(
        lambda sentences: [prediction(one.id) for one in sentences],
        world.schema,
        model_id="model-1",
    )
    assert len(read) == 1


def test_after_a_rollback_the_generation_gone_back_from_stays(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("a", "b"), world.schema)
    for model in ("model-2", "model-3"):
        beside(world, project, model)
    world.studio.suggestions(project.id).activate("model-2")
    world.studio.suggestions(project.id).remove_old(keep=["model-3"], most=100)
    assert models(world, project, "a") == ["model-2", "model-3"]


def test_suggestions_that_are_there_twice_are_seen_among_those_of_earlier_models(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, [(task("a"), prediction("a")), (task("b"), None)], world.schema)
    tasks = {
        one.sentence.id: one
        for one in world.studio.suggestions(project.id).waiting_tasks(
            world.schema, without_suggestion_by="model-2"
        )
    }
    new = [(one, prediction(key, "model-2")) for key, one in tasks.items()]
    rows = [one.row(said, world.schema) for one, said in new]
    world.studio.suggestions(project.id).add_beside(new, world.schema, model_id="model-2")
    assert world.studio.doubles(project.id).suggestions == 0
    world.annotator.post(
        f"/api/projects/{project.id}/import/predictions", json=rows[:1]
    ).raise_for_status()
    assert world.studio.doubles(project.id).suggestions == 1
    world.studio.remove_doubles(project.id)
    assert world.studio.doubles(project.id).suggestions == 0
    assert models(world, project, "a") == ["model-1", "model-2"]


@pytest.mark.parametrize("most", [1, 2, 5])
def test_old_suggestions_go_a_few_at_a_time(
    world: World, project: Project, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    room = "annotation.labelstudio.transfer.old_suggestions"
    monkeypatch.setattr(f"{room}.REMOVED_TOGETHER", 2)
    pauses: list[float] = []
    monkeypatch.setattr(f"{room}.time.sleep", pauses.append)
    world.studio.push(project.id, queued("a", "b", "c"), world.schema)
    for model in ("model-2", "model-3"):
        beside(world, project, model)
    told: list[int] = []
    gone = world.studio.suggestions(project.id).remove_old(
        keep=BEFORE, most=most, advance=told.append
    )
    assert gone == sum(told) == min(most, 3)
    assert len(pauses) == len(told) - 1
