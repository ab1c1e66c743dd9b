"""The verbs that read articles and write rows: predict, sentences, quantities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsledger.verbs.options import (
    AllowPrivate,
    AllScores,
    Inputs,
    Jobs,
    ModelId,
    NoImplied,
    Out,
    Presplit,
    Resume,
    Scheduler,
    Shape,
    Trust,
)
from newsledger.verbs.running import begin, write

if TYPE_CHECKING:
    from newsledger.commands.articles.corpora import Processes, Reading
    from newsledger.terminal import Terminal

reading_app = typer.Typer()
"""The verbs, each for itself."""


@reading_app.command("predict", rich_help_panel="Models, without a server")
def _predict(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    shape: Shape = None,
    model: ModelId = None,
    all_scores: AllScores = False,
    no_implied: NoImplied = False,
    presplit: Presplit = False,
    allow_private: AllowPrivate = False,
    trust: Trust = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    resume: Resume = False,
) -> None:
    """Read articles with a model: one row for each sentence."""
    from newsledger.commands.articles import corpora, look

    settings, terminal = begin(context, rows=out is None)
    processes = corpora.Processes(jobs, scheduler)
    reading = look.predicting(
        settings,
        inputs,
        shape=shape,
        model_id=model,
        all_scores=all_scores,
        implied=not no_implied,
        presplit=presplit,
        allow_private=allow_private,
        trust=trust,
        processes=processes,
    )
    _write_reading(terminal, reading, out, processes, resume=resume)


@reading_app.command("sentences", rich_help_panel="Looking closer")
def _sentences(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    same: Annotated[
        bool, typer.Option("--same", help="Only those that say the same as an earlier one.")
    ] = False,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    resume: Resume = False,
) -> None:
    """Cut articles into sentences, with their offsets."""
    from newsledger.commands.articles import corpora, look
    from newsledger.output import write_rows

    processes = corpora.Processes(jobs, scheduler)
    if same and (resume or not processes.here):
        raise typer.BadParameter("--same compares with all before: one process, in one run.")
    _, terminal = begin(context, rows=out is None)
    if same:
        rows = look.same_rows(terminal, inputs, allow_private=allow_private)
        write(terminal, out, lambda: write_rows(rows, "same", out))
        return
    reading = look.cutting(inputs, allow_private=allow_private)
    _write_reading(terminal, reading, out, processes, resume=resume)


@reading_app.command("quantities", rich_help_panel="Looking closer")
def _quantities(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    policy: Annotated[
        str, typer.Option("--policy", help="How to read 'dozens': literal or acled.")
    ] = "literal",
    no_implied: NoImplied = False,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    resume: Resume = False,
) -> None:
    """Find and read the numeric mentions of texts, without a model."""
    from newsledger.commands.articles import corpora, look

    _, terminal = begin(context, rows=out is None)
    processes = corpora.Processes(jobs, scheduler)
    reading = look.counting(
        inputs, policy=policy, implied=not no_implied, allow_private=allow_private
    )
    _write_reading(terminal, reading, out, processes, resume=resume)


def _write_reading(
    terminal: Terminal, reading: Reading, out: Path | None, processes: Processes, *, resume: bool
) -> None:
    from newsledger.commands.articles.corpora import write_reading

    write(terminal, out, lambda: write_reading(reading, terminal, out, processes, resume=resume))
