"""Whether a number is how old somebody is: "23 and 31 years old", "a man of 67", "who was 34"."""

from __future__ import annotations

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.nouns import AGED, CASUALTY_WORDS, PERSONS, TALLIES, is_plural
from annotation.numbers.mentions.noun_phrases import plural_ahead
from annotation.numbers.tokens.kinds import BOUNDS, SMALL_NUMBERS, TIME_UNITS, K
from annotation.numbers.tokens.line import TokenLine

_OLDEST = 120
_REACH = 9
"""Tokens behind a number among which its years may stand."""
_IN_SERIES = K.COMMA + K.AND + K.OR + K.TO + K.HYPHEN
_AGES = SMALL_NUMBERS + _IN_SERIES
_BEFORE_AGE = K.ABOUT + BOUNDS + SMALL_NUMBERS + K.AND + K.OR + K.TO
_ENDING = K.COMMA + K.PERIOD + K.SEMICOLON + K.DASH + K.CLOSE + K.NEWLINE
_AT_THE_TIME = frozenset(["then", "now"])
_BEING = frozenset(["is", "was", "turned"])
_ONE_PERSON = frozenset(["he", "she", "who"])


def is_age(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is an age. What stands between commas, the rules for times know as well.

    Args:
        line: the tokens.
        q: the number with its unit.
    """
    if q.high > _OLDEST:
        return False
    return _is_in_list(line, q) or _is_of_person(line, q) or _is_told(line, q)


def says_many(word: str) -> bool:
    """Whether a number added to a word is how many, not how old: "the toll, 43, may rise".

    Args:
        word: the word, in lower case.
    """
    many = is_plural(word) or word in CASUALTY_WORDS or word in TALLIES
    return many and word not in AGED


def _is_in_list(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is one of "23, 31 and 45 years old"."""
    at = q.last
    if not line.is_(at, _IN_SERIES):
        return False
    while at < q.last + _REACH and line.is_(at, _AGES):
        at += 1
    return line.is_(at, TIME_UNITS) and "old" in (line.word(at + 1), line.word(at + 2))


def _is_of_person(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is one of "a man of 67, a girl of about twelve", not "women of 12 towns"."""
    at = q.first - 1
    while line.is_(at, _BEFORE_AGE):
        at -= 1
    if line.word(at) != "of" or line.word(at - 1) not in PERSONS:
        return False
    return not plural_ahead(line, q.last)


def _is_told(line: TokenLine, q: Quantity) -> bool:
    """Whether a bare number is one of "who was 34", "she is nine", "then 34", "both 15"."""
    before = line.word(q.first - 1)
    if not line.is_(q.last, _ENDING):
        return False
    if before in _AT_THE_TIME:  # not "the death toll, then 12"
        return line.is_(q.first - 2, K.COMMA) and not says_many(line.word(q.first - 3))
    if before == "both":
        return line.is_(q.first - 2, K.COMMA)
    return before in _BEING and line.word(q.first - 2) in _ONE_PERSON
