"""Whether a number is excluded: no claim, but part of a date, a name or the like."""

from __future__ import annotations

import re

from annotation.numbers.amounts.numbers import MACROS, Quantity
from annotation.numbers.lexicon.function_words import NOUN_DETERMINERS
from annotation.numbers.lexicon.names import (
    ABBREVIATED,
    BODIES_IN_ARMS,
    DESIGNATED_PLACES,
    NUMBERED_BODIES,
    VERBAL_DESIGNATORS,
)
from annotation.numbers.lexicon.nouns import (
    AGED,
    CASUALTY_WORDS,
    COUNTED_IN_CAPITALS,
    MODIFYING_PLURALS,
    is_plural,
)
from annotation.numbers.lexicon.persons import ONE_PERSON
from annotation.numbers.mentions.ages import is_age, says_many
from annotation.numbers.mentions.contexts import CONTEXT, N
from annotation.numbers.mentions.exclusion_rules import EXCLUSION_RULES
from annotation.numbers.mentions.noun_phrases import plural_ahead
from annotation.numbers.mentions.tallies import is_tally
from annotation.numbers.tokens.kinds import (
    ARTICLE_KINDS,
    CAPITALISED,
    MODIFIER_KINDS,
    OPEN_WORDS,
    RANGE_OPENERS,
    SMALL_NUMBERS,
    TIME_KINDS,
    K,
    shape,
)
from annotation.numbers.tokens.line import TokenLine

_EXCLUDED = re.compile("|".join(shape(rule.shape, MACROS | CONTEXT) for rule in EXCLUSION_RULES))

_REACH = 9
"""Tokens on each side of a number that the rules may look at."""

_AFTER_STOP = K.DESIGNATOR + K.PERIOD

_IN_LIST = (K.WORD + K.OPEN, K.CAP + K.OPEN)

_ADDED = K.WORD + K.COMMA
"""What stands before a number that is added between commas."""


def is_excluded(line: TokenLine, q: Quantity) -> bool:
    """Whether an exclusion rule says that a number is no mention.

    Args:
        line: the tokens.
        q: the number with its unit.
    """
    from_to = q.form == "range" and line.is_(q.first, RANGE_OPENERS) and q.high <= 24
    if q.form == "score" or (from_to and line.is_(q.last, K.TODAY)):
        return True  # a result, or "between 3 and 8 yesterday"
    after = line.kind(q.last)
    numbered = line.tokens[q.first].plain or line.is_(q.first, K.FRACTION)  # "3/9 Gorkha Rifles"
    if after in _IN_NAME and numbered and _names_a_body(line, q.last):
        return True
    if is_age(line, q) or _is_counted_out_of(line, q) or _is_on_a_grid(line, q.first):
        return True
    return _EXCLUDED.search(context_of(line, q)) is not None


def context_of(line: TokenLine, q: Quantity) -> str:
    """What the rules are matched against: kinds left and right, and what the number is."""
    left = line.kinds[max(0, q.first - _REACH) : q.first]
    if left.endswith(_AFTER_STOP) and line.word(q.first - 2) not in ABBREVIATED:
        left = left[: -len(_AFTER_STOP)] + K.WORD + K.PERIOD  # "They fled the camp. 7 girls …"
    if left.endswith(K.DESIGNATOR) and _is_beside(line, q):
        left = left[:-1] + K.WORD  # "they block 12 roads"
    if left.endswith(_IN_BRACKETS) and plural_ahead(line, q.last):
        left = left[:-2] + K.WORD + K.OPEN  # "the battalion (300 men)"
    if left.endswith(_IN_LIST) and _heads_a_list(line, q.first - 2):
        left = left[:-2] + N.MANY + K.OPEN  # "soldiers (4), police (2)"
    if left.endswith(_ADDED) and says_many(line.word(q.first - 2)):
        left = left[: -len(_ADDED)] + N.MANY + K.COMMA
    if line.is_(q.first - 1, K.COMMA) and _is_where(line, q.first - 2):
        left = left[:-2] + N.MANY + K.COMMA  # "in Aleppo, six, and in Idlib, seven"
    if q.first < _REACH:
        left = K.NEWLINE + left
    right = line.kinds[q.last : q.last + _REACH] + K.NEWLINE
    if right[0] == K.NAME and line.gap(q.last) > 1:  # "2x T-72"
        right = K.CAP + right[1:]
    if right[0] == K.ADJ and _is_past_time(line, q.last):
        right = K.STOP + right[1:]  # "killed 300 last year"
    if right.startswith(_NEXT_MORNING) and not left.endswith((K.AT, K.AT + K.ABOUT)):
        right = K.STOP + right[1:]  # "lost 18 the next morning", but not "at 8 the next morning"
    if is_tally(line, q):
        return K.WORD + N.OTHER + right  # "the toll was put at 12"
    return left + _known_of(line, q) + right


_NEXT_MORNING = K.THE + K.ADJ + K.DAYTIME

