"""Cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.ledger.columns.cells import csv_cell, csv_column, harmless, original, runs


def written(cell: object) -> str:
    """A cell as Python's ``csv`` writes it beside another."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(["", cell])
    return line.getvalue().removeprefix(",").removesuffix("\r\n")


DANGEROUS = (
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "- he said",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    "''-2",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert runs(text)
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "12 killed", "'quoted'", "a=1", " -1", "“=”", "’=1"])
def test_every_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", [*DANGEROUS, "", "x", "'", "''", "'x"])
def test_the_text_can_be_had_back(text: str) -> None:
    assert original(harmless(text)) == text


@pytest.mark.parametrize(
    "values",
    [
        [*DANGEROUS, "", None, "12 killed"],
        [1, 2.5, None],
        [Decimal("3.0"), Decimal("0.5"), None, 4],
        [True, False, None],
        [1, True, "=1", None, Decimal(2)],
        [],
    ],
)
def test_a_column_is_written_as_python_writes_the_cells_of_its_values(
    values: list[object],
) -> None:
    assert csv_column(values) == [written(csv_cell(one)) for one in values]


@given(st.lists(st.none() | st.text(alphabet="a='\",;\r\n\t é"), min_size=1))
def test_whatever_stands_in_a_text_it_is_quoted_as_python_quotes_it(
    texts: list[str | None],
) -> None:
    assert csv_column(texts) == [written(csv_cell(one)) for one in texts]
