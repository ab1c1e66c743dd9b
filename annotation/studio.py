"""Talks to Label Studio; the only module that imports its SDK.

The write path was measured, not guessed. Tasks go in alone and suggestions after them, because one
call with both can lose all suggestions in silence on SQLite; what the server says it stored is
counted, and looked up where it says nothing. The SDK's own retries are off, because a repeated
import doubles tasks: before anything is sent again, it is looked up under *our* key (Label Studio
reuses its ids). So every use can be killed at any point and run again.

Two pushes into one project at the same moment can still double a task; the second to finish
notices it by the count and removes the doubles. Callers on one machine should take a lock.

The SDK takes two seconds to load and is imported on first use.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from annotation.errors import (
    SchemaError,
    SchemaMismatchError,
    StudioAuthError,
    StudioError,
    StudioGoneError,
    StudioStorageError,
    StudioUnreachableError,
)
from annotation.records import Prediction, Sentence, Task
from annotation.schema import Schema, parse_schema
from annotation.wire import KEY, READINGS, Export, parse_tasks, readings, task_data, to_prediction

if TYPE_CHECKING:
    import httpx

BATCH = 500
"""Records in one call; Label Studio commits suggestions in groups of 500."""

SUGGEST_BATCH = 100
"""Tasks whose suggestions are replaced together.

Deleting costs the server 6 ms a suggestion inside one transaction, and SQLite turns annotators away
after 5 s.
"""

SAMPLING = "Uncertainty sampling"
"""The queue's order: the lowest score of a suggestion first, and what has none before that."""

PAGE = 1000
"""Tasks in one page of a listing."""

WRITE_TIMEOUT = 600.0
"""Seconds to wait for a write; a server without the batch switch takes half a minute."""

_ATTEMPTS = 4  # in all; between them 0.5, 1 and 2 s
_COLUMNS = "id,data,predictions_model_versions,total_annotations,total_predictions"

Progress = Callable[[int], None]
"""Called with the number of sentences that are done since the last call."""

_T = TypeVar("_T")
_Query = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """Who answers, and as whom."""

    url: str
    """Address."""
    version: str
    """Label Studio's release."""
    user: str
    """E-mail address that the token belongs to."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the server."""

    id: int
    """Its id there."""
    title: str
    """Its name."""
    url: str
    """Where people open it."""
    created: bool = False
    """True where it did not exist before."""
    updated: bool = False
    """True where its configuration or its instructions were brought up to date."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a project holds."""

    tasks: int
    """Tasks in all."""
    with_suggestion: int
    """Tasks with a suggestion of the active model."""
    annotated: int
    """Tasks with at least one annotation that was not cancelled."""
    model_id: str
    """The model whose suggestions people see; empty for none."""


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did; the server's own counts."""

    created: int
    """Tasks that were made."""
    already_there: int
    """Sentences that the project had before, or that came twice."""
    suggested: int
    """Suggestions that were stored."""
    resent: int = 0
    """Records that had to be sent again because the server had not stored them."""
    doubles_removed: int = 0
    """Tasks that another push had doubled at the same moment."""


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """What a replacement of suggestions did; the server's own counts."""

    suggested: int
    """Suggestions that were stored."""
    already_there: int
    """Tasks that had a suggestion of this model."""
    annotated: int
    """Tasks that were left alone because somebody has labelled them."""
    missing: int
    """Predictions for sentences that the project does not have."""
    resent: int = 0
    """Records that had to be sent again because the server had not stored them."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A task as a look-up shows it."""

    id: int
    data: Mapping[str, Any]
    models: frozenset[str]  # filled only by queries that filter by it
    annotated: bool
    suggested: bool


