"""The page of the ledger: what stands in it, and what strangers' texts cannot do there."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from annotation.schema import Schema, parse_schema
from newsledger.ledger.columns.incident_columns import USES
from newsledger.ledger.files.page import _USES, ledger_page, safe_address
from tests.corpus import XML
from tests.unit.newsledger.ledger.paging import Rows, page_rows


@pytest.fixture
def schema() -> Schema:
    return parse_schema(XML)


def data_of(page: str) -> dict[str, Any]:
    found = re.search('<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


class Tags(HTMLParser):
    """Every element that opens, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_each_toll_stands_on_the_sentences_of_its_claims(schema: Schema) -> None:
    data = data_of(ledger_page(page_rows(3), schema, "s1"))
    one = data["incidents"][0]
    toll = one["tolls"][0]
    claim = toll["claims"][0]
    sentence = data["sentences"][claim["sentence"]]
    assert sentence["text"][claim["start"] : claim["end"]] == "4 people"
    assert data["articles"][sentence["article"]]["source"] == "Outlet 0"
    assert [report["sentences"] for report in one["reports"]] == [["a0:0", "a0:1"]]


def test_a_contradiction_keeps_its_reason(schema: Schema) -> None:
    data = data_of(ledger_page(page_rows(5), schema, "s1"))
    tolls = [one["tolls"][0] for one in data["incidents"]]
    assert [(toll["best"], toll["why"]) for toll in tolls if toll["why"]] == [
        (None, "police: 8; hospital: 18")
    ]


def test_labels_are_called_as_the_schema_calls_them(schema: Schema) -> None:
    data = data_of(ledger_page(page_rows(1), schema, "s1"))
    assert data["events"] == {one.alias: one.value for one in schema.event_types}
    assert data["kinds"] == {one.alias: one.value for one in schema.claim_kinds}


def test_every_use_of_a_claim_is_said_in_words() -> None:
    assert tuple(_USES) == USES


def test_what_belongs_to_no_incident_shown_is_left_out(schema: Schema) -> None:
    rows = page_rows(3)
    data = data_of(ledger_page({**rows, "incidents": rows["incidents"][:1]}, schema, "s1"))
    assert list(data["articles"]) == ["a0"]
    assert {one["article"] for one in data["sentences"].values()} == {"a0"}


def test_nothing_comes_from_outside_and_only_its_own_script_runs(schema: Schema) -> None:
    page = ledger_page(page_rows(2), schema, "s1")
    tags = Tags(page).seen
    policy = next(a["content"] or "" for t, a in tags if "Policy" in (a.get("http-equiv") or ""))
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        text = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(text) == 1
        digest = base64.b64encode(hashlib.sha256(text[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not [a for _, a in tags for name in a if name.startswith("on") or name == "style"]
    assert not [a for _, a in tags if a.get("src") or (a.get("href") or "#")[0] != "#"]


HOSTILE = [
    "</script><script>alert(1)</script>",
    "</SCRIPT\n><img src=x onerror=alert(1)>",
    "<!--<script>",
    "$script ${data} $$",
    "&lt;b&gt; &amp;",
    "]]><svg onload=alert(1)>",
    "line\u2028separator\u2029",
    '" onmouseover="alert(1)',
    "\\u003c/script\\u003e",
    "{{constructor.constructor('alert(1)')()}}",
    "half a character: \ud83d",
    "\x00\x08 controls",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_a_text(schema: Schema, text: str) -> None:
    rows = page_rows(1)
    hostile: Rows = {
        **rows,
        "incidents": [{**row, "title": text, "place": text} for row in rows["incidents"]],
        "articles": [{**row, "title": text, "source": text} for row in rows["articles"]],
        "sentences": [{**row, "text": text} for row in rows["sentences"]],
    }
    page = ledger_page(hostile, schema, "s1")
    page.encode("utf-8")
    data = data_of(page)
    assert data["incidents"][0]["title"] == text
    assert data["sentences"]["a0:0"]["text"] == text
    harmless = ledger_page(rows, schema, "s1")
    assert [tag for tag, _ in Tags(page).seen] == [tag for tag, _ in Tags(harmless).seen]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
     "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "//host/x",
     "/x", "http:x", "https://", "http://[", "https://a\\b.example", "", None],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web_is_no_link(schema: Schema, address: str | None) -> None:
    assert safe_address(address) is None
    rows = page_rows(1)
    bad: Rows = {**rows, "articles": [{**row, "url": address} for row in rows["articles"]]}
    page = data_of(ledger_page(bad, schema, "s1", tasks={"a0:0": address or ""}))
    assert page["articles"]["a0"]["url"] is None
    assert page["sentences"]["a0:0"]["task"] is None


def test_addresses_of_the_web_are_links(schema: Schema) -> None:
    address = "http://127.0.0.1:8080/projects/1/data?task=7"
    page = data_of(ledger_page(page_rows(1), schema, "s1", tasks={"a0:0": address}))
    assert page["sentences"]["a0:0"]["task"] == address
    assert page["articles"]["a0"]["url"] == "https://news.example/0"


def test_no_incidents_are_a_page_too(schema: Schema) -> None:
    assert data_of(ledger_page(page_rows(0), schema, "s1"))["incidents"] == []
