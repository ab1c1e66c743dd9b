"""Starts and stops a local Label Studio on SQLite.

Everything it leaves behind lies in one folder: ``data/`` (Label Studio's own), ``login.json`` (the
generated secrets, mode 0600), ``server.log``, ``server.json`` (process and port) and
``server.lock``. The running server holds the lock through an inherited file descriptor, so that a
held lock *proves* that the process named in ``server.json`` is ours, also after a crash of the
program that started it, and however often process ids have been reused since.

Label Studio's own command is used as it is (Django's threaded server): it is meant for a handful of
people on one machine, and a second WSGI server would be one more thing to install and to break.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType

from annotation.errors import ServerError, install_hint
from annotation.storage import write_atomic

USER = "you@newsledger.local"
"""Login name of the one user that is created; Label Studio wants an e-mail address."""

FLAGS = {
    "fflag_feat_utc_210_prediction_validation_15082025": "true",
    "fflag_fix_back_4620_memory_efficient_predictions_import_08012025_short": "true",
}
"""Label Studio's own switches: refuse malformed suggestions; store suggestions in batches.

Without the second, one batch of 500 suggestions takes half a minute in a project of 20,000 tasks.
"""

_GATE = ("/bin/sh", "-c", 'read -r go && exec "$@" </dev/null', "sh")
"""Starts what follows once a line comes, in the same process; ends if its starter dies before.

