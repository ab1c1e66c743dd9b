"""Deaths that one dies by more than one verb."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.deaths import dies_by_more, dies_then
from annotation.numbers.implied.reader import implied_persons
from annotation.numbers.implied.words import cut_words


@pytest.mark.parametrize(
    "text",
    [
        "fell to her death",
        "did not survive the crash",
        "never made it out alive",
        "could not be saved",
    ],
)
def test_a_verb_tells_of_a_death_with_what_follows(text: str) -> None:
    assert dies_by_more(cut_words(text), 0, 0, passive=False)


def test_what_others_do_to_one_is_told_in_the_passive() -> None:
    words = cut_words("was pushed to his death")
    assert dies_by_more(words, 1, 0, passive=True)
    assert not dies_by_more(words, 1, 0, passive=False)


@pytest.mark.parametrize(
    ("text", "passive", "dies"),
    [
        ("run over and died", True, True),
        ("swept away by the current and drowned", True, True),
        ("collapsed on the march and later died", False, True),
        ("slipped and fell to his death", False, True),
        ("rescued and taken to a shelter", True, False),
        ("hit by a man who fled and died", True, False),
        ("said that he was ill and died", False, False),
    ],
)
def test_who_came_to_harm_may_be_told_to_have_died(text: str, passive: bool, dies: bool) -> None:
    words = cut_words(text)
    assert dies_then(words, 0, len(words) + 1, passive=passive) is dies


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("A cyclist was run over and died.", "A cyclist"),
        ("A recruit collapsed during a march and later died.", "A recruit"),
        ("A sailor went overboard and drowned.", "A sailor"),
        ("A boy was bitten by a snake and died within hours.", "A boy"),
    ],
)
def test_one_person_who_died_of_it(text: str, one: str) -> None:
    assert [(person.text, person.harm) for person in implied_persons(text)] == [(one, "death")]


def test_one_person_who_did_not() -> None:
    assert not implied_persons("A woman was rescued and taken to a shelter.")
