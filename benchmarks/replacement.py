"""How long it takes until people see another champion's suggestions, by how many tasks wait.

    python -m benchmarks.replacement [--tasks 1000 12000]

For each number of tasks a project of its own on a local Label Studio (SQLite), pushed with the
suggestions of one model. Then `promote` makes another the champion, and its progress is read in the
database: when the model is the active one and the first 1,000 tasks have its suggestion, when all
have, when the verb ends (with the lines of readings that differ). Up to ``CLEARED_AT_ONCE`` tasks
are replaced one way, more the other: the default has one of each. Then `pull`, the next task, and
what is old removed after one more promotion. Seconds of the clock, and of processors that verb and
server took: one waits for the other, so on an idle machine both are the same.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import parse_schema
from newsledger.commands.labelling.retraining import AT_HEAD
from tests.corpus import make_corpus
from tests.faults.conftest import CONFIG, World, make_world
from tests.faults.database import Stored
from training.challenger import make_challenger
from training.registry.champion import champion_id, set_champion
from training.registry.store import save_model

REMOVED = 500
"""Old suggestions whose removal is timed."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, told by the clock and by processors."""

    seconds: float
    """Of the clock."""
    processors: float
    """Seconds that verb and server took."""

    def since(self, other: Moment) -> Moment:
        """The time between two moments."""
        return Moment(self.seconds - other.seconds, self.processors - other.processors)

    def text(self) -> str:
        """The same in a column."""
        return f"{self.seconds:9.1f} s {self.processors:9.1f} s"


def make_models(folder: Path) -> Path:
    """A workspace with models that have learnt from different labels; the first is champion."""
    for number, name in enumerate(("first", "second", "third")):
        corpus = replace(make_corpus(8 + 8 * number), schema=parse_schema(CONFIG))
        model = make_challenger(corpus.freeze(folder / "snapshots", ("a00", "a01"))).model
        save_model(folder / "models", replace(model, id=name))
    set_champion(folder / "models", "first", reason="for the benchmark")
    return folder


def processors_of(*pids: int) -> float:
    """Seconds that processes and all that they have started took until now."""
    found, todo = 0.0, list(pids)
    while todo:
        pid = todo.pop()
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            todo += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:  # it has ended
            continue
        found += (int(fields[11]) + int(fields[12])) / _TICKS
    return found


def megabytes_of(pid: int) -> float:
    """The most memory that a process has had; what ``wait4`` says begins with its parent's."""
    try:
        told = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()
    except OSError:  # it has ended
        return 0.0
    return int(told[0]) / 1024 if told else 0.0


