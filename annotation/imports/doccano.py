"""doccano: the JSON lines of its exports, for texts with categories and for marked passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError
from annotation.imports.interface import (
    IMPORTED,
    ImportFormat,
    ImportRequest,
    MarkedSpan,
    MarkedText,
    article_of,
    json_rows,
    span_of,
    text_of,
)


def read_doccano(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The examples of a file of JSON lines."""
    for where, row in json_rows(path, request):
        try:
            yield _example(row, where, request)
        except LabelsError as problem:
            request.on_problem(problem)
        except (ValueError, TypeError, AttributeError) as error:
            request.on_problem(LabelsError(f"{where}: {error}; the example is left out."))


def _example(row: Mapping[str, Any], where: str, request: ImportRequest) -> MarkedText:
    name = request.text_column or ("text" if "text" in row else "data")  # "data" until 1.0
    text = text_of(row, name, where)
    labels, spans = list[str](), list[MarkedSpan]()
    for column in request.label_columns or ("label", "labels", "cats", "annotations"):
        found = row.get(column)
        for one in [] if found in (None, "") else found if isinstance(found, list) else [found]:
            if isinstance(one, list):
                start, end, label = one
                spans.append(span_of(start, end, label, text))
            elif isinstance(one, dict) and "start_offset" in one:
                spans.append(_span(one, text))
            elif isinstance(one, dict):
                labels.append(str(one["label"]))
            elif isinstance(one, str | int):
                labels.append(str(one))
            else:
                raise ValueError(f"the label {one!r} is of no kind that doccano writes")
    spans += [_span(one, text) for one in row.get("entities", [])]
    for kind in ("relations", "Comments"):
        if row.get(kind):
            request.on_problem(LabelsError(f"{where}: {len(row[kind])} {kind} are not read."))
    return MarkedText(
        where,
        text,
        labels=tuple(labels),
        spans=tuple(spans),
        annotator=str(row.get("username") or row.get("annotator") or IMPORTED),
        article={key: one for key, one in article_of(row).items() if key != "id"},
    )


def _span(one: Mapping[str, Any], text: str) -> MarkedSpan:
    return span_of(one["start_offset"], one["end_offset"], one["label"], text)


DOCCANO = ImportFormat("doccano", "JSON lines of doccano", read_doccano)
"""doccano."""
