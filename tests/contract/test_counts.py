"""What people did stands, also where the server has forgotten to count it."""

from __future__ import annotations

import pytest

from annotation.labelstudio.sync import Project
from tests.contract.conftest import World, pairs, prediction


@pytest.fixture
def forgotten(world: World, project: Project) -> Project:
    """A project whose server has forgotten to count a label and a skip, as it does now and then.

    Who stores an annotation while somebody else stores the task's data finds the count set back.
    """
    world.studio.push(project.id, pairs(4), world.schema)
    world.annotate(project, "s00000", [])
    world.annotate(project, "s00001", [], was_cancelled=True)
    for key in ("s00000", "s00001"):
        world.annotator.patch(
            f"/api/tasks/{world.task(project, key)['id']}/",
            json={"total_annotations": 0, "cancelled_annotations": 0, "is_labeled": False},
        ).raise_for_status()
    return project


def test_what_is_labelled_does_not_wait_however_the_server_counts(
    world: World, forgotten: Project
) -> None:
    left = {one.id for one in world.studio.unlabelled(forgotten.id, world.schema)}
    assert left.isdisjoint({"s00000"})
    assert left >= {"s00002", "s00003"}
    assert world.studio.count_waiting(forgotten.id) == len(left)


def test_what_is_labelled_or_skipped_is_not_removed_however_the_server_counts(
    world: World, forgotten: Project
) -> None:
    keys = [f"s{number:05d}" for number in range(3)]
    assert world.studio.remove(forgotten.id, keys) == 1
    assert world.studio.unseen(forgotten.id, {"article"}) == ("s00003",)
    labelled = {
        one.sentence_id for one in world.studio.pull(forgotten.id, world.schema).annotations
    }
    assert labelled == {"s00000", "s00001"}


@pytest.mark.parametrize("verb", ["push", "replace", "beside", "readings"])
def test_what_the_server_has_forgotten_is_counted_again(
    world: World, forgotten: Project, verb: str
) -> None:
    suggestions = world.studio.suggestions(forgotten.id)
    new = [prediction(f"s{number:05d}", "model-2") for number in range(4)]
    if verb == "push":
        world.studio.push(forgotten.id, pairs(4), world.schema)
    elif verb == "replace":
        suggestions.replace(new, world.schema, model_id="model-2")
    elif verb == "beside":
        found = suggestions.waiting_tasks(world.schema, without_suggestion_by="model-2")
        tasks = {one.sentence.id: one for one in found}
        suggested = [(tasks[one.sentence_id], one) for one in new[2:]]
        suggestions.add_beside(suggested, world.schema, model_id="model-2")
    else:
        suggestions.refresh_readings(
            lambda some: [prediction(one.id) for one in some], world.schema, model_id="model-1"
        )
    assert world.studio.counts(forgotten.id).annotated == 1
    assert world.studio.unseen(forgotten.id, {"article"}) == ("s00002", "s00003")
    task = world.task(forgotten, "s00001")
    assert (task["total_annotations"], task["cancelled_annotations"]) == (0, 1)
