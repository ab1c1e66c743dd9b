"""An export as one Excel workbook: a sheet for each table.

Texts are written as texts, never as formulas, numbers or links; one that would become a formula
when somebody edits its cell is marked so that it does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from annotation.errors import InputError, lacks_extra
from annotation.schema import Schema
from newsledger.ledger.columns.cells import plain_number, runs
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.columns.table import Column, LedgerTable, Row

_MOST_ROWS, _LONGEST = 1_048_576, 32_767
"""What a sheet and a cell of Excel can hold."""

_CUT = " […]"
"""Ends a text that is longer than a cell can hold."""

_WIDE = ("text", "title", "first_sentence", "meaning", "allowed_values")
"""Columns of running text."""


def write_workbook(
    rows: Iterable[tuple[LedgerTable, Row]],
    schema: Schema,
    snapshot: str,
    path: Path,
    codebook: str = "",
) -> None:
    """Write each row as it comes.

    Args:
        rows: the rows with their tables.
        schema: the labels in use; the data dictionary has them.
        snapshot: id of the snapshot that they come from.
        path: an empty file.
        codebook: version of codebook and schema that the labels were made by, in words.

    Raises:
        InputError: the library for it is not installed, or a table has more rows than a sheet.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise lacks_extra("Workbooks", "excel") from error
    options = {
        "constant_memory": True,  # a row goes to disk when the next one begins
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
        "use_zip64": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        # The clock would make each file another one.
        book.set_properties(
            {
                "title": f"newsledger export of snapshot {snapshot}",
                "comments": codebook,
                "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None),
            }
        )
        heading, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        sheets, written = {}, Counter[str]()
        for table in TABLES:
            sheet = sheets[table.name] = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            for place, one in enumerate(table.columns):
                sheet.set_column(place, place, _width(one))
            for place, one in enumerate(table.columns):
                sheet.write_string(0, place, one.name, heading)
        for table, row in rows:
            written[table.name] += 1
            number = written[table.name]
            if number >= _MOST_ROWS:
                raise InputError(
                    f"The table '{table.name}' has more rows than a sheet of Excel can hold.",
                    hint="Choose another format, or a part with --since or --article.",
                )
            sheet = sheets[table.name]
            for place, name in enumerate(table.names):
                value = plain_number(row[name])
                if isinstance(value, str):
                    style = (quoted,) if runs(value) else ()
                    sheet.write_string(number, place, _fitting(value), *style)
                elif isinstance(value, bool):
                    sheet.write_boolean(number, place, value)
                elif value is not None:
                    sheet.write_number(number, place, value)
        for table in TABLES:
            sheets[table.name].autofilter(0, 0, written[table.name], len(table.columns) - 1)


def _width(column: Column) -> int:
    return 60 if column.name in _WIDE else 24 if column.type == "string" else 12


def _fitting(text: str) -> str:
    """A text that fits into a cell; Excel counts UTF-16 units."""
    if len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    units = text.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))]
    return units.decode("utf-16-le", errors="ignore") + _CUT
