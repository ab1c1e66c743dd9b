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
from decimal import Decimal

from annotation.attribution.words import cut
from annotation.implied.clauses import Words
from annotation.implied.harm import harm_of, who_is_harmed
from annotation.implied.lexicon import DEAD, DYING, HARMING, LOSSES, REMAINS
from annotation.implied.names import OnePerson, people_named
from annotation.numbers.reader import LONGEST, Mention, read

_ONE = Decimal(1)
_HARM = re.compile(
    rf"\b(?:lost|{'|'.join(sorted(HARMING | DYING | DEAD | LOSSES | REMAINS))})\b", re.IGNORECASE
)
"""Without such a word a sentence is not looked at."""


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
    return tuple(_mention(text, words, one) for one in who_is_harmed(words, people_named(words)))


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


def _mention(text: str, words: Words, one: OnePerson) -> Mention:
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
        harm=harm_of(words, one),
    )
