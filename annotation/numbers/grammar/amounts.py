"""Units, currencies and ranges: from numbers to amounts."""

from __future__ import annotations

import re
from decimal import Decimal

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar import units
from annotation.numbers.grammar.kinds import TokenLine, shape
from annotation.numbers.grammar.numbers import MACROS, Quantity, spelled

# ── Units ────────────────────────────────────────────────────────────────────────────────────

_OF_A_UNIT = frozenset({"vague", "several", "dozen", "half a million"})
"""Forms that may be followed by "of" and a unit: "millions of dollars"."""


def with_unit(line: TokenLine, q: Quantity) -> Quantity:
    """Takes in the sign, the currency and the unit that stand beside a number."""
    if line.kind(q.first - 1) == "!" and q.vague is None:
        _negate(q)
    if _currency_before(line, q):
        return q
    after = q.last
    if line.kind(after) == "-" and line.kind(after + 1) in "CMP%":
        after += 1
    if line.word(after) == "m" and line.kind(after - 1) == "d":
        if not lex.is_plural(line.word(after + 1)):  # "3 m deep"
            q.unit, q.last = "m", after + 1
            return q
        _times(q, Decimal(10**6))  # "1.5 m people"
        q.last = after = after + 1
    kind = line.kind(after)
    if kind == "%":
        q.unit, q.last = "percent", after + 1
    elif kind == "$":
        if line.kind(after + 1) != "d" or line.kind(after + 2) == "$":  # not "10 $5 notes"
            q.unit, q.last = _symbol(line.word(after)), after + 1
    else:
        if kind == "O" and q.form in _OF_A_UNIT:
            after += 1
        if not _currency_after(line, q, after):
            _measure_after(line, q, after)
    return q


def _negate(q: Quantity) -> None:
    q.first -= 1
    q.low, q.high = -q.low, -q.high


def _times(q: Quantity, factor: Decimal) -> None:
    q.low, q.high = q.low * factor, q.high * factor


# currencies


def _symbol(word: str) -> str:
    """Code of a currency sign with the letters before it."""
    word = word.replace(" ", "")
    if word[-1] in "$＄" and len(word) > 1:
        return units.DOLLARS.get(word[:-1], "USD")
    return units.SYMBOLS[word[-1]]


def _scaled_code(word: str) -> tuple[Decimal, str] | None:
    """Reads "MEUR" is millions of euros."""
    if len(word) == 4 and word[0] in "mk" and word[1:] in units.CODES - units.CODES_AS_WORDS:
        return Decimal(10**6 if word[0] == "m" else 10**3), word[1:].upper()
    return None


def _currency_before(line: TokenLine, q: Quantity) -> bool:
    """Reads "$5", "$-5", "USD 5", "Rs. 5 crore", "MEUR 60"."""
    at = q.first - 1
    kind = line.kind(at)
    if kind == "$":
        if line.kind(at - 1) == "d" and line.kind(q.last) == "$":
            return False  # "10 $ 30 $": the sign belongs to the number before it
        q.first, q.unit = at, _symbol(line.word(at))
        if line.kind(at - 1) == "!":
            _negate(q)
        if line.kind(q.last) == "C" and line.word(q.last) in units.CODES:  # "$10 USD"
            q.unit = line.word(q.last).upper()
            q.last += 1
        return True
    digits = line.tokens[q.last - 1].value is not None or line.kind(q.first) == "d"
    if not (digits or "k" in line.kinds[q.first : q.last]) or line.kind(q.last) == "C":
        return False
    word = line.word(at)
    glued = line.gap(q.first) == 0
    if kind == "C" and word in units.CODES and (word in units.MAJOR_CODES or glued):
        q.first, q.unit = at, word.upper()
        return True
    if kind in "CwWA" and word in units.BEFORE_DIGITS and (len(word) > 1 or glued):
        q.first, q.unit = at, units.BEFORE_DIGITS[word]
        return True
    if kind in "wA" and (scaled := _scaled_code(word)):
        q.first, q.unit = at, scaled[1]
        _times(q, scaled[0])
        return True
    return False


_TWO_WORD_COUNTRIES = frozenset(
    ["new", "hong", "saudi", "south", "north", "sri", "costa", "sierra", "papua"]
)
"""First words of countries: "40 Hong Kong dollars"."""


