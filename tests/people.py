"""Several people on one Label Studio, who answer through its interface."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from annotation.labelstudio.sync import LabelStudio
from newsledger.commands.labelling.pushing import PushResult, push
from newsledger.progress import Quiet
from newsledger.settings import Settings
from tests.conftest import Studio

PASSWORD = "a-password-for-tests"

DISPUTED = "A roadside bomb killed 12 men near the market."
"""A sentence on which they say different things."""


class Person:
    """Somebody who is logged in and answers through the server's interface."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Token {token}"}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False)

    def tasks(self, project: int) -> list[dict[str, Any]]:
        asked: dict[str, str | int] = {"project": project, "page_size": 500, "fields": "all"}
        found = self.http.get("/api/tasks", params=asked).raise_for_status().json()["tasks"]
        return sorted(found, key=lambda task: int(task["id"]))

    def task_with(self, project: int, words: str) -> dict[str, Any]:
        """The one task whose sentence has these words."""
        (found,) = (one for one in self.tasks(project) if words in one["data"]["text"])
        return found

    def next(self, project: int) -> dict[str, Any] | None:
        """What they are handed who press *Label All Tasks*; None where nothing is left for them."""
        answer = self.http.get(f"/api/projects/{project}/next")
        return None if answer.status_code == 404 else dict(answer.raise_for_status().json())

    def says(self, task: int, events: list[str], *more: dict[str, Any]) -> None:
        value = {"choices": events}
        ticks = {"from_name": "event", "to_name": "text", "type": "choices", "value": value}
        self.http.post(
            f"/api/tasks/{task}/annotations/", json={"result": [ticks, *more]}
        ).raise_for_status()


def marked(text: str, words: str, kind: str) -> dict[str, Any]:
    """A claim, as it stands in an annotation's result."""
    start = text.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [kind]}
    return {"id": words, "from_name": "claim", "to_name": "text", "type": "labels", "value": value}


def reason(words: str) -> dict[str, Any]:
    """The reason of a verdict, likewise."""
    value = {"text": [words]}
    return {"from_name": "reason", "to_name": "text", "type": "textarea", "value": value}


def join(label_studio: Studio, name: str) -> Person:
    """Somebody with an account of their own."""
    email = f"{name}@review.example"
    with LabelStudio(label_studio.url, label_studio.token) as studio:
        if email not in {one.email for one in studio.accounts()}:
            studio.sign_up(email, PASSWORD)
    with httpx.Client(base_url=label_studio.url, follow_redirects=True, trust_env=False) as visitor:
        visitor.get("/user/login/")
        form = {"email": email, "password": PASSWORD}
        form["csrfmiddlewaretoken"] = visitor.cookies["csrftoken"]
        page = {"Referer": f"{label_studio.url}/user/login/"}
        visitor.post("/user/login/", data=form, headers=page, timeout=60)
        token = visitor.get("/api/current-user/token").raise_for_status().json()["token"]
    return Person(label_studio.url, token)


def push_disputed(settings: Settings, folder: Path) -> PushResult:
    """Push an article that begins with the disputed sentence.

    Args:
        settings: the workspace.
        folder: where the article is written.
    """
    article = folder / "bomb.txt"
    text = f"{DISPUTED} Talks went on in the capital. It rained."
    article.write_text(f"Bomb kills 12 men\n\n{text}\n", encoding="utf-8")
    return push(settings, Quiet(), [str(article)])


def project_number(page: str) -> int:
    """The number of the project at an address."""
    return int(page.rpartition("/projects/")[2].split("/")[0])
