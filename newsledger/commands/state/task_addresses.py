"""Where the task of each sentence is opened in Label Studio, as the last pull found it.

Beside the snapshots and not in them: the server's numbers are no content, and change with a server.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from annotation.storage import read_json_state, write_json_state
from newsledger.settings import Settings

_FORMAT = 1
_AGAIN = "Remove the file, and run `newsledger pull`."


def task_address(page: str, task_id: int | None) -> str:
    """Where a task is opened; the project's page where its number is not known."""
    return page if task_id is None else f"{page}?task={task_id}"


def keep_task_addresses(settings: Settings, page: str, task_ids: Mapping[str, int]) -> None:
    """Remember where the tasks are.

    Args:
        settings: where the workspace is.
        page: the address of the project.
        task_ids: the server's number of each sentence's task, by sentence.

    Raises:
        WorkspaceError: it cannot be written.
    """
    write_json_state(_file(settings), {"page": page, "tasks": dict(task_ids)}, format=_FORMAT)


def task_addresses(settings: Settings) -> dict[str, str]:
    """The address of each sentence's task, by sentence; empty before the first pull.

    Raises:
        WorkspaceError: the file is damaged, or of a later newsledger.
    """
    found = read_json_state(_file(settings), format=_FORMAT, what="The list of tasks", hint=_AGAIN)
    if not found or not isinstance(found.get("tasks"), dict):
        return {}
    return {
        key: task_address(str(found.get("page")), task)
        for key, task in found["tasks"].items()
        if isinstance(task, int)
    }


def _file(settings: Settings) -> Path:
    return settings.workspace / "tasks.json"
