"""A real PostgreSQL for a while: a cluster in a temporary folder, on a free port."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from annotation.labelstudio.server.server_process import any_free_port

OWNER = "newsledger"
_UNTIL_STDIN_ENDS = '"$@" & server=$!; read -r _; kill -INT $server; wait $server'
"""Runs a server that ends when its starter closes the pipe, or is gone, also if killed."""
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL that runs."""

    port: int
    """Where it listens, on 127.0.0.1."""
    password: str = field(repr=False)
    """Of its superuser."""
    log: Path
    """What it says."""
    pid: int
    """Of the process that all of its others are below."""

    def address(self, name: str, *, user: str = OWNER, password: str | None = None) -> str:
        """The address of one of its databases, there or not."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{name}"

    def make(self, *how: str) -> str:
        """The address of a new database, made with these words of ``CREATE DATABASE``."""
        name = f"labels_{secrets.token_hex(4)}"
        statement = sql.SQL("CREATE DATABASE {} {}").format(
            sql.Identifier(name), sql.SQL(" ").join(map(_word, how))
        )
        with self.connected() as connection:
            connection.execute(statement)
        return self.address(name)

    @contextmanager
    def connected(self, name: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection to one of its databases; each statement counts at once."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            yield connection


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A new cluster, stopped and removed at the end.

    PostgreSQL does not run as root: there it belongs to the user ``postgres``, whom Debian's
    package makes. It listens on this machine only, and asks for a password.
    """
    programs = _programs()
    user = "postgres" if os.getuid() == 0 else None
    # Not below pytest's own folder, which is closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="newsledger-postgres-"))
    try:
        password = f"s3cret-{secrets.token_hex(8)}"
        words = folder / "password"
        words.write_text(password)
        if user is not None:
            for path in (folder, words):
                shutil.chown(path, user, user)
        data, log = folder / "data", folder / "log"
        how = ["--auth=scram-sha-256", f"--username={OWNER}", f"--pwfile={words}", "--no-sync"]
        subprocess.run(
            [programs / "initdb", f"--pgdata={data}", *how, "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True,
            stdout=subprocess.DEVNULL,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=folder,
            timeout=300,
        )
        port = any_free_port()
        # Not durable, as nothing here outlives the tests; that spares most of the waiting.
        said = {"listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "fsync": "off"}
        options = [word for name, value in said.items() for word in ("-c", f"{name}={value}")]
        server: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            *options,
        ]
        with (
            log.open("wb") as said_by_it,
            subprocess.Popen(
                ["/bin/sh", "-c", _UNTIL_STDIN_ENDS, "sh", *server],
                stdin=subprocess.PIPE,
                stdout=said_by_it,
                stderr=said_by_it,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                cwd=folder,
                start_new_session=True,  # Ctrl-C is for pytest, which then ends this in order
            ) as process,
        ):
            cluster = Cluster(port, password, log, process.pid)
            _wait_until_up(cluster, process)
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_up(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with cluster.connected():
                return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"no PostgreSQL came up: {cluster.log.read_text()}") from None
            time.sleep(0.1)


def _programs() -> Path:
    """The folder of ``initdb`` and ``postgres``; Debian keeps it out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_release)
    named = shutil.which("initdb")
    if not found and named is None:
        raise RuntimeError(
            "The tests need PostgreSQL's server programs (Debian: sudo apt-get install postgresql)."
        )
    return (found[-1] if found else Path(str(named)).resolve()).parent


def _release(program: Path) -> int:
    return int(program.parts[-3])


def _word(word: str) -> sql.SQL:
    return sql.SQL(word)
