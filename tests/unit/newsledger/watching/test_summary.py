"""What is told once a day, and told once."""

from __future__ import annotations

from typing import Any

from newsledger.watching.state import WatchState
from newsledger.watching.summary import MorningSummary, sum_up

DAY = "2026-11-29"


def incident(key: str, why_no_best: str | None = None, **columns: Any) -> dict[str, Any]:
    toll = {"toll_id": f"{key}#killed", "kind_name": "Killed", "why_no_best": why_no_best}
    of_its_own = {"day": DAY, "place": "Gwoza", "title": "Raid on a market", "events": "Attack"}
    return {"incident_id": key, "tolls": [toll], **of_its_own, **columns}


def test_each_incident_and_each_contradiction_is_told_once() -> None:
    state, first = sum_up(WatchState(), [incident("i1")], 9, DAY)
    assert first.incidents == ("2026-11-29 Gwoza: Raid on a market (i1)",)
    assert state.morning == DAY
    state, second = sum_up(state, [incident("i1", "army 3, police 5"), incident("i2")], 9, DAY)
    assert second.incidents == ("2026-11-29 Gwoza: Raid on a market (i2)",)
    assert second.contradictions == (
        "2026-11-29 Gwoza: Raid on a market (i1): Killed: army 3, police 5",
    )
    state, third = sum_up(state, [incident("i1", "army 3, police 5"), incident("i2")], 9, DAY)
    assert (third.incidents, third.contradictions) == ((), ())
    assert third.text() == (
        "Since the last summary: 0 new incidents, 0 new contradictions; 9 sentences to be labelled."
    )


def test_a_contradiction_that_comes_back_is_told_again() -> None:
    state, _ = sum_up(WatchState(), [incident("i1", "army 3, police 5")], 9, DAY)
    state, _ = sum_up(state, [incident("i1")], 9, DAY)
    _, again = sum_up(state, [incident("i1", "army 3, police 5")], 9, DAY)
    assert len(again.contradictions) == 1


def test_an_incident_without_day_place_and_title_has_a_line() -> None:
    one = incident("i1", day=None, place=None, title=None)
    assert sum_up(WatchState(), [one], 9, DAY)[1].incidents == ("no day: Attack (i1)",)


def test_of_many_the_first_are_listed() -> None:
    lines = MorningSummary(tuple(f"i{n}" for n in range(25)), (), 1_000).text().splitlines()
    assert lines[0].endswith(
        "25 new incidents, 0 new contradictions; 1,000 sentences to be labelled."
    )
    assert len(lines) == 22
    assert lines[-1] == "  new: 5 more, in `newsledger ledger`"
