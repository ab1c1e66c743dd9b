"""Each line is an article; a bad one is told, the rest goes on."""

from __future__ import annotations

import pytest

from tests.unit.annotation.articles.reading import ROWS, WHOLE, FileMaker, Reading, jsonl


def test_a_row_of_json_lines_is_an_article(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl(ROWS) + "\n" + jsonl({"text": "It broke.", "id": 7, "extra": []}))
    first, second = Reading(name).articles

    assert first == WHOLE
    assert (second.id, second.text, second.source) == ("7", "It broke.", None)


def test_a_row_in_another_encoding_is_refused_alone(file: FileMaker) -> None:
    lines = jsonl({"text": "One."}).encode() + '{"text": "Café"}\n'.encode("latin-1")
    reading = Reading(file("a.jsonl", lines + jsonl({"text": "Three."}).encode()))

    assert reading.texts == ["One.", "Three."]
    assert reading.messages == ["a.jsonl:2: the line is not UTF-8 (byte 0xe9 in line 1)."]


def test_json_without_measure_is_refused(file: FileMaker) -> None:
    reading = Reading(file("a.jsonl", '{"text": ' + "[" * 100_000 + "\n" + jsonl({"text": "Two."})))
    assert reading.texts == ["Two."]
    assert len(reading.messages) == 1


def test_a_line_without_end_is_refused_without_being_kept(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.articles.readers.json_lines.MAX_LINE", 100)
    name = file("a.jsonl", jsonl({"text": "a" * 500}, {"text": "Two."}))
    reading = Reading(name)
    assert reading.texts == ["Two."]
    assert reading.messages == ["a.jsonl:1: the line has more than 100 characters."]


def test_of_two_fields_of_one_name_none_is_guessed(file: FileMaker) -> None:
    twice = '{"text": "One.", "id": "1", "text": "Two."}'
    reading = Reading(file("a.jsonl", twice + '\n{"text": "Three."}\n'))
    assert reading.texts == ["Three."]
    told = "is JSON that cannot be read ('text' stands twice in one object)."
    assert reading.messages == [f"a.jsonl:1: {told}"]
    assert Reading(file("a.json", f"[{twice}]")).refusal() == f"a.json: {told}"
