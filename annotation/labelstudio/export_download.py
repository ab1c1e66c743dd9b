"""A project's export, downloaded: everything in it, as Label Studio's JSON tells it."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

from annotation.errors import StudioError, StudioStorageError
from annotation.labelstudio.client import ONE_WRITE, WRITE_TIMEOUT, Client
from annotation.labelstudio.task_queries import TaskQueries


def download_export(client: Client, project_id: int) -> Any:
    """Everything in the project, as Label Studio's JSON export says it.

    Taken from one export snapshot, a single read of the database; drafts are left out.
    """
    from annotation.labelstudio.answers import Numbered, TaskInExport, as_shape

    what = "exporting the project"
    with client.asking(what):
        answer = client.sdk.projects.exports.create(
            project_id,
            title="newsledger",
            serialization_options={
                "drafts": {"only_id": True},
                "predictions": {"only_id": True},
                "annotations__completed_by": {"only_id": False},
                "include_annotation_history": False,
            },
            request_options=ONE_WRITE,
        )
    export_id = client.checked(Numbered, answer, what).id
    try:
        content = _download(client, project_id, export_id)
    finally:
        # What was downloaded is whole whether or not the server can tidy up at this moment.
        with suppress(StudioError), client.asking("tidying up after the export"):
            client.sdk.projects.exports.delete(project_id, export_id)
    try:
        tasks = json.loads(content)
    except ValueError:
        tasks = None
    if as_shape(tuple[TaskInExport, ...], tasks) is None:
        raise StudioError(
            f"The export of project {project_id} at {client.url} is not a list of tasks.",
            hint="Try again; look at the server's log if it stays so.",
        )
    return tasks


def add_parents(queries: TaskQueries, tasks: Any) -> None:
    """Give an export's tasks the models of the suggestions that people started from.

    The server copies into an annotation the suggestion that is active when it is stored. Who had
    opened the task before the suggestions were replaced saw another one, of which only the id is
    known; so these few are asked for.
    """
    for task in tasks:
        if any(_started_elsewhere(annotation) for annotation in task["annotations"]):
            found = queries.suggestions(task["id"])
            task["predictions"] = [{"id": i, "model_version": model} for i, model in found.items()]


def _started_elsewhere(annotation: Any) -> bool:
    parent = annotation.get("parent_prediction")
    return parent is not None and parent != (annotation.get("prediction") or {}).get("id")


def _download(client: Client, project_id: int, export_id: int) -> bytes:
    from annotation.labelstudio.answers import StoredExport

    exports = client.sdk.projects.exports
    what = "exporting the project"
    until = time.monotonic() + WRITE_TIMEOUT
    while time.monotonic() < until:
        with client.asking(what):
            answer = exports.get(project_id, export_id)
        status = client.checked(StoredExport, answer, what).status
        if status == "completed":
            with client.asking("downloading the export"):
                parts = exports.download(
                    project_id,
                    export_id,
                    export_type="JSON",
                    request_options={"timeout": WRITE_TIMEOUT},
                )
                return b"".join(parts)
        if status == "failed":
            break
        time.sleep(0.5)
    raise StudioStorageError(
        f"Label Studio at {client.url} could not export project {project_id}.",
        hint="Look at the server's log; its disk may be full.",
    )
