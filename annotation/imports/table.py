"""Any table of texts with their labels: CSV, TSV, Parquet or JSON lines, one text in each row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation.articles.readers.interface import MAX_LINE, opened_text
from annotation.errors import ArticleError, LabelsError, lacks_extra
from annotation.imports.interface import (
    ImportFormat,
    ImportRequest,
    MarkedText,
    article_of,
    each_understood,
    json_rows,
    text_of,
)


def read_labelled_table(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The rows of a table; a cell is one label, a list in a cell of Parquet or JSON is several."""
    if not request.label_columns:
        raise LabelsError(
            f"{path}: nothing says which column holds the labels.",
            hint="Name it with --label-column, several by naming it again.",
        )

    def read(row: Mapping[str, Any], where: str) -> MarkedText:
        labels = [one for name in request.label_columns for one in labels_in(row, name, where)]
        return MarkedText(
            where,
            text_of(row, request.text_column or "text", where),
            labels=tuple(labels),
            article=article_of(row),
        )

    return each_understood(labelled_rows(path, request), read, request)


def labelled_rows(path: Path, request: ImportRequest) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a table, whatever kind of file it is, each with its place.

    Raises:
        LabelsError: it is no table, or cannot be read.
    """
    ending = path.suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        yield from json_rows(path, request)
    elif ending == ".parquet":
        yield from _parquet_rows(path)
    elif ending in (".csv", ".tsv"):
        yield from _text_rows(path, "\t" if ending == ".tsv" else None, request)
    else:
        raise LabelsError(
            f"{path}: is not a table that newsledger reads.",
            hint="Save it as .csv, .tsv, .parquet or .jsonl.",
        )


def _text_rows(
    path: Path, sign: str | None, request: ImportRequest
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    usual = csv.field_size_limit(MAX_LINE)
    try:
        with opened_text(path, newline="") as stream:
            if sign is None:
                first = stream.readline(MAX_LINE)
                sign = max(",;|\t", key=first.count)
                stream.seek(0)
            reader = csv.DictReader(stream, delimiter=sign)
            begin = 2  # the line that a row begins in: one that is never closed ends with the file
            for row in reader:
                where, begin = f"{path}:{begin}", reader.line_num + 1
                if None in row:
                    request.on_problem(LabelsError(f"{where}: has more fields than columns."))
                elif None in row.values():
                    request.on_problem(
                        LabelsError(
                            f"{where}: has fewer fields than columns.",
                            hint="Look for a quotation mark that is never closed.",
                        )
                    )
                else:
                    yield where, {name.lstrip("\ufeff"): cell for name, cell in row.items()}
    except (ArticleError, OSError, csv.Error) as error:
        raise LabelsError(f"{path}: cannot be read ({error}).") from error
    finally:
        csv.field_size_limit(usual)


def _parquet_rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise lacks_extra("Parquet files", "parquet") from error
    number = 0
    try:
        with parquet.ParquetFile(path) as table:  # type: ignore[no-untyped-call]
            for batch in table.iter_batches(batch_size=256):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}: row {number}", row
    except (pa.ArrowException, OSError) as error:
        raise LabelsError(f"{path}: cannot be read as Parquet ({error}).") from error


def labels_in(row: Mapping[str, Any], name: str, where: str) -> list[str]:
    """The labels in a field of a row.

    Raises:
        LabelsError: there is no such field, or something else is in it.
    """
    if name not in row:
        names = ", ".join(f"'{one}'" for one in list(row)[:8])
        raise LabelsError(f"{where}: has no '{name}'; there are {names}.")
    found = row[name]
    several = found if isinstance(found, list) else [] if found in (None, "") else [found]
    if not all(isinstance(one, str | int) for one in several):
        raise LabelsError(f"{where}: what is in '{name}' is not a label: {str(found)[:80]}.")
    return [str(one).strip() for one in several if str(one).strip()]


LABELLED_TABLE = ImportFormat(
    "table", "any table, with --text-column and --label-column", read_labelled_table
)
"""Any table."""
