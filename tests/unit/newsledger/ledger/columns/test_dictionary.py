"""What each column means."""

from __future__ import annotations

from newsledger.ledger.columns.dictionary import HARMLESS, TABLES, dictionary_rows
from tests.unit.newsledger.ledger.handover import SCHEMA


def test_every_column_of_every_table_is_described() -> None:
    rows = list(dictionary_rows(SCHEMA))
    described = {(row["table_name"], row["column_name"]) for row in rows}
    assert described == {(table.name, name) for table in TABLES for name in (None, *table.names)}
    assert all(row["meaning"].endswith((".", ")")) for row in rows)


def test_the_labels_of_the_schema_are_the_values_of_their_columns() -> None:
    values = {
        (row["table_name"], row["column_name"]): row["allowed_values"]
        for row in dictionary_rows(SCHEMA)
    }
    assert values["claims", "kind"] == "dead; cash; rest"
    assert values["events", "label"] == "fight; talk; help; nothing; junk"


def test_the_dictionary_says_how_cells_are_made_harmless() -> None:
    assert any(HARMLESS in row["meaning"] for row in dictionary_rows(SCHEMA))


def test_no_column_has_a_name_that_sql_takes_for_a_word_of_its_own() -> None:
    words = {"end", "index", "table", "column", "values", "group", "order", "to", "from", "case"}
    assert not [name for table in TABLES for name in table.names if name in words]
