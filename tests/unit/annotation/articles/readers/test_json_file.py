"""JSON is read as a whole."""

from __future__ import annotations

import json

import pytest

from tests.unit.annotation.articles.reading import ROWS, WHOLE, FileMaker, Reading, jsonl


@pytest.mark.parametrize("content", [json.dumps([ROWS], indent=2), json.dumps(ROWS), jsonl(ROWS)])
def test_a_json_file_may_be_an_array_an_object_or_lines(file: FileMaker, content: str) -> None:
    assert Reading(file("a.json", content)).only() == WHOLE
