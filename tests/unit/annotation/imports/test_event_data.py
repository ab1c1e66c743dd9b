"""ACLED and UCDP GED."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from tests.unit.annotation.imports.bringing import Brought

KILLED = "Gunmen attacked a market in Jos. 12 people were killed."


def _table(path: Path, *rows: dict[str, object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _acled(notes: str, kind: str, deaths: object, **more: object) -> dict[str, object]:
    event, _, sub = kind.partition(": ")
    return {
        "event_id_cnty": "NIG1", "event_date": "2026-11-20", "event_type": event,
        "sub_event_type": sub, "country": "Nigeria", "location": "Jos", "source": "Daily Trust",
        "notes": notes, "fatalities": deaths, **more,
    }  # fmt: skip


def test_a_note_is_one_text_with_its_code_and_its_dead(tmp_path: Path) -> None:
    brought = Brought(
        _table(tmp_path / "a.csv", _acled(KILLED, "Battles: Armed clash", 12)), "acled"
    )
    assert brought.problems == []
    assert brought.said == [(KILLED, "imported", ("clash",), [("12 people", "killed")])]
    ((claim,),) = [one.claims for one in brought.export.annotations]
    assert (claim.low, claim.high, claim.modifier) == (Decimal(12), Decimal(12), "exactly")
    (task,) = brought.imported.tasks
    assert task["data"]["coded_event_date"] == "2026-11-20"
    assert task["data"]["coded_location"] == "Jos"
    assert (task["data"]["source"], task["data"]["published"]) == ("Daily Trust", "")


def test_nothing_is_guessed(tmp_path: Path) -> None:
    rows = [
        _acled("Twelve were killed and 5 wounded.", "Battles: Armed clash", 12),
        _acled("Many were killed in Jos.", "Battles: Armed clash", 3, event_id_cnty="NIG2"),
        _acled("They met in Jos.", "Strategic developments: Other", 0, event_id_cnty="NIG3"),
        _acled("They fought in Jos.", "Battles: Armed clash", "some", event_id_cnty="NIG4"),
        _acled("They fought at Jos.", "Battles: Armed clash", 0, event_id_cnty="NIG5"),
    ]
    brought = Brought(_table(tmp_path / "a.csv", *rows), "acled")
    assert [text for text, *_ in brought.said] == ["They fought at Jos."]
    told = "\n".join(brought.problems)
    assert "a.csv:2: it codes 12 killed, and nothing says which of the 2 numbers" in told
    assert "a.csv:3: it codes 3 killed, and nothing says which of the" in told
    assert "'Strategic developments: Other' is the code of" in told
    assert "a.csv:5: 'fatalities' is 'some', not a whole number." in told


def test_a_headline_of_ucdp(tmp_path: Path) -> None:
    row = {
        "id": 7, "type_of_violence": 2, "source_headline": "12 killed in Jos",
        "source_office": "Reuters News", "source_date": "2026-11-21", "date_start": "2026-11-20",
        "adm_1": "Plateau", "country": "Nigeria", "best": 12,
    }  # fmt: skip
    file = _table(tmp_path / "ged.csv", row)
    assert "the label '2' is not in the configuration" in Brought(file, "ucdp").problems[0]
    brought = Brought(file, "ucdp", {"2": "clash"})
    assert [(events, claims) for _, _, events, claims in brought.said] == [
        (("clash",), [("12 killed", "killed")])
    ]
    (task,) = brought.imported.tasks
    assert task["data"]["published"] == "2026-11-21"
    assert task["data"]["coded_date_start"] == "2026-11-20"
