"""Runs of digits: numbers, dates, telephone numbers, and what is glued to them."""

from __future__ import annotations

import re
from decimal import Decimal

from annotation.numbers.lexicon import units
from annotation.numbers.lexicon.nouns import is_plural
from annotation.numbers.lexicon.number_words import GLUED_SCALES, SCALES, VULGAR
from annotation.numbers.tokens.kinds import K
from annotation.numbers.tokens.line import Token

BLANK = "[ \u00a0\u202f\u2009]"
"""Blanks that may separate thousands."""

SAFE_CODES = "|".join(sorted(units.CODES - units.CODES_AS_WORDS))
"""Currency codes that are no words."""

_GLUED_UNITS = (
    "km/h|kmh|kph|kmph|km²|km2|m²|m2|m³|m3|mi²|kms|km|cm|mm|mi|ft|ha|kgs|kg|mg|µg|μg|mcg|ml|lbs|lb"
    "|oz|kt|mw|gw|kw|mph|bpd|sqkm|sqm|g"
)

# numerals; the first that fits is read
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:{BLANK}\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?")  # 40 000
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.])")  # 5.000 as in Berlin
_COMMA_DECIMAL = re.compile(r"\d+,\d{1,2}(?![\d,])")  # 1,3
_PLAIN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?"  # 1,234.5
    r"|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d{1,4})?"  # 12,34,567 as in Delhi
    r"|\d++(?:\.\d++)?(?![\d.]*,\d\d\d\b)"
)
_LONGEST = 24
"""Characters of a numeral that is still read."""

_MIXED = re.compile(rf"(?:(\d+){BLANK}{{1,2}})?(\d)/(\d{{1,2}})(?![\d/]|\w)")  # 2 1/2, 3/4
_SUFFIX = re.compile(
    rf"""
    (?P<scale>(?:k|m|mn|mln|mil|mio|bn|bln|b|tn|tln|trn|t)\b)
  | (?P<unit>(?:{_GLUED_UNITS})(?![\w²³]))
  | (?P<code>(?:{SAFE_CODES}|rmb|rs|p)\b)
  | (?P<time>(?:h|hr|hrs|min|mins|sec|secs|s|d|y|yr|yrs|yo)\b)
  | (?P<plus>\+(?![\d\w]))
  | (?P<exp>(?:e|[x×]10\^?)(?P<power>[+-]?\d{{1,2}})\b)
  | (?P<letters>\w{{1,60}})
    """,
    re.VERBOSE,
)
_SUFFIX_KINDS = {"unit": K.MEASURE, "code": K.CODE, "time": K.TIME, "plus": K.ORMORE}
_TIMES = re.compile(
    r"(?:[x×]\s|\s[x×]\s|\s?×)(?=\d{2,3}(?:\.\d)?[ -]?mm\b"
    r"|(?!(?:more|less|as|the|a|per|in|of|and|or|by|to|for|on|at|its|their|his)\b|[a-z]+er\b)[a-z])"
)
"""A sign of multiplication that stands between a number and what is counted: "2x T-72"."""
_METRES_FOLLOW = re.compile(
    r"\s?(?:tall|high|deep|long|wide|thick|away|from|above|below|north|south|east|west|x\b|off|across)"
)
_SIGNS = re.escape("".join(units.SYMBOLS))
_MONEY_BEFORE = re.compile(rf"(?:[{_SIGNS}]|\b(?:{SAFE_CODES}|rs))[ -]?\Z")
_DATE = re.compile(
    r"""(?:
      \d{4}([-/.\ ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?:\ \d\d)?
    | (?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)\d\d|\d\d)
    | (?:1[5-9]|20)\d\d\ ?[-–/]\ ?(?:\d\d|(?:1[5-9]|20)\d\d)
    | (?:0?[1-9]|1[0-2]|[1-9]\d)\ ?[-/]\ ?(?:19|20)\d\d
    | (?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])
    | \d{1,2}/\d{1,2}(?:/\d{2,4})?\ ?[-–]\ ?\d{1,2}/\d{1,2}(?:/\d{2,4})?
    | \d{1,2}-\d{1,2}-\d{2,4}\ ?-\ ?\d{1,2}-\d{1,2}-\d{2,4}
    )(?![\d/])""",
    re.VERBOSE,
)
_SPAN = re.compile(r"(\d{4}) ?[-–] ?(\d{4})")
_GROUPS = re.compile(r"\d+")
_PAIR = re.compile(r"\d{1,15}(?:\.\d{1,2})? ?[-–‑] ?\d{1,15}(?:\.\d{1,2})?")
_DECIMAL = re.compile(r"\d+\.\d+")
_YEAR_AND_NUMBER = re.compile(r"(?:19|20)\d\d [1-9]\d*")
_VERSION = re.compile(r"\d+(?:\.\d{1,2}){2,}(?!\d)")


