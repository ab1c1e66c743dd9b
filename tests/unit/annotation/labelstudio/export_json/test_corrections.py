"""Day and place of a sentence as people typed them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from annotation.labelstudio.export_json.export import parse_tasks
from annotation.records import Annotation
from annotation.schema import parse_schema
from tests.unit.annotation.labelstudio.exports import complaints, labelled, ticked
from tests.unit.annotation.labelstudio.sample import XML

SCHEMA = parse_schema(
    XML.replace(
        "</View>",
        '<DateTime name="when" toName="t" only="date" format="%Y-%m-%d" corrects="day"/>'
        '<Choices name="undated" toName="t" denies="day"><Choice value="no day"/></Choices>'
        '<TextArea name="where" toName="t" corrects="place"/></View>',
    )
)


def typed(name: str, **value: object) -> dict[str, Any]:
    return {"id": name, "from_name": name, "to_name": "t", "type": "x", "value": value}


def read(*result: dict[str, Any]) -> tuple[Annotation, list[str]]:
    export = parse_tasks([labelled(*result)], SCHEMA, where="x.json")
    (annotation,) = export.annotations
    return annotation, complaints(export)


def test_what_was_typed_is_read_beside_the_labels() -> None:
    day, place = typed("when", datetime="2026-11-24"), typed("where", text=[" Ban  Buri "])
    annotation, problems = read(ticked("clash"), day, place)
    assert annotation.events.aliases == ("clash",)
    assert (annotation.corrected_day, annotation.corrected_place) == (
        date(2026, 11, 24),
        "Ban Buri",
    )
    assert problems == []


@pytest.mark.parametrize(
    "result",
    [
        (),
        (typed("when", datetime=""),),
        (typed("when", datetime=None), typed("where", text=[])),
        (typed("where", text=["  "]),),
    ],
)
def test_an_empty_field_corrects_nothing(result: tuple[dict[str, Any], ...]) -> None:
    annotation, problems = read(ticked("clash"), *result)
    assert (annotation.corrected_day, annotation.corrected_place, problems) == (None, None, [])


@pytest.mark.parametrize("day", ["2026-02-30", "Friday", "24.11.2026", 20261124, ["2026-11-24"]])
def test_a_day_that_is_none_is_told_and_the_rest_kept(day: object) -> None:
    annotation, (problem,) = read(ticked("clash"), typed("when", datetime=day))
    assert annotation.corrected_day is None
    assert annotation.events.aliases == ("clash",)
    assert "is not a date; not taken" in problem


def test_that_there_is_no_day_is_read_beside_the_labels() -> None:
    annotation, problems = read(ticked("clash"), typed("undated", choices=["no day"]))
    assert annotation.events.aliases == ("clash",)
    assert (annotation.corrected_day, annotation.no_day, problems) == (None, True, [])
    taken_back, problems = read(ticked("clash"), typed("undated", choices=[]))
    assert (taken_back.no_day, problems) == (False, [])


def test_a_day_beside_no_day_counts_and_is_told() -> None:
    both = typed("when", datetime="2026-11-24"), typed("undated", choices=["no day"])
    annotation, (problem,) = read(ticked("clash"), *both)
    assert (annotation.corrected_day, annotation.no_day) == (date(2026, 11, 24), False)
    assert "both the day 2026-11-24 and that there is none; the day is taken" in problem


def test_what_does_not_say_whether_there_is_a_day_refuses_the_annotation() -> None:
    export = parse_tasks([labelled(typed("undated", choices=7))], SCHEMA, where="x.json")
    assert export.annotations == ()
    assert "by the control 'undated', holds no list of choices" in complaints(export)[0]


def test_of_two_that_were_typed_the_second_is_told() -> None:
    annotation, problems = read(
        typed("where", text=["Mubi", "Gwoza"]),
        typed("when", datetime="2026-11-24"),
        typed("when", datetime="2026-11-25"),
    )
    assert (annotation.corrected_day, annotation.corrected_place) == (date(2026, 11, 24), "Mubi")
    assert [problem.split(": ")[1] for problem in problems] == [
        "a second day of the sentence, '2026-11-25'; not taken.",
        "a second place of the sentence, 'Gwoza'; not taken.",
    ]


@pytest.mark.parametrize("value", [{"value": 1}, {"when": "2026-11-24"}])
def test_a_field_that_holds_something_else_is_told(value: dict[str, object]) -> None:
    for name, what in (("when", "day"), ("where", "place")):
        annotation, problems = read(ticked("clash"), typed(name, **value))
        assert (annotation.corrected_day, annotation.corrected_place) == (None, None)
        (told,) = problems
        assert told.endswith(f"the {what} is nothing that can be read; not taken.")
    assert read(ticked("clash"), typed("where", text={"a": "Raqqa"}))[1]


@pytest.mark.parametrize("name", ["when", "where"])
@pytest.mark.parametrize(
    "value", [{}, {"datetime": None, "text": None}, {"text": [], "datetime": ""}]
)
def test_a_field_that_was_emptied_says_nothing(name: str, value: dict[str, object]) -> None:
    assert read(ticked("clash"), typed(name, **value))[1] == []
