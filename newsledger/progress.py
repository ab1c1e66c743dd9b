"""What a use case tells, without knowing whether anybody watches.

While it works it talks to a ``Progress``; in the end it returns a ``Result``, for people
(sentences and tables) and for machines (JSON).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from annotation.batches import Advance
from annotation.errors import NewsledgerError

NO_ROOM = "Free some space or choose another place with --out."
"""What to do where a file that somebody asked for cannot be written."""


class Progress(Protocol):
    """Where a use case sends its news; the terminal shows them, tests collect them."""

    def say(self, text: str) -> None:
        """One finished sentence about a step."""

    def problem(self, error: NewsledgerError) -> None:
        """Something that was left out; the rest goes on, and the verb exits with 1."""

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
        """A progress bar for the block; ``total`` is None where it is not known."""
        yield lambda _: None


class Quiet:
    """Keeps what it is told; for tests and for other programs."""

    def __init__(self) -> None:
        self.said: list[str] = []
        """What was said, in order."""
        self.problems: list[NewsledgerError] = []
        """What was left out, in order."""

    def say(self, text: str) -> None:
        """Keep it."""
        self.said.append(text)

    def problem(self, error: NewsledgerError) -> None:
        """Keep it."""
        self.problems.append(error)

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
        """Show nothing."""
        yield lambda _: None


def number_of(number: int, noun: str, plural: str = "") -> str:
    """A number with what it counts: "1 article", "2,000 articles", "2 people"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def in_a_line(text: str, most: int) -> str:
    """A text in one line, with its end left out where it has more than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures to show in rows and columns."""

    title: str
    """What it shows."""
    columns: tuple[str, ...]
    """Headings; the first column is text, the others are numbers and aligned to the right."""
    rows: tuple[tuple[str, ...], ...]
    """Cells, as many in each row as there are columns."""
    faint: frozenset[int] = frozenset()
    """Numbers of the rows that rest on too little to be read as more than a hint."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a verb came to."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return asdict(self)

    def text(self) -> str:
        """The outcome in sentences, one a line."""
        raise NotImplementedError

    def tables(self) -> tuple[Table, ...]:
        """Tables to show before the text."""
        return ()
