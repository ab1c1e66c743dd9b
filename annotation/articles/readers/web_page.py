"""Web pages, saved as files or fetched from an address: the article in each."""

from __future__ import annotations

import contextlib
import io
import logging
from pathlib import Path

from annotation.articles.decoding import check_text, text_stream
from annotation.articles.readers.interface import Format, InputRow, InputRows, Request
from annotation.articles.readers.text import headline
from annotation.errors import ArticleError


def read_web_page(path: Path, _request: Request) -> InputRows:
    """The article in a page that was saved, as the only row."""
    from annotation.articles.fetch import MAX_BYTES  # here and below: TLS takes a while to load

    with path.open("rb") as raw:
        content = raw.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{path}: the page has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Copy the article's text into a .txt file.",
        )
    yield str(path), _article_in(content, str(path), url=None)


def page_row(url: str, *, allow_private: bool) -> InputRow:
    """The article on a page of the web."""
    from annotation.articles.fetch import fetch

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
    return {"text": content, "title": headline(content), "url": page.url}


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


WEB_PAGE = Format("a web page", (".html", ".htm"), read_web_page, presplit=False)