def _is_phone(run: str) -> bool:
    """Whether a run of digit groups is a telephone number or another identifier.

    Every shape of the E.164 and national notations comes down to the same: at least seven
    digits in groups that do not make a number with thousands separators.

    Args:
        run: the groups with what stands between them.
    """
    if "," in run:
        return False
    groups = _GROUPS.findall(run)
    digits = sum(map(len, groups))
    if run[0] in "+(" and digits >= 5:
        return True
    if len(groups) == 1 or _YEAR_AND_NUMBER.fullmatch(run):
        return False
    if _GROUPED.fullmatch(run) or _DOTTED.fullmatch(run) or _DATE.match(run):
        # "123 456 789" is dialled, "123 456 000" is counted
        return 9 <= digits < 12 and run.count(" ") == len(groups) - 1 and run[-3:] != "000"
    if _PAIR.fullmatch(run):
        first, second = groups[0], groups[-1]
        return first[0] == "0" or (digits >= 9 and len(first) != len(second)) or digits >= 14
    if _DECIMAL.fullmatch(run):
        return len(groups[0]) > 1 and run[0] == "0"
    return digits >= 7 or (len(groups) >= 4 and digits >= 6)


def digit_tokens(text: str, start: int, end: int) -> tuple[list[Token], int]:
    """Cuts groups of digits into tokens: a number, a date, or an identifier.

    Args:
        text: the whole text in lower case.
        start: where the groups begin.
        end: where they end (exclusive).

    Returns:
        The tokens, and where reading goes on: before ``end`` where the groups are more than one
        number, behind it where something is glued to them.
    """
    run = text[start:end]
    if run.isdecimal() and run[0] != "0" and len(run) <= _LONGEST:  # most runs: no other is tried
        return suffixed(text, start, end, Decimal(run))
    if _is_phone(run) or _VERSION.match(run):
        return [Token(start, end, K.JUNK, run)], end
    at = start
    out = []
    while text[at] in "+(":
        out.append(Token(at, at + 1, K.OPEN if text[at] == "(" else K.MATH, text[at]))
        at += 1
    whole = _mixed(text, at, end) or _date(text, at, end)
    if whole is not None:
        return [*out, whole], whole.end
    numeral = _numeral(text, at, end)
    if numeral is None:
        return [*out, Token(at, end, K.JUNK, run)], end
    stop, value = numeral
    digits = text[at:stop]
    if digits.isdigit() and len(digits) > 1 and digits[0] == "0":  # 007
        return [*out, Token(at, stop, K.JUNK, digits)], stop
    tokens, stop = suffixed(text, at, stop, value)
    return out + tokens, stop


def _mixed(text: str, at: int, end: int) -> Token | None:
    """Reads "2 1/2" and "3/4", where something is counted in them."""
    match = _MIXED.match(text, at, end)
    if match is None or not 0 < int(match[2]) < int(match[3]) <= 10:
        return None
    if not match[1] and not re.match(r"\s?[a-z%]", text[match.end() : match.end() + 2]):
        return None
    value = Decimal(match[1] or 0) + Decimal(match[2]) / Decimal(match[3])
    kind = K.NUM if match[1] else K.FRACTION
    return Token(at, match.end(), kind, match[0], value)


def _date(text: str, at: int, end: int) -> Token | None:
    """Reads "12/04/2016", "2015-16", "2016-04-12"; None where the digits are no date."""
    match = _DATE.match(text, at, end)
    if match is None or text[at - 1 : at] in units.SYMBOLS:
        return None
    span = _SPAN.fullmatch(match[0])
    if span and not 1800 <= int(span[1]) < int(span[2]) <= 2100:
        return None  # "1000-5000" are no years
    if re.match(r"[,.]\d", text[match.end() : match.end() + 2]):
        return None
    return Token(at, match.end(), K.CLOCK, match[0])


def _numeral(text: str, at: int, end: int) -> tuple[int, Decimal] | None:
    """Where the numeral at ``at`` ends, and its value; None where there is none."""
    if match := _GROUPED.match(text, at, end):
        digits = re.sub(BLANK, "", match[0]).replace(",", ".")
    elif (match := _DOTTED.match(text, at, end)) and _counts_whole(text, match.end(), match[0]):
        digits = match[0].replace(".", "").replace(",", ".")
    elif match := _COMMA_DECIMAL.match(text, at, end):
        digits = match[0].replace(",", ".")
    elif match := _PLAIN.match(text, at, end):
        digits = match[0].replace(",", "")
    if match is None or len(digits) > _LONGEST:
        return None
    return match.end(), Decimal(digits)


