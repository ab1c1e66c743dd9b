"""A ruling is kept beside its model, and a file that nobody understands is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.registry.files.ruling_file import RULING, read_ruling, write_ruling


def test_what_was_said_is_read_again(tmp_path: Path) -> None:
    assert read_ruling(tmp_path) is None
    row = {"support": 12, "low": -0.1}
    write_ruling(tmp_path, promote=False, reasons=("Worse.", "Far."), champion="m", overall=row)
    found = read_ruling(tmp_path)
    assert found is not None
    assert (found.promote, found.reasons, found.champion) == (False, ("Worse.", "Far."), "m")
    assert (found.overall, found.best) == (row, None)


def test_the_best_model_so_far_is_kept_with_its_line(tmp_path: Path) -> None:
    best = {"model": "m0", "made": "2026-11-29", "overall": {"champion": 0.7}}
    write_ruling(tmp_path, promote=False, reasons=("Far.",), champion="m", overall=None, best=best)
    found = read_ruling(tmp_path)
    assert found is not None
    assert found.best == best


def test_a_file_of_before_the_best_was_kept_is_read_under_its_first_name(tmp_path: Path) -> None:
    kept = '{"format": 1, "promote": true, "reasons": ["Better."], "champion": "m", "overall": {}}'
    (tmp_path / "verdict.json").write_text(kept, encoding="utf-8")
    found = read_ruling(tmp_path)
    assert found is not None
    assert (found.reasons, found.best) == (("Better.",), None)


@pytest.mark.parametrize("text", ["", "{", '{"format": 1}', '{"format": 2}', "[]",
                                  '{"format": 1, "promote": 1, "reasons": 2, "champion": 3, '
                                  '"overall": 4}'])  # fmt: skip
def test_what_cannot_be_understood_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / RULING).write_text(text, encoding="utf-8")
    assert read_ruling(tmp_path) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"promote": "no"},
        {"champion": ["m"]},
        {"overall": [0.5]},
        {"overall": {"low": "-0.1"}},
        {"overall": {"champion": [[]]}},
        {"best": "m0"},
        {"best": {"model": "m0", "overall": {"high": {}}}},
    ],
)
def test_a_ruling_with_something_else_in_a_place_is_none(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    whole = {"format": 1, "promote": True, "reasons": [], "champion": None, "overall": None}
    (tmp_path / RULING).write_text(json.dumps(whole), encoding="utf-8")
    assert read_ruling(tmp_path) is not None
    (tmp_path / RULING).write_text(json.dumps({**whole, **changed}), encoding="utf-8")
    assert read_ruling(tmp_path) is None
