"""The options of the verbs, as types for their parameters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from annotation.articles.readers.registry import SUFFIXES
from annotation.records import MOST_PEOPLE

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help=f"A file ({' '.join(SUFFIXES)}), a folder, a URL, or - for standard input.",
        show_default=False,
    ),
]
"""What a verb reads."""
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for machines.")]
"""The result for machines."""
Presplit = Annotated[bool, typer.Option("--presplit", help="Each row is one sentence already.")]
"""Rows that are sentences."""
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch URLs of private networks, too.")
]
"""Addresses of private networks."""
KeepPages = Annotated[
    bool,
    typer.Option("--keep/--no-keep", help="Keep each fetched page in the workspace's `sources`."),
]
"""Whether pages are kept as they were fetched."""
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a .jsonl, .csv or .parquet file."),
]
"""Where rows go."""
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes; 0: one on each core."),
]
"""How many processes do the work."""
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Let a running Dask cluster do the work."),
]
"""The cluster that does the work."""
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on where a killed run with the same --out stopped.")
]
"""Whether a killed run is taken up."""
Shape = Annotated[
    Literal["claims", "events", "sentences"] | None,
    typer.Option(
        "--shape",
        help="Flat rows, one for each of the claims, events or sentences.",
    ),
]
"""Flat rows in place of nested ones."""
ExportOut = Annotated[
    Path,
    typer.Option(
        "--out",
        "-o",
        metavar="NAME",
        help="A folder, of Parquet files where its name ends in .parquet, else of CSV files; "
        "or a .sqlite or .xlsx file.",
    ),
]
"""Where an export goes."""
LedgerOut = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE.html", help="Write them as one HTML page, too."),
]
"""Where the page of the ledger goes."""
ReportOut = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE.html", help="Write it as one HTML page, too."),
]
"""Where the page of the report goes."""
WithCurve = Annotated[
    bool,
    typer.Option("--curve", help="First train anew on growing shares of the labels (minutes)."),
]
"""Whether the learning curve is measured."""
WithEmails = Annotated[
    bool, typer.Option("--emails", help="Name people by their whole e-mail addresses.")
]
"""Whether a report names people by their addresses."""
SnapshotId = Annotated[
    str | None, typer.Option("--snapshot", metavar="ID", help="Else the one that was made last.")
]
"""Another snapshot than the last one."""
TracedId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="Of a claim, event, sentence, article, label, incident, toll or model.",
    ),
]
"""What is traced."""
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="Only articles published (else added) since then."),
]
"""From which day on."""
SinceDay = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Only incidents of that day or later.")
]
"""From which day on things happened."""
AtPlace = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Only incidents at this place.")
]
"""Where things happened."""
Undo = Annotated[
    list[str] | None,
    typer.Option("--undo", metavar="ID", help="Take this decision back; may be repeated."),
]
"""Decisions on pairs that are undone."""
UndoBy = Annotated[
    str | None,
    typer.Option("--undo-by", metavar="WHO", help="Take back everything that WHO decided."),
]
"""Whose decisions on pairs are undone."""
DoubtfulPairs = Annotated[
    int,
    typer.Option("--doubtful", min=0, help="How many doubtful pairs may wait for an answer."),
]
"""How many doubtful pairs are asked about."""
CheckedPairs = Annotated[
    int,
    typer.Option("--checked", min=0, help="How many sure pairs, drawn at random, are asked about."),
]
"""How many sure pairs are asked about."""
Articles = Annotated[
    list[str] | None,
    typer.Option("--article", metavar="ID", help="Only this article; may be given several times."),
]
"""Some articles only."""
PeopleOnly = Annotated[
    bool, typer.Option("--people-only", help="Only what people decided, nothing by a model.")
]
"""Without a model."""
MinScore = Annotated[
    float,
    typer.Option(
        "--min-score",
        min=0.0,
        max=1.0,
        help="Of the model's, only what is at least so probable.",
    ),
]
"""The least probability of what a model decided."""
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="XML", help="Labelling configuration, else newsledger's own."),
]
"""The labelling configuration."""
Url = Annotated[
    str | None,
    typer.Option(
        "--label-studio-url", metavar="URL", help="Use this Label Studio (env: LABEL_STUDIO_URL)."
    ),
]
"""An existing Label Studio."""
ApiKey = Annotated[
    str | None,
    typer.Option("--api-key", metavar="TOKEN", help="Its token (env: LABEL_STUDIO_API_KEY)."),
]
"""The way into it."""
Trust = Annotated[
    bool,
    typer.Option("--trust", help="Load a model that another scikit-learn version made."),
]
"""Models of another scikit-learn."""
GroupBy = Annotated[
    str | None,
    typer.Option("--group-by", metavar="FIELD", help="Task field that names the article."),
]
"""What an article is in an export."""
ModelId = Annotated[str | None, typer.Option("--model", metavar="ID", help="Else the champion.")]
"""Another model than the champion."""
Force = Annotated[
    bool,
    typer.Option("--force", help="Promote even if the gate refuses; recorded in the history."),
]
"""A decision against the gate."""
LearnSeeds = Annotated[
    bool, typer.Option("--seeds/--no-seeds", help="Learn from the seed labels, too.")
]
"""Whether a model learns from the seed labels."""
ExportSeeds = Annotated[
    bool,
    typer.Option("--seeds/--no-seeds", help="Hand over the seed articles and their labels, too."),
]
"""Whether an export has the seed articles."""
PruneAfter = Annotated[
    bool,
    typer.Option("--prune/--no-prune", help="Remove older models and snapshots, as `prune`."),
]
"""Whether what is old is removed after a retraining."""
Keep = Annotated[int, typer.Option("--keep", min=1, metavar="N", help="Keep the last N of them.")]
"""How much of what was made last stays."""
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")]
"""Say what would be done, and do nothing."""
Curve = Annotated[
    bool, typer.Option("--curve", help="Show what more labels would bring, too (slow).")
]
"""The learning curve, too."""
AllScores = Annotated[
    bool, typer.Option("--all-scores", help="List every event type, also below its threshold.")
]
"""Every event type, and not only what a model ticks."""
Most = Annotated[
    int,
    typer.Option("--most", min=1, metavar="N", help="How many sentences may wait at a time."),
]
"""How many sentences wait for a second look."""
ShowNames = Annotated[bool, typer.Option("--names/--no-names", help="Show there who said what.")]
"""Whether people's names are shown to whoever looks again."""
AsCodebook = Annotated[
    bool,
    typer.Option("--codebook", help="Print close calls with their reasons, for the codebook."),
]
"""Verdicts as additions to the codebook."""
BulkLabel = Annotated[
    str, typer.Option("--label", metavar="ALIAS", help='An event type with bulk="true".')
]
"""The event type that is given in bulk."""
Precision = Annotated[
    float,
    typer.Option("--precision", metavar="PERCENT", help="How many of the answers are to be right."),
]
"""The precision that is promised of what is accepted in bulk."""
AllLabels = Annotated[
    bool,
    typer.Option(
        "--all-labels",
        help="Go by labels of people who saw a suggestion, too; these flatter the model.",
    ),
]
"""Whether more than the blind slice says how sure is sure enough."""
UndoBulk = Annotated[bool, typer.Option("--undo", help="Take back all that was accepted in bulk.")]
"""Take back what was accepted in bulk."""
Port = Annotated[
    int | None, typer.Option("--port", help="Port of the local Label Studio, else a free one.")
]
"""Where the local Label Studio listens."""
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="postgresql://…",
        help="Keep the local Label Studio's data in this PostgreSQL, for a team "
        "(env: NEWSLEDGER_DATABASE, which others on the machine do not see); remembered.",
    ),
]
"""Where the local Label Studio keeps its data."""
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
]
"""Whether the page is opened."""
PushSeeds = Annotated[
    bool,
    typer.Option(
        "--seeds/--no-seeds", help="Push the seed articles, or take out what nobody labelled."
    ),
]
"""Whether the project has the seed articles."""


