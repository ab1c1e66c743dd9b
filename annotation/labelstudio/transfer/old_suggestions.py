"""The suggestions of earlier models, removed a few at a time when nobody waits for it.

Label Studio shows the active model's alone. The generation that was shown before stays, too: who
opened a task before the switch stores an annotation of that one, and a rollback finds it where it
was. Which one that is, the caller knows; the server only tells who has stored last. All others go
one by one, 30 ms each; all other ways to delete would take the active one along, or hold the
database for minutes. What somebody skipped stays as it is, for a skip tells what it started from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from annotation.batches import Advance, batched
from annotation.labelstudio.client import Client
from annotation.labelstudio.tasks.filters import UNSEEN, Query, both, by_model, where
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import Uploader

REMOVED_TOGETHER = 100
"""Tasks whose suggestions are looked up, and removed before people get a moment alone."""

PAUSE = 0.5
"""Seconds of that moment."""


def count_old_suggestions(queries: TaskQueries, keep: Collection[str]) -> int:
    """How many :func:`remove_old_suggestions` would remove if nobody was at work on any task."""
    return sum(queries.count(_on_free_tasks(model_id)) for model_id in _others(queries, keep))


def remove_old_suggestions(
    client: Client,
    queries: TaskQueries,
    *,
    keep: Collection[str],
    most: int,
    advance: Advance | None,
) -> int:
    """Remove old suggestions; see :meth:`.Suggestions.remove_old`."""
    uploader = Uploader(client, queries)
    gone = 0
    for model_id in _others(queries, keep):
        for ids in batched(_free_tasks(queries, model_id, most - gone), REMOVED_TOGETHER):
            if gone:
                time.sleep(PAUSE)
            found = _suggestions_by(client, queries, model_id, ids)[: most - gone]
            before = gone
            try:
                for number in found:
                    uploader.delete_suggestion(number)
                    gone += 1
            finally:  # also where the server fails, so that what has gone is told
                if advance is not None:
                    advance(gone - before)
    return gone


def _others(queries: TaskQueries, keep: Collection[str]) -> list[str]:
    """All models but the active one and those to keep, the one that stored last at the end.

    None where no model is active, or none is to be kept: then nobody knows what people have open.
    The server lists models by their last suggestion, the latest first.
    """
    active = queries.active_model()
    if not active or not keep:
        return []
    return [one for one in reversed(queries.models()) if one != active and one not in keep]


def _on_free_tasks(model_id: str) -> Query:
    """Tasks with a suggestion by a model that nobody has labelled, begun or skipped."""
    return both(UNSEEN, by_model(model_id))


def _free_tasks(queries: TaskQueries, model_id: str, most: int) -> Iterator[int]:
    """Ids of so many of them at most."""
    found = (task.id for task in queries.scan(_on_free_tasks(model_id)) if model_id in task.models)
    return islice(found, max(0, most))


def _suggestions_by(
    client: Client, queries: TaskQueries, model_id: str, ids: Sequence[int]
) -> list[int]:
    """Ids of the suggestions by a model on these tasks, if nobody has come to one of them."""
    from annotation.labelstudio.answers import TaskWithPredictions

    what = "looking up old suggestions"
    query = both(UNSEEN, where(("id", "in_list", list(ids), "Number")))
    with client.asking(what):
        items = client.sdk.tasks.list(
            project=queries.project_id,
            query=json.dumps(query, separators=(",", ":")),
            fields="all",
            include="id,predictions",
            page_size=len(ids),
        ).items
    found = client.checked(tuple[TaskWithPredictions, ...], items, what)
    return [one.id for task in found for one in task.predictions if one.model_version == model_id]
