"""doccano."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.annotation.imports.bringing import TEXT, Brought, lines

PLACE = {"start_offset": TEXT.index("40"), "end_offset": TEXT.index("40") + 2}
SECOND = TEXT[33:]
START = TEXT.index("40")


@pytest.mark.parametrize(
    "row",
    [
        {"id": 1, "text": TEXT, "label": [[START, START + 2, "wounded"]]},
        {"id": 1, "data": TEXT, "label": [[START, START + 2, "wounded"]], "username": "imported"},
        {
            "text": TEXT,
            "entities": [{"id": 9, "label": "wounded", **PLACE}],
            "relations": [],
            "Comments": [],
        },
        {
            "text": TEXT,
            "annotations": [
                {"label": 3, "start_offset": START, "end_offset": START + 2, "user": 1}
            ],
        },
    ],
)
def test_marked_passages_of_each_release(tmp_path: Path, row: dict[str, object]) -> None:
    brought = Brought(lines(tmp_path / "a.jsonl", row), "doccano", {"3": "wounded"})
    assert brought.problems == []
    assert brought.said == [(SECOND, "imported", (), [("40", "wounded")])]


def test_categories_and_what_is_not_read(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "a.jsonl",
        {"id": 1, "text": "Gunmen attacked.", "label": ["clash"], "Comments": ["Sure?"]},
        {"id": 2, "text": "Ten fled.", "label": [[0, 3]]},
        {"id": 3, "text": "Two fled.", "label": "strike"},
        {"id": 4, "text": "Three fled.", "label": []},
    )
    brought = Brought(file, "doccano")
    assert [(text, events) for text, _, events, _ in brought.said] == [
        ("Gunmen attacked.", ("clash",)),
        ("Two fled.", ("strike",)),
    ]
    assert [one.partition(": ")[0] for one in brought.problems] == [f"{file}:1", f"{file}:2"]
    assert "1 Comments are not read" in brought.problems[0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"annotations": [{"text": "A summary."}]}, "{'text': 'A summary.'} has no 'label'"),
        ({"entities": [{"label": "wounded", "start_offset": 1}]}, "from 1 to None"),
        ({"annotations": [{"start_offset": 0, "end_offset": 3}]}, "the label None"),
        ({"entities": 1}, "what is in 'entities' is not a list"),
        ({"entities": ["wounded"]}, "the span wounded is not an object"),
        ({"relations": 1}, "what is in 'relations' is not a list"),
        ({"label": [[0, 3]]}, "[0, 3] is not a start, an end and a label"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(
    tmp_path: Path, more: dict[str, object], told: str
) -> None:
    good = {"text": "Gunmen attacked.", "label": ["clash"], "entities": None}
    file = lines(tmp_path / "a.jsonl", {"text": "Ten fled.", **more}, good)
    brought = Brought(file, "doccano")
    (problem,) = brought.problems
    assert problem.startswith(f"{file}:1: ")
    assert told in problem
    assert brought.said == [("Gunmen attacked.", "imported", ("clash",), [])]
