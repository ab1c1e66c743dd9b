"""What newsledger does on Label Studio: make projects, push, suggest, pull, count.

The write path was measured, not guessed. Tasks go in alone and suggestions after them, because one
call with both can lose all suggestions in silence on SQLite. Each batch is delivered exactly once
(`delivery`) into what a look-up shows to be missing (`lookup`), so every use can be killed at any
point and run again.

Two pushes into one project at the same moment can still double a task; the second to finish
notices it by the count and removes the doubles. Callers on one machine should take a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from annotation.batches import batched
from annotation.labelstudio import projects
from annotation.labelstudio.client import Client
from annotation.labelstudio.export_json import Export, parse_tasks
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.labelstudio.projects import Project
from annotation.labelstudio.task_queries import LABELLED, UNLABELLED, TaskQueries, both, by_model
from annotation.labelstudio.upload import Uploader
from annotation.records import Prediction, Sentence, Task
from annotation.schema import Schema

if TYPE_CHECKING:
    import httpx

__all__ = [
    "BATCH",
    "SUGGEST_BATCH",
    "Advance",
    "LabelStudio",
    "Project",
    "ProjectCounts",
    "PushReport",
    "ServerInfo",
    "SuggestReport",
]

BATCH = 500
"""Records in one call; Label Studio commits suggestions in groups of 500."""

SUGGEST_BATCH = 100
"""Tasks whose suggestions are replaced together.

