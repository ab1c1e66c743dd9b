"""Where "scores" and "a few" are people."""

from __future__ import annotations

import pytest

from tests.unit.annotation.numbers.lines import texts


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Scores were killed.", "Scores"),
        ("Scores feared dead", "Scores"),
        ("Scores flee", "Scores"),
        ("Scores perished when the ferry sank.", "Scores"),
        ("The army came and scores were rounded up.", "scores"),
        ("In the camp scores may have died.", "scores"),
        ("Scores, including women, were killed.", "Scores"),
        ("Police say scores took part.", "scores"),
        ("Shelling injures scores", "scores"),
        ("The raid left scores homeless.", "scores homeless"),
        ("A handful were hurt.", "A handful"),
        ("A few survived.", "A few"),
        ("Dozens feared dead", "Dozens"),
        ("Hundreds flee", "Hundreds"),
    ],
)
def test_people(sentence: str, words: str) -> None:
    assert texts(sentence) == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        "Messi scores in final",
        "He scores twice.",
        "The team scores again",
        "Their test scores fell.",
        "Her test scores were low.",
        "A few say so.",
    ],
)
def test_what_else_they_mean(sentence: str) -> None:
    assert texts(sentence) == []
