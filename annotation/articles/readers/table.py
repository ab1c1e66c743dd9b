"""Tables as text: rows under a line of column names, comma-separated or otherwise."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from annotation.articles.decoding import check_text
from annotation.articles.readers.interface import (
    MAX_LINE,
    Format,
    InputRows,
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
            yield from _table_rows(stream, str(path), request)
    finally:
        csv.field_size_limit(usual)


def _table_rows(stream: TextIO, where: str, request: Request) -> InputRows:
    header = stream.readline(MAX_LINE)
    if not header.strip():
        raise ArticleError(f"{where}: the file is empty, or its first line is.")
    check_text(header, where, "the first line")
    splits = {sign: next(csv.reader([header], delimiter=sign), []) for sign in ",;\t|"}
    names = {sign: [name.strip().lower() for name in split] for sign, split in splits.items()}
    sign = next((sign for sign in names if "text" in names[sign]), None)
    if sign is None:
        raise no_text_column(where, max(splits.values(), key=len))
    if twice := [one for one in request.fields if names[sign].count(one) > 1]:
        raise ArticleError(
            f"{where}: has two columns '{twice[0]}', and nothing says which of them is meant.",
            hint="Give one of them another name.",
        )
    ended: list[bool] = []
    reader = csv.reader(_until(stream, ended), delimiter=sign)
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
        if ended:  # csv asks for a line behind the last one only where a quotation mark is open
            raise ArticleError(
                f"{here}: cannot be read (a quotation mark is never closed), nor can what follows.",
                hint="Close it; where the mark itself is meant, write two within two others.",
            )
        if len(fields) > len(names[sign]):
            request.on_problem(
                ArticleError(
                    f"{here}: has {len(fields)} fields under {len(names[sign])} columns.",
                    hint=f"Put a text that contains '{sign}' into double quotes.",
                )
            )
        elif fields:
            pairs = zip(names[sign], fields, strict=False)
            yield here, {name: field for name, field in pairs if field or name == "text"}


def _until(stream: TextIO, ended: list[bool]) -> Iterator[str]:
    """The lines of a stream; writes down when somebody asks for more of them."""
    yield from stream
    ended.append(True)


TABLE = Format("a table", (".csv", ".tsv"), read_table)
