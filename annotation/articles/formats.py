"""The kinds of file and page that hold articles -> rows.

A plain text and a web page are one row, a table is many. Each reader streams where its format can.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TextIO

from annotation.articles.decoding import (
    MAX_CHARACTERS,
    UNDECODED,
    check_text,
    content_id,
    text_stream,
)
from annotation.articles.fetch import MAX_BYTES, fetch
from annotation.errors import ArticleError, install_hint

MAX_LINE = 12 * MAX_CHARACTERS
"""Characters that a line of a table may have: an article all in JSON escapes, and more fields."""
ROW_HINT = 'A row is {"text": "…"}, with id, title, url, source and published where known.'

OnProblem = Callable[[ArticleError], None]
InputRow = Mapping[str, object]
InputRows = Iterator[tuple[str, InputRow]]  # each with the words that say where it stands

_ENDS_SENTENCE = re.compile(r"[.!?…;:,。؟۔။]['’\"”»)\]]*$")
_TITLE_LENGTH = 150


def plain_rows(text: str, where: str, *, presplit: bool) -> InputRows:
    """A plain text: one article, or one sentence in each line."""
    check_text(text, where, "the file")
    if not presplit:
        yield where, {"text": text, "title": _headline(text)}
        return
    article, position, index = content_id("", text), 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if bare := line.strip():
            start = position + line.index(bare)
            row = {"text": bare, "article_id": article, "start": start, "end": start + len(bare)}
            yield f"{where}:{number}", row | {"index": index}
            index += 1
        position += len(line) + 1


def _headline(text: str) -> str:
    """The first line, where it stands alone, is short and ends like no sentence; else nothing.

    It stays in the text too: annotators see it as context of every sentence, and label it as one.
    """
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    alone = not rest.partition("\n")[0].strip() and bool(rest.strip())
    return (
        first if alone and len(first) <= _TITLE_LENGTH and not _ENDS_SENTENCE.search(first) else ""
    )


def json_lines(
    stream: TextIO, where: str, on_problem: OnProblem, begin: Iterable[str] = ()
) -> InputRows:
    """One JSON object a line; blank lines are passed by."""
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
                yield here, _json_object(line, here)
            except ArticleError as problem:
                on_problem(problem)
    if empty:
        raise ArticleError(f"{where}: the file is empty.")


def json_rows(stream: TextIO, where: str, on_problem: OnProblem) -> InputRows:
    """An array of objects, one object, or JSON lines under another name."""
    text = stream.read(MAX_LINE + 1)
    if "\0" in text or UNDECODED.search(text) or not text.strip():
        check_text(text[:MAX_CHARACTERS], where, "the file")
    if len(text) > MAX_LINE:
        raise ArticleError(
            f"{where}: a .json file is read as a whole and may have {MAX_LINE:,} characters.",
            hint="Make JSON lines of it: jq -c '.[]' OLD.json > NEW.jsonl",
        )
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            here = f"{where}:{error.lineno}"
            raise ArticleError(f"{here}: is no valid JSON ({error.msg}).", hint=ROW_HINT) from error
        yield from json_lines(io.StringIO(text), where, on_problem)
        return
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: is JSON beyond all measure ({error}).") from error
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        here = f"{where}: row {number}"
        if isinstance(row, dict):
            yield here, row
        else:
            on_problem(ArticleError(f"{here}: is no JSON object.", hint=ROW_HINT))


def _json_object(line: str, where: str) -> InputRow:
    """The object in a line."""
    if "\0" in line or UNDECODED.search(line):
        check_text(line, where, "the line")
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ArticleError(
            f"{where}: is no valid JSON ({error.msg}, character {error.pos + 1}).", hint=ROW_HINT
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: is JSON beyond all measure ({error}).") from error
    if not isinstance(row, dict):
        raise ArticleError(f"{where}: is no JSON object.", hint=ROW_HINT)
    return row


def csv_rows(stream: TextIO, where: str, on_problem: OnProblem) -> InputRows:
    """Rows under a line of column names; the separator is the one that shows a column 'text'."""
    csv.field_size_limit(MAX_LINE)  # a setting of the whole process; there is no other way
    header = stream.readline(MAX_LINE)
    if not header.strip():
        raise ArticleError(f"{where}: the file is empty, or its first line is.")
    check_text(header, where, "the first line")
    splits = {sign: next(csv.reader([header], delimiter=sign), []) for sign in ",;\t|"}
    names = {sign: [name.strip().lower() for name in split] for sign, split in splits.items()}
    sign = next((sign for sign in names if "text" in names[sign]), None)
    if sign is None:
        columns = ", ".join(f"'{name}'" for name in max(splits.values(), key=len)[:8])
        raise ArticleError(
            f"{where}: has no column 'text'; its columns are {columns}.",
            hint="Call the column with the articles 'text'.",
        )
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


def parquet_rows(path: Path, fields: tuple[str, ...]) -> InputRows:
    """Rows of a Parquet file, a few hundred at a time."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise ArticleError(
            f"{path}: Parquet files need a part of newsledger that is not installed here.",
            hint=install_hint("parquet"),
        ) from error

    number = 0
    try:
        with parquet.ParquetFile(path) as table:  # type: ignore[no-untyped-call]
            columns = table.schema_arrow.names
            if "text" not in columns:
                some = ", ".join(f"'{name}'" for name in columns[:8])
                raise ArticleError(
                    f"{path}: has no column 'text'; its columns are {some}.",
                    hint="Call the column with the articles 'text'.",
                )
            wanted = [name for name in fields if name in columns]
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


def html_row(path: Path) -> InputRow:
    """The article in a web page that was saved."""
    with path.open("rb") as raw:
        content = raw.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{path}: the page has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Copy the article's text into a .txt file.",
        )
    return _article_in(content, str(path), url=None)


def page_row(url: str, *, allow_private: bool) -> InputRow:
    """The article on a web page."""
    page = fetch(url, allow_private=allow_private)
    content: str | bytes = page.body
    if page.charset:
        # Where the server is wrong about it, trafilatura finds out by itself.
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            content = page.body.decode(page.charset)
    if page.content_type != "text/plain":
        return _article_in(content, url, url=page.url)
    if isinstance(content, bytes):
        content = text_stream(io.BytesIO(content), newline=None).read()
    check_text(content, url, "the page")
    return {"text": content, "title": _headline(content), "url": page.url}


def _article_in(content: str | bytes, where: str, *, url: str | None) -> InputRow:
    """The article in a page of HTML, found by trafilatura."""
    import trafilatura

    # It would write what it cannot parse to standard error; we say so ourselves.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    if not content.strip():
        raise ArticleError(f"{where}: the page is empty.", hint="Was it saved to the end?")
    page = trafilatura.bare_extraction(content, url=url, include_comments=False, with_metadata=True)
    if page is None or isinstance(page, dict) or not page.text:
        raise ArticleError(
            f"{where}: no article was found in the page.",
            hint="If it has one, copy its text into a .txt file.",
        )
    return {
        "text": page.text,
        "title": page.title,
        "url": url or page.url,
        "source": page.sitename or page.hostname,
        "published": page.date,
    }
