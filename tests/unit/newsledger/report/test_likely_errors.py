"""Likely errors, as the report tells of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsledger.report import likely_errors
from newsledger.report.likely_errors import likely_errors_told
from tests.unit.newsledger.report.telling import answered, frozen


def test_likely_errors_come_with_why_and_how_many_are_expected() -> None:
    snapshot = frozen(200)
    told = likely_errors_told(snapshot, answered(snapshot))
    assert told is not None
    assert told.looked_at == len({one.sentence_id for one in snapshot.annotations})
    assert "expected to be wrong" in told.says
    chances = [float(row[1]) for row in told.tables[0].rows]
    assert chances == sorted(chances, reverse=True)
    assert all(row[2] for row in told.tables[0].rows)
    assert likely_errors_told(frozen(0), None) is None


def test_where_there_are_many_labels_the_last_are_looked_at_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(likely_errors, "MOST_LOOKED_AT", 30)
    snapshot = frozen(200)
    told = likely_errors_told(snapshot, answered(snapshot))
    assert told is not None
    assert told.looked_at == 30
    assert told.says.startswith("Of the 30 sentences labelled last: ")


def test_a_model_that_is_mostly_wrong_is_not_held_against_labels() -> None:
    snapshot = frozen(200)
    answers = answered(snapshot)
    assert likely_errors_told(snapshot, answers, believed=False) == likely_errors_told(
        snapshot, None
    )
    first = {one.sentence_id: one for one in reversed(snapshot.annotations)}
    of_one_each = replace(snapshot, annotations=tuple(first.values()))
    told = likely_errors_told(of_one_each, answers, believed=False)
    assert told is not None
    assert (told.tables, told.sentences) == ((), 0.0)
    assert "not good enough to be held against them" in told.says
