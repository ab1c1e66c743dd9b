"""Objects put aside in a file while a run needs them, so that memory stays flat."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from annotation.storage import make_private_folder, write_errors_explained

_T = TypeVar("_T")


class Aside(Generic[_T]):
    """Items of a run in a file of its own, which has no name and goes with the process.

    Usable as a context manager, which gives the room back.

    Args:
        folder: where there is room for them, made when missing; None for the system's own.

    Every method raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        with write_errors_explained(self._folder):
            make_private_folder(self._folder)
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 -- closed by ``close``

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the room back; nothing can be asked for any more."""
        with suppress(OSError):  # what did not fit on the disk would be tried again
            self._file.close()

    def add(self, item: _T) -> int:
        """Put an item aside, as the last one; the place at which it is found again."""
        with write_errors_explained(self._folder):
            place = self._file.seek(0, 2)
            pickle.dump(item, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        return place

    def at(self, place: int) -> _T:
        """The item that was put aside at this place."""
        with write_errors_explained(self._folder):
            self._file.seek(place)
            found: _T = pickle.load(self._file)  # noqa: S301 -- of this very process
        return found

    def __iter__(self) -> Iterator[_T]:
        """All items in the order in which they were put aside; one at a time is held."""
        place = 0
        with write_errors_explained(self._folder):
            end = self._file.seek(0, 2)
        while place < end:
            found = self.at(place)
            place = self._file.tell()
            yield found
