"""Projects on the server: made, found, kept up to date, and told from those of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from annotation.errors import (
    SchemaError,
    SchemaMismatchError,
    StudioError,
    StudioGoneError,
)
from annotation.labelstudio.projects.main_project import MARK
from annotation.labelstudio.sync import (
    Project,
)
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, World, pairs, prediction


def test_a_project_is_made_once_and_found_again(world: World, project: Project) -> None:
    assert project.created
    again = world.studio.ensure_project(project.title, world.schema)
    assert again == replace(project, created=False)
    assert world.studio.ensure_project("ignored", world.schema, project_id=project.id) == again


def test_configuration_and_instructions_are_brought_up_to_date(
    world: World, project: Project
) -> None:
    reworded = parse_schema(CONFIG.replace("Armed clash", "Fighting"))
    assert world.studio.ensure_project(project.title, reworded, "<b>Read</b>").updated
    assert not world.studio.ensure_project(project.title, reworded, "<b>Read</b>").updated


DAY_AND_PLACE = """
  <Header value="$when_where"/>
  <DateTime name="day" toName="text" only="date" format="%Y-%m-%d" corrects="day"/>
  <TextArea name="place" toName="text" corrects="place"/>
</View>
"""


def test_fields_for_day_and_place_come_to_a_project_that_has_tasks_and_labels(
    world: World, project: Project
) -> None:
    """Its tasks were pushed before there were any, and have nothing to show beside them."""
    data = {"sentence_id": "old", "text": "Two fled.", "title": "", "readings": ""}
    path = f"/api/projects/{project.id}/import"
    world.annotator.post(path, json=[{"data": data}]).raise_for_status()
    ticked = {"from_name": "event", "to_name": "text", "type": "choices"}
    world.annotate(project, "old", [{**ticked, "value": {"choices": ["clash"]}}])
    schema = parse_schema(CONFIG.replace("</View>", DAY_AND_PLACE))
    assert world.studio.ensure_project(project.title, schema).updated
    assert not world.studio.ensure_project(project.title, schema).updated
    typed = (
        {"from_name": "day", "type": "datetime", "value": {"datetime": "2026-11-24"}},
        {"from_name": "place", "type": "textarea", "value": {"text": ["Mubi"]}},
    )
    world.annotate(project, "old", [{"to_name": "text", **one} for one in typed])
    first, second = world.studio.pull(project.id, schema).annotations
    assert (first.events.aliases, first.corrected_day, first.corrected_place) == (
        ("clash",), None, None,
    )  # fmt: skip
    assert (second.corrected_day, second.corrected_place) == (date(2026, 11, 24), "Mubi")


def test_instructions_wait_until_they_are_asked_for(world: World, project: Project) -> None:
    made = world.studio.ensure_project(f"{project.title} 2", world.schema, "<b>Read</b>")
    assert shown(world, made.id)["show_instruction"] is False


def test_a_pop_up_of_instructions_is_switched_off_with_other_instructions_only(
    world: World, project: Project
) -> None:
    popping_up = {"expert_instruction": "<b>Old</b>", "show_instruction": True}
    world.annotator.patch(f"/api/projects/{project.id}/", json=popping_up).raise_for_status()
    world.studio.ensure_project(project.title, world.schema, "<b>Old</b>")
    assert shown(world, project.id)["show_instruction"] is True
    world.studio.ensure_project(project.title, world.schema, "<b>New</b>")
    assert shown(world, project.id)["show_instruction"] is False


FOREIGN = """
<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="glad"/><Choice value="sad"/></Choices>
</View>
"""


def made_by_hand(world: World, title: str, config: str, **more: str) -> int:
    body = {"title": title, "label_config": config, **more}
    answer = world.annotator.post("/api/projects/", json=body).raise_for_status()
    return int(answer.json()["id"])


def shown(world: World, project_id: int) -> dict[str, Any]:
    return dict(world.annotator.get(f"/api/projects/{project_id}/").raise_for_status().json())


def test_a_project_of_somebody_else_is_left_alone(world: World) -> None:
    theirs = made_by_hand(world, "somebody else's", FOREIGN, description="Moods")
    for known in (theirs, None):
        with pytest.raises(StudioError, match=r"\('somebody else's'\) .* is not one") as refused:
            world.studio.ensure_project("somebody else's", world.schema, project_id=known)
        assert MARK in refused.value.hint
    kept = shown(world, theirs)
    assert "mood" in kept["label_config"]
    assert kept["description"] == "Moods"
    world.annotator.patch(f"/api/projects/{theirs}/", json={"description": f"Moods. {MARK}"})
    assert world.studio.ensure_project("somebody else's", world.schema).updated


def test_a_project_from_before_the_mark_gets_it_and_keeps_its_description(world: World) -> None:
    less = CONFIG.replace('<Choice alias="siege" value="Siege"/>', "")
    before = made_by_hand(world, "from before", less, description="About the war")
    found = world.studio.ensure_project("from before", world.schema)
    assert (found.id, found.updated) == (before, True)
    assert shown(world, before)["description"] == f"About the war\n{MARK}"
    assert not world.studio.ensure_project("from before", world.schema).updated


def test_of_two_projects_with_one_title_ours_is_found(world: World, project: Project) -> None:
    made_by_hand(world, project.title, FOREIGN)
    assert world.studio.ensure_project(project.title, world.schema).id == project.id


def test_each_workspace_has_its_own_project_and_takes_what_names_none(world: World) -> None:
    def ensure(owner: str, known: int | None = None) -> Project:
        return world.studio.ensure_project("shared", world.schema, owner=owner, project_id=known)

    by_hand = made_by_hand(world, "shared", CONFIG, description=f"About the war. {MARK}")
    one, other = ensure("a1"), ensure("b2")
    assert (one.id, one.created, one.updated) == (by_hand, False, True)
    assert shown(world, one.id)["description"] == f"About the war. {MARK} Workspace a1."
    assert (other.created, other.id != one.id) == (True, True)
    assert [ensure("a1").id, ensure("b2").id] == [one.id, other.id]
    assert [ensure("a1").updated, ensure("b2").updated] == [False, False]
    with pytest.raises(StudioGoneError, match="kept by another workspace"):
        ensure("b2", known=one.id)


def test_a_turn_stands_in_the_description_beside_the_workspace(world: World) -> None:
    made = world.studio.ensure_project("turns", world.schema, owner="a1")
    assert world.studio.turn(made.id) is None
    for word in ("f00d", "beef"):
        world.studio.write_turn(made.id, word)
        assert world.studio.turn(made.id) == word
    assert shown(world, made.id)["description"] == f"{MARK} Workspace a1. Turn beef."
    again = world.studio.ensure_project("turns", world.schema, owner="a1")
    assert (again.id, again.updated) == (made.id, False)


def test_a_new_project_has_one_tab_that_neither_orders_nor_filters(
    world: World, project: Project
) -> None:
    def tabs() -> list[dict[str, Any]]:
        answer = world.annotator.get("/api/dm/views/", params={"project": project.id})
        return [one["data"] for one in answer.raise_for_status().json()]

    (tab,) = tabs()
    assert tab["title"] == "Sentences"
    hidden = set(tab["hiddenColumns"]["explore"])
    assert {"tasks:data.sentence_id", "tasks:data.readings", "tasks:created_at"} <= hidden
    assert not {"tasks:data.title", "tasks:data.text", "tasks:predictions_score"} & hidden
    assert not tab.get("ordering")
    assert not (tab.get("filters") or {}).get("items")
    world.studio.ensure_project(project.title, world.schema)
    assert len(tabs()) == 1
    # The server takes the tabs of a project away with its last task.
    world.studio.push(project.id, pairs(2), world.schema)
    assert world.studio.remove(project.id, ["s00000"]) == 1
    assert len(tabs()) == 1
    assert world.studio.remove(project.id, ["s00001"]) == 1
    (again,) = tabs()
    assert again["title"] == tab["title"]
    assert set(again["hiddenColumns"]["explore"]) == hidden


def test_a_label_in_use_must_not_vanish(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(1), world.schema)
    choice = {"from_name": "event", "to_name": "text", "type": "choices"}
    world.annotate(project, "s00000", [{"id": "1", **choice, "value": {"choices": ["siege"]}}])
    without_siege = CONFIG.replace('<Choice alias="siege" value="Siege"/>', "")
    with pytest.raises(SchemaMismatchError, match=r"'siege' \(tasks: 1\)"):
        world.studio.ensure_project(project.title, parse_schema(without_siege))
    without_clash = CONFIG.replace('<Choice alias="clash" value="Armed clash"/>', "")
    assert world.studio.ensure_project(project.title, parse_schema(without_clash)).updated


def test_an_event_type_and_a_claim_kind_of_one_name_are_told_apart(
    world: World, project: Project
) -> None:
    both = CONFIG.replace('alias="forces"', 'alias="siege"')
    world.studio.ensure_project(project.title, parse_schema(both))
    world.studio.push(project.id, pairs(2, model=None), world.schema)
    span = {"start": 0, "end": 4, "text": "Some"}
    claim = {"from_name": "claim", "to_name": "text", "type": "labels"}
    event = {"from_name": "event", "to_name": "text", "type": "choices"}
    world.annotate(
        project, "s00000", [{"id": "1", **claim, "value": {**span, "labels": ["siege"]}}]
    )
    without_event = both.replace('<Choice alias="siege" value="Siege"/>', "")
    assert world.studio.ensure_project(project.title, parse_schema(without_event)).updated
    world.studio.ensure_project(project.title, parse_schema(both))
    world.annotate(
        project, "s00001", [{"id": "1", **event, "value": {"choices": ["clash", "siege"]}}]
    )
    with pytest.raises(SchemaMismatchError, match=r"have: event type 'siege' \(tasks: 1\)\."):
        world.studio.ensure_project(project.title, parse_schema(without_event))


def test_a_configuration_that_the_server_refuses_is_named(world: World) -> None:
    broken = replace(world.schema, xml="<View><Choices/></View>")
    with pytest.raises(SchemaError, match="refused making the project"):
        world.studio.ensure_project("broken configuration", broken)


@pytest.mark.parametrize("ask", ["counts", "push", "suggest", "unlabelled", "pull"])
def test_a_deleted_project_is_gone_for_every_call(world: World, project: Project, ask: str) -> None:
    world.annotator.delete(f"/api/projects/{project.id}/").raise_for_status()
    calls: dict[str, Callable[[], object]] = {
        "counts": lambda: world.studio.counts(project.id),
        "push": lambda: world.studio.push(project.id, pairs(1), world.schema),
        "suggest": lambda: world.studio.suggestions(project.id).replace(
            [prediction("s00000")], world.schema, model_id="model-1"
        ),
        "unlabelled": lambda: list(world.studio.unlabelled(project.id, world.schema)),
        "pull": lambda: world.studio.pull(project.id, world.schema),
    }
    with pytest.raises(StudioGoneError):
        calls[ask]()
