"""A page is fetched within limits, and never from the network that newsledger runs in."""

from __future__ import annotations

import contextlib
import gzip
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from annotation.articles.intake.inputs import read_articles
from annotation.articles.web import fetch as module
from annotation.articles.web.fetch import Page, fetch
from annotation.errors import ArticleError, UnreachedError
from tests.unit.annotation.articles.site import Site, reply


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def site(server: Site) -> Site:
    server.asked.clear()
    return server


def refusal(url: str, *, allow_private: bool = True) -> str:
    with pytest.raises(ArticleError) as caught:
        fetch(url, allow_private=allow_private)
    assert caught.value.message.startswith(url)
    return caught.value.message.removeprefix(f"{url}: ")


def test_a_page_comes_with_its_address_type_and_charset(site: Site) -> None:
    site.answer = reply("Café".encode("latin-1"), content_type="text/html; charset=ISO-8859-1")

    page = fetch(site.url("/a b?q=é#part"), allow_private=True)

    assert page == Page(site.url("/a%20b?q=%C3%A9"), "text/html", "iso-8859-1", b"Caf\xe9")
    assert site.asked == [("/a%20b?q=%C3%A9", f"127.0.0.1:{site.port}")]


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.answer = reply(gzip.compress(b"Two men died."), Content_Encoding="gzip")
    assert fetch(site.url(), allow_private=True).body == b"Two men died."


def test_redirects_are_followed(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/story":
            reply(b"", 302, Location="/story/2")(handler)
        else:
            reply(b"Two men died.", content_type="text/plain")(handler)

    site.answer = answer
    assert fetch(site.url(), allow_private=True).url == site.url("/story/2")


def test_too_many_redirects_are_refused(site: Site) -> None:
    site.answer = reply(b"", 301, Location="/story")
    assert refusal(site.url()) == "redirects more than 5 times."
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://[",
        "//[",
        "https://[::1",
        "http://]/",
        "http://[x]/",
        "http://a:port/",
        "http://a:99999/",
        "http://a..b/",
        "http://a\uff0fb/",
        f"//{'a' * 70}.org/",
    ],
)
def test_a_redirect_to_what_is_no_address_is_told(
    site: Site, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def redirect(*_: object, **__: object) -> str:
        return location

    monkeypatch.setattr(module, "_get", redirect)
    assert refusal(site.url()) == f"redirects to '{location}', which is not a valid address."


def test_a_redirect_to_what_is_no_address_ends_no_reading(site: Site) -> None:
    site.answer = reply(b"", 302, Location="http://[")
    problems: list[ArticleError] = []
    assert not list(read_articles([site.url()], on_problem=problems.append, allow_private=True))
    assert "redirects to 'http://['" in problems[0].message


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_server_that_refuses_is_told(site: Site, status: int) -> None:
    site.answer = reply(b"no", status)
    assert refusal(site.url()).startswith(f"the server answers {status} ")


def test_only_pages_are_read(site: Site) -> None:
    site.answer = reply(b"%PDF", content_type="application/pdf")
    assert refusal(site.url()) == "is application/pdf, not a web page."


def test_a_large_page_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    site.answer = reply(b"a" * 1001)
    assert "has more than" in refusal(site.url())
    site.answer = reply(b"a", Content_Length="1001")
    assert "has more than" in refusal(site.url())


def test_a_page_that_unpacks_to_a_large_one_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10_000)
    site.answer = reply(gzip.compress(b"a" * 1_000_000), Content_Encoding="gzip")
    assert "has more than" in refusal(site.url())


def test_a_damaged_package_is_refused(site: Site) -> None:
    site.answer = reply(b"no gzip", Content_Encoding="gzip")
    assert refusal(site.url()).startswith("the page is damaged")
    site.answer = reply(b"?", Content_Encoding="br")
    assert refusal(site.url()) == "the page is compressed as 'br'."


def test_a_length_that_is_no_number_says_nothing(site: Site) -> None:
    site.answer = reply(b"Two men died.", Content_Length="many")
    assert fetch(site.url(), allow_private=True).body == b"Two men died."


