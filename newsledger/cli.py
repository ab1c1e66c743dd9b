"""The command line: each verb parses, calls one function of the desk, and prints its record."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotation.articles.readers.registry import SUFFIXES
from newsledger import __version__

if TYPE_CHECKING:
    from newsledger.settings import Settings
    from newsledger.terminal import Terminal

LOOP, MODELS, LOOKING = "The loop", "Models, without a server", "Looking closer"

app = typer.Typer(
    name="newsledger",
    help="Code conflict news: events and numeric claims, labelled in Label Studio, learnt by "
    "scikit-learn, suggested for the next articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help=f"A file ({' '.join(SUFFIXES)}), a folder, a URL, or - for standard input.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for machines.")]
Presplit = Annotated[bool, typer.Option("--presplit", help="Each row is one sentence already.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch URLs of private networks, too.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a .jsonl, .csv or .parquet file."),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="XML", help="Labelling configuration, else newsledger's own."),
]
Url = Annotated[
    str | None,
    typer.Option(
        "--label-studio-url", metavar="URL", help="Use this Label Studio (env: LABEL_STUDIO_URL)."
    ),
]
ApiKey = Annotated[
    str | None,
    typer.Option("--api-key", metavar="TOKEN", help="Its token (env: LABEL_STUDIO_API_KEY)."),
]
Trust = Annotated[
    bool,
    typer.Option("--trust", help="Load a model that another scikit-learn version made."),
]
GroupBy = Annotated[
    str | None,
    typer.Option("--group-by", metavar="FIELD", help="Task field that names the article."),
]
ModelId = Annotated[str | None, typer.Option("--model", metavar="ID", help="Else the champion.")]
Force = Annotated[
    bool,
    typer.Option("--force", help="Promote even if the gate refuses; recorded in the history."),
]


@app.callback(invoke_without_command=True)
def begin(
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
    context.obj = workspace
    _WORKSPACE[:] = [workspace_folder(workspace)]


@app.command(rich_help_panel=LOOP)
def up(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option("--port", help="Port of the local Label Studio, else a free one.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    seeds: Annotated[
        bool, typer.Option("--seeds/--no-seeds", help="Push the seed articles.")
    ] = True,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
) -> None:
    """Start a local Label Studio with project, seeds and suggestions; Ctrl-C stops it."""
    from newsledger.commands import loop

    settings, terminal = _begin(context, config=config, url=url, api_key=api_key)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Also where a script started us with SIGINT ignored: what we started must stop with us.
        signal.signal(name, _interrupt)
    with loop.up(settings, terminal, port=port, seeds=seeds) as running:
        terminal.show(running)
        if browser:
            typer.launch(running.project_url)
        running.wait()


@app.command(rich_help_panel=LOOP)
def push(
    context: typer.Context,
    inputs: Inputs,
    presplit: Presplit = False,
    allow_private: AllowPrivate = False,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Push articles to Label Studio as tasks, pre-annotated by the champion."""
    from newsledger.commands import loop

    settings, terminal = _begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    terminal.show(
        loop.push(settings, terminal, inputs, presplit=presplit, allow_private=allow_private)
    )
    _end(terminal)


@app.command(rich_help_panel=LOOP)
def pull(
    context: typer.Context,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Pull all labels from Label Studio into a snapshot."""
    from newsledger.commands import loop

    settings, terminal = _begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    terminal.show(loop.pull(settings, terminal))
    _end(terminal)


@app.command(rich_help_panel=LOOP)
def retrain(
    context: typer.Context,
    force: Force = False,
    seeds: Annotated[
        bool, typer.Option("--seeds/--no-seeds", help="Learn from the seed labels, too.")
    ] = True,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Pull, train, evaluate, gate, promote, and refresh the suggestions."""
    from newsledger.commands import loop

    settings, terminal = _begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    outcome = loop.retrain(settings, terminal, force=force, seeds=seeds)
    terminal.show(outcome)
    _end(terminal, refused=not outcome.promoted)


@app.command(rich_help_panel=MODELS)
def train(
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
    from newsledger.commands import offline

    settings, terminal = _begin(context, config=config, as_json=as_json)
    outcome = offline.train(
        settings, terminal, labels, promote=promote, force=force, group_by=group_by
    )
    terminal.show(outcome)
    _end(terminal, refused=promote and not outcome.promoted)


@app.command(rich_help_panel=MODELS)
def evaluate(
    context: typer.Context,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", metavar="EXPORT.json|SNAPSHOT", help="Else the holdout."),
    ] = None,
    model: ModelId = None,
    group_by: GroupBy = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Show what more labels would bring, too (slow).")
    ] = False,
    trust: Trust = False,
    as_json: AsJson = False,
) -> None:
    """Measure a model on labels that it has not seen."""
    from newsledger.commands import offline

    settings, terminal = _begin(context, as_json=as_json)
    terminal.show(
        offline.evaluate(
            settings,
            terminal,
            labels,
            model_id=model,
            group_by=group_by,
            trust=trust,
            curve=curve,
        )
    )
    _end(terminal)


@app.command(rich_help_panel=MODELS)
def predict(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    model: ModelId = None,
    all_scores: Annotated[
        bool, typer.Option("--all-scores", help="List every event type, also below its threshold.")
    ] = False,
    presplit: Presplit = False,
    allow_private: AllowPrivate = False,
    trust: Trust = False,
) -> None:
    """Read articles with a model: one row for each sentence."""
    from newsledger.commands import look

    settings, terminal = _begin(context, rows=out is None)
    rows = look.predict(
        settings,
        terminal,
        inputs,
        model_id=model,
        all_scores=all_scores,
        presplit=presplit,
        allow_private=allow_private,
        trust=trust,
    )
    _write(terminal, rows, "predict", out)


