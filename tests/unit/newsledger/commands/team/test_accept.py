"""Acceptance in bulk over the fake server: borne out, audited, stopped, undone, and cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.errors import InputError, NewsledgerError, TrainingError, WorkspaceError
from annotation.labelstudio.machine_account import is_machine, machine_address
from annotation.labelstudio.tasks import task_queries
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.schema import parse_schema, read_schema
from newsledger.commands.handover.export import snapshot_path
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.learning import models, offline
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.commands.team.accept import AcceptResult, undo_accept
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.team.acceptance.bulk import JudgedAnswer
from newsledger.team.acceptance.bulk_rounds import read_bulk, write_bulk
from newsledger.team.blind import BlindSlice
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.scripted_model import OTHER, SURE, Scripted
from tests.unit.newsledger.commands.learning.test_train_result import result
from training.examples import build_examples
from training.model import Model

JUDGED = accept._judged
NEXT_UP = TaskQueries.next_up


@pytest.fixture
def settings(tmp_path: Path, server: FakeStudio, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace with 33 sentences; blind labels elsewhere bear out any promise."""
    settings = read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})

    def judged(*_: object, **__: object) -> Iterator[JudgedAnswer]:
        return (JudgedAnswer(0.9, right=True) for _ in range(400))

    model = cast(Model, Scripted(read_schema(settings.config)))
    monkeypatch.setattr(accept, "_judged", judged)
    monkeypatch.setattr(models, "find_model", lambda _: model)
    # Nobody has a task open: with so few, all would be about to be shown.
    monkeypatch.setattr(TaskQueries, "next_up", lambda *_: set())
    file = tmp_path / "article.txt"
    file.write_text("\n".join((*OTHER, *SURE)), encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        pushed = pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True)
        assert pushed.created == len(SURE) + len(OTHER)
    return settings


def accepted(settings: Settings, label: str = "none", precision: float = 70.0) -> AcceptResult:
    return accept.accept(settings, Quiet(), label=label, precision=precision)


def tasks(server: FakeStudio) -> dict[str, dict[str, Any]]:
    return {one["data"]["sentence_id"]: one for one in server.tasks.values()}


def by_machine(server: FakeStudio) -> set[str]:
    return {
        key
        for key, task in tasks(server).items()
        if any(is_machine(one["completed_by"]["email"]) for one in task["annotations"])
    }


def says(server: FakeStudio, key: str, *events: str) -> None:
    result = [
        {"from_name": "event", "to_name": "text", "type": "choices",
         "value": {"choices": list(events)}}
    ]  # fmt: skip
    shown = tasks(server)[key]["predictions"][-1]["id"]
    with httpx.Client(transport=server, base_url=URL) as person:
        person.post(
            f"/api/tasks/{tasks(server)[key]['id']}/annotations/",
            json={"result": result, "parent_prediction": shown},
            headers={"Authorization": f"Token {TOKEN}"},
        ).raise_for_status()


def frozen(pulled: pulling.PullResult) -> Snapshot:
    return read_snapshot(Path(pulled.path))


def test_sure_ones_are_the_machines_and_a_sample_of_them_comes_to_people_first(
    settings: Settings, server: FakeStudio
) -> None:
    found = accepted(settings)
    # 9 answers that are all right keep 70 %.
    assert (found.audit, found.may_be_wrong, found.in_all) == (9, 0, len(SURE) - 9)
    audit = read_bulk(settings.accepted).rounds[-1].audit
    assert len(by_machine(server)) == found.in_all
    assert not by_machine(server) & set(audit)
    assert {tasks(server)[key]["data"]["text"] for key in (*by_machine(server), *audit)} == set(
        SURE
    )
    places = {key: one["predictions"][0]["score"] for key, one in tasks(server).items()}
    assert max(places[key] for key in audit) < min(
        place for key, place in places.items() if key not in {*audit, *by_machine(server)}
    )
    for key in audit:
        task = tasks(server)[key]
        assert (task["data"]["blind"], task["predictions"][0]["result"]) == (True, [])
    assert "“" not in found.text()
    assert "21 sentences in all" in found.text()