_IN_NAME = CAPITALISED + K.WORD + K.DESIGNATOR
_WITHIN_NAME = K.AND + K.ADJ
_LONGEST_BODY = 6


def _names_a_body(line: TokenLine, first: int) -> bool:
    """Whether a unit or a committee follows: "the 21 *Brigade*", "the 1267 *committee*"."""
    for at in range(first, first + _LONGEST_BODY):
        word = line.word(at)
        if word in NUMBERED_BODIES and not line.is_(at + 1, K.HYPHEN):
            return line.capital(at) or not is_plural(line.word(at + 1))
        if word in BODIES_IN_ARMS and line.capital(at):
            return _all_capitals(line, first, at) and _has_small_words(line)
        joins = at > first and line.is_(at, _WITHIN_NAME) and line.capital(at - 1)
        if joins and line.is_(at + 1, CAPITALISED):
            continue  # "13 Jammu and Kashmir Light Infantry"
        named = line.is_(at, CAPITALISED) and line.is_(at + 1, CAPITALISED + K.DESIGNATOR)
        if named and line.capital(at + 1) and _has_small_words(line):
            continue  # "28 Madras Regiment"
        if not line.is_(at, _IN_NAME) or (is_plural(word) and word not in MODIFYING_PLURALS):
            break
    return False


_GRIDS = frozenset(["grid", "reference", "ref", "square", "mgrs"])


def _is_on_a_grid(line: TokenLine, at: int) -> bool:
    """Whether two letters before a number name a square: "map reference *NT* 255 735"."""
    letters = line.is_(at - 1, CAPITALISED) and len(line.word(at - 1)) == 2
    return letters and line.word(at - 2) in _GRIDS


def _all_capitals(line: TokenLine, first: int, at: int) -> bool:
    return all(line.capital(place) or line.is_(place, K.AND) for place in range(first, at))


def _has_small_words(line: TokenLine) -> bool:
    """Whether not all words have a capital, as in the headline "Police Seize 20 Assault Rifles"."""
    return any(token.kind == K.WORD and line.text[token.start].islower() for token in line.tokens)


def _is_counted_out_of(line: TokenLine, q: Quantity) -> bool:
    """Whether another number is a part of this one: "31 drones out of *36*", "dozens out of *300*".

    Two things are counted where each has a noun: "pulled nine people out of two houses".
    """
    at = q.first - 1
    while line.is_(at, _WHOLE):
        at -= 1
    if q.unit != "count" or not (line.is_(at, K.OF) and line.is_(at - 1, K.OUT)):
        return False
    at -= 2
    if line.is_(at, _WITHOUT_NOUN):  # "dozens out of two houses" are no part of the houses
        return q.high >= _LEAST.get(line.word(at).rstrip("s"), 1)
    while line.is_(at, _NOUN):
        at -= 1
    return line.is_(at, _COUNTS) and not plural_ahead(line, q.last)


_LEAST = {"dozen": 12, "score": 40, "hundred": 100, "thousand": 1000, "million": 10**6}
_WHOLE = ARTICLE_KINDS + MODIFIER_KINDS
_NOUN = K.WORD + K.ADJ
_WITHOUT_NOUN = K.HUNDRED + K.SCALE + K.DOZEN + K.VAGUE
_COUNTS = K.NUM + SMALL_NUMBERS + _WITHOUT_NOUN


_BEGINNING = K.NEWLINE + K.PERIOD + K.SEMICOLON + K.COMMA + K.AND
_WHERE = frozenset(
    ["in", "at", "on", "near", "around", "outside", "inside", "along", "across", "behind", "aboard"]
)


def _is_where(line: TokenLine, at: int) -> bool:
    """Whether a name that ends at a token is where something is: "in *Deir Hafer*, 12 were".

    Only where that begins what is said: "they fired at *Omar Saleh*, 19".
    """
    first = at
    while line.is_(first, CAPITALISED):
        first -= 1
    return first < at and line.word(first) in _WHERE and line.is_(first - 1, _BEGINNING)


_IN_BRACKETS = K.DESIGNATOR + K.OPEN
_DESCRIBING = K.WORD + K.ADJ + K.DESIGNATOR + CAPITALISED


def _is_beside(line: TokenLine, q: Quantity) -> bool:
    """Whether the number behind a designator counts a plural, and is not the designator's name.

    So it is where the designator is a verb in truth, and where it is a place or a body that has
    been told already: "at *a* checkpoint 4 soldiers", "in *Sadr City* district 40 shops".
    """
    at = q.first - 1
    if _is_listed(line, q):
        return True
    if _BEHIND_DESIGNATED.search(line.kinds, max(0, at - _REACH), at):
        return False  # "article 51, and rule 14"
    word = line.word(at)
    if line.capital(at) or not plural_ahead(line, q.last):
        return False
    if word in VERBAL_DESIGNATORS:
        return True
    return word in DESIGNATED_PLACES and _is_told_where(line, at - 1)


