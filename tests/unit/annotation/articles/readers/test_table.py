"""Rows of a table are articles, whatever separates its columns."""

from __future__ import annotations

import csv

import pytest

from tests.unit.annotation.articles.reading import ROWS, WHOLE, FileMaker, Reading


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_row_of_a_table_is_an_article(file: FileMaker, sign: str) -> None:
    values = ['"' + value.replace('"', '""') + '"' for value in ROWS.values()]
    table = f"{sign.join(ROWS).upper()}\r\n{sign.join(values)}\r\n"
    assert Reading(file("a.csv", table)).only() == WHOLE


def test_rows_of_a_table_are_told_by_the_line_in_which_they_begin(file: FileMaker) -> None:
    table = 'id,text\n1,"One.\nOne more."\n2,\n3,Two died, three fled.\n\n4,Four.\n5\n'
    reading = Reading(file("a.csv", table))

    assert reading.texts == ["One.\nOne more.", "Four."]
    assert reading.messages == [
        "a.csv:4: 'text' is empty.",
        "a.csv:5: has 3 fields under 2 columns.",
        "a.csv:8: the row has no 'text'; it has 'id'.",
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.articles.readers.table.MAX_LINE", 60)
    reading = Reading(file("open.csv", b'id,text\n1,One.\n2,"Two.\n' + b"3,Three.\n" * 9))
    assert reading.texts == ["One."]
    assert reading.messages[0].startswith("open.csv:3: cannot be read (field larger than")


def test_the_limit_of_a_field_is_the_usual_one_again_afterwards(file: FileMaker) -> None:
    usual = csv.field_size_limit()
    assert Reading(file("a.csv", "id,text\n1,One.\n")).texts == ["One."]
    assert csv.field_size_limit() == usual


@pytest.mark.parametrize("row", ['2,"Two.\n3,Three.\n', '2,"Two.', '"2,Two.\n'])
def test_a_mark_that_is_open_at_the_end_swallows_no_row_in_silence(
    file: FileMaker, row: str
) -> None:
    reading = Reading(file("open.csv", f"id,text\n1,One.\n{row}"))
    assert reading.texts == ["One."]
    assert reading.messages == [
        "open.csv:3: cannot be read (a quotation mark is never closed), nor can what follows."
    ]
    assert Reading(file("a.csv", 'id,text\n1,"One."')).texts == ["One."]  # no line end is needed


def test_of_two_columns_of_one_name_none_is_guessed(file: FileMaker) -> None:
    reading = Reading(file("a.csv", "id,text,Text\n1,One.,Two.\n"))
    assert reading.refusal().startswith("a.csv: has two columns 'text', and nothing says which")
    assert Reading(file("b.csv", "text,note,note\nOne.,x,y\n")).texts == ["One."]
