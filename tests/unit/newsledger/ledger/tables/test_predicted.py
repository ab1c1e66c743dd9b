"""Flat rows of a model have the columns of an export, and say where they come from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from annotation.records import Article, EventScore, NumericClaim, Prediction, Sentence
from newsledger.ledger.columns.dictionary import CLAIMS, EVENTS, SENTENCES
from newsledger.ledger.tables.predicted import PREDICTED, predicted_rows
from newsledger.verbs.options import Shape
from tests.unit.newsledger.ledger.handover import SCHEMA

ARTICLE = Article("a", "Title", "Quiet. 12 men died.", "https://x.example/1", "BBC", "2026-11-22")
SENTENCE = Sentence("a:7-19", "a", 1, 7, 19, "12 men died.", language="en")
TWELVE = NumericClaim(0, 6, "12 men", "dead", Decimal(12), Decimal(12), "exactly", score=0.75)
TOLD = Prediction(
    SENTENCE.id, (EventScore("fight", 0.9),), (TWELVE, replace(TWELVE, kind="rest")), "m1"
)


@pytest.mark.parametrize("shape", PREDICTED)
def test_a_row_has_the_columns_of_its_shape_and_says_where_it_was_published(shape: str) -> None:
    rows = list(predicted_rows(shape, SENTENCE, ARTICLE, TOLD, SCHEMA))
    assert len(rows) == {"claims": 2, "events": 1, "sentences": 1}[shape]
    for row in rows:
        assert list(row) == [one.name for one in PREDICTED[shape]]
        assert (row["title"], row["source"], row["published"], row["url"]) == (
            "Title", "BBC", "2026-11-22", "https://x.example/1",
        )  # fmt: skip
        assert (row["model"], row["article_id"], row["language"]) == ("m1", "a", "en")
        assert SENTENCE.text in (row.get("sentence_text"), row.get("text"))


def test_offsets_of_a_claim_are_those_of_the_article() -> None:
    row, _ = predicted_rows("claims", SENTENCE, ARTICLE, TOLD, SCHEMA)
    assert ARTICLE.text[row["start_in_article"] : row["end_in_article"]] == row["text"] == "12 men"
    assert (row["low"], row["high"], row["score"]) == (12, 12, 0.75)


def test_what_is_called_as_in_an_export_means_the_same() -> None:
    exported = {"claims": CLAIMS, "events": EVENTS, "sentences": SENTENCES}
    for shape, table in exported.items():
        shared = {one.name: one for one in table.columns if one.name != "model"}
        assert sum(one.name in shared for one in PREDICTED[shape]) >= 7
        assert all(shared.get(one.name, one) == one for one in PREDICTED[shape])


def test_nothing_is_said_of_an_article_of_which_only_the_id_is_known() -> None:
    (row,) = predicted_rows("sentences", SENTENCE, Article("a", "", ""), TOLD, SCHEMA)
    assert [row[name] for name in ("title", "source", "published", "url")] == [None] * 4


def test_the_option_offers_each_shape() -> None:
    literal, _ = get_args(get_args(Shape)[0])
    assert set(get_args(literal)) == set(PREDICTED)
