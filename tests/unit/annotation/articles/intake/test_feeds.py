"""A feed is read for the addresses in it, and whatever else it says does no harm."""

from __future__ import annotations

import pytest

from annotation.articles.intake.feeds import MAX_ADDRESS, MAX_ENTRIES, Feed, feed_in, read_feed
from annotation.articles.web.fetch import Page
from annotation.errors import ArticleError
from tests.unit.annotation.articles.site import Site, reply

AT = "https://news.example/world/feed"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def read(body: str | bytes) -> Feed:
    content = body if isinstance(body, bytes) else body.encode()
    return feed_in(Page(AT, "application/xml", None, content))


def rss(items: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel><link>/</link>{items}</channel></rss>"


def item(link: str, more: str = "") -> str:
    return f"<item>{more}<link>{link}</link></item>"


@pytest.mark.parametrize(
    "body",
    [
        rss(item("https://a.example/1") + item("https://a.example/2")),
        f"<feed {ATOM}><entry><link href='https://a.example/1'/></entry>"
        "<entry><link rel='alternate' href='https://a.example/2'/></entry></feed>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel><link>https://a.example/</link></channel>'
        "<item><link>https://a.example/1</link></item>"
        "<item><link>https://a.example/2</link></item></rdf:RDF>",
        rss("<item><guid>https://a.example/1</guid></item>" + item("https://a.example/2")),
    ],
    ids=["RSS", "Atom", "RDF", "guid"],
)
def test_every_kind_of_feed_is_read(body: str) -> None:
    assert read(body).addresses == ("https://a.example/1", "https://a.example/2")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/story/1", "https://news.example/story/1"),
        ("story/1", "https://news.example/world/story/1"),
        ("../1", "https://news.example/1"),
        ("//cdn.example/1", "https://cdn.example/1"),
        ("?id=7", "https://news.example/world/feed?id=7"),
        ("  https://a.example/1\n", "https://a.example/1"),
        ("<![CDATA[https://a.example/?a=1&b=2]]>", "https://a.example/?a=1&b=2"),
        ("<![CDATA[https://a.example/?a=1&amp;b=2]]>", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_an_address_is_made_whole(link: str, address: str) -> None:
    assert read(rss(item(link))).addresses == (address,)


def test_relative_addresses_of_atom_are_meant_from_its_base() -> None:
    entry = "<entry><link href='1'/></entry>"
    body = f"<feed {ATOM} xml:base='https://b.example/x/'>{entry}</feed>"
    assert read(body).addresses == ("https://b.example/x/1",)


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,Ten%20died",
        "ftp://a.example/1",
        "mailto:a@b.example",
        "https://",
        "http://[::1",
        "https://a.example/" + "x" * MAX_ADDRESS,
        "https://a.example/1\u202e",
        "https://a.example/one\ntwo",
        "",
        "  ",
    ],
)
def test_what_is_no_address_of_a_page_is_counted_and_passed_by(link: str) -> None:
    found = read(rss(item(link) + item("https://a.example/2")))
    assert found == Feed(("https://a.example/2",), 1, is_cut=False)


def test_links_to_other_things_than_the_article_are_none() -> None:
    more = (
        "<media:link xmlns:media='http://search.yahoo.com/mrss/'>https://m.example/</media:link>"
        f"<atom:link xmlns:atom='{ATOM[7:-1]}' rel='replies' href='https://c.example/'/>"
        "<guid isPermaLink='false'>https://g.example/</guid>"
    )
    assert read(rss(item("https://a.example/1", more))).addresses == ("https://a.example/1",)


def test_the_same_address_counts_once() -> None:
    assert read(rss(item("https://a.example/1") * 3)).addresses == ("https://a.example/1",)


