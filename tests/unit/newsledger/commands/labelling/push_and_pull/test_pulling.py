"""What a pull makes of what people said, and what it tells."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from annotation.dataset.checks import Doubt
from newsledger.commands.labelling import pulling
from newsledger.commands.labelling.pulling import DoubtfulLabel, PullResult
from newsledger.commands.state.codebooks import note_version
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.task_addresses import task_addresses
from newsledger.progress import Quiet
from newsledger.settings import Settings
from tests.contract.fake_studio import URL, FakeStudio
from tests.unit.newsledger.commands.labelling.push_and_pull.people import (
    label,
    mark,
)


@pytest.mark.parametrize(
    ("labelled", "annotations", "skipped", "who", "told"),
    [
        (0, 0, 0, (), "96 sentences in the project, none labelled yet."),
        (25, 25, 0, ("ann",), "96 sentences in the project, 25 labelled by ann."),
        (25, 31, 0, ("ann", "bob"), "25 labelled by ann, bob: 31 annotations, 0 of them skipped."),
        (25, 26, 1, ("ann",), "25 labelled by ann: 26 annotations, 1 of them skipped."),
        (0, 1, 1, (), "none labelled yet: 1 annotation, 1 of them skipped."),
    ],
)
def test_a_pull_counts_annotations_only_where_they_are_no_labels(
    labelled: int, annotations: int, skipped: int, who: tuple[str, ...], told: str
) -> None:
    pulled = PullResult("id", "path", 96, labelled, annotations, skipped, who)
    assert pulled.text().splitlines()[0].endswith(told)


def test_a_pull_reads_values_widens_spans_and_says_so(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    event = ours.schema.event_aliases[0]
    mark(server, pushed[0], "ven airstri", ticked=[event])
    mark(server, pushed[1], "12 men", ticked=[event])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    assert [
        (claim.text, claim.low, claim.modifier, claim.read_by)
        for annotation in snapshot.annotations
        for claim in annotation.claims
    ] == [
        ("Seven airstrikes", Decimal(7), "exactly", "machine"),
        ("12 men", Decimal(12), "at_least", "machine"),
    ]
    assert pulled.to_json()["values_read"] == 2
    assert [one["text"] for one in pulled.to_json()["widened"]] == ["Seven airstrikes"]
    assert "read by machine: 2 claims." in pulled.text()
    assert "1 span that cut a word, widened to it: “ven airstri” to “Seven airstrikes”." in (
        pulled.text()
    )


def test_a_pull_lists_what_cannot_be_meant_with_the_address_of_its_task(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    alone = next(label.alias for label in ours.schema.event_types if label.excludes_rest)
    mark(server, pushed[1], ticked=[ours.schema.event_aliases[0], alone])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    (row,) = pulled.to_json()["doubtful"]
    assert row["task"] == f"{URL}/projects/{ours.id}/data?task={pushed[1]['id']}"
    assert row["doubt"]["check"] == "excluded"
    assert f"  {row['task']} {row['doubt']['says']} (" in pulled.text()
    assert alone in snapshot.annotations[0].events  # kept as it is


def test_a_pull_remembers_where_each_task_is_opened(
    settings: Settings, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    pulling.pull_from(settings, Quiet(), ours)
    page = f"{URL}/projects/{ours.id}/data"
    assert task_addresses(settings) == {
        task["data"]["sentence_id"]: f"{page}?task={task['id']}" for task in pushed
    }


def test_a_pull_says_how_many_labels_are_older_than_the_codebook(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    label(server, pushed[0]["data"]["sentence_id"])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    assert pulled.codebook is None
    assert snapshot.codebook is not None
    note_version(settings, replace(snapshot.codebook, version="0"))
    state = json.loads((settings.workspace / "codebooks.json").read_text(encoding="utf-8"))
    state["seen"][-1]["since"] = "2999-01-01T00:00:00+00:00"
    (settings.workspace / "codebooks.json").write_text(json.dumps(state), encoding="utf-8")
    pulled, _ = pulling.pull_from(settings, Quiet(), ours)
    assert pulled.codebook is not None
    assert pulled.codebook.older == 1
    assert "to codebook version 0 (" in pulled.text()


def test_a_pull_lists_so_many_doubtful_labels_and_counts_the_rest() -> None:
    doubt = Doubt("s", "ann", "1", "empty", "nothing is ticked and nothing marked")
    row = DoubtfulLabel("http://studio/projects/1/data?task=5", doubt)
    pulled = PullResult("id", "path", 1, 1, 1, 0, ("ann",), 0, doubtful=(row,) * 23)
    lines = pulled.text().splitlines()
    assert sum("?task=5" in line for line in lines) == 20
    assert "  3 more: `newsledger pull --json` lists all." in lines
