"""What a table of an export is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Row = Mapping[str, Any]
"""One row, by column; values are texts, whole numbers, numbers, true or false, or None."""

ColumnType = Literal["string", "integer", "number", "boolean"]
"""Types as Frictionless calls them."""

EVENT_TYPES, CLAIM_KINDS = "event types", "claim kinds"
"""Stand in ``Column.values`` for the labels of the schema in use."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """Its name."""
    type: ColumnType
    """What its cells hold."""
    meaning: str
    """What it says, in a sentence."""
    unit: str = ""
    """What its numbers count, empty where it has none."""
    values: str = ""
    """The values that it may have, empty where they are open."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One table of an export."""

    name: str
    """Its name."""
    meaning: str
    """What one row is."""
    key: str
    """The column whose values are never repeated; empty where there is none."""
    columns: tuple[Column, ...]
    """Its columns, in order."""
    refers: tuple[tuple[str, str], ...] = ()
    """Columns that hold the key of another table, with that table."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def text_column(name: str, meaning: str, values: str = "") -> Column:
    """A column of texts."""
    return Column(name, "string", meaning, values=values)


def whole_column(name: str, meaning: str, unit: str) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", meaning, unit)
