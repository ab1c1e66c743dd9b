"""Reports in PDF: their text in paragraphs, tables, headers and footers told apart.

A PDF knows where letters stand, and nothing of words, lines or paragraphs. pypdf gathers lines; the
rules here join them again. What is read is bounded, for a small file can hold any amount.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.articles.decoding import MAX_CHARACTERS, check_text
from annotation.articles.readers.documents.document_text import DocumentText
from annotation.articles.readers.interface import Format, InputRows, Request, lacks_reader
from annotation.articles.readers.text import headline
from annotation.errors import ArticleError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_BYTES = 200_000_000
"""Bytes of a PDF; maps and photographs make reports large."""
MAX_PAGES = 2_000
"""Pages of a PDF."""
MAX_PAGE = 3_000_000
"""Bytes of drawing instructions that a page with text has, and no more: a page of text has 10,000,
and a map with more is passed by."""

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be a header or a footer."""
_SHARE = 0.3
"""Share of the pages that such a line must be on, whatever its numbers."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.?|seite|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s{3,}")
_CELL = 30
"""Characters that the cells of a table have, on the average."""
_FULL = 0.75
"""A line that is shorter than this share of the widest ends its paragraph."""
_STARTS = re.compile(r"\s*(?:[•▪●►○◦■–*-]|\(?\w{1,3}[.)])\s+\S")
"""How an entry of a list begins."""
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_LONGEST_WORD = 100
"""Characters before a line's end that are searched for a broken word; a search tries each place."""
_SUSPENDING = frozenset({"and", "or", "to"})  # as in "short- and long-term"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIGATURES = str.maketrans(
    {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}
)
"""Two letters that are one sign in print; no reader and no model knows "\ufb02ed"."""
_USELESS_TITLE = re.compile(
    r"untitled|microsoft|^[a-z]+:\S*$|\.(?:docx?|pdf|indd|pptx?|xlsx?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[str, ...]
    table: frozenset[int]
    """The lines that stand in a table."""
    bare: bool
    """True where there is a picture and no text."""


def read_pdf(path: Path, request: Request) -> InputRows:
    """The text of a PDF, as the only row."""
    try:
        import pypdf
    except ModuleNotFoundError as error:
        raise lacks_reader(str(path), "documents") from error
    # It tells of what it puts right.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    logging.getLogger("pypdf").propagate = False
    where = str(path)
    if path.stat().st_size > MAX_BYTES:
        raise ArticleError(
            f"{where}: the PDF has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Print the pages that you need into a PDF of their own.",
        )
    try:
        with path.open("rb") as raw:
            reader = pypdf.PdfReader(raw)
            _require_open(reader, where)
            pages = _pages(reader, where)
            title = _title(reader)
    except (ArticleError, OSError):
        raise
    except Exception as error:  # a damaged file raises whatever its parts lead to
        raise ArticleError(
            f"{where}: is not a PDF, or is damaged ({type(error).__name__}).",
            hint="Open it and print it into a new PDF, or copy its text into a .txt file.",
        ) from error
    if not any(page.lines for page in pages):
        raise ArticleError(
            f"{where}: the PDF holds pictures of text and no text, as a scan does.",
            hint="Have its text recognised first, for example: ocrmypdf OLD.pdf NEW.pdf",
        )
    if bare := [number for number, page in enumerate(pages, 1) if page.bare]:
        some = ", ".join(map(str, bare[:5])) + (" and others" if len(bare) > 5 else "")
        request.on_problem(
            ArticleError(
                f"{where}: {len(bare)} of the {len(pages)} pages hold a picture and no text "
                f"({some}).",
                hint="If it is text, have it recognised: ocrmypdf --skip-text OLD.pdf NEW.pdf",
            )
        )
    document = _document(pages)
    check_text(document.text, where, "the PDF")
    yield (
        where,
        {
            "text": document.text,
            "title": title or headline(document.text),
            "asides": document.asides,
        },
    )


def _require_open(reader: PdfReader, where: str) -> None:
    """Refuse a locked file; one that only forbids printing opens without a password."""
    from pypdf.errors import DependencyError

    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        opened = False
    if not opened:
        raise ArticleError(
            f"{where}: the PDF is encrypted.", hint="Open it, and save or print it without that."
        )


def _title(reader: PdfReader) -> str:
    """The title that its maker gave, unless it is the name of a file or of a program."""
    said = reader.metadata.title if reader.metadata else None
    title = " ".join(said.split()) if isinstance(said, str) else ""
    return "" if len(title) > 300 or _USELESS_TITLE.search(title) else title


def _pages(reader: PdfReader, where: str) -> list[_Page]:
    if len(reader.pages) > MAX_PAGES:
        raise ArticleError(
            f"{where}: the PDF has more than {MAX_PAGES:,} pages.",
            hint="Print the pages that you need into a PDF of their own.",
        )
    pages, characters = list[_Page](), 0
    for page in reader.pages:
        pages.append(_page(page))
        characters += sum(map(len, pages[-1].lines))
        if characters > MAX_CHARACTERS:
            raise ArticleError(
                f"{where}: the PDF has more than {MAX_CHARACTERS:,} characters.",
                hint="Print the pages that you need into a PDF of their own.",
            )
    return pages


def _page(page: PageObject) -> _Page:
    content = page.get_contents()
    if content is None or len(content.get_data()) > MAX_PAGE:
        return _Page((), frozenset(), bare=content is not None)
    lines = tuple(line.strip() for line in _clean(page.extract_text()).split("\n") if line.strip())
    return _Page(lines, _table_lines(page, lines), bare=not lines and _has_pictures(page))


def _clean(text: str) -> str:
    """Text without zero bytes and halves of characters, and with letters for ligatures."""
    return text.replace("\0", "").encode(errors="ignore").decode().translate(_LIGATURES)


def _has_pictures(page: PageObject) -> bool:
    resources: Any = page.get("/Resources")
    return bool(resources is not None and resources.get_object().get("/XObject"))


def _table_lines(page: PageObject, lines: Sequence[str]) -> frozenset[int]:
    """Which lines stand in a table: three rows or more of three short cells or more."""
    rows = _clean(page.extract_text(extraction_mode="layout")).split("\n")
    inside, run = set[str](), list[list[str]]()
    for row in [*rows, "."]:
        cells = _GAP.split(row.strip())
        if len(cells) > 2 and sum(map(len, cells)) <= _CELL * len(cells):
            run.append(cells)
        elif row.strip():
            if len(run) > 2:
                for one in run:
                    inside.update(map(_bare, one), (_bare("".join(one)),))
            run = []
    return frozenset(number for number, line in enumerate(lines) if inside and _is_in(line, inside))


def _is_in(line: str, cells: set[str]) -> bool:
    return _bare(line) in cells or all(_bare(word) in cells for word in line.split())


def _bare(text: str) -> str:
    return "".join(text.split())


def _document(pages: Sequence[_Page]) -> DocumentText:
    """The text of all pages: lines joined to paragraphs, also over the end of a page."""
    document, repeated = DocumentText(), _repeated(pages)
    words = Counter(word.lower() for page in pages for line in page.lines
                    for word in _WORD.findall(line))  # fmt: skip
    paragraph, waiting = list[str](), list[str]()  # of a page's edge, until the paragraph has ended

    def end() -> None:
        document.add("".join(paragraph))
        for one in waiting:
            document.add(one, aside=True)
        paragraph.clear()
        waiting.clear()

    for page in pages:
        story = [n for n in range(len(page.lines)) if n not in page.table]
        widest = max((len(page.lines[n]) for n in story), default=0)
        table = list[str]()
        for number, line in enumerate(page.lines):
            if _is_edge(page, number) and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line)):
                waiting.append(line)
                continue
            if number in page.table:
                if not table:
                    end()
                table.append(line)
                continue
            if table:
                document.add("\n".join(table), aside=True)
                table.clear()
            if paragraph and _STARTS.match(line):
                end()
            _join(paragraph, line, words)
            if len(line) < _FULL * widest and not _BROKEN.search(line[-_LONGEST_WORD:]):
                end()
        document.add("\n".join(table), aside=True)
    end()
    return document


