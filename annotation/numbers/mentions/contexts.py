"""What an exclusion rule is, and the words in which it is written."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.numbers.tokens.kinds import NAME_KINDS, TIME_KINDS, K, any_of


@dataclass(frozen=True, slots=True)
class ExclusionRule:
    """A row of the grammar: a context in which a number is no mention."""

    name: str
    """What the number is instead."""
    shape: str
    """Pattern over kinds, with the names of ``CONTEXT``, in which the number is ``NUMBER`` or what
    is known of it. A range is one number."""
    example: str
    """A text without a mention."""
    counter_example: str
    """A text that looks alike and has a mention."""


@dataclass(frozen=True, slots=True)
class _NumberKinds:
    """What is known of the number itself: kinds that no token has."""

    ONE: str = "➊"  # one, in words
    HOUR: str = "➋"  # up to 24, in digits alone
    DAY: str = "➌"  # 25 to 31
    LIFETIME: str = "⓭"  # 32 to 120
    YEAR: str = "➍"  # 1500 to 2199
    INTEGER: str = "➎"  # any other in digits alone
    SHORT_WORDY: str = "➐"  # up to 60, in words
    LIFETIME_WORDY: str = "⓰"  # 61 to 120, in words
    SPELLED_YEAR: str = "⓫"  # 1900 to 2100, in words
    WORDY: str = "➏"  # any other in words
    FRACTION: str = "➑"
    YEARS: str = "➒"  # a range of years
    TIMELIKE: str = "➓"  # 6.45
    DECIMAL: str = "⓯"  # 121.5
    OTHER: str = "⓬"  # with a unit or a scale, and all that the rules need not tell apart
    MANY: str = (
        "⓮"  # no number: the word to which it is added between commas says that it is how many
    )


N = _NumberKinds()
"""What is known of a number, by name."""

_DIGITS = N.HOUR + N.DAY + N.YEAR + N.INTEGER + N.LIFETIME
_WORDS = N.ONE + N.WORDY + N.SHORT_WORDY + N.LIFETIME_WORDY

CONTEXT: dict[str, str] = {
    # the number
    "NUMBER": any_of(
        _DIGITS + _WORDS + N.FRACTION + N.YEARS + N.TIMELIKE + N.SPELLED_YEAR + N.OTHER + N.DECIMAL
    ),
    "INTEGER": any_of(_DIGITS),  # digits alone
    "DAY": any_of(N.HOUR + N.DAY),  # 1 to 31 in digits
    "LIFETIME": any_of(N.HOUR + N.DAY + N.LIFETIME + N.LIFETIME_WORDY),  # up to 120
    "YEAR": N.YEAR,  # 1500 to 2199 in digits
    "YEARS": N.YEARS,  # a range of these
    "TIMELIKE": N.TIMELIKE,  # 6.45
    "DECIMAL": N.DECIMAL,  # 121.5
    "WORDY": any_of(_WORDS),  # in words
    "SHORT": any_of(N.ONE + N.HOUR + N.SHORT_WORDY),  # in words up to 60, or at most 24
    "ONLY_ONE": N.ONE,
    "SPELLED_YEAR": N.SPELLED_YEAR,  # nineteen eighty
    "PART_OF": N.FRACTION,
    "OTHER": N.OTHER,
    "MANY": N.MANY,
    # what stands around it
    "TIME_UNIT": any_of(TIME_KINDS),
    "JOIN": any_of(K.HYPHEN + K.DASH + K.SLASH + K.TO + K.OR + K.FROM + K.AND),
    "NOUNISH": any_of(K.WORD + NAME_KINDS),
    "MORE": f"[^{K.NEWLINE}]",
    "BREAK": any_of(
        K.PERIOD + K.COMMA + K.SEMICOLON + K.OPEN + K.CLOSE + K.BRACKET + K.UNBRACKET + K.DASH
        + K.PIPE + K.QUOTE + K.MATH + K.NEWLINE
    ),
}  # fmt: skip
"""Names in the shapes of the rules, besides the kinds of tokens and ``numbers.MACROS``."""
