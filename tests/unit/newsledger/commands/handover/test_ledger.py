"""What the ledger shows of our own articles of incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.snapshot import read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import InputError, SnapshotError
from annotation.labelstudio.export_json.export import read_export
from annotation.schema import read_schema
from newsledger.commands.handover.ledger import LedgerResult, ledger, low_best_high
from newsledger.commands.state.task_addresses import keep_task_addresses
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = read_settings(workspace=tmp_path / "workspace", environment={})
    schema = read_schema(found.config)
    export = read_export(packaged("seeds/incidents/labels.json"), schema)
    write_snapshot(
        found.snapshots, sentences=export.sentences, annotations=export.annotations,
        schema=schema, articles=export.articles, seeds=["beira-1"],
    )  # fmt: skip
    return found


def shown(settings: Settings, since: str | None = None, place: str | None = None) -> LedgerResult:
    return ledger(settings, Quiet(), people_only=True, since=since, place=place)


def test_each_incident_has_a_line_with_its_tolls(settings: Settings) -> None:
    found = shown(settings)
    incidents, disagree = found.tables()
    assert incidents.columns == (
        "incident",
        "killed",
        "wounded",
        "detained",
        "articles",
        "outlets",
        "id",
    )
    lines = {row[0]: row[1:-1] for row in incidents.rows}
    assert lines["2025-03-09: Air strike on Nyala market kills dozens"] == (
        "14–?–41",
        "57",
        "",
        "4",
        "3",
    )
    assert any("Turkish hospital: 32" in why for _, why in disagree.rows)
    assert found.text().splitlines() == [
        "Left out 1 article that newsledger brought along.",
        f"{len(found.incidents)} incidents from "
        f"{sum(len(one['reports']) for one in found.incidents)} reports, put together by program: "
        "look before you count.",
        "Only what people decided is in it.",
    ]


def test_incidents_of_one_headline_are_told_apart_by_how_their_reports_begin() -> None:
    brief: dict[str, Any] = {
        "title": "The week in brief", "day": None, "place": None, "tolls": [], "reports": [],
        "articles": 1, "sources": 1,
    }  # fmt: skip
    sentences = (
        "Gunmen killed four traders near Nefas-Mewcha and burnt nine lorries before they fled.",
        "A boat sank.",
    )
    found = LedgerResult(
        snapshot="s", model=None, seeds_left_out=0, kinds=(),
        incidents=(
            *({**brief, "incident_id": f"i-{n}", "first_sentence": text}
              for n, text in enumerate(sentences)),
            {**brief, "incident_id": "i-2", "title": "A ferry", "first_sentence": "A ferry sank."},
        ),
    )  # fmt: skip
    [table] = found.tables()
    assert [row[0] for row in table.rows] == [
        "no day: The week in brief – Gunmen killed four traders near …",
        "no day: The week in brief – A boat sank.",
        "no day: A ferry",
    ]


def test_those_since_a_day_or_at_a_place_alone(settings: Settings) -> None:
    assert {one["day"] for one in shown(settings, since="2025-06-05").incidents} == {
        "2025-06-05", "2025-06-08", "2025-06-10",
    }  # fmt: skip
    nowhere = shown(settings, place="Nowhere")
    assert (nowhere.incidents, nowhere.tables()) == ((), ())
    assert "No incidents: nothing that counts here reports one." in nowhere.text()
    with pytest.raises(InputError, match="'March' is no day"):
        shown(settings, since="March")


def test_in_json_an_incident_has_its_reports_and_tolls(settings: Settings) -> None:
    one = next(o for o in shown(settings).to_json()["incidents"] if "Nyala" in o["title"])
    assert {report["article_id"] for report in one["reports"]} >= {"nyala-1", "nyala-2"}
    assert [toll["kind"] for toll in one["tolls"]] == ["killed", "wounded"]
    assert type(one["tolls"][0]["low"]) is int


def test_without_a_snapshot_it_says_how_to_make_one(tmp_path: Path) -> None:
    empty = read_settings(workspace=tmp_path, environment={})
    with pytest.raises(SnapshotError, match="no snapshot"):
        ledger(empty, Quiet(), people_only=True)


@pytest.mark.parametrize(
    ("low", "best", "high", "cell"),
    [(19, 19, 19, "19"), (14, None, 41, "14–?–41"), (41, 41, None, "≥ 41"),
     (17, 19, 1200, "17–19–1,200"), (None, None, 5, "?–?–5"), (None, 5, 5, "?–5–5")],
)  # fmt: skip
def test_a_toll_in_one_cell(low: int | None, best: int | None, high: int | None, cell: str) -> None:
    assert low_best_high({"low": low, "best": best, "high": high}) == cell


def test_the_page_has_the_incidents_that_were_asked_for(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "ledger.html"
    found = ledger(settings, Quiet(), people_only=True, since="2025-06-10", page=out)
    assert found.page == str(out)
    assert f"Wrote {out}: open it in a browser; it needs nothing else." in found.text()
    text = out.read_text(encoding="utf-8")
    assert found.incidents[0]["incident_id"] in text
    assert "Nyala" not in text


def test_a_sentence_on_the_page_leads_to_its_task(settings: Settings, tmp_path: Path) -> None:
    first = read_snapshot(snapshots_in_order(settings.snapshots)[-1])
    pages = "http://studio/projects/1/data"
    keep_task_addresses(settings, pages, {one.id: 7 for one in first.sentences})
    out = tmp_path / "ledger.html"
    ledger(settings, Quiet(), people_only=True, page=out)
    assert f"{pages}?task=7" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ledger.csv", "ledger", "folder.html"])
def test_a_page_has_the_name_of_a_page(settings: Settings, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match="not a name for the page"):
        ledger(settings, Quiet(), people_only=True, page=tmp_path / name)
