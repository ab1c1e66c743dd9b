"""Rows become articles and sentences; what is bad is told, the rest goes on."""

from __future__ import annotations

import pytest

from annotation.articles.sentences import split
from annotation.records import Article
from tests.unit.annotation.articles.reading import FileMaker, Reading, jsonl


def test_the_id_is_a_hash_of_the_content_and_not_of_the_file(file: FileMaker) -> None:
    one = Reading(file("a.txt", "Two men died.")).only()
    other = Reading(file("b.txt", "Two men died.")).only()
    third = Reading(file("c.txt", "Three men died.")).only()

    assert len(one.id) == 16
    assert int(one.id, 16) >= 0
    assert one.id == other.id != third.id


BAD_ROWS = [
    ("not json", "is not valid JSON (Expecting value, character 1)."),
    ('{"text": "One."', "is not valid JSON (Expecting ',' delimiter, character 17)."),
    ('["text"]', "is not a JSON object."),
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
    ('{"text": "One.", "id": "a\\nb"}', "'id' is not a usable id."),
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


def test_the_same_article_twice_comes_once(file: FileMaker) -> None:
    name = file("a.txt", "Two men died.")
    assert Reading(name, name, file("b.txt", "Two men died.")).texts == ["Two men died."]


def test_one_id_for_two_articles_is_told(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl({"id": 1, "text": "One."}, {"id": "1", "text": "Two."}))
    reading = Reading(name)
    assert reading.texts == ["One."]
    assert reading.messages == ["a.jsonl:2: the id '1' stands for another text already."]


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


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"text": "One.", "start": 3, "end": 9}, "'start' 3 and 'end' 9 do not fit 4 characters."),
        ({"text": "One.", "index": -1}, "'index' is not a whole number, 0 or more."),
        ({"text": "One.", "index": 1.5}, "'index' is not a whole number, 0 or more."),
        ({"title": "One."}, "the row has no 'text'; it has 'title'."),
    ],
)
def test_a_bad_sentence_is_told(file: FileMaker, row: object, sentence: str) -> None:
    name = file("a.jsonl", jsonl(row, {"text": "Two."}))
    reading = Reading(name, presplit=True)
    assert [s.text for s in reading.sentences] == ["Two."]
    assert reading.messages == [f"a.jsonl:1: {sentence}"]
