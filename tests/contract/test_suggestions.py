"""Suggestions: replaced, kept, and shown again, while people work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.errors import (
    StudioError,
)
from annotation.labelstudio.sync import (
    Project,
    ProjectCounts,
    SuggestCounts,
)
from annotation.records import NumericClaim, Prediction, Sentence, Task, WithheldSuggestion
from tests.contract.conftest import World, pairs, prediction, task


@pytest.fixture
def one_at_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the very next task in the queue may be open."""
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 1)


def queued(*keys: str, model: str = "model-1") -> list[tuple[Task, Prediction]]:
    """Tasks that people get in the order in which they are named."""
    return [
        (task(key), replace(prediction(key, model), confidence=place / 10))
        for place, key in enumerate(keys)
    ]


def replace_all(world: World, project: Project, *keys: str, model: str) -> SuggestCounts:
    predictions = [suggested for _, suggested in queued(*keys, model=model)]
    return world.studio.suggestions(project.id).replace(predictions, world.schema, model_id=model)


def models(world: World, project: Project, key: str) -> list[str]:
    return sorted(one["model_version"] for one in world.task(project, key)["predictions"])


@pytest.mark.usefixtures("one_at_the_head")
def test_a_skip_goes_on_telling_what_it_started_from(world: World, project: Project) -> None:
    world.studio.push(project.id, queued("next", "skipped", "later"), world.schema)
    shown = world.task(project, "skipped")["predictions"][0]
    world.annotate(project, "skipped", [], was_cancelled=True, parent_prediction=shown["id"])
    replace_all(world, project, "next", "skipped", "later", model="model-2")
    assert models(world, project, "skipped") == ["model-1", "model-2"]
    assert models(world, project, "later") == ["model-2"]
    (skip,) = world.studio.pull(project.id, world.schema).annotations
    assert (skip.cancelled, skip.suggested_by) == (True, "model-1")


