"""A folder of Parquet files."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from annotation.errors import InputError
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.files import parquet_folder
from newsledger.ledger.files.parquet_folder import write_parquet_folder
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import predict, rows, snapshot


def write(folder: Path) -> None:
    found = snapshot(folder / "snapshots")
    made = ledger_rows(found, Selection(), predict, LeftOut())
    write_parquet_folder(made, found.schema, found.id, folder)


@pytest.mark.parametrize("group", [3, 5_000])
def test_every_row_and_cell_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    monkeypatch.setattr(parquet_folder, "_GROUP", group)
    write(tmp_path)
    for name, expected in rows(snapshot(tmp_path / "again")).items():
        read = pq.ParquetFile(tmp_path / f"{name}.parquet").read()  # type: ignore[no-untyped-call]
        assert read.to_pylist() == [
            {key: float(one) if isinstance(one, Decimal) else one for key, one in row.items()}
            for row in expected
        ]


def test_each_column_says_what_it_means(tmp_path: Path) -> None:
    write(tmp_path)
    for table in TABLES:
        path = tmp_path / f"{table.name}.parquet"
        schema = pq.ParquetFile(path).schema_arrow  # type: ignore[no-untyped-call]
        for one in table.columns:
            assert one.meaning in schema.field(one.name).metadata[b"description"].decode()


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as told:
        write(tmp_path)
    assert "newsledger[parquet]" in told.value.hint
