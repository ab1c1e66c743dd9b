"""How the owner gets into a local Label Studio, and the file where that is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from annotation.errors import ServerError
from annotation.storage import write_json_state

USER = "you@newsledger.local"
"""Login name of the one user that is created; Label Studio wants an e-mail address."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Login:
    """How to get into the local Label Studio."""

    user: str
    """Login name."""
    password: str = field(repr=False)
    """Password of the login page."""
    token: str = field(repr=False)
    """API token (the legacy kind, 40 characters)."""


def read_login(path: Path) -> Login | None:
    """The login that is written down, None where there is none that can be read.

    Raises:
        ServerError: a later newsledger wrote it.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if isinstance(stored, dict) and stored.get("format", _FORMAT) != _FORMAT:
        raise ServerError(
            f"{path} has format {stored['format']!r}; this newsledger reads {_FORMAT}.",
            hint="Update newsledger.",
        )
    if isinstance(stored, dict) and {"user", "password", "token"} <= stored.keys():
        return Login(stored["user"], stored["password"], stored["token"])
    return None


def write_login(path: Path, login: Login) -> None:
    """Write it down, readable by the owner alone.

    Raises:
        WorkspaceError: it cannot be written.
    """
    content = {"user": login.user, "password": login.password, "token": login.token}
    write_json_state(path, content, format=_FORMAT)
