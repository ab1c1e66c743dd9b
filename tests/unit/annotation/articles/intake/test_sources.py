"""Files, folders and standard input are found; what is bad is told, the rest goes on."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from annotation.articles.intake.inputs import read_articles
from annotation.articles.readers.registry import SUFFIXES
from tests.unit.annotation.articles.reading import FileMaker, Reading, jsonl


def test_a_folder_is_read_in_the_order_of_names_with_all_that_is_below(file: FileMaker) -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/a/y.jsonl", "in/.hidden.txt", "in/.git/c.txt"):
        file(name, jsonl({"text": name}) if name.endswith("l") else name)

    reading = Reading("in")

    assert reading.texts == ["in/b.txt", "in/a/y.jsonl", "in/a/z.txt"]
    assert reading.messages == []


def test_files_of_other_kinds_are_passed_by_and_named_once(file: FileMaker) -> None:
    for name in ("in/a.txt", "in/p.png", "in/q.xyz", "in/r", "in/s.json"):
        file(name, "Two men died.")

    reading = Reading("in")

    assert len(reading.articles) == 1
    assert reading.messages == [
        "in: files of other kinds were skipped: p.png, q.xyz, r and 1 more."
    ]


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    assert "holds no articles" in Reading(tmp_path).refusal()


def test_standard_input_may_be_a_plain_text() -> None:
    article = Reading("-", stdin=b"\n Two men died.\n{They} fled.").only()
    assert article.text == "\n Two men died.\n{They} fled."


def test_standard_input_may_be_json_lines() -> None:
    reading = Reading("-", stdin=("\n" + jsonl({"text": "One."}, {"text": "Two."})).encode())
    assert reading.texts == ["One.", "Two."]


def test_standard_input_is_left_open() -> None:
    stream = io.BufferedReader(io.BytesIO(b"One."))
    assert [a.text for a in read_articles(["-"], on_problem=print, stdin=stream)] == ["One."]
    assert not stream.closed


BAD_FILES = {
    "empty.txt": (b"", "empty.txt: the file is empty."),
    "blank.txt": (b" \n\t", "blank.txt: the file holds nothing but white space."),
    "binary.txt": (
        b"\x7fELF\0\1",
        "binary.txt: the file is binary, not text (zero byte at 5).",
    ),
    "latin.txt": (
        "One.\nCafé bombed.".encode("latin-1"),
        "latin.txt: the file is not UTF-8 (byte 0xe9 in line 2).",
    ),
    "cut.txt": (
        "One.".encode("utf-16")[:-1],
        "cut.txt: is damaged utf-16-le (truncated data).",
    ),
    "empty.jsonl": (b"\n\n", "empty.jsonl: the file is empty."),
    "empty.csv": (b"", "empty.csv: the file is empty, or its first line is."),
    "empty.json": (b"", "empty.json: the file is empty."),
    "broken.json": (
        b'[{"text": "One."},\n',
        "broken.json:2: is not valid JSON (Expecting value).",
    ),
    "empty.html": (b" ", "empty.html: the page is empty."),
    "bare.html": (b"<html><body></body></html>", "bare.html: no article was found in the page."),
    "columns.csv": (
        b"id,body\n1,One.\n",
        "columns.csv: has no column 'text'; its columns are 'id', 'body'.",
    ),
    "note.odt": (b"PK", "note.odt: is of no kind that newsledger reads."),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_the_rest_goes_on(file: FileMaker, name: str) -> None:
    content, sentence = BAD_FILES[name]
    reading = Reading(file(name, content), file("good.txt", "Two men died."))

    assert reading.texts == ["Two men died."]
    assert reading.messages == [sentence]


@pytest.mark.parametrize("problem", ["latin.txt", "columns.csv", "note.odt"])
def test_a_problem_says_what_to_do(file: FileMaker, problem: str) -> None:
    (error,) = Reading(file(problem, BAD_FILES[problem][0])).problems
    assert error.hint


def test_a_missing_file_is_told() -> None:
    assert Reading("nowhere.txt").refusal() == "nowhere.txt: there is no such file or folder."


def test_a_file_that_may_not_be_read_is_told(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = file("a.txt", "One.")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr(Path, "open", forbidden)
    assert Reading(name).refusal() == "a.txt: cannot be read: Permission denied."


def test_a_text_in_place_of_a_file_name_is_told_from_one(file: FileMaker) -> None:
    reading = Reading("Some 100 fighters surrendered near the river. " * 12, file("a.txt", "Yes."))
    assert reading.texts == ["Yes."]
    assert "File name too long" in reading.messages[0]
    assert "standard input" in reading.problems[0].hint


def test_reading_streams(file: FileMaker) -> None:
    """The first article is there before the second line is looked at."""
    stream = io.BufferedReader(Endless(), 1024)
    found = read_articles(["-"], on_problem=print, stdin=stream)
    assert [next(found).text for _ in range(3)] == ["Row 1.", "Row 2.", "Row 3."]


class Endless(io.RawIOBase):
    """A stream of JSON lines that never ends."""

    def __init__(self) -> None:
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        self.count += 1
        assert self.count < 1000, "it reads on and on"
        line = jsonl({"text": f"Row {self.count}."}).encode()
        memoryview(buffer)[: len(line)] = line  # type: ignore[arg-type]
        return len(line)


def test_importing_it_loads_no_reader_of_pages_or_tables() -> None:
    code = """
        import sys, annotation.articles.intake.inputs
        heavy = {"trafilatura", "pyarrow", "lxml", "httpx"} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)


def test_web_pages_have_no_rows_and_neither_has_an_address() -> None:
    reading = Reading("https://news.example/a", presplit=True)
    assert reading.refusal() == "https://news.example/a: a web page has no rows."


def test_the_hint_names_every_kind_of_file(file: FileMaker) -> None:
    (error,) = Reading(file("note.odt", "One.")).problems
    assert error.hint.startswith("It reads .txt, ")
    assert error.hint.endswith(f", {SUFFIXES[-2]} and {SUFFIXES[-1]}.")
    assert [suffix for suffix in SUFFIXES if suffix not in error.hint] == []


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_input_never_means_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("Two men died.")
    reading = Reading(empty)
    assert reading.articles == []
    assert reading.messages == ["An input is empty; it names no file and no folder."]


@pytest.mark.parametrize("name", ["p.txt", "p.jsonl", "p.json", "p.csv", "p.html", "p.parquet"])
@pytest.mark.parametrize("named", ["itself", "folder", "link"])
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path, name: str, named: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(tmp_path / name if named == "link" else folder / name)
    if named == "link":
        (folder / name).symlink_to(tmp_path / name)
    (folder / "good.txt").write_text("Two men died.")
    reading = Reading(folder, folder / name)
    assert reading.texts == ["Two men died."]
    assert f"{folder / name}: is a pipe or a device, not a file." in reading.messages


def test_a_device_is_refused() -> None:
    assert "is a pipe or a device" in Reading("/dev/zero").refusal()


def test_a_link_to_a_folder_elsewhere_is_told_and_one_in_a_circle_is_not(tmp_path: Path) -> None:
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "more.txt").write_text("Nine men died.")
    (tmp_path / "in" / "good.txt").write_text("Two men died.")
    (tmp_path / "in" / "below" / "up").symlink_to("..")
    (tmp_path / "in" / "link").symlink_to("../elsewhere")
    reading = Reading(tmp_path / "in")
    assert reading.texts == ["Two men died."]
    (told,) = reading.problems
    assert told.message == f"{tmp_path}/in/link: is a link to a folder elsewhere and was passed by."
    assert told.hint == "Name that folder itself, too."