def _repeated(pages: Sequence[_Page]) -> frozenset[str]:
    """The lines at the edges of many pages."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(line) for n, line in enumerate(page.lines) if _is_edge(page, n)}
    )
    return frozenset(key for key, times in seen.items() if times >= max(2, _SHARE * len(pages)))


def _is_edge(page: _Page, number: int) -> bool:
    return number < _EDGE or number >= len(page.lines) - _EDGE


def _key(line: str) -> str:
    """A line without its numbers, which count pages."""
    return re.sub(r"\d+", "#", line.lower())


def _join(paragraph: list[str], line: str, words: Counter[str]) -> None:
    """Add the next line to a paragraph's parts; a word that was broken at its end is whole again.

    Where the hyphen is the word's own ("Russian-backed", "ez-Zor", "Covid-19"), it stays: before
    what is no small letter, in a word with a capital, and where the document has it elsewhere.
    """
    before = "".join(part[-_LONGEST_WORD:] for part in paragraph[-_LONGEST_WORD:])
    broken = _BROKEN.search(before[-_LONGEST_WORD:])
    if broken is None or line.split(maxsplit=1)[0] in _SUSPENDING:
        paragraph.append(f" {line}" if paragraph else line)
        return
    rest = _WORD.match(line)
    if rest is not None and rest.group()[0].islower():
        half, other = broken.group(1), rest.group()
        whole, hyphened = (half + other).lower(), f"{half}-{other}".lower()
        own = words[hyphened] > words[whole] or (words[whole] == 0 and half[0].isupper())
        soft = before.endswith("\u00ad")
        paragraph[-1] = paragraph[-1][:-1] + ("" if soft or not own else "-")
    paragraph.append(line)


PDF = Format("a PDF", (".pdf",), read_pdf, presplit=False)
"""PDF, as most reports are published."""
