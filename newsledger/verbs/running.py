"""How every verb of the command line begins and ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from annotation.errors import ModelError
from newsledger.verbs.failures import Invocation

if TYPE_CHECKING:
    from newsledger.settings import Settings
    from newsledger.terminal import Terminal


def begin(
    context: typer.Context,
    *,
    config: Path | None = None,
    url: str | None = None,
    api_key: str | None = None,
    database: str | None = None,
    as_json: bool = False,
    rows: bool = False,
) -> tuple[Settings, Terminal]:
    """What a verb works with, from its options and the environment.

    Raises:
        WorkspaceError: half of the credentials were given, or the workspace cannot be read.
    """
    from newsledger.settings import read_settings
    from newsledger.terminal import Terminal

    settings = read_settings(
        workspace=context.ensure_object(Invocation).workspace,
        config=config,
        url=url,
        api_key=api_key,
        database=database,
    )
    return settings, Terminal(as_json=as_json, quiet=rows)


def end(terminal: Terminal, *, refused: bool = False) -> None:
    """Exit with 1 where something was left out or the gate refused.

    Raises:
        Exit: with 1, to be caught by nobody.
    """
    if terminal.problems or refused:
        raise typer.Exit(1)


def write(terminal: Terminal, out: Path | None, written: Callable[[], int]) -> None:
    """Have rows written to a file or to standard output, and end the verb.

    Args:
        terminal: what is told meanwhile.
        out: the file; None for standard output.
        written: writes them, and returns their number.

    Raises:
        Exit: with 1 where something was left out.
    """
    from newsledger.output import SeenEnoughError
    from newsledger.progress import number_of

    try:
        count = written()
    except SeenEnoughError:
        raise typer.Exit from None
    if out is not None:
        terminal.say(f"Wrote {number_of(count, 'row')} to {out}.")
    end(terminal)


def asked_fingerprint(file: Path) -> str:
    """The fingerprint, typed; it is not shown before, for then nobody would ask the exporter.

    Raises:
        ModelError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise ModelError(
            f"A model runs what it says, and nobody has vouched for {file}.",
            hint="Ask whoever exported it for its fingerprint, and give it with --fingerprint.",
        )
    return str(typer.prompt(f"Fingerprint of {file}, as whoever exported it told you", err=True))
