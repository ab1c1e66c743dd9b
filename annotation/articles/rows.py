r"""Takes the rows out of files, folders, web pages and standard input.

Finds what an input is and has it read by the right one of ``annotation.articles.formats``;
``annotation.articles.inputs`` makes records of the rows. Text is what the file or row says,
character for character, but for what any reader of text does: a byte-order mark is taken off, the
line ends of a plain text *file* become ``\n``, and trafilatura takes the text of a web page out of
its HTML.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotation.articles.decoding import MAX_CHARACTERS, text_stream
from annotation.articles.formats import (
    MAX_LINE,
    InputRows,
    OnProblem,
    csv_rows,
    html_row,
    json_lines,
    json_rows,
    page_row,
    parquet_rows,
    plain_rows,
)
from annotation.errors import ArticleError

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
"""Files that are read from a folder. ``.json`` is read only where it is named: a folder may hold
any JSON, exports of Label Studio among it."""

_STDIN = "standard input"


def read_rows(
    inputs: Iterable[str],
    on_problem: OnProblem,
    fields: tuple[str, ...],
    *,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
    presplit: bool = False,
) -> InputRows:
    """The rows of all inputs; a plain text, a page and a line of a table are a row each."""
    for one in inputs:
        for source in _sources(one, on_problem):
            try:
                if source == "-":
                    rows = _stream_rows(stdin or _stdin(), on_problem, presplit=presplit)
                elif "://" in source:
                    if presplit:
                        raise _no_rows(source)
                    rows = iter([(source, page_row(source, allow_private=allow_private))])
                else:
                    rows = _file_rows(Path(source), on_problem, fields, presplit=presplit)
                yield from rows
            except ArticleError as problem:
                on_problem(problem)
            except OSError as error:
                where = _STDIN if source == "-" else source
                on_problem(ArticleError(f"{where}: cannot be read: {error.strerror or error}."))


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # the shell's `<&-`
        raise ArticleError(f"{_STDIN}: it is closed.", hint="Name a file, or pipe something in.")
    return sys.stdin.buffer


def _sources(one: str, on_problem: OnProblem) -> Iterator[str]:
    """The input itself, or the files in it where it is a folder."""
    try:
        is_folder = one != "-" and "://" not in one and Path(one).is_dir()
    except OSError as error:  # too long for a name, or in a folder that we may not look into
        shown = one if len(one) <= 80 else f"{one[:79]}…"
        on_problem(
            ArticleError(
                f"{shown}: cannot be read: {error.strerror or error}.",
                hint="Text itself goes through standard input: echo '…' | newsledger … -",
            )
        )
        return
    yield from _walk(Path(one), on_problem) if is_folder else (one,)


def _walk(folder: Path, on_problem: OnProblem) -> Iterator[str]:
    """The files of a folder and all below that can be read, in the order of their names."""
    found, unknown = 0, list[str]()

    def unreadable(error: OSError) -> None:
        on_problem(ArticleError(f"{error.filename}: cannot be read: {error.strerror}."))

    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            if path.suffix.lower() in SUFFIXES:
                found += 1
                yield str(path)
            else:
                unknown.append(str(path.relative_to(folder)))
    if unknown:
        some = ", ".join(unknown[:3]) + (" and others" if len(unknown) > 3 else "")
        on_problem(
            ArticleError(
                f"{folder}: {len(unknown)} file(s) of other kinds were passed by ({some}).",
                hint=f"A folder is searched for {', '.join(SUFFIXES)}.",
            )
        )
    elif not found:
        on_problem(
            ArticleError(
                f"{folder}: the folder holds no articles.",
                hint=f"It is searched for {', '.join(SUFFIXES)}.",
            )
        )


def _file_rows(
    path: Path, on_problem: OnProblem, fields: tuple[str, ...], *, presplit: bool
) -> InputRows:
    """The rows of one file, read by its suffix."""
    suffix = path.suffix.lower()
    if not path.exists():
        raise ArticleError(
            f"{path}: there is no such file or folder.", hint="Is the path spelt right?"
        )
    if suffix == ".parquet":
        yield from parquet_rows(path, fields)
        return
    if suffix not in (*SUFFIXES, ".json"):
        raise ArticleError(
            f"{path}: is of no kind that newsledger reads.",
            hint=f"It reads {', '.join(SUFFIXES)} and .json.",
        )
    if suffix in (".html", ".htm"):
        if presplit:
            raise _no_rows(str(path))
        yield str(path), html_row(path)
        return
    with path.open("rb") as raw:
        stream = text_stream(raw, newline="" if suffix in (".csv", ".tsv") else None)
        try:
            if suffix == ".txt":
                yield from plain_rows(stream.read(MAX_CHARACTERS + 1), str(path), presplit=presplit)
            elif suffix in (".csv", ".tsv"):
                yield from csv_rows(stream, str(path), on_problem)
            elif suffix == ".json":
                yield from json_rows(stream, str(path), on_problem)
            else:
                yield from json_lines(stream, str(path), on_problem)
        except UnicodeDecodeError as error:  # of UTF-16 and UTF-32 only
            raise ArticleError(
                f"{path}: is damaged {error.encoding} ({error.reason}).", hint="Save it as UTF-8."
            ) from error


def _stream_rows(raw: BinaryIO, on_problem: OnProblem, *, presplit: bool) -> InputRows:
    """JSON lines where the first sign is a brace, else one plain text."""
    stream = text_stream(raw, newline=None)
    try:
        begin = list[str]()
        while line := stream.readline(MAX_LINE):
            begin.append(line)
            if line.strip() or len(begin) > MAX_CHARACTERS:
                break
        if begin and begin[-1].lstrip().startswith("{"):
            yield from json_lines(stream, _STDIN, on_problem, begin)
        else:
            text = "".join(begin)
            text += stream.read(max(0, MAX_CHARACTERS + 1 - len(text)))
            yield from plain_rows(text, _STDIN, presplit=presplit)
    finally:
        stream.detach()  # closing it is for whoever opened it


def _no_rows(where: str) -> ArticleError:
    return ArticleError(f"{where}: a web page has no rows.", hint="Leave --presplit out.")
