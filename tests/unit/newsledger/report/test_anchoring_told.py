"""How far suggestions pull, on the page."""

from __future__ import annotations

import json
from typing import Any

from newsledger.report.anchoring_told import told_anchoring
from training.evaluation.anchoring import Anchoring, AnchoringEffect
from training.evaluation.bootstrap import Interval

NONE = Interval(None, None, None)
EVENTS = AnchoringEffect(
    300, 40, Interval(0.9, 0.85, 0.94), Interval(0.7, 0.5, 0.8), Interval(0.2, 0.05, 0.31)
)
FOUND = Anchoring(
    blind_sentences=60,
    blind_articles=12,
    events=EVENTS,
    claims=AnchoringEffect(
        200, 3, why_none="3 of the 20 labels without a suggestion that this takes"
    ),
    f1_blind=Interval(0.61, 0.5, 0.7),
    f1_shown=NONE,
    seconds_shown=4.0,
    seconds_blind=9.5,
)


def manifest(found: Anchoring) -> dict[str, Any]:
    """As it is read from disk."""
    return {"metrics": {"anchoring": json.loads(json.dumps(found.to_json()))}}


def test_what_a_manifest_has_comes_back() -> None:
    stored = manifest(FOUND)["metrics"]["anchoring"]
    assert Anchoring.from_json(stored) == FOUND


def test_the_pull_is_told_in_words_and_as_a_table() -> None:
    told = told_anchoring(manifest(FOUND))
    assert told is not None
    assert "pull by 20 points (95 % interval 5 to 31)" in told.says
    assert "without (medians)" in told.says
    (table,) = told.tables
    assert table.rows == (
        ("event types", "300", "40", "0.900 [0.850, 0.940]", "0.700 [0.500, 0.800]",
         "0.200 [0.050, 0.310]"),
        ("claims", "200", "3", "–", "–", "–"),
    )  # fmt: skip


def test_without_blind_labels_there_is_nothing_to_tell() -> None:
    none = Anchoring(
        0, 0, AnchoringEffect(300, 0), AnchoringEffect(200, 0), NONE, FOUND.f1_shown, 4.0, None
    )
    assert told_anchoring(manifest(none)) is None
    assert told_anchoring({"metrics": {}}) is None  # of an earlier newsledger
    assert told_anchoring(None) is None
