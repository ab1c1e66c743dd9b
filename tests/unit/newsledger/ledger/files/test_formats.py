"""Exports are written whole, and only over exports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation.errors import InputError
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files.formats import check_out, write_ledger
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import SCHEMA, predict, snapshot

NAMES = ("out", "out.sqlite", "out.parquet", "out.xlsx")


def contents(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {path.name: path.read_bytes()}
    return {one.name: one.read_bytes() for one in sorted(path.iterdir())}


def write(folder: Path, name: str) -> Path:
    found = snapshot(folder / "snapshots")
    rows = ledger_rows(found, Selection(), predict, LeftOut())
    counts = write_ledger(rows, found.schema, found.id, folder / name)
    assert counts["sentences"] == 8
    return folder / name


@pytest.mark.parametrize("name", NAMES)
def test_one_snapshot_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    first, second = write(tmp_path / "1", name), write(tmp_path / "2", name)
    assert contents(first)
    assert contents(first) == contents(second)


@pytest.mark.parametrize("name", NAMES)
def test_an_earlier_export_is_replaced(tmp_path: Path, name: str) -> None:
    before = contents(write(tmp_path, name))
    there = sorted(tmp_path.iterdir())
    assert contents(write(tmp_path, name)) == before
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("name", NAMES)
def test_an_export_that_breaks_off_leaves_the_earlier_one(tmp_path: Path, name: str) -> None:
    before = contents(write(tmp_path, name))
    there = sorted(tmp_path.iterdir())

    def broken() -> Iterator[tuple[LedgerTable, Row]]:
        found = snapshot(tmp_path / "snapshots")
        yield from list(ledger_rows(found, Selection(), None, LeftOut()))[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_ledger(broken(), SCHEMA, "s", tmp_path / name)
    assert contents(tmp_path / name) == before
    assert sorted(tmp_path.iterdir()) == there


KILLED = """
import os, sys
from pathlib import Path
from tests.unit.newsledger.ledger.files.test_formats import write

number, moment = int(sys.argv[3]), sys.argv[4]
rename, made = Path.rename, []

def killed(self, target):
    if Path(target).parent.name == "snapshots" or Path(self).parent.name == "snapshots":
        return rename(self, target)
    made.append(target)
    if len(made) == number and moment == "before":
        os._exit(9)
    found = rename(self, target)
    if len(made) == number:
        os._exit(9)
    return found

Path.rename = killed
write(Path(sys.argv[1]), sys.argv[2])
os._exit(0)
"""
"""Writes an export in a process that is killed before or after one of its renames."""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("rename", [1, 2])
def test_a_kill_between_the_renames_leaves_an_export_for_the_next_run(
    tmp_path: Path, rename: int, moment: str
) -> None:
    out = write(tmp_path, "out")
    before = contents(out)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), "out", str(rename), moment], check=False
    )
    assert done.returncode == 9
    check_out(out)  # whatever the next run comes to
    assert contents(out) == before
    write(tmp_path, "out")
    assert contents(out) == before
    left = [one.name for one in tmp_path.iterdir() if one.name.endswith(".former")]
    assert left == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_export_is_never_replaced(tmp_path: Path, name: str) -> None:
    theirs = tmp_path / name
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is no export"):
        write(tmp_path, name)
    assert (theirs / "thesis.txt").read_text() == "mine"


def test_a_format_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="several tables"):
        write(tmp_path, "out.csv")
