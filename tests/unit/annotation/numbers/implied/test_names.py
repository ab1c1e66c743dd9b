"""The ways in which one person is named, and those in which nobody is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotation.numbers.implied.names import may_name_a_person, people_named
from annotation.numbers.implied.reader import implied_persons
from annotation.numbers.implied.words import cut_words
from annotation.numbers.reader import read

FOUND = (
    ("Gunmen shot dead an inspector.", ["an inspector"]),
    ("A blast killed a woman and her son.", ["a woman", "her son"]),
    ("The wounded driver succumbed to his injuries.", ["The wounded driver"]),
    ("The body of a man was found near the river.", ["a man"]),
    ("Residents found a body in the canal.", ["a body"]),
    ("Bomber kills officer in Karachi", ["officer"]),
    ("PATTANI: Teacher shot dead", ["Teacher"]),
    ("One was killed and three were hurt.", ["One"]),
    ("The explosion killed one and wounded five.", ["one"]),
    ("One soldier was killed and another wounded.", ["another"]),
    ("A 12-year-old girl was killed by a stray bullet.", ["A 12-year-old girl"]),
    ("A member of the town council was shot dead at home.", ["A member"]),
    ("A constable who guarded the team was shot dead.", ["A constable"]),
    ("An old woman who could not walk died in the flames.", ["An old woman"]),
    ("A policewoman and seven neighbours were hurt.", ["A policewoman"]),
    ("Militants took a nurse hostage.", ["a nurse"]),
    ("A cadre of the party was killed near Bastar.", ["A cadre"]),
    ("Among the dead were a woman and a child.", ["a woman", "a child"]),
    ("The father lost both legs.", ["The father"]),
    ("Police killed a suspected militant.", ["a suspected militant"]),
    ("He mourned the killing of a judge.", ["a judge"]),
    ("Shelling left a boy dead.", ["a boy"]),
    # an object whose noun is on no list
    ("The blast killed a cobbler and hurt his niece.", ["a cobbler", "his niece"]),
    ("Gunmen abducted a Dane near Wau.", ["a Dane"]),
    ("A plumber was strangled in his shop.", ["A plumber"]),
    ("A watchman was clubbed to death in Lagos.", ["A watchman"]),
    # own names
    ("Carlos Mendes, 47, was gunned down.", ["Carlos Mendes"]),
    ("Nadia Haddad, 61, was abducted on Sunday.", ["Nadia Haddad"]),
    ("On Monday Nadia Haddad was arrested.", ["Nadia Haddad"]),
    ("Selma, 9, was wounded.", ["Selma"]),
    ("Sheikh Nasser bin Omar died in custody.", ["Sheikh Nasser bin Omar"]),
    ("Nadia Haddad and her driver were killed.", ["Nadia Haddad", "her driver"]),
    ("The rebels captured Colonel Nasser Omar.", ["Colonel Nasser Omar"]),
    ("Three people (two men and a woman) were shot.", ["a woman"]),
)
"""A sentence, and whom it names."""

NOBODY = (
    "One of the hostages died.",
    "Two men were killed and his body was not found.",
    "An attack on the town was repelled.",
    "A gunman killed two people.",
    "The minister said a man could be killed.",
    "Police tried to arrest a suspect.",
    "A number of fighters were killed.",
    "A family was killed in Idlib.",
    "Two youths who had committed a robbery were lynched.",
    "A cow was killed by the mine.",
    "The convoy was attacked and a truck was burned.",
    "The offensive has killed at least 159 civilians.",
    "No one was killed.",
    "The staff of an orphanage were kidnapped.",
    "The army killed a bill and killed a day later.",
    "Al Aqsa Front were arrested.",
    "Tel Rifaat was hit and Nadia Haddad was there.",
    "Nadia Haddad said that 12 were killed.",
    "Dozens Hurt In Mali Ambush",
    "Selma was seen, 9 were wounded.",
)


_PIECES = st.sampled_from(
    [
        "a",
        "the",
        "his",
        "man",
        "passer-by",
        "brother-in-law",
        "one",
        "another",
        "body",
        "cadre",
        "killed",
        "Killed",
        "KILLED",
        "was",
        "found",
        "of",
        "the",
        "and",
        "Ahmad",
        "S.",
        "Émile",
        ",",
        ".",
        "-",
        "shot",
        "held",
        "took",
        "hostage",
        "died",
        "grocer",
        "34",
    ]
)


@given(st.lists(_PIECES, max_size=9).map(" ".join))
@example("S. died")
@example("S. T. died")
def test_the_quick_test_passes_whoever_is_named(text: str) -> None:
    words = re.findall("[a-z]+", text.lower())

    assert may_name_a_person(text, words) or not people_named(cut_words(text))


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_one_person_harmed_is_found_by_name(text: str, names: list[str]) -> None:
    found = implied_persons(text)
    assert [one.text for one in found] == names
    for one in found:
        assert text[one.start : one.end] == one.text
        assert text[one.noun_start : one.end] == one.noun


@pytest.mark.parametrize("text", NOBODY)
def test_groups_things_doers_and_what_has_not_happened_are_none(text: str) -> None:
    assert implied_persons(text) == ()


def test_they_stand_among_the_numbers_and_never_on_one() -> None:
    found = read("A mine killed a driver, two passengers and one child.", implied=True)
    assert [(one.text, one.implied) for one in found] == [
        ("a driver", True),
        ("two passengers", False),
        ("one child", False),
    ]


@given(st.text(alphabet="aAdnekilst boy1.,;()'-\nI", max_size=200))
def test_any_text_is_read_and_every_offset_slices(text: str) -> None:
    for one in read(text, implied=True):
        assert text[one.start : one.end] == one.text