class Measured:
    """One project, with its server."""

    def __init__(self, server: LocalServer, world: World) -> None:
        self._server = server
        self._world = world

    def run(
        self, *words: str, until: Sequence[Callable[[], bool]] = ()
    ) -> tuple[list[Moment], Moment, float]:
        """A verb in a process of its own.

        Args:
            words: the verb and its arguments.
            until: conditions that come true one after the other while it runs.

        Returns:
            When each came true, and when the verb ended, since the first did or it began; and the
            peak of its memory in MB.
        """
        at = ["--label-studio-url", self._world.server, "--api-key", self._world.token]
        workspace = ["--workspace", str(self._world.workspace)]
        command = [sys.executable, "-m", "newsledger", *workspace, *words, *at]
        server = self._server.pid or 0
        verb = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        moments = [Moment(time.perf_counter(), processors_of(server, verb.pid))]
        waiting = list(until)
        taken, peak = moments[0].processors, 0.0
        while os.waitid(os.P_PID, verb.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            taken = processors_of(server, verb.pid)
            peak = max(peak, megabytes_of(verb.pid))
            while waiting and waiting[0]():
                waiting.pop(0)
                moments.append(Moment(time.perf_counter(), taken))
            time.sleep(0.2)
        if waiting and waiting[0]():  # it came true at the very end
            waiting.pop(0)
            moments.append(Moment(time.perf_counter(), taken))
        end = Moment(time.perf_counter(), taken)
        usage = os.wait4(verb.pid, 0)
        assert usage[1] == 0, f"{words} failed"
        assert not waiting, f"{words} came to its end too early"
        first = moments[1] if until else moments[0]
        return (
            [one.since(first) for one in moments[1:]],
            end.since(first),
            peak,
        )

    def follows(self, model: str, number: int) -> bool:
        """Whether so many tasks show a suggestion of this model."""
        name = self._server.folder / "data" / "label_studio.sqlite3"
        with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True, timeout=60)) as database:
            (active,) = database.execute(
                "SELECT model_version FROM project WHERE id = ?", (self._world.project,)
            ).fetchone()
            (stored,) = database.execute(
                "SELECT count(DISTINCT task_id) FROM prediction "
                "WHERE project_id = ? AND model_version = ?",
                (self._world.project, model),
            ).fetchone()
        return bool(active == model and stored >= number)

    def promote(self, model: str, tasks: int) -> None:
        """Another champion."""
        models = self._world.workspace / "models"
        (_, first, everything), end, peak = self.run(
            "promote",
            model,
            until=(
                lambda: champion_id(models) == model,
                lambda: self.follows(model, min(tasks, AT_HEAD)),
                lambda: self.follows(model, tasks),
            ),
        )
        print(f"  {f'{model}: the first {min(tasks, AT_HEAD):,} follow':34}{first.text()}")
        print(f"  {'all follow':34}{everything.text()}")
        print(f"  {'the verb ends':34}{end.text()}   at most {peak:,.0f} MB", flush=True)

    def next_task(self) -> float:
        """Seconds until the next task is there, the median of twenty."""
        took = []
        headers = {"Authorization": f"Token {self._world.token}"}
        with httpx.Client(headers=headers, timeout=600, trust_env=False) as http:
            for _ in range(20):
                began = time.perf_counter()
                address = f"{self._world.server}/api/projects/{self._world.project}/next"
                http.get(address).raise_for_status()
                took.append(time.perf_counter() - began)
        return statistics.median(took)

    def remove_old(self) -> None:
        """What is old, as `prune` removes it."""
        server = self._server.pid or 0
        with LabelStudio(self._world.server, self._world.token) as studio:
            began = Moment(time.perf_counter(), processors_of(server, os.getpid()))
            suggestions = studio.suggestions(self._world.project)
            gone = suggestions.remove_old(keep=("second", "third"), most=REMOVED)
        took = Moment(time.perf_counter(), processors_of(server, os.getpid())).since(began)
        print(f"  {f'{gone} old suggestions removed':34}{took.text()}", flush=True)


def measure(folder: Path, server: LocalServer, models: Path, tasks: int) -> None:
    """One number of tasks."""
    folder.mkdir()
    world = make_world(
        folder, models, server.url, server.login.token, lambda _: Stored({}, {}, {}), tasks
    )
    measured = Measured(server, world)
    print(f"{tasks:,} tasks{'':24}{'clock':>11}{'processors':>12}", flush=True)
    _, end, peak = measured.run("push", str(world.next_file(tasks)), "--presplit")
    print(f"  {'push':34}{end.text()}   at most {peak:,.0f} MB", flush=True)
    there = world_tasks(world)
    print(f"  {'next task':34}{measured.next_task():9.2f} s")
    measured.promote("second", there)
    _, end, peak = measured.run("pull")
    print(f"  {'pull':34}{end.text()}   at most {peak:,.0f} MB", flush=True)
    print(f"  {'next task':34}{measured.next_task():9.2f} s")
    measured.promote("third", there)
    print(f"  {'next task':34}{measured.next_task():9.2f} s")
    measured.remove_old()


def world_tasks(world: World) -> int:
    """How many tasks the project has."""
    with LabelStudio(world.server, world.token) as studio:
        return studio.counts(world.project).tasks


def main() -> None:
    """Run it for each number of tasks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tasks", type=int, nargs="+", default=[1_000, 12_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, LocalServer(Path(name) / "studio") as server:
        models = make_models(Path(name) / "models")
        for tasks in options.tasks:
            measure(Path(name) / str(tasks), server, models, tasks)
            print(f"  load of this machine {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
