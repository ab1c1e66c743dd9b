"""Exports that we did not make; what is not read there, or cannot be learnt, is told."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.errors import ExportError
from annotation.labelstudio.export_json.export import parse_tasks
from annotation.schema import parse_schema
from tests.unit.annotation.labelstudio.exports import (
    complaints,
    labelled,
    parse,
    span,
    ticked,
)


def foreign(text: str = "A sentence.", **data: object) -> dict[str, Any]:
    return {"id": 1, "data": {"text": text, **data}, "annotations": []}


def test_a_task_without_our_fields_is_known_by_its_text_and_stands_alone() -> None:
    one, two = parse(foreign(), foreign("Another.")).sentences
    assert one.id != two.id
    assert len(one.id) == 16
    assert one.article_id == one.id
    assert (one.index, one.start, one.end) == (0, 0, len("A sentence."))
    assert parse(foreign(), foreign()).sentences == (one,)


def test_a_task_that_nobody_has_labelled_may_lack_the_list_of_annotations() -> None:
    lists: tuple[dict[str, Any], ...] = ({}, {"annotations": None}, {"annotations": []})
    for nothing in lists:
        export = parse({"id": 1, "data": {"text": "A sentence."}, **nothing})
        assert len(export.sentences) == 1
        assert export.annotations == ()
        assert export.problems == ()


def test_tasks_are_grouped_by_a_field_on_demand() -> None:
    tasks = [foreign("One.", doc="d1"), foreign("Two.", doc="d1"), foreign("Three.", doc=7)]
    groups = [one.article_id for one in parse(*tasks, group_by="doc").sentences]
    assert groups == ["d1", "d1", "7"]


def test_a_field_to_group_by_that_no_task_has_is_refused() -> None:
    with pytest.raises(ExportError, match="no task with the field 'dco'"):
        parse(foreign("One.", doc="d1"), group_by="dco")


def test_a_control_that_was_renamed_is_told() -> None:
    """Else all its labels would vanish, and their sentences teach that nothing is claimed."""
    renamed = {"id": "x", "from_name": "spans", "type": "labels", "value": {"labels": ["killed"]}}
    (complaint,) = complaints(parse(labelled(renamed, ticked("clash"))))
    assert "1 labels by the control 'spans': the configuration calls it 'claim'" in complaint


def test_results_of_other_controls_do_not_hurt() -> None:
    rating = {"id": "x", "from_name": "quality", "type": "rating", "value": {"rating": 3}}
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    export = parse(labelled(rating, relation, ticked("clash")))
    assert export.annotations[0].events.aliases == ("clash",)
    assert export.problems == ()


def test_choices_of_single_spans_are_told_where_no_others_are_read() -> None:
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Choices name="what" toName="t" perRegion="true"><Choice value="raid"/></Choices></View>'
    )
    place = {"start": 0, "end": 2, "text": "80"}
    result = [
        {"id": "r", "from_name": "c", "type": "labels", "value": {**place, "labels": ["dead"]}},
        {
            "id": "r",
            "from_name": "what",
            "type": "choices",
            "value": {**place, "choices": ["raid"]},
        },
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    export = parse_tasks([task], schema, where="here")
    assert len(export.annotations[0].claims) == 1
    (note,) = export.notes
    assert "1 choices by the control 'what' not read" in note
    assert 'no perRegion="true"' in note


def test_so_are_those_beside_the_event_types_of_sentences() -> None:
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Choices name="what" toName="t"><Choice value="raid"/></Choices>'
        '<Choices name="trigger" toName="t" perRegion="true"><Choice value="verb"/></Choices>'
        "</View>"
    )
    result = [
        {"from_name": "what", "type": "choices", "value": {"choices": ["raid"]}},
        {
            "id": "r",
            "from_name": "trigger",
            "type": "choices",
            "value": {"start": 0, "end": 2, "text": "80", "choices": ["verb"]},
        },
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    export = parse_tasks([task], schema, where="here")
    assert export.annotations[0].events.aliases == ("raid",)
    (note,) = export.notes
    assert "1 choices by the control 'trigger' not read, because they speak of single spans" in note


def test_a_span_of_two_kinds_is_told() -> None:
    export = parse(labelled(span("r", 9, 11, "killed", "at_risk"), span("s", 0, 8, "killed")))
    assert len(export.annotations[0].claims) == 3
    (note,) = export.notes
    assert "1 span with two claim kinds or more" in note
    assert "a model learns one kind for a number" in note


def test_a_taxonomy_under_another_name_is_told() -> None:
    tree = {"from_name": "tree", "type": "taxonomy", "value": {"taxonomy": [["clash"]]}}
    (complaint,) = complaints(parse(labelled(tree, span("r", 9, 11, "killed"))))
    assert "1 taxonomy by the control 'tree': the configuration calls it 'event'" in complaint
