"""The verbs below ``annotators``: add, list, reset-password."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.verbs.options import ApiKey, AsJson, Url
from newsledger.verbs.running import begin, end

annotators_app = typer.Typer(help="Who labels: add people, list them, give new passwords.")
"""``newsledger annotators …``."""

_LoginFile = Annotated[
    Path | None,
    typer.Option(
        "--login-file",
        metavar="FILE",
        help="Write login name and password there, for you alone to read, and do not show them.",
    ),
]


@annotators_app.command("add")
def _add(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Argument(metavar="NAME|EMAIL", help="Who is added; not on another server."),
    ] = None,
    login_file: _LoginFile = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make an account on the local Label Studio, or get the invitation to another one."""
    from newsledger.commands.labelling import annotators

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(annotators.add_annotator(settings, terminal, person, login_file=login_file))
    end(terminal)


@annotators_app.command("list")
def _list(
    context: typer.Context, url: Url = None, api_key: ApiKey = None, as_json: AsJson = False
) -> None:
    """List who can log in, when they were last seen, and how much they labelled."""
    from newsledger.commands.labelling import annotators

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(annotators.list_annotators(settings))
    end(terminal)


@annotators_app.command("reset-password")
def _reset_password(
    context: typer.Context,
    email: Annotated[
        str | None,
        typer.Argument(metavar="NAME|EMAIL", help="Whose password; else that of `up`'s account."),
    ] = None,
    login_file: _LoginFile = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody a new password on the local Label Studio, also where the login file is lost."""
    from newsledger.commands.labelling import annotators

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(annotators.reset_annotator(settings, terminal, email, login_file=login_file))
    end(terminal)
