"""Counts of labels, of pairs, and of claims by week."""

from __future__ import annotations

from newsledger.report.figures.label_counts import label_counts
from tests.unit.newsledger.report.telling import frozen
from training.examples import build_examples


def test_counts_shares_and_pairs() -> None:
    snapshot = frozen(100)
    rows = build_examples(snapshot)
    found = label_counts(rows, snapshot.schema, {})
    events = [one for one in found.labels if one.part == "event"]
    assert [one.number for one in events] == rows.labels.sum(axis=0).tolist()
    assert events[0].share.value == events[0].number / len(rows)
    assert events[0].share.low is not None
    claims = sum(one.number for one in found.labels if one.part == "claim")
    assert claims == sum(map(len, rows.claims))
    both = {(one.one, one.other): one.number for one in found.together}
    fight, talk = (rows.labels[:, place] for place in (0, 1))
    assert both.get(("fight", "talk"), 0) == int((fight & talk).sum())


def test_shares_of_few_articles_have_no_interval() -> None:
    snapshot = frozen(100)
    rows = build_examples(snapshot)
    some = rows.rows([place for place, one in enumerate(rows.groups) if one <= "a03"])
    found = label_counts(some, snapshot.schema, {}).labels[0]
    assert found.share.value == found.number / len(some)
    assert (found.share.low, found.share.high) == (None, None)


def test_claims_without_a_date_come_last() -> None:
    snapshot = frozen(100)
    rows = build_examples(snapshot)
    dated = {"a00": "2026-01-01", "a01": "2025-12-29T10:00:00Z"}
    weeks = label_counts(rows, snapshot.schema, dated).weeks
    assert [one.week for one in weeks] == ["2026-W01", ""]


def test_nothing_labelled_has_no_shares() -> None:
    snapshot = frozen(0)
    found = label_counts(build_examples(snapshot), snapshot.schema, {})
    assert {one.share.value for one in found.labels} == {None}
    assert found.weeks == ()
