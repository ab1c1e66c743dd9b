"""Faults between newsledger and a real Label Studio, while somebody labels all the time.

``FAULTS=1000`` in the environment makes it a long run, and ``SEED=…`` another one.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter

import pytest

from annotation.dataset.snapshot import read_snapshot
from tests.faults.conftest import EVENTS, MODELS, Done, World
from tests.faults.people import Person, Said
from tests.faults.proxy import FaultProxy, Plan
from training.registry.champion import champion_id

FAULTS = int(os.environ.get("FAULTS", "100"))
SEED = int(os.environ.get("SEED", "2026"))

VERBS = ("push",) * 6 + ("promote",) * 5 + ("rollback",) * 3 + ("pull",) * 2 + ("doctor",)
"""Drawn from; a retraining comes after every twenty of them."""

WAYS_OUT = ("again", "Start it", "Copy a token", "Check", "newsledger", "Wait", "Promote")


def test_nothing_is_lost_doubled_or_silent(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    plan = Plan(random.Random(SEED + 1), latest=0.9)
    codes: Counter[tuple[str, int]] = Counter()
    with (
        FaultProxy(world.server, plan) as proxy,
        Person(world.server, world.token, world.project, SEED, 0.25, EVENTS) as person,
    ):
        assert world.run(proxy.url, "push", str(world.next_file(40)), *presplit).code == 0
        plan.writes, plan.reads, plan.most = 0.25, 0.08, FAULTS
        turn = 0
        while plan.injected.total() < plan.most:
            turn += 1
            verb = "retrain" if turn % 20 == 0 else chance.choice(VERBS)
            before = tuple(person.said)
            done = go(world, proxy.url, verb, chance)
            codes[verb, done.code] += 1
            holds(world, done, before)
        plan.writes = plan.reads = 0.0
        proxy.drain()
    last = go_straight(world)
    report(capsys, plan, codes, person, last)
    all_is_there_once(world, person)


presplit = ("--presplit",)


def go(world: World, url: str, verb: str, chance: random.Random) -> Done:
    """One verb, and the same again where it was cut short, as its messages say."""
    match verb:
        case "push":
            return world.run(url, verb, str(world.next_file(25)), *presplit)
        case "promote":
            return world.run(url, verb, chance.choice(MODELS))
        case "retrain":
            return world.run(url, verb, "--force", "--no-seeds")
        case _:
            return world.run(url, verb)


def holds(world: World, done: Done, before: tuple[Said, ...]) -> None:
    """What must be so after any verb, and what one promises that exits with 0."""
    told = done.out + done.err
    assert done.code in (0, 1), (done.verb, told)
    assert "Traceback" not in told, told
    assert "our bug" not in told, told
    if done.code == 1:
        assert any(way in told for way in WAYS_OUT), told
        return
    stored = world.stored()
    if done.verb == "push":
        wanted = {
            json.loads(line)["sentence_id"] for line in world.sent[-1].read_text().splitlines()
        }
        assert wanted <= set(stored.tasks.values()), wanted - set(stored.tasks.values())
    if done.verb in ("promote", "rollback"):
        champion = champion_id(world.workspace / "models") or ""
        free = stored.tasks.keys() - stored.touched
        lacking = [task for task in free if not stored.suggestions(task, champion)]
        assert not lacking, (done, lacking)
    if done.verb == "pull":
        unchanged(world, before)


def unchanged(world: World, said: tuple[Said, ...]) -> None:
    """The newest snapshot has everything that was said, as it was said."""
    folder = max((world.workspace / "snapshots").iterdir(), key=lambda one: one.stat().st_mtime_ns)
    found = {
        int(one.annotation_id): (one.sentence_id, one.cancelled, one.events.aliases)
        for one in read_snapshot(folder).annotations
    }
    for one in said:
        assert found.get(one.id) == (one.sentence, one.cancelled, (one.event,)), one


def go_straight(world: World) -> list[Done]:
    """The same without faults: whatever was cut short is finished."""
    champion = champion_id(world.workspace / "models")
    assert champion is not None
    done = [
        world.run(world.server, "push", str(world.all_rows()), *presplit),
        world.run(world.server, "promote", champion),
        world.run(world.server, "pull"),
        world.run(world.server, "doctor"),
    ]
    assert [one.code for one in done] == [0] * 4, done
    return done


def all_is_there_once(world: World, person: Person) -> None:
    stored = world.stored()
    champion = champion_id(world.workspace / "models") or ""
    wanted = {row["sentence_id"] for row in world.rows[: world.pushed]}
    assert set(stored.tasks.values()) == wanted
    touched = Counter(stored.tasks[task] for task in stored.touched)
    for sentence, number in stored.twice.items():
        assert touched[sentence] == number, (sentence, "is there twice, and nobody has said why")
    for task in stored.tasks:
        times = stored.suggestions(task, champion)
        assert times <= 1, (task, times)
        assert times == 1 or task in stored.touched, task
    for one in person.said:
        task, cancelled, event = stored.annotations[one.id]
        assert (stored.tasks[task], cancelled, event) == (one.sentence, one.cancelled, one.event)
    unchanged(world, tuple(person.said))


def report(
    capsys: pytest.CaptureFixture[str],
    plan: Plan,
    codes: Counter[tuple[str, int]],
    person: Person,
    last: list[Done],
) -> None:
    """What happened, for who looks at the output."""
    lines = (
        f"\nfaults {plan.injected.total()}: {dict(plan.injected)}",
        f"verbs and exit codes: {dict(codes)}",
        f"labelled {len(person.said)}, turned away {person.turned_away}",
        last[0].out,
    )
    with capsys.disabled():
        sys.stdout.write("\n".join(lines))
