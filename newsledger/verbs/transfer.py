"""The verbs that bring work in from elsewhere, and take it away whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.verbs.options import ApiKey, AsJson, Config, Database, Port, Presplit, Url
from newsledger.verbs.running import asked_fingerprint, begin, end

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
    written: Annotated[
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
    from newsledger.commands.articles import imports

    settings, terminal = begin(context, config=config, as_json=as_json)
    terminal.show(
        imports.import_labels(
            settings,
            terminal,
            file,
            written,
            format_name=format_name,
            mapping=imports.read_mapping(mapping or []),
            text_column=text_column,
            label_columns=tuple(label_column or ()),
            presplit=presplit,
        )
    )
    end(terminal)


@transfer_app.command("pack", rich_help_panel=_PANEL)
def _pack(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    snapshot: Annotated[
        str | None,
        typer.Option("--snapshot", metavar="ID", help="Else the one that was pulled last."),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            "--codebook", metavar="FILE", help="What counts as what, for labels of yours."
        ),
    ] = None,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="Put the champion into it, too.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Pack labels, configuration, codebook and champion into one file, to hand over."""
    from newsledger.commands.handover import packing

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(packing.pack(settings, file, snapshot=snapshot, codebook=codebook, model=model))
    end(terminal)


@transfer_app.command("unpack", rich_help_panel=_PANEL)
def _unpack(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `pack` wrote.")],
    fingerprint: Annotated[
        str | None,
        typer.Option(
            "--fingerprint",
            metavar="HEX",
            help="As whoever packed the file told you; else you are asked for it.",
        ),
    ] = None,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="Take the model in it, too.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Take what was packed elsewhere into a new workspace, without the network."""
    from newsledger.commands.handover import packing

    settings, terminal = begin(context, as_json=as_json)
    if model and fingerprint is None and packing.holds_model(file):
        fingerprint = asked_fingerprint(file)
    terminal.show(packing.unpack(settings, terminal, file, fingerprint, model=model))
    end(terminal)


@transfer_app.command("restore", rich_help_panel=_PANEL)
def _restore(
    context: typer.Context,
    snapshot: Annotated[
        str,
        typer.Argument(
            metavar="SNAPSHOT", help="Id of one, `latest` (pulled last), or its folder."
        ),
    ],
    port: Port = None,
    database: Database = None,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make the project again from a snapshot, on an empty Label Studio, whatever its database."""
    from newsledger.commands.labelling import restore

    settings, terminal = begin(
        context, config=config, url=url, api_key=api_key, database=database, as_json=as_json
    )
    terminal.show(restore.restore(settings, terminal, snapshot, port=port))
    end(terminal)
