"""A local Label Studio: started, taken over, stopped.

Everything it leaves behind lies in one folder: ``data/`` (Label Studio's own), ``login.json`` (the
generated secrets, mode 0600), ``database.json`` (where its data is not in SQLite), ``server.log``
and ``server.log.1`` (what it printed before), ``server.json`` (process and port) and
``server.lock``. The running server holds the lock through an inherited file descriptor, so that a
held lock *proves* that the process named in ``server.json`` is ours, also after a crash of the
program that started it, and however often process ids have been reused since.

It is served by gunicorn (``wsgi``): one process for SQLite, several for PostgreSQL. Where
Label Studio was installed without gunicorn, by its own command, which ends in Django's development
server.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType

from annotation.errors import ServerError
from annotation.labelstudio.server import server_process
from annotation.labelstudio.server.database import ServerDatabase
from annotation.labelstudio.server.login import USER, Login, read_login, write_login
from annotation.labelstudio.server.server_process import (
    address,
    is_free,
    is_locked,
    private_file,
    take_lock,
)
from annotation.storage import (
    make_private_folder,
    read_text_file,
    write_atomic,
    write_json_state,
)

_START_TIMEOUT = 600.0  # the first start migrates the database: 39 to 88 s, on a busy machine 300
_USUAL_FIRST_START, _USUAL_START = 45, 8
_STOP_TIMEOUT = 15.0
_LONGEST_LOG = 10_000_000
_FORMAT = 1  # of server.json

_DISK_SPACE_NEEDED = 300 * 2**20
"""Bytes; a fresh database with its migrations takes about 5 MB, and labelling adds to it."""


class LocalServer:
    """A Label Studio on this machine, for this user, in one folder.

    Usable as a context manager: started on entering, stopped on leaving.

    Args:
        folder: where all of its state lives; made when missing.
        port: the port to listen on; None for the one used last time, else any free one.
        database: address of a PostgreSQL for its data; None for what was used last time, else
            SQLite.
    """

    def __init__(
        self, folder: Path, *, port: int | None = None, database: str | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.database = ServerDatabase(self.folder, database)
        """Where its data is."""
        self.log = self.folder / "server.log"
        """What the server printed, newest last."""
        self.exports = self.folder / "data" / "media" / "export"
        """Where Label Studio keeps the files of exports, in a folder for each project."""
        self.url = ""
        """Address, e.g. ``http://127.0.0.1:8080``; empty until started."""
        self.picked_up = False
        """True where a server that was still running was taken over instead of started."""
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LocalServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @cached_property
    def login(self) -> Login:
        """User, password and token; generated at the first start and kept.

        Raises:
            ServerError: they are lost, and the database that knows them is not.
            WorkspaceError: they cannot be written down.
        """
        stored = self.stored_login()
        if stored is not None:
            return stored
        if self.has_database():
            raise ServerError(
                f"{self.login_file} is missing or damaged, but its Label Studio has been set up "
                "already.",
                hint="`newsledger annotators reset-password` makes a new one, with a new password.",
            )
        login = Login(USER, secrets.token_urlsafe(12), secrets.token_hex(20))
        self.store_login(login)
        return login

    @property
    def login_file(self) -> Path:
        """Where user, password and token are written down."""
        return self.folder / "login.json"

    def stored_login(self) -> Login | None:
        """The login that is written down, None where there is none that can be read.

        Raises:
            ServerError: a later newsledger wrote it.
        """
        return read_login(self.login_file)

    def store_login(self, login: Login) -> None:
        """Write another login down; the database has to know it.

        Raises:
            WorkspaceError: it cannot be written.
        """
        write_login(self.login_file, login)
        self.__dict__.pop("login", None)

    @property
    def pid(self) -> int | None:
        """Process id of the running server, None where none runs."""
        state = self._running()
        return state[0] if state else None

    def running_url(self) -> str:
        """The address of the server that runs, as it is written down; empty where none does."""
        state = self._running()
        return address(state[1]) if state else ""

    def has_database(self) -> bool:
        """Whether it has been set up, or is being set up at this moment."""
        return self.database.is_set_up()

    def usual_wait(self) -> int:
        """Seconds that a start usually takes, on two busy cores."""
        return _USUAL_START if self.has_database() else _USUAL_FIRST_START

    @property
    def spawned(self) -> bool:
        """True where this object started the process that runs, and so has to stop it."""
        return self._process is not None

    def start(self, *, on_wait: Callable[[float], None] | None = None) -> None:
        """Start the server, or take over the one that still runs in this folder.

        Args:
            on_wait: called about twice a second with the seconds waited so far.

        Raises:
            ServerError: Label Studio is not installed, its database cannot be used, the port is
                taken, the folder cannot be written, or the server ends or stays silent.
            WorkspaceError: a file in it cannot be written.
        """
        try:
            make_private_folder(self.folder)
            login = self.login
            if self._take_over(on_wait):
                self.database.check_in_use()
                self.database.note_set_up()
                return
            server_process.check_installed()
            self.database.settle(login.token)
            if shutil.disk_usage(self.folder).free < _DISK_SPACE_NEEDED:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.folder))
            port = self._choose_port()
            self._spawn(port, login)
        except OSError as error:
            raise ServerError(
                f"The folder of the local Label Studio, {self.folder}, cannot be written: "
                f"{error.strerror or error}.",
                hint="Free some space or choose another folder with --workspace.",
            ) from error
        try:
            self._wait_until_up(port, on_wait)
            self.database.note_set_up()
        except BaseException:
            self.stop()
            raise
        self.url = address(port)

    def attach(self) -> bool:
        """Use the server that runs in this folder; False where none does, and none is started.

        One that is of no use, because another program answers at its port, is stopped.
        """
        return self._take_over(None)

    def rotate_log(self) -> None:
        """Begin the log anew where it has become long; what it said is kept once in a second file.

        The server goes on writing into the same file. A line that it prints at this very moment
        may be lost.
        """
        with contextlib.suppress(OSError):
            if self.log.stat().st_size > _LONGEST_LOG:
                write_atomic(self._older_log, self.log.read_bytes()[-_LONGEST_LOG:])
                os.truncate(self.log, 0)

    def stop(self) -> None:
        """Stop the server and wait until it has gone; nothing happens where none runs.

        Raises:
            ServerError: it does not end even when killed.
        """
        state = self._running()
        if state is not None:
            for how in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(state[0], how)
                if self._wait_until_gone():
                    break
            else:
                raise ServerError(
                    f"The local Label Studio (process {state[0]}) does not stop.",
                    hint=f"Stop it with: kill -9 {state[0]}",
                )
        if self._process is not None:
            self._process.wait()
            self._process = None
        self.url = ""

    @property
    def _older_log(self) -> Path:
        return self.log.with_name(f"{self.log.name}.1")

    # ------------------------------------------------------------------ starting

    def _choose_port(self) -> int:
        """The wished port, else the last one, else any: bookmarks and open tabs stay valid."""
        if self._port is not None:
            if not is_free(self._port):
                raise ServerError(
                    f"Port {self._port} on this machine is taken by another program.",
                    hint="Choose another with --port, or leave it out to get a free one.",
                )
            return self._port
        last = self._last_state()
        if last is not None and is_free(last[1]):
            return last[1]
        return server_process.any_free_port()

    def _spawn(self, port: int, login: Login) -> None:
        data = self.folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        server_process.write_secret_key(data)
        with private_file(self.folder / "server.lock", os.O_RDWR) as lock:
            try:
                take_lock(lock)
            except BlockingIOError as error:
                raise ServerError(
                    f"Another newsledger is just starting the Label Studio in {self.folder}.",
                    hint="Wait until it is up, or choose another folder with --workspace.",
                ) from error
            (self.folder / "server.json").unlink(missing_ok=True)  # names a process long gone
            if self.log.is_file():
                self.log.replace(self._older_log)
            with private_file(self.log, os.O_WRONLY | os.O_APPEND) as log:
                self._process = server_process.spawn(
                    data,
                    server_process.command(port, shared=self.database.address() is not None),
                    lock=lock,
                    log=log,
                    environment=server_process.environment(
                        data,
                        login.user,
                        login.password,
                        login.token,
                        database=self.database.environment(),
                    ),
                )
        begin = self._process.stdin
        assert begin is not None
        with contextlib.suppress(BrokenPipeError), begin:  # broken: it has ended; told later
            _write_json(self.folder / "server.json", {"pid": self._process.pid, "port": port})
            begin.write(b"go\n")

    def _wait_until_up(self, port: int, on_wait: Callable[[float], None] | None) -> None:
        began = time.monotonic()
        while (waited := time.monotonic() - began) < _START_TIMEOUT:
            if self._process is not None:
                self._process.poll()  # reaps it, if it has ended
            if self._running() is None:
                raise self._died()
            if server_process.fetched(f"{address(port)}/health") is not None:
                self._check_identity(port)
                return
            if on_wait is not None:
                on_wait(waited)
            time.sleep(0.5)
        raise ServerError(
            f"The local Label Studio did not answer on port {port} within {_START_TIMEOUT:.0f} s.",
            hint=f"Look at {self.log}.",
        )

    def _check_identity(self, port: int) -> None:
        """A busy port makes Label Studio take the next one: who answers must know our token."""
        answer = server_process.fetched(
            f"{address(port)}/api/current-user/whoami", token=self.login.token
        )
        try:
            who = json.loads(answer or b"null")
        except ValueError:  # a program that answers everything with its own page
            who = None
        if not isinstance(who, dict) or who.get("email") != self.login.user:
            raise ServerError(
                f"What answers on port {port} is not the Label Studio of {self.folder}.",
                hint="Another program took the port or another database lies in the folder; "
                f"see {self.log}.",
            )

    def _died(self) -> ServerError:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        last = [line.strip() for line in lines if line.strip()][-3:]
        full = any("disk is full" in line or "No space left" in line for line in lines[-50:])
        return ServerError(
            f"The local Label Studio ended while starting: {' | '.join(last) or 'no output'}.",
            hint="The disk is full; free some space." if full else f"Look at {self.log}.",
        )

    # ------------------------------------------------------- what is already there

    def _running(self) -> tuple[int, int] | None:
        """(process id, port) of the server that holds the lock, None where nobody does."""
        return self._last_state() if is_locked(self.folder / "server.lock") else None

    def _last_state(self) -> tuple[int, int] | None:
        state = _read_json(self.folder / "server.json")
        if not isinstance(state, dict):
            return None
        pid, port = state.get("pid"), state.get("port")
        # Of no other number is there a process, or a port.
        if type(pid) is int and type(port) is int and 0 < pid < 2**31 and 0 < port < 2**16:
            return pid, port
        return None

    def _take_over(self, on_wait: Callable[[float], None] | None) -> bool:
        """Use the server that already runs or starts here; stop it where it is of no use."""
        state = self._running()
        if state is None:
            return False
        _, port = state
        if self._port not in (None, port):
            self.stop()
            return False
        try:
            self._wait_until_up(port, on_wait)
        except ServerError:
            self.stop()
            return False
        self.url, self.picked_up = address(port), True
        self.rotate_log()
        return True

    def _wait_until_gone(self) -> bool:
        until = time.monotonic() + _STOP_TIMEOUT
        while time.monotonic() < until:
            if self._process is not None:
                self._process.poll()  # reaps it
            if self._running() is None:
                return True
            time.sleep(0.05)
        return False


def _read_json(path: Path) -> object:
    try:
        return json.loads(read_text_file(path))
    except (OSError, ValueError, RecursionError):
        return None


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    write_json_state(path, content, format=_FORMAT)
