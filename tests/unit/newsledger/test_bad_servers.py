"""Servers that are dead, or something else than a Label Studio, through the command line."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.unit.newsledger.conftest import Run
from tests.unit.newsledger.refusals import (
    assert_refused,
    champion_of,
    contents,
    refused_model,
)


class Stranger(BaseHTTPRequestHandler):
    """Answers every request with the same, and it is never Label Studio's."""

    answer = (200, "text/html", b"")

    def do_GET(self) -> None:
        status, kind, body = self.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PATCH = do_GET  # noqa: N815  # names of http.server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


PAGE = b"<!doctype html><title>It works!</title>"
STRANGERS: dict[str, tuple[int, str, bytes]] = {
    "a page": (200, "text/html", PAGE),
    "a page not found": (404, "text/html", PAGE),
    "other JSON": (200, "application/json", b'{"status": "ok"}'),
    "a list": (200, "application/json", b"[]"),
    "nothing": (200, "application/json", b""),
}


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Iterator[str]:
    handler = type("Handler", (Stranger,), {"answer": STRANGERS[request.param]})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def dead() -> str:
    """An address where somebody listened until just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


VERBS = [("push", "good.txt"), ("pull",), ("retrain",)]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_dead_server_is_named(
    newsledger: Run, workspace: Path, good: str, dead: str, verb: tuple[str, ...]
) -> None:
    before = contents(workspace)
    done = newsledger(*verb, "--label-studio-url", dead, "--api-key", "s3cr3t")
    assert_refused(done, f"No Label Studio answers at {dead}")
    assert "s3cr3t" not in done.err
    assert contents(workspace) == before


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_a_wrong_server_is_told_from_a_label_studio(
    newsledger: Run, workspace: Path, good: str, stranger: str, verb: tuple[str, ...]
) -> None:
    before = contents(workspace)
    done = newsledger(*verb, "--label-studio-url", stranger, "--api-key", "s3cr3t")
    assert_refused(done, f"What answers at {stranger} is not a Label Studio")
    assert contents(workspace) == before


@pytest.mark.parametrize("stranger", ["a page"], indirect=True)
def test_a_promotion_holds_even_if_no_server_can_be_told(
    newsledger: Run, workspace: Path, stranger: str, dead: str
) -> None:
    first, second = champion_of(workspace), refused_model(workspace)
    for url, command, champion in (
        (stranger, ("promote", second.name), second),
        (dead, ("rollback",), first),
    ):
        done = newsledger(*command, "--label-studio-url", url, "--api-key", "s3cr3t")
        assert done.code == 1
        assert f"{champion.name} is the champion now" in done.out
        (told,) = done.err.splitlines()
        assert url in told
        assert champion_of(workspace) == champion
