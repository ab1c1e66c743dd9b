"""What the fake server holds: projects, tasks, predictions and annotations in dictionaries."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import httpx

TOKEN = "f" * 40
URL = "http://studio.test"
USER = "fake@newsledger.example"
INVITED = "i" * 40

Json = dict[str, Any]
Fault = Callable[[httpx.Request, Callable[[], httpx.Response]], httpx.Response]
"""Gets a request and what would answer it; may answer otherwise, or raise."""


class RefusedError(Exception):
    """The request is understood and refused (400)."""


class FakeState:
    """What there is, and what several calls ask of it."""

    def __init__(self) -> None:
        self.projects: dict[int, Json] = {}
        self.tasks: dict[int, Json] = {}
        self.exports: dict[int, bytes] = {}
        self.export_titles: dict[int, str] = {}
        self.views: list[Json] = []
        self.users: dict[int, Json] = {1: {"id": 1, "email": USER, "first_name": ""}}
        self.passwords: dict[str, str] = {}
        self.tokens: dict[str, int] = {f"Token {TOKEN}": 1}
        self._caller = 1
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self._ids = 0

    def _next(self) -> int:
        self._ids += 1
        return self._ids

    def _of(self, project: int) -> list[Json]:
        return [task for task in self.tasks.values() if task["project"] == project]

    def _versions(self, project: int) -> dict[str, int]:
        """How many there are by each model, that with the latest first."""
        stored = [one for task in self._of(project) for one in task["predictions"]]
        stored.sort(key=lambda one: int(one["id"]), reverse=True)
        return dict(Counter(one["model_version"] for one in stored))

    def _predictions(self) -> dict[int, Json]:
        """The task of each prediction, by the prediction's id."""
        return {one["id"]: task for task in self.tasks.values() for one in task["predictions"]}

    def _active(self, task: Json) -> list[Json]:
        active = self.projects[task["project"]]["model_version"]
        return [one for one in task["predictions"] if one["model_version"] == active]

    def _score(self, task: Json) -> float:
        """The column of the Data Manager: of the active model, on average."""
        scores = [float(one["score"]) for one in self._active(task)]
        return sum(scores) / len(scores) if scores else -1.0  # what has none comes first


def error(status: int, detail: str, **more: object) -> httpx.Response:
    return httpx.Response(status, json={"id": "0", "status_code": status, "detail": detail, **more})
