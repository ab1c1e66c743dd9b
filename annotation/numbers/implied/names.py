"""The names of one person in a sentence: "an inspector", "her son", "one", "a cadre"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annotation.numbers.implied.clauses import REACH, behind_its_details, is_passive
from annotation.numbers.implied.lexicon import (
    AFTER_HARM,
    AFTER_PARTICIPLE,
    BEING,
    DEAD,
    DETERMINERS,
    DYING,
    HARMING,
    JOINING,
    KILLING,
    LOSSES,
    NO_PERSONS,
    PASSIVE,
    PERSONS,
    POSTMODIFIERS,
    PRONOUNS,
    REMAINS,
    SPEAKING,
    TAKEN,
    UNREAL,
)
from annotation.numbers.implied.words import TextWord, Words
from annotation.numbers.lexicon.number_words import TRIGGERS

_LONGEST_NAME = 6
"""Words from determiner to noun, at most."""
_BEFORE_A_BARE_NAME = HARMING | LOSSES | JOINING | AFTER_HARM | {"of", ":"}
_NOT_WITHIN_A_NAME = (
    HARMING
    | DYING
    | BEING
    | JOINING
    | POSTMODIFIERS
    | UNREAL
    | AFTER_PARTICIPLE
    | TRIGGERS
    | SPEAKING
)
_BEFORE_A_VERB = BEING | HARMING | DYING | DEAD | {"and"}
_NOUNS = PERSONS | REMAINS
_PARTS_OF_NOUNS = frozenset(max(word.split("-"), key=len) for word in _NOUNS | PRONOUNS)
_BEFORE_A_CAPITAL = re.compile(r"([^\W\d_]+)[\s_]+(?=[^\W\da-z_])")
_AGE = re.compile(r"\d{1,3}[-‐]years?[-‐]old|\d{1,3}")


@dataclass(frozen=True, slots=True)
class OnePerson:
    """The name of one person."""

    first: int
    """Its first word."""
    last: int
    """The word behind its last."""
    bare: bool
    """Whether it has no determiner, as in headlines."""


def may_name_a_person(text: str, plain: Collection[str]) -> bool:
    """Whether ``people_named`` may find any: the quick test that spares many a sentence the rest.

    Args:
        text: the sentence.
        plain: its words as by ``plain_words``.
    """
    # What each of the three ways of being named cannot do without, in their order.
    return (
        not _PARTS_OF_NOUNS.isdisjoint(plain)
        or not (KILLING.isdisjoint(plain) or PASSIVE.isdisjoint(plain))
        or not (
            HARMING.isdisjoint(plain)
            or HARMING.isdisjoint(map(str.lower, _BEFORE_A_CAPITAL.findall(text)))
        )
    )


def people_named(words: Words) -> tuple[OnePerson, ...]:
    """Whoever is named in the singular, in order.

    Args:
        words: the sentence.
    """
    found = (*_named(words), *_anybody(words), *_proper(words))
    return tuple(sorted(found, key=lambda one: (one.first, -one.last)))


def _named(words: Words) -> Iterator[OnePerson]:
    free = 0
    for at, word in enumerate(words):
        if word.lower in PRONOUNS and at >= free and _stands_alone(words, at):
            free = at + 1
            yield OnePerson(at, at + 1, bare=True)
        if at < free or word.lower not in _NOUNS:
            continue
        if at + 1 < len(words) and _goes_on(words[at + 1]):
            continue  # "police officer" ends later
        one = _from_determiner(words, at, free)
        if one is not None:
            free = at + 1
            yield one


def _anybody(words: Words) -> Iterator[OnePerson]:
    """Whoever *was killed*: "a cadre of the party was killed", "the fugitive was shot dead"."""
    for at, word in enumerate(words):
        before = words[at - 1].lower if at else ""
        if word.lower not in ("a", "an", "the", "his", "her") or before in POSTMODIFIERS:
            continue
        for end in range(at + 1, min(at + _LONGEST_NAME, len(words))):
            if _ends_a_name(words[end]):
                noun = words[end - 1].lower
                if end > at + 1 and _is_a_person_by(words, OnePerson(at, end, bare=False), noun):
                    yield OnePerson(at, end, bare=False)
                break
            if words[end].lower in _NOUNS:
                break


def _proper(words: Words) -> Iterator[OnePerson]:
    """People by their own names, behind a verb of harm: "killed Ahmad S. near the bridge"."""
    for at, word in enumerate(words[:-2], start=1):
        if word.lower not in HARMING or not words[at].is_name:
            continue
        end = at
        while end < len(words) and (words[end].is_name or words[end].text == "."):
            end += 1
        end -= words[end - 1].text == "." and len(words[end - 2].text) > 1
        follows = words[end].lower if end < len(words) else ""
        known = any(word.lower in PERSONS or word.lower in NO_PERSONS for word in words[at:end])
        if end - at > 1 and not known and (follows in AFTER_PARTICIPLE or not follows.isalnum()):
            yield OnePerson(at, end, bare=True)


def _is_a_person_by(words: Words, one: OnePerson, noun: str) -> bool:
    if noun in NO_PERSONS or noun.endswith("s") or is_counted(words, one.first, one.last):
        return False
    at = behind_its_details(words, one.last, min(len(words), one.last + REACH))
    while at < len(words) and words[at].lower in BEING and words[at].lower not in UNREAL:
        at += 1
    return 0 < at < len(words) and words[at].lower in KILLING and is_passive(words, one.last, at)


def _goes_on(word: TextWord) -> bool:
    """Whether a noun is only the first of a compound: "student leader", not "nurse hostage"."""
    return word.lower in PERSONS and word.lower not in TAKEN


def _stands_alone(words: Words, at: int) -> bool:
    """Whether "one", "another" stands for a person: no noun and no *of* behind it."""
    if at and words[at - 1].lower in ("no", "any", "every"):
        return False
    follows = words[at + 1] if at + 1 < len(words) else None
    return follows is None or not follows.is_word or follows.lower in _BEFORE_A_VERB


def _from_determiner(words: Words, at: int, free: int) -> OnePerson | None:
    first = at
    while first > free and at - first < _LONGEST_NAME:
        before = words[first - 1]
        if before.lower in DETERMINERS:
            return OnePerson(first - 1, at + 1, bare=False)
        if before.is_possessor:
            return OnePerson(first, at + 1, bare=True)
        earlier = words[first - 2].lower if first - free > 1 else ""
        attribute = earlier in DETERMINERS and before.lower.endswith("ed")
        if _ends_a_name(before) and not attribute:
            break
        first -= 1
    # In headlines a name begins with the line, behind a verb of harm, or with a capital.
    if first == 0 or words[first - 1].lower in _BEFORE_A_BARE_NAME:
        return None if is_counted(words, first, at) else OnePerson(first, at + 1, bare=True)
    return None


def is_counted(words: Words, first: int, at: int) -> bool:
    """Whether a number stands among some words."""
    return any(word.is_number or word.lower in TRIGGERS for word in words[first:at])


def _ends_a_name(word: TextWord) -> bool:
    """Whether a word cannot stand between a determiner and the noun."""
    if _AGE.fullmatch(word.text):
        return False
    written = word.is_word or word.text in "-/’'"
    return not written or word.is_number or word.lower in _NOT_WITHIN_A_NAME
