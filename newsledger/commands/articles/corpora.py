"""Articles in batches, over one process or many: rows come in the order of the input.

A batch is some whole articles, and is made and read in the same way however many processes there
are; so the rows are the same, too. Processes are joblib's: its own on this machine, or those of a
Dask cluster. Of a long input no more is held than a few batches a process.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from annotation.articles.intake.inputs import read_articles, read_presplit
from annotation.articles.intake.inventory import Inventory, take_inventory
from annotation.articles.languages import not_english
from annotation.batches import batched
from annotation.errors import InputError, WorkerError, lacks_extra
from annotation.records import Article, Sentence
from newsledger.output import OutputRow, write_rows
from newsledger.progress import Progress
from newsledger.resumable import Done, write_resumable
from training.other_cores import end_with

BATCH = 150_000
"""Characters of text in a batch, about a thousand sentences: larger ones are no faster, and need
more memory."""

WAVE = 16
"""Batches for each process that are read ahead of what is written: at the end of each wave a
process waits half a batch, a thirtieth of the time."""

_CONNECT = 20
"""Seconds that a scheduler has to answer, and then to have a worker."""

Unit = Article | Sentence
"""What is read: an article, or a sentence that came cut already."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Who does the work."""

    jobs: int = 1
    """Processes on this machine; 0 for one on each core."""
    scheduler: str | None = None
    """Address of the scheduler of a Dask cluster that does it instead."""

    @property
    def here(self) -> bool:
        """True where this process does it all."""
        return self.scheduler is None and self.jobs == 1


ALONE = Processes()
"""This process, and no other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Inputs, and how their articles become rows."""

    inputs: tuple[str, ...]
    """Files, folders, addresses, or ``-``."""
    shape: str
    """The columns of the rows, a key of ``SHAPES``."""
    work: Callable[[list[Unit]], Done]
    """Makes rows of a batch; other processes get a copy of it."""
    presplit: bool = False
    """Each row of the input is one sentence already."""
    allow_private: bool = False
    """Fetch addresses of private networks, too."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What the rows depend on beside the input, in JSON values."""

    def rows(self, progress: Progress, processes: Processes = ALONE) -> Iterator[OutputRow]:
        """The rows as they come; in the end it is said what was not in English."""
        unread = Counter[str]()
        for done in self.batches(progress, processes):
            unread.update(done.unread)
            yield from done.rows
        if unread:
            progress.say(not_english(unread))

    def batches(
        self, progress: Progress, processes: Processes = ALONE, *, skip: int = 0
    ) -> Iterator[Done]:
        """What came of each batch, in order, but for the first articles where some are done.

        Raises:
            WorkerError: the other processes ended, or cannot be reached.
        """
        units: Iterator[Unit]
        if self.presplit:
            units = read_presplit(self.inputs, on_problem=progress.problem)
        else:
            units = read_articles(
                self.inputs, on_problem=progress.problem, allow_private=self.allow_private
            )
        found = _batches(islice(units, skip, None))
        return map(self.work, found) if processes.here else _spread(self.work, found, processes)


def write_reading(
    reading: Reading,
    progress: Progress,
    out: Path | None,
    processes: Processes = ALONE,
    *,
    resume: bool = False,
) -> int:
    """Write the rows of a reading to a file, or to standard output.

    With several processes, and where it is asked for, a file can be resumed after a kill.

    Returns:
        How many rows there are.

    Raises:
        InputError: it is to be resumed, and cannot.
        NewsledgerError: what ``write_rows``, ``write_resumable`` and ``Reading.batches`` raise.
    """
    if resume and out is None:
        raise InputError("Standard output cannot be resumed.", hint="Name a file with --out.")
    if out is None or (processes.here and not resume):
        return write_rows(reading.rows(progress, processes), reading.shape, out)
    inventory = take_inventory(reading.inputs, presplit=reading.presplit)
    if inventory.sha256 is None:
        if resume:
            raise InputError(
                "What comes from an address or from standard input cannot be resumed.",
                hint="Save it in a file first, or leave --resume out.",
            )
        return write_rows(reading.rows(progress, processes), reading.shape, out)
    return _write_in_batches(reading, progress, out, processes, inventory, resume)


def _write_in_batches(
    reading: Reading,
    progress: Progress,
    out: Path,
    processes: Processes,
    inventory: Inventory,
    resume: bool,
) -> int:
    what = "sentences" if reading.presplit else "articles"
    asked = {**reading.asked, "shape": reading.shape, "input": inventory.sha256}
    unread, seen = Counter[str](), 0
    with progress.track(f"Reading {what}", inventory.rows) as advance:

        def batches(before: Done) -> Iterator[Done]:
            nonlocal seen
            if before.articles:
                progress.say(f"Goes on after the first {before.articles:,} {what}.")
            unread.update(before.unread)
            seen = before.articles
            advance(seen)
            for done in reading.batches(progress, processes, skip=seen):
                unread.update(done.unread)
                seen += done.articles
                yield done
                advance(done.articles)

        count = write_resumable(batches, reading.shape, out, asked=asked, resume=resume)
        advance(max(0, inventory.rows - seen))  # what could not be read is done with, too
    if unread:
        progress.say(not_english(unread))
    return count


def _batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    batch, size = list[Unit](), 0
    for unit in units:
        batch.append(unit)
        size += len(unit.text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _spread(
    work: Callable[[list[Unit]], Done], batches: Iterator[list[Unit]], processes: Processes
) -> Iterator[Done]:
    """The same, by other processes.

    In waves, for joblib goes on reading and working, however slowly its results are taken.
    """
    from joblib import Parallel, delayed, effective_n_jobs, parallel_config
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    backend: Literal["loky", "dask"] = "loky"
    options: dict[str, Any] = {"initializer": end_with, "initargs": (os.getpid(),)}
    with ExitStack() as stack:
        if processes.scheduler is not None:
            client = stack.enter_context(_cluster(processes.scheduler))
            backend, options = "dask", {"client": client, "wait_for_workers_timeout": _CONNECT}
        jobs = -1 if processes.scheduler or not processes.jobs else processes.jobs
        stack.enter_context(parallel_config(backend, n_jobs=jobs, **options))
        pool = Parallel(return_as="generator", batch_size=1, pre_dispatch="3*n_jobs")
        try:
            with pool:
                size = WAVE * max(1, effective_n_jobs(jobs))
                for wave in batched(batches, size):
                    yield from pool(delayed(work)(batch) for batch in wave)
        except TerminatedWorkerError as error:
            raise WorkerError(
                "A process that did some of the work was ended, perhaps for want of memory.",
                hint="Run it again with fewer --jobs, and with --resume.",
            ) from error
        except TimeoutError as error:
            raise WorkerError(
                f"The scheduler at {processes.scheduler} has no worker.",
                hint="Start one: dask worker ADDRESS --nthreads 1",
            ) from error


def _cluster(address: str) -> Any:
    """A connection to the scheduler of a Dask cluster."""
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise lacks_extra("Dask clusters", "dask") from error
    try:
        connect: Any = distributed.Client
        return connect(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:  # its timeout is an OSError
        raise WorkerError(
            f"No Dask scheduler answers at {address}.",
            hint="Start one with `dask scheduler`; it shows its address: tcp://HOST:8786.",
        ) from error
