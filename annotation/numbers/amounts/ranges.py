"""Ranges: two amounts that are one claim."""

from __future__ import annotations

import re
from decimal import Decimal

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.number_words import SCALES
from annotation.numbers.lexicon.verbs import CHANGE_WORDS, CONTESTS
from annotation.numbers.tokens.kinds import BOUNDS, K, shape
from annotation.numbers.tokens.line import TokenLine


def joined(line: TokenLine, quantities: list[Quantity]) -> list[Quantity]:
    """Joins "10-15", "between 10 and 15", "more than 10 and less than 15" to one.

    Args:
        line: the tokens.
        quantities: the amounts of the line, in order.

    Returns:
        The amounts without those that a sum or a range took in.
    """
    out: list[Quantity] = []
    for q in quantities:
        if not out:
            out.append(q)
        elif q.first >= out[-1].last:  # else the coins of a sum
            out[-1:] = _together(line, out[-1], q)
    return out


def _together(line: TokenLine, a: Quantity, b: Quantity) -> tuple[Quantity, ...]:
    """What two amounts are, one after the other: a range, the two of a score, or what they were."""
    if a.form == "range" or a.vague is not None or b.vague is not None:
        return a, b
    if a.unit != b.unit and ("fraction" in (a.unit, b.unit) or "count" not in (a.unit, b.unit)):
        return a, b
    return _by_word(line, a, b) or _by_bounds(line, a, b) or _twice(line, a, b) or (a, b)


def _twice(line: TokenLine, a: Quantity, b: Quantity) -> tuple[Quantity] | None:
    """Reads "5 (five)", the same number twice; None where it is not."""
    if b.first != a.last + 1 or not line.is_(a.last, K.OPEN) or not line.is_(b.last, K.CLOSE):
        return None
    same = a.low == b.low and a.high == b.high and a.unit == b.unit
    return (a._replace(last=b.last + 1),) if same else None


def _range(a: Quantity, b: Quantity, low: Decimal, high: Decimal, *, lead: bool) -> Quantity:
    """The range over two amounts, from the word before the first on if ``lead``."""
    unit = b.unit if a.unit == "count" else a.unit
    first = a.first - lead
    return a._replace(first=first, last=b.last, low=low, high=high, unit=unit, form="range")


# ── One word between them ────────────────────────────────────────────────────────────────────

_ANY = ""
_RANGE_WORDS: dict[str, str] = {
    K.TO: _ANY,
    K.HYPHEN: _ANY,
    K.DASH: _ANY,
    K.DASH + K.TO: _ANY,
    K.HYPHEN + K.TO: _ANY,  # "two- to three-hundred"
    K.HYPHEN + K.OR: _ANY,
    K.SIGN: _ANY,
    K.OR: _ANY,
    K.ABOUT: _ANY,
    K.AND: K.BETWEEN,
}
"""What joins two numbers to a range -> the kind that must stand before the first then."""


def _by_word(line: TokenLine, a: Quantity, b: Quantity) -> tuple[Quantity, ...] | None:
    """Reads "10 to 15", "from 1,000 up to 1,500", and "13 to 2" as a score; None for neither."""
    between, lead = line.kinds[a.last : b.first], line.kind(a.first - 1)
    up_to = _is_up_to(line, a, b)
    needed = K.FROM if up_to else _RANGE_WORDS.get(between)
    if needed is None or (needed != _ANY and lead != needed):
        return None
    if (up_to or between == K.TO) and _is_change(line, a, b):
        return None
    low, high = a.low, b.high
    scale = _scale(line, b)
    if scale > 1 and _scale(line, a) == 1 and low * scale < high:
        low *= scale  # "5 to 10 million"
    elif between in (K.HYPHEN, K.SIGN) and _shares_thousands(line, a, b):
        low *= 1000
    if low < high:
        from_to = lead == K.FROM and between in (K.TO, K.DASH, K.HYPHEN)
        return (_range(a, b, low, high, lead=needed != _ANY or from_to),)
    contest = between == K.TO and line.words(a.first - 4, a.first) & CONTESTS
    if contest or between in (K.HYPHEN, K.SIGN):
        return a._replace(form="score"), b._replace(form="score")
    return None


_THOUSANDS = re.compile(r"\d{1,3},000")


def _shares_thousands(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Whether the first number of a range is as many thousands as the second: "40-50,000"."""
    whole = line.tokens[a.last - 1].plain and _THOUSANDS.fullmatch(line.word(b.last - 1))
    return bool(whole) and a.low < 1000 and a.low * 1000 < b.high


def _is_up_to(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Whether "up to" stands between two numbers: "from 1,000 up to 1,500"."""
    return b.first == a.last + 1 and line.word(a.last) == "up to"


def _is_change(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Whether "to" leads from one number to another: "rose from 10 to 15", "rose by 5 to 9"."""
    if line.word(a.first - 1) == "by":  # "rose by 12 to 40", but not "by 10 to 15 percent"
        same = a.unit == b.unit == "count" and _scale(line, a) == _scale(line, b)
        changed = not CHANGE_WORDS.isdisjoint(line.words(a.first - 4, a.first - 1))
        return changed and (same or a.unit != "count")
    if line.is_(a.first - 1, K.FROM):
        return not CHANGE_WORDS.isdisjoint(line.words(a.first - 6, a.first))
    shared = _scale(line, b) if _scale(line, a) == 1 else 1
    apart = a.unit != "count" or a.low * shared * 10 < b.high  # not "rose 10 to 15 percent"
    return apart and line.word(a.first - 1) in CHANGE_WORDS


_SCALES = K.SCALE + K.HUNDRED + K.DOZEN
_NUMERAL = re.compile(r"[\d.,]*\d")


def _scale(line: TokenLine, q: Quantity) -> Decimal:
    """What the digits or words of a number are multiplied by: 10^6 for "10 million" and "10m"."""
    for token in line.tokens[q.first : q.last]:
        if token.kind in _SCALES:
            return Decimal(SCALES.get(token.word, 12))  # else a dozen
        if token.kind == K.NUM and token.value and token.word[-1:].isalpha():
            digits = _NUMERAL.match(token.word)
            plain = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
            return token.value / plain if plain else Decimal(1)
    return Decimal(1)


# ── A bound before each ──────────────────────────────────────────────────────────────────────

_BOTH_BOUNDS = re.compile(shape("(COMMA? (AND|STOP) | COMMA) (ATMOST|ATLEAST)"))
"""What stands between two numbers in "more than 10 and less than 15"."""


def _by_bounds(line: TokenLine, a: Quantity, b: Quantity) -> tuple[Quantity, ...] | None:
    """Reads "more than 10 but less than 15", "at most 15, at least 10"; None where it is not."""
    between, lead = line.kinds[a.last : b.first], line.kind(a.first - 1)
    if lead not in BOUNDS or not _BOTH_BOUNDS.fullmatch(between) or lead == between[-1]:
        return None
    if K.STOP in between and line.word(b.first - 2) != "but":
        return None
    low, high = (a.low, b.high) if lead == K.ATLEAST else (b.low, a.high)
    return (_range(a, b, low, high, lead=True),) if low < high else None
