"""Which pairs people are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsledger.ledger.incidents.asked_pairs import AskedPair, _hanging_on, asked_pairs
from newsledger.ledger.incidents.grouping import incidents_of
from newsledger.ledger.incidents.pair_decisions import PairAnswer, PairDecision
from newsledger.ledger.incidents.reports import ReportingArticle
from tests.unit.newsledger.ledger.incidents.test_grouping import (
    COPY,
    DAY_ON,
    FIRST,
    FRIDAY,
    GOMBE,
    mubi,
)
from tests.unit.newsledger.ledger.reporting import TYPES, article, reports

MAYBE = article(
    "maybe", "2025-03-06",
    ("A handcart with explosives went off near a grain shop, killing a dozen.", "bomb", ()),
)  # fmt: skip


def asked(
    *articles: ReportingArticle,
    decisions: Sequence[PairDecision] = (),
    doubtful: int = 100,
    checked: int = 0,
) -> tuple[AskedPair, ...]:
    return asked_pairs(reports(*articles), TYPES, decisions, doubtful=doubtful, checked=checked)


def said(one: AskedPair, answer: PairAnswer) -> PairDecision:
    return PairDecision(one.first.id, one.second.id, answer, "ann", "2026-01-01")


def keys(found: Sequence[AskedPair]) -> set[frozenset[str]]:
    return {frozenset((one.first.article.id, one.second.article.id)) for one in found}


def test_what_is_alike_and_names_another_day_or_place_is_asked_and_not_joined() -> None:
    found = asked(FIRST, GOMBE, FRIDAY)
    assert {one.why for one in found} == {"other day or place"}
    assert keys(found) >= {frozenset(("first", "friday"))}
    assert len(incidents_of(reports(FIRST, GOMBE, FRIDAY), TYPES)) == 3


def test_a_sure_pair_is_asked_only_to_check() -> None:
    assert asked(FIRST, COPY) == ()
    (one,) = asked(FIRST, COPY, checked=5)
    assert (one.why, one.first.article.id, one.second.article.id) == ("check", "copy", "first")
    assert asked(FIRST, COPY, checked=5, decisions=[said(one, "same")]) == ()


def test_the_sample_is_the_same_each_time_and_no_new_ones_come_for_those_decided() -> None:
    some = [mubi(f"copy{number}", "A bomb in a handcart killed 12 people at the grain market of "
                 "Mubi on Tuesday.", "2025-03-06") for number in range(9)]  # fmt: skip
    before = asked(*some, checked=3)
    assert len(before) == 3
    assert asked(*some, checked=3) == before
    left = asked(*some, checked=3, decisions=[said(before[0], "same")])
    assert left == before[1:]


def test_whatever_was_decided_is_not_asked_again() -> None:
    found = asked(FIRST, FRIDAY, GOMBE)
    for answer in ("same", "newer", "different", "unsure"):
        decisions = [said(one, answer) for one in found]
        assert asked(FIRST, FRIDAY, GOMBE, decisions=decisions) == ()


def test_two_incidents_are_asked_about_once_however_many_reports_they_have() -> None:
    found = asked(FIRST, COPY, DAY_ON, FRIDAY)
    assert len(found) == 1
    assert asked(FIRST, COPY, DAY_ON, FRIDAY, decisions=[said(found[0], "different")]) == ()


def test_no_more_than_wanted_wait_and_the_most_doubtful_come_first() -> None:
    everything = asked(FIRST, GOMBE, FRIDAY, MAYBE)
    assert len(everything) > 1
    assert asked(FIRST, GOMBE, FRIDAY, MAYBE, doubtful=1) == everything[:1]
    assert asked(FIRST, GOMBE, FRIDAY, MAYBE, doubtful=0) == ()


def test_the_earlier_report_is_the_first_and_the_key_does_not_depend_on_it() -> None:
    (one,) = asked(FIRST, FRIDAY)
    assert one.first.article.published is not None
    assert one.second.article.published is not None
    assert one.first.article.published <= one.second.article.published
    assert one.key == AskedPair(one.second, one.first, one.why, one.points).key


class Counted(list[int]):
    """A list that counts how often it is looked into."""

    looked = 0

    def __getitem__(self, place: Any) -> Any:
        self.looked += 1
        return super().__getitem__(place)


def test_what_hangs_on_a_report_is_found_by_one_look_at_each_later_one() -> None:
    assert _hanging_on(1, [0, 0, 1, 0, 2, 3]) == {1, 2, 4}
    assert _hanging_on(3, [0, 0, 1, 0, 2, 3]) == {3, 5}
    two_chains = Counted([0, 0, *range(200)])  # the odd ones hang on 1, the even ones on 0
    assert _hanging_on(1, two_chains) == set(range(1, 202, 2))
    assert two_chains.looked <= 200
