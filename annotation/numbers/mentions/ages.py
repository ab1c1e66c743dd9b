"""Whether a number is how old somebody is: "23 and 31 years old", "a man of 67", "who was 34"."""

from __future__ import annotations

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.nouns import AGED, CASUALTY_WORDS, PERSONS, TALLIES, is_plural
from annotation.numbers.lexicon.persons import ONE_PERSON
from annotation.numbers.mentions.noun_phrases import plural_ahead
from annotation.numbers.tokens.kinds import BOUNDS, OPEN_WORDS, SMALL_NUMBERS, TIME_KINDS, K
from annotation.numbers.tokens.line import TokenLine

_OLDEST = 120
_REACH = 9
"""Tokens behind a number among which its years may stand."""
_IN_SERIES = K.COMMA + K.AND + K.OR + K.TO + K.HYPHEN
_LISTED = SMALL_NUMBERS + K.COMMA + K.AND
_OPENED = _LISTED + K.OPEN + K.ARE
_AGES = SMALL_NUMBERS + _IN_SERIES
_BEFORE_AGE = K.ABOUT + BOUNDS + SMALL_NUMBERS + K.AND + K.OR + K.TO
_CLOSED = _LISTED + K.CLOSE + K.PERIOD + K.SEMICOLON + K.NEWLINE
_ENDING = K.COMMA + K.PERIOD + K.SEMICOLON + K.DASH + K.CLOSE + K.NEWLINE
_AT_THE_TIME = frozenset(["then", "now", "just", "only", "barely", "still"])
_BEING = frozenset(["is", "was", "turned"])
_TURNING = frozenset(["turned", "turns", "turning"])
_TURNED = frozenset(["into", "over", "away", "back", "out", "up", "down", "to"])
_HARDLY = K.ABOUT + K.ATMOST + K.ATLEAST
_WHO_WAS_HOW = frozenset(["just", "only", "barely", "then", "now", "still"])
_WHEN = frozenset(["when", "at", "and", "but", "as", "if"])
_ONE = frozenset(["a", "an", "the", "another", "his", "her", "their", "my", "our"])
_WHO = frozenset(["he", "she", "who"])


def is_age(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is an age. What stands between commas, the rules for times know as well.

    Args:
        line: the tokens.
        q: the number with its unit.
    """
    if q.high > _OLDEST:
        return False
    return (
        _is_in_list(line, q)
        or _is_among_others(line, q)
        or _is_of_person(line, q)
        or _is_turned(line, q)
        or _is_told(line, q)
    )


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
    behind = (line.word(at + 1), line.word(at + 2))
    return line.is_(at, TIME_KINDS) and ("old" in behind or behind == ("of", "age"))


def _is_among_others(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is one of several: "her sons (12 and 14)", "they are 9 and 11.", not one."""
    first, last = q.first, q.last
    if not (line.is_(first - 1, _OPENED) and line.is_(last, _CLOSED)):
        return False
    while line.is_(first - 1, _LISTED) and q.first - first < _REACH:
        first -= 1
    while line.is_(last, _LISTED) and last - q.last < _REACH:
        last += 1
    if last - first == q.last - q.first:
        return False
    if line.is_(first - 1, K.ARE):  # "the suspects are 19, 22 and 27."
        return line.word(first - 2).removesuffix("s") in ONE_PERSON and line.is_(last, _ENDING)
    return line.is_(first - 1, K.OPEN) and line.is_(last, K.CLOSE)


def _is_turned(line: TokenLine, q: Quantity) -> bool:
    """Whether somebody turned a number: "turned 13 in May", not "turned 13 men away"."""
    if line.word(q.first - 1) not in _TURNING or line.word(q.last) in _TURNED:
        return False
    return not plural_ahead(line, q.last)


def _is_of_person(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is one of "a man of 67, a girl of about twelve", not "women of 12 towns"."""
    at = q.first - 1
    while line.is_(at, _BEFORE_AGE):
        at -= 1
    if line.word(at) != "of" or not _is_person(line, at - 1):
        return False
    named = q.high == 1 and line.is_(q.last, OPEN_WORDS)  # "a member of one community"
    return not named and not plural_ahead(line, q.last)


def _is_person(line: TokenLine, at: int) -> bool:
    """Whether a noun is one person's, "a pensioner", and no rank that a place has."""
    word = line.word(at)
    return word in PERSONS or (word in ONE_PERSON and line.word(at - 1) in _ONE)


def _is_told(line: TokenLine, q: Quantity) -> bool:
    """Whether a bare number is one of "who was 34", "she is nine", "then 34", "both 15"."""
    at = q.first - 1
    before = line.word(at)
    if before in _WHO_WAS_HOW and line.word(at - 1) in _BEING:
        at -= 1
    while line.is_(at, _HARDLY):
        at -= 1
    subject = line.word(at - 1)
    one = subject in _WHO or (subject in ONE_PERSON and line.word(at - 2) in _ONE)
    if line.word(at) == "was" and line.word(q.last) == "when" and line.is_(at - 1, K.CAP):
        return True  # "Selma was 6 when her father died"
    if line.word(at) in _BEING and one:
        return line.is_(q.last, _ENDING) or line.word(q.last) in _WHEN
    if not line.is_(q.last, _ENDING):
        return False
    if line.is_(q.first - 1, K.ABOUT) and line.is_(q.first - 2, K.COMMA):
        return line.word(q.first - 3) in ONE_PERSON  # "a man, about 40, was"
    if before in _AT_THE_TIME:  # not "the death toll, then 12"
        return line.is_(q.first - 2, K.COMMA) and not says_many(line.word(q.first - 3))
    return before == "both" and line.is_(q.first - 2, K.COMMA + K.OPEN)
