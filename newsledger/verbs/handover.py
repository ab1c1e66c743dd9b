"""The verbs that hand over what was decided: export, ledger, pairs, report, trace."""

from __future__ import annotations

import typer

from newsledger.verbs.options import (
    ApiKey,
    Articles,
    AsJson,
    AtPlace,
    CheckedPairs,
    DoubtfulPairs,
    ExportOut,
    ExportSeeds,
    LedgerOut,
    MinScore,
    PeopleOnly,
    ReportOut,
    Since,
    SinceDay,
    SnapshotId,
    TracedId,
    Undo,
    UndoBy,
    Url,
    WithCurve,
    WithEmails,
)
from newsledger.verbs.running import begin, end

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
    from newsledger.commands.handover.export import export

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
    from newsledger.commands.handover.ledger import ledger

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


@handover_app.command("pairs", rich_help_panel=_PANEL)
def _pairs(
    context: typer.Context,
    undo: Undo = None,
    undo_by: UndoBy = None,
    doubtful: DoubtfulPairs = 100,
    checked: CheckedPairs = 20,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Ask people in Label Studio which reports are of one incident, and read what they decided."""
    from newsledger.commands.team.pairs import pairs, undo_pairs

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    if undo or undo_by:
        terminal.show(undo_pairs(settings, terminal, undo or (), by=undo_by))
    else:
        terminal.show(pairs(settings, terminal, doubtful=doubtful, checked=checked))
    end(terminal)


@handover_app.command("report", rich_help_panel=_PANEL)
def _report(
    context: typer.Context,
    page: ReportOut = None,
    curve: WithCurve = False,
    emails: WithEmails = False,
    as_json: AsJson = False,
) -> None:
    """Show how the project stands, and write it as one page to pass on."""
    from newsledger.commands.handover.report import report

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(report(settings, terminal, page=page, curve=curve, emails=emails))
    end(terminal)


@handover_app.command("trace", rich_help_panel=_PANEL)
def _trace(
    context: typer.Context, traced: TracedId, snapshot: SnapshotId = None, as_json: AsJson = False
) -> None:
    """Follow a number back to its words, people and models, or an article on to what came of it."""
    from newsledger.commands.handover.trace import trace

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(trace(settings, terminal, traced, snapshot=snapshot))
    end(terminal)
