"""Which suggestions people saw before the present ones, and which are not all replaced."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from annotation.errors import WorkspaceError
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.state import switches
from newsledger.commands.state.project import WorkspaceProject
from newsledger.settings import Settings, read_settings, write_state


class Showing:
    """A server that shows the suggestions of one model."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id

    def suggestions(self, project_id: int) -> Showing:
        return self

    def active_model(self) -> str:
        return self.model_id


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", environment={})


@pytest.fixture
def server() -> Showing:
    return Showing("m1")


@pytest.fixture
def ours(settings: Settings, server: Showing) -> WorkspaceProject:
    return in_project(settings, server, 1)


def in_project(settings: Settings, server: Showing, number: int) -> WorkspaceProject:
    file = settings.workspace / "pushed" / f"own-{number}.json"
    schema = read_schema(settings.config)
    return WorkspaceProject(cast(LabelStudio, server), number, schema, file, "w")


def test_before_the_first_switch_nothing_is_known(ours: WorkspaceProject) -> None:
    assert switches.models_to_keep(ours) == frozenset()
    switches.note_switch(ours, "m1")  # it is shown already
    assert not ours.shown_file.exists()


def test_the_model_before_is_known_before_and_after_the_switch(
    ours: WorkspaceProject, server: Showing
) -> None:
    switches.note_switch(ours, "m2")
    assert switches.models_to_keep(ours) == {"m1", "m2"}
    server.model_id = "m2"
    assert switches.models_to_keep(ours) == {"m1", "m2"}
    switches.note_switch(ours, "m3")
    assert switches.models_to_keep(ours) == {"m1", "m2", "m3"}  # m1 may still be open
    server.model_id = "m3"
    assert switches.models_to_keep(ours) == {"m2", "m3"}


def test_a_model_that_another_has_made_the_shown_one_makes_it_unknown(
    ours: WorkspaceProject, server: Showing
) -> None:
    switches.note_switch(ours, "m2")
    server.model_id = "another"
    assert switches.models_to_keep(ours) == frozenset()


def test_each_project_has_its_own_record(settings: Settings, server: Showing) -> None:
    mine, other = (in_project(settings, server, number) for number in (1, 2))
    switches.note_switch(mine, "m2")
    assert switches.models_to_keep(other) == frozenset()
    switches.note_unfinished(settings, mine.key, "m2")
    switches.note_unfinished(settings, other.key, "m3")
    switches.note_finished(settings, mine.key)
    assert switches.unfinished(settings, mine.key) is None
    assert switches.unfinished(settings, other.key) == "m3"
    switches.note_finished(settings, other.key)
    switches.note_finished(settings, other.key)
    assert not settings.replacing.exists()


@pytest.mark.parametrize("shown", ["m1", [1], {"m1": 2}])
def test_a_damaged_record_is_named_with_a_way_out(
    settings: Settings, ours: WorkspaceProject, shown: object
) -> None:
    write_state(ours.shown_file, {"shown": shown, "next": "m2"})
    with pytest.raises(WorkspaceError, match=r"own-1\.json") as caught:
        switches.models_to_keep(ours)
    assert caught.value.hint
    write_state(settings.replacing, {"replacing": shown})
    with pytest.raises(WorkspaceError, match=r"replacing\.json") as caught:
        switches.unfinished(settings, ours.key)
    assert caught.value.hint
