"""The forms of numbers: the examples in the table are the tests."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.numbers.amounts.numbers import NUMBERS, Number, numbers
from annotation.numbers.reader import _windows
from annotation.numbers.tokens.tokenise import tokenise
from tests.unit.annotation.numbers.lines import line_of


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.name)
def test_each_form_of_number_reads_its_example(row: Number) -> None:
    text, _, value = row.example.partition(" -> ")
    found = {q.form: q.low for q in numbers(line_of(text))}
    assert row.name in found
    assert round(found[row.name], 4) == Decimal(value)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.name)
def test_no_form_of_number_fires_on_its_counter_example(row: Number) -> None:
    assert row.name not in {q.form for q in numbers(line_of(row.counter_example))}


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.name)
def test_the_reader_looks_for_each_form_of_number(row: Number) -> None:
    text, _, _ = row.example.partition(" -> ")
    [stretch, *_] = _windows(text)
    line = tokenise(text.lower(), text, *stretch)
    assert row.name in {q.form for q in numbers(line)}
