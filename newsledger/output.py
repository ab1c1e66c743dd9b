"""Rows to a file or to standard output: JSON lines, CSV or Parquet, by the file's ending.

A file appears whole or not at all: rows go to a temporary file beside it, which is synced and
renamed at the end. Rows are written as they come, so that memory stays flat.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from annotation.errors import InputError, WorkspaceError, lacks_extra
from annotation.records import json_number
from annotation.storage import atomic_path
from newsledger.ledger.columns.cells import csv_cell
from newsledger.ledger.tables.predicted import PREDICTED
from newsledger.progress import NO_ROOM
from newsledger.safe_text import visible_json

if TYPE_CHECKING:
    import pyarrow

OutputRow = Mapping[str, Any]
"""One line of output; values are strings, numbers, None, or lists of rows."""

_GROUP = 5_000
"""Rows of one Parquet row group: large enough to compress, small enough to keep memory flat."""

CLAIM: dict[str, Any] = {
    "start": int,
    "end": int,
    "text": str,
    "kind": str,
    "score": float,
    "low": float,
    "high": float,
    "modifier": str,
    "unit": str,
    "noun": str,
    "attribution": str,
    "implied": bool,
    "role": str,
    "policy": str,
}
"""The columns of a claim in the rows of ``predict``."""

FLAT = "predict "
"""Begins the name of each shape that ``predict --shape`` offers."""

_PYTHON = {"string": str, "integer": int, "number": float, "boolean": bool}

_SENTENCE: dict[str, Any] = {
    "article_id": str,
    "sentence_id": str,
    "index": int,
    "start": int,
    "end": int,
    "text": str,
}

SHAPES: dict[str, dict[str, Any]] = {
    "sentences": {**_SENTENCE, "boilerplate": bool},
    "same": {**_SENTENCE, "same_as": str, "same_text": str},
    "quantities": {
        "id": str,
        "language": str,
        "mentions": [
            {
                "start": int,
                "end": int,
                "text": str,
                "number_start": int,
                "number_end": int,
                "low": float,
                "high": float,
                "modifier": str,
                "unit": str,
                "noun": str,
                "implied": bool,
                "role": str,
                "policy": str,
            }
        ],
    },
    "predict": {
        **_SENTENCE,
        "language": str,
        "title": str,
        "source": str,
        "published": str,
        "url": str,
        "events": [{"label": str, "score": float}],
        "claims": [CLAIM],
        "model": str,
    },
    **{
        f"{FLAT}{shape}": {one.name: _PYTHON[one.type] for one in columns}
        for shape, columns in PREDICTED.items()
    },
}
"""The columns of each verb's rows, as documented in docs/formats.md."""


def write_rows(rows: Iterable[OutputRow], shape: str, out: Path | None) -> int:
    """Write rows as they come; to standard output as JSON lines where ``out`` is None.

    Args:
        rows: the rows, of the shape named.
        shape: a key of ``SHAPES``.
        out: a path ending in ``.jsonl``, ``.csv`` or ``.parquet``.

    Returns:
        How many rows were written.

    Raises:
        InputError: an ending that is none of the three.
        SeenEnoughError: whoever reads standard output has seen enough.
        WorkspaceError: it cannot be written; a former file is left as it was.
        OSError: what yields the rows cannot be read; a former file is left as it was.
    """
    try:
        return _write(_apart(rows), shape, out)
    except _NotReadError as stopped:
        raise stopped.why from None


class SeenEnoughError(Exception):
    """Raised when whoever reads standard output has gone, as in ``newsledger predict … | head``."""


class _NotReadError(Exception):
    """Carries an error of reading past those who would take it for one of writing."""

    def __init__(self, why: OSError) -> None:
        self.why = why


def _apart(rows: Iterable[OutputRow]) -> Iterator[OutputRow]:
    try:
        yield from rows
    except OSError as error:
        raise _NotReadError(error) from error


def _write(rows: Iterable[OutputRow], shape: str, out: Path | None) -> int:
    if out is None:
        with standard_output() as file:
            return _json_lines(rows, file)
    writer = require_writer(out)
    if out.suffix.lower() == ".csv" and shape.startswith(FLAT):
        rows = _as_exported(rows)
    with atomic_path(out, private=False, hint=NO_ROOM) as temporary:
        return writer(rows, SHAPES[shape], temporary)


