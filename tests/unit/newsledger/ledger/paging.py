"""Rows of incidents by the number, for tests and benchmarks of the page of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from newsledger.ledger.columns.table import Row
from newsledger.ledger.files.page import PAGE_TABLES

Rows = Mapping[str, Sequence[Row]]
PLACES = (
    ("Mubi", "Nigeria", 10.27, 13.27),
    ("Nyala", "Sudan", 12.05, 24.88),
    ("Gao", "Mali", 16.27, -0.04),
    (None, None, None, None),
)


def page_rows(incidents: int, event: str = "clash", kind: str = "dead") -> Rows:
    """So many incidents, each with one report of two sentences; on every fifth sources disagree."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in PAGE_TABLES}
    for n in range(incidents):
        count, disputed = n % 90 + 4, n % 5 == 4
        place, country, latitude, longitude = PLACES[n % len(PLACES)]
        day = (date(2025, 3, 1) + timedelta(days=n % 700)).isoformat()
        ids = {"incident_id": f"i-{n}", "article_id": f"a{n}", "toll_id": f"i-{n}#{kind}"}
        title = f"Clash number {n} in {place or 'the north'}"
        rows["articles"].append(
            {**ids, "title": title, "source": f"Outlet {n % 7}", "published": day,
             "url": f"https://news.example/{n}"}
        )  # fmt: skip
        for index, text in enumerate(
            (f"Gunmen killed {count} people, police said.", "The road stayed closed for hours.")
        ):
            rows["sentences"].append(
                {**ids, "sentence_id": f"a{n}:{index}", "index_in_article": index, "text": text,
                 "boilerplate": False}
            )  # fmt: skip
        rows["claims"].append(
            {**ids, "claim_id": f"c{n}", "sentence_id": f"a{n}:0", "start_in_sentence": 14,
             "end_in_sentence": 14 + len(f"{count} people")}
        )  # fmt: skip
        rows["incidents"].append(
            {**ids, "title": title, "first_sentence": f"Gunmen killed {count} people, police said.",
             "day": day, "day_last": day, "day_precision": "day",
             "place": place, "country": country, "latitude": latitude, "longitude": longitude,
             "events": event, "status": "decided" if n % 3 == 0 else "proposed", "reports": 1,
             "articles": 1, "sources": 1}
        )  # fmt: skip
        value, high = Decimal(count), Decimal(count + 10 * disputed)
        rows["incident_tolls"].append(
            {**ids, "kind": kind, "low": value, "best": None if disputed else value, "high": high,
             "why_no_best": f"police: {count}; hospital: {high}" if disputed else None,
             "claims": 1, "articles": 1, "sources": 1, "first_value": value, "first_day": day,
             "latest_value": value, "latest_day": day}
        )  # fmt: skip
        rows["toll_claims"].append(
            {**ids, "claim_id": f"c{n}", "kind": kind, "said_by": "police", "counted_as": "counted"}
        )
        rows["incident_reports"].append(
            {**ids, "first_sentence_id": f"a{n}:0", "last_sentence_id": f"a{n}:1", "day": day,
             "place": place, "later_figure": False, "decided_by": "proposed", "reasons": None,
             "joined_by": None, "joined_at": None}
        )  # fmt: skip
    return rows
