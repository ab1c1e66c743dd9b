"""What doctor finds wrong with the queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.labelstudio.sync import LabelStudio, ProjectCounts
from annotation.schema import read_schema
from newsledger.commands import doctor, project
from newsledger.settings import Settings, packaged, read_settings
from newsledger.workspace import workspace_id
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.conftest import Run
from training.model import untrained_model


@pytest.mark.parametrize(("labelled", "problems"), [(4, 1), (5, 0)])
def test_another_models_suggestions_are_a_problem_as_long_as_somebody_waits_for_them(
    labelled: int, problems: int
) -> None:
    before = replace(untrained_model(read_schema(packaged("label_config.xml"))), id="before")
    counts = ProjectCounts(tasks=5, with_suggestion=5, annotated=labelled, model_id="another")
    assert len(list(doctor._queue_problems(counts, 0, before))) == problems


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeStudio:
    """A server that answers whatever a workspace is connected to."""
    server = FakeStudio()

    @contextmanager
    def connected(settings: Settings) -> Iterator[LabelStudio]:
        with LabelStudio(URL, TOKEN, transport=server) as studio:
            yield studio

    monkeypatch.setattr(project, "connected", connected)
    return server


def with_project(folder: Path, server: FakeStudio) -> Settings:
    settings = read_settings(workspace=folder, url=URL, api_key=TOKEN, environment={})
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        project.find(settings, studio, read_schema(settings.config), create=True)
    return settings


def test_doctor_names_the_workspace_that_keeps_the_project(
    tmp_path: Path, server: FakeStudio
) -> None:
    settings = with_project(tmp_path, server)
    found = doctor.diagnose(settings)
    assert found.owner == found.workspace == workspace_id(tmp_path) is not None
    assert f"kept by the workspace {found.owner}" in found.text()


def test_a_project_that_is_now_another_workspaces_is_named_with_its_owner(
    tmp_path: Path, server: FakeStudio
) -> None:
    settings = with_project(tmp_path, server)
    server.projects[1]["description"] = "Kept by newsledger. Workspace abc123."
    found = doctor.diagnose(settings)
    assert found.owner == "abc123"
    assert found.tasks is None
    (told,) = (one for one in found.problems if "kept by another workspace" in one)
    assert "abc123" in told
    assert str(found.workspace) in told


def test_where_no_server_runs_nothing_is_said_of_the_project(
    newsledger: Run, tmp_path: Path
) -> None:
    with_project(tmp_path / "workspace", FakeStudio())
    done = newsledger("doctor")
    assert done.code == 1
    assert "Label Studio  not running" in done.out
    assert "Project" not in done.out
    assert "Tasks" not in done.out
