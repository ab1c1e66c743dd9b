"""The ledger as one page of HTML that needs nothing else: rows in, text out.

Texts of articles are strangers' texts. They stand in the page as JSON, and its script puts them
into elements as text; so the template has five places to fill, for which ``string.Template`` is
enough (Jinja would be a dependency of the SDK's dependencies). The page says in a
Content-Security-Policy that nothing is loaded from outside and that its own script alone runs.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from string import Template
from typing import Any
from urllib.parse import urlsplit

from annotation.schema import Schema
from newsledger.html_pages import page_part, policy_hash, whole_characters
from newsledger.ledger.columns.cells import plain_number
from newsledger.ledger.columns.table import Row

PAGE_TABLES = (
    "articles",
    "sentences",
    "claims",
    "incidents",
    "incident_reports",
    "incident_tolls",
    "toll_claims",
)
"""The tables of an export whose rows the page shows."""

_USES = {
    "counted": "counted",
    "superseded": "replaced by a later number",
    "copied": "copied from another article",
    "part": "part of another number",
    "earlier": "an earlier number",
    "occasion": "of an earlier event, told as a reason",
    "other side": "of the attackers, where others are counted",
    "not a count": "no count",
}
"""What ``counted_as`` means, for readers; one that is not here is shown as it is."""

_PARTS = "newsledger.ledger.files"


def ledger_page(
    tables: Mapping[str, Sequence[Row]],
    schema: Schema,
    snapshot: str,
    *,
    tasks: Mapping[str, str] | None = None,
) -> str:
    """The page of some incidents, with the sentences that their tolls stand on.

    Args:
        tables: the rows of ``PAGE_TABLES``, by table; what belongs to none of the incidents is
            left out of the page.
        schema: the labels in use, whose names people see.
        snapshot: id of the snapshot that the rows come from.
        tasks: the address of the task in Label Studio, by sentence; where one is not known the page
            shows the sentence's id.
    """
    style, script = page_part(_PARTS, "page.css"), page_part(_PARTS, "page.js")
    policy = (
        f"default-src 'none'; script-src '{policy_hash(script)}'; "
        f"style-src '{policy_hash(style)}'; base-uri 'none'; form-action 'none'"
    )
    return Template(page_part(_PARTS, "page.html")).substitute(
        policy=policy,
        style=style,
        script=script,
        data=_json(_data(tables, schema, tasks or {})),
        footer=html.escape(f"Made by newsledger from snapshot {snapshot}. Incidents are proposed "
                           "by program where nobody decided: look before you count."),
    )  # fmt: skip


def safe_address(address: str | None) -> str | None:
    """An address that may be a link: of the web, and nothing that runs; None for any other.

    Args:
        address: as the article or the server gave it.
    """
    if not address or any(character <= " " or character == "\\" for character in address):
        return None
    try:
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _data(
    tables: Mapping[str, Sequence[Row]], schema: Schema, tasks: Mapping[str, str]
) -> dict[str, Any]:
    """What the script reads."""
    articles = {row["article_id"]: row for row in tables["articles"]}
    told = _Sentences(tables["sentences"])
    incidents = {row["incident_id"]: _incident(row) for row in tables["incidents"]}
    claims = {row["claim_id"]: row for row in tables["claims"]}
    tolls: dict[str, dict[str, Any]] = {}
    shown: set[str] = set()
    for row in tables["incident_tolls"]:
        if row["incident_id"] in incidents:
            tolls[row["toll_id"]] = toll = _toll(row)
            incidents[row["incident_id"]]["tolls"].append(toll)
    for row in tables["toll_claims"]:
        if row["toll_id"] in tolls:
            claim = claims[row["claim_id"]]
            shown.add(claim["sentence_id"])
            tolls[row["toll_id"]]["claims"].append(
                {
                    "sentence": claim["sentence_id"],
                    "start": claim["start_in_sentence"],
                    "end": claim["end_in_sentence"],
                    "by": row["said_by"],
                    "use": row["counted_as"],
                }
            )
    for row in tables["incident_reports"]:
        if row["incident_id"] in incidents:
            keys = told.between(row["first_sentence_id"], row["last_sentence_id"])
            shown.update(keys)
            incidents[row["incident_id"]]["reports"].append(_report(row, keys))
    sentences = {key: told.row(key) for key in sorted(shown)}
    return {
        "events": schema.event_values,
        "kinds": schema.claim_values,
        "uses": _USES,
        "incidents": list(incidents.values()),
        "articles": {
            key: _article(articles[key])
            for key in sorted({row["article_id"] for row in sentences.values()})
        },
        "sentences": {
            key: {
                "id": key,
                "article": row["article_id"],
                "text": row["text"],
                "task": safe_address(tasks.get(key)),
            }
            for key, row in sentences.items()
        },
    }


class _Sentences:
    """The sentences, by id and in the order of their articles."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = {row["sentence_id"]: row for row in rows}
        self._of: dict[str, list[Row]] = {}
        for row in rows:
            self._of.setdefault(row["article_id"], []).append(row)

    def row(self, key: str) -> Row:
        """The row of one sentence."""
        return self._rows[key]

    def between(self, first: str, last: str) -> list[str]:
        """Ids of the sentences of a passage, those that are no part of the story left out."""
        begin, end = self._rows[first], self._rows[last]
        inside = range(begin["index_in_article"], end["index_in_article"] + 1)
        return [
            row["sentence_id"]
            for row in self._of[begin["article_id"]]
            if row["index_in_article"] in inside and not row["boilerplate"]
        ]


def _incident(row: Row) -> dict[str, Any]:
    return {
        "id": row["incident_id"],
        "title": row["title"],
        "day": row["day"],
        "last": row["day_last"],
        "precision": row["day_precision"],
        "place": row["place"],
        "country": row["country"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "events": row["events"].split("; ") if row["events"] else [],
        "status": row["status"],
        "articles": row["articles"],
        "sources": row["sources"],
        "tolls": [],
        "reports": [],
    }


def _toll(row: Row) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "low": plain_number(row["low"]),
        "best": plain_number(row["best"]),
        "high": plain_number(row["high"]),
        "why": row["why_no_best"],
        "articles": row["articles"],
        "sources": row["sources"],
        "first": plain_number(row["first_value"]),
        "firstDay": row["first_day"],
        "latest": plain_number(row["latest_value"]),
        "latestDay": row["latest_day"],
        "claims": [],
    }


def _report(row: Row, sentences: list[str]) -> dict[str, Any]:
    return {
        "article": row["article_id"],
        "place": row["place"],
        "later": row["later_figure"],
        "by": row["joined_by"],
        "when": (row["joined_at"] or "")[:10],
        "reasons": row["reasons"],
        "sentences": sentences,
    }


def _article(row: Row) -> dict[str, Any]:
    return {
        "title": row["title"],
        "source": row["source"],
        "url": safe_address(row["url"]),
        "published": row["published"],
    }


def _json(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the element that it stands in, whatever the texts are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return whole_characters(text)
