"""What rules read of sentences: the same, whoever reads it and however it is cut into batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotation.dataset.adjudication import Adjudicated, adjudicate
from annotation.records import ArticleMetadata, Sentence
from newsledger.helping_process import map_ahead
from newsledger.ledger.days_and_places.gazetteer import Gazetteer, GazetteerPlace, write_gazetteer
from newsledger.ledger.tables import read_by_rule as room
from newsledger.ledger.tables.read_by_rule import ReadByRule, read_by_rule, with_units
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from tests.corpus import annotate
from tests.unit.newsledger.ledger.handover import (
    SCHEMA,
    claim,
    predict,
    said_by_people,
    sentences,
    snapshot,
)

TEXTS = (
    "Rebels killed ten people in Mubi on Sunday.",
    "They left a day later.",
    "Two men died in Gwoza.",
)
ARTICLES = {key: ArticleMetadata(key, published="2026-11-05") for key in "abc"}


@pytest.fixture
def gazetteer(tmp_path: Path) -> Iterator[Gazetteer]:
    path = tmp_path / "places.sqlite"
    places = [
        GazetteerPlace(number, name, "NG", "place", 10.0 + number, 13.0, 50_000)
        for number, name in enumerate(("Mubi", "Gwoza"), 1)
    ]
    write_gazetteer(((one, ()) for one in places), ["NG"], path)
    opened = Gazetteer(path)
    yield opened
    opened.close()


def some_sentences() -> Iterator[tuple[Sentence, Adjudicated | None]]:
    for article in ARTICLES:
        for index, text in enumerate(TEXTS):
            one = Sentence(f"{article}:{index}", article, index, 0, len(text), text)
            said = None
            if article == "b" and not index:
                typed = replace(annotate(SCHEMA, one, "fight"), corrected_day=date(2026, 11, 3))
                said = adjudicate([typed], SCHEMA)
            if index == 2:
                marked = (claim("Two men", "dead", 2, text),)
                said = adjudicate([annotate(SCHEMA, one, "fight", claims=marked)], SCHEMA)
            yield one, said


def found(gazetteer: Gazetteer | None, spread: room.Spread = map) -> list[ReadByRule]:
    return [read for _, _, read in read_by_rule(some_sentences(), ARTICLES, gazetteer, spread)]


def test_day_place_words_and_units_are_read(gazetteer: Gazetteer) -> None:
    read = found(gazetteer)
    assert [one.when_where.in_words() for one in read[:6]] == [
        "2026-11-01 · Mubi", "2026-11-02", "Gwoza", "2026-11-03 · Mubi", "2026-11-04", "Gwoza",
    ]  # fmt: skip
    assert [(one.unit, one.noun) for one in read[2].claims] == [("count", "men")]
    assert read[0].lead_and_words == read[3].lead_and_words != read[1].lead_and_words


@pytest.mark.parametrize("together", [1, 2, 4, 100])
def test_batches_are_whole_articles_so_that_a_day_goes_by_the_one_before_it(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    expected = found(gazetteer)
    monkeypatch.setattr(room, "_TOGETHER", together)
    assert found(gazetteer) == expected


@pytest.mark.slow
def test_another_process_reads_the_same(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(room, "_TOGETHER", 1)
    assert found(gazetteer, map_ahead) == found(gazetteer)
    kept = snapshot(tmp_path / "snapshots")
    here, there = (
        list(ledger_rows(kept, Selection(), predict, LeftOut(), (), gazetteer, spread))
        for spread in (map, map_ahead)
    )
    assert here == there


def test_a_claim_that_has_a_unit_keeps_it() -> None:
    text = sentences()[0].text
    men = said_by_people()[0].claims[0]
    told = replace(men, unit="people", noun="recruits")
    assert with_units((told,), text) == (told,)
    assert with_units((told, men), text) == (told, replace(men, unit="count", noun="men"))
