"""Web pages, saved as files or fetched from an address: the article in each."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.articles.decoding import check_text, text_stream
from annotation.articles.readers.interface import (
    Asides,
    Format,
    InputRow,
    InputRows,
    OnProblem,
    PageDigest,
    Request,
)
from annotation.articles.readers.text import headline
from annotation.errors import ArticleError

if TYPE_CHECKING:
    from trafilatura.settings import Document

    from annotation.articles.web.fetch import Page

MAX_ELEMENTS = 15_000
"""Elements of a page that is read; trafilatura takes about a second for a thousand paragraphs."""
MAX_ATTRIBUTES = 10_000
"""Attributes of an element of a page that is read; lxml compares each with all before it."""
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_AS_MUCH = 0.8
"""Share of the text that must be there still when lines are made paragraphs."""
_MISSED = 5
"""Longer paragraphs that a page may have beside its article without a word of it."""


def read_web_page(path: Path, request: Request) -> InputRows:
    """The article in a page that was saved, as the only row."""
    from annotation.articles.web.fetch import MAX_BYTES  # here and below: TLS takes a while to load

    with path.open("rb") as raw:
        content = raw.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{path}: the page has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Copy the article's text into a .txt file.",
        )
    yield str(path), article_in(content, str(path), url=None, on_problem=request.on_problem)


def page_row(url: str, request: Request, *, allow_private: bool) -> InputRow:
    """The article on a page of the web; the page is kept where that is asked for."""
    from annotation.articles.web.fetch import fetch

    page = fetch(url, allow_private=allow_private)
    row = _row_of(page, url, request.on_problem)
    if request.keep_page is None:
        return row
    return {**row, "page": PageDigest(request.keep_page(page))}


def _row_of(page: Page, url: str, on_problem: OnProblem) -> InputRow:
    content: str | bytes = page.body
    if page.charset:
        # Where the server is wrong about it, trafilatura finds out by itself.
        with contextlib.suppress(LookupError, ValueError):
            content = page.body.decode(page.charset)
    if page.content_type != "text/plain":
        return article_in(content, url, url=page.url, on_problem=on_problem)
    if isinstance(content, bytes):
        content = text_stream(io.BytesIO(content), newline=None).read()
    check_text(content, url, "the page")
    return {"text": content, "title": headline(content), "url": page.url}


def article_in(
    content: str | bytes, where: str, *, url: str | None, on_problem: OnProblem
) -> InputRow:
    """The article in a page of HTML: found by trafilatura, and compared with the whole page.

    Raises:
        ArticleError: there is none, or the page is too large.
    """
    import trafilatura

    from annotation.articles.readers.documents.declared_article import with_declared
    from annotation.articles.readers.documents.missing_text import with_missing
    from annotation.articles.readers.documents.other_stories import other_stories
    from annotation.articles.readers.documents.page_blocks import (
        blocks,
        left_out,
        part_lines,
        part_loose,
    )

    # It would write what it cannot parse to standard error; we say so ourselves.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    if not content.strip():
        raise ArticleError(f"{where}: the page is empty.", hint="Was it saved to the end?")
    _check_attributes(content, where)
    tree = trafilatura.load_html(content)
    page, text = None, ""
    if tree is not None:
        if sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
            raise ArticleError(
                f"{where}: the page has more than {MAX_ELEMENTS:,} elements.",
                hint="Copy the article's text into a .txt file.",
            )
        page = _extracted(deepcopy(tree), url)
        part_lines(tree)
        text = _said_once("" if page is None else page.text or "", tree, url)
        part_loose(tree)
        found = blocks(tree)
        text = with_declared(tree, found, with_missing(tree, found, text))
    if page is None or not text:
        raise ArticleError(
            f"{where}: no article was found in the page.",
            hint="If it has one, copy its text into a .txt file.",
        )
    missing, all_of_them = left_out(found, text)
    if missing >= _MISSED and 2 * missing > all_of_them:
        on_problem(
            ArticleError(
                f"{where}: {missing} of the {all_of_them} longer paragraphs of the page are not in "
                "the article that was found.",
                hint="If they belong to it, copy its text into a .txt file.",
            )
        )
    return {
        "text": text,
        "asides": Asides(other_stories(found, text)),
        "title": page.title,
        "url": url or page.url,
        "source": page.sitename or page.hostname,
        "published": page.date,
    }


def _said_once(text: str, tree: Any, url: str | None) -> str:
    """The text of a page without what trafilatura took twice, read again where that helps.

    Args:
        text: as it was extracted.
        tree: the page, by now with its lines parted.
        url: its address.
    """
    from annotation.articles.readers.documents.page_blocks import without_repeats

    once = without_repeats(text)
    if once == text:
        return text
    again = _extracted(deepcopy(tree), url)
    parted = "" if again is None else without_repeats(again.text or "")
    # Short lines that come again are left in `once`, and would make it seem the richer.
    told = "\n".join(dict.fromkeys(once.split("\n")))
    return parted if len(parted) > _AS_MUCH * len(told) else once


def _check_attributes(content: str | bytes, where: str) -> None:
    """Refuse a page with an element of which lxml would read the attributes for minutes."""
    text = content if isinstance(content, str) else content.decode("latin-1").replace("\0", "")
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() <= MAX_ATTRIBUTES:
            continue
        bare = _QUOTED.sub("", tag.group())
        if max(bare.count("="), len(bare.split())) > MAX_ATTRIBUTES:
            raise ArticleError(
                f"{where}: an element of the page has more than {MAX_ATTRIBUTES:,} attributes.",
                hint="Copy the article's text into a .txt file.",
            )


def _extracted(tree: Any, url: str | None) -> Document | None:
    """What trafilatura makes of a page, which it changes."""
    import trafilatura

    page = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=True)
    return None if isinstance(page, dict) else page


WEB_PAGE = Format("a web page", (".html", ".htm"), read_web_page, presplit=False)
