"""Units and currencies: from numbers to amounts."""

from __future__ import annotations

import re
from decimal import Decimal

from annotation.numbers.amounts.numbers import MACROS, Quantity
from annotation.numbers.amounts.values import spelled
from annotation.numbers.lexicon import units
from annotation.numbers.lexicon.nouns import WEIGHT_WORDS, is_plural
from annotation.numbers.lexicon.number_words import SCALES
from annotation.numbers.tokens.kinds import ARTICLE_KINDS, OPEN_WORDS, UNIT_WORDS, K, shape
from annotation.numbers.tokens.line import TokenLine

_UNITS = UNIT_WORDS + K.PCT

_OF_A_UNIT = frozenset({"vague", "several", "dozen", "half a million"})
"""Forms that may be followed by "of" and a unit: "millions of dollars"."""


def with_unit(line: TokenLine, q: Quantity) -> Quantity:
    """A number with the sign, the currency and the unit that stand beside it.

    Args:
        line: the tokens.
        q: the number as ``numbers`` found it.

    Returns:
        The amount; the number itself where nothing belongs to it.
    """
    if line.is_(q.first - 1, K.SIGN) and q.vague is None:
        q = _negated(q)
    money = _currency_before(line, q)
    if money is not None:
        return money
    after = q.last
    if line.is_(after, K.HYPHEN) and line.is_(after + 1, _UNITS):
        after += 1
    if line.word(after) == "m" and line.is_(after - 1, K.NUM) and not line.is_(after, K.TIME):
        if not is_plural(line.word(after + 1)):  # "3 m deep"
            return q._replace(unit="m", last=after + 1)
        after += 1
        q = _times(q, Decimal(10**6))._replace(last=after)  # "1.5 m people"
    kind = line.kind(after)
    if kind == K.PCT and (line.word(after) == "‰" or "mil" in line.word(after)):
        return _times(q, Decimal("0.1"))._replace(unit="percent", last=after + 1)
    if kind == K.PCT:
        return q._replace(unit="percent", last=after + 1)
    if kind == K.CUR:
        if line.is_(after + 1, K.NUM) and not line.is_(after + 2, K.CUR):
            return q  # "10 $5 notes"
        return q._replace(unit=_symbol(line.word(after)), last=after + 1)
    if kind == K.OF and q.form in _OF_A_UNIT:
        after += 1
    return _currency_after(line, q, after) or _measure_after(line, q, after) or q


def _negated(q: Quantity) -> Quantity:
    """The number with the sign that stands before it."""
    return q._replace(first=q.first - 1, low=-q.low, high=-q.high)


def _times(q: Quantity, factor: Decimal) -> Quantity:
    return q._replace(low=q.low * factor, high=q.high * factor)


# ── Currencies before a number ───────────────────────────────────────────────────────────────


def _symbol(word: str) -> str:
    """Code of a currency sign with the letters before it."""
    word = word.replace(" ", "")
    if word[-1] in "$＄" and len(word) > 1:
        return units.DOLLARS.get(word[:-1], "USD")
    return units.SYMBOLS[word[-1]]


def _scaled_code(word: str) -> tuple[Decimal, str] | None:
    """Reads "MEUR" as millions of euros: the factor and the code."""
    if len(word) == 4 and word[0] in "mk" and word[1:] in units.CODES - units.CODES_AS_WORDS:
        return Decimal(10**6 if word[0] == "m" else 10**3), word[1:].upper()
    return None


_CURRENCY_NAMES = K.CODE + OPEN_WORDS
_SCALED_CODES = K.WORD + K.ACRONYM


