"""A workspace's Label Studio stays on the database that it began with."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotation.errors import ServerError, WorkspaceError
from annotation.labelstudio.server.database import ServerDatabase
from annotation.labelstudio.server.postgres import PostgresAddress

FIRST = "postgresql://ann:s3cret@one.example.org/labels"
SECOND = "postgresql://ann:s3cret@two.example.org/labels"


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    """The tokens in each database, by its host."""
    databases: dict[str, dict[str, str]] = {}

    def known(address: PostgresAddress) -> dict[str, str]:
        return databases.get(address.host, {})

    monkeypatch.setattr("annotation.labelstudio.server.database.known_tokens", known)
    return databases


def set_up(folder: Path, tokens: dict[str, dict[str, str]]) -> None:
    """As a first start does it."""
    first = ServerDatabase(folder, FIRST)
    assert not first.is_set_up()
    first.settle("ours")
    tokens["one.example.org"] = {"you@newsledger.local": "ours"}
    first.note_set_up()


def test_without_a_word_it_is_sqlite(tmp_path: Path) -> None:
    database = ServerDatabase(tmp_path)
    database.settle("ours")
    assert database.address() is None
    assert database.environment() == {}
    assert list(tmp_path.iterdir()) == []


def test_what_was_named_once_is_used_from_then_on(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    set_up(tmp_path, tokens)
    later = ServerDatabase(tmp_path)
    later.settle("ours")
    assert later.is_set_up()
    assert later.environment()["POSTGRE_PASSWORD"] == "s3cret"
    assert later.token("You@newsledger.local") == "ours"
    assert later.token("ann@newsledger.local") is None
    assert stat.S_IMODE((tmp_path / "database.json").stat().st_mode) == 0o600


def test_a_wrong_address_is_not_remembered(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    tokens["one.example.org"] = {"you@newsledger.local": "theirs"}
    with pytest.raises(ServerError, match="another workspace"):
        ServerDatabase(tmp_path, FIRST).settle("ours")
    assert ServerDatabase(tmp_path).address() is None


def test_a_start_that_was_killed_may_name_another(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    ServerDatabase(tmp_path, FIRST).settle("ours")
    again = ServerDatabase(tmp_path)
    again.settle("ours")
    assert not again.is_set_up()
    ServerDatabase(tmp_path, SECOND).settle("ours")
    assert str(ServerDatabase(tmp_path).address()) == "postgresql://two.example.org:5432/labels"


def test_another_is_taken_only_if_it_has_the_data(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    set_up(tmp_path, tokens)
    with pytest.raises(ServerError, match=r"two\.example\.org:5432/labels is empty"):
        ServerDatabase(tmp_path, SECOND).settle("ours")
    tokens["two.example.org"] = {"you@newsledger.local": "ours", "ann@newsledger.local": "hers"}
    ServerDatabase(tmp_path, SECOND).settle("ours")
    moved = ServerDatabase(tmp_path)
    assert str(moved.address()) == "postgresql://two.example.org:5432/labels"
    assert moved.is_set_up()


def test_a_database_that_was_emptied_is_not_begun_anew(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    set_up(tmp_path, tokens)
    tokens.clear()
    with pytest.raises(ServerError, match=r"one\.example\.org:5432/labels is empty"):
        ServerDatabase(tmp_path).settle("ours")


def test_a_workspace_on_sqlite_stays_there(
    tmp_path: Path, tokens: dict[str, dict[str, str]]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "label_studio.sqlite3").touch()
    with pytest.raises(ServerError, match="keeps its data in SQLite") as refused:
        ServerDatabase(tmp_path, FIRST).settle("ours")
    assert "s3cret" not in str(refused.value)
    with pytest.raises(ServerError, match="with its data in SQLite"):
        ServerDatabase(tmp_path, FIRST).check_in_use()
    ServerDatabase(tmp_path).check_in_use()


def test_a_server_that_runs_is_not_moved(tmp_path: Path, tokens: dict[str, dict[str, str]]) -> None:
    set_up(tmp_path, tokens)
    ServerDatabase(tmp_path).check_in_use()
    ServerDatabase(tmp_path, FIRST.replace("s3cret", "new")).check_in_use()
    with pytest.raises(ServerError, match=r"runs already, with its data in postgresql://one\."):
        ServerDatabase(tmp_path, SECOND).check_in_use()


@pytest.mark.parametrize(
    "left", ["", "{", "[]", "{}", '{"format": 1}', '{"format": 1, "address": 5}']
)
def test_a_damaged_memory_is_never_taken_for_sqlite(tmp_path: Path, left: str) -> None:
    (tmp_path / "database.json").write_text(left)
    with pytest.raises((ServerError, WorkspaceError), match=r"database\.json") as refused:
        ServerDatabase(tmp_path).settle("ours")
    assert "--database" in refused.value.hint
