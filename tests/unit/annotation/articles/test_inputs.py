"""Articles are read from whatever people have; what is bad is told, the rest goes on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from annotation.articles.inputs import read_articles, read_presplit
from annotation.articles.sentences import split
from annotation.errors import ArticleError
from annotation.records import Article, Sentence


class Reading:
    """What came out of some inputs, and what went wrong."""

    def __init__(self, *inputs: str | Path, stdin: bytes = b"", presplit: bool = False) -> None:
        self.problems: list[ArticleError] = []
        names = [str(one) for one in inputs]
        self.articles: list[Article] = []
        self.sentences: list[Sentence] = []
        if presplit:
            self.sentences = list(
                read_presplit(names, on_problem=self.problems.append, stdin=io.BytesIO(stdin))
            )
        else:
            self.articles = list(
                read_articles(names, on_problem=self.problems.append, stdin=io.BytesIO(stdin))
            )

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.articles]

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.problems]

    def only(self) -> Article:
        assert self.messages == []
        (article,) = self.articles
        return article

    def refusal(self) -> str:
        assert not self.articles
        assert not self.sentences
        (message,) = self.messages
        return message


class FileMaker:
    """Writes a file in the current folder and gives its name."""

    def __call__(self, name: str, content: str | bytes) -> str:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileMaker:
    monkeypatch.chdir(tmp_path)
    return FileMaker()


def write_parquet(table: pa.Table) -> None:
    parquet.write_table(table, "a.parquet")  # type: ignore[no-untyped-call]


def jsonl(*objects: object) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


# Plain text


def test_a_plain_text_is_an_article_character_for_character(file: FileMaker) -> None:
    article = Reading(file("a.txt", "  Two men died 😢.\n\nThey fled. \n")).only()

    assert article.text == "  Two men died 😢.\n\nThey fled. \n"
    assert (article.title, article.url, article.source, article.published) == ("", None, None, None)


def test_the_id_is_a_hash_of_the_content_and_not_of_the_file(file: FileMaker) -> None:
    one = Reading(file("a.txt", "Two men died.")).only()
    other = Reading(file("b.txt", "Two men died.")).only()
    third = Reading(file("c.txt", "Three men died.")).only()

    assert len(one.id) == 16
    assert int(one.id, 16) >= 0
    assert one.id == other.id != third.id


def test_a_headline_is_the_title_and_stays_in_the_text(file: FileMaker) -> None:
    article = Reading(file("a.txt", "Rebels seize bridge\n\nThey came at dawn.")).only()

    assert article.title == "Rebels seize bridge"
    assert article.text.startswith("Rebels seize bridge")


@pytest.mark.parametrize(
    "text",
    [
        "They came at dawn.\n\nThey left at dusk.",
        "They came at dawn",
        "They came\nat dawn",
        f"{'They came ' * 20}\n\nThey left.",
        "“Where is he?”\n\nNobody knew.",
    ],
    ids=["a sentence", "alone", "wrapped", "too long", "a question"],
)
def test_a_first_line_that_is_no_headline_is_no_title(file: FileMaker, text: str) -> None:
    assert Reading(file("a.txt", text)).only().title == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_byte_order_mark(file: FileMaker, encoding: str) -> None:
    text = "Naïve Київ ကူညီပါ 😢\n"
    assert Reading(file("a.txt", text.encode(encoding))).only().text == text


def test_line_ends_of_a_file_are_normalised(file: FileMaker) -> None:
    assert Reading(file("a.txt", b"One.\r\nTwo.\rThree.\n")).only().text == "One.\nTwo.\nThree.\n"


# Rows


ROWS = {
    "id": "n1",
    "title": "Truce",
    "text": "It holds, for now.\r\nSo far.",
    "url": "https://news.example/1",
    "source": "Example News",
    "published": "2019-03-09",
}
WHOLE = Article(
    id="n1",
    title="Truce",
    text="It holds, for now.\r\nSo far.",
    url="https://news.example/1",
    source="Example News",
    published="2019-03-09",
)


def test_a_row_of_json_lines_is_an_article(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl(ROWS) + "\n" + jsonl({"text": "It broke.", "id": 7, "extra": []}))
    first, second = Reading(name).articles

    assert first == WHOLE
    assert (second.id, second.text, second.source) == ("7", "It broke.", None)


@pytest.mark.parametrize("content", [json.dumps([ROWS], indent=2), json.dumps(ROWS), jsonl(ROWS)])
def test_a_json_file_may_be_an_array_an_object_or_lines(file: FileMaker, content: str) -> None:
    assert Reading(file("a.json", content)).only() == WHOLE


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_row_of_a_table_is_an_article(file: FileMaker, sign: str) -> None:
    values = ['"' + value.replace('"', '""') + '"' for value in ROWS.values()]
    table = f"{sign.join(ROWS).upper()}\r\n{sign.join(values)}\r\n"
    assert Reading(file("a.csv", table)).only() == WHOLE


def test_a_row_of_a_parquet_file_is_an_article(file: FileMaker) -> None:
    write_parquet(pa.table({name: [value] for name, value in ROWS.items()}))
    assert Reading("a.parquet").only() == WHOLE


def test_parquet_may_have_numbers_for_ids_and_dates_for_dates(file: FileMaker) -> None:
    days = pa.array([0, None], pa.date32())
    table = pa.table({"text": ["One.", "Two."], "id": [1, None], "published": days})
    write_parquet(table)
    first, second = Reading("a.parquet").articles
    assert (first.id, first.published) == ("1", "1970-01-01")
    assert (len(second.id), second.published) == (16, None)


# Pages


PAGE = """<html lang="en"><head><title>Truce holds - Example News</title>
<meta property="og:title" content="Truce holds">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2019-03-09T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Truce holds</h1>
<p>The truce around the city held on Saturday, officials of both sides said in the capital.</p>
<p>Some 40 people had died in the week before it, according to the hospital, and 300 fled.</p>
</article><footer>© 2019 Example News</footer></body></html>"""


def test_a_page_has_text_title_source_and_date(file: FileMaker) -> None:
    article = Reading(file("a.html", PAGE)).only()

    assert "Some 40 people had died" in article.text
    assert "<p>" not in article.text
    assert "World" not in article.text
    assert (article.title, article.source) == ("Truce holds", "Example News")
    assert article.published == "2019-03-09"


def test_a_page_in_another_encoding_is_read_by_what_it_says(file: FileMaker) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("city", "café")
    assert "around the café held" in Reading(file("a.htm", page.encode("cp1252"))).only().text


# Folders and standard input


def test_a_folder_is_read_in_the_order_of_names_with_all_that_is_below(file: FileMaker) -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/a/y.jsonl", "in/.hidden.txt", "in/.git/c.txt"):
        file(name, jsonl({"text": name}) if name.endswith("l") else name)

    reading = Reading("in")

    assert reading.texts == ["in/b.txt", "in/a/y.jsonl", "in/a/z.txt"]
    assert reading.messages == []


def test_files_of_other_kinds_are_passed_by_and_named_once(file: FileMaker) -> None:
    for name in ("in/a.txt", "in/p.png", "in/q.md", "in/r", "in/s.json"):
        file(name, "Two men died.")

    reading = Reading("in")

    assert len(reading.articles) == 1
    assert reading.messages == [
        "in: 4 file(s) of other kinds were passed by (p.png, q.md, r and others)."
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


# What bad input gets: one sentence each, and the rest goes on


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
        "broken.json:2: is no valid JSON (Expecting value).",
    ),
    "empty.html": (b" ", "empty.html: the page is empty."),
    "bare.html": (b"<html><body></body></html>", "bare.html: no article was found in the page."),
    "columns.csv": (
        b"id,body\n1,One.\n",
        "columns.csv: has no column 'text'; its columns are 'id', 'body'.",
    ),
    "note.docx": (b"PK", "note.docx: is of no kind that newsledger reads."),
    "open.csv": (
        b'id,text\n1,One.\n2,"Two.\n' + b"3,Three.\n" * 9,
        None,
    ),
}


@pytest.mark.parametrize("name", [name for name in BAD_FILES if BAD_FILES[name][1]])
def test_a_bad_file_gets_one_sentence_and_the_rest_goes_on(file: FileMaker, name: str) -> None:
    content, sentence = BAD_FILES[name]
    reading = Reading(file(name, content), file("good.txt", "Two men died."))

    assert reading.texts == ["Two men died."]
    assert reading.messages == [sentence]


BAD_ROWS = [
    ("not json", "is no valid JSON (Expecting value, character 1)."),
    ('{"text": "One."', "is no valid JSON (Expecting ',' delimiter, character 17)."),
    ('["text"]', "is no JSON object."),
    ("{}", "the row has no 'text'; it has nothing."),
    ('{"body": "One."}', "the row has no 'text'; it has 'body'."),
    ('{"text": null}', "'text' is empty."),
    ('{"text": 5}', "'text' is a number, not text."),
    ('{"text": ["One."]}', "'text' is a list, not text."),
    ('{"text": ""}', "'text' is empty."),
    ('{"text": " "}', "'text' holds nothing but white space."),
    ('{"text": "a\\u0000b"}', "'text' is binary, not text (zero byte at 2)."),
    ('{"text": "a \\ud83d"}', "'text' holds half a character (a lone surrogate at 3)."),
    ('{"text": "One.", "id": true}', "'id' is true or false, not text."),
    ('{"text": "One.", "id": "a\\nb"}', "'id' is no usable id."),
    ('{"text": "One.", "title": 5}', "'title' is a number, not text."),
    ('{"text": "One.", "published": {}}', "'published' is an object, not text."),
]


@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS)
def test_a_bad_row_gets_one_sentence_with_its_line(
    file: FileMaker, row: str, sentence: str
) -> None:
    name = file("a.jsonl", jsonl({"text": "Before."}) + row + "\n" + jsonl({"text": "After."}))
    reading = Reading(name)

    assert reading.texts == ["Before.", "After."]
    assert reading.messages == [f"a.jsonl:2: {sentence}"]


def test_a_row_in_another_encoding_is_refused_alone(file: FileMaker) -> None:
    lines = jsonl({"text": "One."}).encode() + '{"text": "Café"}\n'.encode("latin-1")
    reading = Reading(file("a.jsonl", lines + jsonl({"text": "Three."}).encode()))

    assert reading.texts == ["One.", "Three."]
    assert reading.messages == ["a.jsonl:2: the line is not UTF-8 (byte 0xe9 in line 1)."]


def test_json_without_measure_is_refused(file: FileMaker) -> None:
    reading = Reading(file("a.jsonl", '{"text": ' + "[" * 100_000 + "\n" + jsonl({"text": "Two."})))
    assert reading.texts == ["Two."]
    assert len(reading.messages) == 1


def test_rows_of_a_table_are_told_by_the_line_in_which_they_begin(file: FileMaker) -> None:
    table = 'id,text\n1,"One.\nOne more."\n2,\n3,Two died, three fled.\n\n4,Four.\n5\n'
    reading = Reading(file("a.csv", table))

    assert reading.texts == ["One.\nOne more.", "Four."]
    assert reading.messages == [
        "a.csv:4: 'text' is empty.",
        "a.csv:5: has 3 fields under 2 columns.",
        "a.csv:8: the row has no 'text'; it has 'id'.",
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.articles.readers.table.MAX_LINE", 60)
    reading = Reading(file("open.csv", BAD_FILES["open.csv"][0]))
    assert reading.texts == ["One."]
    assert reading.messages[0].startswith("open.csv:3: cannot be read (field larger than")


def test_an_article_of_fifty_megabytes_is_refused(file: FileMaker) -> None:
    reading = Reading(file("big.txt", b"word " * 10_000_000), file("good.txt", "Two men died."))
    assert reading.texts == ["Two men died."]
    assert reading.messages == ["big.txt: the file has more than 5,000,000 characters."]


def test_a_line_without_end_is_refused_without_being_kept(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.articles.readers.json_lines.MAX_LINE", 100)
    name = file("a.jsonl", jsonl({"text": "a" * 500}, {"text": "Two."}))
    reading = Reading(name)
    assert reading.texts == ["Two."]
    assert reading.messages == ["a.jsonl:1: the line has more than 100 characters."]


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


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_a_broken_parquet_file_is_told(file: FileMaker, content: bytes) -> None:
    message = Reading(file("a.parquet", content)).refusal()
    assert message.startswith("a.parquet: cannot be read as Parquet: ")


def test_a_parquet_file_without_text_is_told(file: FileMaker) -> None:
    write_parquet(pa.table({"body": ["One."]}))
    assert (
        Reading("a.parquet").refusal() == "a.parquet: has no column 'text'; its columns are 'body'."
    )


@pytest.mark.parametrize("problem", ["latin.txt", "columns.csv", "note.docx"])
def test_a_problem_says_what_to_do(file: FileMaker, problem: str) -> None:
    (error,) = Reading(file(problem, BAD_FILES[problem][0])).problems
    assert error.hint


# Repetition


def test_the_same_article_twice_comes_once(file: FileMaker) -> None:
    name = file("a.txt", "Two men died.")
    assert Reading(name, name, file("b.txt", "Two men died.")).texts == ["Two men died."]


def test_one_id_for_two_articles_is_told(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl({"id": 1, "text": "One."}, {"id": "1", "text": "Two."}))
    reading = Reading(name)
    assert reading.texts == ["One."]
    assert reading.messages == ["a.jsonl:2: the id '1' stands for another text already."]


# Rows that are sentences


def test_rows_of_the_sentences_command_come_back_as_they_were(file: FileMaker) -> None:
    sentences = split(Article(id="n1", title="", text="Two men died. They fled.\n\nLatest News"))
    fields = ("article_id", "index", "start", "end", "text", "boilerplate")
    written = [
        {"sentence_id": s.id} | {field: getattr(s, field) for field in fields} for s in sentences
    ]
    reading = Reading(file("a.jsonl", jsonl(*written)), presplit=True)
    assert tuple(reading.sentences) == sentences


def test_a_sentence_may_come_with_nothing_but_its_text(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl({"text": "One."}, {"text": "Two."}))
    one, two = Reading(name, presplit=True).sentences
    assert (one.index, one.start, one.end, one.text) == (0, 0, 4, "One.")
    assert one.id == f"{one.article_id}:0000"
    assert one.article_id != two.article_id


def test_sentences_of_one_article_are_counted(file: FileMaker) -> None:
    table = "article_id,id,index,text\na,,,One.\na,,5,Two.\na,,,Three.\nb,s9,,Four.\n"
    sentences = Reading(file("a.csv", table), presplit=True).sentences
    assert [s.id for s in sentences] == ["a:0000", "a:0005", "a:0006", "s9"]


def test_a_sentence_is_known_by_its_place_where_both_its_ends_are_given(file: FileMaker) -> None:
    table = "article_id,start,end,text\na,0,4,One.\na,5,9,Two.\na,0,,Six.\na,0,,Ten.\na,,4,All.\n"
    reading = Reading(file("a.csv", table), presplit=True)
    assert reading.messages == []
    assert [s.id for s in reading.sentences] == ["a:0-4", "a:5-9", "a:0002", "a:0003", "a:0004"]
    assert [(s.start, s.end) for s in reading.sentences[2:]] == [(0, 4)] * 3


def test_the_lines_of_a_plain_text_are_sentences(file: FileMaker) -> None:
    text = " One.\n\nTwo. \n"
    one, two = Reading(file("a.txt", text), presplit=True).sentences
    assert (one.id, two.id) == (f"{one.article_id}:1-5", f"{one.article_id}:7-11")
    assert [text[s.start : s.end] for s in (one, two)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"text": "One.", "start": 3, "end": 9}, "'start' 3 and 'end' 9 do not fit 4 characters."),
        ({"text": "One.", "index": -1}, "'index' is no whole number from 0."),
        ({"text": "One.", "index": 1.5}, "'index' is no whole number from 0."),
        ({"title": "One."}, "the row has no 'text'; it has 'title'."),
    ],
)
def test_a_bad_sentence_is_told(file: FileMaker, row: object, sentence: str) -> None:
    name = file("a.jsonl", jsonl(row, {"text": "Two."}))
    reading = Reading(name, presplit=True)
    assert [s.text for s in reading.sentences] == ["Two."]
    assert reading.messages == [f"a.jsonl:1: {sentence}"]


def test_a_page_has_no_rows(file: FileMaker) -> None:
    assert "has no rows" in Reading(file("a.html", PAGE), presplit=True).refusal()
    assert "has no rows" in Reading("https://news.example/a", presplit=True).refusal()


def test_a_text_in_place_of_a_file_name_is_told_from_one(file: FileMaker) -> None:
    reading = Reading("Some 100 fighters surrendered near the river. " * 12, file("a.txt", "Yes."))
    assert reading.texts == ["Yes."]
    assert "File name too long" in reading.messages[0]
    assert "standard input" in reading.problems[0].hint


# What it costs


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
        import sys, annotation.articles.inputs
        heavy = {"trafilatura", "pyarrow", "lxml", "httpx"} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)
