"""What cannot be accepted or promised is said, with the way out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.errors import InputError, NewsledgerError, TrainingError, WorkspaceError
from annotation.labelstudio.machine_account import machine_address
from annotation.schema import parse_schema
from newsledger.commands.labelling import pulling
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.commands.team.accept import undo_accept
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.team.accept.rounds import (
    JUDGED,
    accepted,
    by_machine,
    other,
    other_champion,
    says,
    tasks,
)


@pytest.mark.slow
def test_undoing_says_what_lacks_the_present_models_suggestion(
    settings: Settings, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(settings)
    other_champion(settings, monkeypatch)
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
    monkeypatch.setattr(models, "find_model", lambda _: other(settings))
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
        TrainingError, match="do not bear out 98 % for 'none': not one of them is of a"
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
