"""A folder of CSV files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from newsledger.ledger.columns.cells import original
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.files.csv_folder import write_csv_folder
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import SENTENCES, predict, rows, snapshot


def written(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = snapshot(folder / "snapshots")
    made = ledger_rows(found, Selection(), predict, LeftOut())
    (folder / "out").mkdir()
    write_csv_folder(made, found.schema, found.id, folder / "out")
    tables = {}
    for table in TABLES:
        with (folder / "out" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            tables[table.name] = list(csv.DictReader(file))
    return tables


def test_every_row_and_cell_is_there(tmp_path: Path) -> None:
    tables = written(tmp_path)
    for name, expected in rows(snapshot(tmp_path / "again")).items():
        assert len(tables[name]) == len(expected)
        for cells, row in zip(tables[name], expected, strict=True):
            for column, value in row.items():
                shown = "" if value is None else str(value)
                shown = shown.lower() if isinstance(value, bool) else shown
                assert original(cells[column]) == shown


def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    tables = written(tmp_path)
    first = tables["sentences"][0]["text"]
    assert first == f"'{SENTENCES[0]}"


def test_the_descriptor_names_every_file_with_its_columns_and_keys(tmp_path: Path) -> None:
    written(tmp_path)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    for resource, table in zip(package["resources"], TABLES, strict=True):
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [one["name"] for one in resource["schema"]["fields"]]
        assert resource["schema"].get("primaryKey", "") == table.key
        keys = {
            one["fields"]: one["reference"] for one in resource["schema"].get("foreignKeys", ())
        }
        assert keys == {
            column: {"resource": other, "fields": column} for column, other in table.refers
        }
