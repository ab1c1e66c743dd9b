"""Sentences that are pushed without a suggestion, and those that several people label."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.snapshot import read_snapshot
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.labelling.pushing import PushResult
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import SEED_ARTICLES
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from newsledger.team.blind import BlindSlice
from newsledger.team.overlap import Overlap
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.labelling.push_and_pull.people import (
    SENTENCES,
    Killed,
    answered,
    killed,
    label,
)
from training.model import untrained_model


def blind_tasks(server: FakeStudio) -> dict[str, dict[str, Any]]:
    tasks = (one for one in server.tasks.values() if one["data"]["blind"])
    return {one["data"]["sentence_id"]: one for one in tasks}


@pytest.mark.slow
def test_a_share_is_pushed_without_a_suggestion_and_keeps_its_place(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    told = ("Warplanes and drones flew air strikes on {}", "Food and relief came to {}", "It is {}")
    rows = [{"id": f"s{n}", "text": told[n % 3].format(n)} for n in range(SENTENCES)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    model = replace(untrained_model(ours.schema), id="m")

    def push(share: float) -> PushResult:
        blind = BlindSlice(settings.withheld, ours.workspace, share)
        return pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True, blind=blind)

    server.fail("POST project import", killed)
    with pytest.raises(Killed):
        push(0.2)
    pushed = push(0.2)
    blind = blind_tasks(server)
    assert 10 < len(blind) == pushed.blind < 60
    assert "without seeing a suggestion" in pushed.text()
    with_ticks = {
        task["data"]["sentence_id"]
        for task in server.tasks.values()
        if task["predictions"][0]["result"]
    }
    assert len(with_ticks) > 50
    assert not with_ticks & blind.keys()
    scores = sorted(one["predictions"][0]["score"] for one in server.tasks.values())
    assert len(set(scores)) == len(rows)
    # What is there stays as it was drawn then, and is said to be so.
    for share in (0.0, 1.0):
        again = push(share)
        assert (again.created, again.blind) == (0, len(blind))
    assert blind_tasks(server).keys() == blind.keys()

    # Another champion shows them nothing either, and what it would have shown is known.
    retraining.refresh(settings, Quiet(), ours, replace(model, id="other"))
    assert not any(
        two["result"] for one in blind_tasks(server).values() for two in one["predictions"]
    )
    strike = next(one for one in blind if int(one[1:]) % 3 == 0)
    label(server, strike)
    snapshot = read_snapshot(Path(pulling.pull_from(settings, Quiet(), ours)[0].path))
    (annotation,) = snapshot.annotations
    assert annotation.suggested_by is None
    assert annotation.withheld is not None
    assert annotation.withheld.model_id == "other"
    assert annotation.withheld.labels is not None
    assert annotation.withheld.labels.events == ("strike",)


def test_seeds_are_shown_with_their_suggestions(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio
) -> None:
    seeds = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    model = replace(untrained_model(ours.schema), id="m")
    blind = BlindSlice(settings.withheld, ours.workspace, 1.0)
    assert pushing.push_into(Quiet(), ours, model, [seeds], blind=blind).blind == 0
    assert not blind_tasks(server)


def test_what_was_withheld_is_written_down_before_anybody_can_label_it(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Air strikes hit the town.\n", encoding="utf-8")
    blind = BlindSlice(settings.withheld, ours.workspace, 1.0)
    server.fail("POST project import", killed)
    with pytest.raises(Killed):
        pushing.push_into(
            Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)], blind=blind
        )
    assert json.loads(settings.withheld.read_text(encoding="utf-8"))["withheld"]


def test_killed_before_a_second_person_was_asked_for_it_asks_when_run_again(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    rows = [{"id": f"s{n}", "text": f"Shells hit house {n}."} for n in range(20)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    model = replace(untrained_model(ours.schema), id="m")

    def push() -> PushResult:
        overlap = Overlap(ours.workspace, 0.5, 3)
        return pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True, overlap=overlap)

    server.fail("PATCH task", answered, answered, killed)
    with pytest.raises(Killed):
        push()
    pushed = push()
    assert (pushed.created, pushed.for_several) == (0, 10)
    assert "for several people each: 10" in pushed.text()
    asked = {one["data"]["people"]: one["overlap"] for one in server.tasks.values()}
    assert asked == {"": 1, "3": 3}
    first = sorted(server.tasks.values(), key=lambda one: float(one["predictions"][0]["score"]))
    assert [one["overlap"] for one in first] == [3] * 10 + [1] * 10
