"""What a reader of files is, and what readers share.

A reader makes rows of a file: a plain text and a web page are one row, a table is many. It streams
where its format can, raises where nothing can be read, and reports a bad row and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotation.articles.decoding import MAX_CHARACTERS, text_stream
from annotation.errors import ArticleError, lacks_extra

if TYPE_CHECKING:
    from annotation.articles.web.fetch import Page

MAX_LINE = 12 * MAX_CHARACTERS
"""Characters that a line of a table may have: an article all in JSON escapes, and more fields."""
ROW_HINT = 'A row is {"text": "…"}, with id, title, url, source and published where known.'

OnProblem = Callable[[ArticleError], None]
KeepPage = Callable[["Page"], str]
"""Keeps a page as it was fetched, and says the SHA-256 of its bytes."""
InputRow = Mapping[str, object]
InputRows = Iterator[tuple[str, InputRow]]  # each with the words that say where it stands


@dataclass(frozen=True, slots=True)
class PageDigest:
    """Stands in a row for the page that was kept; a type of its own, which no file can hold."""

    sha256: str
    """SHA-256 of the page's bytes."""


@dataclass(frozen=True, slots=True)
class Asides:
    """Stands in a row for what is no part of the story; of a type that no file can hold."""

    spans: tuple[tuple[int, int], ...]
    """Where tables, headers and footers stand in the text, in code points, in order."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a reader, beside the file."""

    on_problem: OnProblem
    """Is told of a row that cannot be read, where the rows after it can."""
    fields: tuple[str, ...]
    """The fields that are used; a format with columns may leave the others unread."""
    presplit: bool
    """True where each row is to be one sentence, not an article."""
    keep_page: KeepPage | None = None
    """Keeps a page that was fetched and has an article; None to keep none."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file, and how it is read."""

    name: str
    """What it is called in a message, with its article: ``"a web page"``."""
    suffixes: tuple[str, ...]
    """The endings of its files, in lower case."""
    read: Callable[[Path, Request], InputRows]
    """Its rows. Raises ``ArticleError`` where nothing (more) can be read."""
    presplit: bool = True
    """Whether it can hold sentences that were cut already."""
    in_folders: bool = True
    """Whether it is read where a folder was named, and not the file itself."""


@contextmanager
def opened_text(path: Path, *, newline: str | None = None) -> Iterator[TextIO]:
    """A text file, decoded; see ``text_stream``.

    Raises:
        ArticleError: it is damaged UTF-16 or UTF-32. Of UTF-8, ``check_text`` tells.
    """
    with path.open("rb") as raw:
        try:
            yield text_stream(raw, newline=newline)
        except UnicodeDecodeError as error:
            raise ArticleError(
                f"{path}: is damaged {error.encoding} ({error.reason}).", hint="Save it as UTF-8."
            ) from error


def each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The ``object_pairs_hook`` of JSON for rows, in which a field says one thing.

    Raises:
        ValueError: one stands there twice; Python would take the last and forget the others.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"'{twice}' stands twice in one object")
    return found


def no_text_column(where: str, columns: Sequence[str]) -> ArticleError:
    """The error for a table without articles."""
    some = ", ".join(f"'{name}'" for name in columns[:8])
    return ArticleError(
        f"{where}: has no column 'text'; its columns are {some}.",
        hint="Call the column with the articles 'text'.",
    )


def lacks_reader(where: str, extra: str) -> ArticleError:
    """The error for a file whose reader a plain install leaves out; the other files are read."""
    lacking = lacks_extra("Files of this kind", extra)
    return ArticleError(f"{where}: {lacking.message}", hint=lacking.hint)
