"""One SQLite file, asked as a data lead would ask it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.files.formats import metadata_file, write_ledger
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import SENTENCES, predict, rows, snapshot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = snapshot(tmp_path)
    made = ledger_rows(found, Selection(), predict, LeftOut())
    write_ledger(made, found.schema, found.id, tmp_path / "out.sqlite")
    return tmp_path / "out.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Any]:
    opened = sqlite_utils.Database(path)
    yield opened
    opened.close()


def test_every_row_and_cell_is_there(database: Any, tmp_path: Path) -> None:
    for name, expected in rows(snapshot(tmp_path / "again")).items():
        assert list(database[name].rows) == [
            {key: value if value is None else type_of(value) for key, value in row.items()}
            for row in expected
        ]


def type_of(value: object) -> object:
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]


def test_keys_are_declared_and_hold(database: Any) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        declared = {(key.column, key.other_table) for key in database[table.name].foreign_keys}
        assert declared == set(table.refers)
        if table.key:
            assert database[table.name].pks == [table.key]


def test_sentences_can_be_searched(database: Any) -> None:
    assert database["sentences"].detect_fts() == "sentences_fts"
    found = [row["text"] for row in database["sentences"].search("twelve died")]
    assert found == [SENTENCES[0], SENTENCES[0]]


def test_it_answers_who_was_how_many_and_who_says_so(database: Any) -> None:
    found = database.query(
        "SELECT a.source, c.text, c.low, c.annotators FROM claims c "
        "JOIN sentences s USING (sentence_id) JOIN articles a ON a.article_id = s.article_id "
        "WHERE c.decided_by = 'people' AND c.unit = 'count'"
    )
    assert list(found) == [
        {
            "source": "The Paper",
            "text": "Twelve men",
            "low": 12.0,
            "annotators": "ann@newsledger.example; ben@newsledger.example",
        }
    ]


def test_what_a_column_means_stands_in_the_statement_that_made_its_table(database: Any) -> None:
    for table in TABLES:
        for one in table.columns:
            assert one.meaning in database[table.name].schema


def test_datasette_gets_a_description_of_each_table_and_column(path: Path) -> None:
    told = json.loads(metadata_file(path).read_text(encoding="utf-8"))
    tables = told["databases"]["out"]["tables"]
    assert {name: set(one["columns"]) for name, one in tables.items()} == {
        table.name: set(table.names) for table in TABLES
    }
