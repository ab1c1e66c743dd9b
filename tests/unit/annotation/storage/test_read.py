"""State is read with one set of errors, and what has no end is not begun with."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import SchemaError, SnapshotError, WorkspaceError
from annotation.schema import read_schema
from annotation.storage import (
    MAX_FILE,
    read_json_state,
    read_text_file,
    write_json_state,
)


def read(path: Path, **more: Any) -> dict[str, Any] | None:
    return read_json_state(path, **{"format": 2, "what": "The list", "hint": "Do this.", **more})


def test_json_state_comes_back_as_written_and_has_its_number(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.json"
    assert read(path) is None
    write_json_state(path, {"one": "é", "two": [2]}, format=2)
    assert read(path) == {"one": "é", "two": [2]}
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [0, 1, 1000])
def test_a_format_may_have_any_number(tmp_path: Path, number: int) -> None:
    write_json_state(tmp_path / "state.json", {"one": 1}, format=number)
    assert read(tmp_path / "state.json", format=number) == {"one": 1}


def test_an_earlier_format_is_read_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_json_state(path, {"one": 1}, format=1)
    assert read(path, older=(1,)) == {"one": 1}
    with pytest.raises(WorkspaceError, match="its format is 1, not 2"):
        read(path)
    write_json_state(path, {"one": 1}, format=3)
    with pytest.raises(WorkspaceError, match="reads up to 2"):
        read(path, older=(1,))


def test_json_without_a_number_is_read_where_none_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"one": 1}')
    assert read(path, format=None) == {"one": 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not JSON (Expecting value: line 1 column 1 (char 0))."),
        (b'{"a": 1', "it is not JSON (Expecting ',' delimiter: line 1 column 8 (char 7))."),
        (b'{"a":\n"\xe9"}', "it is not UTF-8 (byte 0xe9 in line 2)."),
        (b'\n{"a": "\xe9"}', "it is not UTF-8 (byte 0xe9 in line 2)."),
        (b"[" * 100_000, "it is not JSON (maximum recursion depth exceeded"),
        (b"[]", "it is not a JSON object."),
        (b"{}", "its format is null, not 2."),
        (b'{"format": 1}', "its format is 1, not 2."),
        (b'{"format": "2"}', 'its format is "2", not 2.'),
    ],
)
def test_damaged_state_is_told_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError) as raised:
        read(path)
    assert raised.value.message.startswith(f"The list in {path} cannot be read: {why}")
    assert raised.value.hint == "Do this."


def test_state_of_a_later_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"format": 3, "unknown": true}')
    with pytest.raises(SnapshotError) as raised:
        read(path, error=SnapshotError)
    assert raised.value.message == (
        f"The list in {path} has format 3; this newsledger reads up to 2."
    )
    assert raised.value.hint == "Update newsledger."


def test_state_in_a_folder_that_is_none_and_state_that_is_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="file is not a folder"):
        read(tmp_path / "file" / "state.json")
    with pytest.raises(WorkspaceError, match="cannot be read: Is a directory"):
        read(tmp_path)


def test_a_pipe_or_a_device_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="a pipe or a device"):
            read_text_file(path)
        with pytest.raises(SchemaError, match="a pipe or a device"):
            read_schema(path)
        with pytest.raises(WorkspaceError, match="a pipe or a device"):
            read_json_state(path, format=1, what="It", hint="")


def test_a_file_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(OSError, match="more than 2 GB"):
        read_text_file(tmp_path / "big")
