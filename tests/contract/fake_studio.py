"""An in-memory Label Studio behind httpx's transport seam, for fast tests.

It knows only the calls that ``annotation.labelstudio.sync`` makes and answers them as Label Studio
1.23.2 does, oddities included; the suite in this folder runs over it *and* the real server, so that
it cannot lie. ``faults`` makes it misbehave in the ways that were measured.
"""

from __future__ import annotations

import json
import re
from collections import deque
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.contract.fake_accounts import FakeAccounts
from tests.contract.fake_projects import FakeProjects
from tests.contract.fake_state import INVITED, TOKEN, URL, USER, Fault, Json, RefusedError, error
from tests.contract.fake_tasks import FakeTasks

__all__ = ("INVITED", "TOKEN", "URL", "USER", "FakeStudio", "Fault")


class FakeStudio(FakeAccounts, FakeProjects, FakeTasks, httpx.BaseTransport):
    """A server: takes requests, finds the call that each is, and lets faults answer instead."""

    def fail(self, call: str, *faults: Fault) -> None:
        """Let the next calls of this name ("POST import", …) meet these faults, one each."""
        self.faults.setdefault(call, deque()).extend(faults)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        for method, pattern, name in _ROUTES:
            found = re.fullmatch(pattern, request.url.path)
            if found and request.method == method:
                call = f"{method} {name}"
                self.calls.append(call)
                if name == "signup":
                    return self._signed_up(request)
                if name in ("login", "token"):
                    return self._logged_in(request)
                caller = self.tokens.get(request.headers.get("Authorization", ""))
                if caller is None:
                    return error(401, "Invalid token.")
                self._caller = caller

                def answer(name: str = name, found: re.Match[str] = found) -> httpx.Response:
                    return self._answer(name, request, [int(one) for one in found.groups()])

                waiting = self.faults.get(call)
                return waiting.popleft()(request, answer) if waiting else answer()
        return httpx.Response(404, text="<!doctype html><title>not found</title>")

    def _answer(self, name: str, request: httpx.Request, ids: list[int]) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        query = {k: v[0] for k, v in parse_qs(request.url.query.decode()).items()}
        handler = getattr(self, f"_{request.method.lower()}_{name.replace(' ', '_')}")
        if "project" in query:
            ids = [int(query["project"]), *ids]
        needs_project = name.startswith(("project ", "tasks", "action")) or name == "project"
        if needs_project and ids[0] not in self.projects:
            return error(404, "No Project matches the given query.")
        try:
            status, answer = handler(body, query, *ids)
        except RefusedError as refused:
            return error(400, "Validation error", validation_errors=refused.args[0])
        if isinstance(answer, bytes):
            return httpx.Response(status, content=answer)
        return httpx.Response(status, json=answer) if answer is not None else httpx.Response(status)

    def _get_version(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"release": "1.23.2"}


_PROJECT = r"/api/projects/(\d+)"
_ROUTES = [
    ("GET", r"/api/version/?", "version"),
    ("GET", r"/api/current-user/whoami/?", "whoami"),
    ("GET", r"/user/signup/?", "signup"),
    ("POST", r"/user/signup/?", "signup"),
    ("GET", r"/user/login/?", "login"),
    ("POST", r"/user/login/?", "login"),
    ("GET", r"/api/current-user/token/?", "token"),
    ("GET", r"/api/invite/?", "invite"),
    ("GET", r"/api/users/?", "users"),
    ("PATCH", r"/api/users/(\d+)/?", "user"),
    ("GET", r"/api/projects/?", "projects"),
    ("POST", r"/api/projects/?", "projects"),
    ("GET", _PROJECT + "/?", "project"),
    ("PATCH", _PROJECT + "/?", "project"),
    ("DELETE", _PROJECT + "/?", "project"),
    ("POST", _PROJECT + "/validate/?", "project validate"),
    ("GET", _PROJECT + "/model-versions/?", "project model versions"),
    ("POST", _PROJECT + "/import", "project import"),
    ("POST", _PROJECT + "/import/predictions", "project predictions"),
    ("GET", r"/api/tasks/?", "tasks"),
    ("GET", r"/api/tasks/(\d+)/?", "task"),
    ("PATCH", r"/api/tasks/(\d+)/?", "task"),
    ("POST", r"/api/tasks/(\d+)/annotations/?", "annotations"),
    ("POST", r"/api/tasks/(\d+)/drafts", "drafts"),
    ("GET", r"/api/predictions/?", "predictions"),
    ("DELETE", r"/api/predictions/(\d+)/?", "prediction"),
    ("POST", r"/api/dm/actions/?", "actions"),
    ("GET", r"/api/dm/views/?", "views"),
    ("POST", r"/api/dm/views/?", "views"),
    ("POST", _PROJECT + "/exports/?", "project exports"),
    ("GET", _PROJECT + "/exports/?", "project exports"),
    ("GET", _PROJECT + r"/exports/(\d+)/?", "project export"),
    ("DELETE", _PROJECT + r"/exports/(\d+)/?", "project export"),
    ("GET", _PROJECT + r"/exports/(\d+)/download/?", "project download"),
]
