"""What inputs hold, before they are read: by what they are known again, and how much it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotation.articles.intake.sources import read_rows, sources_in
from annotation.articles.readers.interface import Request
from annotation.articles.readers.registry import FORMAT_OF
from annotation.articles.readers.text import TEXT
from annotation.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Inventory:
    """What some inputs hold."""

    sha256: str | None
    """Of the names and bytes of all files; None where something is no file, and may be another
    thing the next time."""
    rows: int
    """How many rows that is, readable or not."""


def take_inventory(inputs: Iterable[str], *, presplit: bool = False) -> Inventory:
    """Look through inputs without reading articles; what is wrong with them is told by who does."""
    inputs = tuple(inputs)
    if any(one == "-" or "://" in one for one in inputs):
        return Inventory(None, 0)
    digest, rows = hashlib.sha256(), 0
    for source in (found for one in inputs for found in sources_in(one, _untold)):
        path = Path(source)
        digest.update(f"{source}\0".encode(errors="surrogateescape"))
        try:
            if path.is_file():
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
                rows += _rows(path, presplit)
        except OSError:
            continue
    return Inventory(digest.hexdigest(), rows)


def _rows(path: Path, presplit: bool) -> int:
    """How many rows a file has."""
    found = FORMAT_OF.get(path.suffix.lower())
    if found is None or not found.presplit or (found is TEXT and not presplit):
        return 1
    return sum(1 for _ in read_rows([str(path)], Request(_untold, ("text",), presplit=presplit)))


def _untold(_problem: ArticleError) -> None:
    """Nobody is told."""
