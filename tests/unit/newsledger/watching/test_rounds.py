"""What a round tells."""

from __future__ import annotations

from dataclasses import replace

from newsledger.watching.rounds import FailingSource, RoundResult
from newsledger.watching.summary import MorningSummary

QUIET = RoundResult(
    at="2026-11-29T10:00:00+00:00", asked=2, found=0, articles=0, created=0, waiting=0
)
FAILING = FailingSource(
    "https://a.example/feed", 3, "the server answers 503.", "2026-11-29T11:00+00:00"
)


def test_a_round_is_one_line() -> None:
    assert QUIET.text() == "2026-11-29 10:00 2 sources read, 0 new: 0 articles, 0 tasks."
    assert QUIET.is_clean


def test_what_fails_is_named_with_its_next_time() -> None:
    whole = replace(
        QUIET,
        found=3,
        articles=2,
        created=40,
        waiting=1,
        failing=(FAILING,),
        trained="trained (100 new labels): the gate keeps the champion",
        trouble=("No Label Studio is running.",),
    )
    assert whole.text() == (
        "2026-11-29 10:00 2 sources read, 3 new: 2 articles, 40 tasks; 1 left for a later round; "
        "https://a.example/feed fails (3×: the server answers 503), asked again 29 Nov 11:00; "
        "trained (100 new labels): the gate keeps the champion; "
        "to be tried again: No Label Studio is running."
    )
    assert not whole.is_clean


def test_what_is_left_out_has_a_line_each_up_to_a_number() -> None:
    left_out = tuple(f"https://a.example/{n}: no article was found." for n in range(23))
    lines = replace(QUIET, left_out=left_out).text().splitlines()
    assert len(lines) == 22
    assert lines[1] == "  left out: https://a.example/0: no article was found."
    assert lines[-1] == "  left out: 3 more"


def test_the_summary_comes_last() -> None:
    summary = MorningSummary(("2026-11-29 Gwoza: Raid (i1)",), (), 7)
    lines = replace(QUIET, summary=summary).text().splitlines()
    assert lines[1].startswith("Since the last summary: 1 new incident, ")
    assert lines[2] == "  new: 2026-11-29 Gwoza: Raid (i1)"
    assert replace(QUIET, summary=summary).to_json()["summary"]["queue"] == 7
