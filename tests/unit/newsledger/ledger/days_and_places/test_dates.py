"""Which day a sentence tells of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newsledger.ledger.days_and_places.dates import Day, day_of, named_days

ROWS = [
    tuple(line.split("|", 2))
    for line in (Path(__file__).parent / "days.txt").read_text(encoding="utf-8").splitlines()
]
"""Published; the day, or the first and the last, or none; the sentence."""


@pytest.mark.parametrize(("published", "days", "text"), [row for row in ROWS if row[1]])
def test_a_day_is_resolved_against_the_day_of_publication(
    published: str, days: str, text: str
) -> None:
    found = day_of(text, date.fromisoformat(published))
    assert found is not None
    first, _, last = days.partition("/")
    assert (f"{found.first}", f"{found.last}") == (first, last or first)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("published", "days", "text"), [row for row in ROWS if not row[1]])
def test_what_is_said_planned_or_no_date_is_no_day(published: str, days: str, text: str) -> None:
    assert not days
    assert day_of(text, date.fromisoformat(published)) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The next day two more bodies were found.", "2023-10-10"),
        ("On the same day a bridge was blown up.", "2023-10-09"),
        ("Three days earlier the road had been mined.", "2023-10-06"),
        ("Two days later the town fell.", "2023-10-11"),
    ],
)
def test_some_days_are_told_from_the_sentence_before(text: str, day: str) -> None:
    published = date(2023, 10, 12)
    before = day_of("Rebels attacked on Monday.", published)
    found = day_of(text, published, before=before)
    assert found is not None
    assert found.first == date.fromisoformat(day)
    assert day_of(text, published) is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("It fell on Monday.", "day"),
        ("It fell last week.", "week"),
        ("It fell in June 2022.", "month"),
        ("It fell in 2021.", "year"),
    ],
)
def test_how_exactly_a_day_is_known_is_said(text: str, precision: str) -> None:
    found = day_of(text, date(2023, 10, 12))
    assert found is not None
    assert found.precision == precision


def test_all_days_are_named_in_order_also_those_of_statements() -> None:
    text = "On 3 May rebels took the town, the army said on Friday; talks follow on Sunday."
    named = named_days(text, date(2024, 5, 10))
    assert [one.text for one in named] == ["3 May", "Friday", "Sunday"]
    assert all(isinstance(one, Day) for one in named)


@pytest.mark.parametrize(
    "text", ["On 31 February it rained.", "On 2023-13-41 nothing.", "On 99/99/2023.", "", "May"]
)
def test_days_that_do_not_exist_are_no_days(text: str) -> None:
    assert named_days(text, date(2023, 10, 12)) == ()


@pytest.mark.parametrize("text", ["SİX DAYS AGO gunmen killed five.", "ſix days ago five died."])
def test_letters_that_stand_for_others_whatever_their_case_are_read_as_these(text: str) -> None:
    found = day_of(text, date(2026, 11, 29))
    assert found is not None
    assert (found.first, found.text) == (date(2026, 11, 23), text[found.start : found.end])
