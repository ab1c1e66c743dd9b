"""Exports are written whole, and only over exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation.errors import InputError
from newsledger.ledger.columns import LedgerTable, Row
from newsledger.ledger.formats import write_ledger
from newsledger.ledger.tables import LeftOut, Selection, ledger_rows
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
