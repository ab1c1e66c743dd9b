"""What a reader of another tool's labels is, and what such readers share.

A reader says what stands there, in the words of the tool: which labels these are here, and of which
sentence, ``annotation.imports.labels`` decides for all of them. What a reader does not understand
it reports, with its place, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation.articles.readers.interface import Request
from annotation.articles.readers.json_lines import read_json_lines
from annotation.errors import ArticleError, LabelsError

IMPORTED = "imported"
"""Who labelled where nobody is named."""

ARTICLE = ("id", "title", "source", "published", "url")
"""Fields of an article that a tool may keep beside a text."""

OnNotUnderstood = Callable[[LabelsError], None]


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A passage that somebody marked."""

    start: int
    """Where it begins in the text, in code points."""
    end: int
    """Where it ends (exclusive)."""
    label: str
    """Its label, in the words of the tool."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, and what one person said of it."""

    where: str
    """The file and the place in it, for messages."""
    text: str
    """The text, character for character."""
    labels: tuple[str, ...] = ()
    """Labels of the whole text, in the words of the tool."""
    spans: tuple[MarkedSpan, ...] = ()
    """Passages with a label."""
    annotator: str = IMPORTED
    """Who labelled it."""
    labelled: bool = True
    """False where nobody has looked at it yet."""
    skipped: bool = False
    """True where somebody looked and said nothing; what they say elsewhere of it counts."""
    is_one: bool = False
    """True where the text is what was labelled, however many sentences it has."""
    deaths: int | None = None
    """How many people were killed, where that is told beside the text."""
    article: Mapping[str, str] = field(default_factory=dict)
    """What is known of the article, of the fields in ``ARTICLE``."""
    more: Mapping[str, object] = field(default_factory=dict)
    """What else to keep with the task."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is asked of a reader, beside the file."""

    on_problem: OnNotUnderstood
    """Is told of what is not understood."""
    text_column: str | None = None
    """The column or field with the texts, None for the format's own."""
    label_columns: tuple[str, ...] = ()
    """The columns or fields with the labels, none for the format's own."""


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """What one tool writes, and how it is read."""

    name: str
    """What ``--format`` calls it."""
    what: str
    """What it is, for help and messages."""
    read: Callable[[Path, ImportRequest], Iterator[MarkedText]]
    """Its texts. Raises ``LabelsError`` where nothing (more) can be read."""


def json_rows(path: Path, request: ImportRequest) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a file of JSON lines, each with its place.

    Raises:
        LabelsError: it cannot be read.
    """

    def told(problem: ArticleError) -> None:
        request.on_problem(LabelsError(problem.message))

    try:
        yield from read_json_lines(path, Request(told, (), presplit=False))
    except ArticleError as error:
        raise LabelsError(error.message, hint=error.hint) from error


def each_understood(
    rows: Iterable[tuple[str, Mapping[str, Any]]],
    read: Callable[[Mapping[str, Any], str], MarkedText],
    request: ImportRequest,
) -> Iterator[MarkedText]:
    """Rows as marked texts; one that cannot be is reported with its place, and left out.

    Args:
        rows: each with its place.
        read: makes a marked text of a row and its place. Raises ``LabelsError``, or ``ValueError``
            with what is wrong and not where.
        request: is told of what is not understood.
    """
    for where, row in rows:
        try:
            yield read(row, where)
        except LabelsError as problem:
            request.on_problem(problem)
        except ValueError as error:
            request.on_problem(LabelsError(f"{where}: {error}; the example is left out."))


def text_of(row: Mapping[str, Any], name: str, where: str) -> str:
    """The text in a row.

    Raises:
        LabelsError: there is none.
    """
    text = row.get(name)
    if not isinstance(text, str) or not text.strip():
        names = ", ".join(f"'{one}'" for one in list(row)[:8])
        raise LabelsError(
            f"{where}: has no text in '{name}'; there are {names}.",
            hint="Name the field or column with --text-column.",
        )
    return text


def article_of(row: Mapping[str, Any], *, with_id: bool = True) -> dict[str, str]:
    """What a row, or the ``meta`` in it, tells of the article.

    Args:
        row: the row.
        with_id: whether its ``id`` is the article's, and not the tool's own for the row.
    """
    meta = row.get("meta")
    both = {**(meta if isinstance(meta, dict) else {}), **row}
    return {
        name: str(both[name])
        for name in ARTICLE
        if (with_id or name != "id")
        and isinstance(both.get(name), str | int)
        and str(both[name]).strip()
    }


def list_in(row: Mapping[str, Any], name: str) -> list[Any]:
    """The list in a field of a row, empty where there is none.

    Raises:
        ValueError: something else is in it.
    """
    found = row.get(name)
    if found is not None and not isinstance(found, list):
        raise ValueError(f"what is in '{name}' is not a list")
    return found or []


def span_in(one: object, text: str, start: str = "start", end: str = "end") -> MarkedSpan:
    """A passage of a text, from an object that tells its offsets and its label.

    Args:
        one: the object.
        text: the text.
        start: what the object calls the first offset.
        end: what it calls the second.

    Raises:
        ValueError: it is no object, or its offsets or its label are none.
    """
    if not isinstance(one, dict):
        raise ValueError(f"the span {str(one)[:80]} is not an object")
    return span_of(one.get(start), one.get(end), one.get("label"), text)


def span_of(start: object, end: object, label: object, text: str) -> MarkedSpan:
    """A passage of a text.

    Raises:
        ValueError: its offsets or its label are none.
    """
    if isinstance(start, bool) or not (
        isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    ):
        raise ValueError(f"a span from {start!r} to {end!r} is outside the text")
    if not isinstance(label, str | int) or isinstance(label, bool):
        raise ValueError(f"a span has the label {label!r}")
    return MarkedSpan(start, end, str(label))
