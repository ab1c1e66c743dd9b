"""Articles, read from whatever people have: files, folders, tables, web pages, standard input.

Reading streams: a table is read row by row, so that memory does not grow with it (but for some
hundred bytes per article, which tell whether an id comes twice). ``Article.text`` is what the file
or row says, character for character; ``annotation.articles.intake.sources`` names the three
exceptions.

Bad input loses nothing: what cannot be read is reported with file and line, and the rest goes on.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotation.articles.decoding import check_text, content_id, sentence_id
from annotation.articles.intake.sources import read_rows
from annotation.articles.languages import languages_of
from annotation.articles.readers.interface import (
    ROW_HINT,
    Asides,
    InputRow,
    KeepPage,
    OnProblem,
    PageDigest,
    Request,
)
from annotation.errors import ArticleError
from annotation.records import Article, Sentence

_FIELDS = ("text", "id", "title", "url", "source", "published")
_PRESPLIT = ("text", "sentence_id", "id", "article_id", "index", "start", "end", "boilerplate")


def read_articles(
    inputs: Iterable[str],
    *,
    on_problem: OnProblem,
    allow_private: bool = False,
    keep_page: KeepPage | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """The articles of all inputs, one after the other.

    The same article twice (same id, title and text) is one article and comes once.

    Args:
        inputs: files (of ``readers.registry.FORMATS``), folders (with all that is below, in the
            order of the names; hidden files are passed by), http and https addresses, and ``-`` for
            standard input: JSON lines if it begins with ``{``, else one plain article.
        on_problem: is told what could not be read, where, and what to do.
        allow_private: read from private, loopback and link-local addresses too.
        keep_page: keeps each page that was fetched; None to keep none.
        stdin: what ``-`` reads; None for the standard input of the process.

    Yields:
        Articles with some text. ``id`` is the one given, else 16 hex digits of the SHA-256 of
        title and text.
    """
    seen: dict[str, int] = {}
    request = Request(on_problem, _FIELDS, presplit=False, keep_page=keep_page)
    for where, row in read_rows(inputs, request, allow_private=allow_private, stdin=stdin):
        try:
            article = _article(row, where)
            if _is_new(seen, article.id, (article.title, article.text), where):
                yield article
        except ArticleError as problem:
            on_problem(problem)


def read_presplit(
    inputs: Iterable[str], *, on_problem: OnProblem, stdin: BinaryIO | None = None
) -> Iterator[Sentence]:
    """The sentences of inputs in which each row is one; a plain text file has one in each line.

    Rows may have ``sentence_id`` (or ``id``), ``article_id``, ``index``, ``start``, ``end`` and
    ``boilerplate``, as ``newsledger sentences`` writes them. Without an ``article_id``, a row is an
    article of its own; without ``start``, the sentence begins at 0. One without an id gets its
    place in the article as its id where both ``start`` and ``end`` are given, else its ``index``.

    Args:
        inputs: files, folders or ``-``, as for ``read_articles``, but no web pages.
        on_problem: is told what could not be read, where, and what to do.
        stdin: what ``-`` reads; None for the standard input of the process.

    Yields:
        Sentences, in the order of the rows.
    """
    seen: dict[str, int] = {}
    count: Counter[str] = Counter()
    request = Request(on_problem, _PRESPLIT, presplit=True)
    for where, row in read_rows(inputs, request, stdin=stdin):
        try:
            sentence = _sentence(row, where, count)
            if _is_new(seen, sentence.id, (sentence.article_id, sentence.text), where):
                yield sentence
        except ArticleError as problem:
            on_problem(problem)


def _is_new(seen: dict[str, int], key: str, content: tuple[str, str], where: str) -> bool:
    """False for an exact repetition.

    Raises:
        ArticleError: the id stands for something else already; both would become one task.
    """
    if key not in seen:
        seen[key] = hash(content)
        return True
    if seen[key] == hash(content):
        return False
    raise ArticleError(
        f"{where}: the id '{key}' stands for another text already.", hint="Give each its own id."
    )


# From rows to records


def _article(row: InputRow, where: str) -> Article:
    """A checked article."""
    text, page, asides = _text(row, where), row.get("page"), row.get("asides")
    title = _field(row, "title", where) or ""
    return Article(
        id=_id(row, "id", where) or content_id(title, text),
        title=title,
        text=text,
        url=_field(row, "url", where),
        source=_field(row, "source", where),
        published=_field(row, "published", where),
        page_sha256=page.sha256 if isinstance(page, PageDigest) else None,
        asides=asides.spans if isinstance(asides, Asides) else (),
    )


def _sentence(row: InputRow, where: str, count: Counter[str]) -> Sentence:
    """A checked sentence; ``count`` holds how many sentences each article has had."""
    text = _text(row, where)
    given = _id(row, "sentence_id", where) or _id(row, "id", where)
    article = _id(row, "article_id", where) or given or content_id("", text)
    index = _number(row, "index", where)
    index = count[article] if index is None else index
    count[article] = max(count[article], index + 1)
    begin, end = _number(row, "start", where), _number(row, "end", where)
    start = begin or 0
    if end is not None and end - start != len(text):
        raise ArticleError(
            f"{where}: 'start' {start} and 'end' {end} do not fit {len(text)} characters.",
            hint="Offsets count code points; leave both out where they are not known.",
        )
    # A start alone may be a default that all rows share, and would make one id for several texts.
    placed = begin is not None and end is not None
    made = sentence_id(article, start, start + len(text)) if placed else f"{article}:{index:04d}"
    return Sentence(
        id=given or made,
        article_id=article,
        index=index,
        start=start,
        end=start + len(text),
        text=text,
        boilerplate=row.get("boilerplate") in (True, "true", "True"),
        language=languages_of([text])[0],
    )


def _text(row: InputRow, where: str) -> str:
    if "text" not in row:
        names = ", ".join(f"'{name}'" for name in list(row)[:8]) or "nothing"
        raise ArticleError(f"{where}: the row has no 'text'; it has {names}.", hint=ROW_HINT)
    text = row["text"] if row["text"] is not None else ""
    if not isinstance(text, str):
        raise ArticleError(f"{where}: 'text' is {_kind(text)}, not text.", hint=ROW_HINT)
    check_text(text, where, "'text'")
    return text


def _field(row: InputRow, name: str, where: str) -> str | None:
    """An optional text; a date is one too."""
    value = row.get(name)
    if isinstance(value, datetime.date):  # datetime.datetime is one
        value = value.isoformat()
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise ArticleError(f"{where}: '{name}' is {_kind(value)}, not text.", hint=ROW_HINT)
    check_text(value, where, f"'{name}'")
    return value


def _id(row: InputRow, name: str, where: str) -> str | None:
    """An optional id: a text or a whole number."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _field(row, name, where)
    if text is not None and (len(text) > 200 or not text.isprintable()):
        raise ArticleError(
            f"{where}: '{name}' is not a usable id.",
            hint="An id has 1 to 200 printable characters.",
        )
    return text


def _number(row: InputRow, name: str, where: str) -> int | None:
    """An optional whole number from 0; a CSV file has it as text."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, str) and value.isdecimal() and len(value) < 16:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ArticleError(f"{where}: '{name}' is not a whole number, 0 or more.")


def _kind(value: object) -> str:
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), f"of type {type(value).__name__}")
