"""The login of a local Label Studio comes back as written, and is nobody else's to read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotation.errors import ServerError
from annotation.labelstudio.server.login import Login, read_login, write_login


def test_a_login_comes_back_and_shows_no_secret(tmp_path: Path) -> None:
    path, login = tmp_path / "login.json", Login("ann", "s3cret", "t0ken")
    write_login(path, login)
    assert read_login(path) == login
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "s3cret" not in repr(login)
    assert "t0ken" not in repr(login)


@pytest.mark.parametrize("left", [None, "", "{", "[]", '{"user": "x"}', "\x00"])
def test_what_is_none_is_none(tmp_path: Path, left: str | None) -> None:
    if left is not None:
        (tmp_path / "login.json").write_text(left)
    assert read_login(tmp_path / "login.json") is None


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "login.json").write_text('{"format": 2}')
    with pytest.raises(ServerError, match="has format 2"):
        read_login(tmp_path / "login.json")
