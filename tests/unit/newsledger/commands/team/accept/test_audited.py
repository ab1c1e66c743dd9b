"""What is accepted, whose label it is, and what an audit makes of it."""

from __future__ import annotations

import pytest

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import TrainingError
from newsledger.commands.handover.export import snapshot_path
from newsledger.commands.labelling import pulling, retraining
from newsledger.commands.learning import offline
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.commands.team.accept import undo_accept
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk import JudgedAnswer
from newsledger.team.acceptance.bulk_rounds import read_bulk
from tests.contract.fake_studio import FakeStudio
from tests.scripted_model import SURE
from tests.unit.newsledger.commands.learning.test_train_result import result
from tests.unit.newsledger.commands.team.accept.rounds import (
    accepted,
    by_machine,
    frozen,
    other_champion,
    says,
    tasks,
)
from training.examples import build_examples


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    other_champion(settings, monkeypatch)
    again = accepted(settings)
    assert (again.model, again.audit) == ("m2", 9)
    assert not by_machine(server) & set(read_bulk(settings.accepted).rounds[-1].audit)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    other_champion(settings, monkeypatch)
    shown = {
        key: one["predictions"][-1] for key, one in tasks(server).items() if not one["annotations"]
    }
    assert {one["model_version"] for one in shown.values()} == {"m2"}
    first = sorted(shown, key=lambda key: float(shown[key]["score"]))[: len(audit)]
    assert set(first) == set(audit)
    assert all(shown[key]["result"] == [] for key in audit)
