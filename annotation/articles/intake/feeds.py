"""A feed (RSS, RDF or Atom): the addresses of the articles that it lists.

A feed is what others wrote, and much of what it says is wrong: dates, ids that change, titles with
HTML in them. So nothing of an entry is used but its address; what the article says, from whom it is
and of which day, its own page tells. Entities are not resolved and nothing is loaded for a feed.

lxml reads it, which goes on behind what is no XML and takes a third of a second for 10,000 entries.
The usual library for feeds, feedparser, knows dates, authors and content, too, which are not wanted
here; it takes half a minute for as many, and as long for 800 kB of ``<a`` without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from annotation.errors import ArticleError

if TYPE_CHECKING:
    from annotation.articles.web.fetch import Page

MAX_ENTRIES = 1_000
"""Entries of a feed that are read: the first ones, which are the newest as a rule."""
MAX_ADDRESS = 2_000
"""Characters that an address may have."""

_CONTENT_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
    "text/xml", "text/html", "text/plain", "application/octet-stream",
)  # fmt: skip
"""Those of feeds, and those that servers without a name for feeds send them as."""
_ROOTS = frozenset({"rss", "RDF", "feed"})
_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")
_NO_FEED = (
    "Give the address of the feed itself; a single article goes into a file of addresses, "
    "or through `newsledger push`."
)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists."""

    addresses: tuple[str, ...]
    """Each article's address, whole, in the order of the feed, each once."""
    without_address: int
    """Entries that name no http or https address."""
    is_cut: bool
    """True where the feed has more entries than are read."""


def read_feed(url: str, *, allow_private: bool = False) -> Feed:
    """Fetch a feed, within the limits of :mod:`annotation.articles.web.fetch`.

    Args:
        url: its address.
        allow_private: also fetch it from private, loopback and link-local addresses.

    Raises:
        ArticleError: it cannot be fetched, or is no feed.
    """
    from annotation.articles.web.fetch import Wanted, fetch  # TLS takes a while to load

    return feed_in(fetch(url, allow_private=allow_private, wanted=Wanted("a feed", _CONTENT_TYPES)))


def feed_in(page: Page) -> Feed:
    """What the feed on a page lists.

    Args:
        page: as it was fetched; relative addresses are meant from its own.

    Raises:
        ArticleError: the page is no feed, or too damaged for any of its entries to be found.
    """
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    body = page.body
    if b"\0" not in body:  # which UTF-16 has
        body = _BARE_AMPERSAND.sub(b"&amp;", body)
    try:
        root = etree.fromstring(body, parser, base_url=page.url)
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname not in _ROOTS:
        raise ArticleError(f"{page.url}: is not an RSS or Atom feed.", hint=_NO_FEED)
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise ArticleError(
            f"{page.url}: the feed declares entities of its own and is not read, as no honest feed "
            "needs them.",
            hint="Remove it from the watched sources.",
        )
    entries = list(islice(root.iter("{*}item", "{*}entry"), MAX_ENTRIES + 1))
    if not entries and len(parser.error_log):
        raise ArticleError(
            f"{page.url}: the feed is damaged; no entry was found in it.",
            hint="Look at it in a browser; it may be whole again later.",
        )
    found = [_address(entry) for entry in entries[:MAX_ENTRIES]]
    return Feed(
        addresses=tuple(dict.fromkeys(one for one in found if one is not None)),
        without_address=found.count(None),
        is_cut=len(entries) > MAX_ENTRIES,
    )


def _address(entry: Any) -> str | None:
    """The address of an entry's article; None where it names none that can be fetched."""
    for base, named in _named(entry):  # an empty one means the feed itself
        # In CDATA they are often escaped once more, and in what is no XML we have done so above.
        address = named.strip().replace("&amp;", "&")
        try:
            whole = urljoin(base, address)
            parts = urlsplit(whole)
        except ValueError:
            continue
        if (
            address.isprintable()
            and whole != base
            and parts.scheme in ("http", "https")
            and parts.netloc
            and len(whole) <= MAX_ADDRESS
        ):
            return whole
    return None


def _named(entry: Any) -> Iterator[tuple[str, str]]:
    """What an entry names as its address, the likeliest first, with the base of each."""
    from lxml.etree import QName

    own = QName(entry).namespace
    for link in entry.iterchildren("{*}link"):
        of_atom = QName(link).namespace in _ATOM
        if of_atom and link.get("rel", "alternate") == "alternate":
            yield link.base or "", link.get("href") or ""
        elif not of_atom and QName(link).namespace == own:  # others are of media and the like
            yield link.base or "", link.text or ""
    for guid in entry.iterchildren("guid"):
        if guid.get("isPermaLink", "true") == "true" and "://" in (guid.text or ""):
            yield "", guid.text
