"""What becomes of an error: a sentence for people, an exit code for scripts, a log for us."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from annotation.errors import NewsledgerError
from annotation.storage import private_opener
from newsledger import __version__
from newsledger.safe_text import (
    arguments_without_secrets,
    shortened,
    visible,
    without_secrets,
)

_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
"""Faults of the disk and of rights, which users can fix and we cannot."""
_NAMES = {errno.ENAMETOOLONG, errno.ELOOP}
"""Names that no file can have, or that lead in a circle."""


@dataclass(slots=True)
class Invocation:
    """One run of the command, and what it has found out about itself so far."""

    workspace: Path | None = None
    """The folder of all state, once it is known; a bug leaves its traceback there."""


@contextmanager
def failures_explained(invocation: Invocation) -> Iterator[None]:
    """The one place where errors become text and an exit code.

    Args:
        invocation: the run that the block is.

    Raises:
        SystemExit: with 1 for what the user can fix, with 3 for a bug of ours.
    """
    try:
        yield
    except NewsledgerError as error:
        _complain(f"newsledger: {error.message}", error.hint)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  # whatever is not in our tree is our bug
        if isinstance(error, OSError) and error.errno in _NAMES:
            _complain(f"newsledger: {error}.", "Give another name for the file or folder.")
            sys.exit(1)
        if isinstance(error, OSError) and error.errno in _MACHINE:
            # A write that nobody thought of; it says less than our own errors, but no less truly.
            # What is left in the buffer must not be tried again when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _complain(
                f"newsledger: {error}.",
                "Free some space or check the permissions, and run it again.",
            )
            sys.exit(1)
        log = _log_bug(traceback.format_exc(), invocation.workspace)
        _complain(
            f"newsledger: this is our bug: {error!r}.",
            f"The details are in {log}; please report them with the command that you ran.",
        )
        sys.exit(3)


def _complain(message: str, hint: str) -> None:
    typer.echo(shortened(visible(without_secrets(message))), err=True)
    if hint:
        typer.echo(visible(without_secrets(f"  {hint}")), err=True)


def _log_bug(details: str, workspace: Path | None) -> Path:
    """Where the traceback went: the workspace, or the temporary folder if that cannot be."""
    arguments = arguments_without_secrets(sys.argv)
    now = datetime.now().astimezone().isoformat()
    entry = f"--- {now} newsledger {__version__} {arguments}\n{without_secrets(details)}"
    for folder in (workspace, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        log = folder / "newsledger-errors.log"
        # Others can write into the temporary folder, too: neither a link of theirs is followed,
        # nor a pipe waited for, nor a file of theirs filled.
        with suppress(OSError), open(log, "a", encoding="utf-8", opener=private_opener) as file:
            file.write(visible(entry))
            return log
    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix="newsledger-errors-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(visible(entry))
        return Path(name)
    return Path(os.devnull)
