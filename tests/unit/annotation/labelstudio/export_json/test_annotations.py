"""What is claimed by one label of a span."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.labelstudio.export_json.annotations import read_claim
from annotation.labelstudio.export_json.models import ResultValue
from annotation.labelstudio.export_json.spans import SpanOffsets


def read(text: str, *, counts_people: bool = True, **said: Any) -> tuple[bool, str, int]:
    """Whether a claim over the whole text is implied, its role, and how many doubts there are."""
    values = {name: ResultValue.model_validate(value) for name, value in said.items()}
    claim, doubts = read_claim(
        SpanOffsets(0, len(text)), "k", values, text, counts_people=counts_people
    )
    return claim.implied, claim.role, len(doubts)


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("an inspector", True),
        ("her son", True),
        ("one", False),
        ("12 men", False),
        ("Seven airstrikes", False),
        ("٢٥ مدنيا", False),
        ("dozens of people", False),
        ("several", False),
        ("the seventh man", True),
    ],
)
def test_a_span_without_a_number_names_one_person(text: str, implied: bool) -> None:
    assert read(text)[0] is implied
    assert read(text, counts_people=False)[0] is False


def test_a_number_in_a_language_that_is_not_read_is_no_name() -> None:
    text = "اثنا عشر مدنيا"
    assert read(text, low={"number": 12}, high={"number": 15})[0] is False
    assert read("an inspector", low={"number": 1}, high={"number": 1})[0] is True


def test_a_role_is_read_and_an_unknown_one_is_listed() -> None:
    assert read("12 men", role={"choices": ["part"]}) == (False, "part", 0)
    assert read("12 men", role={"choices": ["grandparent"]}) == (False, "total", 1)
    assert read("12 men") == (False, "total", 0)


def test_what_is_said_of_a_span_and_cannot_be_read_is_listed() -> None:
    assert read("12 men", modifier={"choices": ["about", "exactly"]})[2] == 1
    assert read("12 men", role={"choices": ["part", "earlier", "part"]}) == (False, "part", 1)
    assert read("12 men", low={"value": 12})[2] == 1
    assert read("12 men", attribution={"text": {"name": "the police"}})[2] == 1
    assert read("12 men", low={"number": None}, attribution={"text": []})[2] == 0
