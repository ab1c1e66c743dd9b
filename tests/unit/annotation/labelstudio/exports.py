"""Tasks with labels, as an export has them."""

from __future__ import annotations

from typing import Any

from annotation.labelstudio.export_json.export import Export, parse_tasks
from annotation.labelstudio.import_json import task_data
from annotation.records import Task
from tests.unit.annotation.labelstudio.sample import SCHEMA, SENTENCE, TEXT


def labelled(*result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A task with one annotation, as an export has it."""
    data = task_data(Task(SENTENCE), SCHEMA)
    annotation = {
        "id": 7,
        "completed_by": 1,
        "result": list(result),
        "was_cancelled": False,
        "ground_truth": False,
        "updated_at": "2026-01-02T03:04:05Z",
        **more,
    }
    return {"id": 5, "data": data, "annotations": [annotation], "drafts": [], "predictions": []}


def ticked(*choices: str) -> dict[str, Any]:
    value = {"choices": list(choices)}
    return {"id": "e", "from_name": "event", "to_name": "t", "type": "choices", "value": value}


def span(region: str, start: int, end: int, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": list(labels)}
    return {"id": region, "from_name": "claim", "to_name": "t", "type": "labels", "value": value}


def number(region: str, name: str, value: object) -> dict[str, Any]:
    return {
        "id": region,
        "from_name": name,
        "to_name": "t",
        "type": "number",
        "value": {"number": value},
    }


def parse(*tasks: Any, group_by: str | None = None) -> Export:
    return parse_tasks(tasks, SCHEMA, where="x.json", group_by=group_by)


def complaints(export: Export) -> list[str]:
    return [problem.message for problem in export.problems]