def test_what_is_accepted_is_nobodys_label(settings: Settings, server: FakeStudio) -> None:
    accepted(settings)
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.labelled, pulled.annotations, pulled.annotators) == (0, 0, ())
    assert pulled.accepted == len(by_machine(server)) == 21
    assert "Accepted in bulk, and labelled by nobody: 21." in pulled.text()
    snapshot = frozen(pulled)
    assert snapshot.annotations == ()
    assert {one.sentence_id for one in snapshot.accepted} == by_machine(server)
    assert len(build_examples(snapshot)) == 0
    with project.opened(settings, Quiet()) as ours:
        counts = ours.studio.counts(ours.id)
    assert counts.annotated - counts.accepted == 0


def test_nothing_more_is_accepted_until_the_audit_is_labelled(
    settings: Settings, server: FakeStudio
) -> None:
    accepted(settings)
    audit = read_bulk(settings.accepted).rounds[-1].audit
    for key in audit[:4]:
        says(server, key, "none")
    with pytest.raises(TrainingError, match="people have labelled 4 of its 9 sentences"):
        accepted(settings)
    for key in audit[4:]:
        says(server, key, "none")
    (told,) = pulling.pull(settings, Quiet()).audits
    assert str(told).endswith("9 of 9 sentences labelled, 0 of them as something else; 70 % holds.")
    with pytest.raises(TrainingError, match="Only 0 sentences that nobody has labelled"):
        accepted(settings)  # it goes on, and finds nothing left


def test_a_broken_audit_stops_it_and_undoing_begins_anew(
    settings: Settings, server: FakeStudio
) -> None:
    accepted(settings)
    audit = read_bulk(settings.accepted).rounds[-1].audit
    says(server, audit[0], "clash")
    (told,) = pulling.pull(settings, Quiet()).audits
    assert "is broken" in str(told)
    with pytest.raises(TrainingError, match="breaks its promise: of 1 sentences 1") as stopped:
        accepted(settings)
    assert "accept --undo" in stopped.value.hint
    assert undo_accept(settings, Quiet()).taken_back == 21
    assert by_machine(server) == set()
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.accepted, pulled.audits, pulled.labelled) == (0, (), 1)
    assert undo_accept(settings, Quiet()).taken_back == 0


@pytest.mark.parametrize("precision", [70.0, 75.0])
def test_what_an_audit_has_denied_is_not_asked_until_chance_says_yes(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, precision: float
) -> None:
    accepted(settings)
    says(server, read_bulk(settings.accepted).rounds[-1].audit[0], "clash")
    undo_accept(settings, Quiet())
    with pytest.raises(TrainingError, match="An audit has shown that m1 breaks 70 % for 'none'"):
        accepted(settings, precision=precision)
    assert by_machine(server) == set()
    _other_champion(settings, monkeypatch)
    again = accepted(settings)
    assert (again.model, again.audit) == ("m2", 9)
    assert not by_machine(server) & set(read_bulk(settings.accepted).rounds[-1].audit)


@pytest.mark.parametrize(("precision", "chance"), [(60.0, 0.9), (70.0, 0.95)])
def test_less_may_be_promised_and_more_be_asked(
    settings: Settings,
    server: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    precision: float,
    chance: float,
) -> None:
    accepted(settings)
    says(server, read_bulk(settings.accepted).rounds[-1].audit[0], "clash")
    undo_accept(settings, Quiet())
    judged = [JudgedAnswer(chance, right=True)] * 400
    monkeypatch.setattr(accept, "_judged", lambda *_, **__: iter(judged))
    assert accepted(settings, precision=precision).in_all > 0


def test_an_audit_that_was_only_open_denies_nothing(settings: Settings, server: FakeStudio) -> None:
    accepted(settings)
    says(server, read_bulk(settings.accepted).rounds[-1].audit[0], "none")
    undo_accept(settings, Quiet())
    assert accepted(settings).audit == 9


