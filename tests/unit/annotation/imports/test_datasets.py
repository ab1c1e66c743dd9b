"""Folders of `datasets` and Argilla."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from annotation.errors import LabelsError
from tests.unit.annotation.imports.bringing import TEXT, Brought


def test_numbers_of_classes_get_their_names(tmp_path: Path) -> None:
    table = pa.table({"text": ["Gunmen attacked.", "Ten fled.", "Two fled."], "label": [1, 0, -1]})
    path = str(tmp_path / "data-00000-of-00001.arrow")
    with pa.OSFile(path, "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
        stream.write_table(table)
    info = {"features": {"label": {"names": ["strike", "clash"], "_type": "ClassLabel"}}}
    (tmp_path / "dataset_info.json").write_text(json.dumps(info), encoding="utf-8")
    brought = Brought(tmp_path, "datasets")
    assert [(text, events) for text, _, events, _ in brought.said] == [
        ("Gunmen attacked.", ("clash",)),
        ("Ten fled.", ("strike",)),
    ]


def test_several_people_answer_argilla(tmp_path: Path) -> None:
    start = TEXT.index("40")
    span = [{"start": start, "end": start + 2, "label": "wounded"}]
    rows = {
        "text": [TEXT, TEXT.replace("40", "41")],
        "mark.responses": [[span, []], None],
        "mark.responses.users": [["u1", "u2"], None],
        "mark.responses.status": [["submitted", "draft"], None],
    }
    parquet.write_table(pa.table(rows), tmp_path / "train.parquet")  # type: ignore[no-untyped-call]
    brought = Brought(tmp_path, "datasets", label_columns=("mark",))
    assert brought.problems == []
    assert [(who, claims) for _, who, _, claims in brought.said] == [("u1", [("40", "wounded")])]
    assert len(brought.export.sentences) == 4


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match=r"no \.arrow and no \.parquet"):
        Brought(tmp_path, "datasets")
    table = pa.table({"text": ["Ten fled."], "topic": [1.5]})
    parquet.write_table(table, tmp_path / "a.parquet")  # type: ignore[no-untyped-call]
    assert "has no 'label'; there are 'text', 'topic'" in Brought(tmp_path, "datasets").problems[0]
    brought = Brought(tmp_path, "datasets", label_columns=("topic",))
    assert "'topic' holds 1.5, which is not a label" in brought.problems[0]
    (tmp_path / "b.arrow").write_bytes(b"ARROW1")
    brought = Brought(tmp_path, "datasets", label_columns=("topic",))
    assert f"{tmp_path / 'b.arrow'}: cannot be read as Arrow" in brought.problems[1]
