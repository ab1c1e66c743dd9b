"""The room of numbers as others use it: its rows, its examples, and what it needs."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import annotation.numbers.reader
from annotation.numbers.reader import mention_row
from tests.unit.annotation.numbers.reading import only

# ── The contract of the command line ─────────────────────────────────────────────────────────


def test_a_row_is_json_with_numbers_as_numbers() -> None:
    row = mention_row(only("more than 2.5 tonnes of rice"))
    assert json.loads(json.dumps(row)) == {
        "start": 0,
        "end": 28,
        "text": "more than 2.5 tonnes of rice",
        "number_start": 10,
        "number_end": 20,
        "low": 2.5,
        "high": None,
        "modifier": "at_least",
        "unit": "t",
        "noun": "rice",
        "implied": False,
        "role": "total",
        "policy": None,
    }
    assert mention_row(only("dozens of men"))["policy"] == "literal"
    assert json.dumps(mention_row(only("4.5 billion men"))["low"]) == "4500000000"


# ── The room as a whole ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("module", [annotation.numbers, annotation.numbers.reader])
def test_the_examples_in_the_docstrings_run(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_reader_needs_nothing_but_the_standard_library_and_the_records() -> None:
    root = Path(annotation.numbers.__file__).parents[2]
    script = (
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "from annotation.numbers.reader import read\n"
        "assert read('12 men fled')[0].low == 12\n"
        "print(*(m for m in sys.modules if m.split('.')[0] not in sys.stdlib_module_names))\n"
    )
    isolated = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    room = "annotation.numbers"
    others = {m for m in isolated.stdout.split() if m != room and not m.startswith(f"{room}.")}
    assert others == {"__main__", "annotation", "annotation.records"}