def _currency_before(line: TokenLine, q: Quantity) -> Quantity | None:
    """Reads "$5", "$-5", "USD 5", "Rs. 5 crore", "MEUR 60"; None where no currency is before."""
    at = q.first - 1
    kind = line.kind(at)
    if kind == K.CUR:
        return _sign_before(line, q)
    digits = line.tokens[q.last - 1].value is not None or line.is_(q.first, K.NUM)
    counted = digits or K.SCALE in line.kinds[q.first : q.last]
    if not counted or line.is_(q.last, K.CODE):
        return None
    word = line.word(at)
    glued = line.gap(q.first) == 0
    if kind == K.CODE and word in units.CODES and (word in units.MAJOR_CODES or glued):
        return q._replace(first=at, unit=word.upper())
    named = kind in _CURRENCY_NAMES and word in units.BEFORE_DIGITS
    if named and (len(word) > 1 or glued):
        return q._replace(first=at, unit=units.BEFORE_DIGITS[word])
    large = digits and not all(token.plain for token in line.tokens[q.first : q.last])
    if large and kind == K.CODE and word in units.CODES:
        return q._replace(first=at, unit=word.upper())
    if large and word in units.BEFORE_LARGE_NUMBERS and line.capital(at):
        return q._replace(first=at, unit=units.BEFORE_LARGE_NUMBERS[word])
    if kind in _SCALED_CODES and (scaled := _scaled_code(word)):
        factor, code = scaled
        return _times(q, factor)._replace(first=at, unit=code)
    return None


def _sign_before(line: TokenLine, q: Quantity) -> Quantity | None:
    """Reads "$5", "-$5", "$10 USD"; None where the sign belongs to the number before it."""
    at = q.first - 1
    if line.is_(at - 1, K.NUM) and line.is_(q.last, K.CUR):
        return None  # "10 $ 30 $"
    q = q._replace(first=at, unit=_symbol(line.word(at)))
    if line.is_(at - 1, K.SIGN):
        q = _negated(q)
    if line.is_(q.last, K.CODE) and line.word(q.last) in units.CODES:
        q = q._replace(unit=line.word(q.last).upper(), last=q.last + 1)
    return q


# ── Currencies after a number ────────────────────────────────────────────────────────────────

_TWO_WORD_COUNTRIES = frozenset(
    ["new", "hong", "saudi", "south", "north", "sri", "costa", "sierra", "papua"]
)
"""First words of countries: "40 Hong Kong dollars"."""


def _currency_after(line: TokenLine, q: Quantity, at: int) -> Quantity | None:
    """Reads "10 million Syrian pounds", "30 cents", "75 USD million", "120 MEUR".

    Args:
        line: the tokens.
        q: the number.
        at: where the currency would begin.

    Returns:
        The amount of money, None where none is there.
    """
    country = ""
    if not line.is_(at, K.CODE) or line.is_(at + 1, K.CODE):  # "CFA francs"
        if line.word(at) in _TWO_WORD_COUNTRIES and line.is_(at + 2, K.CODE):
            at += 1
        if line.is_(at + 1, K.CODE) and line.word(at) in units.COUNTRIES:
            country, at = line.word(at), at + 1
    word = line.word(at)
    if not line.is_(at, K.CODE):
        return _scaled_code_after(line, q, at)
    is_code = word in units.CODES and word not in units.NAMES
    if is_code and word not in units.MAJOR_CODES and line.is_(at + 1, OPEN_WORDS):
        return None  # "300 ANG Airmen" are no guilders
    if not country and not _is_money(line, q, at):
        return None
    is_coin = word in units.MINOR
    if is_coin:
        unit, share = units.MINOR[word]
        q = _times(q, share)
    else:
        unit = word.upper() if is_code else units.NAMES.get(word, "GBP")
        unit = units.COUNTRY_CODES.get((country, unit), unit)
    last = at + 1 + (line.word(at + 1) == "sterling")
    if unit == "CHF" and line.word(last) in ("cfa", "fcfa"):
        unit, last = "XOF", last + 1
    q = q._replace(unit=unit, last=last)
    if line.is_(last, K.SCALE) and line.is_(at - 1, K.NUM):  # "75 USD million"
        return _times(q, Decimal(SCALES[line.word(last)]))._replace(last=last + 1)
    return q if is_coin or q.vague is not None else _with_coins(line, q)


def _scaled_code_after(line: TokenLine, q: Quantity, at: int) -> Quantity | None:
    """Reads "120 MEUR"."""
    if not line.is_(at, _SCALED_CODES) or not line.is_(q.first, K.NUM):
        return None
    scaled = _scaled_code(line.word(at))
    if scaled is None:
        return None
    factor, code = scaled
    return _times(q, factor)._replace(unit=code, last=at + 1)


