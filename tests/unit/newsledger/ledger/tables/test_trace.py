"""One id, and all that it stands on and that stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from newsledger.ledger.tables.trace import RowsOf, trace_rows
from tests.unit.newsledger.ledger.handover import ARTICLE, predict, snapshot


@pytest.fixture
def rows_of(tmp_path: Path) -> RowsOf:
    found = snapshot(tmp_path)

    def rows() -> Iterable[tuple[LedgerTable, Row]]:
        return ledger_rows(found, Selection(), predict, LeftOut())

    return rows


def test_every_row_of_every_table_can_be_traced(rows_of: RowsOf) -> None:
    seen = set()
    for table, row in list(rows_of()):
        if table.key and table.name != "toll_claims":
            traced = trace_rows(rows_of, row[table.key])
            assert traced is not None, row
            # A report has the id of the sentence that it begins with.
            same = "sentences" if table.name == "incident_reports" else table.name
            assert traced.table == same
            assert traced.sentences
            seen.add(table.name)
    assert seen >= {"articles", "sentences", "events", "claims", "labels", "incidents"}


def test_a_claim_leads_to_its_words_and_to_those_who_marked_them(rows_of: RowsOf) -> None:
    traced = trace_rows(rows_of, "a1:0-18#2-12")
    assert traced is not None
    (one,) = traced.sentences
    (claim,) = one.claims
    assert ARTICLE[claim["start_in_article"] : claim["end_in_article"]] == claim["text"]
    assert one.article["url"] == "https://x.example/1"
    assert one.events == []
    assert {(row["annotator"], row["change"]) for row in one.labels} == {
        ("ann@newsledger.example", "changed"),
        ("ben@newsledger.example", None),
    }
    assert traced.models == ("m0",)


def test_an_event_leads_to_the_ticks_of_its_own_type(rows_of: RowsOf) -> None:
    traced = trace_rows(rows_of, "a1:0-18#fight")
    assert traced is not None
    (one,) = traced.sentences
    assert {row["label"] for row in one.labels} == {"fight"}
    assert len(one.labels) == 3
    assert one.claims == []


def test_an_article_leads_on_to_its_incidents(rows_of: RowsOf) -> None:
    traced = trace_rows(rows_of, "a1")
    assert traced is not None
    assert [one.sentence["index_in_article"] for one in traced.sentences] == [0, 1, 2, 3]
    told = [
        row["incident_id"]
        for table, row in rows_of()
        if table.name == "incident_reports" and row["article_id"] == "a1"
    ]
    assert {row["incident_id"] for row in traced.incidents} == set(told)
    assert told


def test_a_model_leads_to_what_it_decided_and_suggested(rows_of: RowsOf) -> None:
    traced = trace_rows(rows_of, "m0")
    assert traced is not None
    assert (traced.table, len(traced.sentences)) == ("models", 1)
    decided = trace_rows(rows_of, "m1")
    assert decided is not None
    assert {one.sentence["decided_by"] for one in decided.sentences} == {"model"}


@pytest.mark.parametrize("key", ["", "a", "a1:", "a1:0-18#", "a1:0-18#2-13", "M0", "fight"])
def test_what_has_no_row_is_none(rows_of: RowsOf, key: str) -> None:
    assert trace_rows(rows_of, key) is None
