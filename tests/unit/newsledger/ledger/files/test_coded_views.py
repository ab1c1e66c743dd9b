"""Views with the columns of ACLED and UCDP."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.schema import parse_schema
from newsledger.ledger.files.coded_views import ACLED, UCDP, view_statements
from newsledger.ledger.files.sqlite_file import write_sqlite_file
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.unit.newsledger.ledger.handover import SCHEMA, SENTENCES, snapshot


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    xml = SCHEMA.xml.replace('<Label value="dead"/>', '<Label value="dead" harm="death"/>')
    xml = xml.replace('value="help"', 'value="help" acled="Riots: Mob violence; Protests: Other"')
    schema = parse_schema(xml)
    found = replace(snapshot(tmp_path), schema=schema)
    rows = ledger_rows(found, Selection(), None, LeftOut())
    write_sqlite_file(rows, schema, found.id, tmp_path / "out.sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def test_the_columns_are_those_of_the_data_sets(database: sqlite3.Connection) -> None:
    for name, columns in (("acled_like", ACLED), ("ucdp_like", UCDP)):
        cursor = database.execute(f"SELECT * FROM {name}")
        assert tuple(one[0] for one in cursor.description) == columns
    assert (len(ACLED), len(UCDP)) == (31, 49)


def test_a_sentence_with_a_code_is_a_row_with_its_dead(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT * FROM acled_like WHERE event_id_cnty LIKE '%#fight'").fetchone()
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["fatalities"], row["notes"], row["source"]) == (12, SENTENCES[0], "The Paper")
    assert row["event_date"] is None
    ucdp = database.execute("SELECT * FROM ucdp_like WHERE id LIKE '%#fight'").fetchone()
    assert (ucdp["low"], ucdp["best"], ucdp["high"]) == (12, 12, 12)
    assert (ucdp["source_office"], ucdp["source_date"]) == ("The Paper", "2026-11-05")


def test_where_several_codes_fit_the_finer_one_is_left_to_people(
    database: sqlite3.Connection,
) -> None:
    row = database.execute("SELECT * FROM acled_like WHERE event_id_cnty LIKE '%#help'").fetchone()
    assert (row["event_type"], row["sub_event_type"], row["fatalities"]) == ("Riots", None, None)


@pytest.mark.parametrize(
    ("day", "place", "acled", "ucdp"),
    [
        ("day", "place", (1, 1), (1, 1)),
        ("week", "district", (2, 3), (3, 4)),
        ("month", "country", (3, None), (4, 6)),
        ("year", None, (None, None), (5, None)),
    ],
)
def test_day_and_place_of_the_sentence_are_told_as_exactly_as_they_are_known(
    database: sqlite3.Connection,
    day: str,
    place: str | None,
    acled: tuple[int | None, int | None],
    ucdp: tuple[int | None, int | None],
) -> None:
    database.execute(
        "UPDATE sentences SET day = '2026-11-02', day_last = '2026-11-08', day_precision = ?, "
        "place = 'Mubi', place_precision = ?, latitude = 10.5, longitude = 13.25",
        (day, place),
    )
    row = database.execute("SELECT * FROM acled_like").fetchone()
    assert (row["time_precision"], row["geo_precision"]) == acled
    known = None if day == "year" else "2026-11-02"  # 1 January would look like a day
    assert (row["event_date"], row["year"], row["location"]) == (known, 2026, "Mubi")
    assert (row["latitude"], row["longitude"]) == (10.5, 13.25)
    row = database.execute("SELECT * FROM ucdp_like").fetchone()
    assert (row["date_prec"], row["where_prec"]) == ucdp
    assert (row["date_start"], row["date_end"]) == ("2026-11-02", "2026-11-08")
    assert (row["year"], row["where_description"], row["latitude"]) == (2026, "Mubi", 10.5)


def test_a_village_without_coordinates_is_named_and_not_located(
    database: sqlite3.Connection,
) -> None:
    database.execute("UPDATE sentences SET place = 'Zagga', place_precision = 'place'")
    row = database.execute("SELECT * FROM acled_like").fetchone()
    assert (row["location"], row["latitude"], row["geo_precision"]) == ("Zagga", None, None)
    row = database.execute("SELECT * FROM ucdp_like").fetchone()
    assert (row["where_description"], row["where_prec"]) == ("Zagga", None)


def test_a_schema_without_a_kind_for_the_dead_has_views_all_the_same() -> None:
    assert len(list(view_statements(SCHEMA))) == 2
