from __future__ import annotations

from annotation.numbers.reader import read
from training.claims.sentence_words import words_of


def test_words_are_lower_cased_and_cut() -> None:
    found = words_of("Gunmen killed 12 so-called élites")
    assert found.words == ("gunmen", "killed", "12", "so-called", "élites")
    assert found.stems == ("gunme", "kille", "12", "so-ca", "élite")
    assert found.starts == (0, 7, 14, 17, 27)


def test_marks_stand_before_the_word_that_follows() -> None:
    found = words_of("“They fled, he said. (All of them) died; we stayed")
    assert found.marks == ("", "", ",", "", ".", "", "", "", ".", "")


def test_a_mention_lies_between_two_words() -> None:
    text = "They say about 12 men fled"
    assert words_of(text).around(read(text)[0]) == (2, 5)


def test_no_words() -> None:
    assert words_of("…").words == words_of("").marks == ()
