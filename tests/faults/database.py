"""What a project holds, read from the server's own database."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stored:
    """Tasks, suggestions and annotations of one project."""

    tasks: dict[int, str]
    """Our key of each task."""
    models: dict[int, Counter[str]]
    """How many suggestions each task has of each model."""
    annotations: dict[int, tuple[int, bool, str]]
    """Task, whether cancelled, and the event type of each annotation."""

    def suggestions(self, task: int, model: str) -> int:
        """How many suggestions of this model a task has."""
        return self.models[task][model] if task in self.models else 0

    @property
    def twice(self) -> dict[str, int]:
        """Sentences with several tasks, and how many."""
        found = Counter(self.tasks.values())
        return {key: number for key, number in found.items() if number > 1}

    @property
    def labelled(self) -> set[int]:
        """Tasks with an annotation that was not cancelled."""
        return {task for task, cancelled, _ in self.annotations.values() if not cancelled}

    @property
    def touched(self) -> set[int]:
        """Tasks with any annotation."""
        return {task for task, _, _ in self.annotations.values()}


def read(data: Path, project: int) -> Stored:
    """One read of the database of the server in this folder."""
    file = data / "label_studio.sqlite3"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=60)) as database:
        tasks = {
            number: json.loads(text)["sentence_id"]
            for number, text in database.execute(
                "select id, data from task where project_id = ?", (project,)
            )
        }
        models: dict[int, Counter[str]] = defaultdict(Counter)
        for task, model in database.execute("select task_id, model_version from prediction"):
            if task in tasks:
                models[task][model] += 1
        annotations = {
            number: (task, bool(cancelled), _event(json.loads(result or "[]")))
            for number, task, cancelled, result in database.execute(
                "select id, task_id, was_cancelled, result from task_completion"
            )
            if task in tasks
        }
    return Stored(tasks, dict(models), annotations)


def _event(result: list[dict[str, dict[str, list[str]]]]) -> str:
    return result[0]["value"]["choices"][0] if result else ""
