from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from annotation.errors import (
    SchemaError,
    SchemaMismatchError,
    StudioAuthError,
    StudioError,
    StudioGoneError,
    StudioUnreachableError,
)
from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.projects import MARK
from annotation.labelstudio.sync import (
    LabelStudio,
    Project,
    ProjectCounts,
    PushCounts,
    SuggestCounts,
)
from annotation.records import NumericClaim, Picked, Prediction, Sentence, Task
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, World, pairs, prediction, sentence, task


def test_it_says_who_answers(world: World) -> None:
    info = world.studio.check()
    assert info.version.startswith("1.")
    assert "@" in info.user


def test_a_wrong_token_is_refused_by_name(world: World) -> None:
    stranger = LabelStudio(world.studio.url, "0" * 40, transport=world.fake)
    with stranger, pytest.raises(StudioAuthError, match="refuses the token"):
        stranger.check()


def test_an_address_below_the_server_is_no_label_studio(world: World) -> None:
    url = f"{world.studio.url}/some/page"
    lost = LabelStudio(url, "0" * 40, transport=world.fake)
    with lost, pytest.raises(StudioUnreachableError, match="not a Label Studio"):
        lost.check()


# ------------------------------------------------------------------------------ projects


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


def test_a_label_in_use_must_not_vanish(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(1), world.schema)
    choice = {"from_name": "event", "to_name": "text", "type": "choices"}
    world.annotate(project, "s00000", [{"id": "1", **choice, "value": {"choices": ["siege"]}}])
    without_siege = CONFIG.replace('<Choice alias="siege" value="Siege"/>', "")
    with pytest.raises(SchemaMismatchError, match=r"'siege' \(1 tasks\)"):
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
    with pytest.raises(SchemaMismatchError, match=r"have: event type 'siege' \(1 tasks\)\."):
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
        "suggest": lambda: world.studio.suggest(
            project.id, [prediction("s00000")], world.schema, model_id="model-1"
        ),
        "unlabelled": lambda: list(world.studio.unlabelled(project.id, world.schema)),
        "pull": lambda: world.studio.pull(project.id, world.schema),
    }
    with pytest.raises(StudioGoneError):
        calls[ask]()


# ------------------------------------------------------------------------------- pushing


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


# ------------------------------------------------------------------------------- pulling

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


# ---------------------------------------------------------------------------- suggesting


