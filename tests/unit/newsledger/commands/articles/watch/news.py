"""News as it comes in tests: a site with a feed and pages, and rounds of a watch over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

from newsledger.watching.rounds import RoundResult
from tests.contract.fake_studio import FakeStudio
from tests.unit.annotation.articles.site import Site, reply

BEGIN = datetime(2027, 1, 10, 10, 0, tzinfo=UTC)
"""After any file of these tests was written."""

Go = Callable[..., RoundResult]
"""Makes one round over sources, so many minutes after the first."""


class News:
    """A site with a feed and pages, each of them as a test says."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.listed: list[str] = []
        self.pages: dict[str, bytes | int] = {}
        self.entry = "<item><link>{}</link></item>"
        self.feed: bytes | int | None = None
        site.asked.clear()
        site.answer = self._answer

    @property
    def url(self) -> str:
        return self.site.url("/feed")

    def add(self, *names: str) -> None:
        for name in names:
            self.listed.append(self.site.url(f"/{name}"))
            self.pages[f"/{name}"] = page(name)

    def fetched(self) -> list[str]:
        """The pages that were asked for since the last time, without the feed."""
        found = [path for path, _ in self.site.asked if path != "/feed"]
        self.site.asked.clear()
        return found

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        content: bytes | int | None = self.pages.get(handler.path.partition("?")[0], 404)
        content_type = "text/html"
        if handler.path == "/feed":
            items = "".join(map(self.entry.format, self.listed))
            whole = f"<rss><channel>{items}</channel></rss>".encode()
            content, content_type = whole if self.feed is None else self.feed, "text/xml"
        if isinstance(content, bytes):
            reply(content, content_type=content_type)(handler)
        else:
            reply(b"", content or 404)(handler)


def page(name: str, text: str = "") -> bytes:
    text = text or f"Gunmen killed twelve traders in {name} on Friday. The market of {name} burned."
    head = f"<head><title>Raid on {name}</title><meta name=date content=2026-11-27></head>"
    return f"<html>{head}<body><article><p>{text}</p></article></body></html>".encode()


def sentences(server: FakeStudio) -> list[str]:
    """The texts of all tasks; one that is there twice is twice in it."""
    return sorted(task["data"]["text"] for task in server.tasks.values())


def of(*names: str) -> list[str]:
    lines = ("Gunmen killed twelve traders in {} on Friday.", "The market of {} burned.")
    return sorted(line.format(name) for name in names for line in lines)
