"""A project's export, downloaded: everything in it, as Label Studio's JSON tells it.

Label Studio keeps each export as a record and a file, and removes the record only. On a server of
our own the file is removed, too; elsewhere it stays until whoever runs that server removes it.
"""

from __future__ import annotations

import io
import re
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from annotation.errors import (
    StudioError,
    StudioStorageError,
    StudioUncertainError,
    StudioUnreachableError,
)
from annotation.json_stream import JsonReader
from annotation.labelstudio.client import ONE_WRITE, WRITE_TIMEOUT, Client
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.storage import write_errors_explained

_TITLE = "newsledger"
"""With what the titles of our exports begin: those, and no others, are removed."""

_CONTENT: Mapping[str, Any] = {
    "drafts": {"only_id": True},
    "predictions": {"only_id": True},
    "annotations__completed_by": {"only_id": False},
    "include_annotation_history": False,
}
"""What an export has of each task."""

_PAUSES = (1.0, 2.0, 4.0)
"""Seconds to wait, each time that it is open whether an export was made, before we look for it."""

_ROOM = "Free some space there, or name another folder in TMPDIR, and run it again."

_LEFT = timedelta(hours=1)
"""So much older than a new one is an export that a run which was killed has left."""


def download_export(client: Client, project_id: int) -> Iterator[dict[str, Any]]:
    """Everything in the project, as Label Studio's JSON export says it, task by task.

    Taken from one export snapshot, a single read of the database; drafts are left out. It lies in a
    file meanwhile, among the system's temporary ones, and one task at a time is in memory.
    """
    from annotation.labelstudio.answers import TaskInExport, as_shape

    export_id = _create(client, project_id)
    folder = Path(tempfile.gettempdir())
    with write_errors_explained(folder, _ROOM), tempfile.TemporaryFile(dir=folder) as file:
        try:
            _download(client, project_id, export_id, file)
        finally:
            # What was downloaded is whole whether or not the server can tidy up at this moment.
            with suppress(StudioError), client.asking("tidying up after the export"):
                _remove(client, project_id, export_id)
        file.seek(0)
        reader = JsonReader(io.TextIOWrapper(file, encoding="utf-8"))
        try:
            for task in reader.elements():
                if as_shape(TaskInExport, task) is None:
                    raise ValueError
                yield task
            if reader.rest():
                raise ValueError
        except (ValueError, RecursionError) as error:
            raise StudioError(
                f"The export of project {project_id} at {client.url} is not a list of tasks.",
                hint="Try again; look at the server's log if it stays so.",
            ) from error


def with_parents(queries: TaskQueries, tasks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An export's tasks with the models of the suggestions that people started from.

    The server copies into an annotation the suggestion that is active when it is stored. Who had
    opened the task before the suggestions were replaced saw another one, of which only the id is
    known; so these few are asked for.
    """
    for task in tasks:
        if any(_started_elsewhere(annotation) for annotation in task["annotations"]):
            found = queries.suggestions(task["id"])
            task["predictions"] = [{"id": i, "model_version": model} for i, model in found.items()]
        yield task


def _create(client: Client, project_id: int) -> int:
    """The id of a new export.

    Where no answer came, the export may have been made all the same. Each has a title of its own,
    so it is looked for before another one is asked for.
    """
    from annotation.labelstudio.answers import ListedExport, Numbered

    title = f"{_TITLE} {uuid.uuid4().hex}"
    exports, what = client.sdk.projects.exports, "exporting the project"
    pauses = iter(_PAUSES)
    while True:
        try:
            with client.asking(what):
                answer = exports.create(
                    project_id,
                    title=title,
                    serialization_options=_CONTENT,
                    request_options=ONE_WRITE,
                )
            return client.checked(Numbered, answer, what).id
        except (StudioUncertainError, StudioUnreachableError):
            pause = next(pauses, None)
            if pause is None:
                raise
        time.sleep(pause)
        with suppress(StudioUncertainError, StudioUnreachableError), client.asking(what):
            listed = client.checked(tuple[ListedExport, ...], exports.list(project_id), what)
            for one in listed:
                if one.title == title:
                    return one.id


def _remove(client: Client, project_id: int, export_id: int) -> None:
    """Remove an export, and those that killed runs have left, with their files where we can.

    The files go first: a record without a file is found again, a file without a record is not.
    """
    from annotation.labelstudio.answers import ListedExport

    exports = client.sdk.projects.exports
    ours: list[ListedExport] = []
    kept: dict[str, float] = {}
    answer = exports.list(project_id)
    found = client.checked(tuple[ListedExport, ...], answer, "listing the exports")
    made = next((one.created_at for one in found if one.id == export_id), None)
    for one in found:
        left = one.created_at and made and one.created_at < made - _LEFT
        if one.title.startswith(_TITLE) and (one.id == export_id or left):
            ours.append(one)
        else:
            kept[one.md5] = max(_when(one.created_at), kept.get(one.md5, 0.0))
    for one in ours:
        # Somebody's export of the same content has a file of the same name, but for its ending.
        theirs = kept.get(one.md5)
        if client.export_folder is not None and (theirs is None or theirs < _when(one.created_at)):
            since = 0.0 if theirs is None else _when(one.created_at)
            _remove_files(client.export_folder / str(project_id), project_id, one.md5, since)
        exports.delete(project_id, one.id)


def _when(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _remove_files(folder: Path, project_id: int, md5: str, since: float) -> None:
    """Remove the files of an export, which are called by the project and the digest.

    Args:
        folder: where the files of the project lie.
        project_id: the project.
        md5: the digest.
        since: remove what was written then or later.
    """
    if not re.fullmatch("[0-9a-f]{32}", md5):  # it failed, or was cut short, and has no file
        return
    for file in folder.glob(f"project-{project_id}-at-*-{md5[:8]}*.json"):
        with suppress(OSError):
            if file.stat().st_mtime >= since:
                file.unlink()


def _started_elsewhere(annotation: Any) -> bool:
    parent = annotation.get("parent_prediction")
    return parent is not None and parent != (annotation.get("prediction") or {}).get("id")


def _download(client: Client, project_id: int, export_id: int, file: IO[bytes]) -> None:
    """Write an export into a file, as soon as it is made."""
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
                for part in parts:
                    file.write(part)
            file.flush()
            return
        if status == "failed":
            break
        time.sleep(0.5)
    raise StudioStorageError(
        f"Label Studio at {client.url} could not export project {project_id}.",
        hint="Look at the server's log; its disk may be full.",
    )