@pytest.mark.parametrize(
    "more",
    [
        "<pubDate>yesterday or so</pubDate>",
        "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>",
        "<pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>",
        "<title>&lt;b&gt;Ten&lt;/b&gt; <i>died</i> <script>alert(1)</script></title>",
        "<title>A & B &nbsp; &eacute; &madeup;</title>",
        "<guid>changes-with-each-reading</guid>",
        "<description><![CDATA[<p>Ten died <a href='/x'>here</a>]]></description>",
    ],
)
def test_nothing_but_the_address_is_read_of_an_entry(more: str) -> None:
    assert read(rss(item("https://a.example/1", more))).addresses == ("https://a.example/1",)


def test_of_ten_thousand_entries_the_first_are_read() -> None:
    found = read(rss("".join(item(f"https://a.example/{n}") for n in range(10_000))))
    assert len(found.addresses) == MAX_ENTRIES
    assert found.addresses[-1] == f"https://a.example/{MAX_ENTRIES - 1}"
    assert found.is_cut


def test_a_feed_without_entries_is_one() -> None:
    assert read(rss("")) == Feed((), 0, is_cut=False)


def test_what_stands_before_the_damage_is_read() -> None:
    body = rss(item("https://a.example/1")) + "<b>&nope; <"
    assert read(body.replace("</channel>", "<item><link>")).addresses == ("https://a.example/1",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_an_encoding_that_is_named_or_marked_is_known(encoding: str) -> None:
    head = f"<?xml version='1.0' encoding='{encoding}'?>"
    body = rss(item("https://a.example/é", "<title>Café</title>"), head).encode(encoding)
    assert read(body).addresses == ("https://a.example/é",)


def test_an_encoding_that_is_named_wrongly_costs_no_entry_beside_it() -> None:
    head = "<?xml version='1.0' encoding='utf-8'?>"
    body = rss(item("https://a.example/1", "<title>Café</title>"), head).encode("latin-1")
    assert read(body).addresses == ("https://a.example/1",)


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n",
        "Ten people died.",
        "<html><body><a href='/x'>x</a></body></html>",
        "<!doctype html><title>Log in</title><p>Please",
        '{"items": []}',
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x00\xff" * 100,
        b"%PDF-1.7",
        "<" * 100_000,
        "<a " * 100_000,
    ],
)
def test_what_is_no_feed_is_refused(body: str | bytes) -> None:
    with pytest.raises(ArticleError, match="is not an RSS or Atom feed"):
        read(body)


GROWING = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize(
    "declared",
    [
        f"<!ENTITY e0 'aaaaaaaaaa'>{GROWING}",
        "<!ENTITY e11 SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY e11 SYSTEM 'http://169.254.169.254/'>",
        "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;",
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(declared: str) -> None:
    body = rss(item("https://a.example/&e11;"), f"<!DOCTYPE rss [{declared}]>")
    with pytest.raises(ArticleError, match="declares entities"):
        read(body)


def test_the_document_type_of_old_feeds_is_no_fault_and_not_loaded() -> None:
    head = "<!DOCTYPE rss SYSTEM 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"
    assert read(rss(item("https://a.example/1"), head)).addresses == ("https://a.example/1",)


def test_a_feed_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ArticleError, match="damaged"):
        read(rss("<b>" * 50_000 + item("https://a.example/1")))


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml", "text/html"])
def test_a_feed_is_fetched_whatever_its_server_calls_it(content_type: str) -> None:
    site = Site()
    try:
        site.answer = reply(rss(item("/1")).encode(), content_type=content_type)
        assert read_feed(site.url("/feed"), allow_private=True).addresses == (site.url("/1"),)
        with pytest.raises(ArticleError, match="private address"):
            read_feed(site.url("/feed"))
    finally:
        site.close()


def test_a_picture_is_no_feed() -> None:
    site = Site()
    try:
        site.answer = reply(b"GIF89a", content_type="image/gif")
        with pytest.raises(ArticleError, match="is image/gif, not a feed"):
            read_feed(site.url("/feed"), allow_private=True)
    finally:
        site.close()
