"""Whether a word of harm tells of what has happened."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.unreal import (
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


def test_what_was_done_in_vain_or_not_at_all() -> None:
    assert all(is_in_vain(one.split()) for one in ("failed to save", "didn't", "unable to keep"))
    assert not is_in_vain(["divers", "saved", "them"])


def test_of_whom_none_is_meant() -> None:
    assert all(is_none_of(one.split()) for one in ("none of the", "neither of", "not one of the"))
    assert not is_none_of(["at", "least", "one", "of", "the"])


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
