"""The verbs that bring work in from elsewhere, and take it away whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.options import AsJson, Config, Presplit
from newsledger.verbs import begin, end

transfer_app = typer.Typer()
"""Verbs of ``newsledger`` itself."""

_PANEL = "Handing over"


@transfer_app.command("import", rich_help_panel=_PANEL)
def _import(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file or folder of the other tool.")
    ],
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="prodigy, doccano, brat, inception, datasets (Argilla), acled, ucdp, or table.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="FILE", help="A .json file of labels, or .jsonl of sentences."
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="OLD=NEW", help="What a label is called here; OLD= drops it."
        ),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option("--text-column", metavar="NAME", help="Where the texts are.")
    ] = None,
    label_column: Annotated[
        list[str] | None,
        typer.Option("--label-column", metavar="NAME", help="Where labels are; may be repeated."),
    ] = None,
    presplit: Presplit = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Bring in labels that were made with another tool, for `train --labels`."""
    from newsledger.commands import imports

    settings, terminal = begin(context, config=config, as_json=as_json)
    terminal.show(
        imports.import_labels(
            settings,
            terminal,
            file,
            out,
            format_name=format_name,
            mapping=imports.read_mapping(mapping or []),
            text_column=text_column,
            label_columns=tuple(label_column or ()),
            presplit=presplit,
        )
    )
    end(terminal)