@app.command(name="models", rich_help_panel=MODELS)
def list_models(context: typer.Context, as_json: AsJson = False) -> None:
    """List the models with their figures; the champion is marked."""
    from newsledger.commands import models

    settings, terminal = _begin(context, as_json=as_json)
    terminal.show(models.listed(settings))
    _end(terminal)


@app.command(rich_help_panel=MODELS)
def promote(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="ID", help="As listed by `newsledger models`, or 'latest'.")
    ],
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make a model the champion."""
    from newsledger.commands import loop, models

    settings, terminal = _begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(loop.switch(settings, terminal, models.promote(settings, model)))
    _end(terminal)


@app.command(rich_help_panel=MODELS)
def rollback(
    context: typer.Context, url: Url = None, api_key: ApiKey = None, as_json: AsJson = False
) -> None:
    """Make the champion before this one the champion again."""
    from newsledger.commands import loop, models

    settings, terminal = _begin(context, url=url, api_key=api_key, as_json=as_json)
    terminal.show(loop.switch(settings, terminal, models.rollback(settings)))
    _end(terminal)


@app.command(rich_help_panel=LOOKING)
def sentences(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Cut articles into sentences, with their offsets."""
    from newsledger.commands import look

    _, terminal = _begin(context, rows=out is None)
    rows = look.sentences(terminal, inputs, allow_private=allow_private)
    _write(terminal, rows, "sentences", out)


@app.command(rich_help_panel=LOOKING)
def quantities(
    context: typer.Context,
    inputs: Inputs,
    out: Out = None,
    policy: Annotated[
        str, typer.Option("--policy", help="How to read 'dozens': literal or acled.")
    ] = "literal",
    allow_private: AllowPrivate = False,
) -> None:
    """Find and read the numeric mentions of texts, without a model."""
    from newsledger.commands import look

    _, terminal = _begin(context, rows=out is None)
    rows = look.quantities(terminal, inputs, policy=policy, allow_private=allow_private)
    _write(terminal, rows, "quantities", out)


@app.command(rich_help_panel=LOOKING)
def doctor(
    context: typer.Context,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Check schema, model, server and token, and say what to mend."""
    from newsledger.commands import loop

    settings, terminal = _begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    diagnosis = loop.doctor(settings)
    terminal.show(diagnosis)
    _end(terminal, refused=bool(diagnosis.problems))


def main() -> None:
    """Run the command line; the one place where errors become text and an exit code."""
    from annotation.errors import NewsledgerError

    # Rows and tables hold names of all scripts, whatever the machine's locale can write.
    if isinstance(sys.stdout, io.TextIOWrapper):  # None where the shell closed it
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        app(prog_name="newsledger")
    except NewsledgerError as error:
        _complain(f"newsledger: {error.message}", error.hint)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  # whatever is not in our tree is our bug
        if isinstance(error, OSError) and error.errno in _MACHINE:
            # A write that nobody thought of; it says less than our own errors, but no less truly.
            # What is left in the buffer must not be tried again when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _complain(
                f"newsledger: {error}.",
                "Free some space or see that it is yours, and run it again.",
            )
            sys.exit(1)
        log = _log_bug(traceback.format_exc())
        _complain(
            f"newsledger: this is our bug: {sys.exc_info()[1]!r}.",
            f"The details are in {log}; please report them with the command that you ran.",
        )
        sys.exit(3)


_WORKSPACE: list[Path] = []
"""The workspace of this run, once it is known; a bug leaves its traceback there."""

_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
"""Faults of the disk and of rights, which are the user's to mend."""


def _begin(
    context: typer.Context,
    *,
    config: Path | None = None,
    url: str | None = None,
    api_key: str | None = None,
    as_json: bool = False,
    rows: bool = False,
) -> tuple[Settings, Terminal]:
    from newsledger.settings import read_settings
    from newsledger.terminal import Terminal

    settings = read_settings(workspace=context.obj, config=config, url=url, api_key=api_key)
    return settings, Terminal(as_json=as_json, quiet=rows)


def _end(terminal: Terminal, *, refused: bool = False) -> None:
    """Exit with 1 where something was left out or the gate refused."""
    if terminal.problems or refused:
        raise typer.Exit(1)


def _write(terminal: Terminal, rows: Any, shape: str, out: Path | None) -> None:
    from newsledger.output import SeenEnoughError, write_rows

    try:
        count = write_rows(rows, shape, out)
    except SeenEnoughError:
        raise typer.Exit from None
    if out is not None:
        terminal.say(f"Wrote {count:,} rows to {out}.")
    _end(terminal)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _complain(message: str, hint: str) -> None:
    typer.echo(message, err=True)
    if hint:
        typer.echo(f"  {hint}", err=True)


def _log_bug(details: str) -> Path:
    """Where the traceback went: the workspace, or the temporary folder if that cannot be."""
    entry = f"--- {datetime.now().astimezone().isoformat()} newsledger {__version__} {sys.argv}\n"
    for folder in (*_WORKSPACE, Path(tempfile.gettempdir())):
        log = folder / "newsledger-errors.log"
        try:
            with log.open("a", encoding="utf-8") as file:
                file.write(entry + details)
        except OSError:
            continue
        return log
    return Path(os.devnull)


if __name__ == "__main__":
    main()
