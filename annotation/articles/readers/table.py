"""Tables as text: rows under a line of column names, comma-separated or otherwise."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

from annotation.articles.decoding import check_text
from annotation.articles.readers.interface import (
    MAX_LINE,
    Format,
    InputRows,
    OnProblem,
    Request,
    no_text_column,
    opened_text,
)
from annotation.errors import ArticleError


def read_table(path: Path, request: Request) -> InputRows:
    """The rows of a CSV or TSV file; its separator is the one that shows a column 'text'."""
    # A setting of the whole process; there is no other way.
    usual = csv.field_size_limit(MAX_LINE)
    try:
        with opened_text(path, newline="") as stream:
            yield from _table_rows(stream, str(path), request.on_problem)
    finally:
        csv.field_size_limit(usual)


def _table_rows(stream: TextIO, where: str, on_problem: OnProblem) -> InputRows:
    header = stream.readline(MAX_LINE)
    if not header.strip():
        raise ArticleError(f"{where}: the file is empty, or its first line is.")
    check_text(header, where, "the first line")
    splits = {sign: next(csv.reader([header], delimiter=sign), []) for sign in ",;\t|"}
    names = {sign: [name.strip().lower() for name in split] for sign, split in splits.items()}
    sign = next((sign for sign in names if "text" in names[sign]), None)
    if sign is None:
        raise no_text_column(where, max(splits.values(), key=len))
    reader = csv.reader(stream, delimiter=sign)
    while True:
        here = f"{where}:{reader.line_num + 2}"
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise ArticleError(
                f"{here}: cannot be read ({error}), nor can what follows.",
                hint="Look for a quotation mark that is never closed.",
            ) from error
        if fields is None:
            return
        if len(fields) > len(names[sign]):
            on_problem(
                ArticleError(
                    f"{here}: has {len(fields)} fields under {len(names[sign])} columns.",
                    hint=f"Put a text that contains '{sign}' into double quotes.",
                )
            )
        elif fields:
            pairs = zip(names[sign], fields, strict=False)
            yield here, {name: field for name, field in pairs if field or name == "text"}


TABLE = Format("a table", (".csv", ".tsv"), read_table)
