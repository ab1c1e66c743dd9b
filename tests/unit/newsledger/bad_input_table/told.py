"""What is good beside bad inputs, how they are made, and what is asked of each."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.unit.newsledger.conftest import Done

GOOD = "Ten people fled."


LONG_NAME = "x" * 5000


LONE = "\\ud800"


BELOW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def deep(opening: str, closing: str, depth: int = 100_000) -> bytes:
    return (opening * depth + closing * depth).encode()


def row(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def assert_told(done: Done, *, codes: tuple[int, ...] = (0, 1, 2)) -> None:
    """It ended as it should, and in words."""
    assert done.code in codes, done.err[-2000:]
    assert "our bug" not in done.err
    assert "Traceback" not in done.err + done.out
    assert not BELOW.search(done.err), done.err[:500]
    assert not BELOW.search(done.out), done.out[:500]
    assert len(done.err) < 20_000  # names of 5,000 letters are cut


def task(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "data": {"text": GOOD}, "annotations": [], **fields}


def annotated(result: Any, **fields: Any) -> dict[str, Any]:
    return task(annotations=[{"id": 5, "completed_by": 1, "result": result, **fields}])


def region(value: Any, **fields: Any) -> dict[str, Any]:
    entry = {"id": "r", "from_name": "event", "to_name": "text", "type": "choices", "value": value}
    return annotated([{**entry, **fields}])
