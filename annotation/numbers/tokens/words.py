"""Words -> kinds of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotation.numbers.lexicon import dates, function_words, names, number_words, units, verbs
from annotation.numbers.tokens.digits import is_battalion, is_weight
from annotation.numbers.tokens.kinds import K

_PLURAL_PARTS = frozenset(word + "s" for word in number_words.PARTS)
_PLURAL_NUMBERS = frozenset(number_words.VAGUE) - {"several", "few", "couple"}


def _word_kinds(*, codes: bool) -> dict[str, str]:
    """Word -> kind; a word that stands in several rows has the kind of the first.

    Args:
        codes: whether the codes of currencies are among the words.
    """
    rows: tuple[tuple[str, Iterable[str]], ...] = (
        (K.ONE, ["one"]),
        (K.SMALL, number_words.CARDINALS),
        (K.TENS, number_words.TENS),
        (K.HUNDRED, ["hundred"]),
        (K.SCALE, number_words.SCALES),
        (K.DOZEN, ["dozen", "doz"]),
        (K.HALF, ["half"]),
        (K.QUARTER, ["quarter"]),
        (K.QUARTERS, ["quarters", "halves"]),
        (K.PARTS, _PLURAL_PARTS),
        (K.PART, number_words.PARTS),
        (K.VAGUE, (word for word in _PLURAL_NUMBERS if " " not in word)),
        (K.POINT, ["point"]),
        (K.A, ["a", "an"]),
        (K.EVERY, ["every", "each"]),
        (K.AND, ["and", "&"]),
        (K.OF, ["of"]),
        (K.TO, ["to", "till", "until", "through", "thru"]),
        (K.OR, ["or"]),
        (K.FROM, ["from"]),
        (K.BETWEEN, ["between"]),
        (K.THE, ["the"]),
        (K.IN, ["in"]),
        (K.OUT, ["out"]),
        (K.SINCE, ["since", "during", "after", "before", "by", "circa", "this"]),
        (K.AT, ["at", "around"]),
        (K.SIGN, ["minus", "negative"]),
        (K.PCT, ["percent"]),
        (K.ARE, verbs.PLURAL_AUXILIARIES),
        (K.POWER, units.POWERS),
        (K.AGE, ["age", "ages", "aged", "youngest", "oldest", "eldest"]),
        (K.IDENT, names.IDENTIFIED),
        (K.REACTION, names.REACTIONS),
        (
            K.DEGREE,
            [*units.UNCLAIMED_UNITS, *names.POSITIONS],
        ),
        (K.MONTH, dates.MONTHS),
        (K.WEEKDAY, dates.WEEKDAYS),
        (K.WEEK, ["week", "day", "month", "year", "hour"]),
        (K.TIME, dates.TIME_UNITS),
        (K.TODAY, dates.TODAY),
        (K.DAYTIME, dates.DAYTIMES),
        (K.ADJ, dates.DURATION_ADJECTIVES),
        (K.MEASURE, units.MEASURES),
        (K.CODE, [*units.NAMES, *units.MINOR, *(units.CODES if codes else ())]),
        (K.ORD, number_words.ORDINALS),
        (K.ZONE, dates.ZONES),
        (K.STOP, function_words.STOP_WORDS),
        (K.DESIGNATOR, names.DESIGNATORS),
    )
    kinds: dict[str, str] = {}
    for kind, words in rows:
        for word in words:
            kinds.setdefault(word, kind)
    return kinds


WORD_KINDS = _word_kinds(codes=True)
"""Word -> kind, for the words whose kind does not depend on what stands around them."""

_WITHOUT_CODES = _word_kinds(codes=False)
"""As ``WORD_KINDS``, for codes that were written as ordinary words."""

_DATES = K.MONTH + K.WEEKDAY

_CAPITAL_NAMES = frozenset({"us", "who", "is", "it"})
"""Words that are something else in capitals: the US, the WHO, IS fighters."""

_ZONES_IN_LOWER_CASE = frozenset({"gmt", "utc", "cst"})

_AS_WRITTEN = (
    dates.CAPITAL_ONLY | units.CODES_AS_WORDS | _CAPITAL_NAMES | dates.ZONES | {"tn", "bn"}
)
"""Words whose kind depends on their capitals, or on what stands around them."""

SETTLED_KINDS = {word: kind for word, kind in WORD_KINDS.items() if word not in _AS_WRITTEN}
"""Word -> kind, for the words that have one kind, however they are written."""

_DAY_FOLLOWS = re.compile(
    r"\s\d{1,2}\b(?![,.]\d)|\s(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|eighteenth)\b"
)


def word_kind(text: str, original: str, start: int, end: int, word: str) -> str:
    """The kind of a word.

    Args:
        text: the whole text in lower case.
        original: the text as it is written.
        start: where the word begins.
        end: where it ends (exclusive).
        word: ``text[start:end]``.
    """
    kind = WORD_KINDS.get(word)
    if kind is not None:
        if word not in _AS_WRITTEN:
            return kind
        if word == "tn" and is_weight(text, start, end):
            return K.MEASURE
        if word == "bn" and is_battalion(text, original, start, end):
            return K.DESIGNATOR
        kind = _as_written(kind, word, original[start:end], text, end)
        if kind is not None:
            return kind
    if not original[start].isupper():
        return K.WORD
    return K.ACRONYM if end - start > 1 and original[start:end].isupper() else K.CAP


def _as_written(kind: str, word: str, written: str, text: str, end: int) -> str | None:
    """The kind of a word that is something else in capitals or without; None for on no list."""
    upper = written.isupper()
    if kind in _DATES and word in dates.CAPITAL_ONLY and not written[0].isupper():
        if _DAY_FOLLOWS.match(text, end):
            return kind
        return K.STOP if word == "may" else None
    if kind == K.CODE and word in units.CODES_AS_WORDS and not upper:
        return _WITHOUT_CODES.get(word)
    if kind == K.STOP and upper and word in _CAPITAL_NAMES:
        return None
    if kind == K.ZONE and not upper and word not in _ZONES_IN_LOWER_CASE:
        return None
    return kind
