"""What people do in a project on the fake server, what they see there, and how it is killed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import httpx

from annotation.dataset.snapshot import read_snapshot
from annotation.records import Picked
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling
from newsledger.commands.labelling.pushing import PushResult
from newsledger.commands.state.project import WorkspaceProject
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from training.model import Model

SENTENCES = 150
"""More than are replaced together."""


PUSHED = PushResult(
    articles=1,
    sentences=20,
    created=20,
    already_there=0,
    same_as_another=0,
    boilerplate=0,
    suggested=20,
    resent=0,
    doubles_removed=0,
    doubles_kept=0,
    model="m",
    url="http://studio/projects/1/data",
)


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def killed(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    raise Killed


def answered(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    return answer()


def newest(server: FakeStudio) -> dict[str, tuple[str, float]]:
    """Model and place of the newest suggestion, by sentence; the one before may be there still."""
    suggested: dict[str, tuple[str, float]] = {}
    for task in server.tasks.values():
        one = max(task["predictions"], key=itemgetter("id"))
        suggested[task["data"]["sentence_id"]] = one["model_version"], one["score"]
    return suggested


def label(server: FakeStudio, sentence: str) -> None:
    (task,) = (one for one in server.tasks.values() if one["data"]["sentence_id"] == sentence)
    body: dict[str, Any] = {"result": [], "parent_prediction": task["predictions"][-1]["id"]}
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        person.post(f"/api/tasks/{task['id']}/annotations/", json=body).raise_for_status()


def picked(settings: Settings, ours: WorkspaceProject) -> dict[str, Picked]:
    return dict(read_snapshot(Path(pulling.pull_from(settings, Quiet(), ours)[0].path)).picked)


def records(settings: Settings) -> dict[str, Any]:
    """What the last reordering wrote down of each sentence."""
    rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
    return {key: some[-1] for key, some in rows.items()}


def in_task(server: FakeStudio, sentence: str) -> list[Any]:
    """How a sentence was picked when it was pushed."""
    (data,) = (t["data"] for t in server.tasks.values() if t["data"]["sentence_id"] == sentence)
    return [data["picked_method"], data["picked_probability"]]


def in_places(server: FakeStudio, model: Model) -> list[str]:
    """The sentences with a suggestion by a model, in the order of their places."""
    found = [(place, key) for key, (by, place) in newest(server).items() if by == model.id]
    return [key for _, key in sorted(found)]


def mark(server: FakeStudio, task: dict[str, Any], *spans: str, ticked: Sequence[str] = ()) -> None:
    """Label a task by hand: spans without values, and event types."""
    text = task["data"]["text"]
    schema = read_schema(packaged("label_config.xml"))
    result: list[dict[str, Any]] = [
        {
            "id": span,
            "from_name": schema.claim_control,
            "to_name": schema.text_control,
            "type": "labels",
            "value": {
                "start": text.index(span),
                "end": text.index(span) + len(span),
                "text": span,
                "labels": [schema.claim_aliases[0]],
            },
        }
        for span in spans
    ]
    result += [
        {
            "id": "events",
            "from_name": schema.event_control,
            "to_name": schema.text_control,
            "type": "choices",
            "value": {"choices": list(ticked)},
        }
    ]
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        answer = person.post(f"/api/tasks/{task['id']}/annotations/", json={"result": result})
        answer.raise_for_status()
