"""What is pushed is there once, and comes back as people left it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.sync import (
    Project,
    ProjectCounts,
    PushCounts,
)
from annotation.records import NumericClaim, Picked, Task
from tests.contract.conftest import World, pairs, prediction, sentence, task


def test_what_is_pushed_is_there_with_its_suggestion(world: World, project: Project) -> None:
    done: list[int] = []
    report = world.studio.push(project.id, pairs(620), world.schema, advance=done.append)
    assert report == PushCounts(created=620, already_there=0, suggested=620)
    assert done == [500, 120]
    assert world.studio.counts(project.id) == ProjectCounts(620, 620, 0, "model-1")
    shown = world.task(project, "s00007")
    assert shown["data"]["readings"] == "Some 100 fighters → no number · fighters and troops"
    (suggested,) = shown["predictions"]
    assert suggested["score"] == 0.6
    assert [item["from_name"] for item in suggested["result"]] == ["event", "claim"]


def test_pushing_twice_adds_nothing(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(30), world.schema)
    report = world.studio.push(project.id, pairs(40), world.schema)
    assert report == PushCounts(created=10, already_there=30, suggested=10)
    assert world.studio.counts(project.id) == ProjectCounts(40, 40, 0, "model-1")


def test_a_sentence_that_comes_twice_is_added_once(world: World, project: Project) -> None:
    report = world.studio.push(project.id, [*pairs(501), *pairs(3), *pairs(3)], world.schema)
    assert report == PushCounts(created=501, already_there=6, suggested=501)


def test_doubles_that_a_killed_push_has_left_go_with_the_next(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, pairs(3), world.schema)
    again, _ = next(pairs(1))
    # The server stores on what it was sent, whether or not the sender still lives.
    world.annotator.post(
        f"/api/projects/{project.id}/import?return_task_ids=true",
        json=[{"data": task_data(again, world.schema)}],
    ).raise_for_status()
    assert world.studio.counts(project.id).tasks == 4
    report = world.studio.push(project.id, pairs(3), world.schema)
    assert (report.created, report.doubles_removed) == (0, 1)
    assert world.studio.counts(project.id) == ProjectCounts(3, 3, 0, "model-1")


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"all": False, "included": [0]}, [1, 2]),
        ({"all": True, "excluded": [0]}, [0]),
        ({"all": True, "included": [0]}, []),
    ],
)
def test_an_action_is_for_the_tasks_that_are_named_unless_it_is_for_all(
    world: World, project: Project, chosen: dict[str, Any], left: list[int]
) -> None:
    world.studio.push(project.id, pairs(3, model=None), world.schema)
    ids = {key: world.task(project, key)["id"] for key in ("s00000", "s00001", "s00002")}
    numbers = list(ids.values())
    named = {
        how: [numbers[place] for place in places] if isinstance(places, list) else places
        for how, places in chosen.items()
    }
    world.annotator.post(
        f"/api/dm/actions/?id=delete_tasks&project={project.id}",
        json={"selectedItems": named, "filters": {"conjunction": "and", "items": []}},
    ).raise_for_status()
    assert world.studio.counts(project.id).tasks == len(left)
    for place in left:
        assert world.task(project, list(ids)[place])["id"] == numbers[place]


def test_tasks_without_a_suggestion_get_one_later(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(3, model=None), world.schema)
    assert world.studio.counts(project.id) == ProjectCounts(3, 0, 0, "")
    report = world.studio.push(project.id, pairs(3), world.schema)
    assert report == PushCounts(created=0, already_there=3, suggested=3)
    assert world.studio.counts(project.id) == ProjectCounts(3, 3, 0, "model-1")


def test_nothing_pushed_is_nothing_done(world: World, project: Project) -> None:
    assert world.studio.push(project.id, [], world.schema) == PushCounts(0, 0, 0)


def test_keys_may_hold_anything(world: World, project: Project) -> None:
    keys = ['a "quoted", key', "https://x.test/?a=1&b=2#c:0001", "Київ 🙂 100%", "x" * 400]
    rows = [(task(key), prediction(key)) for key in keys]
    for created in (4, 0):
        assert world.studio.push(project.id, rows, world.schema).created == created
    left = world.studio.unlabelled(project.id, world.schema)
    assert {one.id for one in left} == set(keys)


ODD = "“Some 100 fighters” &amp; <b>e\u0301</b>  🙂 قُتل ۱۲ 'x' \"y\"\tend"


def test_everything_comes_back_character_for_character(world: World, project: Project) -> None:
    original = Task(
        sentence("odd:1", ODD),
        title="T <i>",
        before="b  c",
        picked=Picked("random", 0.2),
    )
    world.studio.push(project.id, [(original, None), (task("plain"), None)], world.schema)
    start = ODD.index("🙂")
    span = {"start": start, "end": start + 8, "text": ODD[start : start + 8]}
    claim = {"id": "r1", "to_name": "text"}
    result = [
        {**claim, "from_name": "claim", "type": "labels", "value": {**span, "labels": ["killed"]}},
        {**claim, "from_name": "low", "type": "number", "value": {**span, "number": 12}},
        {**claim, "from_name": "high", "type": "number", "value": {**span, "number": 12.5}},
        {
            **claim,
            "from_name": "modifier",
            "type": "choices",
            "value": {**span, "choices": ["about"]},
        },
        {
            **claim,
            "from_name": "attribution",
            "type": "textarea",
            "value": {"start": start, "end": start + 8, "text": ["the “ministry” 🙂"]},
        },
    ]
    world.annotate(project, "odd:1", result, lead_time=2.5)
    export = world.studio.pull(project.id, world.schema)
    assert export.problems == ()
    assert [one.text for one in export.sentences] == [ODD, "Some 100 fighters fled."]
    assert export.sentences[0] == original.sentence
    assert export.picked["odd:1"] == Picked("random", 0.2)
    (annotation,) = export.annotations
    assert annotation.claims == (
        NumericClaim(
            start,
            start + 8,
            ODD[start : start + 8],
            "killed",
            Decimal(12),
            Decimal("12.5"),
            "about",
            attribution="the “ministry” 🙂",
        ),
    )
    assert "@" in annotation.annotator
    assert annotation.lead_time == 2.5
    assert annotation.suggested_by is None
    assert not annotation.ground_truth


def test_skipped_empty_and_unfinished_work_is_told_apart(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(4), world.schema)
    world.annotate(project, "s00000", [])
    world.annotate(project, "s00001", [], was_cancelled=True)
    drafted = world.task(project, "s00002")["id"]
    world.annotator.post(f"/api/tasks/{drafted}/drafts", json={"result": [], "lead_time": 1})
    export = world.studio.pull(project.id, world.schema)
    assert len(export.sentences) == 4
    assert [(a.sentence_id, a.cancelled, a.events.aliases) for a in export.annotations] == [
        ("s00000", False, ()),
        ("s00001", True, ()),
    ]
    left = [one.id for one in world.studio.unlabelled(project.id, world.schema)]
    assert left == ["s00001", "s00002", "s00003"]
    assert world.studio.counts(project.id).annotated == 1
