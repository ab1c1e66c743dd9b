"""Finds what a number counts."""

from __future__ import annotations

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.function_words import BEFORE_NOUN, NOUN_DETERMINERS
from annotation.numbers.lexicon.nouns import CASUALTY_WORDS, COMPOUND_HEADS
from annotation.numbers.lexicon.units import LENGTHS
from annotation.numbers.mentions.noun_phrases import Noun, noun_phrase
from annotation.numbers.tokens.kinds import CAPITALISED, K
from annotation.numbers.tokens.line import TokenLine


def noun_after(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """The noun that a number counts.

    Args:
        line: the tokens.
        q: the number with its unit.
        at: the token behind it and its modifiers.

    Returns:
        The noun, which may be empty;
        None where what follows says that the number is no mention ("two-door car").
    """
    nothing = Noun(at, at, at)
    if q.unit.isupper() and len(q.unit) == 3:  # money
        return nothing
    kind = line.kind(at)
    if kind == K.BRACKET and line.is_(at + 2, K.UNBRACKET):  # "about 3,000 [people]"
        return Noun(at + 1, at + 2, at + 3)
    if kind == K.OF:
        found = _after_of(line, q, at + 1)
        return nothing if found is None else found
    if kind == K.HYPHEN and q.unit in {"count", "fraction"}:
        return _hyphened(line, q, at + 1)
    if q.unit == "fraction":  # "half the city", "two-thirds majority"
        start = _past_determiners(line, at)
        if start == at and line.word(at - 1) == "half":
            return nothing
        return noun_phrase(line, start, singular=True) or nothing
    if q.unit != "count":
        return nothing
    start = at
    while line.word(start) in BEFORE_NOUN:
        start += 1
    if line.word(start) == "others":
        return Noun(at, at, start + 1)
    if line.word(start) == "than":
        return nothing
    if q.form == "vague" and start == at and line.word(at) not in CASUALTY_WORDS:
        return nothing  # "hundreds walk"
    one = q.low == q.high == 1
    return noun_phrase(line, start, singular=one, one=one) or Noun(at, at, start)


def _past_determiners(line: TokenLine, at: int) -> int:
    """The first token from ``at`` on that is no determiner."""
    while line.word(at) in NOUN_DETERMINERS:
        at += 1
    return at


def _after_of(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """Reads "80 percent of the *city*", "10,000 of their *followers*", "scores of others"."""
    start = _past_determiners(line, at)
    if line.word(start) == "others":
        return Noun(at, at, start + 1)
    if q.unit in LENGTHS and line.is_(start, CAPITALISED):
        return None  # "7 km of Tabqa" is a place, not a thing
    return noun_phrase(line, start, singular=q.unit != "count")


def _hyphened(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """Reads "40,000-strong *force*", "30,000-member *border force*", "one-third *interest*"."""
    if line.word(at) not in COMPOUND_HEADS:
        return noun_phrase(line, at, singular=True) if q.unit == "fraction" else None
    phrase = noun_phrase(line, at + 1, singular=True)
    if phrase:
        return phrase
    return Noun(at, at + 1 if line.word(at) != "strong" else at, at + 1)