def _share(text: str) -> float:
    """A percentage, as a number from 0 to 1."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", text.strip())
    if found is None or float(found[1]) > 100:
        raise typer.BadParameter(f"{text!r} is not a percentage from 0% to 100%.")
    return float(found[1]) / 100


Blind = Annotated[
    float | None,
    typer.Option(
        "--blind",
        parser=_share,
        metavar="SHARE",
        help="Show this share of the pushed sentences, drawn by chance, without a suggestion "
        "(5% if never named; kept in the workspace).",
    ),
]
"""How many sentences are labelled without a suggestion."""
OverlapShare = Annotated[
    float | None,
    typer.Option(
        "--overlap",
        parser=_share,
        metavar="SHARE",
        help="Let several people label this share of the pushed sentences, drawn by chance, each "
        "by themselves (none if never named; kept in the workspace).",
    ),
]
"""How many sentences several people label."""
People = Annotated[
    int | None,
    typer.Option(
        "--people",
        min=2,
        max=MOST_PEOPLE,
        help="How many people label these (2 if never named; kept in the workspace).",
    ),
]
"""How many people label a sentence that several label."""
NoImplied = Annotated[
    bool,
    typer.Option(
        "--no-implied", help="Leave out one person who is named without a number (an inspector)."
    ),
]
