"""Parquet: a table in columns, read by pyarrow, which is an extra."""

from __future__ import annotations

from pathlib import Path

from annotation.articles.readers.interface import Format, InputRows, Request, no_text_column
from annotation.errors import ArticleError, install_hint


def read_parquet(path: Path, request: Request) -> InputRows:
    """The rows of a Parquet file, a few hundred at a time."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ArticleError(
            f"{path}: cannot be read, since Parquet files need pyarrow, which is not installed.",
            hint=install_hint("parquet"),
        ) from error

    number = 0
    try:
        with parquet.ParquetFile(path) as table:  # type: ignore[no-untyped-call]
            columns = table.schema_arrow.names
            if "text" not in columns:
                raise no_text_column(str(path), columns)
            wanted = [name for name in request.fields if name in columns]
            for batch in table.iter_batches(batch_size=256, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}: row {number}", row
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        after = f" after row {number}" if number else ""
        raise ArticleError(
            f"{path}: cannot be read as Parquet{after}: {reason}.",
            hint="Was it written to the end?",
        ) from error


PARQUET = Format("a Parquet file", (".parquet",), read_parquet)