_SMALL_NUMBER = re.compile(shape("B100 | NUM", MACROS))
_BEFORE_COINS = K.AND + K.COMMA
_SENTENCE_MARKS = K.PERIOD + K.COMMA + K.SEMICOLON + K.CLOSE + K.QUOTE + K.NEWLINE


def _with_coins(line: TokenLine, q: Quantity) -> Quantity:
    """Reads "5 dollars and 30 cents", "15 dollars 50", "17 USD 25"; else the sum as it is."""
    at = q.last + line.is_(q.last, _BEFORE_COINS)
    match = _SMALL_NUMBER.match(line.kinds, at)
    if match is None or q.low != q.low.to_integral_value():
        return q
    coins, after = spelled(line.tokens[at : match.end()]), match.end()
    if coins >= 100:
        return q
    if line.is_(after, K.CODE) and line.word(after) in units.MINOR:
        share, after = units.MINOR[line.word(after)][1], after + 1
    elif at == q.last and (line.is_(after, _SENTENCE_MARKS) or line.word(after) == "more"):
        share = Decimal("0.01")
    else:
        return q
    return q._replace(low=q.low + coins * share, high=q.high + coins * share, last=after)


_RARE_NAMES = frozenset(
    "mark marks real won som sum kip dong leone colon lev rand buck bucks leu cr".split()  # noqa: SIM905
)
"""Names of currencies that are more often something else."""

_RARER_NAMES = frozenset(["mark", "real", "sum", "colon", "won"])
"""Those of them that are money only behind a scale: "5 million won"."""

_OBJECT_OF_WON = ARTICLE_KINDS + K.NUM + K.SMALL + K.ONE + K.WORD + K.CAP


def _is_money(line: TokenLine, q: Quantity, at: int) -> bool:
    """Whether a word that is a currency among other things is one here."""
    word = line.word(at)
    if word in {"pound", "pounds"}:
        if line.is_(at - 1, K.HYPHEN) or line.words(q.first - 6, at + 4) & WEIGHT_WORDS:
            return False
        return line.word(at + 1) != "of"
    if word not in _RARE_NAMES:
        return True
    scaled = line.is_(at - 1, K.SCALE)
    if word == "won":
        return scaled or not line.is_(at + 1, _OBJECT_OF_WON)
    return q.form == "cardinal" and (word not in _RARER_NAMES or scaled)


# ── Measures ─────────────────────────────────────────────────────────────────────────────────

_SORTS_OF_UNIT = frozenset(["nautical", "metric", "short", "statute", "long"])
"""Words before a unit that say which of its sorts it is."""

_OPENING = K.BRACKET + K.OPEN + K.ATMOST
_CLOSING = K.UNBRACKET + K.CLOSE + K.ATLEAST


def _measure_after(line: TokenLine, q: Quantity, at: int) -> Quantity | None:
    """Reads "30 km", "18,000 square kilometers", "20 [kg]", "4 km squared", "50 km/h".

    Args:
        line: the tokens.
        q: the number.
        at: where the unit would begin.

    Returns:
        The measure, None where none is there.
    """
    bracket = line.is_(at, _OPENING) and line.is_(at + 1, K.MEASURE) and line.is_(at + 2, _CLOSING)
    at += bracket
    sort = line.word(at) if line.word(at) in _SORTS_OF_UNIT else ""
    at += bool(sort)
    power = ""
    if line.is_(at, K.POWER):
        power, at = units.POWERS[line.word(at)], at + 1
    word = line.word(at)
    if line.is_(at, K.CODE) and word in {"pound", "pounds"}:
        symbol = "lb"
    elif line.is_(at, K.MEASURE) and not (len(word) == 1 and line.gap(at) > 1):
        symbol = "nmi" if sort == "nautical" else units.MEASURES.get(word, word)
    else:
        return None
    if line.word(at + 2) == "class" and line.is_(at + 1, K.HYPHEN):
        return None  # "six Kilo-class submarines"
    last = at + 1 + bracket
    if line.word(last) in {"squared", "cubed"}:
        power += "²" if line.word(last) == "squared" else "³"
        last += 1
    return q._replace(unit=symbol + power, last=last)
