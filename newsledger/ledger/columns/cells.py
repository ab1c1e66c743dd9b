"""Cells: what a spreadsheet would run is made harmless, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from annotation.records import json_number

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters of a cell that some spreadsheet takes for a formula or a command."""
_SUSPECT = frozenset({"'", *_RUN})
_AS_THEY_ARE = frozenset({int, float, type(None)})
_TEXTS = frozenset({str, type(None)})


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


def csv_column(values: Sequence[object]) -> Sequence[object]:
    """Many values of one column as :func:`csv_cell` has each: most columns need no look at each.

    Args:
        values: those of some rows, in order.
    """
    types = set(map(type, values))
    if types <= _AS_THEY_ARE:
        return values
    if types <= _TEXTS:
        return [harmless(one) if one and one[0] in _SUSPECT else one for one in values]  # type: ignore[index, arg-type]
    return [csv_cell(one) for one in values]


def plain_number(value: object) -> object:
    """A number as every format has it: exact where it is whole."""
    return json_number(value) if isinstance(value, Decimal) else value
