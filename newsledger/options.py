"""The options that several verbs share, as types for their parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotation.articles.readers.registry import SUFFIXES

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
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a .jsonl, .csv or .parquet file."),
]
"""Where rows go."""
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
