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
    each_understood,
    json_rows,
    list_in,
    span_in,
    span_of,
    text_of,
)

_OFFSETS = ("start_offset", "end_offset")


def read_doccano(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The examples of a file of JSON lines."""
    return each_understood(
        json_rows(path, request), lambda row, where: _example(row, where, request), request
    )


def _example(row: Mapping[str, Any], where: str, request: ImportRequest) -> MarkedText:
    name = request.text_column or ("text" if "text" in row else "data")  # "data" until 1.0
    text = text_of(row, name, where)
    labels, spans = list[str](), list[MarkedSpan]()
    for column in request.label_columns or ("label", "labels", "cats", "annotations"):
        found = row.get(column)
        for one in [] if found in (None, "") else found if isinstance(found, list) else [found]:
            if isinstance(one, list):
                if len(one) != 3:
                    raise ValueError(f"the span {one!r} is not a start, an end and a label")
                start, end, label = one
                spans.append(span_of(start, end, label, text))
            elif isinstance(one, dict) and "start_offset" in one:
                spans.append(span_in(one, text, *_OFFSETS))
            elif isinstance(one, dict) and isinstance(one.get("label"), str | int):
                labels.append(str(one["label"]))
            elif isinstance(one, dict):
                raise ValueError(f"{str(one)[:80]} has no 'label'")
            elif isinstance(one, str | int):
                labels.append(str(one))
            else:
                raise ValueError(f"the label {one!r} is of no kind that doccano writes")
    spans += [span_in(one, text, *_OFFSETS) for one in list_in(row, "entities")]
    for kind in ("relations", "Comments"):
        if found := list_in(row, kind):
            request.on_problem(LabelsError(f"{where}: {len(found)} {kind} are not read."))
    return MarkedText(
        where,
        text,
        labels=tuple(labels),
        spans=tuple(spans),
        annotator=str(row.get("username") or row.get("annotator") or IMPORTED),
        article=article_of(row, with_id=False),
    )


DOCCANO = ImportFormat("doccano", "JSON lines of doccano", read_doccano)
"""doccano."""
