"""How many people a local Label Studio serves: SQLite and PostgreSQL, two ways of serving each.

    python -m benchmarks.team_server [--people 20] [--seconds 60] [--only SQLite,gunicorn]

In one run, each of the four with a project of its own and as many accounts, which label without a
pause: alone for so many seconds, while `push` brings further sentences, and while `retrain` learns
and replaces suggestions. A submission is the next task and its label; a task given twice is one
that two people have labelled although it is for one. PostgreSQL is one of the tests' own, which
does not wait for its disk. People, verbs and server share the machine.

The processor time of a submission is told apart, in milliseconds: of the server, of PostgreSQL,
and of the people, who in use have machines of their own. It says more than seconds on the clock
where other programs run as well. What a verb asks of server and database meanwhile is part of it.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import httpx

from annotation.labelstudio.server import server_process
from annotation.labelstudio.server.local_server import LocalServer
from tests.faults.conftest import EVENTS, World, make_models, make_world
from tests.faults.database import Stored
from tests.faults.load import account
from tests.faults.people import Person
from tests.postgres import Cluster, running_cluster

COMBINATIONS = tuple(
    (database, served)
    for database in ("SQLite", "PostgreSQL")
    for served in ("development", "gunicorn")
)
FEWEST, SLOWEST = 10.0, 2.0
"""What is asked for without writers: submissions a second, seconds of the 95th of a hundred."""
_VERB_MOST = 1800


@dataclass(slots=True)
class TimedPerson(Person):
    """One who labels, and how long each label took."""

    took: list[float] = field(default_factory=list)

    def _once(self, http: httpx.Client, chance: random.Random) -> None:
        before, began = len(self.said), time.perf_counter()
        Person._once(self, http, chance)
        if len(self.said) > before:
            self.took.append(time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time."""

    server: float
    """Of Label Studio, all its processes."""
    database: float
    """Of PostgreSQL, likewise; none where there is none."""
    people: float
    """Of those who label: this process."""

    def since(self, before: Spent) -> Spent:
        """What was spent from then until now."""
        return Spent(
            self.server - before.server,
            self.database - before.database,
            self.people - before.people,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """What a number of people came to in a while."""

    what: str
    """What this is called."""
    seconds: float
    """How long they worked."""
    took: tuple[float, ...]
    """Seconds of each submission."""
    twice: int
    """Labels of tasks that somebody had labelled already."""
    failed: int
    """Calls that were turned away."""
    spent: Spent
    """Processor time meanwhile."""

    @property
    def rate(self) -> float:
        """Submissions a second."""
        return len(self.took) / self.seconds

    def at(self, share: float) -> float:
        """The time within which this share of the submissions was done."""
        ordered = sorted(self.took)
        return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.inf

    def text(self) -> str:
        """The same as a line of the table."""
        load = os.getloadavg()[0]
        return (
            f"{self.what:46}{self.seconds:7.0f} s{self.rate:8.1f}/s{self.at(0.5):8.2f} s"
            f"{self.at(0.95):8.2f} s{self.twice:7}{self.failed:8}{load:7.1f}"
            f"{self._each(self.spent.server)}{self._each(self.spent.database)}"
            f"{self._each(self.spent.people)}"
        )

    def _each(self, seconds: float) -> str:
        return f"{1000 * seconds / len(self.took):7.0f} ms" if self.took else f"{'-':>10}"


def processor_seconds(root: int | None) -> float:
    """User and system time of a process and of all below it, ended ones too; of none, 0.

    Read from Linux's ``/proc``: see proc_pid_stat(5), fields 4 and 14 to 17.
    """
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
            ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))
    below, found = {root}, 0
    while len(below) > found:
        found = len(below)
        below |= {process for process, parent in parents.items() if parent in below}
    return sum(ticks.get(process, 0) for process in below if process) / os.sysconf("SC_CLK_TCK")


