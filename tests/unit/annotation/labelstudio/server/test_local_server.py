"""What can be known of the local server without starting one; the rest is in tests/server."""

from __future__ import annotations

import fcntl
import importlib.util
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from annotation.errors import ServerError
from annotation.labelstudio.server import server_process
from annotation.labelstudio.server.local_server import LocalServer


@pytest.mark.parametrize("answer", [None, b"", b"<html>Hello</html>", b"[]", b'{"email": "x@y"}'])
def test_another_program_that_took_the_port_is_told_from_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | None
) -> None:
    monkeypatch.setattr(server_process, "fetched", lambda url, token=None: answer)
    with pytest.raises(ServerError, match="port 9 is not the Label Studio"):
        LocalServer(tmp_path)._check_identity(9)


SOMEBODY_ELSE = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"email": "somebody@else.test"}')

    def log_message(self, format, *args):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[-1])), Page).serve_forever()
"""


@pytest.fixture
def started_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose Label Studio, once started, is another program that answers everything."""
    program = tmp_path / "somebody_else.py"
    program.write_text(SOMEBODY_ELSE, encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} {program} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(sys, "executable", str(python))
    return tmp_path / "server"


@pytest.mark.slow
def test_a_start_after_which_somebody_else_answers_fails_and_leaves_nothing_running(
    started_by_another_program: Path,
) -> None:
    ours = LocalServer(started_by_another_program)
    try:
        with pytest.raises(ServerError, match="is not the Label Studio of"):
            ours.start()
        assert ours.pid is None
    finally:
        ours.stop()
    assert ours.url == ""


@pytest.mark.slow
def test_a_server_whose_port_somebody_else_answers_is_not_used(
    started_by_another_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, later = (LocalServer(started_by_another_program) for _ in range(2))
    monkeypatch.setattr(ours, "_check_identity", lambda port: None)
    ours.start()
    try:
        assert ours.pid is not None
        assert not later.attach()
        assert later.url == ""
    finally:
        ours.stop()


def test_a_starter_killed_before_the_server_is_written_down_leaves_nothing(tmp_path: Path) -> None:
    program = f"""
        import os
        from pathlib import Path
        from annotation.labelstudio.server import local_server as server
        ours = server.LocalServer(Path({str(tmp_path)!r}))
        login = ours.login
        server._write_json = lambda *_: os.kill(os.getpid(), 9)
        ours._spawn(9, login)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert killed.returncode == -9
    with (tmp_path / "server.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # comes as soon as the child has noticed
    assert not (tmp_path / "server.json").exists()
    assert (tmp_path / "server.log").read_text() == ""


def test_a_log_that_cannot_be_opened_leaves_no_lock_behind(tmp_path: Path) -> None:
    ours = LocalServer(tmp_path)
    (tmp_path / "server.log").mkdir()
    with pytest.raises(IsADirectoryError):
        ours._spawn(9, ours.login)
    with (tmp_path / "server.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_long_log_is_begun_anew_and_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.labelstudio.server.local_server._LONGEST_LOG", 1000)
    server = LocalServer(tmp_path)
    server.rotate_log()  # there is none yet
    with server.log.open("ab") as log:  # as the running server has it open
        for number in range(5):
            log.write(b"%d" % number * 600)
            log.flush()
            server.rotate_log()
    assert server.log.read_bytes() == b"4" * 600
    assert (tmp_path / "server.log.1").read_bytes() == (b"2" * 600 + b"3" * 600)[-1000:]


def test_a_login_of_a_later_format_is_refused(tmp_path: Path) -> None:
    assert LocalServer(tmp_path).login.token == LocalServer(tmp_path).login.token
    text = (tmp_path / "login.json").read_text(encoding="utf-8")
    (tmp_path / "login.json").write_text(text.replace('"format": 1', '"format": 2'))
    with pytest.raises(ServerError, match="has format 2; this newsledger reads 1"):
        _ = LocalServer(tmp_path).login


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"pid": "x", "port": 8080}',
        '{"pid": [1], "port": 8080}',
        '{"pid": 0, "port": 8080}',
        '{"pid": -1, "port": 8080}',
        '{"pid": 1e999, "port": 8080}',
        '{"pid": 99999999999999999999, "port": 8080}',
        '{"pid": 5, "port": 80800}',
        '{"pid": true, "port": 8080}',
    ],
)
def test_a_note_of_what_is_no_server_names_none(tmp_path: Path, said: str) -> None:
    (tmp_path / "server.json").write_text(said, encoding="utf-8")
    assert LocalServer(tmp_path)._last_state() is None
    (tmp_path / "server.json").write_text('{"pid": 5, "port": 8080}', encoding="utf-8")
    assert LocalServer(tmp_path)._last_state() == (5, 8080)
