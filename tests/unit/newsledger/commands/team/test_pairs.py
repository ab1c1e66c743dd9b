"""Pairs of our own articles: asked, answered, read back, undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.dataset.snapshot import read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import InputError, SnapshotError
from annotation.labelstudio.export_json.export import read_export
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.handover.ledger import LedgerResult, ledger, ledger_reports
from newsledger.commands.handover.trace import trace
from newsledger.commands.labelling import pulling
from newsledger.commands.state import project
from newsledger.commands.state.pair_tasks import pairs_config
from newsledger.commands.team.pairs import PairsResult, pairs, undo_pairs
from newsledger.ledger.incidents.asked_pairs import asked_pairs
from newsledger.ledger.incidents.grouping import incidents_of
from newsledger.ledger.incidents.pair_decisions import (
    PairAnswer,
    PairDecision,
    add_decisions,
    read_decisions,
    write_decisions,
)
from newsledger.ledger.incidents.reports import Report
from newsledger.ledger.tables.incident_rows import incident_types
from newsledger.progress import Quiet
from newsledger.settings import Credentials, Settings, packaged, read_settings
from tests.contract.fake_studio import TOKEN, URL, USER, FakeStudio


class World:
    """A workspace with our own articles, a server, and somebody who answers."""

    def __init__(self, settings: Settings, server: FakeStudio) -> None:
        self.settings, self.server = settings, server
        self._http = httpx.Client(
            base_url=URL, headers={"Authorization": f"Token {TOKEN}"}, transport=server
        )

    def run(self, **more: int) -> PairsResult:
        return pairs(self.settings, Quiet(), **more)

    def tasks(self) -> dict[int, dict[str, Any]]:
        return {number: one for number, one in self.server.tasks.items() if "key" in one["data"]}

    def answer(self, task: int, *answers: str, reason: str = "") -> None:
        control = {"to_name": "first", "id": "r"}
        result = [
            {**control, "from_name": "verdict", "type": "choices",
             "value": {"choices": list(answers)}},
            {**control, "from_name": "reason", "type": "textarea", "value": {"text": [reason]}},
        ]  # fmt: skip
        self._http.post(
            f"/api/tasks/{task}/annotations/", json={"result": result}
        ).raise_for_status()

    def ledger(self) -> LedgerResult:
        return ledger(self.settings, Quiet(), people_only=True)

    def incident_of(self, sentence: str) -> str:
        rows = [
            (one["incident_id"], report) for one in self.ledger().incidents
            for report in one["reports"]
        ]  # fmt: skip
        return str(next(key for key, report in rows if report["report_id"] == sentence))


@pytest.fixture
def world(tmp_path: Path, server: FakeStudio) -> World:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    schema = read_schema(settings.config)
    export = read_export(packaged("seeds/incidents/labels.json"), schema)
    write_snapshot(
        settings.snapshots, sentences=export.sentences, annotations=export.annotations,
        schema=schema, articles=export.articles,
    )  # fmt: skip
    return World(settings, server)


def first_apart(world: World) -> tuple[int, str, str]:
    """A task whose reports are of two incidents, with their ids."""
    for number, task in world.tasks().items():
        first, second = task["data"]["first_id"], task["data"]["second_id"]
        if task["data"]["asked_because"] != "joined" and not task["annotations"]:
            return number, first, second
    raise AssertionError("nothing is apart")


@pytest.mark.slow
def test_the_doubtful_pairs_are_asked_once(world: World) -> None:
    found = world.run(doubtful=6, checked=2)
    assert (found.asked, found.added, found.taken_back, found.new) == (8, 8, 0, 0)
    assert sum(found.because.values()) == 8
    assert found.because["check"] == 2
    assert found.url in found.text()
    again = world.run(doubtful=6, checked=2)
    assert (again.asked, again.added, again.taken_back) == (8, 0, 0)
    assert len(world.tasks()) == 8


def test_where_nothing_is_in_doubt_one_line_says_so() -> None:
    nothing = PairsResult("http://studio/projects/2/data", 0, 0, 0, {}, 0, (), ())
    assert nothing.text() == "No two reports are in doubt, so there is nothing to decide."
    assert len(replace(nothing, taken_back=1).text().splitlines()) > 1


@pytest.mark.slow
def test_a_decision_joins_says_who_and_is_undone(world: World) -> None:
    world.run()
    number, first, second = first_apart(world)
    assert world.incident_of(first) != world.incident_of(second)
    world.answer(number, "same", reason="one market")
    found = world.run()
    assert (found.new, found.disagreements) == (1, ())
    (decision,) = found.decisions
    assert (decision.answer, decision.decided_by, decision.reason) == ("same", USER, "one market")
    assert decision.id in str(found.tables())
    assert found.to_json()["decisions"][0]["id"] == decision.id
    assert world.incident_of(first) == world.incident_of(second)
    joined = next(table for table in world.ledger().tables() if table.title == "Joined by people")
    assert joined.rows == (
        (world.incident_of(first), f"joined by {USER} on {decision.decided_at[:10]}"),
    )
    traced = trace(world.settings, Quiet(), world.incident_of(first))
    assert traced.incidents[0]["status"] == "decided"
    assert world.run().new == 0
    undone = undo_pairs(world.settings, Quiet(), [decision.id])
    assert undone.undone == (decision,)
    assert undone.to_json()["undone"][0]["id"] == decision.id
    assert world.incident_of(first) != world.incident_of(second)
    again = world.run()
    assert (again.new, again.decisions) == (0, ())
    assert {first, second} in [
        {task["data"]["first_id"], task["data"]["second_id"]} for task in world.tasks().values()
        if not task["annotations"]
    ]  # fmt: skip
    (stored,) = read_decisions(world.settings.decisions)
    assert stored.undone_at


@pytest.mark.slow
def test_pairs_that_are_settled_meanwhile_are_taken_back_and_answers_stay(world: World) -> None:
    world.run()
    number, first, second = first_apart(world)
    world.answer(number, "different")
    found = world.run(doubtful=2, checked=0)
    left = world.tasks()
    assert found.taken_back > 0
    assert number in left
    assert len(left) == 3
    assert world.incident_of(first) != world.incident_of(second)


@pytest.mark.slow
def test_everything_that_somebody_decided_is_undone_at_once(world: World) -> None:
    world.run()
    for number in list(world.tasks())[:3]:
        world.answer(number, "unsure")
    assert len(world.run().decisions) == 3
    assert len(undo_pairs(world.settings, Quiet(), by=USER).undone) == 3
    with pytest.raises(InputError, match="has decided nothing that counts"):
        undo_pairs(world.settings, Quiet(), by=USER)
    with pytest.raises(InputError, match="No decision that counts has the id 'd-none'"):
        undo_pairs(world.settings, Quiet(), ["d-none"])


@pytest.mark.slow
def test_bad_answers_are_named_and_the_others_count(world: World) -> None:
    world.run()
    one, other, third = list(world.tasks())[:3]
    world.answer(one, "same", "different")
    world.answer(other, "perhaps")
    world.answer(third, "unsure")
    hearing = Quiet()
    found = pairs(world.settings, hearing)
    assert [decision.answer for decision in found.decisions] == ["unsure"]
    assert found.asked == sum(not task["annotations"] for task in world.tasks().values())
    heard = [one.message for one in hearing.problems]
    assert [one.partition(" of ")[0] for one in heard] == [f"Task {one}", f"Task {other}"]
    assert "'perhaps', which is none of its choices" in heard[1]


def asked_again(world: World) -> int:
    """The task of a pair that somebody decided, of which the decision was undone since."""
    world.run()
    number, first, second = first_apart(world)
    world.answer(number, "same")
    (decision,) = world.run().decisions
    undo_pairs(world.settings, Quiet(), [decision.id])
    assert world.run().taken_back >= 1
    assert number not in world.tasks()
    key = " ".join(sorted((first, second)))
    return next(number for number, one in world.tasks().items() if one["data"]["key"] == key)


@pytest.mark.slow
@pytest.mark.parametrize("work", ["nothing", "draft", "skip"])
def test_a_pair_that_is_asked_again_stays_with_what_somebody_has_begun(
    world: World, work: str
) -> None:
    number = asked_again(world)
    if work == "draft":
        world.server.tasks[number]["drafts"].append({"id": 9_999})
    if work == "skip":
        world.answer(number)
        world.tasks()[number]["annotations"][0]["was_cancelled"] = True
    found = world.run()
    assert (found.added, found.taken_back) == (0, 0)
    assert number in world.tasks()


@pytest.mark.slow
def test_an_answer_that_is_given_while_reports_are_compared_is_read_by_the_next_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked_again(world)

    def meanwhile(*given: Any) -> Any:
        world.answer(number, "different")
        return ledger_reports(*given)

    with monkeypatch.context() as patched:
        patched.setattr("newsledger.commands.team.pairs.ledger_reports", meanwhile)
        assert world.run().decisions == ()
    found = world.run()
    assert (found.new, [one.answer for one in found.decisions]) == (1, ["different"])


@pytest.mark.slow
def test_an_answer_that_cannot_be_read_stays_where_others_were_undone(world: World) -> None:
    again = asked_again(world)
    world.answer(again, "perhaps")
    number, *_ = first_apart(world)
    world.answer(number, "same")
    world.answer(number, "same")
    world.tasks()[number]["annotations"][1]["result"] = "same"
    (decision,) = world.run().decisions
    undo_pairs(world.settings, Quiet(), [decision.id])
    for _ in range(2):
        hearing = Quiet()
        assert pairs(world.settings, hearing).new == 0
        assert len(hearing.problems) == 2
        assert [len(world.tasks()[one]["annotations"]) for one in (again, number)] == [1, 2]


@pytest.mark.slow
def test_whoever_decides_anew_in_the_same_task_is_heard(world: World) -> None:
    world.run()
    number, *_ = first_apart(world)
    world.answer(number, "same")
    (decision,) = world.run().decisions
    undo_pairs(world.settings, Quiet(), [decision.id])
    world.tasks()[number]["annotations"][0]["updated_at"] = "2026-02-02T00:00:00Z"
    for new in (1, 0):
        found = world.run()
        assert (found.new, found.taken_back, len(found.decisions)) == (new, 0, 1)
    assert number in world.tasks()


def test_pull_reads_decisions_once_somebody_has_been_asked(world: World) -> None:
    world.run()
    number = next(iter(world.tasks()))
    assert pulling.pull(world.settings, Quiet()).decisions == 0
    world.answer(number, "unsure")
    pulled = pulling.pull(world.settings, Quiet())
    assert pulled.decisions == 1
    assert "1 new decision on pairs of reports." in pulled.text()
    assert len(read_decisions(world.settings.decisions)) == 1


def test_pull_finds_the_pairs_again_where_their_number_was_lost(world: World) -> None:
    world.run()
    world.answer(next(iter(world.tasks())), "unsure")
    known = world.settings.project.read_text(encoding="utf-8")
    world.settings.project.unlink()
    assert pulling.pull(world.settings, Quiet()).decisions == 1
    assert world.settings.project.read_text(encoding="utf-8") == known


def test_pull_finds_the_pairs_again_at_another_address(world: World) -> None:
    world.run()
    world.answer(next(iter(world.tasks())), "unsure")
    moved = replace(world.settings, credentials=Credentials("http://elsewhere", TOKEN))
    assert pulling.pull(moved, Quiet()).decisions == 1
    assert pulling.pull(world.settings, Quiet()).decisions == 0


def test_pull_asks_for_no_pairs_where_nobody_was_asked_by_one_call(world: World) -> None:
    config = pairs_config()
    with LabelStudio(URL, TOKEN, transport=world.server) as studio:
        for other in ("b2", "c3", "d4"):
            studio.side_project(config, other)
        ours = project.find(world.settings, studio, read_schema(world.settings.config), create=True)
        before = len(world.server.calls)
        assert project.known_side(world.settings, ours, config) is None
        assert world.server.calls[before:] == ["GET projects"]
    assert pulling.pull(world.settings, Quiet()).decisions is None
    assert not world.tasks()


@pytest.mark.slow
def test_contradictory_decisions_are_named_and_none_is_lost(world: World) -> None:
    world.run()
    reports = [report["report_id"] for one in world.ledger().incidents for report in one["reports"]]
    a, b, c = reports[0], reports[20], reports[40]
    decisions = (
        PairDecision(a, b, "same", "ann", "2026-01-01"),
        PairDecision(b, c, "same", "bob", "2026-01-02"),
        PairDecision(a, c, "different", "cem", "2026-01-03"),
    )
    write_decisions(world.settings.decisions, add_decisions((), decisions))
    found = world.run()
    assert len(found.decisions) == 3
    (told,) = found.disagreements
    assert told in world.ledger().text()
    assert "'different' by cem" in told
    assert world.incident_of(a) == world.incident_of(c)
    undo_pairs(world.settings, Quiet(), [decisions[1].id])
    assert world.incident_of(a) != world.incident_of(c)
    assert world.run().disagreements == ()


@pytest.mark.parametrize(("headlines", "mixed_at_first", "most"), [(True, 0, 12), (False, 2, 16)])
def test_answers_to_all_that_is_asked_put_our_own_incidents_together(
    world: World, headlines: bool, mixed_at_first: int, most: int
) -> None:
    """Without places and headlines the program twice takes attacks in two towns for one."""
    snapshot = read_snapshot(snapshots_in_order(world.settings.snapshots)[-1])
    types = incident_types(snapshot.schema)
    reports = ledger_reports(world.settings, snapshot)
    if not headlines:
        reports = tuple(map(_without_headline, reports))
    gold = json.loads(packaged("seeds/incidents/gold.json").read_text(encoding="utf-8"))
    true = {key: one["id"] for one in gold for key in one["sentences"]}
    of = {
        one.id: next(true[told.sentence_id] for told in one.sentences if told.sentence_id in true)
        for one in reports
        if any(told.sentence_id in true for told in one.sentences)
    }

    def mixed(decisions: Sequence[PairDecision]) -> int:
        found = incidents_of(reports, types, decisions)
        names = [
            {of[one.report.id] for one in some.reports if one.report.id in of} for some in found
        ]
        return sum(len(some) > 1 for some in names)

    decisions: list[PairDecision] = []
    assert mixed(decisions) == mixed_at_first
    for _ in range(3):
        for one in asked_pairs(reports, types, decisions, doubtful=20, checked=0):
            first, second = of.get(one.first.id), of.get(one.second.id)
            answer: PairAnswer = "same" if first == second else "different"
            decisions.append(PairDecision(one.first.id, one.second.id, answer, "ann", "2026"))
    assert mixed(decisions) == 0
    assert len(decisions) <= most
    assert asked_pairs(reports, types, decisions, doubtful=20, checked=0) == ()


def _without_headline(one: Report) -> Report:
    article = replace(one.article, title="")
    whole = one.context is one.article.sentences
    return replace(one, article=article, context=article.sentences if whole else one.context)


def test_without_a_snapshot_there_is_nothing_to_compare(tmp_path: Path, server: FakeStudio) -> None:
    settings = read_settings(workspace=tmp_path / "empty", environment={})
    with pytest.raises(SnapshotError):
        pairs(settings, Quiet())
