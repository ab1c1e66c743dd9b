"""Day and place of sentences: typed by people, else read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotation.dataset.adjudication import Adjudicated, adjudicate
from annotation.records import NO_PLACE, ArticleMetadata, Sentence
from newsledger.ledger.days_and_places.gazetteer import Gazetteer, GazetteerPlace, write_gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhere, WhenWhereReader, named_date
from newsledger.ledger.tables.rows import LeftOut
from tests.corpus import annotate
from tests.unit.newsledger.ledger.handover import SCHEMA, rows, said_by_people, snapshot

ARTICLE = ArticleMetadata("a", published="2026-11-25")
TUESDAY = "Gunmen killed five people in Mubi on Tuesday."


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> WhenWhereReader:
    path = tmp_path_factory.mktemp("gazetteer") / "places.sqlite"
    borno = GazetteerPlace(5, "Borno State", "NG", "district", 11.5, 13.0, 0)
    places = (
        GazetteerPlace(1, "Mubi", "NG", "place", 10.27, 13.26, 225_000),
        GazetteerPlace(7, "Gwoza", "NG", "place", 11.08, 13.69, 1_000),
        GazetteerPlace(8, "Gwoza", "NG", "place", 6.0, 5.0, 1_200),
        GazetteerPlace(9, "Dikwa", "NG", "place", 12.03, 13.92, 500_000),
        GazetteerPlace(10, "Dikwa", "NG", "place", 6.0, 5.0, 900),
        borno,
    )
    write_gazetteer([(one, ()) for one in places], ("NG",), path)
    return WhenWhereReader(Gazetteer(path))


def typed(day: date | None = None, place: str | None = None) -> Adjudicated:
    said = replace(annotate(SCHEMA, "s", "fight"), corrected_day=day, corrected_place=place)
    return adjudicate([said], SCHEMA)


def told(
    reader: WhenWhereReader, text: str, people: Adjudicated | None = None, article: str = "a"
) -> WhenWhere:
    sentence = Sentence("s", article, 0, 0, len(text), text)
    return reader.of(sentence, replace(ARTICLE, id=article), people)


def test_what_nobody_corrected_is_as_it_was_read(reader: WhenWhereReader) -> None:
    for people in (None, typed()):
        found = told(reader, TUESDAY, people)
        assert found.in_words() == "2026-11-24 · Mubi"
        assert (found.day_decided_by, found.place_decided_by) == ("rule", "rule")


def test_what_is_not_known_is_decided_by_nobody(reader: WhenWhereReader) -> None:
    assert told(reader, "Nobody was hurt.", typed()) == WhenWhere()
    assert told(reader, "Nobody was hurt.").in_words() == ""


def test_what_people_typed_wins(reader: WhenWhereReader) -> None:
    found = told(reader, TUESDAY, typed(date(2026, 11, 17), "Gwoza, Borno"))
    assert found.in_words() == "2026-11-17 · Gwoza, Borno"
    assert (found.day_decided_by, found.place_decided_by) == ("people", "people")
    assert found.place is not None
    assert found.place.latitude == 11.08


def test_the_days_after_one_that_people_typed_go_by_it(reader: WhenWhereReader) -> None:
    told(reader, TUESDAY, typed(date(2026, 11, 17)), article="b")
    assert told(reader, "The next day two died.", article="b").in_words() == "2026-11-18"


def test_of_several_places_the_great_one_is_meant_unless_another_is_told(
    reader: WhenWhereReader,
) -> None:
    for name in ("Dikwa", "Dikwa, Borno", "Dikwa,"):
        place = told(reader, "A market burnt.", typed(place=name), article=f"of {name}").place
        assert place is not None
        assert place.latitude == 12.03


@pytest.mark.parametrize("place", ["Tarsin", "Gwoza", "Dikwa, Nowhere State"])
def test_a_place_that_the_gazetteer_cannot_tell_keeps_its_name(
    reader: WhenWhereReader, place: str
) -> None:
    found = told(reader, "A market burnt.", typed(place=place), article=f"of {place}")
    assert (found.place_name, found.place, found.place_decided_by) == (place, None, "people")


def test_without_a_gazetteer_typed_places_count_all_the_same() -> None:
    found = told(WhenWhereReader(None), TUESDAY, typed(place="Mubi"))
    assert (found.in_words(), found.place) == ("2026-11-24 · Mubi", None)


def test_people_can_say_that_there_is_no_place(reader: WhenWhereReader) -> None:
    found = told(reader, TUESDAY, typed(place=NO_PLACE))
    assert (found.in_words(), found.place_decided_by) == ("2026-11-24", "people")


def test_people_can_say_that_there_is_no_day(reader: WhenWhereReader) -> None:
    none = adjudicate([replace(annotate(SCHEMA, "s", "fight"), no_day=True)], SCHEMA)
    found = told(reader, TUESDAY, none)
    assert (found.day, found.day_decided_by) == (None, "people")
    assert found.place_decided_by == "rule"


@pytest.mark.parametrize("text", [None, "", "no date", "0001-01-01T00:00:00Z", "0001-02-10"])
def test_a_text_that_is_no_day_and_the_first_year_name_none(text: str | None) -> None:
    """Of the first year nothing can be asked about the month before."""
    assert named_date(text) is None
    assert named_date("2026-11-25T00:00:00Z") == date(2026, 11, 25)


def test_what_people_are_split_on_is_left_open(tmp_path: Path) -> None:
    frozen = snapshot(tmp_path)
    ann, ben, *others = said_by_people()
    said = (
        replace(ann, corrected_place="Mubi", corrected_day=date(2026, 11, 3)),
        replace(ben, corrected_place="Gwoza"),
        *others,
    )
    left_out = LeftOut()
    tables = rows(replace(frozen, annotations=said), left_out=left_out)
    row = tables["sentences"][0]
    assert (row["place"], row["place_decided_by"]) == (None, "undecided")
    assert (row["day"], row["day_precision"], row["day_text"]) == ("2026-11-03", "day", None)
    assert row["day_decided_by"] == "people"
    assert left_out.ties == 1
    marks = [(one["mark"], one["text"]) for one in tables["labels"]]
    typed_marks = [mark for mark in marks if mark[0] in ("day", "place")]
    assert typed_marks == [("day", "2026-11-03"), ("place", "Mubi"), ("place", "Gwoza")]
