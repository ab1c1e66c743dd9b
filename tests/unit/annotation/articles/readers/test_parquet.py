"""Rows of a Parquet file are articles; without pyarrow, it is told how to get it."""

from __future__ import annotations

import sys

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.unit.annotation.articles.reading import ROWS, WHOLE, FileMaker, Reading


def write_parquet(table: pa.Table) -> None:
    parquet.write_table(table, "a.parquet")  # type: ignore[no-untyped-call]


def test_a_row_of_a_parquet_file_is_an_article(file: FileMaker) -> None:
    write_parquet(pa.table({name: [value] for name, value in ROWS.items()}))
    assert Reading("a.parquet").only() == WHOLE


def test_parquet_may_have_numbers_for_ids_and_dates_for_dates(file: FileMaker) -> None:
    days = pa.array([0, None], pa.date32())
    table = pa.table({"text": ["One.", "Two."], "id": [1, None], "published": days})
    write_parquet(table)
    first, second = Reading("a.parquet").articles
    assert (first.id, first.published) == ("1", "1970-01-01")
    assert (len(second.id), second.published) == (16, None)


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_a_broken_parquet_file_is_told(file: FileMaker, content: bytes) -> None:
    message = Reading(file("a.parquet", content)).refusal()
    assert message.startswith("a.parquet: cannot be read as Parquet: ")


def test_a_parquet_file_without_text_is_told(file: FileMaker) -> None:
    write_parquet(pa.table({"body": ["One."]}))
    assert (
        Reading("a.parquet").refusal() == "a.parquet: has no column 'text'; its columns are 'body'."
    )


def test_without_pyarrow_it_is_told_how_to_get_it_and_the_rest_goes_on(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parquet(pa.table({"text": ["One."]}))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reading = Reading("a.parquet", file("good.txt", "Two men died."))
    assert reading.texts == ["Two men died."]
    (error,) = reading.problems
    assert error.message == (
        "a.parquet: cannot be read, since Parquet files need pyarrow, which is not installed."
    )
    assert "pip install 'newsledger[parquet]'" in error.hint
