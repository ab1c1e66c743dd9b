"""What is brought in in tests: a file in, labels and problems out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError
from annotation.imports.interface import ImportRequest
from annotation.imports.labels import Imported, labels_here
from annotation.imports.registry import IMPORT_FORMATS
from annotation.labelstudio.export_json.export import Export, parse_tasks
from annotation.schema import Schema, read_schema
from newsledger.settings import packaged

TEXT = "Gunmen attacked a market in Jos. At least 12 people were killed 😢 and 40 wounded."
"""Two sentences; the second begins at 33."""


def schema() -> Schema:
    return read_schema(packaged("label_config.xml"))


class Brought:
    """What came of a file, read back as `train --labels` reads it."""

    def __init__(
        self,
        path: Path,
        format_name: str,
        mapping: dict[str, str] | None = None,
        *,
        text_column: str | None = None,
        label_columns: tuple[str, ...] = (),
        presplit: bool = False,
    ) -> None:
        problems: list[LabelsError] = []
        request = ImportRequest(problems.append, text_column, label_columns)
        found = IMPORT_FORMATS[format_name].read(path, request)
        self.imported: Imported = labels_here(found, schema(), mapping, presplit=presplit)
        self.problems = [one.message for one in (*problems, *self.imported.problems)]
        tasks: list[dict[str, Any]] = json.loads(json.dumps(self.imported.tasks))
        self.export: Export = parse_tasks(tasks, schema(), where="labels.json")
        assert self.export.problems == ()

    @property
    def said(self) -> list[tuple[str, str, tuple[str, ...], list[tuple[str, str]]]]:
        """Sentence, annotator, event types and claims of each annotation, in order."""
        texts = {one.id: one.text for one in self.export.sentences}
        return [
            (
                texts[one.sentence_id],
                one.annotator,
                one.events.aliases,
                [(claim.text, claim.kind) for claim in one.claims],
            )
            for one in self.export.annotations
        ]


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
