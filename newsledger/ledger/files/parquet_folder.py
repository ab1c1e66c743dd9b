"""An export as a folder of Parquet files, with the same descriptor as the CSV files have."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import lacks_extra
from annotation.schema import Schema
from newsledger.ledger.columns.cells import plain_number
from newsledger.ledger.columns.dictionary import TABLES, described
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files.csv_folder import write_descriptor

if TYPE_CHECKING:
    import pyarrow

_GROUP = 5_000
"""Rows of one row group: large enough to compress, small enough to keep memory flat."""


def write_parquet_folder(
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

    Raises:
        InputError: the library for it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise lacks_extra("Parquet files", "parquet") from error
    schemas = {table.name: _arrow_schema(table) for table in TABLES}
    waiting: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", columns)  # type: ignore[no-untyped-call]
            )
            for name, columns in schemas.items()
        }

        def write(name: str) -> None:
            writers[name].write_table(pa.Table.from_pylist(waiting[name], schema=schemas[name]))
            waiting[name].clear()

        for table, row in rows:
            group = waiting[table.name]
            group.append({name: plain_number(row[name]) for name in table.names})
            if len(group) == _GROUP:
                write(table.name)
        for name, group in waiting.items():
            if group:
                write(name)
    write_descriptor(folder, schema, snapshot, "parquet", codebook)


def _arrow_schema(table: LedgerTable) -> pyarrow.Schema:
    """The columns of a table, each with its meaning where readers look for it."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    return pa.schema(
        [
            pa.field(
                one.name,
                types[one.type],
                metadata={"description": described(one.meaning, one.unit, "")},
            )
            for one in table.columns
        ]
    )
