r"""Takes the rows out of files, folders, tables, web pages and standard input.

A plain text and a web page are one row, a table is many; ``annotation.articles`` makes records of
them. Text is what the file or row says, character for character, but for what any reader of text
does: a byte-order mark is taken off, the line ends of a plain text *file* become ``\n``, and
trafilatura takes the text of a web page out of its HTML.

Text is UTF-8, or UTF-16 or UTF-32 with a byte-order mark. Any other encoding is refused and not
guessed, since a wrong guess puts wrong letters into names without anybody noticing.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from annotation.errors import ArticleError
from annotation.fetch import MAX_BYTES, fetch

MAX_CHARACTERS = 5_000_000
"""Characters that an article may have; the longest novels have three million."""
MAX_LINE = 12 * MAX_CHARACTERS
"""Characters that a line of a table may have: an article all in JSON escapes, and more fields."""
SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
"""Files that are read from a folder. ``.json`` is read only where it is named: a folder may hold
any JSON, exports of Label Studio among it."""
ROW_HINT = 'A row is {"text": "…"}, with id, title, url, source and published where known.'

Report = Callable[[ArticleError], None]
Row = Mapping[str, object]
_Rows = Iterator[tuple[str, Row]]  # each with the words that say where it stands

_STDIN = "standard input"
_TO_UTF8 = "If it is text, save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
_UNDECODED = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of other bytes
_HALF = re.compile("[\ud800-\udfff]")
_ENDS_SENTENCE = re.compile(r"[.!?…;:,。؟۔။]['’\"”»)\]]*$")
_TITLE_LENGTH = 150
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_rows(
    inputs: Iterable[str],
    on_problem: Report,
    fields: tuple[str, ...],
    *,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
    presplit: bool = False,
) -> _Rows:
    """The rows of all inputs; a plain text, a page and a line of a table are a row each."""
    for one in inputs:
        for source in _sources(one, on_problem):
            try:
                if source == "-":
                    rows = _stream_rows(stdin or _stdin(), on_problem, presplit=presplit)
                elif "://" in source:
                    if presplit:
                        raise _no_rows(source)
                    rows = iter([(source, _page_row(source, allow_private=allow_private))])
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


def _sources(one: str, on_problem: Report) -> Iterator[str]:
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


def _walk(folder: Path, on_problem: Report) -> Iterator[str]:
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


def _file_rows(path: Path, on_problem: Report, fields: tuple[str, ...], *, presplit: bool) -> _Rows:
    """The rows of one file, read by its suffix."""
    suffix = path.suffix.lower()
    if not path.exists():
        raise ArticleError(
            f"{path}: there is no such file or folder.", hint="Is the path spelt right?"
        )
    if suffix == ".parquet":
        yield from _parquet_rows(path, fields)
        return
    if suffix not in (*SUFFIXES, ".json"):
        raise ArticleError(
            f"{path}: is of no kind that newsledger reads.",
            hint=f"It reads {', '.join(SUFFIXES)} and .json.",
        )
    if suffix in (".html", ".htm"):
        if presplit:
            raise _no_rows(str(path))
        yield str(path), _html_row(_small_file(path), str(path), url=None)
        return
    with path.open("rb") as raw:
        stream = _text_stream(raw, newline="" if suffix in (".csv", ".tsv") else None)
        try:
            if suffix == ".txt":
                yield from _plain_rows(
                    stream.read(MAX_CHARACTERS + 1), str(path), presplit=presplit
                )
            elif suffix in (".csv", ".tsv"):
                yield from _csv_rows(stream, str(path), on_problem)
            elif suffix == ".json":
                yield from _json_rows(stream, str(path), on_problem)
            else:
                yield from _json_lines(stream, str(path), on_problem)
        except UnicodeDecodeError as error:  # of UTF-16 and UTF-32 only
            raise ArticleError(
                f"{path}: is damaged {error.encoding} ({error.reason}).", hint="Save it as UTF-8."
            ) from error


def _stream_rows(raw: BinaryIO, on_problem: Report, *, presplit: bool) -> _Rows:
    """JSON lines where the first sign is a brace, else one plain text."""
    stream = _text_stream(raw, newline=None)
    try:
        begin = list[str]()
        while line := stream.readline(MAX_LINE):
            begin.append(line)
            if line.strip() or len(begin) > MAX_CHARACTERS:
                break
        if begin and begin[-1].lstrip().startswith("{"):
            yield from _json_lines(stream, _STDIN, on_problem, begin)
        else:
            text = "".join(begin)
            text += stream.read(max(0, MAX_CHARACTERS + 1 - len(text)))
            yield from _plain_rows(text, _STDIN, presplit=presplit)
    finally:
        stream.detach()  # closing it is for whoever opened it


def _no_rows(where: str) -> ArticleError:
    return ArticleError(f"{where}: a web page has no rows.", hint="Leave --presplit out.")


def _text_stream(raw: BinaryIO, *, newline: str | None) -> io.TextIOWrapper:
    """Decodes by the byte-order mark, else as UTF-8; what is neither comes out as surrogates."""
    buffered = raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw))
    begin = cast(io.BufferedReader, buffered).peek(4)
    encoding = next((name for mark, name in _BOMS if begin.startswith(mark)), "utf-8")
    return io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline=newline)


# Kinds of file


def _plain_rows(text: str, where: str, *, presplit: bool) -> _Rows:
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


def _json_lines(stream: TextIO, where: str, on_problem: Report, begin: Iterable[str] = ()) -> _Rows:
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


def _json_rows(stream: TextIO, where: str, on_problem: Report) -> _Rows:
    """An array of objects, one object, or JSON lines under another name."""
    text = stream.read(MAX_LINE + 1)
    if "\0" in text or _UNDECODED.search(text) or not text.strip():
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
        yield from _json_lines(io.StringIO(text), where, on_problem)
        return
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: is JSON beyond all measure ({error}).") from error
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        here = f"{where}: row {number}"
        if isinstance(row, dict):
            yield here, row
        else:
            on_problem(ArticleError(f"{here}: is no JSON object.", hint=ROW_HINT))


def _json_object(line: str, where: str) -> Row:
    """The object in a line."""
    if "\0" in line or _UNDECODED.search(line):
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


def _csv_rows(stream: TextIO, where: str, on_problem: Report) -> _Rows:
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


def _parquet_rows(path: Path, fields: tuple[str, ...]) -> _Rows:
    """Rows of a Parquet file, a few hundred at a time."""
    import pyarrow as pa
    from pyarrow import parquet

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


def _small_file(path: Path) -> bytes:
    with path.open("rb") as raw:
        content = raw.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{path}: the page has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Copy the article's text into a .txt file.",
        )
    return content


def _page_row(url: str, *, allow_private: bool) -> Row:
    """The article on a web page."""
    page = fetch(url, allow_private=allow_private)
    content: str | bytes = page.body
    if page.charset:
        # Where the server is wrong about it, trafilatura finds out by itself.
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            content = page.body.decode(page.charset)
    if page.content_type != "text/plain":
        return _html_row(content, url, url=page.url)
    if isinstance(content, bytes):
        content = _text_stream(io.BytesIO(content), newline=None).read()
    check_text(content, url, "the page")
    return {"text": content, "title": _headline(content), "url": page.url}


def _html_row(content: str | bytes, where: str, *, url: str | None) -> Row:
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


def check_text(text: str, where: str, what: str) -> None:
    """Refuses what is no readable text."""
    if not text:
        raise ArticleError(f"{where}: {what} is empty.", hint="Put the text in, or leave it out.")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"{where}: {what} has more than {MAX_CHARACTERS:,} characters.",
            hint="Cut it into articles.",
        )
    if "\0" in text:
        raise ArticleError(
            f"{where}: {what} is binary, not text (zero byte at {text.index(chr(0)) + 1}).",
            hint="If it is UTF-16 text, save it as UTF-8.",
        )
    if match := _UNDECODED.search(text):
        line = text.count("\n", 0, match.start()) + 1
        byte = ord(match.group()) - 0xDC00
        raise ArticleError(
            f"{where}: {what} is not UTF-8 (byte 0x{byte:02x} in line {line}).", hint=_TO_UTF8
        )
    if match := _HALF.search(text):
        raise ArticleError(
            f"{where}: {what} holds half a character (a lone surrogate at {match.start() + 1}).",
            hint="It was cut in the middle of an emoji; take the half out.",
        )
    if not text.strip():
        raise ArticleError(
            f"{where}: {what} holds nothing but white space.",
            hint="Put the text in, or leave it out.",
        )


def content_id(title: str, text: str) -> str:
    """16 hex digits of the SHA-256 of title and text, which a zero byte keeps apart."""
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()[:16]
