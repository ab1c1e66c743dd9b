"""The suggestions that people see in a project, replaced by those of another model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from annotation.batches import Advance, batched
from annotation.labelstudio.client import Client
from annotation.labelstudio.projects.main_project import activate
from annotation.labelstudio.tasks.doubles import remove_doubled_suggestions
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer.waiting_task import WaitingTask
from annotation.records import Prediction
from annotation.schema import Schema

REPLACED_PER_CALL = 100
"""Tasks whose suggestions are deleted and stored together.

Deleting costs the server 5 ms a suggestion inside one transaction, and SQLite turns annotators away
after 5 s.
"""


@dataclass(frozen=True, slots=True)
class SuggestCounts:
    """What a replacement of suggestions did; the server's own counts."""

    suggested: int
    """Suggestions that were stored."""
    already_there: int
    """Tasks that had a suggestion of this model."""
    annotated: int
    """Tasks that were left alone because nobody is to label them any more."""
    missing: int
    """Predictions for sentences that the project does not have."""
    resent: int = 0
    """Records that had to be sent again because the server had not stored them."""

    def __add__(self, other: SuggestCounts) -> SuggestCounts:
        return SuggestCounts(
            self.suggested + other.suggested,
            self.already_there + other.already_there,
            self.annotated + other.annotated,
            self.missing + other.missing,
            self.resent + other.resent,
        )


def replace_suggestions(
    client: Client,
    queries: TaskQueries,
    predictions: Iterable[Prediction],
    schema: Schema,
    *,
    model_id: str,
    beside: int = 0,
    advance: Advance | None,
) -> SuggestCounts:
    """Replace the suggestions of unlabelled tasks; see :meth:`.Suggestions.replace`."""
    replacing = _Replacing(client, queries, schema, model_id)
    counts = SuggestCounts(0, 0, 0, 0)
    todo = iter(predictions)
    batches = chain(
        ((one, False) for one in batched(islice(todo, beside), TASKS_PER_CALL)),
        ((one, True) for one in batched(todo, REPLACED_PER_CALL)),
    )
    for batch, delete in batches:
        counts += replacing.replace(batch, delete=delete)
        if counts.suggested or counts.already_there:
            # From the first batch on: people begin at the first tasks.
            activate(client, queries.project_id, model_id)
        if advance is not None:
            advance(len(batch))
    replacing.finish()
    return counts


class _Replacing:
    """Replaces the suggestions of one project, a batch at a time."""

    def __init__(self, client: Client, queries: TaskQueries, schema: Schema, model_id: str) -> None:
        self._queries = queries
        self._uploader = Uploader(client, queries)
        self._schema = schema
        self._model_id = model_id
        before = self._queries.active_model()
        self._model_before = before
        # Of these, people may see the suggestion at this moment.
        self._keep = (
            self._queries.next_up(before) | self._queries.with_draft(before) if before else set()
        )

    def replace(self, batch: Sequence[Prediction], *, delete: bool) -> SuggestCounts:
        by_key = {prediction.sentence_id: prediction for prediction in batch}
        found = self._queries.by_key(by_key)
        models = dict.fromkeys(by_key, self._model_id)
        ids = self._queries.without_suggestion_by(found, models)
        # Made, and so checked, before anything is deleted: what does not fit the schema or the
        # sentence must not cost people the suggestions that they have.
        rows = {
            key: WaitingTask.of(found[key], self._schema).row(by_key[key], self._schema)
            for key in ids
        }
        if delete:
            self._delete_old(ids)
        for key, task in found.items():
            if task.waiting:
                self._uploader.refresh_readings(task, by_key[key], self._schema)
        annotated = sum(not task.waiting for task in found.values())
        return SuggestCounts(
            suggested=len(rows),
            already_there=len(found) - annotated - len(ids),
            annotated=annotated,
            missing=len(by_key) - len(found),
            resent=self._uploader.suggestions(rows),
        )

    def finish(self) -> None:
        """Leave each task one suggestion of the model, and labelled what somebody has labelled."""
        self._uploader.settle_open()
        remove_doubled_suggestions(self._queries, self._uploader, self._model_id)
        self._uploader.mend_counts()

    def _delete_old(self, ids: Mapping[str, int]) -> None:
        if self._model_before:
            shown = self._queries.by_key(ids, suggested_by=self._model_before).values()
            self._uploader.delete_suggestions(shown, self._model_before, keep=self._keep)
