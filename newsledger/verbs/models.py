"""The verbs below ``models``: list, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.verbs.options import AsJson
from newsledger.verbs.running import asked_fingerprint, begin, end

models_app = typer.Typer()
"""``newsledger models …``."""


@models_app.callback(invoke_without_command=True)
def _models(context: typer.Context, as_json: AsJson = False) -> None:
    """List the models with their figures, or hand one over; the champion is marked."""
    if context.invoked_subcommand is not None:
        return
    from newsledger.commands.learning import models

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(models.listed(settings))
    end(terminal)


@models_app.command("export")
def _export(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="ID", help="As listed by `newsledger models`, or 'latest'.")
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
) -> None:
    """Write a model into one file, for another workspace, and tell its fingerprint."""
    from newsledger.commands.learning import models

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(models.model_to_file(settings, model, file))
    end(terminal)


@models_app.command("import")
def _import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    fingerprint: Annotated[
        str | None,
        typer.Option(
            "--fingerprint",
            metavar="HEX",
            help="As whoever exported the file told you; else you are asked for it.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a model from a file, if it has the fingerprint that you were told."""
    from newsledger.commands.learning import models

    settings, terminal = begin(context, as_json=as_json)
    if fingerprint is None:
        fingerprint = asked_fingerprint(file)
    terminal.show(models.model_from_file(settings, file, fingerprint))
    end(terminal)
