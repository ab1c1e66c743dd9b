"""A PostgreSQL database for a local Label Studio: named by an address, looked at before it is used.

Label Studio would say what is wrong with a database in a traceback of its log, half a minute
after it was started, and would begin anew in one that is empty. So it is tried before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from annotation.errors import ServerError, install_hint

if TYPE_CHECKING:
    from psycopg import Connection

_FORM = "postgresql://USER:PASSWORD@HOST:PORT/NAME"
_OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
"""What may follow the name, and the variable by which Label Studio's driver is told."""
_PATIENCE = 10
"""Seconds to wait for a connection."""
_SOMEBODY_ELSE = ("received invalid response", "server closed the connection", "expected auth")
"""What the driver says of a server that is not PostgreSQL."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a PostgreSQL database is, and how to get in; as text without the password."""

    user: str
    """Name of the role."""
    password: str = field(repr=False)
    """Its password; may be empty."""
    host: str
    """Name or number of the machine."""
    port: int
    """Where PostgreSQL listens."""
    name: str
    """Name of the database."""
    options: tuple[tuple[str, str], ...] = ()
    """How the connection is encrypted: ``sslmode`` and ``sslrootcert``."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{host}:{self.port}/{self.name}"

    def conninfo(self) -> str:
        """The same for the driver, with the password."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(
            user=self.user,
            password=self.password,
            host=self.host,
            port=str(self.port),
            dbname=self.name,
            connect_timeout=str(_PATIENCE),
            application_name="newsledger",
            **dict(self.options),
        )

    def environment(self) -> dict[str, str]:
        """The variables by which Label Studio is told of it."""
        return {
            "DJANGO_DB": "default",
            "POSTGRE_USER": self.user,
            "POSTGRE_PASSWORD": self.password,
            "POSTGRE_HOST": self.host,
            "POSTGRE_PORT": str(self.port),
            "POSTGRE_NAME": self.name,
            **{_OPTIONS[option]: value for option, value in self.options},
        }


def parse_postgres_address(address: str) -> PostgresAddress:
    """The parts of an address such as ``postgresql://ann:secret@db.example.org:5432/labels``.

    Raises:
        ServerError: it is none, or lacks a part. The message does not repeat it.
    """
    hint = f"Its form is {_FORM}; write /, @, : and % in a password as %2F, %40, %3A and %25."
    try:
        parts = urlsplit(address.strip())
        port = 5432 if parts.port is None else parts.port
        options = tuple(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise ServerError("The address of the database cannot be read.", hint=hint) from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise ServerError(
            "The address of the database does not begin with postgresql://.",
            hint=f"{hint} SQLite, without an address, is the only other database.",
        )
    name = unquote(parts.path.removeprefix("/"))
    given = {"user": parts.username, "host": parts.hostname, "database": name}
    lacking = [what for what, value in given.items() if not value]
    unprintable = not unquote(parts.netloc + parts.path).isprintable()
    if lacking or unprintable or "/" in name or parts.fragment or not port:
        wrong = f"names no {lacking[0]}" if lacking else "cannot be read"
        raise ServerError(f"The address of the database {wrong}.", hint=hint)
    for option, _ in options:
        if option not in _OPTIONS:
            raise ServerError(
                f"The address of the database has the option {option!r}, which is not known here.",
                hint=f"Known are {' and '.join(_OPTIONS)}.",
            )
    return PostgresAddress(
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=unquote(parts.hostname or ""),
        port=port,
        name=name,
        options=options,
    )


def known_tokens(database: PostgresAddress) -> dict[str, str]:
    """The API tokens of the Label Studio in a database, by e-mail address; none in an empty one.

    Raises:
        ServerError: the database is not there, or is of no use for a Label Studio.
    """
    with _connected(database) as connection:
        _check_usable(database, connection)
        if connection.execute("SELECT to_regclass('authtoken_token')").fetchone() == (None,):
            return {}
        return dict(
            connection.execute(
                "SELECT lower(email), key FROM authtoken_token"
                " JOIN htx_user ON htx_user.id = user_id"
            ).fetchall()
        )


@contextmanager
def _connected(database: PostgresAddress) -> Iterator[Connection]:
    try:
        import psycopg
    except ImportError as error:  # also where its library of C is missing
        raise ServerError(
            "Python has no driver for PostgreSQL here (psycopg).",
            hint=f"Label Studio brings it along: {install_hint('studio')}.",
        ) from error
    try:
        with psycopg.connect(database.conninfo()) as connection:
            yield connection
    except (psycopg.Error, UnicodeError) as error:  # the second of names that no machine has
        raise _explained(database, str(error)) from None  # its traceback would show the password


def _explained(database: PostgresAddress, said: str) -> ServerError:
    """What the driver said, as one sentence; it tells why by no code, but in words alone."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    # Of several addresses of a host, each has its own line; the last is not about all of them.
    why = next((line for line in lines if "failed: " in line), lines[0] if lines else "no reason")
    why = why.rpartition("failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")
    if any(words in said for words in _SOMEBODY_ELSE):
        why = "what answers there is not PostgreSQL"
        hint = f"Look at host and port; the form is {_FORM}."
    elif "authentication failed" in said or "no password supplied" in said:
        hint = (
            f"Give the right address, with the password of {database.user}, with --database or "
            "NEWSLEDGER_DATABASE."
        )
    elif "does not exist" in said:
        hint = f"Make an empty one there, of {database.user}: {_creating(database)}."
    elif "refused" in said or "timeout" in said or "timed out" in said:
        hint = "Is PostgreSQL running there, and does it listen at this address?"
    else:
        hint = "Look at the address and at PostgreSQL's own log."
    return ServerError(f"The database {database} cannot be used: {why}.", hint=hint)


def _check_usable(database: PostgresAddress, connection: Connection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise ServerError(
            f"The database {database} cannot be used: its encoding is {encoding}, not UTF8.",
            hint=f"Make another: {_creating(database)} --encoding=UTF8 --template=template0.",
        )
    # From release 15 on, only the owner of a database may make tables in it.
    may = connection.execute("SELECT has_schema_privilege(current_schema(), 'CREATE')").fetchone()
    if may != (True,):
        raise ServerError(
            f"The database {database} cannot be used: {database.user} may not make tables in it.",
            hint=f"Make {database.user} its owner (ALTER DATABASE … OWNER TO …).",
        )


def _creating(database: PostgresAddress) -> str:
    return f"createdb --owner={quote(database.user)} {quote(database.name)}"
