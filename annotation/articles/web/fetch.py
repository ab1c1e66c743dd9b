"""One page of the web, fetched with limits; nothing of the network that newsledger runs in.

Addresses come from files that others wrote, so a fetch is limited in time, size, redirects and
content type, and a host that resolves to a private, loopback or link-local address is refused.
The check would be worthless if the name were resolved a second time for the connection (DNS
rebinding), so each hop is resolved once and the connection goes to the very address that was
checked, while TLS goes on to prove the name. ``http.client`` lets us say so in a few lines, which
is why it does the work: higher clients resolve by themselves, and proxies of the environment, who
would do so too, are not used.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from annotation.errors import ArticleError, UnreachedError

TIMEOUT = 15.0
"""Seconds that one page may take in all, redirects included."""
MAX_BYTES = 20_000_000
"""Bytes that a page may have, after decompression too."""
MAX_REDIRECTS = 5
MAX_WAIT = 86_400.0
"""Seconds that a server may ask to be left alone for; a longer time counts as so much."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_HOLD_IPV4 = tuple(
    ipaddress.IPv6Network(prefix)
    # NAT64 (RFC 6052), IPv4-compatible (RFC 4291, some systems route it), translated (RFC 2765)
    for prefix in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")
)
_LOCAL = tuple(
    ipaddress.IPv6Network(prefix)
    # which Python calls global: NAT64 of a network's own (RFC 8215), site-local (RFC 3879)
    for prefix in ("64:ff9b:1::/48", "fec0::/10")
)
_BY_HAND = "Save the page as .html in a browser and give newsledger that file."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a server."""

    name: str
    """What it is called in a message, with its article: ``"a web page"``."""
    content_types: tuple[str, ...]
    """The content types that it may have."""


WEB_PAGES = Wanted("a web page", ("text/html", "application/xhtml+xml", "text/plain"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered."""

    url: str
    """The address after all redirects."""
    content_type: str
    """One of those that were wanted."""
    charset: str | None
    """The encoding that the server names, None where it names none."""
    body: bytes
    """The page, decompressed."""
    headers: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """What the server said of it."""


def fetch(url: str, *, allow_private: bool = False, wanted: Wanted = WEB_PAGES) -> Page:
    """Read one page.

    Args:
        url: an http or https address.
        allow_private: also read from private, loopback and link-local addresses.
        wanted: what it is to be.

    Raises:
        ArticleError: the address is none, or is refused, or does not answer with what is wanted.
        UnreachedError: the server does not answer, or not now.
    """
    where, base = url, ""
    opened = _OpenSocket()
    timer = threading.Timer(TIMEOUT, opened.cut)
    timer.daemon = True
    timer.start()
    try:
        for _ in range(MAX_REDIRECTS + 1):
            parts = _parse(url, where, base)
            found = _get(parts, where, opened, wanted, allow_private=allow_private)
            if isinstance(found, Page):
                return found
            url, base = found, urlunsplit(parts)
    except (OSError, http.client.HTTPException) as error:
        if opened.is_cut:
            raise UnreachedError(
                f"{where}: the page did not arrive within {TIMEOUT:.0f} seconds.",
                where=where,
                hint=_BY_HAND,
            ) from error
        raise UnreachedError(
            f"{where}: cannot be fetched: {_reason(error)}.", where=where, hint=_BY_HAND
        ) from error
    finally:
        timer.cancel()
    raise ArticleError(f"{where}: redirects more than {MAX_REDIRECTS} times.", hint=_BY_HAND)


class _OpenSocket:
    """The socket in use, which the timer cuts when the time is up, whatever it waits for."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.is_cut = False

    def cut(self) -> None:
        self.is_cut = True
        if self.socket is not None:
            with contextlib.suppress(OSError):  # it may end by itself in this moment
                self.socket.shutdown(socket.SHUT_RDWR)


def _parse(url: str, where: str, base: str) -> SplitResult:
    """The parts of an address, ready to be sent: host in ASCII, path quoted.

    ``base`` is the page that redirects to it, empty where there is none.
    """
    named = f"redirects to '{url}', which" if base else f"'{url}'"
    safe = "/%:@!$&'()*+,;=~-._"
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
        path, query = quote(parts.path or "/", safe), quote(parts.query, safe + "?")
    except ValueError as error:  # UnicodeError is one
        raise ArticleError(f"{where}: {named} is not a valid address.", hint=_BY_HAND) from error
    if parts.scheme not in ("http", "https") or not host:
        raise ArticleError(
            f"{where}: {named} is not an http or https address.",
            hint="Give a file, a folder, or an address that begins with https://.",
        )
    if parts.username or parts.password:
        raise ArticleError(
            f"{where}: an address with a user name or password is not read.", hint=_BY_HAND
        )
    netloc = f"[{host}]{port}" if ":" in host else host + port
    return SplitResult(parts.scheme, netloc, path, query, "")


def _get(
    parts: SplitResult, where: str, opened: _OpenSocket, wanted: Wanted, *, allow_private: bool
) -> Page | str:
    """One request; the page, or the address to go to next."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    addresses = _resolve(host, port, where, allow_private=allow_private)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.sock = opened.socket = _connect(addresses)
        if secure:
            wrapped = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.sock = opened.socket = wrapped
            wrapped.do_handshake()
        if opened.is_cut:
            raise TimeoutError("timed out")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET",
            target,
            headers={
                "Host": parts.netloc,
                "User-Agent": "newsledger",
                "Accept": ", ".join(wanted.content_types),
                "Accept-Encoding": "gzip",
            },
        )
        with connection.getresponse() as response:
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return location
            return _page(response, urlunsplit(parts), where, opened, wanted)
    finally:
        opened.socket = None
        connection.close()


