"""Which pairs of reports are compared at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newsledger.ledger.incidents.likeness import features_of
from newsledger.ledger.incidents.reports import ReportingArticle
from newsledger.ledger.incidents.worth_comparing import comparable_pairs
from tests.unit.newsledger.ledger.reporting import TYPES, article, reports

BOMB = "A bomb in a handcart hit the grain market of Mubi."


def compared(*articles: ReportingArticle) -> list[tuple[int, int]]:
    return sorted(comparable_pairs(features_of(reports(*articles), TYPES)))


def told(key: str, text: str, published: str | None = "2025-03-05") -> ReportingArticle:
    return article(key, published, (text, "bomb", ()))


@pytest.mark.parametrize("published", [None, "2025-03-05"])
def test_a_report_of_which_nothing_tells_the_week_is_compared_with_all(
    published: str | None,
) -> None:
    dated = told("dated", BOMB.replace("hit", "on Tuesday hit"))
    assert compared(dated, told("undated", BOMB, published)) == [(0, 1)]


def test_reports_of_other_weeks_are_not_compared() -> None:
    assert compared(told("one", BOMB), told("year before", BOMB, "2024-03-05")) == []


def test_what_one_report_alone_has_takes_no_place_from_what_it_is_found_by() -> None:
    """A long report has more rare words of its own than words that it is looked up by."""
    own = " ".join(_made_up(number) for number in range(40))
    others = (
        told(f"other {number}", f"A ferry sank near {_made_up(number)}.") for number in (50, 60)
    )
    assert (0, 1) in compared(told("long", f"{BOMB} {own}"), told("short", BOMB), *others)


def test_pairs_come_in_the_same_order_in_each_run() -> None:
    """Where two are as alike, the first is asked about: an order of chance would show."""
    asked = (
        f"import {__name__} as m; print(list(m.comparable_pairs(m.features_of(m.SOME, m.TYPES))))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
    assert runs.pop().count("(") > 3


SOME = reports(
    *(
        told(f"{town} {number}", f"{cart}, {what}, {town}.")
        for number, cart in enumerate(("yellow handcart", "rusty lorry", "parked taxi"))
        for town, what in (("Mubi", "grain market"), ("Bama", "bus station"), ("Gwoza", "school"))
    )
)


def _made_up(number: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{number:03}") + "zi"
