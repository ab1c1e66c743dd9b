"""Which rows there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotation.records import ArticleMetadata
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.tables.rows import LeftOut, Selection
from tests.corpus import annotate
from tests.unit.newsledger.ledger.handover import ARTICLE, SCHEMA, rows, said_by_people, snapshot


def test_people_decide_where_one_of_them_labelled_and_the_model_elsewhere(tmp_path: Path) -> None:
    found = rows(snapshot(tmp_path))
    decided = {row["sentence_id"]: row["decided_by"] for row in found["sentences"]}
    people = [key for key, by in decided.items() if by == "people"]
    assert people == ["a1:0-18", "a1:19-49"]
    assert set(decided.values()) == {"people", "model"}
    for name in ("events", "claims"):
        assert all(row["decided_by"] == decided[row["sentence_id"]] for row in found[name])
        assert all((row["model"] == "m1") == (row["decided_by"] == "model") for row in found[name])


def test_what_was_accepted_in_bulk_says_so_and_people_overrule_it(tmp_path: Path) -> None:
    found = snapshot(tmp_path)
    labelled, *_, waiting = (one for one in found.sentences if one.article_id == "a1")
    machine = tuple(
        replace(annotate(SCHEMA, key, "nothing", annotator="machine"), suggested_by="m0")
        for key in (labelled, waiting)
    )
    with_both = replace(found, accepted=machine)
    table = rows(with_both)
    decided = {row["sentence_id"]: row["decided_by"] for row in table["sentences"]}
    assert (decided[labelled.id], decided[waiting.id]) == ("people", "bulk")
    (event,) = (row for row in table["events"] if row["decided_by"] == "bulk")
    assert (event["sentence_id"], event["label"], event["model"]) == (waiting.id, "nothing", "m0")
    assert {row["annotator"] for row in table["labels"]} == {
        row["annotator"] for row in rows(found)["labels"]
    }
    people_only = rows(with_both, selection=Selection(people_only=True))["sentences"]
    assert "bulk" not in {row["decided_by"] for row in people_only}


def test_the_text_of_the_article_between_the_offsets_is_that_of_the_claim(tmp_path: Path) -> None:
    claims = rows(snapshot(tmp_path))["claims"]
    ours = [row for row in claims if row["article_id"] == "a1"]
    assert [row["text"] for row in ours] == ["Twelve men", "About 30 dollars", "Three"]
    for row in ours:
        assert ARTICLE[row["start_in_article"] : row["end_in_article"]] == row["text"]


def test_an_article_says_where_it_comes_from_and_how_much_of_it_is_labelled(tmp_path: Path) -> None:
    ours, other = rows(snapshot(tmp_path))["articles"]
    assert (ours["source"], ours["url"]) == ("The Paper", "https://x.example/1")
    assert (ours["published"], ours["sentences"], ours["labelled"]) == ("2026-11-05", 4, 2)
    assert (ours["seed"], other["seed"], other["title"]) == (False, True, None)


def test_a_sentence_says_on_which_day_by_the_date_of_its_article(tmp_path: Path) -> None:
    found = snapshot(tmp_path)
    told = ("They fled on Monday.", "The next day two died.")
    *labelled, third, fourth = (one for one in found.sentences if one.article_id == "a1")
    other = tuple(one for one in found.sentences if one.article_id != "a1")
    open_ones = tuple(
        replace(one, text=text) for one, text in zip((third, fourth), told, strict=True)
    )
    table = rows(replace(found, sentences=(*labelled, *open_ones, *other)))["sentences"]
    days = {row["sentence_id"]: (row["day"], row["day_last"], row["day_text"]) for row in table}
    assert days.pop(third.id) == ("2026-11-02", "2026-11-02", "Monday")
    assert days.pop(fourth.id) == ("2026-11-03", "2026-11-03", "The next day")
    assert set(days.values()) == {(None, None, None)}
    assert {row["day_precision"] for row in table} == {"day", None}


def test_a_row_comes_after_those_that_it_refers_to_and_no_key_is_there_twice(
    tmp_path: Path,
) -> None:
    found = rows(snapshot(tmp_path))
    for table in TABLES:
        if table.key:
            keys = [row[table.key] for row in found[table.name]]
            assert len(set(keys)) == len(keys)
        for column, other in table.refers:
            keys = [row[column] for row in found[other]]
            assert {row[column] for row in found[table.name]} <= set(keys)


def test_without_a_model_nothing_is_said_of_what_nobody_labelled(tmp_path: Path) -> None:
    found = snapshot(tmp_path)
    by_option = rows(found, Selection(people_only=True))
    assert by_option == rows(found, model=None)
    assert {row["decided_by"] for row in by_option["claims"]} == {"people"}
    assert len(by_option["sentences"]) == 8


@pytest.mark.parametrize(("least", "claims", "events"), [(0.5, 0, 6), (0.4, 2, 6), (0.7, 0, 0)])
def test_what_the_model_is_not_sure_enough_of_is_left_out(
    tmp_path: Path, least: float, claims: int, events: int
) -> None:
    found = rows(snapshot(tmp_path), Selection(min_score=least))
    assert sum(row["decided_by"] == "model" for row in found["claims"]) == claims
    assert sum(row["decided_by"] == "model" for row in found["events"]) == events
    assert sum(row["decided_by"] == "people" for row in found["claims"]) == 2


def test_only_the_articles_that_were_asked_for(tmp_path: Path) -> None:
    found = rows(snapshot(tmp_path), Selection(articles=frozenset({"b"})))
    for name in ("articles", "sentences", "events", "claims"):
        assert {row["article_id"] for row in found[name]} == {"b"}


@pytest.mark.parametrize(
    ("published", "added", "day", "there"),
    [
        ("2026-11-05", "2026-12-01", "2026-11-05", True),
        ("2026-11-05T23:00:00Z", None, "2026-11-05", True),
        ("2026-11-05", "2026-12-01", "2026-11-06", False),
        (None, "2026-11-06T10:00:00Z", "2026-11-06", True),
        ("last Friday", "2026-11-06T10:00:00Z", "2026-11-07", False),
        ("9 June 2017", None, "2026-11-07", False),
        (None, None, "2000-01-01", False),
    ],
)
def test_since_a_day_by_the_day_of_publication_else_of_adding(
    tmp_path: Path, published: str | None, added: str | None, day: str, there: bool
) -> None:
    article = ArticleMetadata("a1", published=published, added=added)
    left_out = LeftOut()
    found = rows(
        snapshot(tmp_path, [article]), Selection(since=date.fromisoformat(day)), left_out=left_out
    )
    assert bool(found["articles"]) == there
    undated = (published is None and added is None) or published == "9 June 2017"
    assert left_out.undated == 1 + undated  # nothing is known of the other one


def test_what_people_are_split_on_is_counted_and_stands_in_the_labels_alone(tmp_path: Path) -> None:
    left_out = LeftOut()
    found = snapshot(tmp_path)
    found = replace(found, annotations=said_by_people()[:2])
    tables = rows(found, Selection(people_only=True), left_out=left_out)
    assert [row["label"] for row in tables["events"]] == ["fight"]
    assert left_out.ties == 1
    assert "help" in {row["label"] for row in tables["labels"]}
