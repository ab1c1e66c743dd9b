"""Prodigy: what ``prodigy db-out`` writes, one example in each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError
from annotation.imports.interface import (
    IMPORTED,
    ImportFormat,
    ImportRequest,
    MarkedText,
    article_of,
    each_understood,
    json_rows,
    list_in,
    span_in,
    text_of,
)


def read_prodigy(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The examples of a file of JSON lines."""
    return each_understood(
        json_rows(path, request), lambda row, where: _example(row, where, request), request
    )


def _example(row: Mapping[str, Any], where: str, request: ImportRequest) -> MarkedText:
    text, answer = text_of(row, request.text_column or "text", where), row.get("answer")
    if answer not in ("accept", "reject", "ignore", None):
        raise LabelsError(f"{where}: the answer is '{answer}', which Prodigy does not have.")
    if answer == "reject":
        raise LabelsError(
            f"{where}: what was rejected says only what is not so; the example is left out.",
            hint="Accept it in Prodigy after correcting it.",
        )
    labels = [row[name] for name in request.label_columns or ("label",) if row.get(name)]
    accepted = list_in(row, "accept")
    if not all(isinstance(one, str | int) for one in accepted):
        raise ValueError("what is in 'accept' is not a list of options")
    if not all(isinstance(one, str) for one in labels):
        raise ValueError("its label is not text")
    spans = list_in(row, "spans") if answer == "accept" else []
    if relations := list_in(row, "relations"):
        request.on_problem(LabelsError(f"{where}: {len(relations)} relations are not read."))
    annotator = row.get("_annotator_id") or row.get("_session_id") or IMPORTED
    return MarkedText(
        where,
        text,
        labels=tuple(map(str, (*labels, *accepted))) if answer == "accept" else (),
        spans=tuple(span_in(one, text) for one in spans),
        annotator=str(annotator),
        labelled=answer is not None,
        skipped=answer == "ignore",
        article=article_of(row),
    )


PRODIGY = ImportFormat("prodigy", "JSON lines of Prodigy's db-out", read_prodigy)
"""Prodigy."""
