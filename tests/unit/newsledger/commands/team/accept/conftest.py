"""A workspace whose blind labels bear out any promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.team.acceptance.bulk import JudgedAnswer
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.scripted_model import OTHER, SURE, Scripted
from training.model import Model


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
