"""Finds people harmed who are named in the singular, each a claim of one; nothing is learnt.

    >>> [one] = implied("Gunmen shot dead an inspector near the market.")
    >>> one.text, one.low, one.high, one.implied
    ('an inspector', Decimal('1'), Decimal('1'), True)

words ── names of one person ── which of them a word of harm reaches ── mentions

These are candidates: whether each is a claim, and of what kind, a model decides as it does for
numbers. What counts is decided by ``docs/codebook.md``, "The implied one".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from annotation.attribution.words import Word, cut
from annotation.implied.lexicon import (
    AFTER_HARM,
    AFTER_PARTICIPLE,
    BEING,
    DEAD,
    DETERMINERS,
    DYING,
    HARMING,
    JOINING,
    LOSSES,
    PERSONS,
    POSTMODIFIERS,
    PRONOUNS,
    REMAINS,
    TAKEN,
    TAKING,
    UNREAL,
)
from annotation.numbers.lexicon.number_words import TRIGGERS
from annotation.numbers.reader import LONGEST, Mention, read

Words = tuple[Word, ...]

_ONE = Decimal(1)
_LONGEST_NAME = 6
"""Words from determiner to noun."""
_REACH = 14
"""Words between one who is harmed and the participle that says so."""
_HARM = re.compile(
    rf"\b(?:{'|'.join(sorted(HARMING | DYING | DEAD | LOSSES | REMAINS))})\b", re.IGNORECASE
)
_AGE = re.compile(r"\d{1,3}[-‐]years?[-‐]old|\d{1,3}")


@dataclass(frozen=True, slots=True)
class _One:
    """The name of one person."""

    first: int
    """Its first word."""
    last: int
    """The word behind its last."""
    bare: bool
    """Whether it has no determiner, as in headlines."""


def implied(text: str) -> tuple[Mention, ...]:
    """The people harmed whom a sentence names in the singular, in order; never raises.

    Args:
        text: the sentence; what is longer than the reader of numbers reads is cut as there.

    Returns:
        Mentions with the value one, ``implied``; their offsets refer to ``text``.
    """
    text = text[:LONGEST]
    if not _HARM.search(text):
        return ()
    words = cut(text)
    named = tuple(_named(words))
    reached = [_is_harmed(words, one) for one in named]
    for number in range(len(named) - 1, 0, -1):
        if reached[number] and _joined(words, named[number - 1], named[number]):
            reached[number - 1] = True
    for number in range(1, len(named)):
        if reached[number - 1] and _joined(words, named[number - 1], named[number]):
            reached[number] = True
    return tuple(
        _mention(text, words, one) for one, harmed in zip(named, reached, strict=True) if harmed
    )


def with_implied(text: str) -> tuple[Mention, ...]:
    """Every numeric mention of a sentence and the implied ones beside them, in order.

    Args:
        text: the sentence.

    Returns:
        What ``read`` finds, and of ``implied`` what shares no character with it.
    """
    counted = read(text)
    ones = [
        one
        for one in implied(text)
        if all(one.end <= other.start or other.end <= one.start for other in counted)
    ]
    return tuple(sorted((*counted, *ones), key=lambda one: one.start)) if ones else counted


def _mention(text: str, words: Words, one: _One) -> Mention:
    start, end = words[one.first].start, words[one.last - 1].end
    noun = text[words[one.first + (not one.bare)].start : end]
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        number_start=start,
        number_end=end,
        low=_ONE,
        high=_ONE,
        modifier="exactly",
        unit="count",
        noun=noun or None,
        implied=True,
    )


# ── Names of one person ──────────────────────────────────────────────────────────────────────


def _named(words: Words) -> Iterator[_One]:
    free = 0
    for at, word in enumerate(words):
        if word.lower in PRONOUNS and at >= free and _stands_alone(words, at):
            free = at + 1
            yield _One(at, at + 1, bare=True)
        if at < free or not (word.lower in PERSONS or word.lower in REMAINS):
            continue
        if at + 1 < len(words) and _goes_on(words[at + 1]):
            continue  # "police officer" ends later
        one = _from_determiner(words, at, free)
        if one is not None:
            free = at + 1
            yield one


def _goes_on(word: Word) -> bool:
    """Whether a noun is only the first of a compound: "student leader", not "nurse hostage"."""
    return word.lower in PERSONS and word.lower not in TAKEN


def _stands_alone(words: Words, at: int) -> bool:
    """Whether "one", "another" stands for a person: no noun and no *of* behind it."""
    follows = words[at + 1] if at + 1 < len(words) else None
    if follows is None or not follows.is_word:
        return True
    lower = follows.lower
    return lower in BEING or lower in HARMING or lower in DYING or lower in DEAD or lower == "and"


def _from_determiner(words: Words, at: int, free: int) -> _One | None:
    first = at
    while first > free and at - first < _LONGEST_NAME:
        before = words[first - 1]
        if before.lower in DETERMINERS:
            return _One(first - 1, at + 1, bare=False)
        if before.is_possessor:
            return _One(first, at + 1, bare=True)
        earlier = words[first - 2].lower if first - free > 1 else ""
        if _ends_a_name(before) and not (before.lower in DEAD and earlier in DETERMINERS):
            break
        first -= 1
    # In headlines a name begins with the line, behind a verb of harm, or with a capital.
    if first == 0 or words[first - 1].lower in HARMING | LOSSES | JOINING | AFTER_HARM | {
        "of",
        ":",
    }:
        return None if _counted(words, first, at) else _One(first, at + 1, bare=True)
    return None


def _counted(words: Words, first: int, at: int) -> bool:
    return any(word.is_number or word.lower in TRIGGERS for word in words[first:at])


def _ends_a_name(word: Word) -> bool:
    """Whether a word cannot stand between a determiner and the noun."""
    if _AGE.fullmatch(word.text):
        return False
    lower = word.lower
    return (
        not (word.is_word or word.text in "-/’'")
        or lower in HARMING
        or lower in DYING
        or lower in BEING
        or lower in JOINING
        or lower in POSTMODIFIERS
        or lower in UNREAL
        or lower in AFTER_PARTICIPLE
        or lower in TRIGGERS
        or word.is_number
    )


# ── What reaches them ────────────────────────────────────────────────────────────────────────


def _is_harmed(words: Words, one: _One) -> bool:
    return _is_object(words, one) or _is_subject(words, one) or _is_lost(words, one)


def _is_object(words: Words, one: _One) -> bool:
    """Objects: "shot dead an inspector", "leaving a child dead", "took a nurse hostage"."""
    at = one.first - 1
    while at >= 0 and words[at].lower in AFTER_HARM and words[at].lower not in HARMING:
        at -= 1
    if at < 0:
        return False
    verb = words[at].lower
    if verb in ("leaving", "left", "leaves") and _next(words, one.last) in DEAD:
        return True
    if verb not in HARMING or _is_unreal(words, at):
        return False
    if verb in TAKING:
        near = [word.lower for word in words[at + 1 : one.last + 3]]
        return not TAKEN.isdisjoint(near)
    # "the wounded driver" is no object; "was killed a man" is none either
    return at == 0 or words[at - 1].lower not in DETERMINERS


def _is_subject(words: Words, one: _One) -> bool:
    """Subjects: "a man was killed", "his son died", "woman shot dead in Cali"."""
    at, end = one.last, min(len(words), one.last + _REACH)
    at = _behind_what_is_told_of_them(words, at, end)
    passive = False
    while at < end and words[at].lower in BEING:
        if words[at].lower in UNREAL:
            return False
        passive = passive or words[at].lower in (
            "was",
            "were",
            "is",
            "been",
            "being",
            "found",
            "got",
        )
        at += 1
    if at >= end:
        return False
    word = words[at].lower
    if word in DYING:
        return True
    if word in DEAD and (passive or word != "shot"):
        return passive or _next(words, at + 1) in AFTER_PARTICIPLE | {"", ".", ","}
    if word not in HARMING or not word.endswith(("ed", "en", "shot", "struck", "slain", "hurt")):
        return False
    if word in TAKING:
        return passive and _next(words, at + 1) in TAKEN
    return passive or _next(words, at + 1) in AFTER_PARTICIPLE | {"", "."}


def _behind_what_is_told_of_them(words: Words, at: int, end: int) -> int:
    """Behind apposition, age and place: "a man, 34, from the town,", "a member of the council"."""
    while at < end:
        word = words[at]
        if word.lower in POSTMODIFIERS:
            at += 1
            while at < end and not _ends_a_phrase(words[at]):
                at += 1
        elif word.text in ",(" and at + 1 < end:
            close = next((n for n in range(at + 1, end) if words[n].text in ",)"), None)
            if close is None or any(_ends_a_phrase(one) for one in words[at + 1 : close]):
                return at
            at = close + 1
        else:
            return at
    return at


def _ends_a_phrase(word: Word) -> bool:
    lower = word.lower
    return (
        lower in BEING
        or lower in HARMING
        or lower in DYING
        or lower in DEAD
        or word.text in ".;:,)"
    )


def _is_lost(words: Words, one: _One) -> bool:
    """Bodies: "a body was found", "the body of a man", "the killing of a judge"."""
    if (
        one.first >= 2
        and words[one.first - 1].lower == "of"
        and words[one.first - 2].lower in LOSSES
    ):
        return True
    head = words[one.last - 1].lower
    return head in REMAINS and _next(words, one.last) != "of"


def _joined(words: Words, one: _One, other: _One) -> bool:
    """Whether two stand beside each other: "a woman and her son"."""
    between = words[one.last : other.first]
    return 0 < len(between) <= 4 and all(
        word.lower in JOINING or word.text == "," for word in between
    )


def _is_unreal(words: Words, at: int) -> bool:
    return any(word.lower in UNREAL for word in words[max(0, at - 2) : at])


def _next(words: Sequence[Word], at: int) -> str:
    return words[at].lower if at < len(words) else ""
