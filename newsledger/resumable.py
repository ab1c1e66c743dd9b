"""Rows to a file, so that a run that was killed can go on where it was.

Rows are gathered in a hidden file beside the one that was asked for, which appears when all are
there; a small state file beside says how much of it counts. What a run has written beyond that is
cut off by the next one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from annotation.errors import WorkspaceError
from annotation.storage import (
    behind_links,
    private_opener,
    put_in_place,
    read_json_state,
    write_errors_explained,
    write_json_state,
)
from newsledger.output import IN_PARTS, OutputRow, encoded_rows, require_writer, write_rows
from newsledger.progress import NO_ROOM

_FORMAT = 1
"""Number of the layout of the state file."""

_NOTED = 16
"""Batches after which it is written down how far a run has come: some seconds of work."""

_ANEW = "Leave --resume out to begin anew."


@dataclass(frozen=True, slots=True)
class Done:
    """What came of some articles."""

    rows: tuple[OutputRow, ...] = ()
    """Their rows, in order."""
    articles: int = 0
    """How many articles it were; of an input of sentences, how many sentences."""
    unread: Counter[str] = field(default_factory=Counter)
    """How many of their sentences were in each language that is not read."""


@dataclass(slots=True)
class _Noted:
    """How far a run has come."""

    articles: int = 0
    rows: int = 0
    bytes: int = 0
    unread: dict[str, int] = field(default_factory=dict)


def write_resumable(
    batches: Callable[[Done], Iterable[Done]],
    shape: str,
    out: Path,
    *,
    asked: Mapping[str, Any],
    resume: bool,
) -> int:
    """Write the rows of batches, so that a kill costs seconds.

    Args:
        batches: called with what an earlier run has done; gives what is left to do, in order.
        shape: a key of ``SHAPES``.
        out: a path with an ending of ``WRITERS``.
        asked: what the rows depend on, in JSON values; another run is not resumed.
        resume: go on where an earlier run was; else it begins anew.

    Returns:
        How many rows there are, those of an earlier run among them.

    Raises:
        InputError: another ending.
        WorkspaceError: it cannot be written, another run is at it, or the run to resume was another
            one; a former file is left as it was.
    """
    require_writer(out)
    out = behind_links(out)
    # Where a file is no list of lines, rows are gathered as JSON lines and written at the end.
    ending = out.suffix.lower()
    suffix = ending if ending in IN_PARTS else ".jsonl"
    partial = out.with_name(f".{out.name}.partial")
    state = out.with_name(f".{out.name}.partial.json")
    with write_errors_explained(out, NO_ROOM):
        out.parent.mkdir(parents=True, exist_ok=True)
        descriptor = private_opener(str(partial), os.O_RDWR | os.O_CREAT)
    with os.fdopen(descriptor, "r+b") as file:
        _lock(file, out)
        noted = _noted(state, file, asked) if resume else _Noted()
        with write_errors_explained(out, NO_ROOM):
            file.truncate(noted.bytes)
            file.seek(noted.bytes)
            _note(state, file, noted, asked)
        before = Done((), noted.articles, Counter(noted.unread))
        for number, done in enumerate(batches(before), 1):
            content = encoded_rows(done.rows, shape, suffix, head=not noted.articles)
            with write_errors_explained(out, NO_ROOM):
                file.write(content)
                _add(noted, done, len(content))
                if not number % _NOTED:
                    _note(state, file, noted, asked)
        if not noted.articles:
            file.write(encoded_rows((), shape, suffix, head=True))
        with write_errors_explained(out, NO_ROOM):
            _note(state, file, noted, asked)
        if suffix != ending:
            file.seek(0)
            write_rows(_read_again(file), shape, out)
            partial.unlink()
        else:
            with write_errors_explained(out, NO_ROOM):
                put_in_place(partial, out, private=False)
        state.unlink(missing_ok=True)
    return noted.rows


def _lock(file: BinaryIO, out: Path) -> None:
    """Held while the file is open; it goes with the process, however that ends."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise WorkspaceError(
            f"Another run is writing {out}.", hint="Wait for it, or name another file with --out."
        ) from error


def _noted(state: Path, file: BinaryIO, asked: Mapping[str, Any]) -> _Noted:
    """How far an earlier run had come; nothing where there was none."""
    found = read_json_state(state, format=_FORMAT, what="The run to resume", hint=_ANEW)
    if found is None:
        return _Noted()
    if found.get("asked") != asked:
        before = found.get("asked")
        names = [
            name
            for name, value in asked.items()
            if not isinstance(before, dict) or before.get(name) != value
        ]
        raise WorkspaceError(
            f"{state} belongs to another run: it differs in "
            f"{', '.join(names) or 'what was asked'}.",
            hint=_ANEW,
        )
    try:
        noted = _Noted(**found["done"])
        whole = 0 <= noted.bytes <= os.fstat(file.fileno()).st_size
    except (KeyError, TypeError):
        whole = False
    if not whole:
        raise WorkspaceError(f"{state} does not fit the file beside it.", hint=_ANEW)
    return noted


def _add(noted: _Noted, done: Done, size: int) -> None:
    noted.articles += done.articles
    noted.rows += len(done.rows)
    noted.bytes += size
    noted.unread = dict(Counter(noted.unread) + done.unread)


def _note(state: Path, file: BinaryIO, noted: _Noted, asked: Mapping[str, Any]) -> None:
    """Write down how far the run has come, after what it has written is safe."""
    file.flush()
    os.fsync(file.fileno())
    write_json_state(state, {"asked": asked, "done": asdict(noted)}, format=_FORMAT)


def _read_again(file: BinaryIO) -> Iterator[OutputRow]:
    for line in file:
        yield json.loads(line)
