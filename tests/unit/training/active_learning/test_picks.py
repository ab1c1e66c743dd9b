"""The file of how sentences were picked, where there are many."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.active_learning.picks import NewPicks, PickRow, add_picks, new_picks, read_picks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picked.json"


def row(model: str) -> PickRow:
    return "random", 0.5, model


def test_further_rows_stand_behind_those_before_and_new_sentences_at_the_end(path: Path) -> None:
    add_picks(path, new_picks({"a": row("m1"), "b": row("m1")}))
    add_picks(path, new_picks({"c": row("m2"), "a": row("m2")}))
    assert list(read_picks(path)) == [
        ("a", [row("m1"), row("m2")]),
        ("b", [row("m1")]),
        ("c", [row("m2")]),
    ]


def test_a_row_of_the_same_model_is_replaced(path: Path) -> None:
    add_picks(path, new_picks({"a": row("m1")}))
    add_picks(path, new_picks({"a": ("uncertain", 1.0, "m1")}))
    assert dict(read_picks(path)) == {"a": [("uncertain", 1.0, "m1")]}


def test_what_stands_there_twice_is_written_once(path: Path) -> None:
    picks = NewPicks(lambda: ["a", "b", "a"], lambda place: row(f"m{place}"))
    add_picks(path, picks)
    assert list(read_picks(path)) == [("a", [row("m0")]), ("b", [row("m1")])]


def test_none_is_no_change(path: Path) -> None:
    add_picks(path, new_picks({"a": row("m1")}))
    add_picks(path, new_picks({}))
    assert dict(read_picks(path)) == {"a": [row("m1")]}