@pytest.mark.usefixtures("one_at_the_head")
def test_what_was_skipped_takes_no_place_among_those_that_people_get_next(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("skipped", "next", "later"), world.schema)
    world.annotate(project, "skipped", [], was_cancelled=True)
    replace_all(world, project, "skipped", "next", "later", model="model-2")
    assert models(world, project, "next") == ["model-1", "model-2"]
    assert models(world, project, "later") == ["model-2"]


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
def test_the_first_so_many_keep_what_is_old_until_it_is_removed(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, queued("a", "b", "c", "d"), world.schema)
    suggestions = world.studio.suggestions(project.id)
    new = [prediction(key, "model-2") for key in ("d", "c", "b", "a")]
    counts = suggestions.replace(new, world.schema, model_id="model-2", beside=2)
    assert counts.suggested == 4
    assert suggestions.active_model() == "model-2"
    for key in ("d", "c", "a"):  # and a, which people were to get next
        assert models(world, project, key) == ["model-1", "model-2"]
    assert models(world, project, "b") == ["model-2"]
    assert suggestions.remove_old(keep=("model-0",), most=10) == 3
    assert models(world, project, "d") == ["model-2"]


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
    monkeypatch.setattr("annotation.labelstudio.transfer.replaced_suggestions.REPLACED_PER_CALL", 1)
    keys = ("next", "b", "c")
    world.studio.push(project.id, queued(*keys), world.schema)
    seen = world.task(project, "next")["predictions"][0]

    def cut_short() -> Iterator[Prediction]:
        yield prediction("b", "model-2")
        raise InterruptedError

    with pytest.raises(InterruptedError):
        world.studio.suggestions(project.id).replace(cut_short(), world.schema, model_id="model-2")
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
    back = world.studio.suggestions(project.id).replace(
        [suggested for _, suggested in first], world.schema, model_id="model-1"
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
    world.studio.suggestions(project.id).replace(some, world.schema, model_id="model-1")
    assert world.studio.counts(project.id) == ProjectCounts(3, 1, 0, "model-1")


def test_the_line_of_readings_follows_the_suggestion(world: World, project: Project) -> None:
    world.studio.push(project.id, pairs(1), world.schema)
    claim = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
    new = replace(prediction("s00000", "model-2"), claims=(claim,))
    world.studio.suggestions(project.id).replace([new], world.schema, model_id="model-2")
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
    world.studio.suggestions(project.id).replace(new, world.schema, model_id="model-2")
    read: list[str] = []

    def suggested(sentences: Sequence[Sentence]) -> list[Prediction]:
        read.extend(one.id for one in sentences)
        return [prediction(one.id) for one in sentences]

    def go_back() -> int:
        found = world.studio.suggestions(project.id).refresh_readings(
            suggested, world.schema, model_id="model-1"
        )
        return len(found)

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
        world.studio.suggestions(project.id).activate("model-9")


def test_tasks_that_wait_without_a_suggestion_are_counted(world: World, project: Project) -> None:
    assert world.studio.suggestions(project.id).count_lacking() == 0
    world.studio.push(project.id, pairs(3, model=None), world.schema)
    assert world.studio.suggestions(project.id).count_lacking() == 3
    world.studio.push(project.id, pairs(2), world.schema)
    assert world.studio.suggestions(project.id).count_lacking() == 1


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


def test_what_is_blind_is_served_in_its_place_without_a_suggestion_whichever_model_suggests(
    world: World, project: Project
) -> None:
    first, (middle, suggested), last = queued("first", "middle", "last")
    blind = replace(middle, blind=True)
    world.studio.push(project.id, [first, (blind, suggested), last], world.schema)
    claim = NumericClaim(0, 17, "Some 100 fighters", "killed", Decimal(100), Decimal(100), "about")
    for model in ("model-1", "model-2", "model-3"):
        if model != "model-1":
            new = [
                replace(one, claims=(claim,)) for _, one in queued("first", "middle", model=model)
            ]
            world.studio.suggestions(project.id).replace(new, world.schema, model_id=model)
        found = world.task(project, "middle")
        (shown,) = (one for one in found["predictions"] if one["model_version"] == model)
        assert (shown["result"], shown["score"]) == ([], 0.1)
        assert found["data"]["readings"] == ""
        assert world.task(project, "first")["data"]["readings"]
    # What is there stays blind, however it is pushed again.
    world.studio.push(project.id, queued("middle", model="model-4"), world.schema)
    assert not any(one["result"] for one in world.task(project, "middle")["predictions"])
    world.annotate(project, "middle", [], parent_prediction=shown["id"])
    (annotation,) = world.studio.pull(project.id, world.schema).annotations
    assert annotation.suggested_by is None
    assert annotation.withheld == WithheldSuggestion("model-3")


def test_what_is_for_two_comes_first_and_waits_until_both_have_labelled_it(
    world: World, project: Project
) -> None:
    first, (middle, suggested), last = queued("first", "middle", "last")
    tasks = [first, (replace(middle, people=2), suggested), last]
    for already in (0, 3):
        pushed = world.studio.push(project.id, tasks, world.schema)
        assert (pushed.already_there, pushed.for_several) == (already, 1)
        assert world.task(project, "middle")["overlap"] == 2
    assert world.task(project, "last")["overlap"] == 1

    def place(key: str) -> float:
        return float(world.task(project, key)["predictions"][-1]["score"])

    assert 0 < place("middle") < place("first") == 1e-6
    assert place("last") == 0.2

    def waiting() -> list[str]:
        return [one.id for one in world.studio.unlabelled(project.id, world.schema)]

    world.annotate(project, "middle", [])
    assert world.task(project, "middle")["is_labeled"] is False
    assert sorted(waiting()) == ["first", "last", "middle"]
    assert world.studio.suggestions(project.id).count_lacking() == 0
    # Whoever comes second has a suggestion of the new champion, or the sentence would come last.
    replace_all(world, project, "first", "last", model="model-2")
    assert world.studio.suggestions(project.id).count_lacking() == 1
    report = replace_all(world, project, "first", "middle", model="model-2")
    assert (report.suggested, report.annotated) == (1, 0)
    assert "model-2" in models(world, project, "middle")
    assert 0 < place("middle") < 1e-6
    world.studio.sign_up("second@contract.example", "correct horse")
    (other,) = (one for one in world.studio.accounts() if one.email == "second@contract.example")
    world.annotate(project, "middle", [], completed_by=other.id)
    assert world.task(project, "middle")["is_labeled"] is True
    assert waiting() == ["first", "last"]
    report = replace_all(world, project, "first", "middle", model="model-3")
    assert (report.suggested, report.annotated) == (1, 1)
    assert len(world.studio.pull(project.id, world.schema).annotations) == 2


def test_what_was_labelled_before_it_was_known_to_be_for_two_is_opened_again(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, [(replace(task("s"), people=3), None)], world.schema)
    found = world.task(project, "s")["id"]
    closed = {"overlap": 1, "is_labeled": True}
    world.annotate(project, "s", [])
    world.annotator.patch(f"/api/tasks/{found}/", json=closed).raise_for_status()
    world.studio.push(project.id, [(replace(task("s"), people=3), None)], world.schema)
    now = world.task(project, "s")
    assert (now["overlap"], now["is_labeled"]) == (3, False)


def test_what_some_of_several_people_have_labelled_is_known_until_all_have(
    world: World, project: Project
) -> None:
    several = [(replace(task(key), people=people), None) for key, people in (("s", 2), ("t", 1))]
    world.studio.push(project.id, several, world.schema)
    assert world.studio.labelled_for_more(project.id) == frozenset()
    world.annotate(project, "t", [])
    world.annotate(project, "s", [])
    assert world.studio.labelled_for_more(project.id) == {"s"}
    world.annotate(project, "s", [])
    assert world.studio.labelled_for_more(project.id) == frozenset()