@pytest.fixture
def one_at_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the very next task in the queue may be open."""
    monkeypatch.setattr("annotation.labelstudio.task_queries.QUEUE_HEAD", 1)


def queued(*keys: str, model: str = "model-1") -> list[tuple[Task, Prediction]]:
    """Tasks that people get in the order in which they are named."""
    return [
        (task(key), replace(prediction(key, model), confidence=place / 10))
        for place, key in enumerate(keys)
    ]


def replace_all(world: World, project: Project, *keys: str, model: str) -> SuggestCounts:
    predictions = [suggested for _, suggested in queued(*keys, model=model)]
    return world.studio.suggest(project.id, predictions, world.schema, model_id=model)


def models(world: World, project: Project, key: str) -> list[str]:
    return sorted(one["model_version"] for one in world.task(project, key)["predictions"])


@pytest.mark.usefixtures("one_at_the_head")
def test_new_suggestions_replace_the_old_ones_where_nobody_has_labelled(
    world: World, project: Project
) -> None:
    world.studio.push(
        project.id, queued("labelled", "begun", "next", "later", "unsaid"), world.schema
    )
    shown = world.task(project, "labelled")["predictions"][0]
    world.annotate(project, "labelled", shown["result"], parent_prediction=shown["id"])
    drafted = world.task(project, "begun")["id"]
    world.annotator.post(f"/api/tasks/{drafted}/drafts", json={"result": [], "lead_time": 1})
    said = ("labelled", "begun", "next", "later", "unknown")
    report = replace_all(world, project, *said, model="model-2")
    assert report == SuggestCounts(suggested=3, already_there=0, annotated=1, missing=1)
    assert models(world, project, "labelled") == ["model-1"]
    assert models(world, project, "begun") == ["model-1", "model-2"]
    assert models(world, project, "next") == ["model-1", "model-2"]  # somebody may have it open
    assert models(world, project, "later") == ["model-2"]
    assert models(world, project, "unsaid") == ["model-1"]  # nothing new was said of it
    assert world.studio.counts(project.id) == ProjectCounts(5, 3, 1, "model-2")
    (annotation,) = world.studio.pull(project.id, world.schema).annotations
    assert annotation.suggested_by == "model-1"
    again = replace_all(world, project, *said, model="model-2")
    assert again == SuggestCounts(suggested=0, already_there=3, annotated=1, missing=1)


def test_who_has_a_task_open_while_its_suggestion_is_replaced_can_store_it(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("open", "other"), world.schema)
    seen = world.task(project, "open")["predictions"][0]
    replace_all(world, project, "other", "open", model="model-2")
    now = world.task(project, "other")["predictions"][-1]
    world.annotate(project, "open", seen["result"], parent_prediction=seen["id"])
    world.annotate(project, "other", now["result"], parent_prediction=now["id"])
    export = world.studio.pull(project.id, world.schema)
    assert {one.sentence_id: one.suggested_by for one in export.annotations} == {
        "open": "model-1",
        "other": "model-2",
    }


@pytest.mark.usefixtures("one_at_the_head")
def test_a_suggestion_that_has_been_replaced_is_kept_until_the_next_replacement(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("a", "b", "c"), world.schema)
    replace_all(world, project, "a", "b", "c", model="model-2")
    assert models(world, project, "a") == ["model-1", "model-2"]
    replace_all(world, project, "b", "a", "c", model="model-3")
    assert models(world, project, "a") == ["model-2", "model-3"]  # was the next again
    replace_all(world, project, "b", "a", "c", model="model-4")
    assert models(world, project, "a") == ["model-4"]
    assert models(world, project, "b") == ["model-3", "model-4"]
    assert models(world, project, "c") == ["model-4"]


@pytest.mark.usefixtures("one_at_the_head")
def test_a_draft_that_is_abandoned_keeps_no_more_than_one_replaced_suggestion(
    world: World, project: Project
) -> None:
    keys = ("next", "begun", "later")
    world.studio.push(project.id, queued(*keys), world.schema)
    drafted = world.task(project, "begun")["id"]
    world.annotator.post(f"/api/tasks/{drafted}/drafts", json={"result": [], "lead_time": 1})
    for number in (2, 3, 4, 5):
        assert replace_all(world, project, *keys, model=f"model-{number}").suggested == 3
        assert models(world, project, "begun") == [f"model-{number - 1}", f"model-{number}"]
    assert models(world, project, "later") == ["model-5"]


@pytest.mark.usefixtures("one_at_the_head")
def test_a_replacement_that_was_cut_short_is_finished_and_takes_nothing_from_under_anybody(
    world: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.labelstudio.suggestions.REPLACED_PER_CALL", 1)
    keys = ("next", "b", "c")
    world.studio.push(project.id, queued(*keys), world.schema)
    seen = world.task(project, "next")["predictions"][0]

    def cut_short() -> Iterator[Prediction]:
        yield prediction("b", "model-2")
        raise InterruptedError

    with pytest.raises(InterruptedError):
        world.studio.suggest(project.id, cut_short(), world.schema, model_id="model-2")
    assert models(world, project, "b") == ["model-2"]
    assert replace_all(world, project, *keys, model="model-2").suggested == 2
    assert models(world, project, "c") == ["model-1", "model-2"]  # who was next is not known now
    world.annotate(project, "next", seen["result"], parent_prediction=seen["id"])
    replace_all(world, project, "c", "b", model="model-3")
    assert models(world, project, "c") == ["model-2", "model-3"]
    assert models(world, project, "b") == ["model-3"]


@pytest.mark.usefixtures("one_at_the_head")
def test_going_back_to_the_model_before_shows_its_suggestions_again(
    world: World, project: Project
) -> None:
    claim = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
    first = [
        (one, replace(suggested, claims=(claim,))) for one, suggested in queued("next", "later")
    ]
    world.studio.push(project.id, first, world.schema)
    before = world.task(project, "next")["data"]["readings"]
    replace_all(world, project, "next", "later", model="model-2")
    assert world.task(project, "next")["data"]["readings"] != before
    back = world.studio.suggest(
        project.id, [suggested for _, suggested in first], world.schema, model_id="model-1"
    )
    assert back == SuggestCounts(suggested=1, already_there=1, annotated=0, missing=0)
    assert world.studio.counts(project.id) == ProjectCounts(2, 2, 0, "model-1")
    for key in ("next", "later"):
        assert world.task(project, key)["data"]["readings"] == before
    assert models(world, project, "next") == ["model-1", "model-2"]
    assert models(world, project, "later") == ["model-1"]


def test_a_model_whose_name_begins_like_another_is_told_apart(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, pairs(3, "model-10"), world.schema)
    some = [prediction("s00000", "model-1")]
    world.studio.suggest(project.id, some, world.schema, model_id="model-1")
    assert world.studio.counts(project.id) == ProjectCounts(3, 1, 0, "model-1")


def test_the_line_of_readings_follows_the_suggestion(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(1), world.schema)
    claim = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
    new = replace(prediction("s00000", "model-2"), claims=(claim,))
    world.studio.suggest(project.id, [new], world.schema, model_id="model-2")
    data = world.task(project, "s00000")["data"]
    assert data["readings"] == "Some 100 fighters → about 100 · killed"
    assert data["sentence_id"] == "s00000"


@pytest.mark.usefixtures("one_at_the_head")
def test_the_line_of_readings_goes_back_with_a_suggestion_that_was_kept(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("next", "later", "labelled"), world.schema)
    claim = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
    world.annotate(project, "labelled", [])
    new = [replace(prediction(key, "model-2"), claims=(claim,)) for key in ("next", "later")]
    world.studio.suggest(project.id, new, world.schema, model_id="model-2")
    read: list[str] = []

    def suggested(sentences: Sequence[Sentence]) -> list[Prediction]:
        read.extend(one.id for one in sentences)
        return [prediction(one.id) for one in sentences]

    def go_back() -> int:
        return world.studio.refresh_readings(
            project.id, suggested, world.schema, model_id="model-1"
        )

    assert go_back() == 1
    assert read == ["next"]
    shown = {key: world.task(project, key)["data"]["readings"] for key in ("next", "later")}
    assert shown == {
        "next": "Some 100 fighters → no number · fighters and troops",
        "later": "Some 100 fighters → about 100 · killed",  # its other suggestion is gone
    }
    if world.fake is not None:
        world.fake.calls.clear()
        assert go_back() == 1
        assert {call.split()[0] for call in world.fake.calls} == {"GET"}


def test_a_model_without_suggestions_cannot_be_activated(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(1), world.schema)
    with pytest.raises(StudioError, match="model-9"):
        world.studio.activate(project.id, "model-9")


def test_tasks_that_wait_without_a_suggestion_are_counted(world: World, project: Project) -> None:
    assert world.studio.without_suggestion(project.id) == 0
    world.studio.push(project.id, pairs(3, model=None), world.schema)
    assert world.studio.without_suggestion(project.id) == 3
    world.studio.push(project.id, pairs(2), world.schema)
    assert world.studio.without_suggestion(project.id) == 1


def test_only_what_lacks_a_suggestion_by_a_model_is_listed(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(2), world.schema)
    world.studio.push(project.id, [(task("other"), prediction("other", "model-10"))], world.schema)
    world.studio.push(project.id, [(task("none"), None)], world.schema)

    def waiting(model: str | None) -> list[str]:
        found = world.studio.unlabelled(project.id, world.schema, without_suggestion_by=model)
        return [sentence.id for sentence in found]

    assert waiting(None) == ["s00000", "s00001", "other", "none"]
    assert waiting("model-1") == ["other", "none"]
    assert waiting("model-10") == ["s00000", "s00001", "none"]


def test_what_nobody_has_worked_on_is_taken_out(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(5), world.schema)
    world.studio.push(project.id, [(task("s00000 of mine"), None)], world.schema)
    world.annotate(project, "s00000", [])
    world.annotate(project, "s00001", [], was_cancelled=True)
    begun = world.task(project, "s00002")["id"]
    draft = {"result": [], "lead_time": 1}
    world.annotator.post(f"/api/tasks/{begun}/drafts", json=draft).raise_for_status()
    assert world.studio.unseen(project.id, {"another"}) == ()
    assert world.studio.unseen(project.id, {"article"}) == ("s00003", "s00004", "s00000 of mine")
    assert world.studio.remove(project.id, [f"s{n:05d}" for n in range(5)]) == 2
    assert world.studio.unseen(project.id, {"article"}) == ("s00000 of mine",)
    assert world.studio.counts(project.id).tasks == 4


# --------------------------------------------------------------------------------- people

_people = count(1)


def somebody() -> str:
    return f"ann{next(_people)}@newsledger.local"


def test_somebody_signed_up_is_listed_with_name_and_nothing_labelled(
    world: World, project: Project
) -> None:
    email = somebody()
    before = world.studio.accounts()
    world.studio.sign_up(email, "correct horse", name="Ann Å")
    *others, made = world.studio.accounts(project.id)
    assert (made.email, made.name, made.annotations) == (email, "Ann Å", 0)
    assert [one.id for one in others] == [one.id for one in before]
    assert [one.annotations for one in before] == [None] * len(before)


def test_what_somebody_labelled_is_counted_and_what_they_skipped_is_not(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, pairs(3), world.schema)
    world.annotate(project, "s00000", [])
    world.annotate(project, "s00001", [])
    world.annotate(project, "s00002", [], was_cancelled=True)
    (me, *_) = world.studio.accounts(project.id)
    assert me.email == world.studio.check().user
    assert me.annotations == 2


def test_nobody_is_signed_up_twice_or_without_an_address(world: World) -> None:
    email = somebody()
    world.studio.sign_up(email, "correct horse")
    with pytest.raises(StudioError, match=r"has an account at .* already") as refused:
        world.studio.sign_up(email.upper(), "another horse")
    assert "reset-password" in refused.value.hint
    for given, password in (("no address@nowhere", "correct horse"), (somebody(), "short")):
        with pytest.raises(StudioError, match=f"did not make an account for {given}"):
            world.studio.sign_up(given, password)


def test_an_invitation_is_an_address_of_the_server(world: World) -> None:
    link = world.studio.invitation()
    assert link.startswith(f"{world.studio.url}/user/signup/?token=")
    assert world.annotator.get(link).status_code == 200
