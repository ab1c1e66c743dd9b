"""Filters of the Data Manager: which tasks a query asks for."""

from __future__ import annotations

from typing import Any

from annotation.labelstudio.import_json import PEOPLE
from annotation.records import MOST_PEOPLE

Query = dict[str, Any]
"""A filter of the Data Manager."""


def where(*items: tuple[str, str, object, str]) -> Query:
    """A filter of the Data Manager: (column, operator, value, type), all of which must hold."""
    names = ("filter", "operator", "value", "type")
    filters = [dict(zip(names, (f"filter:tasks:{i[0]}", *i[1:]), strict=True)) for i in items]
    return {"filters": {"conjunction": "and", "items": filters}}


def both(one: Query, other: Query | None) -> Query:
    """The filter that lets pass what both do; the one alone where there is no other."""
    if other is None:
        return one
    items = [*one["filters"]["items"], *other["filters"]["items"]]
    return {"filters": {"conjunction": "and", "items": items}}


def by_model(model_id: str) -> Query:
    """Tasks with a suggestion by a model whose name contains this one."""
    return where(("predictions_model_versions", "contains", [model_id], "List"))


def by_annotator(number: int) -> Query:
    """Tasks with an annotation by one account."""
    return where(("annotators", "contains", number, "List"))


UNLABELLED = where(("total_annotations", "equal", 0, "Number"))
"""Tasks that nobody has labelled."""

LABELLED = where(("total_annotations", "greater", 0, "Number"))
"""Tasks with at least one annotation that was not cancelled."""

LABELLED_ONCE = where(("total_annotations", "equal", 1, "Number"))
"""Tasks with exactly one annotation that was not cancelled."""

LABELLED_FOR_MORE = both(
    LABELLED,
    where((f"data.{PEOPLE}", "in_list", [str(one) for one in range(2, MOST_PEOPLE + 1)], "String")),
)
"""Tasks for several people that at least one has labelled."""

WITH_DRAFT = both(UNLABELLED, where(("draft_exists", "equal", True, "Boolean")))
"""Tasks with a draft that nobody has labelled."""

SUGGESTED_TWICE = where(("total_predictions", "greater", 1, "Number"))
"""Tasks with several suggestions, by whatever models."""

ANNOTATED = where(("annotations_ids", "greater", 0, "Number"))
"""Tasks with an annotation, cancelled or not, whatever the server counts."""

UNSEEN = both(
    UNLABELLED,
    where(
        ("draft_exists", "equal", False, "Boolean"),
        ("annotations_ids", "empty", True, "Number"),
    ),
)
"""Tasks that nobody has labelled, begun or skipped."""
