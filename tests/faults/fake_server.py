"""The fake Label Studio behind a real port, with a queue for people: faults without waiting."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler

import httpx

from tests.contract.fake_studio import FakeStudio
from tests.faults.database import Stored
from tests.faults.loopback import Loopback


class FakeServer(Loopback):
    """One fake, and one call at a time."""

    def __init__(self) -> None:
        self.fake = FakeStudio()
        self._alone = threading.Lock()
        super().__init__()

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Let the fake answer one call."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        answer = self._answer(handler.command, handler.path, dict(handler.headers), body)
        handler.send_response(answer.status_code)
        handler.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        if answer.status_code != 204:
            handler.send_header("Content-Length", str(len(answer.content)))
        handler.end_headers()
        handler.wfile.write(answer.content)

    def stored(self, project: int) -> Stored:
        """What the database would say."""
        with self._alone:
            tasks = {t["id"]: t for t in self.fake.tasks.values() if t["project"] == project}
            models: dict[int, Counter[str]] = defaultdict(Counter)
            annotations = {}
            for number, task in tasks.items():
                for one in task["predictions"]:
                    models[number][one["model_version"]] += 1
                for one in task["annotations"]:
                    event = one["result"][0]["value"]["choices"][0]
                    annotations[one["id"]] = (number, one["was_cancelled"], event)
            keys = {number: task["data"]["sentence_id"] for number, task in tasks.items()}
            return Stored(keys, dict(models), annotations)

    def _answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> httpx.Response:
        with self._alone:
            if found := re.fullmatch(r"/api/projects/(\d+)/next", path):
                return self._next(int(found[1]))
            kept = {k: v for k, v in headers.items() if k.lower() != "host"}
            try:
                return self.fake.handle_request(
                    httpx.Request(method, f"{self.url}{path}", headers=kept, content=body)
                )
            except KeyError:  # asked late, for what has gone meanwhile
                return httpx.Response(404, json={"detail": "Not found."})

    def _next(self, project: int) -> httpx.Response:
        """What people get next: the lowest score first, and nothing that they have skipped."""
        free = [task for task in self.fake._of(project) if not task["annotations"]]
        if not free:
            return httpx.Response(404, json={"detail": "There are still some tasks"})
        task = min(free, key=self.fake._score)
        return httpx.Response(200, json={**task, "predictions": self.fake._active(task)})
