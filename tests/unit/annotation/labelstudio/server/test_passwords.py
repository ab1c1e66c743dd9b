"""What is asked of Label Studio's own command, and what is made of its answer."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import ServerError
from annotation.labelstudio.server import passwords
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.server.login import USER, Login
from annotation.labelstudio.server.passwords import reset_password

CHANGED = "System check\nPassword successfully changed\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How the command was called; it answers what the first one's "says" says."""
    calls: list[dict[str, Any]] = [{"says": CHANGED}]

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        calls.append({"command": command, **how})
        if calls[0]["says"] is None:
            raise subprocess.TimeoutExpired(command, how["timeout"])
        return subprocess.CompletedProcess(command, 0, calls[0]["says"])

    monkeypatch.setattr(passwords.subprocess, "run", run)  # type: ignore[attr-defined]
    monkeypatch.setattr(passwords, "check_installed", lambda: None)
    return calls


@pytest.fixture
def server(tmp_path: Path) -> LocalServer:
    """One that has been set up, with a login file."""
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "label_studio.sqlite3")) as database:
        database.executescript(
            f"""
            CREATE TABLE htx_user (id INTEGER, email TEXT);
            CREATE TABLE authtoken_token (key TEXT, user_id INTEGER);
            INSERT INTO htx_user VALUES (1, '{USER}'), (2, 'ann@newsledger.local');
            INSERT INTO authtoken_token VALUES ('theirs', 2), ('ours', 1);
            """
        )
    server = LocalServer(tmp_path)
    server.store_login(Login(USER, "before", "ours"))
    return server


def test_a_password_is_no_argument_that_others_see(
    server: LocalServer, asked: list[dict[str, Any]]
) -> None:
    reset_password(server, "ann@newsledger.local", "new password")
    (call,) = asked[1:]
    assert "new password" not in call["command"]
    assert call["input"] == "new password\n"
    assert call["start_new_session"]
    assert server.login.password == "before"


def test_the_owners_is_written_down_and_the_token_stays(
    server: LocalServer, asked: list[dict[str, Any]]
) -> None:
    reset_password(server, USER, "after")
    assert server.login == Login(USER, "after", "ours")


def test_what_else_label_studio_does_not_find_is_no_answer(
    server: LocalServer, asked: list[dict[str, Any]]
) -> None:
    asked[0]["says"] = f"Warning: SECRET_KEY not found in environment variables.\n{CHANGED}"
    reset_password(server, USER, "after")
    assert server.login.password == "after"


@pytest.mark.parametrize("left", [None, "", "{", "[]", '{"user": "x"}', "\x00"])
def test_a_login_file_that_is_lost_is_made_anew(
    server: LocalServer, asked: list[dict[str, Any]], left: str | None
) -> None:
    server.login_file.unlink()
    if left is not None:
        server.login_file.write_text(left)
    with pytest.raises(ServerError, match="missing or damaged"):
        LocalServer(server.folder).login  # noqa: B018 -- asked for
    reset_password(server, USER, "after")
    assert LocalServer(server.folder).login == Login(USER, "after", "ours")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (f"User with username {USER} not found\n", "has the address"),
        ("Traceback\n  File x\nOperationalError: database is locked\n", "database is locked"),
        ("", "did not change"),
        (None, "no answer within"),
        ("Can not set empty password\n", "Can not set empty password"),
    ],
)
def test_what_was_not_changed_is_not_written_down(
    server: LocalServer, asked: list[dict[str, Any]], says: str | None, why: str
) -> None:
    asked[0]["says"] = says
    with pytest.raises(ServerError, match=why):
        reset_password(server, USER, "after")
    assert json.loads(server.login_file.read_text())["password"] == "before"


def test_where_nothing_is_set_up_nothing_is_asked(
    tmp_path: Path, asked: list[dict[str, Any]]
) -> None:
    with pytest.raises(ServerError, match="There is no local Label Studio in"):
        reset_password(LocalServer(tmp_path), USER, "x")
    assert len(asked) == 1
    assert not (tmp_path / "data").exists()
