"""What the result of an annotation says is taken whole or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from annotation.records import Annotation
from tests.unit.annotation.labelstudio.exports import (
    complaints,
    labelled,
    number,
    parse,
    span,
    ticked,
)
from tests.unit.annotation.labelstudio.sample import TEXT


def by_event(value: object, kind: str = "choices") -> dict[str, Any]:
    return {"id": "e", "from_name": "event", "to_name": "t", "type": kind, "value": value}


def read(*result: Any) -> Annotation:
    """The annotation with this result; another one stands beside it."""
    export = parse(labelled(*result), labelled(ticked("siege"), id=8))
    assert complaints(export) == []
    return export.annotations[0]


@pytest.mark.parametrize(
    "value",
    [
        {"taxonomy": [["clash"]]},
        {"taxonomy": [["violence", "fighting", "clash"]]},
        {"taxonomy": ["clash"]},
        {"choices": [["violence", "clash"]]},
        {"choices": "clash"},
    ],
)
def test_the_last_part_of_a_path_is_what_was_ticked(value: object) -> None:
    assert read(by_event(value)).events.aliases == ("clash",)


def test_several_paths_are_several_event_types() -> None:
    both = by_event({"taxonomy": [["violence", "clash"], ["siege"]]}, "taxonomy")
    assert read(both).events.aliases == ("clash", "siege")


@pytest.mark.parametrize("value", [{"choices": []}, {"taxonomy": []}])
def test_nothing_ticked_is_said_by_an_empty_list(value: object) -> None:
    assert read(by_event(value)).events.aliases == ()


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (None, "entry 1 of its result is a JSON null"),
        ([], "entry 1 of its result is a JSON list"),
        ("clash", "entry 1 of its result is a JSON string"),
        (by_event(None), "by the control 'event', has a JSON null in place of its value"),
        (by_event(["clash"]), "has a JSON list in place of its value"),
        (by_event("clash"), "has a JSON string in place of its value"),
        (by_event({}), "holds no list of choices or of taxonomy paths"),
        (by_event({"choices": None}), "holds no list of choices"),
        (by_event({"choices": ["clash", None]}), "holds no list of choices"),
        (by_event({"choices": {"clash": True}}), "holds no list of choices"),
        (by_event({"taxonomy": [[]]}), "holds no list of choices"),
        (by_event({"taxonomy": [["violence", 4]]}), "holds no list of choices"),
        (by_event({"taxonomy": ["siege", "clash"]}), "holds no list of choices"),
        (by_event({"taxonomy": [["clash", "knife"]]}), "the schema has no event type 'knife'"),
        ({"from_name": "event", "type": "choices"}, "has no value"),
        ({"type": "choices", "value": {"choices": ["clash"]}}, "does not say which control"),
        ({"from_name": "claim", "value": {"start": 0, "end": 2, "labels": None}}, "list of labels"),
        ({"from_name": "claim", "value": {"start": 0, "end": 2, "labels": [["killed"]]}}, "labels"),
        (
            {"from_name": "claim", "value": {"start": 0, "end": 2, "paragraphlabels": ["killed"]}},
            "holds no list of labels",
        ),
        ({"id": "r", "from_name": "low", "value": None}, "by the control 'low', has a JSON null"),
    ],
)
def test_what_does_not_have_the_shape_of_an_entry_takes_its_annotation_with_it(
    entry: Any, why: str
) -> None:
    """Else the sentence would teach that nothing was ticked there."""
    export = parse(labelled(entry), labelled(ticked("siege"), id=8))
    assert [one.annotation_id for one in export.annotations] == ["8"]
    (complaint,) = complaints(export)
    assert complaint.startswith("x.json, task 5, annotation 7: ")
    assert complaint.endswith("; left out.")
    assert why in complaint


def test_entries_of_other_controls_may_have_any_shape() -> None:
    stars = {"id": "x", "from_name": "quality", "type": "rating", "value": None}
    arrow = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    assert read(stars, arrow, ticked("clash")).events.aliases == ("clash",)


def test_a_modifier_that_cannot_be_read_is_told_and_the_claim_kept() -> None:
    odd = {"id": "r", "from_name": "modifier", "value": {"choices": None}}
    export = parse(labelled(span("r", 0, 11, "killed"), odd))
    assert [one.modifier for one in export.annotations[0].claims] == [None]
    assert "its modifier is not a list of choices; not taken" in complaints(export)[0]


# ---- region ids


@pytest.mark.parametrize("region", ["r", None, 0, ""])
def test_spans_that_share_an_id_are_claims_each(region: Any) -> None:
    claims = read(span(region, 9, 11, "killed"), span(region, 0, 8, "at_risk")).claims
    assert [(one.start, one.kind) for one in claims] == [(0, "at_risk"), (9, "killed")]


def test_two_labels_of_one_region_in_entries_of_their_own_are_two_claims() -> None:
    claims = read(span("r", 9, 11, "killed"), span("r", 9, 11, "at_risk")).claims
    assert [one.kind for one in claims] == ["at_risk", "killed"]


def test_an_entry_that_is_written_twice_under_one_id_is_one_claim() -> None:
    assert len(read(span("r", 9, 11, "killed"), span("r", 9, 11, "killed")).claims) == 1


@pytest.mark.parametrize("region", ["r", None])
def test_values_find_their_span_by_its_place_where_the_id_does_not_tell(region: Any) -> None:
    low, high = number(region, "low", 12), number(region, "low", 3)
    low["value"] |= {"start": 9, "end": 11, "text": TEXT[9:11]}
    high["value"] |= {"start": 0, "end": 8, "text": TEXT[0:8]}
    claims = read(span(region, 9, 11, "killed"), low, span(region, 0, 8, "at_risk"), high).claims
    assert [(one.start, one.low) for one in claims] == [(0, Decimal(3)), (9, Decimal(12))]


def test_values_that_may_belong_to_either_span_are_told() -> None:
    export = parse(
        labelled(span("r", 9, 11, "killed"), span("r", 0, 8, "at_risk"), number("r", "low", 12))
    )
    assert [one.low for one in export.annotations[0].claims] == [None, None]
    assert "values without a marked span (region r); not taken" in complaints(export)[0]


def test_a_value_that_is_said_twice_of_a_span_is_told() -> None:
    twice = [number("r", "low", 12), number("r", "low", 13)]
    export = parse(labelled(span("r", 9, 11, "killed"), *twice))
    assert [one.low for one in export.annotations[0].claims] == [12]
    assert "a second 'low' of one span (region r); not taken" in complaints(export)[0]
