"""The table of a project's tasks (Label Studio's Data Manager), as people first see it.

Its own has 20 columns, most of them ours and of use to the machine only.
"""

from __future__ import annotations

from typing import Any

from annotation.labelstudio.import_json import ARTICLE_FIELDS, BLIND, PEOPLE, WHEN_WHERE
from annotation.schema import Schema

_TAB = "Sentences"
"""Name of its tab."""

_SHOWN = ("title", "outlet")
"""Fields of a task that people look for one by; the sentence itself is the schema's."""

_HIDDEN = (
    "sentence_id", "article_id", "index", "start", "end", "before", "after", "readings",
    "boilerplate", "also_in", "picked_method", "picked_probability", BLIND, PEOPLE, WHEN_WHERE,
    *ARTICLE_FIELDS,
)  # fmt: skip
"""The others that newsledger stores, see ``annotation.labelstudio.import_json``."""

_OF_THE_SERVER = (
    "inner_id", "completed_at", "cancelled_annotations", "total_predictions", "annotations_results",
    "annotations_ids", "predictions_model_versions", "predictions_results", "file_upload",
    "storage_filename", "created_at", "updated_at", "updated_by", "avg_lead_time", "draft_exists",
)  # fmt: skip
"""Columns of Label Studio's own that are left out; who labelled a sentence and the score of its
suggestion, which is its place in the queue, stay."""


def first_tab(schema: Schema) -> dict[str, Any]:
    """The tab that shows headline, outlet, sentence, who labelled it, and the place in the queue.

    It neither orders nor filters: who labels from a table that does is handed the table's
    sentences, the same to everybody, and not the queue's.
    """
    shown = {*_SHOWN, schema.text_field}
    fields = dict.fromkeys((*schema.fields, *_HIDDEN))
    hidden = [f"tasks:data.{name}" for name in fields if name not in shown]
    hidden += [f"tasks:{name}" for name in _OF_THE_SERVER]
    beside = [f"tasks:{name}" for name in ("id", "annotators", "predictions_score")]
    beside += [f"tasks:data.{name}" for name in _SHOWN]
    return {
        "title": _TAB,
        "type": "list",
        "target": "tasks",
        "hiddenColumns": {"explore": hidden, "labeling": [*hidden, *beside]},
    }