Deleting costs the server 5 ms a suggestion inside one transaction, and SQLite turns annotators away
after 5 s.
"""

Advance = Callable[[int], None]
"""Called with the number of sentences that are done since the last call."""


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
class ProjectCounts:
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


class LabelStudio:
    """One server, seen with one person's token.

    Args:
        url: address, e.g. ``http://127.0.0.1:8080``.
        api_key: a legacy token or a personal access token; the SDK tells them apart.
        timeout: seconds to wait for an answer to a question; writes wait ten minutes.
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
        self._connection = Client(url, api_key, timeout=timeout, transport=transport)
        self.url = self._connection.url

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
        self._connection.close()

    # ------------------------------------------------------------------- projects

    def check(self) -> ServerInfo:
        """Ask who answers and whether the token is good."""
        user, release = self._connection.who()
        return ServerInfo(self.url, release, user)

    def ensure_project(
        self,
        title: str,
        schema: Schema,
        instructions: str = "",
        *,
        project_id: int | None = None,
        owner: str = "",
    ) -> Project:
        """The project with this configuration: found, brought up to date, or made.

        Args:
            title: its name, 3 to 50 characters; the key by which it is found again.
            schema: the labelling configuration that it shall have.
            instructions: what annotators read before they begin (HTML).
            project_id: look for this one instead of the title.
            owner: name of the workspace that keeps it, letters and digits; what is marked as
                another's is left alone. Empty where every project with the mark is meant.

        Raises:
            StudioError: what is found is neither marked as newsledger's nor has the same labels.
            StudioGoneError: the project of this id is another owner's.
            SchemaMismatchError: labels that are in use would vanish; the message names them.
            SchemaError: the server refuses the configuration, with its own words.
        """
        return projects.ensure(self._connection, title, schema, instructions, project_id, owner)

    def counts(self, project_id: int) -> ProjectCounts:
        """How many tasks the project has, with a suggestion, and labelled."""
        lookup = self._queries(project_id)
        project = lookup.project()
        model = str(project.model_version or "")
        return ProjectCounts(
            tasks=int(project.task_number or 0),
            with_suggestion=lookup.count_suggested(model) if model else 0,
            annotated=lookup.count(LABELLED),
            model_id=model,
        )

    def without_suggestion(self, project_id: int) -> int:
        """How many tasks wait for a label without a suggestion of the active model."""
        lookup = self._queries(project_id)
        model = str(lookup.project().model_version or "")
        waiting = lookup.count(UNLABELLED)
        if not model:
            return waiting
        return waiting - lookup.count(both(UNLABELLED, by_model(model)))

    def activate(self, project_id: int, model_id: str) -> None:
        """Let people see the suggestions of this model; the server shows no others.

        Raises:
            StudioError: no suggestion in the project is by this model.
        """
        if self._queries(project_id).project().model_version == model_id:
            return
        with self._connection.asking(f"activating the suggestions of {model_id}"):
            self._connection.client.projects.update(project_id, model_version=model_id)

    # -------------------------------------------------------------------- writing

    def push(
        self,
        project_id: int,
        tasks: Iterable[tuple[Task, Prediction | None]],
        schema: Schema,
        *,
        advance: Advance | None = None,
    ) -> PushReport:
        """Add the tasks that the project does not have, each with its suggestion.

        Streams: no more than ``BATCH`` tasks are held at a time. A sentence that is already there
        is not added again; if nobody has labelled it and it lacks a suggestion of this model, it
        gets one. The model of the last suggestion becomes the active one.

        Args:
            project_id: the project.
            tasks: what to add, in the order in which people shall see it.
            schema: the project's labelling configuration.
            advance: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of it; running
                the push again adds what is missing.
        """
        lookup = self._queries(project_id)
        delivery = Uploader(self._connection, lookup)
        before = int(lookup.project().task_number or 0)
        seen: set[str] | None = set() if before == 0 else None  # saves asking an empty project
        created = there = suggested = resent = 0
        model_id = ""
        for batch in batched(tasks, BATCH):
            wanted = {task.sentence.id: (task, prediction) for task, prediction in batch}
            found = lookup.by_key([key for key in wanted if seen is None or key in seen])
            new = {
                key: task_data(task, schema, prediction=prediction)
                for key, (task, prediction) in wanted.items()
                if key not in found
            }
            stored, again = delivery.tasks(new)
            resent += again
            if seen is not None:
                seen.update(stored)
            created += len(stored)
            there += len(batch) - len(stored)
            lacking = lookup.lacking(
                found, {key: p.model_id for key, (_, p) in wanted.items() if p}
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
            resent += delivery.suggestions(rows)
            suggested += len(rows)
            if advance is not None:
                advance(len(batch))
        if model_id:
            self.activate(project_id, model_id)
        doubles: list[int] = []
        if created and int(lookup.project().task_number or 0) != before + created:
            doubles = lookup.doubles()
            for some in batched(doubles, BATCH):
                delivery.remove(some)
        return PushReport(created, there, suggested, resent, len(doubles))

    def suggest(
        self,
        project_id: int,
        predictions: Iterable[Prediction],
        schema: Schema,
        *,
        model_id: str,
        advance: Advance | None = None,
    ) -> SuggestReport:
        """Replace the suggestions of all tasks that nobody has labelled.

        People see only the active model's suggestion. Older ones are deleted, except where somebody
        may be looking at one at this moment, as Label Studio refuses an annotation whose suggestion
        has gone: tasks with a draft, those that people were to get next, and what is left of a
        replacement that was cut short. They keep the replaced model's suggestion beside the new
        one until the next replacement.

        Args:
            project_id: the project.
            predictions: one for each sentence of :meth:`unlabelled`; others are skipped and
                counted.
            schema: the project's labelling configuration.
            model_id: the model that made them; becomes the active one.
            advance: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them; running
                it again adds what is missing.
            UnknownLabelError: a prediction has a label that the schema has not; nothing of its
                batch was changed.
        """
        lookup = self._queries(project_id)
        delivery = Uploader(self._connection, lookup)
        before = str(lookup.project().model_version or "")
        spared = lookup.next_up(before) | lookup.begun(before) if before else set()
        suggested = there = annotated = missing = resent = 0
        for batch in batched(predictions, SUGGEST_BATCH):
            by_key = {prediction.sentence_id: prediction for prediction in batch}
            found = lookup.by_key(by_key)
            lacking = lookup.lacking(found, dict.fromkeys(by_key, model_id))
            missing += len(by_key.keys() - found.keys())
            annotated += sum(task.annotated for task in found.values())
            there += sum(k not in lacking and not t.annotated for k, t in found.items())
            # Made, and so checked, before anything is deleted: what does not fit the schema or the
            # sentence must not cost people the suggestions that they have.
            rows = {
                key: {
                    "task": number,
                    **to_prediction(by_key[key], found[key].sentence(schema), schema),
                }
                for key, number in lacking.items()
            }
            if before:
                shown = lookup.by_key(lacking, suggested_by=before).values()
                delivery.withdraw(shown, before, spared=spared)
            for key, task in found.items():
                if not task.annotated:
                    delivery.refresh_readings(task, by_key[key], schema)
            resent += delivery.suggestions(rows)
            suggested += len(rows)
            if suggested or there:  # from the first batch on: people begin at the first tasks
                self.activate(project_id, model_id)
            if advance is not None:
                advance(len(batch))
        return SuggestReport(suggested, there, annotated, missing, resent)

    def refresh_readings(
        self,
        project_id: int,
        suggested: Callable[[Sequence[Sentence]], Iterable[Prediction]],
        schema: Schema,
        *,
        model_id: str,
    ) -> int:
        """Make the line of readings one model's, wherever that has a suggestion already.

        A task that kept the suggestion before beside the new one says what the new one says, until
        its model is gone back to. Only what differs is written.

        Args:
            project_id: the project.
            suggested: what the model says of some sentences, one prediction for each.
            schema: the project's labelling configuration.
            model_id: the model.

        Returns:
            How many unlabelled tasks have a suggestion by this model.
        """
        lookup = self._queries(project_id)
        delivery = Uploader(self._connection, lookup)
        having = 0
        for batch in batched(lookup.having(model_id), BATCH):
            predictions = suggested([task.sentence(schema) for task in batch])
            for task, prediction in zip(batch, predictions, strict=True):
                delivery.refresh_readings(task, prediction, schema)
            having += len(batch)
        return having

    # -------------------------------------------------------------------- reading

    def unlabelled(
        self, project_id: int, schema: Schema, *, lacking: str | None = None
    ) -> Iterator[Sentence]:
        """Every sentence that nobody has labelled yet, streamed.

        Pages by id, not by number: people who label meanwhile shift the pages, not the ids.

        Args:
            project_id: the project.
            schema: its labelling configuration.
            lacking: leave out the sentences that have a suggestion by this model.
        """
        lookup = self._queries(project_id)
        having: set[int] = set()
        if lacking is not None:
            having = {task.id for task in lookup.having(lacking)}
        for task in lookup.scan(UNLABELLED):
            if task.id not in having and isinstance(task.data.get(schema.text_field), str):
                yield task.sentence(schema)

    def pull(self, project_id: int, schema: Schema) -> Export:
        """Everything in the project: all sentences, labelled or not, and what people said.

        Taken from one export snapshot, a single read of the database; drafts are left out.

        Raises:
            ExportError: the project was labelled with another configuration.
        """
        tasks = projects.export(self._connection, project_id)
        projects.add_parents(self._queries(project_id), tasks)
        return parse_tasks(tasks, schema, where=f"project {project_id} at {self.url}")

    def _queries(self, project_id: int) -> TaskQueries:
        return TaskQueries(self._connection, project_id)
