"""The command line: each verb parses, calls one function of ``commands``, and prints its record."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsledger import __version__
from newsledger.verbs.annotators import annotators_app
from newsledger.verbs.failures import Invocation, failures_explained
from newsledger.verbs.handover import handover_app
from newsledger.verbs.models import models_app
from newsledger.verbs.options import (
    AllLabels,
    AllowPrivate,
    ApiKey,
    AsCodebook,
    AsJson,
    Blind,
    Browser,
    BulkLabel,
    Config,
    Curve,
    Database,
    DryRun,
    Force,
    GroupBy,
    Inputs,
    Keep,
    KeepPages,
    LearnSeeds,
    ModelId,
    Most,
    OverlapShare,
    People,
    Port,
    Precision,
    Presplit,
    PruneAfter,
    PushSeeds,
    ShowNames,
    Trust,
    UndoBulk,
    Url,
)
from newsledger.verbs.places import places_app
from newsledger.verbs.reading import reading_app
from newsledger.verbs.running import begin, end
from newsledger.verbs.transfer import transfer_app
from newsledger.verbs.watch import watch_app

LOOP, MODELS, LOOKING = "The loop", "Models, without a server", "Looking closer"

app = typer.Typer(
    name="newsledger",
    help="Code conflict news: events and numeric claims, labelled in Label Studio, learnt by "
    "scikit-learn, suggested for the next articles.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(handover_app)
app.add_typer(reading_app)
app.add_typer(transfer_app)
app.add_typer(watch_app)
app.add_typer(annotators_app, name="annotators", rich_help_panel=LOOP)
app.add_typer(places_app, name="places", rich_help_panel=LOOP)
app.add_typer(models_app, name="models", rich_help_panel=MODELS)


@app.callback(invoke_without_command=True)
def _settle(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            "-w",
            metavar="DIR",
            help="Folder of all state (env: NEWSLEDGER_WORKSPACE; else ./workspace).",
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Settle what all verbs share."""
    from newsledger.settings import workspace_folder

    if version:
        typer.echo(f"newsledger {__version__}")
        raise typer.Exit
    context.ensure_object(Invocation).workspace = workspace_folder(workspace)


@app.command("up", rich_help_panel=LOOP)
def _up(
    context: typer.Context,
    port: Port = None,
    browser: Browser = True,
    seeds: PushSeeds = True,
    blind: Blind = None,
    overlap: OverlapShare = None,
    people: People = None,
    database: Database = None,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
) -> None:
    """Start a local Label Studio with project, seeds and suggestions; Ctrl-C stops it."""
    from newsledger.commands.labelling.up import up
    from newsledger.team.policy import settle_policy

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, database=database)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Also where a script started us with SIGINT ignored: what we started must stop with us.
        signal.signal(name, _interrupt)
    settle_policy(settings, blind=blind, overlap=overlap, people=people)
    with up(settings, terminal, port=port, seeds=seeds) as running:
        terminal.show(running)
        if browser:
            typer.launch(running.project_url)
        running.wait()


