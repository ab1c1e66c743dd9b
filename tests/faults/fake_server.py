"""The fake Label Studio behind a real port, with a queue for people: faults without waiting."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import httpx

from tests.contract.fake_studio import FakeStudio
from tests.faults.database import Stored


class FakeServer:
    """One fake, and one call at a time."""

    def __init__(self) -> None:
        self.fake = FakeStudio()
        self._alone = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = server._answer(self.command, self.path, dict(self.headers), body)
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
                if answer.status_code != 204:
                    self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.handle_any
                raise AttributeError(name)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> FakeServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

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
