"""Whether a number counts, once its noun is known: "one woman", but not "one hopes"."""

from __future__ import annotations

import re

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.dates import MONTHS_IN_NAMES
from annotation.numbers.lexicon.function_words import (
    BEFORE_FEW,
    BEFORE_WHICH,
    ONE_BEFORE,
    ONE_IDIOMS,
    ZERO_IDIOMS,
)
from annotation.numbers.lexicon.modifiers import PREPOSITIONS
from annotation.numbers.lexicon.names import BODIES_OF, STREETS
from annotation.numbers.lexicon.nouns import (
    BOMBS,
    CASUALTY_WORDS,
    COUNTED_IN_CAPITALS,
    NOUNS_IN_LY,
    PERSONS,
    PLURALS,
    is_plural,
)
from annotation.numbers.lexicon.persons import ONE_PERSON
from annotation.numbers.mentions.noun_phrases import Noun
from annotation.numbers.mentions.vague_words import fared, scores_count
from annotation.numbers.tokens.kinds import CAPITALISED, NAME_KINDS, SMALL_NUMBERS, K
from annotation.numbers.tokens.line import TokenLine
from annotation.numbers.tokens.time_nouns import TIMES_OF_WORK


def counts(line: TokenLine, q: Quantity, noun: Noun, said: str) -> bool:
    """Whether a number means what it says.

    Args:
        line: the tokens.
        q: the number, which no exclusion rule takes out.
        noun: what it counts.
        said: the kinds of its modifiers.
    """
    if q.unit == "fraction":
        return _fraction_counts(line, q, noun, said)
    if q.unit != "count":
        return q.unit not in _WEIGHTS or not _describes_a_bomb(line, q.last)
    word = line.word(q.first)
    bare = not noun and noun.end <= noun.first
    if said == "" and noun and _is_year_of(line, q, noun):
        return False  # "2008 raid"
    if line.word(q.last) == "de" and line.word(q.last + 1) in MONTHS_IN_NAMES:
        return False  # "Avenida 9 de Julio"
    if q.high == 0 and line.word(q.last) in ZERO_IDIOMS:
        return False
    if line.is_(q.last - 1, K.ONE) and q.low == q.high == 1:
        return _one_counts(line, q, noun)
    if word == "scores":
        return scores_count(line, q)
    if q.form == "several":
        few = word == "few" and line.word(q.first - 1) not in BEFORE_FEW  # "few freedoms"
        return not few and (not bare or word == "several" or fared(line, q.last))
    if bare and line.word(q.first - 1) == "of" and line.word(q.first - 2) in BODIES_OF:
        return line.word(q.first - 3) != "the" or not line.capital(q.first - 2)
    if bare and q.high <= _OLDEST and _bounds_an_age(line, q.first - 1):
        return False  # "children under five"
    if _is_title(line, q) and line.word(noun.last - 1) not in COUNTED_IN_CAPITALS:
        return False  # "the Five Eyes", "the Twelve", but not "The Five Soldiers"
    if noun and line.word(noun.last - 1) in STREETS and line.capital(noun.last - 1):
        return False  # "10 Downing Street"
    return said != "" or not bare or not _is_name(line, q)


_OLDEST = 120


def _bounds_an_age(line: TokenLine, at: int) -> bool:
    """Whether a preposition stands behind people: "those *under*", "those under 15 or *over*"."""
    if line.word(at + 1) == "between":  # "men between 16 and 45 were taken"
        return line.word(at) in PERSONS
    if line.word(at) not in PREPOSITIONS:
        return False
    if line.is_(at - 1, K.AND + K.OR) and line.is_(at - 2, SMALL_NUMBERS):
        at -= 3
        if line.word(at) not in PREPOSITIONS:
            return False
    at -= line.word(at - 1) in _ARE  # "the victims were under 18"
    word = line.word(at - 1)
    return word in PERSONS or (line.is_(at, K.ARE) and word.removesuffix("s") in ONE_PERSON)


_ARE = frozenset(["is", "was", "are", "were", "aged"])


_WEIGHTS = frozenset({"kg", "lb", "t", "g"})


def _describes_a_bomb(line: TokenLine, at: int) -> bool:
    """Whether a weight is that of one kind of bomb: "a 500kg bomb", "2,000lb bombs"."""
    at += line.is_(at, K.HYPHEN)
    return not BOMBS.isdisjoint([line.word(at), line.word(at + 1) if line.is_(at, K.WORD) else ""])


