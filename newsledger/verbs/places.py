"""The verb below ``places``: build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.verbs.options import AsJson
from newsledger.verbs.running import begin, end

places_app = typer.Typer(help="Where things happened: the places of your countries.")
"""``newsledger places …``."""


@places_app.callback()
def _places() -> None:
    """Keep ``build`` a verb of its own, though it is the only one."""


@places_app.command("build")
def _build(
    context: typer.Context,
    countries: Annotated[
        list[str], typer.Argument(metavar="COUNTRY…", help="Their two letters of ISO 3166-1: NG.")
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A file of GeoNames: cities500.zip, or that of a country, which has its districts "
            "too; else the package of the extra [places].",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the gazetteer, by which an export says where things happened."""
    from newsledger.commands.handover import places

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(places.build_gazetteer(settings, terminal, countries, source=source))
    end(terminal)
