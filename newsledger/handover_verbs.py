"""The verbs that hand over what was decided, and take what was handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsledger.options import (
    Articles,
    AsJson,
    AtPlace,
    Config,
    ExportOut,
    ExportSeeds,
    LedgerOut,
    MinScore,
    PeopleOnly,
    Presplit,
    Since,
    SinceDay,
    SnapshotId,
    TracedId,
)
from newsledger.verbs import begin, end

handover_app = typer.Typer()
"""Verbs of ``newsledger`` itself."""

_PANEL = "Handing over"


@handover_app.command("export", rich_help_panel=_PANEL)
def _export(
    context: typer.Context,
    folder: ExportOut,
    snapshot: SnapshotId = None,
    since: Since = None,
    articles: Articles = None,
    people_only: PeopleOnly = False,
    min_score: MinScore = 0.0,
    seeds: ExportSeeds = True,
    as_json: AsJson = False,
) -> None:
    """Write everything that people and the model decided as tables, to hand over."""
    from newsledger.commands.export import export

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(
        export(
            settings,
            terminal,
            folder,
            snapshot=snapshot,
            since=since,
            articles=articles or (),
            people_only=people_only,
            min_score=min_score,
            seeds=seeds,
        )
    )
    end(terminal)


@handover_app.command("ledger", rich_help_panel=_PANEL)
def _ledger(
    context: typer.Context,
    page: LedgerOut = None,
    snapshot: SnapshotId = None,
    since: SinceDay = None,
    place: AtPlace = None,
    people_only: PeopleOnly = False,
    min_score: MinScore = 0.0,
    as_json: AsJson = False,
) -> None:
    """Show the incidents that the articles report, and who counts how many."""
    from newsledger.commands.ledger import ledger

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(
        ledger(
            settings,
            terminal,
            snapshot=snapshot,
            since=since,
            place=place,
            people_only=people_only,
            min_score=min_score,
            page=page,
        )
    )
    end(terminal)


@handover_app.command("trace", rich_help_panel=_PANEL)
def _trace(
    context: typer.Context, traced: TracedId, snapshot: SnapshotId = None, as_json: AsJson = False
) -> None:
    """Follow a number back to its words, people and models, or an article on to what came of it."""
    from newsledger.commands.trace import trace

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(trace(settings, terminal, traced, snapshot=snapshot))
    end(terminal)


@handover_app.command("import", rich_help_panel=_PANEL)
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
