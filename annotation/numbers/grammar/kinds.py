"""Kinds of tokens: the alphabet in which the grammar is written.

A kind is one character, so that a line's kinds are a string and a pattern over them is an ordinary
regular expression. ``KINDS`` names them; ``shape`` turns a readable pattern such as
``"MONTH PERIOD? DAY"`` into a regular expression over kinds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

KINDS: dict[str, str] = {
    # numbers
    "NUM": "d",  # digits, read
    "ONE": "1",
    "SMALL": "u",  # zero, two … nineteen
    "TENS": "T",
    "HUNDRED": "h",
    "SCALE": "k",
    "DOZEN": "z",
    "HALF": "q",
    "QUARTER": "Q",
    "QUARTERS": "R",
    "PART": "f",  # third, fifth …
    "PARTS": "F",
    "VAGUE": "V",  # dozens, hundreds …
    "SEVERAL": "s",
    "FRACTION": "½",  # 1/2 or ½
    "POINT": "p",
    # what stands around numbers
    "A": "a",
    "EVERY": "e",
    "AND": "&",
    "OF": "O",
    "TO": "x",
    "OR": "j",
    "FROM": "B",
    "BETWEEN": "b",
    "THE": "E",
    "IN": "i",
    "SINCE": "I",  # since, by, during …
    "OUT": "X",
    "AT": "H",
    "ATLEAST": ">",
    "ATMOST": "<",
    "ABOUT": "~",
    "EXACT": "=",
    "ORMORE": "}",
    "ORLESS": "{",
    "ORSO": "^",
    "SIGN": "!",  # minus, negative, - before digits
    "CUR": "$",
    "CODE": "C",
    "PCT": "%",
    "MEASURE": "M",
    "POWER": "P",
    # dates, times, names
    "MONTH": "m",
    "WEEKDAY": "D",
    "CLOCK": "c",  # 10:30, 6pm, 12/04/2016, 1990s
    "WEEK": "τ",  # a singular that may be numbered: week 3
    "TIME": "t",  # seconds … centuries
    "DAYTIME": "r",
    "TODAY": "y",  # today, tomorrow …
    "ZONE": "Z",
    "ADJ": "n",  # next, last, business …: may stand between a number and its unit of time
    "ORD": "o",
    "HEAD": "N",  # resolution, page …: the number behind it is a name
    "AGE": "g",  # age, aged, as young as
    "IDENT": "L",  # phone, account, code: an identifier follows
    "FURNITURE": "U",  # comments, likes
    "DEGREE": "Y",
    "NAME": "G",  # AK-47, G20
    "JUNK": "J",
    # the rest
    "WORD": "w",
    "CAP": "W",
    "ACRONYM": "A",
    "STOP": "S",
    "ARE": "v",  # are, were, have: what stands before it is a subject in the plural
    "COMMA": ",",
    "PERIOD": ".",
    "SEMICOLON": ";",
    "OPEN": "(",
    "CLOSE": ")",
    "BRACKET": "[",
    "UNBRACKET": "]",
    "QUOTE": '"',
    "HYPHEN": "-",
    "DASH": "_",
    "SLASH": "/",
    "MATH": "*",
    "PIPE": "|",
    "NEWLINE": "\n",
    "POSS": "'",
}
"""Name -> character."""

NUMBER_KINDS = "d1uThkzqQR½sVa"
"""Kinds that may begin a number."""

_NAMES = re.compile(r"[A-Z][A-Z0-9_]*")


def shape(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """Regular expression over kinds for a pattern over their names.

    Patterns are regular expressions in which a kind or a macro stands by its name in capitals
    and blanks only separate; groups never capture: ``"(MONTH|WEEKDAY) STOP? NUM"``.

    Raises:
        KeyError: a name is neither a kind nor a macro.
    """

    def expand(match: re.Match[str]) -> str:
        name = match[0]
        return macros[name] if macros and name in macros else re.escape(KINDS[name])

    return _NAMES.sub(expand, pattern.replace("(", "(?:").replace("(?:?", "(?")).replace(" ", "")


@dataclass(slots=True)
class Token:
    """One word, number or sign."""

    start: int
    end: int
    kind: str
    word: str
    value: Decimal | None = None
    """What digits mean."""
    plain: bool = False
    """True for digits without separators, sign or suffix."""


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A stretch of text, cut into tokens; positions in it are indices of tokens."""

    text: str
    """The whole text; the offsets of tokens refer to it."""
    tokens: list[Token]
    """Its tokens, in order."""
    kinds: str
    """Their kinds, one character each."""

    def kind(self, at: int) -> str:
        """Kind of a token; before the first and after the last stands a newline."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else "\n"

    def word(self, at: int) -> str:
        """A token in lower case, empty outside."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def capital(self, at: int) -> bool:
        """Whether a token is written with a capital."""
        return self.text[self.tokens[at].start].isupper()

    def gap(self, at: int) -> int:
        """Code points between a token and the one before it."""
        return self.tokens[at].start - self.tokens[at - 1].end

    def words(self, first: int, last: int) -> set[str]:
        """The words from ``first`` to ``last`` (exclusive); positions outside are ignored."""
        return {token.word for token in self.tokens[max(0, first) : last]}
