"""A gateway on loopback that fails on purpose, before or after the server has acted.

Which calls meet which fault is drawn from a seed. Verbs ask one thing at a time, so the draws are
the same each time, as long as they ask the same.
"""

from __future__ import annotations

import http.client
import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tests.faults.loopback import Loopback

BEFORE = ("reset", "500", "502", "503", "504", "429", "401", "slow")
"""Faults that keep the call from the server, and a delay."""

AFTER = ("reset after", "500 after", "502 after", "504 after", "truncated", "wrong shape", "page")
"""Faults of which the server knows nothing: it has done what it was asked."""

LATE = ("504 late", "reset late", "502 late")
"""The gateway has given up, and the server does what it was asked all the same, some time later."""

KINDS = BEFORE + AFTER + LATE

_SHAPES = (b"[]", b"{}", b"null", b'"later"', b"7", b'{"detail": "Please wait"}', b'{"tasks": 5}')
_PAGE = b"<!doctype html><title>Gateway</title>"
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(slots=True)
class Plan:
    """Which calls fail, and how."""

    chance: random.Random
    """The seed's draws."""
    writes: float = 0.0
    """The share of calls that fail and are to change something."""
    reads: float = 0.0
    """The share of the others that fail."""
    most: int = 10**9
    """Faults at most."""
    latest: float = 1.0
    """Seconds after which the server gets, at the latest, what a gateway has given up."""
    injected: Counter[str] = field(default_factory=Counter)
    """How often there was each fault."""

    def draw(self, method: str) -> str | None:
        """The fault of this call, None for none."""
        rate = self.reads if method == "GET" else self.writes
        if self.chance.random() >= rate or self.injected.total() >= self.most:
            return None
        kind = self.chance.choice(KINDS)
        self.injected[kind] += 1
        return kind


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server has answered."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class FaultProxy(Loopback):
    """Passes calls to a server, and lets some fail.

    Args:
        url: the server.
        plan: which calls fail.
    """

    def __init__(self, url: str, plan: Plan) -> None:
        self.plan = plan
        self._server = urlsplit(url).netloc
        self._late: list[threading.Thread] = []
        self._draw = threading.Lock()
        super().__init__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drain()
        super().__exit__(kind, error, trace)

    def drain(self) -> None:
        """Wait until the server has got everything that a gateway had given up."""
        for thread in self._late:
            thread.join()
        self._late.clear()

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass one call on, or let it fail."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        with self._draw:
            fault = self.plan.draw(handler.command)
            delay = self.plan.chance.uniform(0.05, self.plan.latest)
            shape = self.plan.chance.choice(_SHAPES)
        if fault in LATE:
            self._later(handler, body, delay)
        elif fault == "slow":
            time.sleep(0.3)
        if fault is None or fault == "slow" or fault in AFTER:
            reply = self._pass_on(handler.command, handler.path, dict(handler.headers), body)
        else:
            reply = Reply(502, (), _PAGE)
        _answer(handler, fault, reply, shape)

    def _later(self, handler: BaseHTTPRequestHandler, body: bytes, delay: float) -> None:
        call = (handler.command, handler.path, dict(handler.headers), body)

        def act() -> None:
            time.sleep(delay)
            self._pass_on(*call)

        self._late.append(threading.Thread(target=act))
        self._late[-1].start()

    def _pass_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        connection = http.client.HTTPConnection(self._server, timeout=120)
        try:
            kept = {k: v for k, v in headers.items() if k.lower() not in ("connection", "host")}
            connection.request(method, path, body or None, {**kept, "Host": self._server})
            answer = connection.getresponse()
            return Reply(answer.status, tuple(answer.getheaders()), answer.read())
        except OSError:
            return Reply(502, (), _PAGE)
        finally:
            connection.close()


def _answer(handler: Any, fault: str | None, reply: Reply, shape: bytes) -> None:
    if fault in ("reset", "reset after", "reset late"):
        # With this, closing sends a reset instead of an orderly end.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        return
    headers = {k: v for k, v in reply.headers if k.lower() not in _HOP}
    status, body = reply.status, reply.body
    match fault:
        case "429":
            status, body, headers = 429, b'{"detail": "slowly"}', {"Retry-After": "0"}
        case "401":
            status, body, headers = 401, b'{"detail": "Invalid token."}', {}
        case "500" | "500 after":
            status, body, headers = 500, b'{"id": "1", "detail": "database is locked"}', {}
        case "502" | "503" | "504" | "502 after" | "504 after" | "502 late" | "504 late":
            status, body, headers = int(fault[:3]), _PAGE, {"Content-Type": "text/html"}
        case "page":
            status, body, headers = 200, _PAGE, {"Content-Type": "text/html"}
        case "wrong shape" if status < 300 and body:
            body = shape
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 204:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2] if fault == "truncated" else body)