def _counts_whole(text: str, at: int, digits: str) -> bool:
    """Whether "5.000" means five thousand: something whole is counted behind it."""
    if digits.count(".") > 1:
        return True
    after = re.match(r"\s{1,2}(?:[a-z-]{2,20}\s)?([a-z]{3,20})\b", text[at : at + 50])
    if after is None:
        return False
    words = after[0].split()
    first = words[0]
    if first in SCALES or first in units.MEASURES or first in units.NAMES or first[:3] == "per":
        return False
    return any(is_plural(word) for word in words)


def _is_length_or_weight(text: str, at: int, end: int, word: str) -> bool:
    """Whether "5m" are metres and "5t" tonnes: no money, and the words around say so."""
    if _MONEY_BEFORE.search(text, max(0, at - 5), at):
        return False
    return text.endswith("within ", 0, at) or (
        word == "m" and _METRES_FOLLOW.match(text, end) is not None
    )


_MONEY_AMOUNT = re.compile(rf"[{_SIGNS}][\d.,]*\s?\Z")


def is_weight(text: str, at: int, end: int) -> bool:
    """Whether "tn" are tonnes and no trillions: of something, and no sign of money before.

    Args:
        text: the whole text in lower case.
        at: where the number, or the unit behind it, begins.
        end: where the unit ends (exclusive).
    """
    money = _MONEY_AMOUNT.search(text, max(0, at - 20), at)
    return text.startswith(" of ", end) and money is None


_NUMBER_ALONE = re.compile(rf"(?<![\d.,{_SIGNS}])(\d{{1,3}})\s?\Z")
_WORD_BEHIND = re.compile(r"\s([a-z]+)")


def is_battalion(text: str, original: str, at: int, end: int) -> bool:
    """Whether "Bn" is a battalion and no billions: "182 Bn", but not "Rs 182 Bn", "1.4 Bn".

    Args:
        text: the whole text in lower case.
        original: the text as it is written.
        at: where the word begins.
        end: where it ends (exclusive).
    """
    if original[at] != "B" or original[at + 1] != "n":
        return False
    number = _NUMBER_ALONE.search(text, max(0, at - 8), at)
    if number is None:
        return text[end : end + 1] == "." or original[end + 1 : end + 2].isupper()
    if _MONEY_BEFORE.search(text, max(0, number.start() - 6), number.start()):
        return False
    behind = _WORD_BEHIND.match(text, end)
    if behind is None:
        return True
    word = behind[1]
    money = word in units.NAMES or word in units.CODES or word in units.COUNTRIES
    counted = len(number[1]) == 1 and original[behind.start(1)].islower()
    return not money and not (counted and is_plural(word))


def suffixed(text: str, at: int, stop: int, value: Decimal) -> tuple[list[Token], int]:
    """Digits with what is glued to them: "2.5m", "30km", "100+", "3d".

    Args:
        text: the whole text in lower case.
        at: where the digits begin.
        stop: where they end (exclusive).
        value: what they mean.

    Returns:
        One token, or the digits and the suffix; and where they end.
    """
    digits = text[at:stop]
    number = Token(at, stop, K.NUM, digits, value, digits.isdigit())
    if times := _TIMES.match(text, stop):
        return [number], times.end()
    suffix = _SUFFIX.match(text, stop)
    if suffix is None or text[stop] in VULGAR:
        return [number], stop
    group, word, end = suffix.lastgroup, suffix[0], suffix.end()
    if word == "g" and len(digits) == 1 and not text.startswith(" of", end):
        group = "letters"  # 5G
    if group == "scale":
        if word == "m" and text.startswith(" ago", end):
            return [number, Token(stop, end, K.TIME, word)], end
        if word == "tn" and is_weight(text, at, end):
            return [number, Token(stop, end, K.MEASURE, word)], end
        if word in "mt" and _is_length_or_weight(text, at, end, word):
            return [number, Token(stop, end, K.MEASURE, word)], end
        scale = GLUED_SCALES.get(word) or SCALES[word]
        return [Token(at, end, K.NUM, text[at:end], value * scale)], end
    if group == "exp":
        return [Token(at, end, K.NUM, text[at:end], value.scaleb(int(suffix["power"])))], end
    if group == "letters":  # 36.2N
        return [Token(at, end, K.NAME, text[at:end])], end
    assert group is not None  # every alternative is a group
    return [number, Token(stop, end, _SUFFIX_KINDS[group], word)], end
