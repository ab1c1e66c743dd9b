"""What is done to a project in which sentences are accepted in bulk, and what is seen there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.labelstudio.machine_account import is_machine
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, retraining
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.team import accept
from newsledger.commands.team.accept import AcceptResult
from newsledger.progress import Quiet
from newsledger.settings import Settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.scripted_model import Scripted
from training.model import Model

JUDGED = accept._judged


NEXT_UP = TaskQueries.next_up


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


def other(settings: Settings) -> Model:
    return cast(Model, Scripted(read_schema(settings.config), id="m2"))


def other_champion(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    second = other(settings)
    with project.opened(settings, Quiet()) as ours:
        retraining.refresh(settings, Quiet(), ours, second)
    monkeypatch.setattr(models, "find_model", lambda _: second)


def cut_off(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, run: Callable[[], object]
) -> None:
    def cut(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(where, name, cut)
        with pytest.raises(KeyboardInterrupt):
            run()
