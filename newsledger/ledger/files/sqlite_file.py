"""An export as one SQLite file that Datasette opens as it is.

Keys are declared, sentences can be searched, each column's meaning stands in the statement that
made its table and in ``data_dictionary``, and two views have the columns of ACLED and of UCDP GED.
Datasette takes descriptions from a file of its own: :func:`datasette_metadata` is what to put in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotation.batches import batched
from annotation.schema import Schema
from newsledger.ledger.columns.cells import plain_number
from newsledger.ledger.columns.dictionary import HARMLESS, TABLES, allowed_values, described
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files.coded_views import view_statements

APPLICATION = 0x6E776C64
"""The number by which SQLite tells our files from others: "nwld"."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

_SEARCH = """
CREATE VIRTUAL TABLE sentences_fts USING fts5(text, content="sentences", tokenize='unicode61');
INSERT INTO sentences_fts(sentences_fts) VALUES ('rebuild');
"""

_INDEXED = ("sentence_id", "article_id", "label", "kind", "same_as")
"""Columns that are looked for."""

_TOGETHER = 5_000
"""Rows that are held before they are written."""


def write_sqlite_file(
    rows: Iterable[tuple[LedgerTable, Row]],
    schema: Schema,
    snapshot: str,
    path: Path,
    codebook: str = "",
) -> None:
    """Write each table as it comes, then indices, views and the search.

    Args:
        rows: the rows with their tables.
        schema: the labels in use.
        snapshot: id of the snapshot that they come from.
        path: an empty file.
        codebook: version of codebook and schema that the labels were made by, in words.
    """
    with closing(sqlite3.connect(path)) as database, database:
        # What is killed leaves a temporary file that nobody reads: no journal is needed.
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;"
            f"PRAGMA application_id = {APPLICATION}; PRAGMA encoding = 'UTF-8';"
        )
        for table in TABLES:
            database.execute(_create(table, schema))
        insert = {table.name: _insert(table) for table in TABLES}
        for some in batched(rows, _TOGETHER):
            by_table: dict[str, list[tuple[Any, ...]]] = {}
            for table, row in some:
                cells = tuple([plain_number(row[name]) for name in table.names])
                by_table.setdefault(table.name, []).append(cells)
            for name, cells_of in by_table.items():
                database.executemany(insert[name], cells_of)
        database.execute("CREATE TABLE export (snapshot TEXT NOT NULL, codebook TEXT NOT NULL)")
        database.execute("INSERT INTO export VALUES (?, ?)", (snapshot, codebook))
        for table in TABLES:
            for column in table.names:
                if column in _INDEXED and column != table.key:
                    database.execute(
                        f"CREATE INDEX {table.name}_{column} ON {table.name}({column})"
                    )
        for statement in view_statements(schema):
            database.execute(statement)
        database.executescript(_SEARCH)


def datasette_metadata(schema: Schema, snapshot: str, database: str) -> dict[str, Any]:
    """What ``datasette FILE --metadata`` takes: a description for each table and column.

    Args:
        schema: the labels in use.
        snapshot: id of the snapshot.
        database: the name of the SQLite file, without its ending.
    """
    tables = {
        table.name: {
            "description": table.meaning,
            "columns": {
                one.name: described(one.meaning, one.unit, allowed_values(one, schema))
                for one in table.columns
            },
        }
        for table in TABLES
    }
    return {
        "title": f"newsledger export of snapshot {snapshot}",
        "description": HARMLESS,
        "databases": {database: {"tables": tables}},
    }


def _create(table: LedgerTable, schema: Schema) -> str:
    """The statement that makes a table; it says what each column means."""
    refers = dict(table.refers)
    lines = []
    for number, one in enumerate(table.columns, start=1):
        kind = _TYPES[one.type]
        if one.name == table.key:
            kind += " PRIMARY KEY"
        if one.name == table.key or one.name in refers:
            kind += " NOT NULL"
        if one.name in refers:
            kind += f" REFERENCES {refers[one.name]}({one.name})"
        comma = "," if number < len(table.columns) else ""
        meaning = described(one.meaning, one.unit, allowed_values(one, schema))
        lines.append(f"  {one.name} {kind}{comma} -- {' '.join(meaning.split())}")
    body = "\n".join(lines)
    return f"CREATE TABLE {table.name} ( -- {table.meaning}\n{body}\n)"


def _insert(table: LedgerTable) -> str:
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
