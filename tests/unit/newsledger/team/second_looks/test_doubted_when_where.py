"""Different days or places of one sentence are asked about, and say what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from annotation.dataset.adjudication import adjudicate
from annotation.records import NO_PLACE, Annotation
from annotation.schema import parse_schema
from newsledger.team.second_looks.doubted_when_where import when_where_reasons
from newsledger.team.second_looks.reasons import DISAGREE, TIED
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)


def typed(who: str, day: str = "", place: str | None = None) -> Annotation:
    said = annotate(SCHEMA, "s0", "fight", annotator=who)
    typed_day = date.fromisoformat(day) if day else None
    return replace(said, corrected_day=typed_day, corrected_place=place)


def reasons(*said: Annotation) -> list[str]:
    found = list(when_where_reasons(adjudicate(said, SCHEMA)))
    assert all((one.kind, one.odds) == (DISAGREE, TIED) for one in found)
    return [one.says for one in found]


def test_two_days_are_a_reason_and_both_are_named() -> None:
    assert reasons(typed("ann", "2026-11-02"), typed("bob", "2026-11-01")) == [
        "different days typed: 2026-11-01 by 1, 2026-11-02 by 1"
    ]


def test_a_day_and_none_are_a_reason() -> None:
    said = (typed("ann", "2026-11-02"), replace(typed("bob"), no_day=True))
    assert reasons(*said) == ["different days typed: 2026-11-02 by 1, no day by 1"]


def test_two_places_are_a_reason_and_none_is_one_of_them() -> None:
    said = (typed("ann", place="Gwoza"), typed("bob", place=NO_PLACE))
    assert reasons(*said) == ["different places typed: no place by 1, ‘Gwoza’ by 1"]


def test_what_one_typed_and_the_other_left_empty_is_none() -> None:
    assert reasons(typed("ann", "2026-11-02", "Gwoza"), typed("bob")) == []


def test_what_most_typed_counts_and_is_none() -> None:
    most = [typed(who, "2026-11-02") for who in ("ann", "bob")]
    assert reasons(*most, typed("cat", "2026-11-01")) == []
