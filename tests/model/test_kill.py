"""SIGKILL at random moments of saving, promoting and rolling back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.corpus import make_corpus
from training.bundle import history, list_models, promote, save_model
from training.train import train

# One process that forks, since starting thirty of them would take most of a minute.
KILLER = """
import os, random, signal, sys, time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from annotation.errors import ModelError
from training.bundle import champion_id, load_champion, load_model, promote, rollback, save_model

models = Path(sys.argv[1])
model = load_model(models / "first")
chance = random.Random(0)
for run in range(30):
    child = os.fork()
    if not child:
        for number in range(10_000):
            saved = save_model(models, replace(model, id=f"run{run}-{number}"))
            promote(models, saved.id, reason="loop")
            if number % 3 == 2:
                with suppress(ModelError):  # there may be none before it
                    rollback(models)
        os._exit(0)
    time.sleep(chance.uniform(0.0, 0.1))
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    champion = load_champion(models)
    assert champion is not None and champion.id == champion_id(models)
print("whole 30 times")
"""


def test_the_champion_is_always_whole_and_loads(tmp_path: Path) -> None:
    model = train(make_corpus(5, 6).freeze(tmp_path / "snapshots", ("a00",))).model
    models = tmp_path / "models"
    save_model(models, replace(model, id="first"))
    promote(models, "first", reason="the first")
    run = subprocess.run(
        [sys.executable, "-c", KILLER, str(models)], capture_output=True, text=True
    )
    assert run.stdout == "whole 30 times\n", run.stderr
    listed = list_models(models)
    assert {one.problem for one in listed} == {""}
    assert len(listed) > 5
    assert sum(one.champion for one in listed) == 1
    promote(models, "first", reason="after all that")
    assert history(models)[-1].model == "first"
