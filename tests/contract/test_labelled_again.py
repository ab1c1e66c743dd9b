"""Labels that people gave elsewhere go in under their names, and are counted as theirs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.errors import StudioError
from annotation.labelstudio.sync import Project
from annotation.records import Annotation, NumericClaim
from tests.contract.conftest import World, prediction, task

ANN = "ann-again@newsledger.example"
CLAIM = NumericClaim(
    0, 17, "Some 100 fighters", "forces", Decimal(100), Decimal(100), "about", attribution="Some"
)


@pytest.fixture
def people(world: World) -> dict[str, int]:
    """Ann, and whoever has the token."""
    if ANN not in {one.email for one in world.studio.accounts()}:
        world.studio.sign_up(ANN, "a-password-for-tests")
    me = world.studio.check().user
    ids = {one.email: one.id for one in world.studio.accounts()}
    return {"ann": ids[ANN], "me": ids[me]}


def said(world: World, key: str, who: str = "ann", *events: str) -> Annotation:
    return Annotation(key, who, world.schema.event_labels(events), (CLAIM,), lead_time=2.5)


def test_labels_come_back_as_they_were_under_the_name_of_who_gave_them(
    world: World, project: Project, people: dict[str, int]
) -> None:
    again = world.studio.labelled_again(project.id, world.schema, people)
    labels = [said(world, "a", "ann", "clash", "siege"), said(world, "a", "me")]
    starred = replace(said(world, "c", "me", "none"), ground_truth=True, claims=())
    skipped = replace(said(world, "b"), cancelled=True)
    tasks = [(task("a"), labels), (task("b"), [skipped]), (task("c"), [starred])]
    again.add(tasks)
    again.add(tasks)  # what is there is left alone
    found = world.studio.pull(project.id, world.schema)
    assert len(found.sentences) == 3
    names = {one.id: one.email for one in world.studio.accounts()}
    wanted = [
        replace(one, annotator=names[people[one.annotator]]) for _, some in tasks for one in some
    ]
    assert [replace(one, annotation_id="", updated_at="") for one in found.annotations] == wanted
    # A task that was skipped waits still, as ever.
    assert [one.id for one in world.studio.unlabelled(project.id, world.schema)] == ["b"]
    assert world.studio.counts(project.id).annotated == 2


def test_what_was_lost_is_stored_alone(
    world: World, project: Project, people: dict[str, int]
) -> None:
    again = world.studio.labelled_again(project.id, world.schema, people)
    again.add([(task("a"), []), (task("b"), [])])
    skipped = replace(said(world, "b", "me"), cancelled=True)
    again.annotate(
        (one, task(one.sentence_id).sentence) for one in (said(world, "a", "ann", "siege"), skipped)
    )
    found = world.studio.pull(project.id, world.schema).annotations
    assert [(one.sentence_id, one.cancelled, one.lead_time) for one in found] == [
        ("a", False, 2.5),
        ("b", True, 2.5),
    ]
    assert found[0].annotator == ANN
    assert found[0].events.aliases == ("siege",)


def test_what_several_people_label_waits_for_the_next_of_them_or_for_nobody(
    world: World, project: Project, people: dict[str, int]
) -> None:
    again = world.studio.labelled_again(project.id, world.schema, people)
    half, whole = replace(task("a"), people=2), replace(task("b"), people=2)
    again.add([(half, [said(world, "a")]), (whole, [said(world, "b"), said(world, "b", "me")])])
    for key, labelled in (("a", False), ("b", True)):
        stored = world.task(project, key)
        assert (stored["overlap"], stored["is_labeled"]) == (2, labelled)
    pushed = world.studio.push(
        project.id, [(half, prediction("a")), (whole, prediction("b"))], world.schema
    )
    assert (pushed.created, pushed.suggested) == (0, 1)


def test_a_name_that_the_server_does_not_know_is_refused(world: World, project: Project) -> None:
    again = world.studio.labelled_again(project.id, world.schema, {"ann": 999_999})
    with pytest.raises(StudioError, match="999999"):
        again.add([(task("a"), [said(world, "a")])])
    assert world.studio.counts(project.id).tasks == 0
