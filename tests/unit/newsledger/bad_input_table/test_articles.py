"""Bad articles: each is told, and the good one beside it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.newsledger.bad_input_table.told import (
    GOOD,
    LONG_NAME,
    assert_told,
    deep,
    row,
)
from tests.unit.newsledger.conftest import Run

ARTICLES: dict[str, bytes] = {
    # text
    "nul.txt": b"Ten\x00people",
    "escapes.txt": b"\x1b[2J\x1b]0;title\x07Ten people fled.",
    "c1.txt": "Ten \x9b2J people fled.".encode(),
    "bidi.txt": "Ten \u202epeople\u2066 fled.".encode(),
    "bom_only.txt": b"\xef\xbb\xbf",
    "bom_16_only.txt": b"\xff\xfe",
    "odd_16.txt": b"\xff\xfeT",
    "utf32.txt": "Ten people".encode("utf-32"),
    "surrogate_bytes.txt": b"Ten \xed\xa0\x80 people",
    "overlong.txt": b"Ten \xc0\xaf people",
    "gzip.txt": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03KI\xcd\x05\x00",
    "zip.txt": b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    "pdf.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "one_byte.txt": b"\xff",
    "line_ends.txt": b"\r\r\r\n\x0b\x0c\x1c\xc2\x85\xe2\x80\xa8",
    "combining.txt": ("a" + "\u0301" * 100_000).encode(),
    "zero_width.txt": ("\u200b" * 10_000).encode(),
    "emoji.txt": "👨‍👩‍👧‍👦 10 🙂".encode(),
    "digits.txt": b"1" * 20_000,
    "dots.txt": b"." * 20_000,
    "quotes.txt": ("“" * 10_000).encode(),
    "no_space.txt": b"x" * 50_000,
    "spaces.txt": b" " * 50_000 + b"x",
    "newlines.txt": b"\n" * 50_000,
    # JSON lines
    "lone.jsonl": b'{"text": "Ten \\ud800 people fled."}\n',
    "lone_low.jsonl": b'{"text": "Ten \\udc00 people fled."}\n',
    "lone_title.jsonl": b'{"text": "Ten people fled.", "title": "\\ud83d"}\n',
    "lone_id.jsonl": b'{"text": "Ten people fled.", "id": "\\udfff"}\n',
    "lone_source.jsonl": b'{"text": "Ten people fled.", "source": "\\ud800", "url": "\\ud800"}\n',
    "lone_key.jsonl": b'{"text": "Ten people fled.", "\\ud800": 1}\n',
    "pair_turned.jsonl": b'{"text": "Ten \\ude00\\ud83d people fled."}\n',
    "nul.jsonl": b'{"text": "Ten \\u0000 people fled.", "title": "\\u0000"}\n',
    "escape.jsonl": b'{"text": "Ten \\u001b[2J fled.", "title": "\\u001b[2J", "id": "\\u001b"}\n',
    "long_id.jsonl": row(text=GOOD, id=LONG_NAME),
    "long_title.jsonl": row(text=GOOD, title=LONG_NAME, source=LONG_NAME, url=LONG_NAME),
    "long_key.jsonl": row(**{LONG_NAME: GOOD}),
    "number.jsonl": row(text=12),
    "null.jsonl": row(text=None),
    "list.jsonl": row(text=["Ten people fled."]),
    "object.jsonl": row(text={"a": 1}),
    "true.jsonl": row(text=True, id=True, title=False),
    "odd_id.jsonl": row(text=GOOD, id={"a": 1}),
    "list_id.jsonl": row(text=GOOD, id=[1, 2]),
    "huge_id.jsonl": b'{"text": "Ten people fled.", "id": 1e999}\n',
    "nan_id.jsonl": b'{"text": "Ten people fled.", "id": NaN}\n',
    "thousands_of_digits.jsonl": b'{"text": "x", "id": ' + b"1" * 5000 + b"}\n",
    "odd_date.jsonl": row(text=GOOD, published={"year": 2026}, language=7),
    "array.jsonl": b'[{"text": "Ten people fled."}]\n',
    "string.jsonl": b'"Ten people fled."\n',
    "nothing.jsonl": b"\n\n\n",
    "deep.jsonl": deep('{"text":', "}"),
    "deep_list.jsonl": deep("[", "]"),
    "twice.jsonl": row(text=GOOD, id="a") + row(text="Other.", id="a"),
    "torn.jsonl": row(text=GOOD) + b'{"text": "Ten',
    "latin.jsonl": b'{"text": "Caf\xe9"}\n',
    "comment.jsonl": b"// comment\n",
    "single.jsonl": b"{'text': 'Ten'}\n",
    "trailing.jsonl": b'{"text": "Ten people fled."},\n',
    "bom.jsonl": b"\xef\xbb\xbf" + row(text=GOOD),
    # JSON
    "empty.json": b"",
    "null.json": b"null",
    "number.json": b"12",
    "lists.json": b"[[1], [2]]",
    "empty_list.json": b"[]",
    "empty_object.json": b"{}",
    "deep.json": deep("[", "]"),
    "lone.json": b'[{"text": "Ten \\ud800 people fled.", "title": "\\udc00"}]',
    "torn.json": b'[{"text": "Ten',
    "digits.json": b"[" + b"9" * 5000 + b"]",
    "nan.json": b'[{"text": NaN}]',
    # tables
    "nul.csv": b"id,text\n1,Ten\x00people\n",
    "ragged.csv": b"id,text\n1,Ten people fled.,more,and more\n2\n",
    "twice.csv": b"text,text\nTen,Eleven\n",
    "no_head.csv": b"\n\n",
    "quote.csv": b'id,text\n1,"Ten people\n',
    "field.csv": b"text\n" + b"x" * 200_000 + b"\n",
    "latin.csv": b"text\nCaf\xe9\n",
    "semicolon.csv": b"id;text\n1;Ten people fled.\n",
    "only_head.csv": b"id,text\n",
    "long_column.csv": LONG_NAME.encode() + b"\nTen\n",
    "carriage.csv": b"id,text\r1,Ten people fled.\r",
    "tab.tsv": b"id\ttext\n1\tTen people fled.\n2\n",
    "nul.tsv": b"\x00\x00\x00",
    # pages
    "deep.html": deep("<div>", "</div>", 20_000),
    "script.html": b"<script>document.write('Ten people fled.')</script>",
    "frames.html": b"<frameset><frame src='x'></frameset>",
    "charset.html": b"<meta charset='x-unknown'><p>Ten people fled the town.</p>",
    "latin.html": b"<meta charset='utf-8'><p>Caf\xe9 people fled.</p>",
    "nul.html": b"<p>Ten\x00 people</p>",
    "gzip.html": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03KI\xcd\x05\x00",
    "entities.html": b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><p>&b;</p>",
    "bad_references.html": b"<article><p>Ten &#xD800; &#0; &#x110000; people fled.</p></article>",
    "json_ld.html": b"<script type='application/ld+json'>{</script><p>Ten people fled.</p>",
    "attributes.html": b"<p " + b"a=1 " * 20_000 + b">Ten people fled.</p>",
    # Parquet, and what nobody reads
    "empty.parquet": b"",
    "magic.parquet": b"PAR1PAR1",
    "footer.parquet": b"PAR1" + b"\xff" * 100 + b"PAR1",
    "news.docx": b"PK\x03\x04",
    "news.pdf": b"%PDF-1.7",
    "news.jsonl.gz": b"\x1f\x8b\x08\x00",
    "news": b"Ten people fled.",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ARTICLES)
def test_a_bad_article_loses_nothing_beside_it(newsledger: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARTICLES[name])
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    for verb in ("sentences", "quantities"):
        done = newsledger(verb, name, "good.txt")
        assert_told(done, codes=(0, 1))
        rows = [json.loads(line) for line in done.out.splitlines()]
        assert rows
        assert GOOD in done.out if verb == "sentences" else "Ten" in done.out
    for suffix in ("csv", "jsonl"):
        done = newsledger("sentences", name, "good.txt", "--out", f"rows.{suffix}")
        assert_told(done, codes=(0, 1))
        assert GOOD in (tmp_path / f"rows.{suffix}").read_text(encoding="utf-8")
