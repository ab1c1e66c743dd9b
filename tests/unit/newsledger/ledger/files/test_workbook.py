"""An Excel workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotation.errors import InputError
from newsledger.ledger.columns.dictionary import SENTENCES, TABLES
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files import workbook
from newsledger.ledger.files.workbook import write_workbook
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import SCHEMA, predict, rows, snapshot


def write(folder: Path) -> Any:
    found = snapshot(folder / "snapshots")
    made = ledger_rows(found, Selection(), predict, LeftOut())
    write_workbook(made, found.schema, found.id, folder / "out.xlsx")
    return openpyxl.load_workbook(folder / "out.xlsx")


def test_every_row_and_cell_is_there(tmp_path: Path) -> None:
    book = write(tmp_path)
    assert book.sheetnames == [table.name for table in TABLES]
    for name, expected in rows(snapshot(tmp_path / "again")).items():
        heading, *cells = book[name].iter_rows(values_only=True)
        found = [dict(zip(heading, row, strict=True)) for row in cells]
        assert found == [dict(row) for row in expected]


def test_a_text_that_would_become_a_formula_when_it_is_edited_is_marked(tmp_path: Path) -> None:
    sheet = write(tmp_path)["sentences"]
    column = next(one.column for one in sheet[1] if one.value == "text")
    marked = {
        cell.value: cell.quotePrefix
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.column == column
    }
    assert marked["- Twelve men died."] is True
    assert not marked["Nobody looked."]


@pytest.mark.parametrize("text", ["=1+1", "https://x.example", "12", "=" * 9])
def test_a_text_stays_a_text(tmp_path: Path, text: str) -> None:
    book = written(tmp_path, text)
    cell = next(one for one in book["sentences"][2] if one.value == text)
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize(("letter", "kept"), [("x", 32_763), ("🙂", 16_381)])
def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(
    tmp_path: Path, letter: str, kept: int
) -> None:
    cells = written(tmp_path, letter * 40_000)["sentences"][2]
    assert f"{letter * kept} […]" in [one.value for one in cells]


def test_more_rows_than_a_sheet_can_hold_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 4)
    with pytest.raises(InputError, match="has more rows than a sheet"):
        write(tmp_path)


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError) as told:
        write(tmp_path)
    assert "newsledger[excel]" in told.value.hint


def written(folder: Path, text: str) -> Any:
    def one_sentence() -> Iterator[tuple[LedgerTable, Row]]:
        yield SENTENCES, {**dict.fromkeys(SENTENCES.names), "sentence_id": "s", "text": text}

    write_workbook(one_sentence(), SCHEMA, "s", folder / "out.xlsx")
    return openpyxl.load_workbook(folder / "out.xlsx")
