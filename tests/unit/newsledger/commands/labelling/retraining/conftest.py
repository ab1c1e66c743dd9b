"""A workspace of which six sentences wait on a server, with the suggestions of a first champion."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.commands.labelling.retraining.champions import (
    WAITING,
    champion,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})


@pytest.fixture
def studio(
    settings: Settings, server: FakeStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FakeStudio:
    """Six sentences wait, which is many here, with suggestions by m1."""
    monkeypatch.setattr(retraining, "CLEARED_AT_ONCE", 5)
    monkeypatch.setattr(retraining, "AT_HEAD", 2)
    monkeypatch.setattr("annotation.labelstudio.transfer.added_suggestions.TASKS_PER_CALL", 2)
    monkeypatch.setattr("annotation.labelstudio.tasks.upload.time.sleep", lambda _: None)
    file = tmp_path / "article.txt"
    file.write_text("\n".join(WAITING), encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        pushing.push_into(Quiet(), ours, champion(settings, 1), [str(file)], presplit=True)
    server.calls.clear()
    return server
