from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.numbers.reader import read
from training.claims.sentence_words import WORD, stem_of, words_of


def test_words_are_lower_cased_and_cut() -> None:
    found = words_of("Gunmen killed 12 so-called élites")
    assert found.words == ("gunmen", "killed", "12", "so-called", "élites")
    assert found.stems == ("gunmen", "kill", "12", "so-cal", "élit")
    assert found.starts == (0, 7, 14, 17, 27)


@pytest.mark.parametrize(
    "forms",
    [
        "kill kills killed killing killings",
        "house houses housed",
        "murder murders murdered murdering",
        "attack attacks attacked",
        "wound wounded wounds",
        "soldier soldiers soldier's soldier’s",
    ],
)
def test_forms_of_a_word_are_one(forms: str) -> None:
    assert len({stem_of(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("somebody", "something"),
    [
        ("attackers", "attacks"),
        ("households", "houses"),
        ("villagers", "villages"),
        ("strikers", "strikes"),
        ("bombers", "bombed"),
        ("tankers", "tanks"),
        ("militants", "military"),
        ("residents", "residences"),
        ("missionaries", "missing"),
        ("settlers", "settlements"),
    ],
)
def test_who_does_something_is_another_word_than_what_is_done(
    somebody: str, something: str
) -> None:
    assert stem_of(somebody) != stem_of(something)


def test_marks_stand_before_the_word_that_follows() -> None:
    found = words_of("“They fled, he said. (All of them) died; we stayed")
    assert found.marks == ("", "", ",", "", ".", "", "", "", ".", "")


@given(st.text(alphabet=st.sampled_from("aBé'’-_., ;1İß🙂"), max_size=30))
def test_each_word_begins_where_it_stands_and_has_its_mark(text: str) -> None:
    found, expected = words_of(text), list(WORD.finditer(text))
    assert found.words == tuple(word[0].lower() for word in expected)
    assert found.starts == tuple(word.start() for word in expected)
    assert len(found.marks) == len(found.stems) == len(expected)


def test_a_mention_lies_between_two_words() -> None:
    text = "They say about 12 men fled"
    assert words_of(text).around(read(text)[0]) == (2, 5)


def test_no_words() -> None:
    assert words_of("…").words == words_of("").marks == ()
