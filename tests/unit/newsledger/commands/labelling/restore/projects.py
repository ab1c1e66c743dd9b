"""What the tests of a restore share: a labelled project, and what is to be there again."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from annotation.dataset.snapshot import Snapshot
from newsledger.commands.labelling import pulling
from newsledger.commands.labelling.restore import RestoreResult, restore
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio

OTHER = "http://other.test"
TEXT = (
    "A car bomb killed 12 men in Sake. Talks went on in Goma. It rained all day in Kirumba. "
    "Soldiers fled the village of Masisi on Monday. The minister said that 300 families came. "
    "Nobody knew where the boat had gone. At least 40 people were wounded in the market."
)
PEOPLE = ("ann@x.example", "bob@x.example", "cat@x.example")


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


class Mortal(FakeStudio):
    """A server whose client is killed at one of its calls, before it was carried out or after."""

    def __init__(self, at: int = 0, *, after: bool = False) -> None:
        super().__init__()
        self.at, self.after, self.asked = at, after, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.asked == self.at and not self.after:
            raise Killed
        answer = super().handle_request(request)
        if self.asked == self.at:
            raise Killed
        return answer


@dataclass(frozen=True, slots=True)
class Old:
    """A workspace with a project on one server, labelled and pulled."""

    settings: Settings
    server: FakeStudio
    snapshot: Snapshot

    def elsewhere(self, folder: Path) -> Settings:
        """A copy of the workspace that names another server."""
        shutil.copytree(self.settings.workspace, folder)
        return read_settings(workspace=folder, url=OTHER, api_key=TOKEN, environment={})


def says(
    server: FakeStudio, task: dict[str, Any], who: int, *events: str, why: str = "", **more: Any
) -> None:
    shared = {"from_name": "event", "to_name": "text", "type": "choices"}
    result: list[dict[str, Any]] = [{**shared, "value": {"choices": list(events)}}]
    if why:
        typed = {"from_name": "reason", "to_name": "text", "type": "textarea"}
        result.append({**typed, "value": {"text": [why]}})
    if more.pop("claim", False):
        text = task["data"]["text"]
        span = {"start": 2, "end": 9, "text": text[2:9]}
        result.append({"id": "r", "from_name": "claim", "to_name": "text", "type": "labels",
                       "value": {**span, "labels": ["killed"]}})  # fmt: skip
    parent = next((one["id"] for one in task["predictions"]), None)
    body = {"result": result, "completed_by": who, "lead_time": 3.5, "parent_prediction": parent}
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        path = f"/api/tasks/{task['id']}/annotations/"
        person.post(path, json={**body, **more}).raise_for_status()


def checked(
    settings: Settings, old: Old, server: FakeStudio, named: str | None = None
) -> RestoreResult:
    """Restore, and see that everything is there once and as it was."""
    done = restore(settings, Quiet(), named or old.snapshot.id)
    assert (done.read_back, done.snapshot) == (old.snapshot.id, old.snapshot.id)
    with project.opened(settings, Quiet()) as ours:
        pulled = pulling.pull_from(settings, Quiet(), ours)[0]
        assert pulled.snapshot == old.snapshot.id
        number = ours.id
    tasks = [one for one in server.tasks.values() if one["project"] == number]
    before = [one for one in old.server.tasks.values() if "key" not in one["data"]]
    assert len(tasks) == len(before) == done.tasks
    shown = {name for one in before for name in one["data"]} - {"readings"}
    for name in shown:
        now = {one["data"]["sentence_id"]: one["data"][name] for one in tasks}
        assert now == {one["data"]["sentence_id"]: one["data"][name] for one in before}, name
    for one in tasks:
        counted = sum(not said["was_cancelled"] for said in one["annotations"])
        waits = counted < int(one["data"]["people"] or 1)
        assert len(one["predictions"]) == waits
        assert one["is_labeled"] or waits
        assert one["overlap"] == int(one["data"]["people"] or 1)
        if one["data"]["blind"] and waits:
            assert one["predictions"][0]["result"] == []
    return done


def configured(settings: Settings, folder: Path, *changes: tuple[str, str]) -> Settings:
    """The settings with a configuration in which that is written otherwise."""
    xml = packaged("label_config.xml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    path = folder / "other.xml"
    path.write_text(xml, encoding="utf-8")
    return replace(settings, config=path)


def numbers_stored(server: FakeStudio) -> Counter[tuple[str, str]]:
    """How many labels each person has of each sentence, verdicts left out."""
    return Counter(
        (one["data"]["sentence_id"], said["completed_by"]["email"])
        for one in server.tasks.values()
        if "key" not in one["data"]
        for said in one["annotations"]
    )