def _currency_after(line: TokenLine, q: Quantity, at: int) -> bool:
    """Reads "10 million Syrian pounds", "30 cents", "5 dollars and 30 cents", "75 USD million"."""
    country = ""
    if line.kind(at) != "C":
        if line.word(at) in _TWO_WORD_COUNTRIES and line.kind(at + 2) == "C":
            at += 1
        if line.kind(at + 1) == "C" and line.word(at) in units.COUNTRIES:
            country, at = line.word(at), at + 1
    word = line.word(at)
    if line.kind(at) != "C":
        scaled = _scaled_code(word) if line.kind(at) in "wA" and line.kind(q.first) == "d" else None
        if scaled is None:
            return False
        q.unit, q.last = scaled[1], at + 1
        _times(q, scaled[0])
        return True
    is_code = word in units.CODES and word not in units.NAMES
    if is_code and word not in units.MAJOR_CODES and line.kind(at + 1) in "wWA":
        return False  # "300 ANG Airmen" are no guilders
    if not country and not _is_money(line, q, at):
        return False
    if word in units.MINOR:
        q.unit, share = units.MINOR[word]
        _times(q, share)
    else:
        q.unit = word.upper() if is_code else units.NAMES.get(word, "GBP")
        q.unit = units.COUNTRY_CODES.get((country, q.unit), q.unit)
    q.last = at + 1
    if line.word(q.last) == "sterling":
        q.last += 1
    if line.kind(q.last) == "k" and line.kind(at - 1) == "d":
        _times(q, Decimal(lex.SCALES[line.word(q.last)]))
        q.last += 1
    elif word not in units.MINOR and q.vague is None:
        _take_coins(line, q)
    return True


_SMALL_NUMBER = re.compile(shape("B100 | NUM", MACROS))


def _take_coins(line: TokenLine, q: Quantity) -> None:
    """Reads "5 dollars and 30 cents", "15 dollars 50", "17 USD 25"."""
    at = q.last + (line.kind(q.last) in "&,")
    match = _SMALL_NUMBER.match(line.kinds, at)
    if match is None or q.low != q.low.to_integral_value():
        return
    value, after = spelled(line.tokens[at : match.end()]), match.end()
    if value >= 100:
        return
    if line.kind(after) == "C" and line.word(after) in units.MINOR:
        share, after = units.MINOR[line.word(after)][1], after + 1
    elif at == q.last and (line.kind(after) in '.,;)"\n' or line.word(after) == "more"):
        share = Decimal("0.01")
    else:
        return
    q.low, q.high, q.last = q.low + value * share, q.high + value * share, after


_RARE_NAMES = frozenset(
    "mark marks real won som sum kip dong leone colon lev rand buck bucks leu cr".split()  # noqa: SIM905
)
"""Names of currencies that are more often something else."""

_RARER_NAMES = frozenset(["mark", "real", "sum", "colon", "won"])


def _is_money(line: TokenLine, q: Quantity, at: int) -> bool:
    """Whether a word that is a currency among other things is one here."""
    word = line.word(at)
    if word in {"pound", "pounds"}:
        if line.kind(at - 1) == "-" or line.words(q.first - 6, at + 4) & lex.WEIGHT_WORDS:
            return False
        return line.word(at + 1) != "of"
    if word not in _RARE_NAMES:
        return True
    if word == "won":
        return line.kind(at - 1) == "k" or line.kind(at + 1) not in "aEdu1wW"
    return q.form == "cardinal" and (word not in _RARER_NAMES or line.kind(at - 1) == "k")


# measures

_KINDS_OF_UNIT = frozenset(["nautical", "metric", "short", "statute", "long"])


def _measure_after(line: TokenLine, q: Quantity, at: int) -> None:
    """Reads "30 km", "18,000 square kilometers", "20 [kg]", "4 km squared", "50 km/h"."""
    bracket = line.kind(at) in "[<(" and line.kind(at + 1) == "M" and line.kind(at + 2) in "]>)"
    at += bracket
    sort = line.word(at) if line.word(at) in _KINDS_OF_UNIT else ""
    at += bool(sort)
    power = ""
    if line.kind(at) == "P":
        power, at = units.POWERS[line.word(at)], at + 1
    word = line.word(at)
    if line.kind(at) == "C" and word in {"pound", "pounds"}:
        symbol = "lb"
    elif line.kind(at) == "M" and not (len(word) == 1 and line.gap(at) > 1):
        symbol = "nmi" if sort == "nautical" else units.MEASURES.get(word, word)
    else:
        return
    if line.word(at + 2) == "class" and line.kind(at + 1) == "-":
        return  # "six Kilo-class submarines"
    q.unit, q.last = symbol + power, at + 1 + bracket
    if line.word(q.last) in {"squared", "cubed"}:
        q.unit += "²" if line.word(q.last) == "squared" else "³"
        q.last += 1


