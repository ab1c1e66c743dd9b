"""Incidents in an export, and how those of our own articles are joined."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.schema import parse_schema, read_schema
from newsledger.ledger.columns.incident_columns import INCIDENTS
from newsledger.ledger.columns.table import Row
from newsledger.ledger.tables.incident_rows import ReportCollector, incident_rows, incident_types
from tests.corpus import XML
from tests.unit.newsledger.ledger.handover import SCHEMA, rows

ROOT = Path(__file__).parents[5]
OWN = ROOT / "seeds" / "incidents"

Tables = dict[str, list[Row]]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return rows(_snapshot(tmp_path_factory.mktemp("own")), model=None)


def _snapshot(folder: Path) -> Snapshot:
    schema = read_schema(ROOT / "label_config.xml")
    export = read_export(OWN / "labels.json", schema)
    return write_snapshot(
        folder, sentences=export.sentences, annotations=export.annotations,
        schema=schema, articles=export.articles,
    )  # fmt: skip


def _report_of(tables: Tables) -> dict[str, Row]:
    """The report in which each sentence stands."""
    index = {row["sentence_id"]: row for row in tables["sentences"]}
    return {
        row["sentence_id"]: report
        for report in tables["incident_reports"]
        for row in tables["sentences"]
        if row["article_id"] == report["article_id"]
        and index[report["first_sentence_id"]]["index_in_article"]
        <= row["index_in_article"]
        <= index[report["last_sentence_id"]]["index_in_article"]
    }


def test_the_reports_of_our_own_incidents_are_joined(own: Tables) -> None:
    """With places it is all of them, see the benchmark; here without."""
    found = {key: row["incident_id"] for key, row in _report_of(own).items()}
    gold = json.loads((OWN / "gold.json").read_text(encoding="utf-8"))
    whole = [one for one in gold if len({found.get(key) for key in one["sentences"]}) == 1]
    days = {row["incident_id"]: row["day"] for row in own["incidents"]}
    assert len(whole) >= 20
    assert all(days[found[one["sentences"][0]]] == one["day"] for one in whole)


def test_a_toll_stands_on_claims_of_its_incident(own: Tables) -> None:
    incident_of = {key: row["incident_id"] for key, row in _report_of(own).items()}
    sentence_of = {row["claim_id"]: row["sentence_id"] for row in own["claims"]}
    kind_of = {row["claim_id"]: row["kind"] for row in own["claims"]}
    counts = {row["toll_id"]: row["claims"] for row in own["incident_tolls"]}
    for row in own["toll_claims"]:
        assert incident_of[sentence_of[row["claim_id"]]] == row["incident_id"]
        assert kind_of[row["claim_id"]] == row["kind"]
        counts[row["toll_id"]] -= 1
    assert set(counts.values()) == {0}


def test_an_incident_says_what_is_known_of_it(own: Tables) -> None:
    [nyala] = [row for row in own["incidents"] if "Nyala market" in (row["title"] or "")]
    assert (nyala["day"], nyala["day_precision"], nyala["status"]) == (
        "2025-03-09", "day", "proposed",
    )  # fmt: skip
    assert nyala["events"].split("; ")[0] == "strike"
    assert nyala["first_sentence"].startswith("Warplanes bombed a crowded market in Nyala")
    assert (nyala["articles"], nyala["sources"]) == (4, 3)
    [killed] = [
        row
        for row in own["incident_tolls"]
        if (row["incident_id"], row["kind"]) == (nyala["incident_id"], "killed")
    ]
    assert (killed["low"], killed["best"], killed["high"]) == (14, None, 41)
    assert "Turkish hospital: 32 (2025-03-12)" in killed["why_no_best"]


def test_a_report_with_a_newer_number_says_so_and_why_it_belongs_there(own: Tables) -> None:
    later = {row["article_id"] for row in own["incident_reports"] if row["later_figure"]}
    assert {"mubi-3", "mubi-4", "kost-3"} <= later
    assert not {"mubi-1", "mubi-2", "kost-2"} & later
    [copy] = [row for row in own["incident_reports"] if row["article_id"] == "mubi-2"]
    assert "same day: 2025-03-04 (+0.20)" in copy["reasons"]
    assert 0.5 < copy["score"] < 1


def test_places_of_sentences_keep_incidents_apart_and_are_told(own: Tables) -> None:
    """Every sentence that names one of the places of the gold has it, as by a gazetteer."""
    gold = json.loads((OWN / "gold.json").read_text(encoding="utf-8"))
    schema = read_schema(ROOT / "label_config.xml")
    collector = ReportCollector(schema)
    rows_of: dict[str, list[tuple[str, Row]]] = {}
    for name in ("articles", "sentences", "events", "claims"):
        for row in own[name]:
            place = next((one for one in gold if one["place"] in row.get("text", "")), None)
            if name == "sentences" and place:
                row = {**row, "place": place["place"], "place_country": place["country"],
                       "place_precision": "place", "latitude": 3.0 * gold.index(place),
                       "longitude": 2.5}  # fmt: skip
            rows_of.setdefault(row["article_id"], []).append((name, row))
    for some in rows_of.values():
        for name, row in some:
            collector.see(name, row)
    made = list(incident_rows(collector.reports, schema))
    incidents = [row for table, row in made if table.name == "incidents"]
    assert {(row["day"], row["place"], row["country"]) for row in incidents} == {
        (one["day"], one["place"], one["country"]) for one in gold
    }
    assert {row["place_precision"] for row in incidents} == {"place"}
    assert len({row["latitude"] for row in incidents}) == len({one["place"] for one in gold})


def test_a_sentence_that_comes_again_says_which_it_is_the_same_as(own: Tables) -> None:
    same = {row["sentence_id"]: row["same_as"] for row in own["sentences"] if row["same_as"]}
    assert same["mubi-2:0-130"] == "mubi-1:0-130"
    assert {key.split(":")[0] for key in same} == {"mubi-2", "mach-2", "kost-2"}


def test_nothing_of_another_language_or_label_is_needed(tmp_path: Path) -> None:
    """Sentences without events make no report, and an export without reports no incident."""
    found = _snapshot(tmp_path)
    none = [
        replace(one, events=replace(one.events, aliases=("none",))) for one in found.annotations
    ]
    assert rows(replace(found, annotations=tuple(none)), model=None)["incidents"] == []


def test_incidents_are_of_types_with_a_code_else_of_all_that_happen() -> None:
    assert incident_types(SCHEMA) == {"fight"}
    assert incident_types(parse_schema(XML)) == {"fight", "talk", "help"}


def test_the_day_and_place_that_people_typed_are_those_of_the_incident() -> None:
    collector = ReportCollector(SCHEMA)
    article = {"article_id": "a", "title": "T", "source": "P", "published": "2026-11-20",
               "added": None}  # fmt: skip
    read: dict[str, Any] = {
        "boilerplate": False, "same_as": None, "place_precision": "place", "place_country": "NG",
        "latitude": 10.0, "longitude": 10.0,
    }  # fmt: skip
    told = (
        ("s1", "Two men died in Mubi on Monday.", "2026-11-16", "Mubi", "rule"),
        ("s2", "They were buried in Gwoza on Tuesday.", "2026-11-14", "Gwoza", "people"),
    )
    collector.see("articles", article)
    for key, text, day, place, by in told:
        row = {"sentence_id": key, "text": text, "day": day, "day_last": day, "place": place,
               "day_decided_by": by, "place_decided_by": by}  # fmt: skip
        collector.see("sentences", {**read, **row})
    collector.see("events", {"sentence_id": "s1", "label": "fight"})
    found = [row for table, row in incident_rows(collector.reports, SCHEMA) if table is INCIDENTS]
    assert [(row["day"], row["place"]) for row in found] == [("2026-11-14", "Gwoza")]


def test_who_takes_a_day_or_a_place_away_names_none_for_the_incident() -> None:
    collector = ReportCollector(SCHEMA)
    collector.see(
        "articles",
        {"article_id": "a", "title": "T", "source": "P", "published": "2026-11-20", "added": None},
    )
    where: dict[str, Any] = {
        "boilerplate": False, "same_as": None, "place_precision": "place", "place_country": "NG",
        "latitude": 10.0, "longitude": 10.0,
    }  # fmt: skip
    for key, day, place, by in (
        ("s1", None, None, "people"),
        ("s2", "2026-11-16", "Mubi", "rule"),
    ):
        row = {"sentence_id": key, "text": "Two men died.", "day": day, "day_last": day,
               "place": place, "day_decided_by": by, "place_decided_by": by}  # fmt: skip
        collector.see("sentences", {**where, **row})
        collector.see("events", {"sentence_id": key, "label": "fight"})
    (report,) = collector.reports
    assert not report.day_by_people
    assert not report.place_by_people
    assert str(report.exact_day) == "2026-11-16"


@pytest.mark.parametrize(
    ("precision", "country", "told"),
    [("district", "NG", "district"), ("country", "NG", "country"), (None, None, None)],
)
def test_how_exactly_the_place_is_known_is_told_unless_people_typed_what_no_gazetteer_has(
    precision: str | None, country: str | None, told: str | None
) -> None:
    collector = ReportCollector(SCHEMA)
    collector.see("articles", {"article_id": "a", "title": "T", "source": "P",
                               "published": "2026-11-20", "added": None})  # fmt: skip
    collector.see("sentences", {
        "sentence_id": "s1", "text": "Two men died.", "boilerplate": False, "same_as": None,
        "day": None, "day_last": None, "day_decided_by": None, "place": "Borno",
        "place_decided_by": "people", "place_precision": precision, "place_country": country,
        "latitude": None, "longitude": None,
    })  # fmt: skip
    collector.see("events", {"sentence_id": "s1", "label": "fight"})
    [found] = [row for table, row in incident_rows(collector.reports, SCHEMA) if table is INCIDENTS]
    assert (found["place"], found["place_precision"]) == ("Borno", told)
