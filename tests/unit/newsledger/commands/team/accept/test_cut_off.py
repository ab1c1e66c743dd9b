"""A run that was cut off is ended by the next, or is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.errors import TrainingError
from annotation.labelstudio.tasks import task_queries
from annotation.labelstudio.tasks.task_queries import TaskQueries
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.commands.team.accept import undo_accept
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk, write_bulk
from newsledger.team.blind import BlindSlice
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.team.accept.rounds import (
    NEXT_UP,
    accepted,
    by_machine,
    cut_off,
    other_champion,
    says,
    tasks,
)

CUTS: tuple[tuple[Any, str], ...] = (
    (BlindSlice, "kept"),
    (accept, "_with_account"),
    (accept, "_machine"),
)


@pytest.mark.parametrize(("where", "name"), CUTS)
def test_a_run_that_is_cut_off_is_ended_by_the_next_with_the_same_audit(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    cut_off(monkeypatch, where, name, lambda: accepted(settings))
    audit = read_bulk(settings.accepted).rounds[-1].audit
    found = accepted(settings)
    assert read_bulk(settings.accepted).rounds[-1].audit == audit
    assert (len(read_bulk(settings.accepted).rounds), found.in_all) == (1, 21)
    assert {key for key, one in tasks(server).items() if one["data"]["blind"]} == set(audit)
    assert all(tasks(server)[key]["predictions"][0]["result"] == [] for key in audit)


@pytest.mark.slow
@pytest.mark.parametrize(("where", "name"), CUTS)
def test_one_of_another_model_of_which_nothing_was_accepted_begins_anew(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    cut_off(monkeypatch, where, name, lambda: accepted(settings))
    other_champion(settings, monkeypatch)
    found = accepted(settings)
    old, new = read_bulk(settings.accepted).rounds
    assert (old.undone, old.done, new.done, new.model) == (True, False, True, "m2")
    assert found.in_all == len(by_machine(server)) > 0
    blind = {key for key, one in tasks(server).items() if one["data"]["blind"]}
    assert set(new.audit) <= blind
    for key in new.audit:
        says(server, key, "none")
    (told,) = pulling.pull(settings, Quiet()).audits
    assert told.count.kept


@pytest.mark.slow
def test_one_of_another_model_of_which_some_was_accepted_is_only_audited(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    record = read_bulk(settings.accepted)
    write_bulk(settings.accepted, replace(record, rounds=(replace(record.rounds[0], done=False),)))
    machine = by_machine(server)
    other_champion(settings, monkeypatch)
    accepted(settings)
    (only,) = read_bulk(settings.accepted).rounds
    assert only.done
    assert by_machine(server) == machine
    for key in only.audit:
        (shown,) = tasks(server)[key]["predictions"]
        assert (shown["model_version"], shown["result"], shown["score"]) == ("m2", [], 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("label", ["none", "clash"])
def test_an_answer_with_a_suggestion_in_sight_is_none_of_an_audit(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    cut_off(monkeypatch, BlindSlice, "kept", lambda: accepted(settings))
    seen = read_bulk(settings.accepted).rounds[-1].audit[0]
    says(server, seen, label)
    accepted(settings)
    old, new = read_bulk(settings.accepted).rounds
    assert (old.undone, new.done) == (True, True)
    assert seen not in (*new.audit, *new.rest)
    (told,) = pulling.pull(settings, Quiet()).audits
    assert (told.count.seen, told.count.wrong) == (0, 0)


@pytest.mark.slow
def test_what_was_pushed_meanwhile_is_not_accepted_with_it(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cut_off(monkeypatch, accept, "_machine", lambda: accepted(settings))
    file = tmp_path / "later.txt"
    file.write_text("The crew met by night.\nThe crew met by day.", encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        model = models.find_model(settings)
        assert pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True).created == 2
    assert accepted(settings).in_all == 21
    assert by_machine(server) == set(read_bulk(settings.accepted).rounds[-1].rest)


def test_nor_is_what_somebody_may_have_had_open(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TaskQueries, "next_up", NEXT_UP)
    monkeypatch.setattr(task_queries, "QUEUE_HEAD", 6)
    with project.opened(settings, Quiet()) as ours:
        waits = {one.id for one in ours.studio.bulk(ours.id).waiting(ours.schema, "m1")}
    accepted(settings)
    assert by_machine(server)
    assert by_machine(server) <= waits


def test_one_whose_audit_was_broken_meanwhile_is_not_ended(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, accept, "_machine", lambda: accepted(settings))
    says(server, read_bulk(settings.accepted).rounds[-1].audit[0], "clash")
    with pytest.raises(TrainingError, match="breaks its promise"):
        accepted(settings)
    assert by_machine(server) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "call", ["PATCH task", "POST actions", "POST project predictions", "POST signup", "GET token"]
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_so_is_one_at_any_call(
    settings: Settings, server: FakeStudio, call: str, place: int
) -> None:
    def cut(*_: object) -> httpx.Response:
        raise KeyboardInterrupt

    calls = [lambda _, answer: answer()] * place
    server.fail(call, *calls, cut)
    try:
        accepted(settings)
    except KeyboardInterrupt:
        accepted(settings)
    server.faults.clear()
    (only,) = read_bulk(settings.accepted).rounds
    assert only.done
    assert len(by_machine(server)) == 21
    for task in tasks(server).values():
        assert len(task["annotations"]) <= 1
        assert len(task["predictions"]) == 1
    assert all(tasks(server)[key]["predictions"][0]["result"] == [] for key in only.audit)


def test_undoing_is_done_whole_by_the_next_run(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    cut_off(monkeypatch, accept, "write_bulk", lambda: undo_accept(settings, Quiet()))
    assert len(read_bulk(settings.accepted).rounds) == 1
    undo_accept(settings, Quiet())
    assert (by_machine(server), read_bulk(settings.accepted).valid_rounds) == (set(), ())
