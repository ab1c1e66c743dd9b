"""JSON lines: one JSON object in each line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TextIO

from annotation.articles.decoding import UNDECODED, check_text
from annotation.articles.readers.interface import (
    MAX_LINE,
    ROW_HINT,
    Format,
    InputRow,
    InputRows,
    OnProblem,
    Request,
    each_once,
    opened_text,
)
from annotation.errors import ArticleError

_decode = json.JSONDecoder(object_pairs_hook=each_once).decode
"""As ``json.loads``, which makes a decoder for each text."""


def read_json_lines(path: Path, request: Request) -> InputRows:
    """The rows of a file of JSON lines."""
    with opened_text(path) as stream:
        yield from line_rows(stream, str(path), request.on_problem)


def line_rows(
    stream: TextIO, where: str, on_problem: OnProblem, begin: Iterable[str] = ()
) -> InputRows:
    """The objects in the lines of a stream; blank lines are passed by.

    Args:
        stream: where the lines come from.
        where: what to call it.
        on_problem: is told of a line that is no object.
        begin: lines that were taken from the stream already.
    """
    empty = True
    rest = iter(lambda: stream.readline(MAX_LINE), "")
    lines = chain(begin, rest)
    for number, line in enumerate(lines, 1):
        here = f"{where}:{number}"
        if not line.endswith("\n") and len(line) >= MAX_LINE:
            while not line.endswith("\n") and (line := next(rest, "")):
                pass
            on_problem(ArticleError(f"{here}: the line has more than {MAX_LINE:,} characters."))
            empty = False
        elif line.strip():
            empty = False
            try:
                yield here, _object(line, here)
            except ArticleError as problem:
                on_problem(problem)
    if empty:
        raise ArticleError(f"{where}: the file is empty.")


def _object(line: str, where: str) -> InputRow:
    """The object in a line."""
    if "\0" in line or (not line.isascii() and UNDECODED.search(line)):
        check_text(line, where, "the line")
    try:
        row = _decode(line)
    except json.JSONDecodeError as error:
        raise ArticleError(
            f"{where}: is not valid JSON ({error.msg}, character {error.pos + 1}).", hint=ROW_HINT
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"{where}: is JSON that cannot be read ({error}).", hint=ROW_HINT
        ) from error
    if not isinstance(row, dict):
        raise ArticleError(f"{where}: is not a JSON object.", hint=ROW_HINT)
    return row


JSON_LINES = Format("a file of JSON lines", (".jsonl", ".ndjson"), read_json_lines)
