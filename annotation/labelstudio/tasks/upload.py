"""The upload into a project on Label Studio: what it does not have yet, each thing exactly once.

What the server says it stored is counted, and asked for where it says nothing; only what is still
missing is sent again. It is asked for by *our* key, because Label Studio reuses its ids. Where it
is open whether a call was carried out, the server may be at it for a while: then its counts must
stand still before anything is looked up.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence

from annotation.errors import (
    StudioError,
    StudioGoneError,
    StudioStorageError,
    StudioUncertainError,
    StudioUnreachableError,
)
from annotation.labelstudio.client import ONE_WRITE, REPEATABLE, WRITE_TIMEOUT, Client
from annotation.labelstudio.import_json import BLIND, READINGS, readings
from annotation.labelstudio.tasks.filters import UNSEEN, Query, by_annotator
from annotation.labelstudio.tasks.settling import wait_until_still
from annotation.labelstudio.tasks.task_queries import FoundTask, TaskQueries
from annotation.records import Prediction
from annotation.schema import Schema

TASKS_PER_CALL = 500
"""Records in one call; Label Studio commits suggestions in groups of 500."""

_ATTEMPTS = 4  # in all; between them 0.5, 1 and 2 s


class Uploader:
    """Writes into one project.

    Args:
        client: the server.
        queries: the project, for asking what has arrived.
    """

    def __init__(self, client: Client, queries: TaskQueries) -> None:
        self._client = client
        self._queries = queries
        self.left_open = False
        """True from the first call on of which it was open whether it was carried out."""

    def tasks(
        self,
        new: Mapping[str, dict[str, object]],
        said: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    ) -> tuple[dict[str, int], int]:
        """Store tasks.

        Args:
            new: the data of each, by our key.
            said: annotations that go with them. SQLite may store tasks and lose these: whoever
                sends them has to read them back.

        Returns:
            Label Studio's id of each, by our key, and how many had to be sent again.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them.
        """
        from annotation.labelstudio.answers import ImportedTasks, as_shape

        def send(keys: Sequence[str]) -> dict[str, int] | None:
            answer = self._client.post_rows(
                f"projects/{self._queries.project_id}/import?return_task_ids=true",
                [
                    {
                        "data": new[key],
                        **({"annotations": said[key]} if said and key in said else {}),
                    }
                    for key in keys
                ],
            )
            made = as_shape(ImportedTasks, answer)
            if made is not None and made.task_count == len(keys) == len(made.task_ids):
                return dict(zip(keys, made.task_ids, strict=True))
            return None

        def stored(keys: Collection[str]) -> dict[str, int]:
            return {key: task.id for key, task in self._queries.by_key(keys).items()}

        return self._send_until_stored("tasks", list(new), send, stored)

    def suggestions(self, rows: Mapping[str, dict[str, object]]) -> int:
        """Store suggestions.

        Args:
            rows: each as Label Studio imports it, by our key of its task.

        Returns:
            How many had to be sent again.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them.
        """
        from annotation.labelstudio.answers import ImportedPredictions, as_shape

        def send(keys: Sequence[str]) -> dict[str, int] | None:
            answer = self._client.post_rows(
                f"projects/{self._queries.project_id}/import/predictions",
                [rows[key] for key in keys],
            )
            made = as_shape(ImportedPredictions, answer)
            sure = made is not None and made.created == len(keys)
            return dict.fromkeys(keys, 0) if sure else None

        def stored(keys: Collection[str]) -> dict[str, int]:
            models = {str(rows[key]["model_version"]) for key in keys}
            return {
                key: 0
                for model_id in models
                for key in self._queries.by_key(keys, suggested_by=model_id)
                if rows[key]["model_version"] == model_id
            }

        return self._send_until_stored("suggestions", list(rows), send, stored)[1]

    def annotation(self, task_id: int, row: Mapping[str, object]) -> None:
        """Store an annotation of a task that is there; one call each, for there is no other."""
        with self._client.asking(f"storing an annotation of task {task_id}"):
            body = json.dumps(row).encode()
            self._client.raw("POST", f"tasks/{task_id}/annotations/", body, timeout=WRITE_TIMEOUT)

    def ask_people(
        self, ids: Mapping[str, int], people: Mapping[str, int], *, labelled: bool = False
    ) -> None:
        """Let the server hand tasks to several people; one call a task, for there is no other.

        Args:
            ids: the server's id of each task, by our key.
            people: how many people are to label each of these, by our key.
            labelled: whether as many have labelled them already.
        """
        for key, task_id in ids.items():
            with self._client.asking(f"asking {people[key]} people to label task {task_id}"):
                self._client.sdk.tasks.update(
                    str(task_id),
                    overlap=people[key],
                    is_labeled=labelled,  # else one that somebody has labelled stays closed
                    request_options=REPEATABLE,
                )

    def _send_until_stored(
        self,
        what: str,
        keys: list[str],
        send: Callable[[Sequence[str]], dict[str, int] | None],
        stored: Callable[[Collection[str]], dict[str, int]],
    ) -> tuple[dict[str, int], int]:
        """Send, count, ask for what is in doubt, send the rest again.

        ``send`` says what was stored, or None where the server's count is not the one expected.
        """
        done: dict[str, int] = {}
        left, resent = keys, 0
        failure: StudioError | None = None
        began = 0.0
        for attempt in range(_ATTEMPTS):
            if not left:
                break
            if attempt:
                if failure is None:
                    time.sleep(0.25 * 2**attempt)
                else:
                    wait_until_still(self._queries, time.monotonic() - began)
                done |= stored(left)
                left = [key for key in left if key not in done]
                resent += len(left)
                if not left:
                    break
            began, failure = time.monotonic(), None
            try:
                with self._client.asking(f"storing {len(left)} {what}"):
                    answer = send(left)
            except (StudioUncertainError, StudioUnreachableError) as error:
                failure = error
                self.left_open = True
                continue
            if answer is not None:
                done |= answer
                left = [key for key in left if key not in done]
        if left and failure is not None:
            wait_until_still(self._queries, time.monotonic() - began)
        if left:
            done |= stored(left)
            left = [key for key in left if key not in done]
        if left:
            raise StudioStorageError(
                f"Label Studio at {self._client.url} did not store {len(left)} of {len(keys)} "
                f"{what} (the first is {left[0]}){f': {failure.message}' if failure else '.'}",
                hint="Run the same again: it sends only what is missing.",
            ) from failure
        return done, resent

    def settle_open(self) -> bool:
        """Settle if it is open whether something was stored; whether it was open."""
        if self.left_open:
            wait_until_still(self._queries)
        return self.left_open

    # ------------------------------------------------------------- what was there

    def remove(self, ids: Sequence[int], what: str, only: Query = UNSEEN) -> bool:
        """Delete those of these tasks on which nobody has worked, at this very moment.

        Args:
            ids: Label Studio's ids.
            what: what they are, for messages.
            only: what must hold of a task besides, for ids are reused.

        Returns:
            Whether it is sure that this was done.
        """
        try:
            self._act("delete_tasks", ids, f"removing {what}", only)
        except StudioUncertainError:
            wait_until_still(self._queries)
            return False
        return True

    def delete_suggestions(
        self, tasks: Iterable[FoundTask], model_id: str, *, keep: Container[int]
    ) -> None:
        """Delete the suggestions of tasks that nobody has labelled, or the older ones of them.

        Args:
            tasks: the tasks; all have a suggestion by ``model_id``.
            model_id: the model whose suggestions people see.
            keep: ids of tasks that keep this model's suggestion, and lose only older ones; a task
                that has got a draft meanwhile, or was skipped, keeps all that it has.
        """
        tasks = list(tasks)
        if old := [task.id for task in tasks if task.id not in keep]:
            self._delete_all_suggestions(old)
        for task in tasks:
            if task.id in keep and task.suggestions > 1:
                for number, model in self._queries.suggestions(task.id).items():
                    if model != model_id:
                        self.delete_suggestion(number)

    def _delete_all_suggestions(self, ids: Sequence[int]) -> None:
        """Those of whole tasks; it has come to its end when this returns.

        SQLite refuses a transaction at once ("database is locked") that has read what another is
        about to change. A deletion that is carried out later would take new suggestions along.
        """
        what = "deleting old suggestions"
        for attempt in range(_ATTEMPTS):
            try:
                # A skip tells what it started from, like a label.
                self._act("delete_tasks_predictions", ids, what, UNSEEN)
            except StudioUncertainError:
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(2.0**attempt)
                continue
            if attempt:
                wait_until_still(self._queries)
            return

    def _act(self, action: str, ids: Sequence[int], what: str, only: Query, **more: object) -> None:
        with self._client.asking(what):
            self._client.sdk.actions.create(
                id=action,
                project=self._queries.project_id,
                filters=only["filters"],
                selected_items={"all": False, "included": ids},
                request_options={**ONE_WRITE, "additional_body_parameters": more},
            )

    def delete_suggestion(self, suggestion: int) -> None:
        """Delete one suggestion; nothing happens where it has gone."""
        with (
            contextlib.suppress(StudioGoneError),
            self._client.asking("deleting an old suggestion"),
        ):
            self._client.sdk.predictions.delete(suggestion, request_options=REPEATABLE)

    def refresh_readings(self, task: FoundTask, prediction: Prediction, schema: Schema) -> None:
        """Keep the line above the sentence true; one call a task, so only where it has changed."""
        if READINGS in schema.fields:
            self.write_readings(task, readings(prediction, schema))

    def write_readings(self, task: FoundTask, line: str) -> None:
        """The same with the line that is to stand there, where nothing is withheld."""
        line = "" if task.blind else line
        if task.data.get(READINGS) == line:
            return
        with self._client.asking(f"changing task {task.id}"):
            self._client.sdk.tasks.update(
                str(task.id), data={**task.data, READINGS: line}, request_options=REPEATABLE
            )

    def withhold(self, task: FoundTask) -> None:
        """Mark a task as one whose suggestion is withheld, and take away the line of readings."""
        shown = {READINGS: ""} if READINGS in task.data else {}
        with self._client.asking(f"changing task {task.id}"):
            self._client.sdk.tasks.update(
                str(task.id), data={**task.data, **shown, BLIND: True}, request_options=REPEATABLE
            )

    # ----------------------------------------------------------------------- in bulk

    def accept_suggestions(self, ids: Mapping[str, int], model_id: str) -> None:
        """Make annotations of the suggestions of tasks on which nobody has worked.

        They are those of whom the token is. What is an annotation already makes no second one.

        Args:
            ids: the server's id of each task, by our key.
            model_id: whose suggestions.
        """
        what, action = "accepting suggestions", "predictions_to_annotations"
        self._repeated(what, action, tuple(ids.values()), UNSEEN, model_version=model_id)

    def take_back_annotations(self, ids: Sequence[int], annotator: int) -> None:
        """Delete what somebody has said of tasks, and nothing of anybody else."""
        only = by_annotator(annotator)
        what = "taking back annotations"
        self._repeated(what, "delete_tasks_annotations", ids, only, annotator=annotator)

    def _repeated(
        self, what: str, action: str, ids: Sequence[int], only: Query, **more: object
    ) -> None:
        """An action that does no harm a second time; see ``_delete_all_suggestions``."""
        for attempt in range(_ATTEMPTS):
            try:
                self._act(action, ids, what, only, **more)
            except StudioUncertainError:
                if attempt == _ATTEMPTS - 1:
                    raise
                wait_until_still(self._queries)
                continue
            return

    def mend_counts(self) -> None:
        """Put right what the server counts of tasks that are labelled, and that it hands out again.

        It stores a changed task as a whole: who stores an annotation of it at the same moment finds
        the count set back. That may happen to this mending, too.
        """
        for _ in range(_ATTEMPTS):
            wrong = [task for task in self._queries.uncounted() if task.miscounted]
            if not wrong:
                return
            for task in wrong:
                self._mend_count(task.id)

    def _mend_count(self, task_id: int) -> None:
        stored = self._queries.alone(task_id)
        cancelled = sum(one.was_cancelled for one in stored.annotations)
        total = len(stored.annotations) - cancelled
        with self._client.asking(f"counting the annotations of task {task_id}"):
            self._client.sdk.tasks.update(
                str(task_id),
                total_annotations=total,
                cancelled_annotations=cancelled,
                is_labeled=total >= stored.overlap,
                request_options=REPEATABLE,
            )