class LabelStudio:
    """One server, seen with one person's token.

    Args:
        url: address, e.g. ``http://127.0.0.1:8080``.
        api_key: a legacy token or a personal access token; the SDK tells them apart.
        timeout: seconds to wait for an answer to a question; writes wait ``WRITE_TIMEOUT``.
        transport: what carries the requests instead of the network; the seam for tests.

    Every method raises:
        StudioUnreachableError: nobody answers, or what answers is no Label Studio.
        StudioAuthError: the token is refused.
        StudioGoneError: the project has been deleted.
        StudioStorageError: the server fails, or has stored less than it was sent.
        StudioError: the server refuses what we ask, with its own words.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._api_key = api_key
        self._timeout = timeout
        self._transport = transport

    def __repr__(self) -> str:
        return f"LabelStudio({self.url!r})"

    def __enter__(self) -> LabelStudio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the object may be used again."""
        if "_http" in self.__dict__:
            self._http.close()
            del self.__dict__["_http"]
            self.__dict__.pop("_client", None)

    # ------------------------------------------------------------------- projects

    def check(self) -> ServerInfo:
        """Ask who answers and whether the token is good."""
        what = "asking who answers"
        with self._asking(what):
            try:
                me = self._client.users.whoami(request_options={"max_retries": 0})
                version = self._client.versions.get(request_options={"max_retries": 0})
                user, release = me.email, version.release
            except (AttributeError, TypeError) as error:  # JSON, but not Label Studio's
                raise self._foreign(what) from error
        if not user or not release:
            raise self._foreign(what)
        return ServerInfo(self.url, str(release), str(user))

    def ensure_project(
        self,
        title: str,
        schema: Schema,
        instructions: str = "",
        *,
        project_id: int | None = None,
    ) -> Project:
        """The project with this configuration: found, brought up to date, or made.

        Args:
            title: its name, 3 to 50 characters; the key by which it is found again.
            schema: the labelling configuration that it shall have.
            instructions: what annotators read before they begin (HTML).
            project_id: look for this one instead of the title.

        Raises:
            SchemaMismatchError: labels that are in use would vanish; the message names them.
            SchemaError: the server refuses the configuration, with its own words.
        """
        found = self._find_project(title, project_id)
        if found is None:
            with self._asking("making the project", SchemaError):
                made = self._client.projects.create(
                    title=title,
                    label_config=schema.xml,
                    expert_instruction=instructions,
                    show_instruction=bool(instructions),
                    sampling=SAMPLING,
                    request_options={"max_retries": 0},
                )
            return Project(made.id, title, self._project_url(made.id), created=True)
        changes: dict[str, Any] = {}
        if (found.label_config or "").strip() != schema.xml.strip():  # the server strips it
            self._check_compatible(found, schema)
            changes["label_config"] = schema.xml
        if instructions and found.expert_instruction != instructions:
            changes |= {"expert_instruction": instructions, "show_instruction": True}
        if found.sampling != SAMPLING:
            changes["sampling"] = SAMPLING
        if changes:
            with self._asking("changing the project", SchemaError):
                if "label_config" in changes:
                    self._client.projects.validate_label_config(found.id, label_config=schema.xml)
                self._client.projects.update(found.id, **changes)
        return Project(
            found.id, found.title or title, self._project_url(found.id), updated=bool(changes)
        )

    def counts(self, project_id: int) -> Counts:
        """How many tasks the project has, with a suggestion, and labelled."""
        project = self._project(project_id)
        model = str(project.model_version or "")
        return Counts(
            tasks=int(project.task_number or 0),
            with_suggestion=self._count_suggested(project_id, model) if model else 0,
            annotated=self._count(project_id, _LABELLED),
            model_id=model,
        )

    def without_suggestion(self, project_id: int) -> int:
        """How many tasks wait for a label without a suggestion of the active model."""
        model = str(self._project(project_id).model_version or "")
        waiting = self._count(project_id, _UNLABELLED)
        if not model:
            return waiting
        return waiting - self._count(project_id, _and(_UNLABELLED, _suggested_by(model)))

    def activate(self, project_id: int, model_id: str) -> None:
        """Let people see the suggestions of this model; the server shows no others.

        Raises:
            StudioError: no suggestion in the project is by this model.
        """
        if self._project(project_id).model_version == model_id:
            return
        with self._asking(f"activating the suggestions of {model_id}"):
            self._client.projects.update(project_id, model_version=model_id)

    # -------------------------------------------------------------------- writing

    def push(
        self,
        project_id: int,
        tasks: Iterable[tuple[Task, Prediction | None]],
        schema: Schema,
        *,
        progress: Progress | None = None,
    ) -> PushReport:
        """Add the tasks that the project does not have, each with its suggestion.

        Streams: no more than ``BATCH`` tasks are held at a time. A sentence that is already there
        is not added again; if nobody has labelled it and it lacks a suggestion of this model, it
        gets one. The model of the last suggestion becomes the active one.

        Args:
            project_id: the project.
            tasks: what to add, in the order in which people shall see it.
            schema: the project's labelling configuration.
            progress: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of it; running
                the push again adds what is missing.
        """
        before = int(self._project(project_id).task_number or 0)
        seen: set[str] | None = set() if before == 0 else None  # saves asking an empty project
        created = there = suggested = resent = 0
        model_id = ""
        for batch in _batches(tasks, BATCH):
            wanted = {task.sentence.id: (task, prediction) for task, prediction in batch}
            found = self._known(project_id, wanted, seen)
            new = {
                key: task_data(task, schema, prediction=prediction)
                for key, (task, prediction) in wanted.items()
                if key not in found
            }
            stored, again = self._import_tasks(project_id, new)
            resent += again
            if seen is not None:
                seen.update(stored)
            created += len(stored)
            there += len(batch) - len(stored)
            lacking = self._lacking(
                project_id, found, {k: p.model_id for k, (_, p) in wanted.items() if p}
            )
            rows: dict[str, dict[str, object]] = {}
            for key, (task, prediction) in wanted.items():
                if prediction is None:
                    continue
                model_id = prediction.model_id
                number = stored.get(key) or lacking.get(key)
                if number is not None:
                    rows[key] = {
                        "task": number,
                        **to_prediction(prediction, task.sentence, schema),
                    }
            resent += self._import_predictions(project_id, rows)
            suggested += len(rows)
            if progress is not None:
                progress(len(batch))
        if model_id:
            self.activate(project_id, model_id)
        doubles = 0
        if created and int(self._project(project_id).task_number or 0) != before + created:
            doubles = self._remove_doubles(project_id)
        return PushReport(created, there, suggested, resent, doubles)

    def suggest(
        self,
        project_id: int,
        predictions: Iterable[Prediction],
        schema: Schema,
        *,
        model_id: str,
        progress: Progress | None = None,
    ) -> SuggestReport:
        """Replace the suggestions of all tasks that nobody has labelled.

        Older suggestions of these tasks are deleted, because the Data Manager opens the oldest one
        of a task, whatever model is active. Spared are tasks with a draft: Label Studio refuses an
        annotation whose suggestion has gone. (Who has a task open and has not touched it yet gets
        that refusal once, and reloads the page.) Annotations keep a copy of their suggestion and
        with it the name of the model, so nothing is lost of where they came from.

        Args:
            project_id: the project.
            predictions: one for each sentence of :meth:`unlabelled`; others are skipped and
                counted.
            schema: the project's labelling configuration.
            model_id: the model that made them; becomes the active one.
            progress: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them; running
                it again adds what is missing.
            UnknownLabelError: a prediction has a label that the schema has not; nothing of its
                batch was changed.
        """
        suggested = there = annotated = missing = resent = 0
        for batch in _batches(predictions, SUGGEST_BATCH):
            by_key = {prediction.sentence_id: prediction for prediction in batch}
            found = self._look_up(project_id, by_key)
            lacking = self._lacking(project_id, found, dict.fromkeys(by_key, model_id))
            missing += len(by_key.keys() - found.keys())
            annotated += sum(task.annotated for task in found.values())
            there += sum(k not in lacking and not t.annotated for k, t in found.items())
            # Made, and so checked, before anything is deleted: what does not fit the schema or the
            # sentence must not cost people the suggestions that they have.
            rows = {
                key: {
                    "task": number,
                    **to_prediction(by_key[key], _sentence(found[key], schema), schema),
                }
                for key, number in lacking.items()
            }
            old = [number for key, number in lacking.items() if found[key].suggested]
            if old:
                self._act(project_id, "delete_tasks_predictions", old, "deleting old suggestions")
            for key in lacking:
                self._refresh_readings(found[key], by_key[key], schema)
            resent += self._import_predictions(project_id, rows)
            suggested += len(rows)
            if suggested or there:  # from the first batch on: people begin at the first tasks
                self.activate(project_id, model_id)
            if progress is not None:
                progress(len(batch))
        return SuggestReport(suggested, there, annotated, missing, resent)

    # -------------------------------------------------------------------- reading

    def unlabelled(self, project_id: int, schema: Schema) -> Iterator[Sentence]:
        """Every sentence that nobody has labelled yet, streamed.

        Pages by id, not by number: people who label meanwhile shift the pages, not the ids.
        """
        for task in self._scan(project_id, _UNLABELLED):
            if isinstance(task.data.get(schema.text_field), str):
                yield _sentence(task, schema)

    def pull(self, project_id: int, schema: Schema) -> Export:
        """Everything in the project: all sentences, labelled or not, and what people said.

        Taken from one export snapshot, a single read of the database; drafts are left out.

        Raises:
            ExportError: the project was labelled with another configuration.
        """
        with self._asking("exporting the project"):
            snapshot = self._client.projects.exports.create(
                project_id,
                title="newsledger",
                serialization_options={
                    "drafts": {"only_id": True},
                    "predictions": {"only_id": True},
                    "annotations__completed_by": {"only_id": False},
                    "include_annotation_history": False,
                },
                request_options={"max_retries": 0, "timeout": WRITE_TIMEOUT},
            )
        try:
            content = self._download(project_id, int(snapshot.id))
        finally:
            with self._asking("tidying up after the export"):
                self._client.projects.exports.delete(project_id, int(snapshot.id))
        try:
            tasks = json.loads(content)
        except ValueError as error:
            raise StudioError(
                f"The export of project {project_id} at {self.url} is not JSON.",
                hint="Try again; look at the server's log if it stays so.",
            ) from error
        return parse_tasks(tasks, schema, where=f"project {project_id} at {self.url}")

    # ------------------------------------------------------------- parts of the above

    def _download(self, project_id: int, export_id: int) -> bytes:
        exports = self._client.projects.exports
        until = time.monotonic() + WRITE_TIMEOUT
        while time.monotonic() < until:
            with self._asking("exporting the project"):
                status = str(exports.get(project_id, export_id).status)
            if status == "completed":
                with self._asking("downloading the export"):
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
            f"Label Studio at {self.url} could not export project {project_id}.",
            hint="Look at the server's log; its disk may be full.",
        )

    def _find_project(self, title: str, project_id: int | None) -> Any | None:
        if project_id is not None:
            return self._project(project_id)
        with self._asking("listing the projects"):
            for project in self._client.projects.list(title=title, page_size=100):
                if project.title == title:
                    return self._client.projects.get(id=project.id)
        return None

    def _check_compatible(self, project: Any, schema: Schema) -> None:
        """No label that somebody has used may vanish; the server itself would let it."""
        try:
            old = parse_schema(project.label_config or "")
        except SchemaError:
            return  # a new project's empty configuration, or one without our kind of controls
        gone = {*old.event_aliases, *old.claim_aliases} - {
            *schema.event_aliases,
            *schema.claim_aliases,
        }
        used = {}
        for label in sorted(gone):
            quoted = json.dumps(label)  # as it stands in the stored results
            query = _where(("annotations_results", "contains", quoted, "String"))
            uses = self._count(project.id, query)
            if uses:
                used[label] = uses
        if used:
            named = ", ".join(f"'{label}' ({uses} tasks)" for label, uses in used.items())
            raise SchemaMismatchError(
                f"Project {project.id} at {self.url} has annotations with labels that the new "
                f"configuration does not have: {named}.",
                hint="Keep these labels (their value may be reworded), or use another project.",
            )

    def _known(
        self, project_id: int, keys: Collection[str], seen: set[str] | None
    ) -> dict[str, _Found]:
        """Which of the sentences the project has; an empty one is asked only about repetitions."""
        if seen is None:
            return self._look_up(project_id, keys)
        repeated = [key for key in keys if key in seen]
        return self._look_up(project_id, repeated) if repeated else {}

    def _lacking(
        self, project_id: int, found: Mapping[str, _Found], models: Mapping[str, str]
    ) -> dict[str, int]:
        """Ids of the tasks that nobody has labelled and that lack a suggestion by their model."""
        candidates = {k: found[k] for k in models if k in found and not found[k].annotated}
        asked = [key for key, task in candidates.items() if task.suggested]
        having: set[str] = set()
        for model_id in {models[key] for key in asked}:
            some = [key for key in asked if models[key] == model_id]
            having |= self._look_up(project_id, some, suggested_by=model_id).keys()
        return {key: task.id for key, task in candidates.items() if key not in having}

    def _import_tasks(
        self, project_id: int, new: Mapping[str, dict[str, object]]
    ) -> tuple[dict[str, int], int]:
        """Store tasks, each exactly once.

        Returns:
            Label Studio's id of each, by our key, and how many had to be sent again.
        """

        def send(keys: Sequence[str]) -> dict[str, int] | None:
            answer = self._bulk(
                f"projects/{project_id}/import?return_task_ids=true",
                [{"data": new[key]} for key in keys],
            )
            ids = answer.get("task_ids") or ()
            if answer.get("task_count") == len(keys) == len(ids):
                return dict(zip(keys, map(int, ids), strict=True))
            return None

        def stored(keys: Collection[str]) -> dict[str, int]:
            return {key: task.id for key, task in self._look_up(project_id, keys).items()}

        return self._send_until_stored("tasks", list(new), send, stored)

    def _import_predictions(self, project_id: int, rows: Mapping[str, dict[str, object]]) -> int:
        """Store suggestions, each exactly once; returns how many had to be sent again."""

        def send(keys: Sequence[str]) -> dict[str, int] | None:
            answer = self._bulk(
                f"projects/{project_id}/import/predictions", [rows[key] for key in keys]
            )
            return dict.fromkeys(keys, 0) if answer.get("created") == len(keys) else None

        def stored(keys: Collection[str]) -> dict[str, int]:
            models = {str(rows[key]["model_version"]) for key in keys}
            return {
                key: 0
                for model_id in models
                for key in self._look_up(project_id, keys, suggested_by=model_id)
                if rows[key]["model_version"] == model_id
            }

        return self._send_until_stored("suggestions", list(rows), send, stored)[1]

    def _send_until_stored(
        self,
        what: str,
        keys: list[str],
        send: Callable[[Sequence[str]], dict[str, int] | None],
        stored: Callable[[Collection[str]], dict[str, int]],
    ) -> tuple[dict[str, int], int]:
        """Send, count, look up what is in doubt, send the rest again.

        ``send`` says what was stored, or None where the server's count is not the one expected.
        """
        done: dict[str, int] = {}
        left, resent = keys, 0
        failure: StudioError | None = None
        for attempt in range(_ATTEMPTS):
            if not left:
                break
            if attempt:
                time.sleep(0.25 * 2**attempt)
                done |= stored(left)
                left = [key for key in left if key not in done]
                resent += len(left)
                if not left:
                    break
            try:
                with self._asking(f"storing {len(left)} {what}"):
                    answer = send(left)
            except StudioUnreachableError as error:
                if _is_timeout(
                    error.__cause__
                ):  # it may still be at it: sending again could double
                    raise
                failure = error
                continue
            except StudioStorageError as error:
                failure = error
                continue
            if answer is not None:
                done |= answer
                left = [key for key in left if key not in done]
        if left:
            done |= stored(left)
            left = [key for key in left if key not in done]
        if left:
            raise StudioStorageError(
                f"Label Studio at {self.url} did not store {len(left)} of {len(keys)} {what} "
                f"(the first is {left[0]}){f': {failure.message}' if failure else '.'}",
                hint="Run the same again: it sends only what is missing.",
            ) from failure
        return done, resent

    def _refresh_readings(self, task: _Found, prediction: Prediction, schema: Schema) -> None:
        """Keep the line above the sentence true; one call a task, so only where it has changed."""
        line = readings(prediction, schema)
        if READINGS not in schema.fields or task.data.get(READINGS) == line:
            return
        with self._asking(f"changing task {task.id}"):
            self._client.tasks.update(str(task.id), data={**task.data, READINGS: line})

    def _act(self, project_id: int, action: str, ids: Sequence[int], what: str) -> None:
        """Do something to those of these tasks on which nobody has worked, at this very moment."""
        with self._asking(what):
            self._client.actions.create(
                id=action,
                project=project_id,
                filters=_UNTOUCHED["filters"],
                selected_items={"all": False, "included": ids},
                request_options={"max_retries": 0, "timeout": WRITE_TIMEOUT},
            )

    def _model_versions(self, project_id: int) -> dict[str, int]:
        """How many suggestions there are by each model."""
        with self._asking("counting suggestions"):
            found = self._raw("GET", f"projects/{project_id}/model-versions/")
        return {str(k): int(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def _remove_doubles(self, project_id: int) -> int:
        """Remove tasks that stand for the same sentence; those with an annotation stay."""
        first: dict[str, _Found] = {}
        doubles: list[int] = []
        for task in self._scan(project_id):
            key = task.data.get(KEY)
            if not isinstance(key, str) or not key:
                continue
            other = first.setdefault(key, task)
            if other is task:
                continue
            best, worse = sorted((other, task), key=_worth, reverse=True)
            first[key] = best
            if not worse.annotated:
                doubles.append(worse.id)
        for batch in _batches(doubles, BATCH):
            self._act(project_id, "delete_tasks", batch, "removing doubled tasks")
        return len(doubles)

    # -------------------------------------------------------------------- look-ups

    def _project(self, project_id: int) -> Any:
        with self._asking(f"looking for project {project_id}"):
            return self._client.projects.get(id=project_id)

    def _look_up(
        self, project_id: int, keys: Collection[str], *, suggested_by: str | None = None
    ) -> dict[str, _Found]:
        """The tasks of these sentences, by our key; only those with a suggestion by a model."""
        found: dict[str, _Found] = {}
        for some in _batches_of_size(keys):
            query = _where((f"data.{KEY}", "in_list", some, "String"))
            if suggested_by is not None:
                query = _and(query, _suggested_by(suggested_by))
            for task in self._page(project_id, query, 4 * BATCH)[0]:
                if suggested_by is None or suggested_by in task.models:
                    found.setdefault(str(task.data.get(KEY)), task)
        return found

    def _scan(self, project_id: int, query: _Query | None = None) -> Iterator[_Found]:
        """All tasks in the order of their ids; by id and not by page, so that none is missed."""
        last = 0
        while True:
            after = _where(("id", "greater", last, "Number"))
            tasks, _ = self._page(project_id, _and(after, query) if query else after, PAGE)
            yield from tasks
            if len(tasks) < PAGE:
                return
            last = max(task.id for task in tasks)

    def _count_suggested(self, project_id: int, model_id: str) -> int:
        """Tasks with a suggestion by exactly this model; the server filters by parts of names."""
        query = _suggested_by(model_id)
        if any(model_id in other != model_id for other in self._model_versions(project_id)):
            return sum(model_id in task.models for task in self._scan(project_id, query))
        return self._count(project_id, query)

    def _count(self, project_id: int, query: _Query) -> int:
        return self._page(project_id, query, 1)[1]

    def _page(self, project_id: int, query: _Query, size: int) -> tuple[list[_Found], int]:
        """One page of tasks in the order of their ids, and how many there are in all."""
        with self._asking("looking up tasks"):
            page = self._client.tasks.list(
                project=project_id,
                query=json.dumps(query),
                fields="task_only",
                include=_COLUMNS,  # everything else costs the server ten times as long
                page_size=size,
            )
            total = getattr(page.response, "total", None)
            return [_found(task) for task in page.items or ()], int(total or 0)

    # ------------------------------------------------------------------ connection

    @cached_property
    def _http(self) -> Any:
        import httpx

        # A server on this machine must not be looked for behind a proxy.
        local = httpx.URL(self.url).host in ("127.0.0.1", "localhost", "::1")
        return httpx.Client(
            timeout=self._timeout,
            follow_redirects=True,
            trust_env=not local,
            transport=self._transport,
        )

    @cached_property
    def _client(self) -> Any:  # the SDK's own types promise less than its answers hold
        from label_studio_sdk import LabelStudio as Client

        key = self._api_key.strip()
        if not key or not key.isascii() or not key.isprintable():
            raise StudioAuthError(
                f"The token for Label Studio at {self.url} is empty or holds characters that no "
                "token has.",
                hint=_TOKEN_HINT,
            )
        return Client(  # type: ignore[no-untyped-call]
            base_url=self.url,
            api_key=key,
            httpx_client=self._http,
            timeout=self._timeout,
        )

    def _bulk(self, path: str, rows: Sequence[Mapping[str, object]]) -> Mapping[str, Any]:
        """Send many records at once, with the SDK's authentication but not its encoder.

        The encoder walks through every value in Python, which costs the client a third of what
        storing costs the server.
        """
        answer = self._raw("POST", path, json.dumps(rows).encode(), timeout=WRITE_TIMEOUT)
        return answer if isinstance(answer, Mapping) else {}

    def _raw(
        self, method: str, path: str, content: bytes | None = None, *, timeout: float | None = None
    ) -> Any:
        """A call that the SDK has no method for, or no fast one; never repeated."""
        from label_studio_sdk.core.api_error import ApiError

        headers = {**self._client._client_wrapper.get_headers(), "Content-Type": "application/json"}
        answer = self._http.request(
            method,
            f"{self.url}/api/{path}",
            content=content,
            headers=headers,
            timeout=timeout or self._timeout,
        )
        try:
            body = answer.json() if answer.content else None
        except ValueError:
            body = answer.text
        if answer.status_code >= 400 or isinstance(body, str):
            raise ApiError(status_code=answer.status_code, body=body)
        return body

    def _project_url(self, project_id: int) -> str:
        return f"{self.url}/projects/{project_id}/data"

    @contextmanager
    def _asking(self, what: str, refused: type[Exception] = StudioError) -> Iterator[None]:
        """Translate the errors of the SDK and of its HTTP library into ours.

        Args:
            what: what is being done, for the message.
            refused: the error for a request that the server understands and refuses (400).
        """
        from label_studio_sdk.core.api_error import ApiError
        from label_studio_sdk.core.parse_error import ParsingError

        try:
            yield
        except ApiError as error:
            raise self._from_status(error, what, refused) from error
        except ParsingError as error:
            raise self._foreign(what) from error
        except translated_errors() as error:
            if _is_timeout(error):
                raise StudioUnreachableError(
                    f"Label Studio at {self.url} did not answer in time while {what}.",
                    hint="Is it busy or hanging? Run the same again: nothing is sent twice.",
                ) from error
            raise StudioUnreachableError(
                f"No Label Studio answers at {self.url} ({type(error).__name__}: {error}).",
                hint="Start it with `newsledger up`, or check --label-studio-url.",
            ) from error

    def _from_status(self, error: Any, what: str, refused: type[Exception]) -> Exception:
        status, detail = error.status_code, _detail(error.body)
        if status is None:
            return StudioAuthError(
                f"There is no token for Label Studio at {self.url}.", hint=_TOKEN_HINT
            )
        if status in (401, 403):
            return StudioAuthError(
                f"Label Studio at {self.url} refuses the token ({status}: {detail}).",
                hint=_TOKEN_HINT,
            )
        if status < 400 or (_is_page(error.body) and status < 500):
            return self._foreign(what)
        if status == 404:
            return StudioGoneError(
                f"Label Studio at {self.url} has it no more while {what}: {detail}.",
                hint="Was the project deleted? `newsledger up` makes a new one.",
            )
        if status >= 500:
            return StudioStorageError(
                f"Label Studio at {self.url} failed ({status}) while {what}: {detail}.",
                hint="Look at the server's log; its disk may be full. Nothing is sent twice.",
            )
        message = f"Label Studio at {self.url} refused {what} ({status}): {detail}."
        return refused(message)

    def _foreign(self, what: str) -> StudioUnreachableError:
        return StudioUnreachableError(
            f"What answers at {self.url} is not a Label Studio (while {what}).",
            hint="Check --label-studio-url; it is the address without a path such as /projects.",
        )


_TOKEN_HINT = (
    "Copy a token from Account & Settings in Label Studio and give it with --api-key "  # noqa: S105
    "or LABEL_STUDIO_API_KEY."
)


def _where(*items: tuple[str, str, object, str]) -> _Query:
    """A filter of the Data Manager: (column, operator, value, type), all of which must hold."""
    names = ("filter", "operator", "value", "type")
    filters = [dict(zip(names, (f"filter:tasks:{i[0]}", *i[1:]), strict=True)) for i in items]
    return {"filters": {"conjunction": "and", "items": filters}}


def _and(one: _Query, other: _Query) -> _Query:
    both = [*one["filters"]["items"], *other["filters"]["items"]]
    return {"filters": {"conjunction": "and", "items": both}}


def _suggested_by(model_id: str) -> _Query:
    return _where(("predictions_model_versions", "contains", [model_id], "List"))


_UNLABELLED = _where(("total_annotations", "equal", 0, "Number"))
_LABELLED = _where(("total_annotations", "greater", 0, "Number"))
_UNTOUCHED = _and(_UNLABELLED, _where(("draft_exists", "equal", False, "Boolean")))


def _found(task: Any) -> _Found:
    models = str(task.predictions_model_versions or "")
    return _Found(
        id=int(task.id),
        data=task.data or {},
        models=frozenset(name.strip() for name in models.split(",") if name.strip()),
        annotated=bool(task.total_annotations),
        suggested=bool(task.total_predictions),
    )


def _sentence(task: _Found, schema: Schema) -> Sentence:
    where = f"task {task.id}"
    return parse_tasks([{"id": task.id, "data": task.data}], schema, where=where).sentences[0]


def translated_errors() -> tuple[type[Exception], ...]:
    """Every error that the SDK and its HTTP library raise; none may pass untranslated."""
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from label_studio_sdk.core.parse_error import ParsingError

    return (
        ApiError,
        ParsingError,
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        httpx.CookieConflict,
    )


def _worth(task: _Found) -> tuple[bool, bool, int]:
    """Which of two equal tasks to keep: the labelled one, the suggested one, the older one."""
    return task.annotated, task.suggested, -task.id


def _is_timeout(error: BaseException | None) -> bool:
    import httpx

    return isinstance(error, httpx.TimeoutException)


def _is_page(body: object) -> bool:
    return isinstance(body, str) and body.lstrip()[:15].lower().startswith(("<!doctype", "<html"))


def _detail(body: object) -> str:
    """The server's own words, short enough for a sentence."""
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            body = "a web page" if _is_page(body) else body
    if isinstance(body, Mapping):
        reasons = body.get("validation_errors") or body.get("detail") or body
        body = json.dumps(reasons, ensure_ascii=False) if not isinstance(reasons, str) else reasons
    text = " ".join(str(body).split()).rstrip(".")
    return text if len(text) <= 300 else text[:299] + "…"


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _batches_of_size(keys: Collection[str]) -> Iterator[list[str]]:
    """Keys in groups whose query fits the 64 kB that a request line may have."""
    group: list[str] = []
    room = 30_000
    for key in keys:
        cost = 3 * len(json.dumps(key)) + 6  # percent-encoded at worst
        if group and (cost > room or len(group) == BATCH):
            yield group
            group, room = [], 30_000
        group.append(key)
        room -= cost
    if group:
        yield group
