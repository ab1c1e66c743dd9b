"""New passwords on a local Label Studio, also for its owner whose login file is lost."""

from __future__ import annotations

import secrets
import subprocess
import sys

from annotation.errors import ServerError
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.server.login import USER, Login
from annotation.labelstudio.server.server_process import check_installed, environment

_TIMEOUT = 300.0
"""Seconds; it looks through the migrations first, which takes about 15 on a busy machine."""

_CHANGED = "Password successfully changed"
_UNKNOWN = "User with username {} not found"
"""What it answers, among all that it prints: that ``SECRET_KEY`` was not found, too."""


def new_password() -> str:
    """A password that nobody guesses; 16 letters, digits, dashes."""
    return secrets.token_urlsafe(12)


def reset_password(server: LocalServer, email: str, password: str) -> None:
    """Give somebody a new password, by Label Studio's own command; it may run meanwhile.

    The owner's is written into the login file, which is made anew where it is lost. Killed before
    that, it is run again.

    Args:
        server: the local server.
        email: whose.
        password: the new one.

    Raises:
        ServerError: nothing is set up there, or nobody has this address.
        WorkspaceError: the login file cannot be written.
    """
    check_installed()
    if not server.has_database():
        raise ServerError(
            f"There is no local Label Studio in {server.folder} yet.",
            hint="`newsledger up` makes one, and an account for you.",
        )
    stored = server.stored_login()
    # The database first: a login file that is wrong can be made anew, by the same command.
    _set_password(server, email, password)
    if email == (stored.user if stored else USER):
        token = stored.token if stored else _token(server, email)
        server.store_login(Login(email, password, token))


def _set_password(server: LocalServer, email: str, password: str) -> None:
    data = server.folder / "data"
    command = [sys.executable, "-m", "label_studio.server", "reset_password", "--username", email]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter; the address is one argument
            command,
            input=f"{password}\n",  # not among the arguments, which everybody on the machine sees
            env=environment(data, email, "", "", database=server.database.environment()),
            cwd=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT,
            check=False,
            start_new_session=True,  # without a terminal, the password is read from the input
        )
        printed = done.stdout
    except subprocess.TimeoutExpired:
        printed = f"no answer within {_TIMEOUT:.0f} s"
    if _UNKNOWN.format(email) in printed:
        raise ServerError(
            f"Nobody on the local Label Studio has the address {email}.",
            hint="`newsledger annotators list` shows who has.",
        )
    if _CHANGED not in printed:
        last = " | ".join([line.strip() for line in printed.splitlines() if line.strip()][-2:])
        raise ServerError(
            f"The local Label Studio did not change the password of {email}: {last}.",
            hint="Run it again when `newsledger up` has come to its end.",
        )


def _token(server: LocalServer, email: str) -> str:
    """The owner's token, which the server keeps as it is and which is not changed."""
    found = server.database.token(email)
    if found is None:
        raise ServerError(
            f"{email} has no token on the local Label Studio.",
            hint="Log in with the new password and switch legacy tokens on for the organization.",
        )
    return found
