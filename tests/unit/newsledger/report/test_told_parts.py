"""Anchoring and likely errors, as the report tells of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from newsledger.report.told_parts import anchoring_told, likely_errors_told
from tests.unit.newsledger.report.telling import answered, frozen
from training.evaluation.anchoring import Anchoring, Pull
from training.evaluation.bootstrap import Interval


def metrics(blind: int) -> dict[str, Any]:
    figure = Interval(0.5, 0.4, 0.6)
    none = Interval(None, None, None)
    pull = Pull(200, blind, figure, Interval(0.4, 0.3, 0.5), Interval(0.1, 0.05, 0.15))
    little = Pull(10, 3, why_none="3 labels without it and 10 with it; 20 each at least")
    return {"anchoring": asdict(Anchoring(blind, 9, pull, little, figure, none, 12.0, 15.0))}


def test_what_the_model_in_use_has_of_anchoring_is_told() -> None:
    told = anchoring_told(metrics(40))
    assert told is not None
    assert "40 sentences of 9 articles" in told.says
    assert "3 labels without it" in told.says
    (table,) = told.tables
    assert ("event types pull: the first minus the second", "0.100 [0.050, 0.150]",
            "240 labels") in table.rows  # fmt: skip
    assert not any(row[0].startswith("claims") for row in table.rows)


def test_where_nothing_was_shown_without_a_suggestion_there_is_nothing() -> None:
    assert anchoring_told(metrics(0)) is None
    assert anchoring_told({}) is None


def test_likely_errors_come_with_why_and_how_many_are_expected() -> None:
    snapshot = frozen(200)
    told = likely_errors_told(snapshot, answered(snapshot))
    assert told is not None
    assert "expected to be wrong" in told.says
    chances = [float(row[1]) for row in told.tables[0].rows]
    assert chances == sorted(chances, reverse=True)
    assert all(row[2] for row in told.tables[0].rows)
    assert likely_errors_told(frozen(0), None) is None