def measured(
    what: str,
    world: World,
    tokens: Sequence[str],
    work: Callable[[], None],
    before: set[str],
    spent: Callable[[], Spent],
) -> Row:
    """People label while the work is done.

    Args:
        what: what this is called.
        world: the project.
        tokens: of each person.
        work: what is done meanwhile.
        before: the sentences labelled before, to which those of now are added.
        spent: what has been spent so far.
    """
    people = [
        TimedPerson(world.server, token, world.project, len(before) + place, 0.0, EVENTS)
        for place, token in enumerate(tokens)
    ]
    at_first, began = spent(), time.perf_counter()
    with ExitStack() as working:
        for person in people:
            working.enter_context(person)
        work()
        for person in people:  # all at once; what is under way still counts
            person._stop.set()
    seconds, meanwhile = time.perf_counter() - began, spent().since(at_first)
    labels = Counter(one.sentence for person in people for one in person.said if not one.cancelled)
    twice = sum(number - 1 for number in labels.values()) + len(before & labels.keys())
    before |= labels.keys()
    failed = sum(len(person.turned_away) for person in people)
    took = tuple(t for person in people for t in person.took)
    return Row(what, seconds, took, twice, failed, meanwhile)


def run_verb(world: World, *words: str) -> None:
    """A verb, in a process of its own: people must not wait for what it reckons."""
    at = ["--label-studio-url", world.server, "--api-key", world.token]
    workspace = ["--workspace", str(world.workspace)]
    command = [sys.executable, "-m", "newsledger", *workspace, *words, *at]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_VERB_MOST)
    if done.returncode:
        print(f"  {words[0]} failed: {done.stderr.strip()}")


def measure(
    folder: Path, models: Path, cluster: Cluster | None, served: str, options: argparse.Namespace
) -> None:
    """One of the four, in three rows."""
    with ExitStack() as stack:
        if served == "development":
            stack.enter_context(
                patch.object(
                    server_process,
                    "command",
                    lambda port, shared: server_process.development_command(port),
                )
            )
        server = LocalServer(folder / "label-studio", database=cluster.make() if cluster else None)
        began = time.perf_counter()
        stack.callback(server.stop)
        server.start()
        first = time.perf_counter() - began
        server.stop()
        began = time.perf_counter()
        server.start()
        second = time.perf_counter() - began
        name = f"{'PostgreSQL' if cluster else 'SQLite'}, {served}"
        print(f"{name}: first start {first:.1f} s, second {second:.1f} s", flush=True)
        world = make_world(
            folder,
            models,
            server.url,
            server.login.token,
            lambda project: Stored({}, {}, {}),  # nobody looks
            options.there + options.pushed,
        )
        run_verb(world, "push", str(world.next_file(options.there)), "--presplit")
        tokens = [account(server, place) for place in range(options.people)]

        def spent() -> Spent:
            database = processor_seconds(cluster.pid) if cluster else 0.0
            return Spent(processor_seconds(server.pid), database, time.process_time())

        labelled: set[str] = set()
        file = str(world.next_file(options.pushed))
        for what, work in (
            ("", lambda: time.sleep(options.seconds)),
            (f", push of {options.pushed:,}", lambda: run_verb(world, "push", file, "--presplit")),
            (", retrain", lambda: run_verb(world, "retrain", "--force", "--no-seeds")),
        ):
            row = measured(f"{name}{what}", world, tokens, work, labelled, spent)
            print(row.text(), flush=True)
            if not what and (row.rate < FEWEST or row.at(0.95) > SLOWEST):
                print(f"  asked: at least {FEWEST:.0f}/s, p95 at most {SLOWEST:.0f} s")


def main() -> None:
    """Run them all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--there", type=int, default=2_000, help="sentences there before")
    parser.add_argument("--pushed", type=int, default=1_000, help="sentences pushed meanwhile")
    parser.add_argument("--only", default="", help="words that a combination must have")
    options = parser.parse_args()
    wanted = {word for word in options.only.split(",") if word}
    print(f"{options.people} people without a pause, {os.cpu_count()} cores, load before:", end=" ")
    print(f"{os.getloadavg()[0]:.1f}")
    head = ("", "for", "labels", "p50", "p95", "twice", "failed", "load")
    each = ("server", "database", "people")
    form = "{:46}{:>9}{:>10}{:>10}{:>10}{:>7}{:>8}{:>7}{:>10}{:>10}{:>10}"
    print(form.format(*head, *each), flush=True)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        models = make_models(Path(name) / "models")
        for number, (database, served) in enumerate(COMBINATIONS):
            if not wanted <= {database, served}:
                continue
            cluster = stack.enter_context(running_cluster()) if database == "PostgreSQL" else None
            folder = Path(name) / str(number)
            folder.mkdir()
            measure(folder, models, cluster, served, options)


if __name__ == "__main__":
    main()
