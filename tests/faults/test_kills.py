"""SIGKILL at random moments of every verb that writes, while somebody labels all the time.

``KILLS=100`` in the environment makes it a long run, and ``SEED=…`` another one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotation.labelstudio.server.local_server import LocalServer
from tests.faults.conftest import EVENTS, World
from tests.faults.people import Person
from tests.faults.test_faults import all_is_there_once, go_straight

KILLS = int(os.environ.get("KILLS", "20"))
SEED = int(os.environ.get("SEED", "2026"))

# One process that forks, since starting a hundred of them would take minutes.
KILLER = """
import json, os, random, signal, sys, time
from newsledger.cli import main
from newsledger.commands.labelling import retraining, up
from newsledger.commands.learning import models
from training.active_learning import queue
from training.registry import rollback
import annotation.labelstudio.answers, label_studio_sdk, sklearn.linear_model

calls, kills, seed = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)

def started(call):
    child = os.fork()
    if child:
        return child
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1), os.dup2(null, 2)
    sys.argv = ["newsledger", *call]
    try:
        main()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)
    os._exit(0)

takes, ended = {}, {}
for number in range(kills):
    call = calls[number % len(calls)]
    verb = call[2]
    began = time.monotonic()
    child = started(call)
    time.sleep(chance.uniform(0, takes.get(verb, 4.0)))
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code != -signal.SIGKILL:  # it had come to its end: earlier next time
        takes[verb] = 0.7 * min(takes.get(verb, 4.0), time.monotonic() - began)
    ended.setdefault(verb, []).append(code)
print(json.dumps(ended))
"""


def test_whatever_is_killed_run_again_ends_with_all_there_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    first = world.run(world.server, "push", str(world.next_file(40)), "--presplit")
    assert first.code == 0, first.err
    with Person(world.server, world.token, world.project, SEED, 0.25, EVENTS) as person:
        calls = [call(world, number) for number in range(KILLS)]
        run = subprocess.run(
            [sys.executable, "-c", KILLER, json.dumps(calls), str(KILLS), str(SEED)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    codes = json.loads(run.stdout)
    assert {code for some in codes.values() for code in some} <= {-signal.SIGKILL, 0, 1}
    assert sum(some.count(-signal.SIGKILL) for some in codes.values()) > KILLS / 3
    last = go_straight(world)
    with capsys.disabled():
        sys.stdout.write(f"\n{codes}\nturned away {person.turned_away}\n{last[0].out}")
    all_is_there_once(world, person)


def call(world: World, number: int) -> list[str]:
    """A verb with what it needs, as it is typed."""
    file = str(world.next_file(40))
    verbs = (
        ["push", file, "--presplit"],
        ["promote", "second"],
        ["retrain", "--force", "--no-seeds"],
        ["rollback"],
        ["push", file, "--presplit"],
        ["up", "--no-browser", "--no-seeds"],
        ["pull"],
        ["promote", "third"],
    )
    server = ["--label-studio-url", world.server, "--api-key", world.token]
    return ["--workspace", str(world.workspace), *verbs[number % len(verbs)], *server]


@pytest.mark.server
@pytest.mark.long
def test_up_that_is_killed_in_its_first_set_up_comes_up_when_it_is_run_again(
    tmp_path: Path,
) -> None:
    """Also where the server has gone with it, in the middle of its database's set-up."""
    chance = random.Random(SEED)
    for number in range(max(1, KILLS // 25)):
        workspace = tmp_path / f"workspace-{number}"
        words = [sys.executable, "-m", "newsledger", "--workspace", str(workspace)]
        first = subprocess.Popen([*words, "up", "--no-browser", "--no-seeds"])
        state = workspace / "label-studio" / "server.json"
        wait_for(state)
        time.sleep(chance.uniform(0.0, 12.0))
        first.send_signal(signal.SIGKILL)
        first.wait()
        if number % 2 == 0:
            os.killpg(json.loads(state.read_text())["pid"], signal.SIGKILL)
        with LocalServer(workspace / "label-studio") as server:
            assert server.url
            assert server.pid is not None


def wait_for(file: Path) -> None:
    """Until it is there; a minute at most."""
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{file} does not come")