@pytest.mark.slow
def test_a_server_that_drips_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, the page does not."""
    monkeypatch.setattr(module, "TIMEOUT", 0.3)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        reply(b"<p>")(handler)
        with contextlib.suppress(OSError):
            for _ in range(600):  # half a minute, and no pause is as long as the limit
                handler.wfile.write(b"a")
                time.sleep(0.05)

    site.answer = drip
    started = time.monotonic()
    assert "did not arrive within" in refusal(site.url())
    assert time.monotonic() - started < 15


def test_a_server_that_hangs_up_is_told(site: Site) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    site.answer = hang_up
    assert refusal(site.url()).startswith("cannot be fetched: ")


def test_a_server_that_speaks_no_tls_is_told(site: Site) -> None:
    url = site.url().replace("http:", "https:")
    assert refusal(url).startswith("cannot be fetched: ")


def test_nobody_at_the_address_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert refusal(url) == "cannot be fetched: connection refused."


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http:///path",
        "http://[::1",
        "http://a:port/",
        "http://user:secret@example.org/",
        f"http://{'a' * 70}.org/",
        "http://example.org/\udc80",
        "http://example.org/?q=\ud800",
        "http://\udc80.org/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refusal(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",  # 127.0.0.1 as one number
        "0x7f.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",  # where clouds keep their secrets
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[::10.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[::ffff:0:a9fe:a9fe]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[64:ff9b:1::7f00:1]",  # NAT64 of a network's own (RFC 8215)
        "[64:ff9b:1:a:0:b::1]",
        "[fec0::1]",  # site-local, as it was before fc00::/7
        "[feff::1]",
    ],
)
def test_private_addresses_are_refused_unless_allowed(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_connection(*_: object, **__: object) -> socket.socket:
        raise AssertionError("it connects")

    monkeypatch.setattr(socket, "create_connection", no_connection)
    assert "is the private address" in refusal(f"http://{host}/", allow_private=False)


def resolver(*answers: str) -> Callable[..., list[tuple[object, ...]]]:
    """A name server that gives one answer after the other."""
    rest = iter(answers)

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(rest), port))]

    return resolve


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is public by name; its page sends us to this machine."""
    site.answer = reply(b"", 302, Location=f"http://inside.example:{site.port}/secret")
    monkeypatch.setattr(socket, "getaddrinfo", resolver("93.184.215.14", "127.0.0.1"))

    def connect(address: object, **_: object) -> socket.socket:
        connection = socket.socket()
        connection.connect(("127.0.0.1", site.port))
        return connection

    monkeypatch.setattr(socket, "create_connection", connect)

    message = refusal("http://news.example/", allow_private=False)

    assert message == "'inside.example' is the private address 127.0.0.1."
    assert len(site.asked) == 1


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that is public when checked and private when connected to gains nothing."""
    asked: list[object] = []

    def connect(address: object, **_: object) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolver("93.184.215.14", "127.0.0.1"))
    monkeypatch.setattr(socket, "create_connection", connect)

    refusal("http://news.example/", allow_private=False)

    assert asked == [("93.184.215.14", 80)]


def test_one_private_address_among_public_ones_refuses_the_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.215.14", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    assert "private address 10.0.0.1" in refusal("http://news.example/", allow_private=False)


def test_an_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refusal("https://news.example/") == "the host 'news.example' is not known."


def test_a_page_becomes_an_article_and_a_bad_one_stops_nothing(site: Site) -> None:
    site.answer = reply(
        b"Truce holds\n\nThe truce held on Saturday.", content_type="text/plain; charset=utf-8"
    )
    problems: list[ArticleError] = []

    found = list(
        read_articles(
            ["ftp://example.org/a", site.url()], on_problem=problems.append, allow_private=True
        )
    )

    assert [(a.title, a.url) for a in found] == [("Truce holds", site.url())]
    assert [problem.message for problem in problems] == [
        "ftp://example.org/a: 'ftp://example.org/a' is not an http or https address."
    ]


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("120", 120.0), ("999999999", 86_400.0), ("9" * 40, 0.0), ("-5", 0.0), ("soon", 0.0)],
)
def test_a_server_may_ask_to_be_left_alone(site: Site, asked: str, wait: float) -> None:
    site.answer = reply(b"", 429, Retry_After=asked)
    with pytest.raises(UnreachedError, match="429") as caught:
        fetch(site.url(), allow_private=True)
    assert caught.value.wait == wait
    assert caught.value.where == site.url()


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_server_that_cannot_answer_now_may_be_asked_again(site: Site, status: int) -> None:
    site.answer = reply(b"", status)
    with pytest.raises(UnreachedError):
        fetch(site.url(), allow_private=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_page_that_is_not_there_need_not_be_asked_for_again(site: Site, status: int) -> None:
    site.answer = reply(b"", status)
    with pytest.raises(ArticleError) as caught:
        fetch(site.url(), allow_private=True)
    assert not isinstance(caught.value, UnreachedError)


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "hex", "nonsense", "utf-7"])
def test_a_charset_that_cannot_be_meant_ends_no_reading(site: Site, charset: str) -> None:
    text = "Two men died in the town of Béni. " * 30
    site.answer = reply(
        f"<article><p>{text}</p></article>".encode(), content_type=f"text/html; charset={charset}"
    )
    problems: list[ArticleError] = []
    found = list(read_articles([site.url()], on_problem=problems.append, allow_private=True))
    assert len(found) + len(problems) == 1


def test_a_page_that_did_not_come_whole_is_no_page(site: Site) -> None:
    site.answer = reply(b"Two men died.", Content_Length="500")
    assert refusal(site.url()) == "cannot be fetched: of 500 bytes only 13 came."
    packed = gzip.compress(b"Two men died. " * 500)
    site.answer = reply(packed[:-12], Content_Encoding="gzip")
    assert refusal(site.url()) == "the page is damaged (it breaks off)."


def test_a_page_packed_in_pieces_is_read_to_the_end(site: Site) -> None:
    pieces = gzip.compress(b"Two men ") + gzip.compress(b"died.") + b"\0" * 9
    site.answer = reply(pieces, Content_Encoding="gzip")
    assert fetch(site.url(), allow_private=True).body == b"Two men died."


def test_a_piece_of_less_than_nothing_is_told(site: Site) -> None:
    site.answer = reply(b"-5\r\nTwo men died.", Transfer_Encoding="chunked")
    assert refusal(site.url()).startswith("cannot be fetched: its answer is damaged")
