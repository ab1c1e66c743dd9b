"""What cannot be meant is found, and what can be is left in peace."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.dataset.checks import (
    differs_from_text,
    excluded_beside,
    find_doubts,
    is_rounded,
    modifier_contradicts,
    nothing_said,
    out_of_order,
)
from annotation.numbers.reader import read
from annotation.records import Modifier, NumericClaim
from annotation.schema import parse_schema
from tests.corpus import annotate

XML = """
<View>
  <Text name="t" value="$text"/>
  <Labels name="claim" toName="t"><Label value="dead"/></Labels>
  <Choices name="event" toName="t" choice="multiple">
    <Choice value="fight"/><Choice value="talk"/>
    <Choice alias="nothing" value="No event" excludes="rest"/>
    <Choice alias="away" value="Elsewhere" excludes="rest" marks="boilerplate"/>
  </Choices>
</View>
"""
SCHEMA = parse_schema(XML)
WITHOUT = parse_schema(XML.replace('excludes="rest"', ""))


def claim(
    low: str | None, high: str | None, modifier: Modifier | None = None, text: str = "x"
) -> NumericClaim:
    ends = [None if one is None else Decimal(one) for one in (low, high)]
    return NumericClaim(0, len(text), text, "dead", ends[0], ends[1], modifier)


@pytest.mark.parametrize(
    ("ticked", "found"),
    [
        ((), None),
        (("fight",), None),
        (("fight", "talk"), None),
        (("nothing",), None),
        (("away",), None),
        (("fight", "nothing"), "“No event” stands alone, but “fight” is ticked, too"),
        (("fight", "away"), "“Elsewhere” stands alone, but “fight” is ticked, too"),
        (("fight", "talk", "away"), "“Elsewhere” stands alone, but “fight”, “talk” is ticked, too"),
        (("nothing", "away"), "“No event” stands alone, but “Elsewhere” is ticked, too"),
        (("talk", "nothing"), "“No event” stands alone, but “talk” is ticked, too"),
    ],
)
def test_an_event_type_that_excludes_the_rest(ticked: tuple[str, ...], found: str | None) -> None:
    assert excluded_beside(annotate(SCHEMA, "s", *ticked), SCHEMA) == found
    assert excluded_beside(annotate(WITHOUT, "s", *ticked), WITHOUT) is None


@pytest.mark.parametrize(
    ("ticked", "claims", "found"),
    [
        ((), (), True),
        (("fight",), (), False),
        ((), (claim("1", "1"),), False),
        (("nothing",), (), False),
        (("away",), (), False),
    ],
)
def test_nothing_is_said_by_a_label_only(
    ticked: tuple[str, ...], claims: tuple[NumericClaim, ...], found: bool
) -> None:
    assert bool(nothing_said(annotate(SCHEMA, "s", *ticked, claims=claims), SCHEMA)) == found
    # Where no label says "nothing", saying nothing is how it is said.
    assert nothing_said(annotate(WITHOUT, "s", *ticked, claims=claims), WITHOUT) is None


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("2", "1", True),
        ("1", "2", False),
        ("1", "1", False),
        ("1.0", "1", False),
        ("1.01", "1", True),
        (None, "1", False),
        ("1", None, False),
        (None, None, False),
        ("0", "-1", True),
        ("-2", "-1", False),
    ],
)
def test_a_low_value_above_the_high_one(low: str | None, high: str | None, found: bool) -> None:
    assert (out_of_order(claim(low, high)) is not None) == found


@pytest.mark.parametrize(
    ("modifier", "low", "high", "found"),
    [
        ("exactly", "5", "5", None),
        ("exactly", "5", "5.0", None),
        ("exactly", "5", "6", "“exactly” with two values, 5 and 6"),
        ("exactly", "5", None, "“exactly” with one end open"),
        ("exactly", None, "5", "“exactly” with one end open"),
        ("about", "5", "5", None),
        ("about", "4", "6", None),
        ("about", None, "5", "“about” with one end open"),
        ("at_least", "5", None, None),
        ("at_least", None, "5", "“at least” without a low value"),
        ("at_least", "5", "6", "“at least” with the high value 6"),
        ("at_most", None, "5", None),
        ("at_most", "5", None, "“at most” without a high value"),
        ("at_most", "1000", "5000", "“at most” with the low value 1,000"),
        ("between", "5", "6", None),
        ("between", "5", None, "“between” with one end open"),
        ("between", None, "6", "“between” with one end open"),
        ("between", "5", "5", "“between” with 5 at both ends"),
        ("vague", "24", None, None),
        ("vague", "12", "12", None),
        ("exactly", None, None, None),
        ("between", None, None, None),
        (None, "5", None, None),
        (None, "5", "6", None),
    ],
)
def test_a_modifier_that_contradicts_the_values(
    modifier: Modifier | None, low: str | None, high: str | None, found: str | None
) -> None:
    assert modifier_contradicts(claim(low, high, modifier)) == found


@pytest.mark.parametrize(
    ("text", "low", "high", "found"),
    [
        ("12 civilians", "12", "12", False),
        ("12 civilians", "112", "112", True),
        ("12 civilians", "12", "15", True),
        ("12 civilians", "10", "10", True),
        ("At least 12 civilians", "12", None, False),
        ("At least 12 civilians", "13", None, True),
        ("About 2,013 people", "2000", "2000", False),
        ("About 2,013 people", "2100", "2100", True),
        ("4.5 million people", "4500000", "4500000", False),
        ("4.5 million people", "4.5", "4.5", True),
        ("A third of the city", "0.33", "0.33", False),
        ("A third of the city", "33", "33", False),
        ("Two thirds of homes", "0.7", "0.7", False),
        ("Two thirds of homes", "0.5", "0.5", True),
        ("80 percent of homes", "0.8", "0.8", False),
        ("80 percent of homes", "90", "90", True),
        ("Between 10 and 15 men", "10", "15", False),
        ("Between 10 and 15 men", "10", "50", True),
        ("Dozens of people", "36", None, False),
        ("12 men and 3 women", "99", "99", False),  # two mentions: which is meant is not known
        ("civilians", "99", "99", False),  # none
    ],
)
def test_a_value_that_is_not_what_the_text_says(
    text: str, low: str, high: str | None, found: bool
) -> None:
    assert (differs_from_text(claim(low, high, text=text), read(f"{text} died.")) is not None) == (
        found
    )


@pytest.mark.parametrize(
    ("value", "exact", "expected"),
    [
        ("1200", "1234", True),
        ("1230", "1234", True),
        ("1000", "1234", False),
        ("101", "100", False),
        ("100", "101", True),
        ("33", "33.333333", True),
        ("0.66", "0.6666666", True),
        ("0.67", "0.6666666", True),
        ("0.6", "0.6666666", False),
        ("0", "0", True),
        ("1", "0", False),
        ("0", "12", False),
    ],
)
def test_what_rounding_is(value: str, exact: str, expected: bool) -> None:
    assert is_rounded(Decimal(value), Decimal(exact)) == expected


def test_doubts_say_whose_and_where_and_one_reason_for_each_claim() -> None:
    text = "At least 12 civilians died."
    worst = replace(claim("13", "12", "exactly", text="At least 12 civilians"))
    said = annotate(
        SCHEMA, "s", "fight", "nothing", claims=(worst,), annotator="ann", annotation_id="7"
    )
    first, second = find_doubts([said], {"s": text}, SCHEMA)
    assert (first.sentence_id, first.annotator, first.annotation_id) == ("s", "ann", "7")
    assert (first.check, second.check) == ("excluded", "order")
    assert second.says == "“At least 12 civilians”: the low value 13 is above the high value 12"


def test_what_was_skipped_or_read_by_machine_is_not_doubted() -> None:
    text = "At least 12 civilians died."
    wrong = claim("99", "98", "exactly", text="At least 12 civilians")
    said = annotate(SCHEMA, "s", "fight", claims=(replace(wrong, read_by="machine"),))
    skipped = annotate(SCHEMA, "s", cancelled=True)
    assert find_doubts([said, skipped], {"s": text}, SCHEMA) == ()
