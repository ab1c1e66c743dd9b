"""The verb watch."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from datetime import time as hour_of_day
from pathlib import Path
from typing import Annotated

import typer

from newsledger.verbs.options import AllowPrivate, ApiKey, AsJson, Config, KeepPages, Url
from newsledger.verbs.running import begin, end

watch_app = typer.Typer()
"""``newsledger watch``."""

_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


def _span(text: str) -> timedelta:
    """A span of time, as "15m" is, from a minute to a week."""
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", text.strip())
    span = timedelta(seconds=int(found[1]) * _SECONDS[found[2]]) if found else timedelta()
    if not timedelta(minutes=1) <= span <= timedelta(days=7):
        raise typer.BadParameter(
            f"{text!r} is not a length of time like 15m, 2h or 1d, up to a week."
        )
    return span


def _hour(text: str) -> hour_of_day:
    """A time of day, as "03:00" is."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if found is None:
        raise typer.BadParameter(f"{text!r} is not a time of day like 03:00.")
    return hour_of_day(int(found[1]), int(found[2]))


_Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="A folder, the address of a feed (RSS, Atom), or a text file with the address of an "
        "article in each line.",
        show_default=False,
    ),
]
_SourcesFile = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="More sources, one in each line."),
]
_Every = Annotated[
    timedelta | None,
    typer.Option("--every", parser=_span, metavar="SPAN", help="How often: 2h, 1d; else 15m."),
]
_Once = Annotated[bool, typer.Option("--once", help="One round, then end: for cron.")]
_RetrainAfter = Annotated[
    int | None,
    typer.Option("--retrain-after", min=1, metavar="N", help="Retrain after N new labels."),
]
_RetrainAt = Annotated[
    hour_of_day | None,
    typer.Option(
        "--retrain-at", parser=_hour, metavar="HH:MM", help="Retrain at night, if there are any."
    ),
]
_SummaryAt = Annotated[
    hour_of_day | None,
    typer.Option(
        "--summary-at",
        parser=_hour,
        metavar="HH:MM",
        help="Once a day: new incidents, contradictions, what is to be labelled.",
    ),
]


@watch_app.command("watch", rich_help_panel="The loop")
def _watch(
    context: typer.Context,
    sources: _Sources = None,
    sources_file: _SourcesFile = None,
    every: _Every = None,
    once: _Once = False,
    retrain_after: _RetrainAfter = None,
    retrain_at: _RetrainAt = None,
    summary_at: _SummaryAt = None,
    allow_private: AllowPrivate = False,
    keep: KeepPages = True,
    config: Config = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Push what comes into folders and feeds, round after round; retrain as labels come."""
    from newsledger.commands.articles.watch import watch
    from newsledger.watching.rounds import EVERY, WatchRules

    settings, terminal = begin(context, config=config, url=url, api_key=api_key, as_json=as_json)
    rules = WatchRules(
        sources=sources or (),
        sources_file=sources_file,
        every=every or EVERY,
        retrain_after=retrain_after,
        retrain_at=retrain_at,
        summary_at=summary_at,
        allow_private=allow_private,
        keep=keep,
    )
    clean = True
    for one in watch(settings, terminal, rules, once=once, clock=_now, sleep=time.sleep):
        terminal.show(one)
        clean = one.is_clean
    end(terminal, refused=not clean)


def _now() -> datetime:
    return datetime.now().astimezone()
