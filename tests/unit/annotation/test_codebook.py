"""The codebook's version, and its rows as instructions."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.codebook import codebook_instructions, codebook_version
from annotation.schema import parse_schema, read_schema
from tests.corpus import XML

ROOT = Path(__file__).parents[3]
OURS = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
SCHEMA = parse_schema(XML)
PAGE = """# Codebook

Version 7, of May.

| label | tick it for | example | not for |
|---|---|---|---|
| fight | armed sides & *others* | "They **fought**." | <b>talk</b> |

| kind | what is counted | example | counter-example |
|---|---|---|---|
| `dead` | the dead | "**12 men** died" | "four wounded" |

| the sentence | tick |
|---|---|
| weapons found | no event |
"""


def test_the_version_is_what_it_calls_itself_and_a_digest() -> None:
    found = codebook_version(PAGE, SCHEMA)
    assert found.version == "7"
    assert len(found.digest) == 12
    assert str(found) == f"codebook version 7 ({found.digest}), schema {SCHEMA.fingerprint}"
    assert codebook_version(PAGE + " ", SCHEMA).digest != found.digest


@pytest.mark.parametrize(("text", "version"), [
    ("", ""), ("Version 2.1\n", "2.1"), ("A\nVersion 3.", "3"), ("In Version 3", ""),
    ("Version 4 (draft)", "4"), ("Version 2026-11-29; of us", "2026-11-29"),
])  # fmt: skip
def test_ways_to_name_a_version(text: str, version: str) -> None:
    assert codebook_version(text, SCHEMA).version == version


def test_without_a_codebook_it_says_so() -> None:
    assert str(codebook_version("", SCHEMA)).startswith("no codebook, schema ")


def test_rows_become_paragraphs_and_nothing_of_them_becomes_markup() -> None:
    found = codebook_instructions("<p>Press Enter.</p>", PAGE, SCHEMA)
    assert found.startswith("<p>Press Enter.</p>\n<br>")
    assert (
        "<p><b>fight</b>: armed sides &amp; <i>others</i>. "
        '<i>"They <b>fought</b>."</i> Not: &lt;b&gt;talk&lt;/b&gt;</p>'
    ) in found
    assert '<p><b>dead</b>: the dead. <i>"<b>12 men</b> died"</i>' in found
    assert "<p>weapons found: <b>no event</b></p>" in found
    assert "codebook version 7" in found


def test_a_label_that_the_codebook_lacks_is_explained_by_its_hint() -> None:
    xml = XML.replace('<Choice value="talk"/>', '<Choice value="talk" hint="truces &lt; wars"/>')
    found = codebook_instructions("", PAGE, parse_schema(xml))
    assert "<p><b>talk</b>: truces &lt; wars</p>" in found
    assert "<p><b>help</b></p>" in found


def test_ours_explains_every_label_of_ours_by_a_row() -> None:
    schema = read_schema(ROOT / "label_config.xml")
    lines = codebook_instructions("", OURS, schema).splitlines()
    assert codebook_version(OURS, schema).version
    for label in (*schema.event_types, *schema.claim_kinds):
        (line,) = [one for one in lines if one.startswith(f"<p><b>{label.value}</b>")]
        assert " Not: " in line
        assert "|" not in line
    assert any("hostages, held against a demand" in line for line in lines)
    tags = {tag.partition(">")[0] for line in lines for tag in line.split("<")[1:]}
    assert tags == {"p", "/p", "b", "/b", "i", "/i", "br"}
