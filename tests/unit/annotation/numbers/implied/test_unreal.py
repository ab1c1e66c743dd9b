"""Whether a word of harm tells of what has happened."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.unreal import (
    before_none_of,
    has_not_happened,
    is_in_supposition,
    is_in_vain,
    is_none_of,
    is_only_supposed,
    is_sentenced_to_death,
    lives_on,
)


@pytest.mark.parametrize(
    "text",
    [
        "were not killed",
        "have never killed",
        "didn't kill",
        "weren’t killed",
        "were nearly killed",
        "almost killed",
        "could have been killed",
        "would kill",
        "might kill",
        "threatened to kill",
        "are to be executed",
        "without killing",
        "escaped being killed",
        "saved them from being killed",
        "in danger of being killed",
        "came close to killing",
    ],
)
def test_what_has_not_happened(text: str) -> None:
    *before, word = text.split()
    assert has_not_happened(before, word)


@pytest.mark.parametrize(
    "text",
    [
        "were killed",
        "not only killed",
        "may have killed",
        "must have been killed",
        "in may killed",
        "managed to kill",
        "went on to kill",
        "a knife used to kill",
        "are said to have killed",
        "to be killed",  # "the first journalists to be killed"
        "admitted to killing",
        "accused of killing",
        "could not save them from drowning",
        "not far away they killed",
    ],
)
def test_what_has(text: str) -> None:
    *before, word = text.split()
    assert not has_not_happened(before, word)


def test_what_is_only_supposed_or_denied() -> None:
    for text in ("if", "unclear whether the", "denied that", "no evidence that", "not true that"):
        assert is_only_supposed(text.split())
    for text in ("", "said that", "denied reports that", "killed the"):
        assert not is_only_supposed(text.split())
    for text in ("did not deny that", "no doubt that", "nobody denies", "couldn’t deny the"):
        assert not is_only_supposed(text.split())
    assert is_in_supposition(["asked", "if", "the", "flood", "had"])
    assert not is_in_supposition(["asked", "if", "he", "regretted", "the", "attack", "that"])


@pytest.mark.parametrize(
    "text",
    [
        "denied that its troops had",
        "denied its troops",
        "denied the soldiers had fired at the crowd and",
        "denied that its men had shot and",
        "denies that the strike has",
        "no evidence that police bullets had",
        "not true that the strike",
        "disputes that its strike",
    ],
)
def test_a_deed_that_is_denied_is_only_supposed(text: str) -> None:
    assert is_in_supposition(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "denied responsibility for the attack that",
        "denied that it was behind the strike that",
        "denied that the blast which",
        "denied the charge and",
        "did not deny that its troops",
        "a dispute that has",
        "who had been denied a visa",
        "a group that denied the result",
        "nobody denies that the troops",
        "dismissed reports that its troops",
        "denied reports that its troops",
    ],
)
def test_a_deed_of_which_something_else_is_denied_is_not(text: str) -> None:
    assert not is_in_supposition(text.split())


def test_whoever_stands_beside_those_is_denied_with_them() -> None:
    assert is_only_supposed(["denied", "that", "nine", "villagers", "and"])
    assert not is_only_supposed(["said", "that", "nine", "villagers", "and"])
    assert not is_only_supposed(["denied", "an", "appeal", "and"])


def test_what_was_done_in_vain_or_not_at_all() -> None:
    assert all(is_in_vain(one.split()) for one in ("failed to save", "didn't", "unable to keep"))
    assert not is_in_vain(["divers", "saved", "them"])


def test_of_whom_none_is_meant() -> None:
    assert all(is_none_of(one.split()) for one in ("none of the", "neither of", "not one of the"))
    assert all(is_none_of(one.split()) for one in ("no one among the", "nobody of the", "any of"))
    assert not is_none_of(["at", "least", "one", "of", "the"])
    assert before_none_of(["he", "denied", "that", "none", "of", "the"]) == ["he", "denied", "that"]
    assert before_none_of(["any", "of", "the"]) is None


def test_who_lives_on() -> None:
    assert all(
        lives_on(one.split())
        for one in ("escaped death", "face execution", "rescued from drowning")
    )
    assert not lives_on(["starved", "to", "death"])
    assert not lives_on(["fled", "and", "escaped"])


def test_a_sentence_of_death_is_no_death() -> None:
    assert is_sentenced_to_death("condemned", ["five", "rebels", "to", "death"])
    assert not is_sentenced_to_death("condemned", ["the", "killing", "of", "five"])
    assert not is_sentenced_to_death("beaten", ["to", "death"])
