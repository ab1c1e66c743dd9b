"""A project on the fake server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.commands.labelling.push_and_pull.people import (
    SENTENCES,
)
from training.model import Model, untrained_model


@pytest.fixture
def server() -> FakeStudio:
    return FakeStudio()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})


@pytest.fixture
def ours(settings: Settings, server: FakeStudio) -> Iterator[WorkspaceProject]:
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        yield project.find(settings, studio, read_schema(settings.config))


@pytest.fixture
def before(ours: WorkspaceProject, tmp_path: Path) -> Model:
    """The model whose suggestions people see, on every sentence."""
    model = replace(untrained_model(ours.schema), id="before")
    rows = [{"id": f"s{n}", "text": f"Shells hit house {n}."} for n in range(SENTENCES)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True).created == SENTENCES
    return model


@pytest.fixture
def pushed(ours: WorkspaceProject, server: FakeStudio, tmp_path: Path) -> list[dict[str, Any]]:
    """Two tasks."""
    file = tmp_path / "article.txt"
    file.write_text("Seven airstrikes hit Sake. At least 12 men died.\n", encoding="utf-8")
    pushing.push_into(Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)])
    return list(server.tasks.values())
