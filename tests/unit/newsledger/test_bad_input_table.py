"""A table of bad inputs: each ends in a sentence, and what is good beside it is read.

Kinds of files, rows, exports, configurations, state files and arguments that were seen in use or
made to break things. What each is told, is for the tests beside it; here it is that none is a bug
of ours, hangs, sends a control character to the terminal, or loses the good part.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.newsledger.conftest import Done, Run
from tests.unit.newsledger.test_any_schema import CHOICES, config

GOOD = "Ten people fled."
LONG_NAME = "x" * 5000
LONE = "\\ud800"
BELOW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def deep(opening: str, closing: str, depth: int = 100_000) -> bytes:
    return (opening * depth + closing * depth).encode()


def row(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def assert_told(done: Done, *, codes: tuple[int, ...] = (0, 1, 2)) -> None:
    """It ended as it should, and in words."""
    assert done.code in codes, done.err[-2000:]
    assert "our bug" not in done.err
    assert "Traceback" not in done.err + done.out
    assert not BELOW.search(done.err), done.err[:500]
    assert not BELOW.search(done.out), done.out[:500]
    assert len(done.err) < 20_000  # names of 5,000 letters are cut


# ------------------------------------------------------------------------------------- articles

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


# -------------------------------------------------------------------------------------- INPUT


def fifo(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    # Lines may be many, and so are read to the end; what else is too large is not begun with.
    size = 100_000_000 if path.suffix == ".jsonl" else 3_000_000_000
    with path.open("wb") as file:
        file.truncate(size)


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


MADE: dict[str, Callable[[Path], object]] = {
    **{f"pipe.{ending}": fifo for ending in ("txt", "jsonl", "json", "csv", "html", "parquet")},
    **{f"huge.{ending}": sparse for ending in ("txt", "jsonl", "json", "csv", "html", "parquet")},
    "socket.txt": bound,
    "loop.txt": lambda path: path.symlink_to(path),
    "dangling.txt": lambda path: path.symlink_to("nowhere"),
    "zero.txt": lambda path: path.symlink_to("/dev/zero"),
    "folder.txt": lambda path: path.mkdir(),
    "\x1b[2J.txt": lambda path: path.write_bytes(b"\xff"),
    "new\nline.txt": lambda path: path.write_bytes(b"\xff"),
    os.fsdecode(b"\xff\xfe.txt"): lambda path: path.write_bytes(b"\xff"),
    os.fsdecode(b"\xff-good.txt"): lambda path: path.write_bytes(b"Ten people fled."),
    "x" * 251 + ".txt": lambda path: path.write_bytes(b"\xff"),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_no_file_or_too_large_is_never_waited_for(
    newsledger: Run, tmp_path: Path, name: str
) -> None:
    MADE[name](tmp_path / name)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = newsledger("sentences", name, "good.txt")
    assert_told(done, codes=(0, 1))
    assert GOOD in done.out
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / name).rename(tmp_path / "folder" / name)
    assert_told(done := newsledger("sentences", "folder"), codes=(0, 1))
    assert GOOD in done.out


@pytest.mark.parametrize(
    "given",
    [
        "", " ", "\t", "nowhere.txt", "nowhere/", "/dev/zero", "/dev/null", "/dev/stdin",
        "/proc/self/mem", "\x00", "a\x00b.txt", "a\nb.txt", "\x1b[2J", "\udcff.txt", "\ud800",
        LONG_NAME, f"{LONG_NAME}.txt", "/".join(["x"] * 5000), "http://", "https://", "http://[",
        "http://[::1", "http://a b/", "http:///x", "http://127.0.0.1:1/", "http://localhost/",
        "http://0x7f.1/", "http://a:99999/", "http://a:x/", "ftp://x/y", "file:///etc/passwd",
        "gopher://x", f"http://{LONG_NAME}/", f"http://x/{LONG_NAME}\x00", "http://\ud800/",
        "http://user:secret@127.0.0.1/", "HTTP://127.0.0.1/", "//x/y", "data:text/plain,Ten",
        "javascript:1", "--", "~nobody/x.txt", "*.txt",
    ],
)  # fmt: skip
def test_an_input_that_is_none_is_told(newsledger: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = newsledger("sentences", given, "good.txt")
    assert_told(done)
    assert "secret" not in done.err
    assert done.code == 2 or GOOD in done.out


@pytest.mark.parametrize(
    "said", [b"", b"\n", b"\xff\xfe\xfd", b"\x00", b"\x1b[2J", b"\xed\xa0\x80", b"{", b"<html>"]
)
def test_what_standard_input_says(newsledger: Run, said: bytes) -> None:
    assert_told(newsledger("quantities", "-", stdin=said.decode("latin-1")), codes=(0, 1))


# ------------------------------------------------------------------------------------- exports


def task(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "data": {"text": GOOD}, "annotations": [], **fields}


def annotated(result: Any, **fields: Any) -> dict[str, Any]:
    return task(annotations=[{"id": 5, "completed_by": 1, "result": result, **fields}])


def region(value: Any, **fields: Any) -> dict[str, Any]:
    entry = {"id": "r", "from_name": "event", "to_name": "text", "type": "choices", "value": value}
    return annotated([{**entry, **fields}])


EXPORTS: dict[str, Any] = {
    "null": None,
    "number": 7,
    "string": "tasks",
    "object": {},
    "empty": [],
    "numbers": [1, 2],
    "strings": ["a"],
    "nulls": [None],
    "lists": [[]],
    "no data": [{"id": 1, "annotations": []}],
    "data null": [task(data=None)],
    "data list": [task(data=[])],
    "text number": [task(data={"text": 3})],
    "text missing": [task(data={"body": "x"})],
    "id missing": [{"data": {"text": GOOD}, "annotations": []}],
    "id string": [task(id="one")],
    "id list": [task(id=[1])],
    "long ids": [task(data={"text": GOOD, "sentence_id": LONG_NAME, "article_id": LONG_NAME})],
    "odd ids": [task(data={"text": GOOD, "sentence_id": {"a": 1}, "article_id": [2]})],
    "annotations null": [task(annotations=None)],
    "annotations object": [task(annotations={})],
    "annotations string": [task(annotations="none")],
    "annotation null": [task(annotations=[None])],
    "annotation list": [task(annotations=[[]])],
    "result null": [annotated(None)],
    "result string": [annotated("[]")],
    "result object": [annotated({})],
    "result numbers": [annotated([1])],
    "value null": [region(None)],
    "value list": [region([])],
    "value string": [region("peace")],
    "choices null": [region({"choices": None})],
    "choices string": [region({"choices": "peace"})],
    "choices numbers": [region({"choices": [1]})],
    "choices deep": [region({"choices": [["a", ["b"]]]})],
    "choice unknown": [region({"choices": ["no such label"]})],
    "choice long": [region({"choices": [LONG_NAME]})],
    "choice escape": [region({"choices": ["\x1b[2J\x07"]})],
    "taxonomy": [region({"taxonomy": [["a", "b"]]}, type="taxonomy")],
    "control unknown": [region({"choices": ["x"]}, from_name="other")],
    "control long": [region({"choices": ["x"]}, from_name=LONG_NAME)],
    "control number": [region({"choices": ["x"]}, from_name=5)],
    "control null": [region({"choices": ["x"]}, from_name=None, type=None, to_name=None)],
    "region id list": [region({"choices": ["x"]}, id=[1])],
    "who null": [annotated([], completed_by=None)],
    "who object": [annotated([], completed_by={"email": None})],
    "who list": [annotated([], completed_by=[1])],
    "who long": [annotated([], completed_by={"id": 1, "email": LONG_NAME})],
    "who escape": [annotated([], completed_by={"id": 1, "email": "\x1b[31m@x"})],
    "when number": [annotated([], updated_at=5)],
    "when list": [annotated([], updated_at=[])],
    "cancelled string": [annotated([], was_cancelled="yes")],
    "time string": [annotated([], lead_time="long")],
    "time negative": [annotated([], lead_time=-1e300)],
    "parent list": [annotated([], parent_prediction=[1])],
    "predictions string": [task(predictions="x")],
    "drafts number": [task(drafts=5)],
}

RAW: dict[str, bytes] = {
    "nothing": b"",
    "blank": b" \n",
    "torn": b'[{"id": 1',
    "deep": deep("[", "]"),
    "deep objects": deep('{"a":', "}"),
    "digits": b"[" + b"1" * 5000 + b"]",
    "latin": b'[{"a": "\xe9"}]',
    "binary": b"\x89PNG\x00",
    "utf-16": "[]".encode("utf-16"),
    "nul": b"\x00\x00",
    "xml": b"<View/>",
    "gzip": b"\x1f\x8b\x08\x00\x00",
    "lone text": json.dumps([task()]).replace("Ten people", LONE).encode(),
    "lone label": json.dumps([region({"choices": [""]})]).replace('[""]', f'["{LONE}"]').encode(),
    "lone who": json.dumps([annotated([], completed_by={"email": "?"})])
    .replace("?", LONE)
    .encode(),
    "lone id": json.dumps([task(data={"text": GOOD, "sentence_id": "?"})])
    .replace("?", LONE)
    .encode(),
    "infinite": b'[{"id": 1e999, "data": {"text": "x"}, "annotations": []}]',
    "not a number": b'[{"id": NaN, "data": {"text": "x"}, "annotations": []}]',
    **{name: json.dumps(content).encode() for name, content in EXPORTS.items()},
}


@pytest.mark.parametrize("name", RAW)
def test_a_bad_export_is_told(newsledger: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "labels.json").write_bytes(RAW[name])
    assert_told(newsledger("train", "--labels", "labels.json"), codes=(1,))
    (tmp_path / "config.xml").write_text(config(CHOICES), encoding="utf-8")
    done = newsledger("train", "--labels", "labels.json", "--config", "config.xml")
    assert_told(done, codes=(1,))


# ---------------------------------------------------------- configurations, state, arguments

CONFIGS: dict[str, str] = {
    "nothing": "",
    "text": "labels",
    "torn": "<View><Choices",
    "other": "<html/>",
    "no control": '<View><Text name="t" value="$text"/></View>',
    "entities": '<!DOCTYPE x [<!ENTITY a "aa">]><View>&a;</View>',
    "outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><View>&a;</View>',
    "deep": "<View>" * 50_000,
    "deep and closed": "<View>" * 5000 + "</View>" * 5000,
    "half": '<View><Text name="t" value="$text"/><Choices name="e" toName="t">'
    '<Choice value="&#xD800;"/></Choices></View>',
    "control character": '<View><Text name="\x01" value="$text"/></View>',
    "no value": config('<Choices name="w" toName="body"><Choice/></Choices>'),
    "empty value": config('<Choices name="w" toName="body"><Choice value=""/></Choices>'),
    "twice": config(CHOICES, CHOICES),
    "to nowhere": config('<Choices name="w" toName="x"><Choice value="a"/></Choices>'),
    "long": config(
        f'<Choices name="{LONG_NAME}" toName="x"><Choice value="{LONG_NAME}"/></Choices>'
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_bad_configuration_is_told(newsledger: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "config.xml").write_text(CONFIGS[name], encoding="utf-8")
    (tmp_path / "labels.json").write_bytes(RAW["data list"])
    done = newsledger("train", "--labels", "labels.json", "--config", "config.xml")
    assert_told(done, codes=(1,))


STATE: dict[str, bytes] = {
    "nothing": b"",
    "torn": b'{"format": 1',
    "list": b"[]",
    "later": b'{"format": 99}',
    "much later": b'{"format": 1' + b"0" * 5000 + b"}",
    "text": b'{"format": "1"}',
    "infinite": b'{"format": 1e999}',
    "other": b'{"format": 1, "held_out": 5, "id": 5, "picked": 5, "config": 5, "start": 5}',
    "half": b'{"format": 1, "id": "\\ud800", "held_out": {"\\ud800": true}}',
    "deep": deep("[", "]"),
    "latin": b'{"format": 1, "id": "\xe9"}',
}


@pytest.mark.parametrize("content", STATE)
@pytest.mark.parametrize(
    "file",
    [
        "workspace.json", "project.json", "holdout.json", "picked.json", "models/rollback.json",
        "models/history.jsonl", "models/current", "models/m/manifest.json",
        "snapshots/0123456789abcdef/manifest.json", "snapshots/0123456789abcdef/order.json",
    ],
)  # fmt: skip
def test_a_state_file_that_is_another_is_told(
    newsledger: Run, tmp_path: Path, file: str, content: str
) -> None:
    path = tmp_path / "workspace" / file
    path.parent.mkdir(parents=True)
    path.write_bytes(STATE[content])
    (tmp_path / "labels.json").write_bytes(RAW["data list"])
    for arguments in (
        ("models",),
        ("rollback",),
        ("train", "--labels", "labels.json"),
        ("train", "--labels", "workspace/snapshots/0123456789abcdef"),
        ("prune", "--keep", "1"),
    ):
        assert_told(newsledger(*arguments))
    assert path.exists()
    assert path.read_bytes() == STATE[content]


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            (verb, option, given)
            for given in ("", "\x00", "\x1b[2J", "\udcff", LONG_NAME, "../../etc", "/dev/full")
            for verb, option in (
                ("evaluate", "--model"), ("evaluate", "--labels"), ("train", "--labels"),
                ("train", "--config"), ("promote", "--"), ("-w", "x"),
            )
        ),
        ("quantities", "-", "--policy", LONG_NAME), ("quantities", "-", "--policy", "\x1b[2J"),
        ("sentences", "good.txt", "--out", ""), ("sentences", "good.txt", "--out", "\x00.csv"),
        ("sentences", "good.txt", "--out", f"{LONG_NAME}.csv"),
        ("sentences", "good.txt", "--out", "rows.docx"), ("sentences", "good.txt", "--out", "."),
        ("sentences", "good.txt", "--out", "/dev/null/x.csv"),
        ("sentences", "good.txt", "--out", "good.txt/x.csv"),
        ("-w", LONG_NAME, "models"), ("-w", "\x00", "models"), ("-w", "good.txt", "models"),
        ("-w", "good.txt", "prune"), ("-w", "/dev/null", "train", "--labels", "good.txt"),
        ("prune", "--keep", "-1"), ("prune", "--keep", "9" * 5000), ("prune", "--keep", "x"),
    ],
)  # fmt: skip
def test_an_argument_that_is_none_is_told(
    newsledger: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    assert_told(newsledger(*arguments, stdin=GOOD))
    assert (tmp_path / "good.txt").read_text(encoding="utf-8") == GOOD
