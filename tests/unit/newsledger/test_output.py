"""Rows reach a file whole or not at all, in each format."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from annotation.errors import InputError, WorkspaceError
from newsledger.output import WRITERS, write_rows
from newsledger.progress import Result, Table
from newsledger.terminal import Terminal

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "language": "en",
        "mentions": [
            {
                "start": 0,
                "end": 13,
                "text": "80 % of Raqqa",
                "number_start": 0,
                "number_end": 4,
                "low": Decimal(80),
                "high": Decimal("80.5"),
                "modifier": "exactly",
                "unit": "percent",
                "noun": None,
                "implied": False,
                "role": "total",
                "policy": None,
            }
        ],
    },
    {"id": "الرقة 🙂", "language": "ar", "mentions": []},
]
FILES = tuple(f"rows{suffix}" for suffix in WRITERS)
READ_BACK: list[dict[str, Any]] = [
    {
        "id": "a",
        "language": "en",
        "mentions": [{**ROWS[0]["mentions"][0], "low": 80, "high": 80.5}],
    },
    {"id": "الرقة 🙂", "language": "ar", "mentions": []},
]


def test_json_lines_hold_the_rows(tmp_path: Path) -> None:
    out = tmp_path / "new" / "rows.jsonl"
    assert write_rows(ROWS, "quantities", out) == 2
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == READ_BACK


def test_csv_holds_lists_as_json(tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    write_rows(ROWS, "quantities", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["a", "الرقة 🙂"]
    assert json.loads(rows[0]["mentions"]) == READ_BACK[0]["mentions"]


def test_parquet_holds_lists_as_lists(tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    write_rows(ROWS, "quantities", out)
    table = pyarrow.parquet.read_table(out)  # type: ignore[no-untyped-call]
    assert table.to_pylist() == READ_BACK


def test_standard_output_gets_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS[:1], "quantities", None)
    assert json.loads(capsys.readouterr().out) == READ_BACK[0]


def test_an_unknown_ending_is_refused_by_name(tmp_path: Path) -> None:
    endings = re.escape(", ".join(WRITERS))
    with pytest.raises(InputError, match=rf"as {endings}, not as '\.xlsx'"):
        write_rows(ROWS, "quantities", tmp_path / "rows.xlsx")


@pytest.mark.parametrize("name", FILES)
def test_a_run_that_dies_leaves_the_former_file(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    out.write_text("former", encoding="utf-8")

    def dying() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(dying(), "quantities", out)
    assert out.read_text(encoding="utf-8") == "former"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("name", FILES)
def test_who_has_the_former_file_open_keeps_it_as_it_was(tmp_path: Path, name: str) -> None:
    out, same = tmp_path / name, tmp_path / "same"
    out.write_text("former", encoding="utf-8")
    same.hardlink_to(out)
    write_rows(ROWS, "quantities", out)
    assert same.read_text(encoding="utf-8") == "former"
    assert out.stat().st_size > len("former")


@pytest.mark.parametrize("name", FILES)
def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path, name: str) -> None:
    out, target = tmp_path / name, tmp_path / "elsewhere" / "kept"
    target.parent.mkdir()
    target.write_text("former", encoding="utf-8")
    out.symlink_to(target)
    write_rows(ROWS, "quantities", out)
    assert out.is_symlink()
    assert target.stat().st_size > len("former")
    assert list(target.parent.iterdir()) == [target]


def test_parquet_without_its_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as raised:
        write_rows(ROWS, "quantities", tmp_path / "rows.parquet")
    assert raised.value.hint == "Install it: pip install 'newsledger[parquet]'"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [None, *FILES])
@pytest.mark.parametrize("why", [PermissionError("the article"), BrokenPipeError("its pipe")])
def test_an_error_of_reading_is_not_taken_for_one_of_writing(
    tmp_path: Path, name: str | None, why: OSError, capfd: pytest.CaptureFixture[str]
) -> None:
    def unreadable() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise why

    with pytest.raises(type(why)) as raised:
        write_rows(unreadable(), "quantities", tmp_path / name if name else None)
    assert raised.value is why
    assert list(tmp_path.iterdir()) == []
    sys.stdout.write("Standard output is as it was.\n")
    assert capfd.readouterr().out.endswith("Standard output is as it was.\n")


def test_a_full_disk_is_told_in_one_sentence() -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"):
        write_rows(ROWS, "quantities", Path("/dev/full/rows.jsonl"))


def test_a_narrow_window_breaks_numbers_into_lines_but_never_loses_what_they_are_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = "0.208 [0.071, 0.375]"
    table = Table("T", ("", *"abcd"), (("attack_on_civilians", *[figure] * 4),))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    Terminal().show(Shown(table))
    out = capsys.readouterr().out
    assert "attack_on_civilians" in out
    assert out.count("0.208") == out.count("0.375]") == 4


@dataclass(frozen=True)
class Shown(Result):
    """An outcome that is one table."""

    table: Table

    def text(self) -> str:
        return ""

    def tables(self) -> tuple[Table, ...]:
        return (self.table,)