def _is_year_of(line: TokenLine, q: Quantity, noun: Noun) -> bool:
    """Whether four digits before a singular are a year: "2008 raid", but not "2,008 personnel"."""
    head = line.word(noun.last - 1)
    year = line.tokens[q.first].plain and 1900 <= q.low == q.high <= 2100
    return year and not is_plural(head) and head not in CASUALTY_WORDS


_IN_WORDS = K.SMALL + K.TENS


def _is_title(line: TokenLine, q: Quantity) -> bool:
    """Whether a number in words begins with a capital behind "the", and not all is in capitals."""
    if line.word(q.first - 1) != "the" or not line.is_(q.first, _IN_WORDS):
        return False
    article = line.tokens[q.first - 1]
    return line.capital(q.first) and not line.text[article.start : article.end].isupper()


_BEHIND_PRONOUN = K.HYPHEN + K.OF


def _one_counts(line: TokenLine, q: Quantity, noun: Noun) -> bool:
    """Whether "one" is a number and no pronoun ("one of the men", "one day", "no one")."""
    before, earlier = line.word(q.first - 1), line.word(q.first - 2)
    clause = before == "which" and earlier in BEFORE_WHICH  # "a clash in which one guard died"
    if not noun or (before in ONE_BEFORE and not clause) or line.is_(q.last, _BEHIND_PRONOUN):
        return False
    head = line.word(noun.last - 1)
    adverb = head.endswith("ly") and head not in NOUNS_IN_LY
    if adverb or (is_plural(head) and head not in PLURALS):
        return False  # "one really hopes", "one hopes"
    of_a_time = line.word(q.last) in TIMES_OF_WORK and line.is_(q.last, K.WORD)
    if head in ONE_IDIOMS or (line.word(q.last) in ONE_IDIOMS and not of_a_time):
        return False  # "one night", but not "one night guard"
    to_another = line.word(noun.last) == "to" and line.word(noun.last + 1) in {"another", "the"}
    return not to_another  # "from one tent to another"


_SINGLE_PARTS = K.HALF + K.QUARTER + K.PART
_BEHIND_STAGE = K.WORD + K.CAP + K.ADJ


def _fraction_counts(line: TokenLine, q: Quantity, noun: Noun, said: str) -> bool:
    """Whether a fraction is one: "a third of", but not "a third convoy" or "the first half"."""
    part, article = line.kind(q.last - 1), line.is_(q.first, K.A)
    of = line.is_(q.last, K.OF)
    by = line.word(q.first - 1) in {"by", "to"}
    alone = q.last - q.first == 1
    if alone and line.is_(q.last, K.HYPHEN):
        return False  # "half-brother"
    if part == K.PART and article:
        return of or (not noun and (said != "" or by))
    if noun:
        return True
    if alone and part in _SINGLE_PARTS:
        return by or (part == K.HALF and (of or said != ""))
    stage = part == K.QUARTER and article and line.is_(q.last, _BEHIND_STAGE)
    return not stage  # "a quarter final"


_SENTENCE_BEGINS = K.NEWLINE + K.PERIOD + K.SEMICOLON
_EXPLAINED = CAPITALISED + K.DESIGNATOR  # by an abbreviation in brackets
_NAMED = NAME_KINDS + K.CODE
_COORDINATE = re.compile(r"\d*\.\d{5,}")


def _is_name(line: TokenLine, q: Quantity) -> bool:
    """Whether a bare number is part of a name or an identifier: "France 24", "3080897"."""
    token = line.tokens[q.last - 1]
    if token.kind != K.NUM or q.form != "cardinal":
        return False
    if (token.plain and len(token.word) >= 7) or _COORDINATE.fullmatch(token.word):
        return True
    before = line.kind(q.first - 1)
    begins = before in _SENTENCE_BEGINS
    if token.plain and 1900 <= q.low <= 2100 and begins and line.is_(q.last, K.WORD):
        return True  # "2016 saw …"
    if line.word(q.first - 1) in CASUALTY_WORDS:  # "Killed 4, wounded 9"
        return False
    in_brackets = before == K.CLOSE and line.is_(q.first - 2, _EXPLAINED)
    named = in_brackets or before in _NAMED  # "Task Force (CTF) 50"
    return named and (token.plain or " " in token.word) and not line.is_(q.last, K.OF)
