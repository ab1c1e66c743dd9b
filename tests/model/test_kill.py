"""SIGKILL at random moments of training, saving, promoting and rolling back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.records import Annotation, Sentence
from annotation.schema import parse_schema
from tests.corpus import annotate, make_corpus
from training.challenger import make_challenger
from training.registry.champion import list_models, set_champion
from training.registry.history import history
from training.registry.store import save_model

pytestmark = pytest.mark.slow

# One label and three articles: the less there is to fit, the more kills meet what is written.
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="event" toName="text" choice="multiple"><Choice value="fight"/></Choices>
</View>"""

# One process that forks, since starting thirty of them would take most of a minute.
KILLER = """
import os, random, signal, sys, time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from annotation.errors import ModelError
from training.registry.store import load_model, save_model
from training.registry.champion import champion_id, load_champion, set_champion
from training.registry.rollback import begin_rollback, finish_rollback

models = Path(sys.argv[1])
model = load_model(models / "first")
chance = random.Random(0)
for run in range(30):
    child = os.fork()
    if not child:
        for number in range(10_000):
            saved = save_model(models, replace(model, id=f"run{run}-{number}"))
            set_champion(models, saved.id, reason="loop")
            if number % 3 == 2:
                with suppress(ModelError):  # there may be none before it
                    begin_rollback(models, reason="loop")
                    finish_rollback(models)
        os._exit(0)
    # Some runs are killed early; of the others, when is counted in work done, not in time, so
    # that a slow machine sees the same moments.
    for number in range(chance.randrange(6)):
        while not (models / f"run{run}-{number}").exists():
            time.sleep(0.0002)
    time.sleep(chance.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    champion = load_champion(models)
    assert champion is not None and champion.id == champion_id(models)
print("whole 30 times")
"""


def test_the_champion_is_always_whole_and_loads(tmp_path: Path) -> None:
    corpus = make_corpus(3, 24)
    schema = parse_schema(CONFIG)
    fights = tuple(
        annotate(schema, one.sentence_id, *(("fight",) if "fight" in one.events else ()))
        for one in corpus.annotations
    )
    learnt = replace(corpus, schema=schema, annotations=fights)
    model = make_challenger(learnt.freeze(tmp_path / "snapshots")).model
    models = tmp_path / "models"
    save_model(models, replace(model, id="first"))
    set_champion(models, "first", reason="the first")
    run = subprocess.run(
        [sys.executable, "-c", KILLER, str(models)], capture_output=True, text=True
    )
    assert run.stdout == "whole 30 times\n", run.stderr
    listed = list_models(models)
    assert {one.problem for one in listed} == {""}
    assert len(listed) > 5
    assert sum(one.champion for one in listed) == 1
    set_champion(models, "first", reason="after all that")
    assert history(models)[-1].model == "first"


# The command itself, in forks of a process that has imported everything and computed nothing.
TRAINER = """
import json, os, random, signal, sys, time
from pathlib import Path
import training.challenger, training.evaluation.promotion.gate
from newsledger.cli import main
from training.registry.champion import champion_id, load_champion, list_models

folder, workspace = Path(sys.argv[1]), Path(sys.argv[2])
models = workspace / "models"
chance = random.Random(0)

def started(number):
    child = os.fork()
    if child:
        return child
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    sys.argv = ["newsledger", "--workspace", str(workspace), "train", "--promote", "--force"]
    sys.argv += ["--config", str(folder / "config.xml"), "--labels", str(folder / f"{number}.json")]
    try:
        main()
    except SystemExit as end:
        os._exit(end.code or 0)
    os._exit(0)

def ended(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def gone(child):  # ended by itself, and still to be waited for
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

def wait_for_the_switch(child, before):
    while champion_id(models) == before and not gone(child):
        time.sleep(0.0002)

began = time.perf_counter()
assert ended(started(0)) == 0
takes = time.perf_counter() - began
killed, switched = 0, {champion_id(models)}
for number in range(1, 31):
    before = champion_id(models)
    child = started(number)
    if number % 3:
        time.sleep(takes * chance.random() ** 0.5)  # files are written late
    else:  # the moment after the switch, however slow the machine is
        wait_for_the_switch(child, before)
    if gone(child):
        takes *= 0.9
    os.kill(child, signal.SIGKILL)
    killed += ended(child) == -signal.SIGKILL
    champion = load_champion(models)
    assert champion is not None and champion.id == champion_id(models)
    switched.add(champion.id)
before = champion_id(models)
assert ended(started(31)) == 0
assert load_champion(models).id != before
assert not any(one.problem for one in list_models(models))
print(killed, len(switched))
"""


def exported(sentence: Sentence, annotation: Annotation, number: int) -> dict[str, object]:
    """A task as Label Studio exports it, with what the configuration knows."""
    choices = [one for one in annotation.events.aliases if one == "fight"]
    result = {
        "id": "events",
        "from_name": "event",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": choices},
    }
    data = {
        "text": sentence.text,
        "sentence_id": sentence.id,
        "article_id": sentence.article_id,
    }
    done = {"id": number, "completed_by": 1, "result": [result] if choices else []}
    return {"id": number, "data": data, "annotations": [done]}


def test_the_champion_stays_whole_while_training_is_killed(tmp_path: Path) -> None:
    (tmp_path / "config.xml").write_text(CONFIG)
    corpus = make_corpus(3, 24)
    tasks = [
        exported(sentence, annotation, number)
        for number, (sentence, annotation) in enumerate(
            zip(corpus.sentences, corpus.annotations, strict=True), start=1
        )
    ]
    for number in range(32):  # each run finds one more sentence labelled
        labelled = tasks[: len(tasks) - 31 + number]
        (tmp_path / f"{number}.json").write_text(json.dumps(labelled))
    run = subprocess.run(
        [sys.executable, "-c", TRAINER, str(tmp_path), str(tmp_path / "workspace")],
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert run.returncode == 0, run.stderr
    killed, champions = map(int, run.stdout.split())
    assert killed >= 10  # some are faster than the first and end before the signal
    assert champions > 10  # and a third had promoted before
