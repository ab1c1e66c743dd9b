"""Many tasks, listed and counted at the price of what is asked; in the server's process alone.

A page of the Data Manager's list loads all annotations and suggestions of its tasks, and the files
and storages that they came from, also where none of it is asked for. And who stores suggestions
waits until the counts of each task have been fetched, set and written back one by one. Here the
first is left out where a question names the columns that it wants and none needs it, and the counts
of all tasks are set by one statement of the database.

Source: ``TaskListAPI`` in ``data_manager/api.py`` and ``tasks/functions.py`` of Label Studio.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

_PLAIN = frozenset(
    (
        "id",
        "data",
        "annotations_ids",
        "cancelled_annotations",
        "predictions_model_versions",
        "predictions_score",
        "total_annotations",
        "total_predictions",
    )
)
"""Columns that are the task's own, or that the database works out in the query for it."""


def spare_many_tasks() -> None:
    """Let Label Studio list tasks, and count what is stored with them, at the price of these.

    Call it once, when Label Studio is set up.
    """
    from data_import import api as imports
    from data_manager import api as lists

    whole = lists.TaskListAPI.prefetch  # a static method

    def prefetch(view: Any, tasks: Any) -> Any:
        asked = view.request.GET
        columns = asked.get("include", "").split(",")
        plain = asked.get("resolve_uri") == "false" and asked.get("fields") != "all"
        if plain and _PLAIN.issuperset(columns):
            return tasks.prefetch_related("project")
        return whole(tasks)

    lists.TaskListAPI.prefetch = prefetch
    imports.update_tasks_counters = count_at_once


def count_at_once(tasks: QuerySet[Any]) -> int:
    """Set what tasks say of how many annotations and suggestions they have.

    The tasks are locked first, in one order for all: a statement of PostgreSQL that waits for a row
    goes on to count what there was before it waited, without the label that it waited for.

    Args:
        tasks: a query for them.

    Returns:
        How many there are.
    """
    from tasks.models import Annotation, Prediction

    def number(model: Any, **which: bool) -> Any:
        found = model.objects.filter(task=OuterRef("pk"), **which).order_by().values("task")
        counted = found.annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    with transaction.atomic():
        locked = tasks.order_by("pk").select_for_update(no_key=True)  # who labels may insert
        _ = list(locked.values_list("pk", flat=True))
        counted: int = tasks.update(
            total_annotations=number(Annotation, was_cancelled=False),
            cancelled_annotations=number(Annotation, was_cancelled=True),
            total_predictions=number(Prediction),
        )
    return counted