So no server runs, and none holds the lock, that ``server.json`` does not name.
"""

_START_TIMEOUT = 300.0  # the first start migrates the database: 39 to 88 s on two busy cores
_STOP_TIMEOUT = 15.0
_ROOM = 300 * 2**20  # bytes; a fresh database with its migrations takes about 5 MB, a loop more


@dataclass(frozen=True, slots=True)
class Login:
    """How to get into the local Label Studio."""

    user: str
    """Login name."""
    password: str = field(repr=False)
    """Password of the login page."""
    token: str = field(repr=False)
    """API token (the legacy kind, 40 characters)."""


class LocalServer:
    """A Label Studio on this machine, for this user, in one folder.

    Usable as a context manager: started on entering, stopped on leaving.

    Args:
        folder: where all of its state lives; made when missing.
        port: the port to listen on; None for the one used last time, else any free one.
    """

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.folder = folder.resolve()
        self.log = self.folder / "server.log"
        """What the server printed, newest last."""
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
        path = self.folder / "login.json"
        stored = _read_json(path)
        if isinstance(stored, dict) and {"user", "password", "token"} <= stored.keys():
            return Login(stored["user"], stored["password"], stored["token"])
        if (self.folder / "data" / "label_studio.sqlite3").exists():
            raise ServerError(
                f"{path} is missing or damaged, but its Label Studio has been set up already.",
                hint="Bring the file back from a copy; a new password would not be accepted.",
            )
        login = Login(USER, secrets.token_urlsafe(12), secrets.token_hex(20))
        _write_json(path, {"user": login.user, "password": login.password, "token": login.token})
        return login

    @property
    def pid(self) -> int | None:
        """Process id of the running server, None where none runs."""
        state = self._running()
        return state[0] if state else None

    @property
    def spawned(self) -> bool:
        """True where this object started the process that runs, and so has to stop it."""
        return self._process is not None

    def start(self, *, on_wait: Callable[[float], None] | None = None) -> None:
        """Start the server, or take over the one that still runs in this folder.

        Args:
            on_wait: called about twice a second with the seconds waited so far.

        Raises:
            ServerError: Label Studio is not installed, the port is taken, the folder cannot be
                written, or the server ends or stays silent while starting.
            WorkspaceError: a file in it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            login = self.login
            if self._take_over(on_wait):
                return
            self._check_installed()
            if shutil.disk_usage(self.folder).free < _ROOM:
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
        except BaseException:
            self.stop()
            raise
        self.url = _address(port)

    def attach(self) -> bool:
        """Use the server that runs in this folder; False where none does, and none is started.

        Raises:
            ServerError: what answers at its port is another program.
        """
        return self._take_over(None)

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

    # ------------------------------------------------------------------ starting

    def _check_installed(self) -> None:
        if importlib.util.find_spec("label_studio") is None:
            raise ServerError(
                "Label Studio is not installed here.",
                hint=f"{install_hint('studio')}, or use an existing server with "
                "--label-studio-url and --api-key.",
            )

    def _choose_port(self) -> int:
        """The wished port, else the last one, else any: bookmarks and open tabs stay valid."""
        if self._port is not None:
            if not _is_free(self._port):
                raise ServerError(
                    f"Port {self._port} on this machine is taken by another program.",
                    hint="Choose another with --port, or leave it out to get a free one.",
                )
            return self._port
        last = self._last_state()
        if last is not None and _is_free(last[1]):
            return last[1]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def _spawn(self, port: int, login: Login) -> None:
        data = self.folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        command = [sys.executable, "-m", "label_studio.server", "start", "--no-browser"]
        with _opened(self.folder / "server.lock", os.O_RDWR) as lock:
            try:
                _lock(lock)
            except BlockingIOError as error:
                raise ServerError(
                    f"Another newsledger is just starting the Label Studio in {self.folder}.",
                    hint="Wait until it is up, or choose another folder with --workspace.",
                ) from error
            (self.folder / "server.json").unlink(missing_ok=True)  # names a process long gone
            with _opened(self.log, os.O_WRONLY | os.O_TRUNC) as log:
                self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and words
                    [*_GATE, *command, "--internal-host", "127.0.0.1", "--port", str(port)],
                    env=_environment(data, login),
                    cwd=data,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    pass_fds=(lock,),
                    start_new_session=True,  # Ctrl-C reaches us, and we stop it in order
                    umask=0o077,  # the database holds password hashes
                )
        gate = self._process.stdin
        assert gate is not None
        with contextlib.suppress(BrokenPipeError), gate:  # broken: it has ended; that is told later
            _write_json(self.folder / "server.json", {"pid": self._process.pid, "port": port})
            gate.write(b"go\n")

    def _wait_until_up(self, port: int, on_wait: Callable[[float], None] | None) -> None:
        began = time.monotonic()
        while (waited := time.monotonic() - began) < _START_TIMEOUT:
            if self._process is not None:
                self._process.poll()  # reaps it, if it has ended
            if self._running() is None:
                raise self._died()
            if _get(f"{_address(port)}/health") is not None:
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
        answer = _get(f"{_address(port)}/api/current-user/whoami", token=self.login.token)
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
        try:
            lock = os.open(self.folder / "server.lock", os.O_RDWR)
        except OSError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: askers do not meet
        except BlockingIOError:
            return self._last_state()
        finally:
            os.close(lock)
        return None

    def _last_state(self) -> tuple[int, int] | None:
        state = _read_json(self.folder / "server.json")
        if isinstance(state, dict) and {"pid", "port"} <= state.keys():
            return int(state["pid"]), int(state["port"])
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
        self.url, self.picked_up = _address(port), True
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


def _environment(data: Path, login: Login) -> dict[str, str]:
    """A clean environment: unprefixed names such as PORT or DEBUG would be read as settings."""
    keep = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TZ") if name in os.environ}
    return {
        **keep,
        **FLAGS,
        "HOME": str(data),
        "LANG": "C.UTF-8",
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_USERNAME": login.user,
        "LABEL_STUDIO_PASSWORD": login.password,
        "LABEL_STUDIO_USER_TOKEN": login.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        # The home page looks up tips on the internet; no switch stops it, an unusable proxy does.
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
    }


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """A descriptor of a file that is the owner's alone; closed at the end, whatever happens."""
    handle = os.open(path, flags | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Take the lock; whoever only asks holds it for a moment, so try for a second."""
    for _ in range(20):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.05)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def _get(url: str, *, token: str | None = None) -> bytes | None:
    """The body of a 200, else None; never through a proxy."""
    headers = {"Authorization": f"Token {token}"} if token else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 -- our own address
        with opener.open(request, timeout=20) as answer:
            return bytes(answer.read())
    except (OSError, urllib.error.URLError, ValueError):
        return None


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_json(path: Path, content: object) -> None:
    """Readable by the owner alone."""
    write_atomic(path, json.dumps(content).encode(), mode=0o600)
