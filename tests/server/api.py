"""What annotators do on a server, through its own interface."""

from __future__ import annotations

import httpx


class Api:
    """What annotators do, through the server's own interface."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Token {token}"}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False)

    def tasks(self, project: int) -> list[dict[str, object]]:
        answer = self.http.get(
            "/api/tasks", params={"project": project, "page_size": 5000, "fields": "all"}
        )
        answer.raise_for_status()
        tasks: list[dict[str, object]] = answer.json()["tasks"]
        return tasks

    def label(self, task: object, event: str, *, cancelled: bool = False) -> None:
        self.store(task, ticked(event), cancelled=cancelled)

    def store(self, task: object, *result: dict[str, object], cancelled: bool = False) -> None:
        self.http.post(
            f"/api/tasks/{task}/annotations/", json={"result": result, "was_cancelled": cancelled}
        ).raise_for_status()


def ticked(event: str) -> dict[str, object]:
    return typed("choices", "event", choices=[event])


def typed(kind: str, control: str, **value: object) -> dict[str, object]:
    return {"id": control, "from_name": control, "to_name": "text", "type": kind, "value": value}


def marked(words: str, start: int, kind: str, **numbers: float) -> list[dict[str, object]]:
    span = {"start": start, "end": start + len(words), "text": words}
    rows = [typed("labels", "claim", **span, labels=[kind])]
    rows += [typed("number", name, **span, number=value) for name, value in numbers.items()]
    return [{**one, "id": "region"} for one in rows]
