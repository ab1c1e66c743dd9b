"""What can be known of the local server without starting one; the rest is in tests/server."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from annotation.errors import ServerError
from annotation.labelstudio import local_server as server
from annotation.labelstudio.local_server import LocalServer


@pytest.mark.parametrize("answer", [None, b"", b"<html>Hello</html>", b"[]", b'{"email": "x@y"}'])
def test_another_program_that_took_the_port_is_told_from_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | None
) -> None:
    monkeypatch.setattr(server, "_get", lambda url, token=None: answer)
    with pytest.raises(ServerError, match="port 9 is not the Label Studio"):
        LocalServer(tmp_path)._check_identity(9)


def test_a_starter_killed_before_the_server_is_written_down_leaves_nothing(tmp_path: Path) -> None:
    program = f"""
        import os
        from pathlib import Path
        from annotation.labelstudio import local_server as server
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
