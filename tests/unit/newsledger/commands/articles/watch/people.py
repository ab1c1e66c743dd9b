"""People who label what a watch has brought."""

from __future__ import annotations

from typing import Any

import httpx

from tests.contract.fake_studio import TOKEN, URL, FakeStudio


def label(server: FakeStudio, count: int) -> None:
    """Label the first sentences that nobody has labelled."""
    waiting = [one["id"] for one in server.tasks.values() if not one["annotations"]]
    with httpx.Client(
        transport=server, base_url=URL, headers={"Authorization": f"Token {TOKEN}"}
    ) as person:
        for task in waiting[:count]:
            body: dict[str, Any] = {"result": [], "parent_prediction": None}
            person.post(f"/api/tasks/{task}/annotations/", json=body).raise_for_status()