def _page(
    response: http.client.HTTPResponse, url: str, where: str, opened: _OpenSocket, wanted: Wanted
) -> Page:
    """The page that a server answers with, if it is one."""
    if response.status in _NOT_NOW:
        raise UnreachedError(
            f"{where}: the server answers {response.status} {response.reason}.",
            where=where,
            hint=_BY_HAND,
            wait=_wait(response.getheader("Retry-After")),
        )
    if response.status != 200:
        raise ArticleError(
            f"{where}: the server answers {response.status} {response.reason}.", hint=_BY_HAND
        )
    content_type = response.headers.get_content_type()
    if content_type not in wanted.content_types:
        raise ArticleError(
            f"{where}: is {content_type}, not {wanted.name}.",
            hint="Download it and give newsledger the file, if it is one that newsledger reads.",
        )
    if response.length is not None and response.length > MAX_BYTES:
        raise _too_large(where)
    try:
        packed = response.read(MAX_BYTES + 1)
    except ValueError as error:  # a size below zero
        raise http.client.HTTPException(f"its answer is damaged ({error})") from error
    if opened.is_cut:
        raise TimeoutError("timed out")
    if response.length and len(packed) <= MAX_BYTES:
        raise http.client.HTTPException(
            f"of {len(packed) + response.length:,} bytes only {len(packed):,} came"
        )
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        try:
            body = _unpacked(packed)
        except zlib.error as error:
            raise ArticleError(f"{where}: the page is damaged ({error}).", hint=_BY_HAND) from error
    elif encoding == "identity":
        body = packed
    else:
        raise ArticleError(f"{where}: the page is compressed as '{encoding}'.", hint=_BY_HAND)
    if len(packed) > MAX_BYTES or len(body) > MAX_BYTES:
        raise _too_large(where)
    charset = response.headers.get_content_charset()
    return Page(url, content_type, charset, body, tuple(response.getheaders()))


def _unpacked(packed: bytes) -> bytes:
    """What gzip or zlib packed, in one piece or several; no more than one byte over the limit.

    Raises:
        zlib.error: it is damaged, or breaks off.
    """
    body = b""
    while packed.rstrip(b"\0") and len(body) <= MAX_BYTES:
        piece = zlib.decompressobj(32 + zlib.MAX_WBITS)
        body += piece.decompress(packed, MAX_BYTES + 1 - len(body))
        if not piece.eof and len(body) <= MAX_BYTES:
            raise zlib.error("it breaks off")
        packed = piece.unused_data
    return body


def _wait(retry_after: str | None) -> float:
    """Seconds that a server asks to be left alone for; 0 where it names a date."""
    seconds = (retry_after or "").strip()
    return min(float(seconds), MAX_WAIT) if seconds.isdecimal() and len(seconds) < 16 else 0.0


def _too_large(where: str) -> ArticleError:
    return ArticleError(
        f"{where}: the page has more than {MAX_BYTES // 1_000_000} MB.", hint=_BY_HAND
    )


def _resolve(
    host: str, port: int, where: str, *, allow_private: bool
) -> tuple[tuple[str, int], ...]:
    """The addresses of a host, all of them checked.

    One private address among public ones refuses the host: a name that points both ways is the
    mark of an attack, or of a network in which the page should be fetched by hand.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise UnreachedError(
            f"{where}: the host '{host}' is not known.",
            where=where,
            hint="Check the address and the network.",
        ) from error
    addresses = tuple(dict.fromkeys((str(answer[4][0]), int(answer[4][1])) for answer in answers))
    for address, _ in addresses:
        if not allow_private and not _is_public(address):
            raise ArticleError(
                f"{where}: '{host}' is the private address {address}.",
                hint="Save the page as a file, or allow private addresses.",
            )
    return addresses


def _is_public(address: str) -> bool:
    """True where the address, and the IPv4 address inside it, belong to the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.is_multicast or not ip.is_global:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return True
    if any(ip in network for network in _LOCAL):
        return False
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if any(ip in network for network in _HOLD_IPV4):
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return all(one is None or one.is_global for one in inner)


def _connect(addresses: tuple[tuple[str, int], ...]) -> socket.socket:
    """A connection to the first address that answers."""
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection(address, timeout=TIMEOUT / 3)
        except OSError as error:
            failure = error
    raise failure


def _reason(error: Exception) -> str:
    """What an error says, in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error).rstrip(".") or type(error).__name__
