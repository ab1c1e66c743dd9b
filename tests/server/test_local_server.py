from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from annotation.errors import ServerError
from annotation.labelstudio.server import local_server as module
from annotation.labelstudio.server.local_server import LocalServer

pytestmark = pytest.mark.server


def status(url: str, token: str = "") -> int:
    headers = {"Authorization": f"Token {token}"} if token else {}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=30
        ) as got:
            return int(got.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


# ---------------------------------------------------------------- the one of the session


def test_it_listens_on_this_machine_alone(local_server: LocalServer) -> None:
    port = int(local_server.url.rsplit(":", 1)[1])
    listening = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        address, number = line.split()[1].split(":")
        if int(number, 16) == port and line.split()[3] == "0A":
            listening.add(address)
    assert listening == {"0100007F"}


def test_login_and_token_work_and_others_do_not(local_server: LocalServer) -> None:
    ask = f"{local_server.url}/api/projects/"
    assert status(ask, local_server.login.token) == 200
    assert status(ask) == 401
    assert status(ask, "0" * 40) == 401


def test_label_studio_reads_the_key_of_its_sessions_and_makes_none(
    local_server: LocalServer,
) -> None:
    keys = (local_server.folder / "data" / ".env").read_text()
    assert re.fullmatch(r"SECRET_KEY=[0-9a-f]{64}\n", keys)
    assert "SECRET_KEY not found" not in local_server.log.read_text()


def test_nobody_can_sign_up(local_server: LocalServer) -> None:
    page = f"{local_server.url}/user/signup/"
    body = b"email=a%40b.test&password=12345678"
    try:
        with urllib.request.urlopen(page, data=body, timeout=30) as answer:
            refused = "/login" in answer.url
    except urllib.error.HTTPError as error:
        with error:
            refused = error.code == 403
    assert refused


def test_secrets_are_private_and_stand_in_no_log(local_server: LocalServer) -> None:
    for name in ("login.json", "server.json", "server.log", "data/label_studio.sqlite3"):
        mode = stat.S_IMODE((local_server.folder / name).stat().st_mode)
        assert mode & 0o077 == 0, name
    secrets = (local_server.login.password, local_server.login.token)
    log = local_server.log.read_text()
    assert not [one for one in secrets if one in log or one in repr(local_server.login)]


def test_a_second_start_takes_over_the_one_that_runs(local_server: LocalServer) -> None:
    other = LocalServer(local_server.folder)
    other.start()
    assert other.picked_up
    assert (other.url, other.pid) == (local_server.url, local_server.pid)


# --------------------------------------------------------------------- starts and stops


def test_it_starts_in_a_hostile_environment_and_stops_and_keeps_its_port(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PORT", "HOST", "DEBUG", "USERNAME", "PASSWORD", "LABEL_STUDIO_DATABASE"):
        monkeypatch.setenv(name, "nonsense")
    waited: list[float] = []
    server = LocalServer(settled)
    server.start(on_wait=waited.append)
    try:
        assert not server.picked_up
        assert waited == sorted(waited) != []
        assert status(f"{server.url}/api/projects/", server.login.token) == 200
        address, pid = server.url, server.pid
        assert pid is not None
    finally:
        server.stop()
    assert server.pid is None
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)
    with LocalServer(settled) as again:
        assert again.url == address
    server.stop()  # a second time does nothing


def test_a_server_that_outlived_its_starter_is_picked_up_and_can_be_stopped(settled: Path) -> None:
    program = f"""
        import os
        from pathlib import Path
        from annotation.labelstudio.server.local_server import LocalServer
        server = LocalServer(Path({str(settled)!r}))
        server.start()
        print(server.pid, flush=True)
        os.kill(os.getpid(), 9)
    """
    crashed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], check=False, stdout=subprocess.PIPE
    )
    assert crashed.returncode == -9
    server = LocalServer(settled)
    try:
        assert server.pid == int(crashed.stdout)
        server.start()
        assert server.picked_up
    finally:
        server.stop()
    assert server.pid is None


def test_the_wished_port_is_used(settled: Path) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with LocalServer(settled, port=port) as server:
        assert server.url == f"http://127.0.0.1:{port}"


def test_of_two_that_start_at_once_the_second_waits_for_the_first(settled: Path) -> None:
    first, second = LocalServer(settled), LocalServer(settled)
    begun = threading.Event()

    def follow() -> None:
        begun.wait(60)
        second.start()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        first.start(on_wait=lambda waited: begun.set())
        begun.set()
        thread.join(120)
        assert (second.url, second.pid) == (first.url, first.pid)
        assert second.picked_up
        assert not first.picked_up
    finally:
        first.stop()


# ------------------------------------------------------------------------- what goes wrong


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"Port {port} .* is taken") as refused:
            LocalServer(tmp_path, port=port).start()
    assert "--port" in refused.value.hint


def test_without_label_studio_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ServerError, match="not installed") as refused:
        LocalServer(tmp_path).start()
    assert "newsledger[studio]" in refused.value.hint


def test_a_database_that_is_none_ends_the_start_with_its_last_words(settled: Path) -> None:
    (settled / "data" / "label_studio.sqlite3").write_bytes(b"nonsense" * 1000)
    server = LocalServer(settled)
    with pytest.raises(ServerError, match=r"ended while starting.*not a database") as refused:
        server.start()
    assert str(server.log) in refused.value.hint
    assert server.pid is None


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DISK_SPACE_NEEDED", 2**62)
    with pytest.raises(ServerError, match="No space left on device") as refused:
        LocalServer(tmp_path).start()
    assert "Free some space" in refused.value.hint


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServerError, match="cannot be written"):
        LocalServer(tmp_path / "file" / "below").start()


def test_lost_secrets_of_a_settled_server_are_not_replaced(settled: Path) -> None:
    (settled / "login.json").write_text(json.dumps({"user": "x"}))
    with pytest.raises(ServerError, match="missing or damaged"):
        LocalServer(settled).start()


def test_a_server_that_stays_silent_is_stopped(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_START_TIMEOUT", 0.2)
    server = LocalServer(settled)
    with pytest.raises(ServerError, match="did not answer"):
        server.start()
    assert server.pid is None


# --------------------------------------------------------------------------- its database


def test_whoever_writes_waits_for_its_turn(local_server: LocalServer) -> None:
    """By default SQLite gives up after five seconds, or at once where both have read before."""
    file = local_server.folder / "data" / "label_studio.sqlite3"
    before = local_server.log.read_text()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        made: list[int] = []
        asking = threading.Thread(target=lambda: made.append(make_project(local_server)))
        asking.start()
        asking.join(8)
        assert not made
        other.execute("ROLLBACK")
        asking.join(30)
    assert made == [201]
    assert "database is locked" not in local_server.log.read_text()[len(before) :]


def make_project(server: LocalServer) -> int:
    request = urllib.request.Request(
        f"{server.url}/api/projects/",
        data=b'{"title": "waits"}',
        headers={
            "Authorization": f"Token {server.login.token}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(answer.status)
