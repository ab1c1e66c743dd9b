"""Where a local Label Studio keeps its data: in a SQLite file of its folder, or in PostgreSQL.

Which one is settled by its first start. ``database.json`` (mode 0600: it holds the password) has
the address of a PostgreSQL, so that no later start makes an empty SQLite file in its place.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import ServerError
from annotation.labelstudio.server.postgres import (
    PostgresAddress,
    known_tokens,
    parse_postgres_address,
)
from annotation.storage import read_json_state, write_json_state

_FORMAT = 1
_LOST = "Bring it back from a copy, or remove it and name the database again with --database."


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What ``database.json`` says."""

    address: str
    """The address, with the password."""
    set_up: bool
    """Whether a Label Studio has come up on it."""


class ServerDatabase:
    """The database of the Label Studio in one folder.

    Args:
        folder: the folder.
        wanted: address of a PostgreSQL, as somebody gave it; None for the one used last time, else
            SQLite.
    """

    def __init__(self, folder: Path, wanted: str | None = None) -> None:
        self.sqlite = folder / "data" / "label_studio.sqlite3"
        """The file of SQLite, there or not."""
        self._file = folder / "database.json"
        self._wanted = wanted

    def address(self) -> PostgresAddress | None:
        """The PostgreSQL that is used, None for SQLite.

        Raises:
            ServerError: what was given is no address.
            WorkspaceError: which one is used cannot be read.
        """
        remembered = self._remembered()
        given = self._wanted or (remembered.address if remembered else None)
        return parse_postgres_address(given) if given else None

    def is_set_up(self) -> bool:
        """Whether it has been set up; SQLite also while it is.

        Raises:
            WorkspaceError: which one is used cannot be read.
        """
        remembered = self._remembered()
        return remembered.set_up if remembered else self.sqlite.exists()

    def settle(self, token: str) -> None:
        """See that the database can be used and is this Label Studio's, and remember it.

        Args:
            token: a token that a database that has been set up must know.

        Raises:
            ServerError: it cannot be used, or has another Label Studio's data, or this one's data
                is in another.
            WorkspaceError: which one is used cannot be read or written.
        """
        address = self.address()
        if address is None:
            return
        if self.sqlite.exists():
            raise ServerError(
                f"The Label Studio of this workspace keeps its data in SQLite ({self.sqlite}), "
                f"not in {address}.",
                hint="Leave --database and NEWSLEDGER_DATABASE out, or begin another workspace "
                "with --workspace.",
            )
        tokens = known_tokens(address)
        if tokens and token not in tokens.values():
            raise ServerError(
                f"The database {address} holds the Label Studio of another workspace.",
                hint="Make an empty one beside it with createdb, and name that.",
            )
        if self.is_set_up() and not tokens:
            raise ServerError(
                f"The database {address} is empty; that of this workspace was not.",
                hint="Name the right one with --database, bring its data back from a copy, or "
                "begin another workspace with --workspace.",
            )
        if self._wanted is not None:
            self._remember(_Remembered(self._wanted, self.is_set_up()))

    def check_in_use(self) -> None:
        """See that the server that runs has its data in the database that was given, if one was.

        Raises:
            ServerError: it has not, or what was given is no address.
            WorkspaceError: which one is used cannot be read.
        """
        remembered, address = self._remembered(), self.address()
        used = str(parse_postgres_address(remembered.address)) if remembered else "SQLite"
        if address is not None and str(address) != used:
            raise ServerError(
                f"The Label Studio of this workspace runs already, with its data in {used}.",
                hint=f"Stop it before you name {address}, or leave --database out.",
            )

    def note_set_up(self) -> None:
        """Remember that a Label Studio has come up on it.

        Raises:
            WorkspaceError: that cannot be written.
        """
        remembered = self._remembered()
        if remembered is not None and not remembered.set_up:
            self._remember(_Remembered(remembered.address, set_up=True))

    def environment(self) -> dict[str, str]:
        """The variables by which Label Studio is told of it; none for SQLite.

        Raises:
            ServerError: what was given is no address.
            WorkspaceError: which one is used cannot be read.
        """
        address = self.address()
        return {} if address is None else address.environment()

    def token(self, email: str) -> str | None:
        """Somebody's API token, None where nobody has this e-mail address.

        Raises:
            ServerError: the database does not answer.
            WorkspaceError: which one is used cannot be read.
        """
        address = self.address()
        if address is not None:
            return known_tokens(address).get(email.lower())
        with closing(sqlite3.connect(f"file:{self.sqlite}?mode=ro", uri=True)) as opened:
            found = opened.execute(
                "SELECT key FROM authtoken_token JOIN htx_user ON htx_user.id = user_id"
                " WHERE lower(email) = lower(?)",
                (email,),
            ).fetchone()
        return None if found is None else str(found[0])

    def _remembered(self) -> _Remembered | None:
        what = "The database of the local Label Studio"
        found = read_json_state(self._file, format=_FORMAT, what=what, hint=_LOST)
        if found is None:
            return None
        address = found.get("address")
        if not isinstance(address, str):
            raise ServerError(f"{self._file} names no address of a database.", hint=_LOST)
        return _Remembered(address, found.get("set_up") is True)

    def _remember(self, what: _Remembered) -> None:
        state = {"address": what.address, "set_up": what.set_up}
        write_json_state(self._file, state, format=_FORMAT)