def _is_listed(line: TokenLine, q: Quantity) -> bool:
    """Whether plurals stand beside a designator in a list: "army *3*, rebels 11, civilians 2"."""
    if line.word(q.first - 1) not in _COUNTED_BODIES:
        return False
    behind, before = q.last + 1, q.first - 3
    listed = line.is_(q.last, K.COMMA + K.AND) and line.is_(behind, K.WORD)
    if listed and is_plural(line.word(behind)) and line.is_(behind + 1, SMALL_NUMBERS):
        return True
    listed = line.is_(q.first - 2, K.COMMA + K.AND) and line.is_(before, SMALL_NUMBERS)
    return listed and line.is_(before - 1, K.WORD) and is_plural(line.word(before - 1))


_BEHIND_DESIGNATED = re.compile(shape("DESIGNATOR PERIOD? NUM (COMMA|AND|COMMA AND)") + r"\Z")
_COUNTED_BODIES = NUMBERED_BODIES | {"army"}


def _is_told_where(line: TokenLine, at: int) -> bool:
    """Whether what ends at a token tells which place is meant, behind a preposition.

    Without one the number is the place's: "Malaysia Airlines flight *370* passengers".
    """
    while line.is_(at, CAPITALISED):
        at -= 1
        if line.word(at) in _WHERE:
            return True
    if line.word(at) not in NOUN_DETERMINERS and line.is_(at, _DESCRIBING):
        at -= 1
    return line.word(at) in NOUN_DETERMINERS and line.word(at - 1) in _WHERE


_TIME_PASSED = frozenset(["last", "next", "early", "late", "past", "this"])


def _is_past_time(line: TokenLine, at: int) -> bool:
    """Whether a time begins that the number before it does not count: "last year", "late Sunday".

    Only the plural is counted: "the 12 last years".
    """
    while line.word(at) in _TIME_PASSED:
        at += 1
    told = line.word(at - 1) in _TIME_PASSED
    while line.is_(at, K.ADJ):
        at += 1  # "last fiscal year"
    word = line.word(at)
    return told and line.is_(at, _TIMES) and not word.endswith("s")


_TIMES = TIME_KINDS + K.WEEKDAY + K.MONTH + K.DAYTIME


def _heads_a_list(line: TokenLine, at: int) -> bool:
    """Whether the number in brackets behind a word is how many: "soldiers (4)", "Killed (12)"."""
    word = line.word(at)
    if line.is_(at, K.CAP):  # no name: "James (47)"
        return word in COUNTED_IN_CAPITALS or (is_plural(word) and _goes_on_in_list(line, at + 4))
    if is_plural(word) or word in CASUALTY_WORDS:
        return word not in AGED
    told = line.is_(at, K.WORD) and line.is_(at - 1, OPEN_WORDS) and is_plural(line.word(at - 1))
    return told and word not in ONE_PERSON  # "houses burnt (48)"


def _goes_on_in_list(line: TokenLine, at: int) -> bool:
    """Whether other plurals with a number follow: "Nurses (3) *and doctors* (2)"."""
    return (
        line.is_(at, K.AND + K.COMMA)
        and line.is_(at + 1, K.WORD)
        and is_plural(line.word(at + 1))
        and line.is_(at + 2, K.OPEN)
    )


_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d|(?:0?[1-9]|1[0-2])\.\d")
_DECIMAL = re.compile(r"\d+\.\d+")
_SCALED = K.SCALE + K.DOZEN + K.HUNDRED


def _known_of(line: TokenLine, q: Quantity) -> str:
    """What is known of a number, one of ``N``."""
    if q.unit == "fraction":
        return N.FRACTION
    if q.unit != "count":
        return N.OTHER
    if K.NUM in line.kinds[q.first : q.last]:
        return _known_of_digits(line, q)
    if q.form == "spoken year":
        return N.YEARS
    if q.form not in {"cardinal", "range"}:
        return N.OTHER
    if q.low == q.high == 1:
        return N.ONE
    if 1900 <= q.low == q.high <= 2100:
        return N.SPELLED_YEAR
    if q.high <= 60:
        return N.SHORT_WORDY
    return N.LIFETIME_WORDY if q.high <= 120 else N.WORDY


def _known_of_digits(line: TokenLine, q: Quantity) -> str:
    """What is known of a number that is written in digits."""
    tokens = line.tokens[q.first : q.last]
    plain = tokens[0].plain
    if len(tokens) > 1:
        plain = all(t.plain for t in tokens if t.kind == K.NUM)
        plain = plain and not any(t.kind in _SCALED for t in tokens)
    if not plain:
        if _CLOCK.fullmatch(tokens[-1].word):
            return N.TIMELIKE
        return N.DECIMAL if _DECIMAL.fullmatch(tokens[-1].word) else N.OTHER
    if 1500 <= q.low <= q.high <= 2199:
        return N.YEARS if q.form == "range" else N.YEAR
    if q.high <= 24 and q.low >= 0:
        return N.HOUR
    if q.high <= 31:
        return N.DAY
    return N.LIFETIME if q.high <= 120 else N.INTEGER
