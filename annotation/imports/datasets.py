"""Folders of ``datasets``, as Argilla and others write them: Arrow or Parquet files with columns.

Read through pyarrow alone. Numbers of a ``ClassLabel`` get the names in ``dataset_info.json``.
Argilla keeps several people's answers to a question in ``QUESTION.responses``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError, lacks_extra
from annotation.imports.interface import (
    IMPORTED,
    ImportFormat,
    ImportRequest,
    MarkedSpan,
    MarkedText,
    article_of,
    span_in,
    text_of,
)
from annotation.imports.table import labelled_rows


def read_dataset(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The rows of all files of a folder, in the order of their names."""
    columns = request.label_columns or ("label",)
    names = {name: _class_names(path, name) for name in columns}
    files = sorted([*path.rglob("*.arrow"), *path.rglob("*.parquet")])
    if not files:
        raise LabelsError(
            f"{path}: no .arrow and no .parquet file is in it.",
            hint="Name the folder that `save_to_disk` or `to_parquet` wrote.",
        )
    for file in files:
        for where, row in _rows(file, request):
            try:
                text = text_of(row, request.text_column or "text", where)
                yield from _people(row, text, where, columns, names)
            except LabelsError as problem:
                request.on_problem(problem)
            except (ValueError, TypeError, KeyError) as error:
                request.on_problem(LabelsError(f"{where}: {error}; the row is left out."))


def _rows(file: Path, request: ImportRequest) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a file, as many as can be read; the other files may be whole."""
    try:
        yield from _arrow_rows(file) if file.suffix == ".arrow" else labelled_rows(file, request)
    except LabelsError as problem:
        request.on_problem(problem)


def _people(
    row: Mapping[str, Any],
    text: str,
    where: str,
    columns: tuple[str, ...],
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[MarkedText]:
    """One marked text for each person who answered; one without labels where nobody did."""
    people: dict[str, tuple[list[str], list[MarkedSpan]]] = {}
    for column in columns:
        answers = row.get(f"{column}.responses")
        if f"{column}.responses" in row:
            users = row.get(f"{column}.responses.users") or []
            states = row.get(f"{column}.responses.status") or []
        elif column in row:
            answers, users, states = [row[column]], [], []
        else:
            raise LabelsError(
                f"{where}: has no '{column}'; there are {', '.join(map(repr, list(row)[:8]))}.",
                hint="Name the column with --label-column.",
            )
        for number, answer in enumerate(answers or []):
            user = str(users[number]) if number < len(users) else IMPORTED
            if answer is None or (number < len(states) and states[number] != "submitted"):
                continue
            labels, spans = people.setdefault(user, ([], []))
            for one in answer if isinstance(answer, list) else [answer]:
                if isinstance(one, dict):
                    spans.append(span_in(one, text))
                elif isinstance(one, bool) or not isinstance(one, str | int):
                    raise ValueError(f"'{column}' holds {one!r}, which is not a label")
                elif isinstance(one, int) and names[column]:
                    labels += [names[column][one]] if 0 <= one < len(names[column]) else []
                else:
                    labels.append(str(one))
    article = article_of(row, with_id=False)
    for user, (labels, spans) in people.items():
        yield MarkedText(where, text, tuple(labels), tuple(spans), annotator=user, article=article)
    if not people:
        yield MarkedText(where, text, labelled=False, article=article)


def _class_names(path: Path, column: str) -> tuple[str, ...]:
    """The names of a column's numbers, where the folder tells them."""
    for file in sorted(path.rglob("dataset_info.json")):
        try:
            feature = json.loads(file.read_text(encoding="utf-8"))["features"][column]
            names = feature.get("names") or feature["feature"]["names"]
            return tuple(map(str, names))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return ()


def _arrow_rows(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        raise lacks_extra("Arrow files", "parquet") from error
    number = 0
    try:
        with pa.memory_map(str(file)) as mapped, pa.ipc.open_stream(mapped) as stream:
            for batch in stream:
                for row in batch.to_pylist():
                    number += 1
                    yield f"{file}: row {number}", row
    except (pa.ArrowException, OSError) as error:
        raise LabelsError(f"{file}: cannot be read as Arrow ({error}).") from error


DATASET = ImportFormat("datasets", "a folder of Argilla or `datasets`", read_dataset)
"""Argilla, and all that ``datasets`` saves."""
