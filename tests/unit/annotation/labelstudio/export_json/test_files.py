"""The file of an export, in whichever shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.errors import ExportError
from annotation.labelstudio.export_json.files import load_export

TASKS = [{"data": {"text": "Line\u2028end"}}, {"data": {"text": "Two."}}]


def written(folder: Path, text: str) -> Path:
    path = folder / "labels.json"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_json_lines_are_a_list(tmp_path: Path, end: str) -> None:
    lines = end.join(json.dumps(one, ensure_ascii=False) for one in TASKS) + end
    assert load_export(written(tmp_path, lines)) == TASKS


@pytest.mark.parametrize("one", [TASKS[0], {"id": 1, "result": [], "task": TASKS[0]}])
def test_one_task_or_one_stored_annotation_is_a_list_of_one(
    tmp_path: Path, one: dict[str, object]
) -> None:
    assert load_export(written(tmp_path, json.dumps(one, indent=1))) == [one]


def test_a_line_that_is_cut_off_is_told_by_its_number(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(one) for one in TASKS)
    with pytest.raises(ExportError, match=r"labels\.json, line 2: not JSON"):
        load_export(written(tmp_path, lines[:-4]))
