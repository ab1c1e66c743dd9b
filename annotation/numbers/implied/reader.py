"""Reads who came to harm and is named in the singular, without a number.

    >>> for person in implied_persons("Gunmen shot dead an inspector and wounded his son."):
    ...     print(person.text, person.harm)
    an inspector death
    his son injury

Three steps: who is named (``phrases``); who is named in one breath ("a woman and her son"); and
what the verb before or behind them says. ``docs/codebook.md`` decides what counts.
"""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotation.numbers.implied.harms import (
    ACTIVE,
    AUXILIARIES,
    BEFORE_DEAD,
    FOUND,
    INTRANSITIVE,
    NOUNS,
    PASSIVE,
    UNREAL,
    Harm,
)
from annotation.numbers.implied.phrases import Phrase, phrases
from annotation.numbers.implied.words import TextWord, cut_words

REACH = 18
"""Words behind a person, and before one, among which the verb is looked for."""

_HARM = re.compile(
    "|".join(sorted({word[:5] for word in {*ACTIVE, *PASSIVE, *INTRANSITIVE, *NOUNS}} | {"dead"}))
)
"""How every word of harm begins; a text without any is not looked at."""

_JOINTS = frozenset({",", "and", "along", "with", "as", "well", "also", "or"})
_BREAKS = frozenset(". ; : ? ! when while because although but if whether".split())
_BEHIND_PARTICIPLE = frozenset(
    "by in at on during after when and near as with while from inside outside following for along"
    " around dead to due amid under before late early over last this . , ; : ) ! ? ( -".split()
)


@dataclass(frozen=True, slots=True)
class ImpliedPerson:
    """One person who came to harm."""

    start: int
    """Where the phrase begins in the text, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    noun: str
    """Its noun, or the name."""
    noun_start: int
    """Where the noun begins; it ends with the phrase."""
    harm: Harm
    """What happened to the person."""


def implied_persons(text: str) -> tuple[ImpliedPerson, ...]:
    """Everybody who came to harm and is named in the singular, in order and without overlaps.

    Args:
        text: a sentence.
    """
    if _HARM.search(text.lower()) is None:
        return ()
    words = cut_words(text)
    found: list[ImpliedPerson] = []
    named = phrases(words)
    for number, phrase in enumerate(named):
        harm = _harm(words, named, number)
        if harm is None:
            continue
        start, end = words[phrase.first].start, words[phrase.head].end
        if phrase.is_name and words[phrase.head].text.isupper() and text[end : end + 1] == ".":
            end += len(words[phrase.head].text) == 1  # "Ahmad S."
        noun_start = start if phrase.is_name else words[phrase.head].start
        found.append(
            ImpliedPerson(start, end, text[start:end], text[noun_start:end], noun_start, harm)
        )
    return tuple(found)


def _harm(words: Sequence[TextWord], named: Sequence[Phrase], number: int) -> Harm | None:
    """What happened to a person: by the word right before, else behind, else further before."""
    phrase = named[number]
    if phrase.is_body:
        near = words[max(0, phrase.first - 3) : phrase.end + 4]
        return "death" if any(word.lower in FOUND for word in near) else None
    beside = _beside(words, phrase.first - 1)
    if beside is not None:
        return beside
    last = number  # "a woman and her son were killed": one verb for both
    while last + 1 < len(named) and _joined(words, named[last].end, named[last + 1].first):
        last += 1
    for place in range(number, last + 1):
        harm = _behind(words, named[place].end)
        if harm is not None:
            return harm
    if phrase.first and words[phrase.first - 1].lower in _JOINTS:
        return _before(words, phrase.first - 2)
    return None


def _joined(words: Sequence[TextWord], end: int, first: int) -> bool:
    between = {word.lower for word in words[end:first]}
    return bool(between) and between <= _JOINTS


def _beside(words: Sequence[TextWord], place: int) -> Harm | None:
    """The harm of a verb or noun whose object begins right behind this place."""
    while place >= 0 and words[place].lower in ("also", "at", "least", "up", "only", "down"):
        place -= 1
    if place < 0:
        return None
    word = words[place].lower
    before = words[place - 1].lower if place else ""
    if word == "of" and before in NOUNS:
        return NOUNS[before] if _is_real(words, place - 1) else None
    if word == "dead" and before in BEFORE_DEAD:
        return "death"
    if word in ACTIVE and before not in AUXILIARIES:
        return ACTIVE[word] if _is_real(words, place) else None
    return None


def _before(words: Sequence[TextWord], place: int) -> Harm | None:
    """The harm of a verb with several objects, of which one ends at this place."""
    for at in range(place, max(-1, place - REACH), -1):
        word = words[at].lower
        if word in _BREAKS or word in AUXILIARIES or word in ("by", "who", "said"):
            return None
        harm = _beside(words, at)
        if harm is not None:
            return harm
    return None


def _behind(words: Sequence[TextWord], end: int) -> Harm | None:
    """The harm of the verb whose subject ends here."""
    auxiliary = False
    for at in range(end, min(end + REACH, len(words))):
        word = words[at].lower
        if word in _BREAKS or word in UNREAL:
            return None
        if word in AUXILIARIES:
            auxiliary = True
        elif _is_death(words, at, first=at == end, near=auxiliary or at < end + 4):
            return "death"
        elif word in PASSIVE:
            reduced = at <= end + 1 and _no_object(words, at)  # "a soldier killed in action"
            return PASSIVE[word] if auxiliary or reduced else None
        elif word in INTRANSITIVE:
            return INTRANSITIVE[word]
        elif _other_verb(word, auxiliary=auxiliary, first=at == end):
            return None
    return None


def _other_verb(word: str, *, auxiliary: bool, first: bool) -> bool:
    """Whether what follows is about somebody else, or something else that the person did."""
    if auxiliary and word in ("after", "before", "by", "that"):
        return True
    return word in ACTIVE or (first and not auxiliary and word.endswith("ed"))


def _is_death(words: Sequence[TextWord], at: int, *, first: bool, near: bool) -> bool:
    """Whether "shot *dead*" or "beaten to *death*" stands here, behind a person."""
    word, before = words[at].lower, words[at - 1].lower
    if word == "dead":
        return first or before in BEFORE_DEAD
    return word == "death" and before == "to" and near


def _no_object(words: Sequence[TextWord], at: int) -> bool:
    return at + 1 >= len(words) or words[at + 1].lower in _BEHIND_PARTICIPLE


def _is_real(words: Sequence[TextWord], at: int) -> bool:
    """Whether the words before say that it has happened."""
    before = [word.lower for word in words[max(0, at - 3) : at]]
    if UNREAL.intersection(before):
        return False
    return not (before and before[-1] == "to" and before[-2:-1] != ["managed"])
