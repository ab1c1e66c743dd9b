"""What makes a folder a workspace: the number of its layout, and the id that tells it from others.

Both stand in ``workspace.json``, which whatever writes into a workspace makes first. A workspace
without it is one of format 1. How the number is raised stands in ``CONTRIBUTING.md``.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state

WORKSPACE = "workspace.json"
"""Name of the file."""

WORKSPACE_FORMAT = 1
"""Number of the layout of the whole folder: which files there are, where, and what they mean. Each
file that has a format number of its own raises that one when only its own layout changes."""

_HINT = (
    "Bring it back from a copy. Its id stands in the description of the workspace's project in "
    "Label Studio, after 'Workspace'."
)


def workspace_id(folder: Path) -> str | None:
    """The id of a workspace, None where it has none yet.

    Raises:
        WorkspaceError: its file cannot be read, or a later newsledger wrote the workspace.
    """
    path = folder / WORKSPACE
    found = read_json_state(
        path, format=WORKSPACE_FORMAT, what="The layout of the workspace", hint=_HINT
    )
    if found is None:
        return None
    named = found.get("id")
    # It becomes a word of the project's description, and is looked for there.
    if not isinstance(named, str) or not re.fullmatch(r"\w+", named):
        raise WorkspaceError(f"{path} names no id of the workspace.", hint=_HINT)
    return named


def settle_workspace(folder: Path, *, known: str | None = None) -> str:
    """The id of a workspace, written down where it has none yet.

    Args:
        folder: the workspace; made when missing.
        known: the id that it had before its file was lost, None to draw one.

    Raises:
        WorkspaceError: its file cannot be read or written, or a later newsledger wrote it.
    """
    found = workspace_id(folder)
    if found is None:
        found = known or secrets.token_hex(4)
        write_json_state(folder / WORKSPACE, {"id": found}, format=WORKSPACE_FORMAT)
    return found
