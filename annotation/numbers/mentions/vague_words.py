"""Whether vague words that mean other things as well stand for people: "scores", "a few"."""

from __future__ import annotations

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.fates import (
    ACTS_OF_MANY,
    AMONG_SCORES,
    BEFORE_FATES,
    CLAUSES_WITH_SCORES,
    FATES,
    HARMING_SCORES,
)
from annotation.numbers.lexicon.nouns import CASUALTY_WORDS
from annotation.numbers.tokens.kinds import MODIFIER_KINDS, K
from annotation.numbers.tokens.line import TokenLine

_CLAUSE_BEGINS = K.COMMA + K.SEMICOLON + K.PERIOD + K.NEWLINE + K.DASH + K.QUOTE + K.OPEN
_FARTHEST = 4
"""Words between people and what befell them."""


def scores_count(line: TokenLine, q: Quantity) -> bool:
    """Whether "scores" are many: "scores fled", "killing scores"; not "he scores", "test scores".

    Args:
        line: the tokens.
        q: the word.
    """
    before, after = line.word(q.first - 1), line.word(q.last)
    if line.is_(q.last, K.OF) or after in CASUALTY_WORDS or after in ("more", "others"):
        return True
    if before in HARMING_SCORES or line.is_(q.first - 1, MODIFIER_KINDS) or fared(line, q.last):
        return True
    begins = line.is_(q.first - 1, _CLAUSE_BEGINS) or before in CLAUSES_WITH_SCORES
    if not begins:
        return False
    aside = line.is_(q.last, K.COMMA) and line.word(q.last + 1) in AMONG_SCORES
    return aside or after in ACTS_OF_MANY


def fared(line: TokenLine, at: int) -> bool:
    """Whether what follows tells what befell people: "were hurt", "are feared dead", "survived".

    Args:
        line: the tokens.
        at: the word behind those people.
    """
    for place in range(at, at + _FARTHEST):
        if line.word(place) in FATES:
            return True
        if line.word(place) not in BEFORE_FATES:
            return False
    return False