@pytest.mark.slow
def test_what_is_accepted_stays_in_what_a_retraining_freezes(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    trained = result(promoted=False, champion=0.55)
    monkeypatch.setattr(offline, "train_challenger", lambda *_, **__: trained)
    retraining.retrain(settings, Quiet())
    last = read_snapshot(snapshot_path(settings, None))
    assert {one.sentence_id for one in last.accepted} == by_machine(server)
    assert last.annotations  # the seeds' labels came along


def test_what_people_say_of_an_audit_is_no_part_of_the_blind_slice(
    settings: Settings, server: FakeStudio
) -> None:
    """It is drawn from the sure ones: the model would look better than it is."""
    accepted(settings)
    audit = read_bulk(settings.accepted).rounds[-1].audit
    says(server, audit[0], "none")
    for _ in range(2):
        (label,) = frozen(pulling.pull(settings, Quiet())).annotations
        assert (label.suggested_by, label.withheld) == (None, None)
        undo_accept(settings, Quiet())  # remembered all the same


def test_the_audit_stays_first_when_another_model_becomes_champion(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    audit = read_bulk(settings.accepted).rounds[-1].audit
    _other_champion(settings, monkeypatch)
    shown = {
        key: one["predictions"][-1] for key, one in tasks(server).items() if not one["annotations"]
    }
    assert {one["model_version"] for one in shown.values()} == {"m2"}
    first = sorted(shown, key=lambda key: float(shown[key]["score"]))[: len(audit)]
    assert set(first) == set(audit)
    assert all(shown[key]["result"] == [] for key in audit)


CUTS: tuple[tuple[Any, str], ...] = (
    (BlindSlice, "kept"),
    (accept, "_with_account"),
    (accept, "_machine"),
)


@pytest.mark.parametrize(("where", "name"), CUTS)
def test_a_run_that_is_cut_off_is_ended_by_the_next_with_the_same_audit(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    _cut_off(monkeypatch, where, name, lambda: accepted(settings))
    audit = read_bulk(settings.accepted).rounds[-1].audit
    found = accepted(settings)
    assert read_bulk(settings.accepted).rounds[-1].audit == audit
    assert (len(read_bulk(settings.accepted).rounds), found.in_all) == (1, 21)
    assert {key for key, one in tasks(server).items() if one["data"]["blind"]} == set(audit)
    assert all(tasks(server)[key]["predictions"][0]["result"] == [] for key in audit)


@pytest.mark.parametrize(("where", "name"), CUTS)
def test_one_of_another_model_of_which_nothing_was_accepted_begins_anew(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    _cut_off(monkeypatch, where, name, lambda: accepted(settings))
    _other_champion(settings, monkeypatch)
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


def test_one_of_another_model_of_which_some_was_accepted_is_only_audited(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    record = read_bulk(settings.accepted)
    write_bulk(settings.accepted, replace(record, rounds=(replace(record.rounds[0], done=False),)))
    machine = by_machine(server)
    _other_champion(settings, monkeypatch)
    accepted(settings)
    (only,) = read_bulk(settings.accepted).rounds
    assert only.done
    assert by_machine(server) == machine
    for key in only.audit:
        (shown,) = tasks(server)[key]["predictions"]
        assert (shown["model_version"], shown["result"], shown["score"]) == ("m2", [], 0.0)


@pytest.mark.parametrize("label", ["none", "clash"])
def test_an_answer_with_a_suggestion_in_sight_is_none_of_an_audit(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    _cut_off(monkeypatch, BlindSlice, "kept", lambda: accepted(settings))
    seen = read_bulk(settings.accepted).rounds[-1].audit[0]
    says(server, seen, label)
    accepted(settings)
    old, new = read_bulk(settings.accepted).rounds
    assert (old.undone, new.done) == (True, True)
    assert seen not in (*new.audit, *new.rest)
    (told,) = pulling.pull(settings, Quiet()).audits
    assert (told.count.seen, told.count.wrong) == (0, 0)


def test_what_was_pushed_meanwhile_is_not_accepted_with_it(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _cut_off(monkeypatch, accept, "_machine", lambda: accepted(settings))
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
    _cut_off(monkeypatch, accept, "_machine", lambda: accepted(settings))
    says(server, read_bulk(settings.accepted).rounds[-1].audit[0], "clash")
    with pytest.raises(TrainingError, match="breaks its promise"):
        accepted(settings)
    assert by_machine(server) == set()


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
    _cut_off(monkeypatch, accept, "write_bulk", lambda: undo_accept(settings, Quiet()))
    assert len(read_bulk(settings.accepted).rounds) == 1
    undo_accept(settings, Quiet())
    assert (by_machine(server), read_bulk(settings.accepted).valid_rounds) == (set(), ())


def test_undoing_says_what_lacks_the_present_models_suggestion(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    _other_champion(settings, monkeypatch)
    found = undo_accept(settings, Quiet())
    assert (found.taken_back, found.without_suggestion) == (21, 21)
    assert "Without a suggestion: 21 sentences." in found.text()
    with pytest.raises(TrainingError, match="Only 0 sentences") as refused:
        accepted(settings)
    assert "newsledger up" in found.text()
    assert "newsledger up" in refused.value.hint
    assert undo_accept(settings, Quiet()).taken_back == 0


def test_a_champion_whose_suggestions_nobody_sees_accepts_nothing(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "find_model", lambda _: _other(settings))
    with pytest.raises(TrainingError, match="do not see the suggestions of m2") as refused:
        accepted(settings)
    assert "newsledger up" in refused.value.hint
    assert read_bulk(settings.accepted).rounds == ()


@pytest.mark.parametrize(
    ("label", "why"),
    [
        *((one, f"'{one}' may not be given in bulk") for one in ("clash", "off_topic", "nothing")),
        ("", "No event type was named"),
    ],
)
def test_only_what_the_schema_allows(settings: Settings, label: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as refused:
        accepted(settings, label)
    assert refused.value.hint == "Name one with --label; the schema allows 'none'."


def test_a_schema_may_allow_none(settings: Settings, server: FakeStudio) -> None:
    config = settings.workspace / "mine.xml"
    xml = settings.config.read_text(encoding="utf-8")
    config.write_text(xml.replace(' bulk="true"', ""), encoding="utf-8")
    assert parse_schema(config.read_text(encoding="utf-8")).bulk_labels == ()
    with pytest.raises(InputError) as refused:
        accepted(replace(settings, config=config))
    assert 'bulk="true"' in refused.value.hint


@pytest.mark.parametrize("precision", [0.98, 0.0, 100.0, 49.0, float("nan")])
def test_a_precision_that_cannot_be_promised(settings: Settings, precision: float) -> None:
    with pytest.raises(InputError, match="cannot be promised"):
        accepted(settings, precision=precision)


def test_without_blind_labels_it_says_how_many_are_needed(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept, "_judged", JUDGED)
    says(server, next(iter(tasks(server))), "none")  # with a suggestion in sight
    with pytest.raises(
        TrainingError, match="do not bear out 98 % for 'none': they judge no"
    ) as refused:
        accepted(settings, precision=98.0)
    assert "149 more labels without a suggestion" in refused.value.hint
    assert by_machine(server) == set()
    assert read_bulk(settings.accepted).rounds == ()


def test_a_damaged_record_is_named(settings: Settings) -> None:
    accepted(settings)
    settings.accepted.write_text('{"format": 1, "rounds": 3}', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="what was accepted in bulk"):
        pulling.pull(settings, Quiet())


def test_an_account_with_another_password_is_named(settings: Settings, server: FakeStudio) -> None:
    with project.opened(settings, Quiet()) as ours:
        ours.studio.sign_up(machine_address(ours.workspace), "another-password")
    with pytest.raises(NewsledgerError, match="cannot log in"):
        accepted(settings)


def _other(settings: Settings) -> Model:
    return cast(Model, Scripted(read_schema(settings.config), id="m2"))


def _other_champion(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    other = _other(settings)
    with project.opened(settings, Quiet()) as ours:
        retraining.refresh(settings, Quiet(), ours, other)
    monkeypatch.setattr(models, "find_model", lambda _: other)


def _cut_off(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, run: Callable[[], object]
) -> None:
    def cut(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(where, name, cut)
        with pytest.raises(KeyboardInterrupt):
            run()
