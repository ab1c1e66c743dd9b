"""The process of a local Label Studio: how it is started, found to run, and asked over HTTP.

A running server holds a lock through an inherited file descriptor, so that a held lock *proves*
that the process which was written down beside it is ours.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from annotation.errors import ServerError, install_hint
from annotation.storage import write_atomic

FLAGS = {
    "fflag_feat_utc_210_prediction_validation_15082025": "true",
    "fflag_fix_back_4620_memory_efficient_predictions_import_08012025_short": "true",
}
"""Label Studio's own switches: refuse malformed suggestions; store suggestions in batches.

Without the second, one batch of 500 suggestions takes half a minute in a project of 20,000 tasks.
"""

_DEVELOPMENT_SERVER = (
    "import logging, runpy; logging.getLogger('django').propagate = False; "
    "import annotation.labelstudio.server.sqlite; "
    "runpy.run_module('label_studio.server', run_name='__main__', alter_sys=True)"
)
"""Label Studio's own command; ``wsgi`` says why its logger is quietened."""

_ALONE, _SHARED = (1, 8), (2, 4)
"""Processes and threads in each: SQLite has no locks for several processes, PostgreSQL has."""

_WAIT_FOR_GO = ("/bin/sh", "-c", 'read -r go && exec "$@" </dev/null', "sh")
"""Starts what follows once a line comes, in the same process; ends if its starter dies before.

So no server runs, and none holds the lock, that has not been written down.
"""


def check_installed() -> None:
    """Do nothing where Label Studio is installed in this Python.

    Raises:
        ServerError: it is not.
    """
    if importlib.util.find_spec("label_studio") is None:
        raise ServerError(
            "Label Studio is not installed here.",
            hint=f"{install_hint('studio')}, or use an existing server with "
            "--label-studio-url and --api-key.",
        )


def command(port: int, *, shared: bool) -> list[str]:
    """What starts Label Studio: under gunicorn, or without it as it starts by itself.

    Args:
        port: the port that it listens on, on this machine only.
        shared: whether several processes can work on its database at once.
    """
    if importlib.util.find_spec("gunicorn") is None:
        return development_command(port)
    workers, threads = _SHARED if shared else _ALONE
    module = "annotation.labelstudio.server.wsgi"
    return [sys.executable, "-m", module, str(workers), str(threads), str(port)]


def development_command(port: int) -> list[str]:
    """What starts Label Studio on Django's development server, as its own command does.

    Args:
        port: the port that it listens on, on this machine only.
    """
    how = ["--no-browser", "--internal-host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-c", _DEVELOPMENT_SERVER, "start", *how]


def spawn(
    folder: Path, command: Sequence[str], *, lock: int, log: int, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A Label Studio that starts once it gets a line on its standard input.

    Args:
        folder: its data folder.
        command: what starts it.
        lock: descriptor of the lock file, locked; the process holds it from now on.
        log: descriptor of the file that gets what it prints.
        environment: its environment, nothing else.
    """
    return subprocess.Popen(  # noqa: S603 -- our own interpreter and words
        [*_WAIT_FOR_GO, *command],
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        pass_fds=(lock,),
        start_new_session=True,  # Ctrl-C reaches us, and we stop it in order
        umask=0o077,  # the database holds password hashes
    )


def environment(
    data: Path, user: str, password: str, token: str, *, database: Mapping[str, str]
) -> dict[str, str]:
    """A clean environment: unprefixed names such as PORT or DEBUG would be read as settings."""
    keep = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TZ") if name in os.environ}
    return {
        **keep,
        **FLAGS,
        **database,
        "HOME": str(data),
        "LANG": "C.UTF-8",
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_USERNAME": user,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_USER_TOKEN": token,
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


# ----------------------------------------------------------------------------------- files


def write_secret_key(data: Path) -> None:
    """Write down the key that Label Studio signs its sessions with, unless there is one.

    One in fifty of those that it makes itself begins with ``$``. Its reader of the file takes that
    for the name of a variable, so the next start makes another one and everybody is logged out.

    Raises:
        WorkspaceError: it cannot be written.
    """
    file = data / ".env"
    if not file.exists():
        write_atomic(file, f"SECRET_KEY={secrets.token_hex(32)}\n".encode())


@contextlib.contextmanager
def private_file(path: Path, flags: int) -> Iterator[int]:
    """A descriptor of a file that is the owner's alone; closed at the end, whatever happens."""
    handle = os.open(path, flags | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def take_lock(handle: int) -> None:
    """Take the lock; whoever only asks holds it for a moment, so try for a second.

    Raises:
        BlockingIOError: another process holds it.
    """
    import fcntl

    for _ in range(20):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.05)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked(path: Path) -> bool:
    """Whether a process holds the lock."""
    import fcntl

    try:
        lock = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: askers do not meet
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


# --------------------------------------------------------------------------------- network


def address(port: int) -> str:
    """Where a local server is found."""
    return f"http://127.0.0.1:{port}"


def any_free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def fetched(url: str, *, token: str | None = None) -> bytes | None:
    """The body of a 200, else None; never through a proxy."""
    headers = {"Authorization": f"Token {token}"} if token else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 -- our own address
        with opener.open(request, timeout=20) as answer:
            return bytes(answer.read())
    except (OSError, urllib.error.URLError, ValueError):
        return None