def require_writer(out: Path) -> Writer:
    """What writes a file with such an ending.

    Raises:
        InputError: nothing does.
    """
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        ending = f"as '{out.suffix}'" if out.suffix else "without an ending"
        raise InputError(
            f"{out}: rows can be written as {', '.join(WRITERS)}, not {ending}.",
            hint="Choose one of these endings for --out, or leave it out for standard output.",
        )
    return writer


def encoded_rows(rows: Iterable[OutputRow], shape: str, suffix: str, *, head: bool) -> bytes:
    """Rows as a part of a file, which all its parts in order make up.

    Args:
        rows: some of the rows.
        shape: a key of ``SHAPES``.
        suffix: the ending of the file, one of ``IN_PARTS``.
        head: whether they are its first ones, which the names of the columns precede.
    """
    text = io.StringIO(newline="")
    if suffix != ".csv":
        _json_lines(rows, text)
    else:
        _csv_lines(
            _as_exported(rows) if shape.startswith(FLAT) else rows, SHAPES[shape], text, head
        )
    return text.getvalue().encode()


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output; what the block writes has arrived when it ends.

    Raises:
        SeenEnoughError: whoever reads it has seen enough.
        WorkspaceError: it is closed, or a file on a full disk.
    """
    if sys.stdout is None:  # the shell's `>&-`
        raise WorkspaceError("Standard output is closed.", hint="Redirect it into a file.")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer must not be tried again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SeenEnoughError from error
        raise WorkspaceError(
            f"Standard output cannot be written: {error.strerror or error}.",
            hint="Free some space, or redirect it into another file.",
        ) from error


def plain(value: object) -> object:
    """What ``json`` can write: a Decimal becomes an int where it is whole, else a float."""
    if isinstance(value, Decimal):
        return json_number(value)
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def with_floats(row: OutputRow) -> dict[str, Any]:
    """The row as data frames and Parquet have it: lists for tuples, floats for Decimals."""
    copied: dict[str, Any] = json.loads(json.dumps(row, default=float))
    return copied


def _json_lines(rows: Iterable[OutputRow], file: TextIO) -> int:
    count = 0
    encode = json.JSONEncoder(ensure_ascii=False, default=plain).encode
    for row in rows:
        count += 1
        file.write(visible_json(encode(row)) + "\n")
    file.flush()
    return count


def _write_jsonl(rows: Iterable[OutputRow], _columns: dict[str, Any], path: Path) -> int:
    with path.open("w", encoding="utf-8") as file:
        return _json_lines(rows, file)


def _write_csv(rows: Iterable[OutputRow], columns: dict[str, Any], path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        return _csv_lines(rows, columns, file, head=True)


def _csv_lines(rows: Iterable[OutputRow], columns: dict[str, Any], file: TextIO, head: bool) -> int:
    """CSV has no lists: these columns hold JSON."""
    count = 0
    writer = csv.writer(file)
    if head:
        writer.writerow(columns)
    for row in rows:
        count += 1
        writer.writerow(
            json.dumps(row.get(name), ensure_ascii=False, default=plain)
            if isinstance(kind, list)
            else row.get(name)
            for name, kind in columns.items()
        )
    return count


def _as_exported(rows: Iterable[OutputRow]) -> Iterator[OutputRow]:
    """Rows whose cells are those of an exported CSV file, which spreadsheets may open."""
    for row in rows:
        yield {name: csv_cell(value) for name, value in row.items()}


def _write_parquet(rows: Iterable[OutputRow], columns: dict[str, Any], path: Path) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise lacks_extra("Parquet files", "parquet") from error

    schema = pa.schema([(name, _arrow(kind)) for name, kind in columns.items()])
    count = 0
    with pq.ParquetWriter(path, schema) as writer:  # type: ignore[no-untyped-call]
        for group in _groups(rows):
            count += len(group)
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    return count


def _groups(rows: Iterable[OutputRow]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(with_floats(row))
        if len(group) == _GROUP:
            yield group
            group = []
    if group:
        yield group


def _arrow(kind: object) -> pyarrow.DataType:
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(pa.struct([(name, _arrow(one)) for name, one in kind[0].items()]))
    simple = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    assert isinstance(kind, type)
    return simple[kind]


Writer = Callable[[Iterable[OutputRow], dict[str, Any], Path], int]
"""Writes rows of some columns to a file, and returns their number."""

WRITERS: dict[str, Writer] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
}
"""What writes each kind of file, by its ending."""

IN_PARTS = (".jsonl", ".csv")
"""The endings of files that are a list of lines, so that ``encoded_rows`` makes parts of them."""
