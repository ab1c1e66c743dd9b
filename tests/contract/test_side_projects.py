"""Projects beside the main one: made once, filled exactly once, read back, taken out of."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from annotation.errors import SchemaError
from annotation.labelstudio.projects.side_projects import (
    AskedTasks,
    SideConfig,
    SideProject,
    SideTask,
)
from tests.contract.conftest import World

CONFIG = """
<View>
  <Text name="first" value="$first"/>
  <Text name="second" value="$second"/>
  <Choices name="fit" toName="first" choice="single-radio" required="true">
    <Choice alias="yes" value="They fit" hotkey="1"/>
    <Choice alias="no" value="They do not" hotkey="2"/>
  </Choices>
  <TextArea name="why" toName="first" maxSubmissions="2"/>
  <Number name="sure" toName="first"/>
</View>
"""
FITS = SideConfig("fits", "newsledger: fits", CONFIG, "<p>Do they fit?</p>")
FIT = {"from_name": "fit", "to_name": "first", "type": "choices", "value": {"choices": ["yes"]}}
WHY = {
    "from_name": "why", "to_name": "first", "type": "textarea", "value": {"text": ["one", "two"]},
}  # fmt: skip
SURE = {"from_name": "sure", "to_name": "first", "type": "number", "value": {"number": 7}}

_owners = (f"side{number}" for number in count(1))


@pytest.fixture
def fits(world: World) -> SideProject:
    return world.studio.side_project(FITS, next(_owners))


def asked(key: str, second: str = "Two") -> SideTask:
    return SideTask(key, {"first": "One", "second": second})


def say(world: World, fits: SideProject, key: str, *result: Any, **more: Any) -> None:
    task = next(one for one in fits.tasks() if one.key == key)
    items = [{"id": f"r{place}", **one} for place, one in enumerate(result)]
    world.annotator.post(
        f"/api/tasks/{task.id}/annotations/", json={"result": items, **more}
    ).raise_for_status()


def shown(world: World, number: int) -> dict[str, Any]:
    return dict(world.annotator.get(f"/api/projects/{number}/").raise_for_status().json())


def test_one_that_is_there_is_found_and_none_is_made(world: World) -> None:
    assert world.studio.find_side_project(FITS, "z9") is None
    made = world.studio.side_project(FITS, "z9").project
    reworded = replace(FITS, xml=CONFIG.replace("They fit", "It fits"))
    for number in (None, made.id, 999_999):
        found = world.studio.find_side_project(reworded, "z9", number)
        assert found is not None
        assert found.project == replace(made, created=False)
    assert "It fits" not in shown(world, made.id)["label_config"]


def test_each_workspace_has_one_of_each_kind_whatever_it_is_called(world: World) -> None:
    one, other = (world.studio.side_project(FITS, owner) for owner in ("a1", "b2"))
    assert (one.project.created, other.project.created) == (True, True)
    assert one.project.id != other.project.id
    assert one.project.url == f"{world.studio.url}/projects/{one.project.id}/data"
    again = world.studio.side_project(FITS, "a1")
    assert again.project == replace(one.project, created=False)
    body = {"title": "Another name"}
    world.annotator.patch(f"/api/projects/{one.project.id}/", json=body).raise_for_status()
    renamed = world.studio.side_project(FITS, "a1", one.project.id)
    assert (renamed.project.id, renamed.project.title) == (one.project.id, "Another name")
    assert world.studio.side_project(FITS, "b2", one.project.id).project.id == other.project.id
    assert world.studio.side_project(FITS, "a1").project.created  # nobody knew its number
    for kind in ("other", "fit"):
        assert world.studio.side_project(replace(FITS, kind=kind), "b2").project.created


def test_neither_is_taken_for_the_other_beside_the_main_project(world: World) -> None:
    main = world.studio.ensure_project("ledger", world.schema, owner="a1")
    config = replace(FITS, kind="beside", title="ledger: beside")
    side = world.studio.side_project(config, "a1")
    assert side.project.id != main.id
    assert world.studio.owner(side.project.id) is None
    assert world.studio.ensure_project("ledger", world.schema, owner="a1").id == main.id
    assert world.studio.side_project(config, "a1", main.id).project.id == side.project.id


def test_configuration_and_instructions_are_brought_up_to_date_beside_answers(
    world: World, fits: SideProject
) -> None:
    fits.add([asked("a")])
    say(world, fits, "a", FIT)
    stored = shown(world, fits.project.id)
    assert (stored["show_instruction"], stored["expert_instruction"]) == (False, FITS.instructions)
    owner = stored["description"].split()[-1].strip(".")
    reworded = replace(FITS, xml=CONFIG.replace("They fit", "It fits"), instructions="<p>Do.</p>")
    assert world.studio.side_project(reworded, owner).project.updated
    assert not world.studio.side_project(reworded, owner).project.updated
    stored = shown(world, fits.project.id)
    assert "It fits" in stored["label_config"]
    assert stored["expert_instruction"] == "<p>Do.</p>"
    assert fits.answers().answers[0].values == {"fit": ("yes",)}


def test_a_configuration_that_the_server_refuses_is_named_in_its_words(world: World) -> None:
    with pytest.raises(SchemaError, match="refused making the project"):
        world.studio.side_project(replace(FITS, xml="<View><Choices/></View>"), "c3")


def test_tasks_are_added_once_and_in_order(world: World, fits: SideProject) -> None:
    assert fits.add([asked("b"), asked("a")]) == 2
    assert fits.add([asked("a", "Other"), asked("c, d"), asked("c, d")]) == 1
    assert [one.key for one in fits.tasks()] == ["b", "a", "c, d"]
    assert fits.tasks()[1].data == {"first": "One", "second": "Two"}
    assert fits.add([]) == 0


def test_answers_come_with_who_when_and_what_was_said(world: World, fits: SideProject) -> None:
    fits.add([asked("a"), asked("b"), asked("c")])
    say(world, fits, "b", FIT, WHY, SURE)
    say(world, fits, "b", {**FIT, "value": {"choices": ["no"]}})
    say(world, fits, "a", FIT, was_cancelled=True)
    say(world, fits, "c")
    read = fits.answers()
    assert [(one.key, dict(one.values)) for one in read.answers] == [
        ("b", {"fit": ("yes",), "why": ("one", "two"), "sure": ("7",)}),
        ("b", {"fit": ("no",)}),
        ("c", {}),
    ]
    first = read.answers[0]
    assert first.annotator == world.studio.check().user
    assert first.answered_at.startswith("202")
    assert first.data["second"] == "Two"
    assert read.problems == ()
    assert [one.answered for one in fits.tasks()] == [False, True, True]


def test_what_somebody_has_answered_stays_unless_that_is_wanted(
    world: World, fits: SideProject
) -> None:
    fits.add([asked("a"), asked("b"), asked("c"), asked("d")])
    say(world, fits, "a", FIT)
    say(world, fits, "b", FIT, was_cancelled=True)
    assert fits.remove(["a", "b", "c", "unknown"]) == 1
    assert [one.key for one in fits.tasks()] == ["a", "b", "d"]
    assert fits.remove(["a"], answered=True) == 1
    assert [one.key for one in fits.tasks()] == ["b", "d"]
    assert fits.remove([]) == 0
    assert fits.add([asked("a")]) == 1
    assert fits.answers().answers == ()


def test_only_what_is_asked_stays_open_and_what_says_something_else_is_made_anew(
    world: World, fits: SideProject
) -> None:
    fits.add([asked("a"), asked("b"), asked("c"), asked("d")])
    say(world, fits, "a", FIT)
    wanted = [asked("a", "Other"), asked("b"), asked("c", "Other"), asked("e")]
    assert fits.ask_only(wanted, shows="first") == AskedTasks(1, 1, frozenset("a"))
    assert fits.ask_only(wanted) == AskedTasks(1, 1, frozenset("a"))
    assert fits.ask_only(wanted) == AskedTasks(0, 0, frozenset("a"))
    assert {one.key: one.data["second"] for one in fits.tasks()} == {
        "a": "Two", "b": "Two", "c": "Other", "e": "Two",
    }  # fmt: skip


def test_what_is_ticked_beforehand_is_shown(world: World, fits: SideProject) -> None:
    ticked = replace(asked("a"), result=({**FIT, "id": "r"},))
    assert fits.add([ticked, asked("b")]) == 2
    assert fits.add([ticked]) == 0
    assert shown(world, fits.project.id)["model_version"] == "fits"
    stored = [
        world.annotator.get(f"/api/tasks/{one.id}/").raise_for_status().json()["predictions"]
        for one in fits.tasks()
    ]
    assert [len(one) for one in stored] == [1, 0]
    assert stored[0][0]["result"][0]["value"] == {"choices": ["yes"]}


def test_what_people_have_said_already_goes_in_with_its_task_or_alone(
    world: World, fits: SideProject
) -> None:
    me = world.studio.check().user
    person = next(one.id for one in world.studio.accounts() if one.email == me)
    shared = {"completed_by": person, "was_cancelled": False, "ground_truth": False}
    said = {**shared, "result": [{"id": "r1", **FIT}, {"id": "r2", **WHY}]}
    other = {**shared, "result": [{"id": "r3", **SURE}]}
    tasks = [replace(asked("a"), said=(said,)), asked("b")]
    assert fits.add(tasks) == 2
    assert fits.add(tasks) == 0
    fits.answer("b", other)
    fits.answer("there is none of this key", other)
    found = fits.answers()
    assert found.problems == ()
    assert [(one.key, one.annotator, dict(one.values)) for one in found.answers] == [
        ("a", me, {"fit": ("yes",), "why": ("one", "two")}),
        ("b", me, {"sure": ("7",)}),
    ]
    assert {one.key for one in fits.tasks() if one.answered} == {"a", "b"}
