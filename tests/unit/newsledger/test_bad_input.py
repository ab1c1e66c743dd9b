"""What bad articles, schemas and exports get: one sentence, exit 1, and the rest goes on.

All through the command line, with files as they come. A schema without Choices or without Labels is
no bad input: see test_any_schema. A deleted project and a revoked token need a Label Studio: see
tests/server/test_bad_input.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.newsledger.conftest import GOOD, Run
from tests.unit.newsledger.refusals import assert_refused, contents
from tests.unit.newsledger.test_any_schema import CHOICES, config, export

LONG = "Ten people fled the town. " * 200_000  # 5.2 MB


ARTICLES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty.txt: the file is empty. Put the text in, or leave it out."),
    "blank.txt": (b" \n\t\n", "blank.txt: the file holds nothing but white space."),
    "binary.txt": (b"\x89PNG\r\n\x00", "binary.txt: the file is binary, not text"),
    "latin1.txt": ("One.\nCafé.".encode("latin-1"), "not UTF-8 (byte 0xe9 in line 2)"),
    "unmarked.txt": (GOOD.encode("utf-16-le"), "unmarked.txt: the file is binary"),
    "half.txt": (b"\xff\xfeT\x00e", "half.txt: is damaged utf-16"),
    "long.txt": (LONG.encode(), "long.txt: the file has more than 5,000,000 characters."),
    "long.jsonl": (
        json.dumps({"text": LONG}).encode(),
        "long.jsonl:1: 'text' has more than 5,000,000 characters.",
    ),
    "long.html": (f"<p>{LONG * 10}</p>".encode(), "long.html: the page has more than"),
    "empty.html": (b"", "empty.html: the page is empty."),
    "no_article.html": (b"<html><body></body></html>", "no article was found in the page."),
    "torn.jsonl": (b'{"text": "Ten pe', "torn.jsonl:1: is not valid JSON"),
    "other.jsonl": (b'{"body": "Ten"}', "other.jsonl:1: the row has no 'text'; it has 'body'."),
    "other.csv": (b"id,body\n1,Ten\n", "other.csv: has no column 'text'; its columns are"),
    "torn.parquet": (b"PAR1", "torn.parquet: cannot be read as Parquet"),
    "news.odt": (b"PK\x03\x04", "news.odt: is of no kind that newsledger reads."),
    "news.docx": (
        b"PK\x03\x04",
        "news.docx: is not a DOCX file, or is damaged (BadZipFile).",
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_a_bad_article_is_left_out_with_one_sentence(
    newsledger: Run, tmp_path: Path, good: str, name: str
) -> None:
    content, said = ARTICLES[name]
    (tmp_path / name).write_bytes(content)
    done = newsledger("sentences", name, good)
    assert done.code == 1
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == [GOOD]
    (told,) = done.err.splitlines()
    assert told.startswith("left out: ")
    assert said in told


@pytest.mark.parametrize("verb", ["sentences", "quantities", "predict"])
@pytest.mark.slow
def test_a_batch_with_every_kind_of_bad_article_goes_on(
    newsledger: Run, tmp_path: Path, workspace: Path, verb: str
) -> None:
    folder = tmp_path / "batch"
    folder.mkdir()
    names = [name for name in ARTICLES if not name.startswith("long")]
    for number, name in enumerate(names):
        (folder / name).write_bytes(ARTICLES[name][0])
        (folder / f"{name}.{number}.txt").write_text(f"{number} people fled.", encoding="utf-8")
    done = newsledger(verb, "batch", "nothing.txt", "--out", "rows.jsonl")
    assert done.code == 1
    rows = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(names)
    told = done.err.splitlines()
    assert len(told) == len(names) + 2
    assert told[-2:] == [
        "left out: nothing.txt: there is no such file or folder. Is the path spelt right?",
        f"Wrote {len(rows)} rows to rows.jsonl.",
    ]


def test_bad_rows_are_named_by_line_and_the_others_are_read(
    newsledger: Run, tmp_path: Path
) -> None:
    rows = [b'{"text": "One fell."}', b"{", b'{"text": 7}', b'{"text": "Two f\xe9ll."}', b"[]"]
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join([*rows, b'{"text": "Three fell."}']))
    done = newsledger("sentences", "rows.jsonl")
    assert done.code == 1
    texts = [json.loads(line)["text"] for line in done.out.splitlines()]
    assert texts == ["One fell.", "Three fell."]
    places = [line.split(": ")[1] for line in done.err.splitlines()]
    assert places == [f"rows.jsonl:{line}" for line in (2, 3, 4, 5)]


def test_utf_16_with_its_mark_and_utf_8_with_one_are_read(newsledger: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Café raided.".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes("Café closed.".encode("utf-8-sig"))
    done = newsledger("sentences", "a.txt", "b.txt")
    assert (done.code, done.err) == (0, "")
    texts = [json.loads(line)["text"] for line in done.out.splitlines()]
    assert texts == ["Café raided.", "Café closed."]


SCHEMAS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "mine.xml cannot be read: No such file or directory."),
    "empty": (b"", "mine.xml, line 1, column 1: malformed XML"),
    "malformed": (b"<View>\n  <Text name='body'\n</View>", "mine.xml, line 3, column 1: malformed"),
    "cut off": (config(CHOICES).encode()[:-9], "malformed XML"),
    "Latin-1": (config("<!-- é -->").encode("latin-1"), "it is not UTF-8 (byte 0xe9 in line 1)"),
    "UTF-16": (config(CHOICES).encode("utf-16"), "it is not UTF-8 (byte 0xff in line 1)"),
    "neither": (config().encode(), "mine.xml has neither <Choices> nor <Labels>"),
    "two Choices": (
        config(CHOICES, CHOICES.replace('name="what"', 'name="more"')).encode(),
        "mine.xml has 2 <Choices>",
    ),
    "one name twice": (config(CHOICES, CHOICES).encode(), "the name 'what' stands at two tags"),
    "no Choice": (
        b"<View><Choices name='c' toName='t'/><Text name='t' value='$t'/></View>",
        "no <",
    ),
    "a label twice": (
        config(CHOICES.replace("fire", "flood")).encode(),
        "mine.xml: <Choices> has the alias 'flood' twice.",
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_that_cannot_be_used_changes_nothing(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    content, said = SCHEMAS[name]
    if content is not None:
        (tmp_path / "mine.xml").write_bytes(content)
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    before = contents(workspace)
    done = newsledger("train", "--labels", "mine.json", "--config", "mine.xml", "--promote")
    assert_refused(done, said)
    assert contents(workspace) == before


EXPORTS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "mine.json cannot be read: No such file or directory."),
    "empty": (b"", "mine.json is empty."),
    "torn": (b'[\n{"id": 1,', "mine.json, line 2: not JSON"),
    "binary": (b"\x00\x01", "mine.json, line 1: not JSON"),
    "Latin-1": ('["Café"]'.encode("latin-1"), "it is not UTF-8 (byte 0xe9 in line 1)"),
    "nested beyond measure": (b"[" * 100_000, "mine.json"),
    "no list": (b'{"id": 1}', "mine.json holds one JSON object, not a list of tasks."),
    "no tasks": (b"[1, 2]", "mine.json has no task that fits."),
    "JSON_MIN": (b'[{"annotation_id": 1, "annotator": 1}]', "mine.json was exported as JSON_MIN"),
    "no labels": (b"[]", "There is no labelled sentence to learn from."),
    "other field": (b'[{"id": 7, "data": {"body": "Ten"}}]', "no text in the field 'sentence'"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_cannot_be_used_changes_no_model(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    content, said = EXPORTS[name]
    if content is not None:
        (tmp_path / "mine.json").write_bytes(content)
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    before = contents(workspace / "models")
    done = newsledger("train", "--labels", "mine.json", "--config", "mine.xml", "--promote")
    assert_refused(done, said)
    assert contents(workspace / "models") == before


def test_an_export_of_another_schema_is_refused_by_its_labels(
    newsledger: Run, tmp_path: Path, workspace: Path
) -> None:
    other = CHOICES.replace("flood", "frost").replace("fire", "hail")
    (tmp_path / "other.xml").write_text(config(other), encoding="utf-8")
    labels = export(events=True, claims=True)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    before = contents(workspace)
    done = newsledger("train", "--labels", "mine.json", "--config", "other.xml", "--promote")
    said = "it has control 'spans', event type 'fire', event type 'flood'."
    assert_refused(done, "mine.json was made with another labelling configuration", said)
    assert contents(workspace) == before


@pytest.mark.slow
def test_bad_annotations_are_named_by_task_and_the_others_are_learnt(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    tasks = export(events=True, claims=False)
    unknown = {"from_name": "what", "type": "choices", "value": {"choices": ["hail"]}}
    tasks[3]["annotations"][0]["result"] = [unknown]
    tasks[5]["annotations"] = "none"
    tasks[8]["data"] = None
    (tmp_path / "mine.json").write_text(json.dumps(tasks), encoding="utf-8")
    command = ("train", "--labels", "mine.json", "--config", "mine.xml", "--group-by", "story")
    done = newsledger(*command, "--promote", "--json")
    assert done.code == 1
    assert json.loads(done.out)["promoted"]
    told = [line for line in done.err.splitlines() if line.startswith("left out: ")]
    assert [line.split(", ")[1].split(":")[0] for line in told] == ["task 3", "task 5", "task 8"]
    assert "the schema has no event type 'hail'" in told[0]
