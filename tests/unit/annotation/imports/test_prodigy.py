"""Prodigy."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import LabelsError
from tests.unit.annotation.imports.bringing import Brought, lines

ONE = "Gunmen attacked a market in Jos."


def test_choices_labels_and_who_skipped(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "a.jsonl",
        {"text": ONE, "accept": ["clash", "strike"], "options": [], "answer": "accept"},
        {"text": "Ten fled.", "label": "displacement", "answer": "accept", "_session_id": "s-ann"},
        {"text": "Two left.", "answer": "ignore"},
        {"text": "Nobody looked."},
    )
    brought = Brought(file, "prodigy", {"displacement": "clash"})
    assert brought.problems == []
    assert brought.said == [
        (ONE, "imported", ("clash", "strike"), []),
        ("Ten fled.", "s-ann", ("clash",), []),
        ("Two left.", "imported", (), []),
    ]
    assert [one.cancelled for one in brought.export.annotations] == [False, False, True]
    assert len(brought.export.sentences) == 4


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"text": ONE, "label": "clash", "answer": "reject"}, "what was rejected says only"),
        ({"text": ONE, "answer": "maybe"}, "the answer is 'maybe'"),
        ({"body": ONE}, "has no text in 'text'; there are 'body'."),
        ({"text": ONE, "spans": [{"start": 5, "end": 99}], "answer": "accept"}, "5 to 99"),
        ({"text": ONE, "spans": [{"start": 0, "end": 2}], "answer": "accept"}, "the label None"),
        ({"text": ONE, "accept": "clash", "answer": "accept"}, "what is in 'accept' is not a list"),
        ({"text": ONE, "relations": [{}, {}], "answer": "accept"}, "2 relations are not read"),
        ({"text": ONE, "relations": 1, "answer": "accept"}, "what is in 'relations' is not a list"),
        ({"text": ONE, "spans": 1, "answer": "accept"}, "what is in 'spans' is not a list"),
        ({"text": ONE, "spans": [[0, 6, "clash"]], "answer": "accept"}, "[0, 6, 'clash'] is not"),
        ({"text": ONE, "accept": {"a": 1}, "answer": "accept"}, "in 'accept' is not a list"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_with_its_line(
    tmp_path: Path, row: dict[str, object], told: str
) -> None:
    good = {"text": "Ten fled.", "answer": "accept", "accept": ["clash"]}
    file = lines(tmp_path / "a.jsonl", good, row)
    brought = Brought(file, "prodigy")
    (problem,) = brought.problems
    assert problem.startswith(f"{file}:2: ")
    assert told in problem
    assert ("Ten fled.", "imported", ("clash",), []) in brought.said


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(LabelsError, match="the file is empty"):
        Brought(tmp_path / "a.jsonl", "prodigy")
