"""Pieces of HTML: what stays in one line, what is said of long tables."""

from __future__ import annotations

from newsledger.report.pages.markup import MOST_ON_PAPER, prose, table


def test_days_and_weeks_stay_in_one_line() -> None:
    assert prose("from 2025-W45 to 2026-05-25") == (
        'from <span class="whole">2025-W45</span> to <span class="whole">2026-05-25</span>'
    )
    assert '<th scope="row"><span class="whole">2025-W45</span></th>' in table(
        "", ("week", "n"), [("2025-W45", ("1",))]
    )


def test_words_have_the_heading_of_their_column_with_them() -> None:
    shown = table("", ("model", "", "why"), [("m", ("in use", "It is better."))],
                  words=frozenset({0, 1}))  # fmt: skip
    assert '<table class="told">' in shown
    assert '<td class="words">in use</td>' in shown
    assert '<td class="words" data-heading="why">It is better.</td>' in shown


def test_what_a_long_table_leaves_out_on_paper_is_said() -> None:
    rows = [(str(place), ("1",)) for place in range(MOST_ON_PAPER + 1)]
    assert f'data-paper="{len(rows)} rows' in table("", ("", "n"), rows)
    assert "data-paper" not in table("", ("", "n"), rows[1:])
