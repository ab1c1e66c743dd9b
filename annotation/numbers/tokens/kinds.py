"""The kinds of tokens, by name: the alphabet in which the grammar is written.

A kind is one character, so that a line's kinds are a string and a pattern over them is an ordinary
regular expression. ``K`` names the kinds, and nothing outside this module writes the characters
themselves; a set of kinds is a string, put together with ``+``. ``shape`` turns a readable pattern
such as ``"MONTH PERIOD? DAY"`` into a regular expression over kinds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds, one character each; no two are the same."""

    # numbers
    NUM: str = "d"  # digits, read
    ONE: str = "1"
    SMALL: str = "u"  # zero, two … nineteen
    TENS: str = "T"
    HUNDRED: str = "h"
    SCALE: str = "k"
    DOZEN: str = "z"
    HALF: str = "q"
    QUARTER: str = "Q"
    QUARTERS: str = "R"
    PART: str = "f"  # third, fifth …
    PARTS: str = "F"
    VAGUE: str = "V"  # dozens, hundreds …
    SEVERAL: str = "s"
    FRACTION: str = "½"  # 1/2 or ½
    POINT: str = "p"
    # what stands around numbers
    A: str = "a"
    EVERY: str = "e"
    AND: str = "&"
    OF: str = "O"
    TO: str = "x"
    OR: str = "j"
    FROM: str = "B"
    BETWEEN: str = "b"
    THE: str = "E"
    IN: str = "i"
    SINCE: str = "I"  # since, by, during …
    OUT: str = "X"
    AT: str = "H"
    ATLEAST: str = ">"
    ATMOST: str = "<"
    ABOUT: str = "~"
    EXACT: str = "="
    ORMORE: str = "}"
    ORLESS: str = "{"
    ORSO: str = "^"
    SIGN: str = "!"  # minus, negative, - before digits
    CUR: str = "$"
    CODE: str = "C"
    PCT: str = "%"
    MEASURE: str = "M"
    POWER: str = "P"
    # dates, times, names
    MONTH: str = "m"
    WEEKDAY: str = "D"
    CLOCK: str = "c"  # 10:30, 6pm, 12/04/2016, 1990s
    WEEK: str = "τ"  # a singular that may be numbered: week 3
    TIME: str = "t"  # seconds … centuries
    DAYTIME: str = "r"
    TODAY: str = "y"  # today, tomorrow …
    ZONE: str = "Z"
    ADJ: str = "n"  # next, last, business …: may stand between a number and its unit of time
    ORD: str = "o"
    DESIGNATOR: str = "N"  # resolution, page …: the number behind it is a name
    AGE: str = "g"  # age, aged, as young as
    IDENT: str = "L"  # phone, account, code: an identifier follows
    REACTION: str = "U"  # comments, likes: what web pages count of their readers
    DEGREE: str = "Y"
    NAME: str = "G"  # AK-47, G20
    JUNK: str = "J"
    # the rest
    WORD: str = "w"
    CAP: str = "W"
    ACRONYM: str = "A"
    STOP: str = "S"
    ARE: str = "v"  # are, were, have: what stands before it is a subject in the plural
    COMMA: str = ","
    PERIOD: str = "."
    SEMICOLON: str = ";"
    OPEN: str = "("
    CLOSE: str = ")"
    BRACKET: str = "["
    UNBRACKET: str = "]"
    QUOTE: str = '"'
    HYPHEN: str = "-"
    DASH: str = "_"
    SLASH: str = "/"
    MATH: str = "*"
    PIPE: str = "|"
    PARAGRAPH: str = "§"
    NEWLINE: str = "\n"
    POSS: str = "'"


K = _Kinds()
"""The kinds by name; an object, since its attributes are found faster than those of a class."""

KINDS: dict[str, str] = asdict(K)
"""Name -> character."""

# ── Sets of kinds ────────────────────────────────────────────────────────────────────────────

SMALL_NUMBERS = K.NUM + K.ONE + K.SMALL + K.TENS
"""Digits, and number words below a hundred."""

FRACTIONS = K.HALF + K.QUARTER + K.QUARTERS + K.FRACTION
"""Words and signs that mean a fraction without another number."""

NUMBER_KINDS = SMALL_NUMBERS + FRACTIONS + K.HUNDRED + K.SCALE + K.DOZEN + K.SEVERAL + K.VAGUE + K.A
"""Kinds that may begin a number."""

CAPITALISED = K.CAP + K.ACRONYM
"""Words with a capital that are on no list: names, mostly."""

OPEN_WORDS = K.WORD + CAPITALISED
"""Words that are on no list: what is counted, mostly."""

NAME_KINDS = CAPITALISED + K.NAME
"""What names are made of."""

TIME_KINDS = K.TIME + K.WEEK
"""What durations are counted in."""

UNIT_WORDS = K.MEASURE + K.POWER + K.CODE
"""Units of measurement and currencies."""

ARTICLE_KINDS = K.THE + K.A
"""The, a, an."""

BOUNDS = K.ATLEAST + K.ATMOST
"""More than, up to: phrases before a number that leave one end open."""

MODIFIER_KINDS = BOUNDS + K.ABOUT + K.EXACT
"""What says before a number how it is meant: more than, about, exactly."""

RANGE_OPENERS = K.FROM + K.BETWEEN
"""What stands before the first number of a range."""

# ── Patterns over kinds ──────────────────────────────────────────────────────────────────────


def any_of(kinds: str) -> str:
    """Regular expression for one token of any of these kinds."""
    return f"[{re.escape(kinds)}]"


_NAMES = re.compile(r"[A-Z][A-Z0-9_]*")


def shape(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """Regular expression over kinds for a pattern over their names.

    Args:
        pattern: a regular expression in which a kind or a macro stands by its name in capitals and
            blanks only separate; groups never capture: ``"(MONTH|WEEKDAY) STOP? NUM"``.
        macros: name -> regular expression over kinds, for names that stand for more than a kind.

    Returns:
        The expression, to be compiled and matched against ``TokenLine.kinds``.

    Raises:
        KeyError: a name is neither a kind nor a macro.
    """

    def expand(match: re.Match[str]) -> str:
        name = match[0]
        return macros[name] if macros and name in macros else re.escape(KINDS[name])

    return _NAMES.sub(expand, pattern.replace("(", "(?:").replace("(?:?", "(?")).replace(" ", "")
