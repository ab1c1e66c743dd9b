"""People who label all the time, straight on the server, and remember what they have said."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class Said:
    """An annotation that the server has taken."""

    id: int
    """Its id there."""
    sentence: str
    """Our key of the sentence."""
    event: str
    """The event type that was ticked."""
    cancelled: bool
    """True where it was skipped."""


@dataclass(slots=True)
class Person:
    """One who labels what comes next.

    Args:
        url: the server.
        token: the person's.
        project: where they label.
        seed: what they draw from.
        pause: seconds between two sentences.
        events: the event types that they tick.
    """

    url: str
    token: str
    project: int
    seed: int
    pause: float
    events: tuple[str, ...]
    said: list[Said] = field(default_factory=list)
    turned_away: list[tuple[int, str]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Person:
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        assert self._thread is not None
        self._thread.join()

    def _work(self) -> None:
        chance = random.Random(self.seed)
        headers = {"Authorization": f"Token {self.token}"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=120) as http:
            while not self._stop.wait(self.pause):
                try:
                    self._once(http, chance)
                except httpx.HTTPError as error:
                    self.turned_away.append((0, repr(error)))

    def _once(self, http: httpx.Client, chance: random.Random) -> None:
        offered = http.get(f"/api/projects/{self.project}/next")
        if offered.status_code == 404:  # nothing waits
            time.sleep(self.pause)
            return
        if offered.status_code != 200:
            self.turned_away.append((offered.status_code, offered.text[:200]))
            return
        task = offered.json()
        shown = task["predictions"]
        event, cancelled = chance.choice(self.events), chance.random() < 0.05
        answer = http.post(
            f"/api/tasks/{task['id']}/annotations/",
            json={
                "result": [ticked(event)],
                "parent_prediction": shown[0]["id"] if shown else None,
                "was_cancelled": cancelled,
                "lead_time": 0.1,
            },
        )
        if answer.status_code == 201:
            self.said.append(
                Said(answer.json()["id"], task["data"]["sentence_id"], event, cancelled)
            )
        else:
            self.turned_away.append((answer.status_code, answer.text[:200]))


def ticked(event: str) -> dict[str, Any]:
    """The region of one ticked event type."""
    part = {"id": "e", "from_name": "event", "to_name": "text", "type": "choices"}
    return {**part, "value": {"choices": [event]}}