# ── Ranges ───────────────────────────────────────────────────────────────────────────────────

_RANGE_WORDS: dict[str, str] = dict.fromkeys(["x", "-", "_", "_x", "!", "j", "~"], "") | {"&": "b"}
"""Kinds that join two numbers to a range -> the kind that must stand before the first then."""

_BOTH_BOUNDS = re.compile(r"(?:,?[&S]|,)[<>]")
"""What stands between two numbers in "more than 10 and less than 15"."""


def joined(line: TokenLine, quantities: list[Quantity]) -> list[Quantity]:
    """Joins "10-15", "between 10 and 15", "more than 10 and less than 15" to one."""
    out: list[Quantity] = []
    for q in quantities:
        if out and (q.first < out[-1].last or _join(line, out[-1], q)):
            continue  # the coins of a sum, or the upper end of a range
        out.append(q)
    return out


def _join(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Makes ``a`` the range from ``a`` to ``b``, if that is what stands there."""
    if a.form == "range" or a.vague is not None or b.vague is not None:
        return False
    if a.unit != b.unit and ("fraction" in (a.unit, b.unit) or "count" not in (a.unit, b.unit)):
        return False
    between, lead = line.kinds[a.last : b.first], line.kind(a.first - 1)
    needed = "B" if _is_up_to(line, a, b) else _RANGE_WORDS.get(between)
    if needed is not None and (not needed or lead == needed):
        if between in "x<" and _is_change(line, a, b):
            return False
        low, high = a.low, b.high
        scale = _scale(line, b)
        if scale > 1 and _scale(line, a) == 1 and low < 1000 and low * scale < high:
            low *= scale  # "5 to 10 million"
        if low >= high and (
            between in "-!" or (between == "x" and line.words(a.first - 4, a.first) & lex.CONTESTS)
        ):
            a.form = b.form = "score"
        takes_lead = lead == needed or (lead == "B" and between in "x_-")
    elif _BOTH_BOUNDS.fullmatch(between) and lead in "<>" and lead != between[-1]:
        if "S" in between and line.word(b.first - 2) != "but":
            return False
        low, high = (a.low, b.high) if lead == ">" else (b.low, a.high)
        takes_lead = True
    else:
        return False
    if low >= high:
        return False
    a.low, a.high, a.last, a.form = low, high, b.last, "range"
    a.first -= takes_lead
    if a.unit == "count":
        a.unit = b.unit
    return True


def _is_change(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Whether "to" leads from one number to another: "rose from 10 to 15", "rose $5 to $90"."""
    if line.kind(a.first - 1) == "B":
        return not lex.CHANGE_WORDS.isdisjoint(line.words(a.first - 6, a.first))
    apart = a.unit != "count" or a.low * 10 < b.high  # not "rose 10 to 15 percent"
    return apart and line.word(a.first - 1) in lex.CHANGE_WORDS


def _is_up_to(line: TokenLine, a: Quantity, b: Quantity) -> bool:
    """Whether "up to" stands between two numbers: "from 1,000 up to 1,500"."""
    return b.first == a.last + 1 and line.word(a.last) == "up to"


_NUMERAL = re.compile(r"[\d.,]*\d")


def _scale(line: TokenLine, q: Quantity) -> Decimal:
    """What the digits or words of a number are multiplied by: 10^6 for "10 million" and "10m"."""
    for token in line.tokens[q.first : q.last]:
        if token.kind in "kh":
            return Decimal(lex.SCALES[token.word])
        if token.kind == "d" and token.value and token.word[-1:].isalpha():
            digits = _NUMERAL.match(token.word)
            plain = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
            return token.value / plain if plain else Decimal(1)
    return Decimal(1)
