"""What people see in the terminal: progress and problems on standard error, outcomes on output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from newsledger.output import SeenEnoughError, plain, standard_output
from newsledger.progress import Table
from newsledger.safe_text import (
    shortened,
    visible,
    visible_in_a_line,
    visible_json,
    without_secrets,
)

if TYPE_CHECKING:
    from annotation.batches import Advance
    from annotation.errors import NewsledgerError
    from newsledger.progress import Result

_LISTED = 20
"""Problems shown in full; of the others the number is told."""


class Terminal:
    """Progress and results, printed.

    With ``as_json``, standard output holds one JSON object and nothing else. With ``quiet``, rows
    own standard output and steps are not told.
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False) -> None:
        self._as_json = as_json
        self._quiet = quiet or as_json
        self.problems = 0
        """How many problems were told."""

    def say(self, text: str) -> None:
        """One line about a step, on standard error."""
        if not self._quiet:
            self._tell(text)

    def problem(self, error: NewsledgerError) -> None:
        """One line for each problem, up to a number that can be read."""
        self.problems += 1
        if self.problems <= _LISTED:
            self._tell(visible_in_a_line(f"left out: {error}"))
        elif self.problems == _LISTED + 1:
            self._tell(f"left out: more than {_LISTED} problems; the rest is not listed")

    @staticmethod
    def _tell(line: str) -> None:
        print(shortened(visible(without_secrets(line))), file=sys.stderr)  # noqa: T201  # this is the module that prints

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
        """A progress bar on a terminal; elsewhere a line at each tenth, or one at the end."""
        if self._quiet or not sys.stderr.isatty():
            done = told = 0
            of = "" if total is None else f" of {total:,}"

            def count(more: int) -> None:
                nonlocal done, told
                done += more
                if total is not None and done < total and 10 * (done - told) >= total:
                    told = done
                    self.say(f"{what}: {done:,}{of}")

            yield count
            if done:
                self.say(f"{what}: {done:,}{of}")
            return

        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        with Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        ) as progress:
            task = progress.add_task(visible_in_a_line(without_secrets(what)), total=total)
            yield lambda more: progress.update(task, advance=more)

    def show(self, outcome: Result) -> None:
        """The outcome of a verb, on standard output.

        Raises:
            WorkspaceError: standard output cannot be written.
        """
        if self._as_json:
            whole = json.dumps(outcome.to_json(), ensure_ascii=False, indent=2, default=plain)
            text = visible_json(without_secrets(whole))
        else:
            words = visible(without_secrets(outcome.text()))
            text = "\n".join([*map(_drawn, outcome.tables()), words])
        # Whoever has read enough (`newsledger models | head`) changes nothing for the exit code.
        with suppress(SeenEnoughError), standard_output() as file:
            file.write(f"{text}\n")
            file.flush()  # `up` goes on; a log wants it now


def _cells(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_cell, texts))


def _cell(text: str) -> str:
    return visible_in_a_line(without_secrets(text))


def _drawn(table: Table) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable

    table = replace(
        table,
        title=_cell(table.title),
        columns=_cells(table.columns),
        rows=tuple(map(_cells, table.rows)),
    )
    shown = RichTable(
        title=table.title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    for position, (column, *cells) in enumerate(zip(table.columns, *table.rows, strict=True)):
        # Where the window is narrow, numbers go into several lines, but neither they nor the names
        # of the rows are ever torn.
        words = " ".join((column, *cells)).split()
        justify: Literal["left", "right"] = "right" if position else "left"
        longest = max(map(len, words), default=0)
        shown.add_column(column, justify=justify, no_wrap=position == 0, min_width=longest)
    for number, row in enumerate(table.rows):
        shown.add_row(*row, style="dim" if number in table.faint else None)
    # A pipe or a log has no width: give the table all it needs.
    width = None if sys.stdout and sys.stdout.isatty() else 160
    console = Console(width=width, highlight=False, markup=False)
    unbound = console.options.update_width(10_000)
    console.width = max(console.width, console.measure(shown, options=unbound).minimum)
    with console.capture() as drawn:
        console.print(shown)
    return "\n".join(line.rstrip() for line in drawn.get().splitlines())
