"""The only reader of the environment: where things lie, and which Label Studio to talk to.

(``safe_text`` looks at the token there, to keep it out of what is printed.)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation.errors import WorkspaceError
from annotation.storage import close_to_others, read_json_state, write_json_state
from newsledger.workspace import WORKSPACE, workspace_id

PROJECT = "project.json"
"""The file of a workspace that says which configuration and which project it belongs to."""

DEFAULT_WORKSPACE = Path("workspace")
"""Where all state lies if nobody says otherwise."""

_MARKS = (PROJECT, WORKSPACE, "holdout.json", "models", "snapshots", "label-studio")
"""What a folder has that is a workspace, and not one that was named by mistake."""

_FORMAT = 1
"""Number of the layout of the workspace's small JSON files; ``annotation.storage`` says more."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Which Label Studio to talk to, as far as somebody said it."""

    url: str
    """Address without a trailing slash; empty where only a token was given."""
    api_key: str = field(repr=False)
    """Legacy token or personal access token, never shown; empty where only an address was given."""

    def require_both(self) -> None:
        """Refuse an address without a token, and the reverse.

        Raises:
            WorkspaceError: one of them is missing.
        """
        if not self.api_key:
            raise WorkspaceError(
                f"There is no token for the Label Studio at {self.url}.",
                hint="Give one with --api-key or LABEL_STUDIO_API_KEY "
                "(in Label Studio: Account & Settings).",
            )
        if not self.url:
            raise WorkspaceError(
                "There is a token but no address of a Label Studio.",
                hint="Give one with --label-studio-url or LABEL_STUDIO_URL, or unset the token.",
            )


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line and the environment say, decided once."""

    workspace: Path
    """The folder of all state."""
    config: Path
    """The labelling configuration."""
    credentials: Credentials | None = None
    """An existing Label Studio, None for the workspace's own; see :meth:`named_server`."""
    database: str | None = field(default=None, repr=False)
    """Address of a PostgreSQL for the workspace's own Label Studio, with its password, never shown;
    None for what it used last time, else SQLite."""

    def named_server(self) -> Credentials | None:
        """The Label Studio that was named, None for the workspace's own.

        Raises:
            WorkspaceError: the environment names half of one. This matters only now: verbs without
                a server have nothing to do with it.
        """
        if self.credentials is not None:
            self.credentials.require_both()
        return self.credentials

    @property
    def models(self) -> Path:
        """Folder of the models."""
        return self.workspace / "models"

    @property
    def snapshots(self) -> Path:
        """Folder of the frozen datasets."""
        return self.workspace / "snapshots"

    @property
    def studio(self) -> Path:
        """Folder of the local Label Studio."""
        return self.workspace / "label-studio"

    @property
    def project(self) -> Path:
        """The file that says which configuration and which project the workspace belongs to."""
        return self.workspace / PROJECT

    @property
    def gazetteer(self) -> Path:
        """The file with the places of the workspace's countries."""
        return self.workspace / "places.sqlite"

    @property
    def decisions(self) -> Path:
        """The file with what people decided of pairs of reports."""
        return self.workspace / "decisions.json"

    @property
    def picked(self) -> Path:
        """The file that says how each sentence came to the front of the queue."""
        return self.workspace / "picked.json"

    @property
    def accepted(self) -> Path:
        """The file that says what was accepted in bulk."""
        return self.workspace / "accepted.json"

    @property
    def replacing(self) -> Path:
        """The file that is there while the suggestions of many tasks are being replaced."""
        return self.workspace / "replacing.json"

    @property
    def withheld(self) -> Path:
        """The file with the suggestions that annotators were not shown."""
        return self.workspace / "withheld.json"


def read_settings(
    *,
    workspace: Path | None = None,
    config: Path | None = None,
    url: str | None = None,
    api_key: str | None = None,
    database: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Settle what the command line leaves open from the environment.

    Closes the workspace to other users of the machine, where an older newsledger or an unpacked
    copy left it open. Reads ``NEWSLEDGER_WORKSPACE``, ``NEWSLEDGER_DATABASE`` and, as the SDK does,
    ``LABEL_STUDIO_URL`` and ``LABEL_STUDIO_API_KEY``.

    Raises:
        WorkspaceError: the workspace is of a later newsledger, or what it keeps cannot be read; or
            an option gives an address without a token, or the reverse. Where only the environment
            does, ``Settings.named_server`` says so, to verbs that need one. Or an option names a
            database for a server that is not the workspace's own.
    """
    env = os.environ if environment is None else environment
    named = Credentials(
        (url or env.get("LABEL_STUDIO_URL") or "").rstrip("/"),
        api_key or env.get("LABEL_STUDIO_API_KEY") or "",
    )
    if url or api_key:
        named.require_both()
    if database and (named.url or named.api_key):
        raise WorkspaceError(
            "--database is for the workspace's own Label Studio, and another one was named.",
            hint="Leave it out, or --label-studio-url and LABEL_STUDIO_URL.",
        )
    folder = workspace_folder(workspace, env)
    if any((folder / name).exists() for name in _MARKS):
        close_to_others(folder)
    workspace_id(folder)  # before anything else: of a later newsledger's, nothing is understood
    if config is None:
        remembered = read_state(folder / PROJECT).get("config")
        if not isinstance(remembered, str | None):
            raise WorkspaceError(
                f"{folder / PROJECT} names no configuration: {remembered!r}.",
                hint="Remove the file, and name the configuration with --config.",
            )
        config = Path(remembered) if remembered else packaged("label_config.xml")
    return Settings(
        workspace=folder,
        config=config,
        credentials=named if named.url or named.api_key else None,
        database=database or env.get("NEWSLEDGER_DATABASE") or None,
    )


def workspace_folder(given: Path | None, environment: Mapping[str, str] | None = None) -> Path:
    """The folder of all state: the one given, else the environment's, else ``./workspace``."""
    env = os.environ if environment is None else environment
    return given or Path(env.get("NEWSLEDGER_WORKSPACE") or DEFAULT_WORKSPACE)


def packaged(name: str) -> Path:
    """A file or folder that newsledger brings along, from the checkout or the wheel."""
    here = Path(__file__).resolve().parent
    checkout = here.parent / name
    return checkout if checkout.exists() else here / "_data" / name


def read_state(
    path: Path, *, hint: str = "Move it away and run the command again; what it held is found anew."
) -> dict[str, Any]:
    """A small JSON file of the workspace; empty if there is none yet.

    Args:
        path: the file.
        hint: what to do where it is damaged.

    Raises:
        WorkspaceError: it is there but cannot be read, or a later newsledger wrote it.
    """
    found = read_json_state(
        path,
        format=_FORMAT,
        what="What the workspace keeps",
        hint=hint,
    )
    return found or {}


def write_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a small JSON file whole or not at all.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    write_json_state(path, state, format=_FORMAT)
