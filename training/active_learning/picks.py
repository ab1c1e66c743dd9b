"""What is kept of how each sentence came to its place: a file of the workspace, by sentence.

It may have an entry for each of a hundred thousand sentences, and is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from annotation.errors import WorkspaceError
from annotation.large_state import read_entries, write_entries
from training.active_learning.digests import short_digest

_FORMAT = 2
"""Of the file of the picks; format 1 had one row a sentence, that of the last model."""

_KEPT = 3
"""Rows of a sentence that are remembered, the last ones: somebody may have it open while another
model becomes champion, and a rollback shows earlier suggestions again."""

PickRow = tuple[str, float, str]
"""Method, inclusion probability, and the model whose suggestion has the place."""

_MAKE_ANEW = "Move it away and run the command again; it is made anew."


class NewPicks:
    """A further row for each of many sentences, found by the sentence's id.

    Args:
        keys: gives the sentences' ids, the same ones in the same order whenever it is called.
        row: the row of the sentence that comes at this place, counted from 0.
    """

    def __init__(self, keys: Callable[[], Iterable[str]], row: Callable[[int], PickRow]) -> None:
        self._keys = keys
        self._row = row
        digests = np.fromiter(map(short_digest, keys()), dtype=np.uint64)
        self._order = np.argsort(digests, kind="stable")
        self._sorted = digests[self._order]
        self._taken = np.zeros(len(digests), dtype=bool)

    def __len__(self) -> int:
        return len(self._sorted)

    def take(self, key: str) -> PickRow | None:
        """The row of a sentence, once; None for none."""
        place = self._place(key)
        if place is None or self._taken[place]:
            return None
        self._taken[place] = True
        return self._row(place)

    def left(self) -> Iterator[tuple[str, PickRow]]:
        """The sentences whose row nobody has taken."""
        for key in self._keys():
            if (row := self.take(key)) is not None:
                yield key, row

    def _place(self, key: str) -> int | None:
        digest = np.uint64(short_digest(key))
        found = int(np.searchsorted(self._sorted, digest))
        if found == len(self._sorted) or self._sorted[found] != digest:
            return None
        return int(self._order[found])


def new_picks(rows: Mapping[str, PickRow]) -> NewPicks:
    """The same of rows that are in memory, by sentence."""
    all_rows = list(rows.values())
    return NewPicks(lambda: rows, lambda place: all_rows[place])


def add_picks(path: Path, picks: NewPicks) -> None:
    """Write the picks, with one more for some sentences; of the same model, it replaces that.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written.
    """

    def entries() -> Iterator[tuple[str, object]]:
        for key, rows in read_picks(path):
            row = picks.take(key)
            if row is not None:
                rows = [*(one for one in rows if one[2] != row[2]), row][-_KEPT:]
            yield key, rows
        for key, row in picks.left():
            yield key, [row]

    write_entries(path, "picked", entries(), format=_FORMAT)


def read_picks(path: Path) -> Iterator[tuple[str, list[PickRow]]]:
    """The picks of each sentence, the last one last; none where there is no file.

    Raises:
        WorkspaceError: the file is damaged.
    """
    what = "The record of the picks"
    found = read_entries(path, "picked", format=_FORMAT, what=what, hint=_MAKE_ANEW, older=(1,))
    for key, rows in found:
        try:
            read = [
                (str(method), float(probability), str(model))
                for method, probability, model in (
                    [rows] if rows and isinstance(rows[0], str) else rows
                )
            ]
        except (KeyError, ValueError, OverflowError, TypeError, AttributeError) as error:
            raise WorkspaceError(
                f"{what} in {path} cannot be read: {error}.", hint=_MAKE_ANEW
            ) from error
        yield key, read