@app.command("push", rich_help_panel=LOOP)
def _push(
    context: typer.Context,
    inputs: Inputs,
    presplit: Presplit = False,
    allow_private: AllowPrivate = False,
    keep: KeepPages = True,
    blind: Blind = None,
    overlap: OverlapShare = None,
    people: People = None,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Push articles to Label Studio as tasks, pre-annotated by the champion."""
    from newsledger.commands.labelling import pushing
    from newsledger.team.policy import settle_policy

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    settle_policy(settings, blind=blind, overlap=overlap, people=people)
    terminal.show(
        pushing.push(
            settings, terminal, inputs, presplit=presplit, allow_private=allow_private, keep=keep
        )
    )
    end(terminal)


@app.command("pull", rich_help_panel=LOOP)
def _pull(
    context: typer.Context,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Pull all labels from Label Studio into a snapshot."""
    from newsledger.commands.labelling import pulling

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    terminal.show(pulling.pull(settings, terminal))
    end(terminal)


@app.command("retrain", rich_help_panel=LOOP)
def _retrain(
    context: typer.Context,
    force: Force = False,
    seeds: LearnSeeds = True,
    prune: PruneAfter = True,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Pull, train, evaluate, gate, promote, and refresh the suggestions."""
    from newsledger.commands.labelling import retraining

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    outcome = retraining.retrain(settings, terminal, force=force, seeds=seeds, prune=prune)
    terminal.show(outcome)
    end(terminal, refused=outcome.trained.refused)


@app.command("train", rich_help_panel=MODELS)
def _train(
    context: typer.Context,
    labels: Annotated[
        Path,
        typer.Option("--labels", metavar="EXPORT.json|SNAPSHOT", help="What people labelled."),
    ],
    config: Config = None,
    promote: Annotated[
        bool, typer.Option("--promote", help="Promote the model if it passes the gate.")
    ] = False,
    force: Force = False,
    group_by: GroupBy = None,
    as_json: AsJson = False,
) -> None:
    """Train a model on exported labels, without a server."""
    from newsledger.commands.learning import offline

    settings, terminal = begin(context, config=config, as_json=as_json)
    outcome = offline.train_model(
        settings, terminal, labels, promote=promote, force=force, group_by=group_by
    )
    terminal.show(outcome)
    end(terminal, refused=promote and outcome.refused)


@app.command("evaluate", rich_help_panel=MODELS)
def _evaluate(
    context: typer.Context,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels", metavar="EXPORT.json|SNAPSHOT", help="Else what it was trained on."
        ),
    ] = None,
    model: ModelId = None,
    group_by: GroupBy = None,
    curve: Curve = False,
    trust: Trust = False,
    as_json: AsJson = False,
) -> None:
    """Measure a model on labels that it has not seen."""
    from newsledger.commands.learning import evaluation

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(
        evaluation.evaluate_model(
            settings,
            terminal,
            labels,
            model_id=model,
            group_by=group_by,
            trust=trust,
            curve=curve,
        )
    )
    end(terminal)


@app.command("agreement", rich_help_panel=MODELS)
def _agreement(
    context: typer.Context,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", metavar="EXPORT.json|SNAPSHOT", help="Else what was pulled last."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How far people agree who labelled the same sentences."""
    from newsledger.commands.team import agreement

    settings, terminal = begin(context, as_json=as_json)
    terminal.show(agreement.measure_agreement(settings, terminal, labels))
    end(terminal)


@app.command("review", rich_help_panel=LOOP)
def _review(
    context: typer.Context,
    most: Most = 50,
    names: ShowNames = False,
    codebook: AsCodebook = False,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Ask for a second look at labels that may be wrong, in a project of its own."""
    from newsledger.commands.team import review

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    if codebook:
        terminal.show(review.print_codebook(settings))
    else:
        terminal.show(review.fill_review(settings, terminal, most=most, names=names))
    end(terminal)


@app.command("accept", rich_help_panel=LOOP)
def _accept(
    context: typer.Context,
    label: BulkLabel = "",
    precision: Precision = 98.0,
    all_labels: AllLabels = False,
    undo: UndoBulk = False,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Have the machine label the sentences of which it is sure, and people check a sample."""
    from newsledger.commands.team import accept

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    if undo:
        terminal.show(accept.undo_accept(settings, terminal))
    else:
        terminal.show(
            accept.accept(
                settings, terminal, label=label, precision=precision, all_labels=all_labels
            )
        )
    end(terminal)


@app.command("promote", rich_help_panel=MODELS)
def _promote(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="ID", help="As listed by `newsledger models`, or 'latest'.")
    ],
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make a model the champion."""
    from newsledger.commands.labelling import retraining
    from newsledger.commands.learning import models

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(retraining.switch(settings, terminal, models.promote_model(settings, model)))
    end(terminal)


@app.command("rollback", rich_help_panel=MODELS)
def _rollback(
    context: typer.Context, url: Url = None, api_key: ApiKey = None, as_json: AsJson = False
) -> None:
    """Make the champion before this one the champion again."""
    from newsledger.commands.labelling import retraining
    from newsledger.commands.learning import models

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(retraining.switch(settings, terminal, models.roll_back(settings)))
    end(terminal)


@app.command("prune", rich_help_panel=MODELS)
def _prune(
    context: typer.Context,
    keep: Keep = 5,
    dry_run: DryRun = False,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Remove models, snapshots and suggestions that nothing refers to any more."""
    from newsledger.commands.learning.prune import prune

    settings, terminal = begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(prune(settings, terminal, keep=keep, dry_run=dry_run))
    end(terminal)


@app.command("doctor", rich_help_panel=LOOKING)
def _doctor(
    context: typer.Context,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Check schema, model, server and token, and say what to fix."""
    from newsledger.commands.doctor import diagnose

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    diagnosis = diagnose(settings)
    terminal.show(diagnosis)
    end(terminal, refused=bool(diagnosis.problems))


def main() -> None:
    """Run the command line."""
    # Rows and tables hold names of all scripts, whatever the machine's locale can write.
    if isinstance(sys.stdout, io.TextIOWrapper):  # None where the shell closed it
        sys.stdout.reconfigure(encoding="utf-8")
    invocation = Invocation()
    with failures_explained(invocation):
        app(prog_name="newsledger", obj=invocation)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
