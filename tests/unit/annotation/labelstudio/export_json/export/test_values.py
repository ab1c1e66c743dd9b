"""Numbers of claims as Label Studio stores them: as text, alone, emptied, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.labelstudio.export_json.export import parse_tasks
from annotation.records import (
    NumericClaim,
)
from annotation.schema import parse_schema
from tests.unit.annotation.labelstudio.exports import (
    complaints,
    labelled,
    number,
    parse,
    span,
)

D = Decimal


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (12, D(12)),
        (12.5, D("12.5")),
        ("12.50", D("12.50")),
        (0, D(0)),
        (-3, D(-3)),
        (1e6, D(1000000)),
    ],
)
def test_numbers_are_read_however_they_are_stored(stored: object, value: Decimal) -> None:
    (annotation,) = parse(
        labelled(span("r", 0, 11, "killed"), number("r", "low", stored))
    ).annotations
    assert annotation.claims[0].low == value


@pytest.mark.parametrize("stored", ["twelve", True, float("nan"), [1]])
def test_a_value_that_is_no_number_is_listed_and_the_claim_kept(stored: object) -> None:
    export = parse(labelled(span("r", 0, 11, "killed"), number("r", "low", stored)))
    assert export.annotations[0].claims == (NumericClaim(0, 11, "At least 12", "killed"),)
    assert "is not a number" in complaints(export)[0]


@pytest.mark.parametrize(
    ("field", "modifier", "read"),
    [
        ("low", "exactly", (80, 80)),
        ("high", "exactly", (80, 80)),
        ("low", "about", (80, 80)),
        ("high", "about", (80, 80)),
        ("low", "at_least", (80, None)),
        ("high", "at_least", (80, None)),
        ("low", "at_most", (None, 80)),
        ("high", "at_most", (None, 80)),
        ("low", "between", (80, None)),  # the other value is missing: nobody can tell it
        ("high", "between", (None, 80)),
        ("low", "vague", (80, None)),
        ("high", "vague", (None, 80)),
        ("low", None, (80, None)),
        ("high", None, (None, 80)),
    ],
)
def test_of_one_value_alone_the_modifier_says_which_end_it_is(
    field: str, modifier: str | None, read: tuple[int | None, int | None]
) -> None:
    result = [span("r", 9, 11, "killed"), number("r", field, 80)]
    if modifier is not None:
        value = {"start": 9, "end": 11, "choices": [modifier]}
        result.append({"id": "r", "from_name": "modifier", "type": "choices", "value": value})
    (claim,) = parse(labelled(*result)).annotations[0].claims
    assert (claim.low, claim.high) == read


@pytest.mark.parametrize(
    ("low", "high", "modifier", "read"),
    [
        (80, 0, "at_least", (80, None)),
        (0, 50, "at_most", (None, 50)),
        (80, 0, "exactly", (80, 80)),  # one value left, so it is the one
        (0, 0, "exactly", (0, 0)),
        (0, 5, "between", (0, 5)),
    ],
)
def test_a_field_that_was_emptied_is_an_open_end(
    low: int, high: int, modifier: str, read: tuple[int | None, int | None]
) -> None:
    """Label Studio stores 0 for a number field that somebody emptied."""
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Number name="low" toName="t" perRegion="true"/>'
        '<Number name="high" toName="t" perRegion="true"/>'
        '<Choices name="modifier" toName="t" perRegion="true"><Choice value="exactly"/></Choices>'
        "</View>"
    )
    span = {"start": 0, "end": 2, "text": "80"}
    result = [
        {"id": "r", "from_name": "c", "value": {**span, "labels": ["dead"]}},
        {"id": "r", "from_name": "low", "value": {**span, "number": low}},
        {"id": "r", "from_name": "high", "value": {**span, "number": high}},
        {"id": "r", "from_name": "modifier", "value": {**span, "choices": [modifier]}},
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    (annotation,) = parse_tasks([task], schema, where="here").annotations
    (claim,) = annotation.claims
    assert (claim.low, claim.high) == read
