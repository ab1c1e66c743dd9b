"""A state file read and written an entry at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.large_state import read_entries, write_entries
from annotation.storage import read_json_state, write_json_state


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


def entries(path: Path, format: int = 2) -> list[tuple[str, object]]:
    return list(read_entries(path, "rows", format=format, what="It", hint="Help.", older=(1,)))


ROWS = [("a", [1, "x"]), ('"quoted" \u2028', {"b": None}), ("\ud800", "half"), ("long", "y" * 9)]


@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS])
def test_what_is_written_is_read(
    path: Path, rows: list[tuple[str, object]], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.json_stream._CHUNK", chunk)
    write_entries(path, "rows", rows, format=2)
    assert entries(path) == rows
    assert read_json_state(path, format=2, what="It", hint="") == {"rows": dict(rows)}


@pytest.mark.parametrize("chunk", [1, 1 << 16])
def test_a_file_that_was_written_as_a_whole_is_read(
    path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.json_stream._CHUNK", chunk)
    state = {"other": [12.5, -3], "rows": {"a": [["x", 0.5]], "ü": 12}, "behind": 1e-3}
    write_json_state(path, state, format=1)
    assert entries(path) == [("a", [["x", 0.5]]), ("ü", 12)]


def test_entries_may_come_from_the_file_itself(path: Path) -> None:
    write_entries(path, "rows", ROWS, format=2)
    write_entries(path, "rows", ((key, 1) for key, _ in entries(path)), format=2)
    assert entries(path) == [(key, 1) for key, _ in ROWS]


def test_where_there_is_no_file_there_are_no_entries(path: Path) -> None:
    assert entries(path) == []


@pytest.mark.parametrize(
    "damaged",
    ["", "[]", "{", "null", '{"format": 2}', '{"format": 2, "rows": []}', '{"rows": {"a": 1}}',
     '{"format": 2, "rows": {"a" 1}}', '{"format": 2, "rows": {"a": 1 "b": 2}}',
     '{"format": 2, "rows": {"a": 1}', '{"format": 2, "rows": {"a": 1}}}',
     '{"format": 2, "rows": {1: 1}}', '{"format": 2, "rows": {"a": tru'],
)  # fmt: skip
def test_a_damaged_file_is_an_error_with_a_way_out(path: Path, damaged: str) -> None:
    path.write_text(damaged)
    with pytest.raises(WorkspaceError, match=r"It in .*state\.json cannot be read") as caught:
        entries(path)
    assert caught.value.hint == "Help."


def test_what_is_no_text_of_ours_is_an_error(path: Path) -> None:
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        entries(path)


@pytest.mark.parametrize("rest", [{"rows": {"a": 1}}, {"new": 1}])
def test_a_later_format_is_refused_before_anything_is_read_of_it(
    path: Path, rest: dict[str, object]
) -> None:
    path.write_text(json.dumps({"format": 3, **rest}))
    with pytest.raises(WorkspaceError, match="format 3; this newsledger reads up to 2"):
        next(read_entries(path, "rows", format=2, what="It", hint=""))
