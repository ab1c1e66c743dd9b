"""An export as a folder of CSV files, described by a Frictionless ``datapackage.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from typing import Any

from annotation.batches import batched
from annotation.schema import Schema
from newsledger.ledger.columns.cells import csv_column
from newsledger.ledger.columns.dictionary import HARMLESS, TABLES, allowed_values, described
from newsledger.ledger.columns.table import LedgerTable, Row

DESCRIPTOR = "datapackage.json"
"""Name of the file that describes a folder, which also tells that the folder is an export."""

PACKAGE = "newsledger-export"
"""What the descriptor calls an export."""

_LINE_END = "\r\n"

_TOGETHER = 2_000
"""Rows that are held before they are written, for columns are faster looked at than cells."""


def write_csv_folder(
    rows: Iterable[tuple[LedgerTable, Row]],
    schema: Schema,
    snapshot: str,
    folder: Path,
    codebook: str = "",
) -> None:
    """Write each table as it comes, and the descriptor.

    Args:
        rows: the rows with their tables.
        schema: the labels in use.
        snapshot: id of the snapshot that they come from.
        folder: an empty folder.
        codebook: version of codebook and schema that the labels were made by, in words.
    """
    with ExitStack() as stack:
        files = {}
        values_of = {table.name: itemgetter(*table.names) for table in TABLES}
        for table in TABLES:
            file = stack.enter_context(
                (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            )
            files[table.name] = file
            file.write(",".join(table.names) + _LINE_END)
        for some in batched(rows, _TOGETHER):
            by_table: dict[str, list[tuple[Any, ...]]] = {}
            for table, row in some:
                by_table.setdefault(table.name, []).append(values_of[table.name](row))
            for name, cells_of in by_table.items():
                columns = map(csv_column, zip(*cells_of, strict=True))
                lines = map(",".join, zip(*columns, strict=True))
                files[name].write(_LINE_END.join(lines) + _LINE_END)
    write_descriptor(folder, schema, snapshot, "csv", codebook)


def write_descriptor(
    folder: Path, schema: Schema, snapshot: str, ending: str, codebook: str = ""
) -> None:
    """Write what the files of a folder are.

    Args:
        folder: the folder, with a file for each table.
        schema: the labels in use.
        snapshot: id of the snapshot that they come from.
        ending: what the names of the files end with.
        codebook: version of codebook and schema that the labels were made by, in words.
    """
    package = {
        "profile": "tabular-data-package" if ending == "csv" else "data-package",
        "name": PACKAGE,
        "title": f"newsledger export of snapshot {snapshot}",
        "description": HARMLESS,
        "snapshot": snapshot,
        **({"codebook": codebook} if codebook else {}),
        "resources": [_resource(table, schema, ending) for table in TABLES],
    }
    text = json.dumps(package, indent=1, ensure_ascii=False)
    (folder / DESCRIPTOR).write_text(f"{text}\n", encoding="utf-8")


def _resource(table: LedgerTable, schema: Schema, ending: str) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "fields": [
            {
                "name": one.name,
                "type": one.type,
                "description": described(one.meaning, one.unit, allowed_values(one, schema)),
            }
            for one in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        columns["primaryKey"] = table.key
    if table.refers:
        columns["foreignKeys"] = [
            {
                "fields": column,
                "reference": {"resource": other, "fields": _key_of(other)},
            }
            for column, other in table.refers
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.{ending}",
        "profile": "tabular-data-resource" if ending == "csv" else "data-resource",
        "format": ending,
        "encoding": "utf-8",
        "description": table.meaning,
        "schema": columns,
    }


def _key_of(name: str) -> str:
    return next(table.key for table in TABLES if table.name == name)
