"""Cells: what a spreadsheet would run is made harmless, and put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from annotation.records import json_number

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters of a cell that some spreadsheet takes for a formula or a command."""
_SUSPECT = frozenset({"'", *_RUN})
_AS_THEY_ARE = frozenset({int, float, type(None)})
_TEXTS = frozenset({str, type(None)})
_QUOTED = '",\r\n'
"""A cell with one of these stands in quotation marks."""
_ONE_OF_THESE = re.compile(f"[{_QUOTED}]")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs: with an apostrophe before it where one would."""
    return f"'{text}" if text[:1] in _SUSPECT and runs(text) else text


def runs(text: str) -> bool:
    """Whether a text begins as a formula does, perhaps after apostrophes.

    Those are counted in, so that what :func:`harmless` adds can be told from what was there.
    """
    return text[:1] in _SUSPECT and text.lstrip("'").startswith(_RUN)


def original(cell: str) -> str:
    """The text that a harmless cell was made of."""
    return cell[1:] if cell.startswith("'") and runs(cell) else cell


def csv_cell(value: object) -> object:
    """A value as a CSV file has it: a harmless text, true or false, or a number."""
    if value is None:
        return None
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain_number(value)


def csv_column(values: Sequence[object]) -> list[str]:
    """Many values of one column as they are written: as by :func:`csv_cell`, quoted where need be.

    As Python's ``csv`` writes them, in two thirds of the time: most columns need no look at each.

    Args:
        values: those of some rows, in order.
    """
    types = set(map(type, values))
    if types <= _TEXTS:
        cells = [one or "" for one in cast("Sequence[str | None]", values)]
        if not _SUSPECT.isdisjoint([one[:1] for one in cells]):
            cells = list(map(harmless, cells))
    else:
        plain = values if types <= _AS_THEY_ARE else map(csv_cell, values)
        cells = ["" if one is None else str(one) for one in plain]
    whole = "".join(cells)
    return list(map(_quoted, cells)) if any(sign in whole for sign in _QUOTED) else cells


def _quoted(cell: str) -> str:
    return cell if _ONE_OF_THESE.search(cell) is None else '"' + cell.replace('"', '""') + '"'


def plain_number(value: object) -> object:
    """A number as every format has it: exact where it is whole."""
    return json_number(value) if isinstance(value, Decimal) else value
