"""Reads who came to harm and is named in the singular, without a number; nothing is learnt.

    >>> for person in implied_persons("Gunmen shot dead an inspector and wounded his son."):
    ...     print(person.text, person.harm)
    an inspector death
    his son injury

words ── names of one person ── which of them a word of harm reaches ── what it says

These are candidates: whether each is a claim, and of what kind, a model decides as it does for
numbers. What counts is decided by ``docs/codebook.md``, "The implied one".
"""

from __future__ import annotations

from dataclasses import dataclass

from annotation.numbers.implied.harm import who_is_harmed
from annotation.numbers.implied.lexicon import DEAD, DYING, HARMING, LOSSES, REMAINS
from annotation.numbers.implied.names import may_name_a_person, people_named
from annotation.numbers.implied.words import cut_words, plain_words

_OF_HARM = HARMING | DYING | DEAD | LOSSES | REMAINS | {"lost", "alive", "survive", "passed"}
"""Without such a word a sentence is not looked at."""


@dataclass(frozen=True, slots=True)
class ImpliedPerson:
    """One person who came to harm."""

    start: int
    """Where the name begins in the text, with its determiner, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    noun: str
    """The same without determiner."""
    noun_start: int
    """Where that begins; it ends with the name."""
    harm: str
    """What happened to the person; one of the values of ``HARMS``."""


def implied_persons(text: str) -> tuple[ImpliedPerson, ...]:
    """Everybody who came to harm and is named in the singular, in order and without overlaps.

    Args:
        text: a sentence.
    """
    plain = plain_words(text)
    if _OF_HARM.isdisjoint(plain) or not may_name_a_person(text, plain):
        return ()
    words = cut_words(text)
    found: list[ImpliedPerson] = []
    for one, harm in who_is_harmed(words, people_named(words)):
        start, end = words[one.first].start, words[one.last - 1].end
        noun_start = words[one.first + (not one.bare)].start
        if not found or found[-1].end <= start:
            found.append(
                ImpliedPerson(start, end, text[start:end], text[noun_start:end], noun_start, harm)
            )
    return tuple(found)
