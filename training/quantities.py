"""Reads numeric mentions: which numbers a text claims, and what they mean. Nothing is learnt.

    >>> [mention] = read("SDF have captured more than 80 percent of the city.")
    >>> mention.text, mention.low, mention.high, mention.modifier, mention.unit, mention.noun
    ('more than 80 percent of the city', Decimal('80'), None, 'at_least', 'percent', 'city')

The reader works in four steps, each a table:

1. ``training.tokens`` cuts the text around each number into tokens of a kind.
2. ``NUMBERS`` finds numbers in the kinds and evaluates them.
3. Units and currencies are attached, ranges joined, modifiers read.
4. ``NO_MENTIONS`` says in which surroundings a number is none of ours (dates, ages, phones …);
   what is left gets its noun.

To teach it something, add a row to ``NUMBERS`` or ``NO_MENTIONS`` with one example and one
counter-example: the examples are the tests. What counts as a mention is decided by
``docs/codebook.md``. Offsets are half-open and count code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from annotation.records import Modifier
from training import lexicon as lex
from training import units
from training.tokens import NUMBER_KINDS, Token, shape, tokenise

Policy = Literal["literal", "acled"]
"""How vague words are read. ``literal``: dozens are at least two dozen, without upper end.
``acled``: as the ACLED codebook codes fatalities, dozens are 12 and hundreds 100."""

LONGEST = 20_000
"""Code points of a sentence that are read; ``read_article`` cuts what is longer."""

MOST_NUMBERS = 200
"""Numbers of a sentence that are looked at; what holds more is a table. Both bound the time."""

LONGEST_NUMERAL = 40
"""Digits, points and commas in a row that may be a number; what is longer is passed over."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One number that a text claims."""

    start: int
    """Where modifier + number + unit or noun begin in the text, in code points."""
    end: int
    """Where they end (exclusive)."""
    text: str
    """The wording: ``text[start:end]``."""
    number_start: int
    """Where the number itself begins, with its sign, currency or per cent."""
    number_end: int
    """Where the number itself ends (exclusive)."""
    low: Decimal | None
    """Smallest value claimed, None where it is open."""
    high: Decimal | None
    """Largest value claimed, None where it is open."""
    modifier: Modifier
    """How it is claimed."""
    unit: str
    """``count``, ``percent`` (80 is 80 per cent), ``fraction`` (0.5 is half), an ISO 4217 code, or
    the symbol of a unit; a rate is written with a stroke ("count/d", "km/h")."""
    noun: str | None
    """What is counted, as written and without determiner; None where it stands elsewhere."""
    policy: Policy | None = None
    """How a vague word was read, None where the number is not vague."""


def mention_row(mention: Mention) -> dict[str, object]:
    """The mention as a row of JSON, numbers as JSON numbers; the output of ``newsledger quantities``."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "number_start": mention.number_start,
        "number_end": mention.number_end,
        "low": _json_number(mention.low),
        "high": _json_number(mention.high),
        "modifier": mention.modifier,
        "unit": mention.unit,
        "noun": mention.noun,
    }


def _tidy(value: Decimal | None) -> Decimal | None:
    """Whole numbers without a fractional part ("4.5 billion" is 4500000000, not 4500000000.0)."""
    if value is None or value != value.to_integral_value():
        return value
    return value.quantize(Decimal(1)) if value.adjusted() < 27 else value


def _json_number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Value:
    low: Decimal
    unit: str = "count"
    vague: Decimal | None = None
    """For vague words: the value that ``acled`` reads."""


def _spelled(tokens: list[Token]) -> Decimal:
    """Value of a cardinal in words or digits, "two hundred and fifty thousand"."""
    total = group = Decimal(0)
    for token in tokens:
        word = token.word
        if token.value is not None:
            group += token.value
        elif word in lex.CARDINALS:
            group += lex.CARDINALS[word]
        elif word in lex.TENS:
            group += lex.TENS[word]
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word in lex.SCALES:
            scale = lex.SCALES[word]
            if group:
                total += group * scale
            else:
                total = (total or Decimal(1)) * scale
            group = Decimal(0)
    return total + group


def _cardinal(tokens: list[Token]) -> _Value:
    return _Value(_spelled(tokens))


def _pointed(tokens: list[Token]) -> _Value:
    at = next(i for i, token in enumerate(tokens) if token.kind == "p")
    scale = [t for t in tokens[at:] if t.kind == "k"]
    decimals = "".join(str(_spelled([t])) for t in _joined_tens(tokens[at + 1 : len(tokens) - len(scale)]))
    return _Value(Decimal(f"{_spelled(tokens[:at])}.{decimals}") * (_spelled(scale) if scale else 1))


def _joined_tens(tokens: list[Token]) -> Iterator[Token]:
    """ "seventy-one" after a point is 71, not 70 and 1."""
    tokens = [t for t in tokens if t.kind != "-"]
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "T" and i + 1 < len(tokens) and tokens[i + 1].kind in "1u":
            value = _spelled(tokens[i : i + 2])
            yield Token(token.start, tokens[i + 1].end, "d", token.word, value)
            i += 2
        else:
            yield token
            i += 1


def _dozens(tokens: list[Token]) -> _Value:
    several = [t for t in tokens if t.kind == "s"]
    if several:
        return _several(tokens)
    return _Value((_spelled(tokens) or Decimal(1)) * 12)


def _several(tokens: list[Token]) -> _Value:
    one = Decimal(lex.VAGUE[" ".join(tokens[0].word.split())][0])
    for token in tokens[1:]:
        if token.kind != "O":
            one *= 12 if token.kind == "z" else lex.SCALES[token.word]
    return _Value(one, vague=one)


def _vague(tokens: list[Token]) -> _Value:
    literal = acled = Decimal(1)
    for i, token in enumerate(t for t in tokens if t.kind == "V"):
        one, least = lex.VAGUE[token.word]
        literal *= one * (least if i == 0 else 1)
        acled *= one
    return _Value(literal, vague=acled)


def _plural_scale(tokens: list[Token]) -> _Value | None:
    """ "2 lakhs", "three dozens"."""
    plural = tokens[-1].word
    scale = 12 if plural in {"dozens", "dozs"} else lex.SCALES.get(plural[:-1])
    return None if scale is None else _Value(_spelled(tokens[:-1]) * scale)


def _half(tokens: list[Token]) -> _Value:
    """ "half a million", "a quarter million", "three quarters of a million"."""
    scale = [t for t in tokens if t.kind in "kz"]
    fraction = _fraction([t for t in tokens if t.kind not in "kzO-"]).low
    factor = Decimal(12) if scale[0].kind == "z" else _spelled(scale)
    return _Value(fraction * factor)


def _and_a_half(tokens: list[Token]) -> _Value:
    """ "one and a half million", "3 million and a half"."""
    at = next(i for i, token in enumerate(tokens) if token.kind == "&" and i + 1 < len(tokens) and
              any(t.kind in "qQ½RfF" for t in tokens[i : i + 4]) and not any(t.kind == "&" for t in tokens[i + 1 :]))
    head, tail = tokens[:at], tokens[at + 1 :]
    scale = [t for t in tail if t.kind == "k"]
    fraction = _fraction([t for t in tail if t.kind not in "ka"] or tail).low
    whole = _spelled(head)
    if scale:
        return _Value((whole + fraction) * _spelled(scale))
    inner = [t for t in head if t.kind == "k"]
    return _Value(whole + fraction * (_spelled(inner) if inner else 1))


def _fraction(tokens: list[Token]) -> _Value:
    """ "two-thirds", "a quarter", "half", "½"."""
    last = next(t for t in reversed(tokens) if t.kind in "qQRfF½")
    above = [t for t in tokens if t is not last and t.kind in "1uTdhk"]
    count = _spelled(above) if above else Decimal(1)
    if last.kind == "½":
        return _Value(last.value or Decimal(0), "fraction")
    word = last.word
    below = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}.get(word) or lex.PARTS.get(word) or lex.PARTS[word[:-1]]
    return _Value(count / below, "fraction")


def _one_in_five(tokens: list[Token]) -> _Value | None:
    at = next(i for i, token in enumerate(tokens) if token.word in {"in", "out"})
    above, below = _spelled(tokens[:at]), _spelled(tokens[at + 1 :])
    if not 0 < above < below <= 1000:
        return None
    return _Value(above / below, "fraction")


def _spoken_year(tokens: list[Token]) -> _Value | None:
    """ "nineteen eighty-four", or a time, "two thirty"; other pairs are two numbers."""
    first = lex.CARDINALS.get(tokens[0].word) or lex.TENS.get(tokens[0].word, 0)
    rest = _spelled(tokens[1:])
    if tokens[0].kind == "T" and rest < 10:
        return _Value(first + rest)
    if (13 <= first <= 20 or 1 <= first <= 12 and rest <= 59) and 10 <= rest <= 99:
        return _Value(100 * first + rest)
    return None


def _three_of_five(tokens: list[Token]) -> _Value:
    at = next(i for i, token in enumerate(tokens) if token.kind == "O")
    return _Value(_spelled(tokens[:at]))


@dataclass(frozen=True, slots=True)
class Number:
    """A row of the grammar: a form in which numbers are written."""

    name: str
    shape: str
    """Pattern over kinds; see ``training.tokens``. ``B100``, ``B1000`` and ``CARD`` are below."""
    value: Callable[[list[Token]], _Value | None]
    """Evaluates its tokens; None where they are several numbers after all."""
    example: str
    """A text with one number of this form: ``text -> value``."""
    counter_example: str
    """A text that looks alike and holds no number of this form."""


MACROS: dict[str, str] = {}
"""Names that stand for a pattern; each may use the ones before it."""

for _name, _pattern in (
    ("B100", "(TENS (HYPHEN? (ONE|SMALL))? | ONE | SMALL)"),
    ("B1000", "((B100|A) HYPHEN? HUNDRED (AND? B100)? | B100)"),
    ("CARD", "((B1000|A|HUNDRED) HYPHEN? SCALE+ (B1000 HYPHEN? SCALE+)* (AND? B1000 (?!HYPHEN? SCALE))? | B1000"
             " | HUNDRED | NUM (HYPHEN? (SCALE|HUNDRED)+)?)"),
    ("PARTWORD", "(PART|HALF|QUARTER)"),
    ("PARTWORDS", "(PARTS|QUARTERS)"),
):  # fmt: skip
    MACROS[_name] = shape(_pattern, MACROS)

NUMBERS: tuple[Number, ...] = (
    Number("several", "SEVERAL (OF? (SCALE|HUNDRED|DOZEN))*", _several,
           "several hundred fighters -> 300", "severe fighting"),
    Number("vague", "VAGUE (OF VAGUE)*", _vague,
           "tens of thousands fled -> 20000", "a thousand-page report"),
    Number("half a million", "A? (HALF|QUARTER) (HYPHEN|A)? (SCALE|DOZEN)", _half,
           "half a million people -> 500000", "half of the city"),
    Number("three quarters of a million", "CARD (PARTWORDS) (OF A)? SCALE", _half,
           "three quarters billion us dollars -> 750000000", "three quarters of the city"),
    Number("one and a half", "CARD AND ((A|ONE) HYPHEN? PARTWORD | HALF) SCALE*", _and_a_half,
           "one and a half million refugees -> 1500000", "one and a halfway house"),
    Number("twenty and three fifths", "CARD AND B100 HYPHEN? PARTWORDS", _and_a_half,
           "twenty and three fifths -> 20.6", "twenty and three"),
    Number("one in five", "CARD (IN | OUT OF EVERY?) CARD (?! ADJ* (TIME|WEEK))", _one_in_five,
           "one in five residents -> 0.2", "five in a row"),
    Number("three of the five", "CARD OF THE? CARD", _three_of_five,
           "three of the five bridges -> 3", "three of the bridges"),
    Number("two thirds", "((ONE|A) (HYPHEN|DASH)? PARTWORD | CARD (HYPHEN|DASH)? (HALF|QUARTER|PARTWORDS))", _fraction,
           "two-thirds of the town -> 0.6667", "two, thirds of the town"),
    Number("spoken year", "(SMALL|TENS|ONE) (TENS (HYPHEN? (ONE|SMALL))? | SMALL) (?!HYPHEN|HUNDRED|SCALE|SMALL|TENS)", _spoken_year,
           "in nineteen eighty-four -> 1984", "nineteen men"),
    Number("plural scale", "(NUM|B1000) VAGUE", _plural_scale, "2 lakhs were paid -> 200000", "lakhs were paid"),
    Number("dozen", "(SEVERAL|A|CARD)? HYPHEN? DOZEN", _dozens,
           "two dozen soldiers -> 24", "two days in a row"),
    Number("point", "B1000 POINT (TENS HYPHEN? (ONE|SMALL) | ONE | SMALL | TENS)+ SCALE*", _pointed,
           "three point one million people -> 3100000", "three points"),
    Number("cardinal", "CARD", _cardinal,
           "two hundred and fifty dead -> 250", "hundreds dead"),
    Number("half", "HALF|FRACTION", _fraction,
           "half of the city -> 0.5", "on behalf of the city"),
)  # fmt: skip
"""Forms of numbers; the first that fits wins."""

_NUMBER = re.compile(
    f"(?=[{re.escape(NUMBER_KINDS)}])(?:"  # most kinds begin no number: fail on them at once
    + "|".join(f"(?P<n{i}>{shape(number.shape, MACROS)})" for i, number in enumerate(NUMBERS))
    + ")"
)

# ── Surroundings in which a number is no mention ─────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NoMention:
    """A row of the grammar: surroundings in which a number is no claim."""

    name: str
    shape: str
    """Pattern over kinds in which the number is ``ANY`` or what is known of it: ``ONLY_ONE``,
    ``INTEGER`` (digits without separator), ``DAY`` (1 to 31), ``HOUR`` (1 to 24) and ``YEAR``
    (1500 to 2100) in digits, ``WORDY`` (cardinal in words), ``PART_OF`` (a fraction). Ranges are
    one number."""
    example: str
    """A text without a mention."""
    counter_example: str
    """A text that looks alike and has a mention."""


_ONE, _HOUR, _DAY, _YEAR, _INTEGER, _WORDY, _SHORT_WORDY, _FRACTION, _YEARS, _TIMELIKE, _SPELLED_YEAR, _OTHER = (
    "➊➋➌➍➎➏➐➑➒➓⓫⓬"
)
"""What is known of the number itself, as a kind."""

_CONTEXT = {
    "NUMBER": f"[{_ONE}-{_TIMELIKE}{_SPELLED_YEAR}{_OTHER}]",
    "OTHER": _OTHER,
    "ONLY_ONE": _ONE,
    "PART_OF": _FRACTION,
    "SHORT": f"[{_ONE}{_HOUR}{_SHORT_WORDY}]",
    "DAY": f"[{_HOUR}{_DAY}]",
    "YEAR": _YEAR,
    "INTEGER": f"[{_HOUR}-{_INTEGER}]",
    "WORDY": f"[{_ONE}{_WORDY}{_SHORT_WORDY}]",
    "DATED": r"[mDc]",
    "TIME": "[tτ]",
    "YEARS": _YEARS,
    "TIMELIKE": _TIMELIKE,
    "SPELLED_YEAR": _SPELLED_YEAR,
    "JOIN": r"[-_/xjB&]",
    "BREAK": r"[.,;()_|\n\"*\]\[]",
}

NO_MENTIONS: tuple[NoMention, ...] = (
    # time
    NoMention("duration", "NUMBER HYPHEN? (ORMORE|ORSO)? (AND (A|ONE)? HYPHEN? PARTWORD)? ADJ* HYPHEN? (TIME|DAYTIME)",
              "in the last 24 hours", "24 people"),
    NoMention("hundreds of years", "NUMBER OF THE? ADJ* TIME", "hundreds of years ago", "hundreds of people"),
    NoMention("past quarters", "(ADJ NUMBER QUARTERS | ADJ PART_OF (BREAK|STOP|SINCE|IN))", "the last two quarters", "the last two bridges"),
    NoMention("month and day", "(MONTH|WEEKDAY) (PERIOD|COMMA|HYPHEN|SLASH|THE|OPEN|AT|IN|FROM|BETWEEN|SINCE|DASH)* (DAY|YEAR|SHORT) (?!COMMA?(WORD|CAP))",
              "on January 12 at noon", "on Friday, 13 people died"),
    NoMention("month, then day", "MONTH (PERIOD|HYPHEN|SLASH|THE|DASH)* (DAY|YEAR|SHORT)", "the July 15 coup attempt", "in July, 15 officers fled"),
    NoMention("month, day and year", "MONTH (PERIOD|COMMA|HYPHEN|SLASH|THE|OF|IN)* (NUM|ORD|SMALL|TENS|ONE|PART|CLOCK|HYPHEN)+ (COMMA|SLASH|HYPHEN|DASH|TO|OF|AT|IN|AND)* (DAY|YEAR|SHORT) (?!WORD)",
              "since January 12, 2016", "on January 12, 30 soldiers died"),
    NoMention("weekday and hour", "(WEEKDAY|DAYTIME|CLOCK|ORD) (FROM|BETWEEN|AT|SINCE|ABOUT|COMMA|JOIN|AND)* (SHORT|DAY|YEAR) (?!COMMA?(WORD|CAP))", "on Tuesday from 7 to 8", "on Tuesday 7 men died"),
    NoMention("day and month", "(DAY|SHORT|YEAR) (HYPHEN|SLASH|PERIOD|OF|THE|TO|DASH|ORD|NUM|COMMA|AND)* MONTH",
              "the 13 November attacks", "13 people"),
    NoMention("hour and daytime", "(SHORT|DAY|INTEGER|WORDY) (JOIN|AND)? (IN|AT|AND)? THE? (SINCE|ADJ)? (DAYTIME|CLOCK|WEEKDAY|ZONE)",
              "at 5 in the morning", "5 in the hospital"),
    NoMention("at an hour", "AT (ABOUT|AT)? (DAY|SHORT) (BREAK|SINCE|STOP|AT|IN)", "they met at 7.", "at 7 checkpoints"),
    NoMention("year", "(IN|SINCE|FROM|ATLEAST|ATMOST|OF|BETWEEN|ABOUT|THE|TO|OR|AND|ADJ|MONTH|ORD|HYPHEN|TIME|CLOCK|OPEN|COMMA|DAYTIME|HEAD|POSS|DASH|CAP|ACRONYM) YEAR",
              "fought since 2011", "lost 2011 men"),
    NoMention("lone year", "YEAR (BREAK|HYPHEN|TO|SINCE|STOP|OR) | (IN|SINCE|MONTH|FROM) SPELLED_YEAR (?!WORD|CAP)", "2017 was quiet", "2017 men fled"),
    NoMention("years", "YEARS (?!WORD|CAP)", "between 2015 and 2018", "between 20 and 30 men"),
    NoMention("spoken time", "AT TIMELIKE (?!PCT|WORD|CAP) | (WEEKDAY|DAYTIME|TO|FROM) (AT|FROM)? TIMELIKE | TIMELIKE (TO|HYPHEN) CLOCK", "they left at 6.45", "at 6.45 percent"),
    NoMention("numbered week", "WEEK (DAY|SHORT|OTHER) (?!WORD|CAP)", "in week 3", "within a week 30 men fled"),
    NoMention("minutes past", "(DAY|SHORT|PART_OF) ADJ (SMALL|NUM|ONE|TENS) | (TIME|HALF|QUARTER) (ADJ|TO) (DAY|SHORT) (?!WORD|CAP) | PART_OF TO (SMALL|NUM|ONE)", "15 past seven", "15 past leaders"),
    NoMention("year of two digits", "MONTH OF INTEGER", "in April of 87", "in April, 87 men"),
    NoMention("numbers side by side", "(INTEGER|YEAR) NUM | NUM (INTEGER|YEAR) (BREAK|NUM)", "8196 12, 8198 27", "In 2009 300 men"),
    NoMention("ordinal", "NUMBER HYPHEN? AND? (ORD|PART)", "the twenty-first convoy", "the first 20 convoys"),
    NoMention("a day or two", "TIME OR NUMBER", "in a day or two", "a wall or two gates"),
    NoMention("number in brackets", "(CAP|ACRONYM|WORD) OPEN (INTEGER|DAY|YEAR) CLOSE", "the officer (47) said", "47 officers"),
    NoMention("one or more", "ONLY_ONE (ORMORE|ORLESS|OR)", "one or more events", "more than one event"),
    NoMention("kilometre", "MEASURE INTEGER BREAK", "near kilometre 12.", "12 kilometres"),
    # age
    NoMention("age", "AGE (OF|FROM|BETWEEN|ABOUT|ATLEAST|ATMOST|STOP)* ((NUM|SMALL|ONE) (COMMA|AND|TO|HYPHEN|COMMA AND|OR))* NUMBER", "children as young as 10", "children in 10 camps"),
    NoMention("age in commas", "(CAP|ACRONYM) COMMA (DAY|INTEGER) (COMMA|CLOSE|PERIOD)", "Mohammed, 42, of Aleppo", "In Aleppo, 42 men"),
    # names and identifiers
    NoMention("designator", "HEAD (PERIOD|HYPHEN|OPEN|MATH)* (INTEGER|WORDY|SHORT) (?!PCT|MEASURE)", "Resolution 2254 was adopted", "the resolution of 15 countries"),
    NoMention("designators", "HEAD PERIOD? NUM (COMMA|AND|TO|HYPHEN|COMMA AND) INTEGER", "Articles 5 and 6", "Article 5 angers 60 states"),
    NoMention("identifier", "IDENT (HEAD|STOP|WORD|SEMICOLON|PERIOD|CAP|OPEN){0,4} (INTEGER|WORDY)", "my phone number is 112", "they phoned 112 people"),
    NoMention("beside junk", "(JUNK|NAME|MATH) SIGN? HYPHEN? (INTEGER|YEAR|DAY) | (INTEGER|YEAR|DAY) HYPHEN? (JUNK|MATH|NAME (?!WORD|CAP|HYPHEN))", "45+31 = 76", "45 women"),
    NoMention("part of a formula", "(MATH|SLASH) (NUMBER) | NUMBER (MATH|SLASH)", "8/1.5 looks odd", "8 or 9 tanks"),
    NoMention("page furniture", "NUMBER FURNITURE | PIPE NUMBER (PIPE|NEWLINE) | FURNITURE NUMBER", "24 comments", "24 commentators"),
    NoMention("list number", "NEWLINE OPEN? DAY (PERIOD|CLOSE) (CAP|WORD|THE|A)", "1. The town fell", "12 towns fell"),
    NoMention("degrees", "NUMBER HYPHEN? (DEGREE)", "30 degrees", "30 graduates"),
    NoMention("first of", "ORD OF NUMBER", "the first of 12 convoys", "12 convoys"),
    NoMention("decades", "(AND|OR) CLOCK NUMBER", "the 1980s and 1990s", "30 men"),
)  # fmt: skip
"""Surroundings that make a number none of ours; the first that fits is the reason."""

_NO_MENTION = re.compile("|".join(shape(row.shape, MACROS | _CONTEXT) for row in NO_MENTIONS))
_REACH = 9
"""Tokens on each side of a number that the patterns above may look at."""

# ── The reader ───────────────────────────────────────────────────────────────────────────────

_TRIGGER_WORDS = sorted(
    {*lex.CARDINALS, *lex.TENS, *lex.VAGUE, "hundred", "thousand", "lakh", "million", "crore",
     "billion", "trillion", "dozen", "half", "quarter", "third", "fifth", "tenth", "few"}
    - {"a few", "a handful", "a handful of", "a couple", "a couple of", "couple of"} | {"handful"},
    key=len, reverse=True,
)  # fmt: skip
_TRIGGER = re.compile(
    r"[0-9½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞][0-9.,]*+|\b(?:" + "|".join(_TRIGGER_WORDS) + r")", re.ASCII
)
_BEFORE, _AFTER = 70, 110
"""Code points around a trigger that are cut into tokens."""


def read(text: str, *, policy: Policy = "literal") -> tuple[Mention, ...]:
    """Every numeric mention of a sentence, in order and without overlaps; never raises.

    Args:
        text: the sentence; beyond ``LONGEST`` code points or ``MOST_NUMBERS`` numbers the rest is
            not read, which bounds the time whatever the content. Use ``read_article`` for more.
        policy: how vague words ("dozens") are read.
    """
    text = text[:LONGEST]
    lowered = text.lower()
    if len(lowered) != len(text):  # only a capital dotted I grows when it is lowered
        lowered = text.replace("İ", "I").lower()
    out: list[Mention] = []
    for start, end in _windows(lowered):
        tokens = tokenise(lowered, text, start, end)
        out.extend(_Reader(text, tokens, policy).mentions())
    return tuple(out)


_STRETCH = re.compile(r"[^\n]{1,2000}(?:(?<=[.!?])\s|[^\n]{0,400}?(?:[.!?](?=\s)|(?=\n)|\Z)|[^\n]{400})|\n+")


def read_article(text: str, *, policy: Policy = "literal") -> Iterator[Mention]:
    """As ``read``, for a text of any length: line by line, long lines cut between sentences."""
    for stretch in _STRETCH.finditer(text):
        for mention in read(stretch[0], policy=policy):
            at = stretch.start()
            yield replace(
                mention,
                start=mention.start + at,
                end=mention.end + at,
                number_start=mention.number_start + at,
                number_end=mention.number_end + at,
            )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around the numbers, merged where they meet."""
    start = end = barrier = 0
    count = 0
    for match in _TRIGGER.finditer(text):
        first, last = match.span()
        if last - first > LONGEST_NUMERAL:
            if end:
                yield start, min(end, first)
            end, barrier = 0, last
            continue
        count += 1
        if count > MOST_NUMBERS:
            break
        if end and first - _BEFORE <= end:
            end = last + _AFTER
            continue
        if end:
            yield start, _widen(text, end)
        start, end = max(barrier, first - _BEFORE), last + _AFTER
        if start > barrier:  # begin with a whole word
            start = max(start, text.find(" ", start, first))
    if end:
        yield start, _widen(text, end)


def _widen(text: str, end: int) -> int:
    """The end, moved to the next blank if one is near."""
    if end >= len(text):
        return len(text)
    blank = text.find(" ", end, end + 40)
    return blank if blank >= 0 else end


@dataclass(slots=True)
class _Quantity:
    """A number with its unit on the way to a mention; positions are indices of tokens."""

    first: int
    last: int
    """Exclusive."""
    low: Decimal
    high: Decimal
    unit: str
    form: str
    vague: Decimal | None = None
    bounds: str | None = None
    """``between`` for a range; ``open`` for a bound that is part of a range's wording."""


class _Reader:
    """Reads one stretch of tokens."""

    def __init__(self, text: str, tokens: list[Token], policy: Policy) -> None:
        self.text = text
        self.tokens = tokens
        self.kinds = "".join(token.kind for token in tokens)
        self.policy = policy

    def mentions(self) -> Iterator[Mention]:
        quantities = self._joined([self._with_unit(q) for q in self._numbers()])
        for i, quantity in enumerate(quantities):
            following = quantities[i + 1].first if i + 1 < len(quantities) else len(self.tokens)
            if not self._no_mention(quantity):
                mention = self._mention(quantity, following)
                if mention is not None:
                    yield mention

    # numbers

    def _numbers(self) -> Iterator[_Quantity]:
        for match in _NUMBER.finditer(self.kinds):
            assert match.lastgroup is not None
            number = NUMBERS[int(match.lastgroup[1:])]
            yield from self._evaluated(number, match.start(), match.end())

    def _evaluated(self, number: Number, first: int, last: int) -> Iterator[_Quantity]:
        tokens = self.tokens[first:last]
        value = number.value(tokens)
        if value is None:
            for match in _CARDINAL.finditer(self.kinds, first, last):
                part = _cardinal(self.tokens[match.start() : match.end()])
                yield _Quantity(match.start(), match.end(), part.low, part.low, "count", "cardinal")
            return
        form = "cardinal" if number.name == "spoken year" and value.low < 100 else number.name
        yield _Quantity(first, last, value.low, value.low, value.unit, form, value.vague)

    # units and currencies

    def _kind(self, at: int) -> str:
        return self.kinds[at] if 0 <= at < len(self.kinds) else "\n"

    def _with_unit(self, q: _Quantity) -> _Quantity:
        """Takes in the sign, the currency and the unit that stand beside the number."""
        if self._kind(q.first - 1) == "!" and q.form != "several":
            q.first -= 1
            q.low, q.high = -q.low, -q.high
        self._currency_before(q)
        if q.unit not in {"count", "fraction"}:
            return q
        after = q.last
        if self._kind(after) == "-" and self._kind(after + 1) in "CMP%":
            after += 1
        kind = self._kind(after)
        if kind == "%":
            if q.unit == "fraction":
                q.low, q.high = q.low, q.high
            q.unit, q.last = "percent", after + 1
        elif kind == "$":
            if self._kind(after + 1) != "d" or self._kind(after + 2) == "$":
                q.unit, q.last = self._symbol(after), after + 1
        else:
            if kind == "O" and q.form in {"vague", "several", "dozen"} | _PARTITIVE:
                after += 1  # "millions of dollars", "a quarter of a million"
            self._currency_after(q, after) or self._measure_after(q, after)
        return q

    def _symbol(self, at: int) -> str:
        word = self.tokens[at].word.replace(" ", "")
        if word[-1] in "$＄" and len(word) > 1:
            return units.DOLLARS.get(word[:-1], "USD")
        return units.SYMBOLS[word[-1]]

    def _currency_before(self, q: _Quantity) -> None:
        kind = self._kind(q.first - 1)
        if kind == "!" and self._kind(q.first - 2) == "$":
            kind, q.first = "$", q.first - 1
        if kind == "$" and not (self._kind(q.first - 2) == "d" and self._kind(q.last) == "$"):
            q.first -= 1
            q.unit = self._symbol(q.first)
            if self._kind(q.first - 1) == "!":
                q.first -= 1
                q.low, q.high = -q.low, -q.high
            if self._kind(q.last) == "C" and self.tokens[q.last].word in units.CODES:
                q.unit = self.tokens[q.last].word.upper()
                q.last += 1
        elif kind == "C" and self._kind(q.last) != "C" and self.kinds[q.first] == "d":
            word = self.tokens[q.first - 1].word
            if word in units.CODES and (word in units.MAJOR_CODES or self.tokens[q.first - 1].end + 1 >= self.tokens[q.first].start) or word.rstrip(".") in {"rs", "re", "dollar", "rmb", "tl"}:
                q.first -= 1
                q.unit = word.upper() if word in units.CODES else units.NAMES[word]
        elif kind in "wA" and self.kinds[q.first] == "d" and (code := _scaled_code(self.tokens[q.first - 1].word)):
            q.first -= 1
            q.unit = code[1]
            q.low, q.high = q.low * code[0], q.high * code[0]

    def _currency_after(self, q: _Quantity, at: int) -> bool:
        """ "10 million Syrian pounds", "30 cents", "5 dollars and 30 cents", "17 USD 25"."""
        country = ""
        if self._kind(at) not in "C" and self._kind(at + 1) == "C" and self._word(at) in units.COUNTRIES:
            country, at = self._word(at), at + 1
            if self._kind(at) == "C" and self.tokens[at].start - self.tokens[at - 1].end > 2:
                return False
        elif self._word(at + 1) in units.COUNTRIES and self._kind(at + 2) == "C" and self._kind(at) in "wWAS" and self._word(at) in {"new", "hong", "saudi", "south", "north", "sri", "costa", "sierra", "papua"}:
            country, at = self._word(at + 1), at + 2
        if self._kind(at) != "C":
            code = _scaled_code(self._word(at)) if self._kind(at) in "wA" else None
            if code and self.kinds[q.first] == "d":
                q.unit, q.last = code[1], at + 1
                q.low, q.high = q.low * code[0], q.high * code[0]
                return True
            return False
        word = self.tokens[at].word
        if word in units.CODES and word not in units.NAMES and word not in units.MAJOR_CODES and self._kind(at + 1) in "wWA":
            return False
        if not country and word in _ALSO_WORDS and not self._is_money(q, at):
            return False
        if word in units.MINOR and word not in {"satoshi", "satoshis"} or word in {"satoshi", "satoshis"}:
            code_, part = units.MINOR[word]
            q.low, q.high = q.low * part, q.high * part
            q.unit = code_
        elif word == "p":
            q.unit = "GBP"
        else:
            code_ = word.upper() if word in units.CODES and word not in units.NAMES else units.NAMES.get(word, word.upper())
            q.unit = units.COUNTRY_CODES.get((country, code_), code_)
        q.last = at + 1
        if self._kind(q.last) == "C" and self.tokens[q.last].word in {"sterling"}:
            q.last += 1
        scale = self._kind(q.last)
        if scale == "k" and self._kind(q.last - 2) == "d":
            factor = Decimal(lex.SCALES[self.tokens[q.last].word])
            q.low, q.high, q.last = q.low * factor, q.high * factor, q.last + 1
        elif word not in units.MINOR and not q.vague:
            self._coins(q)
        return True

    def _coins(self, q: _Quantity) -> None:
        at = q.last + (self._kind(q.last) in "&,")
        match = _SMALL_NUMBER.match(self.kinds, at)
        if not match or q.low != q.low.to_integral_value():
            return
        value = _spelled(self.tokens[at : match.end()])
        after = match.end()
        if value >= 100 or self.tokens[at].start - self.tokens[q.last - 1].end > 8:
            return
        coin = self._kind(after) == "C" and self.tokens[after].word in units.MINOR
        if coin or (at == q.last and self._kind(after) in '.,;)"\n' or (at == q.last and self._word(after) == "more")):
            share = units.MINOR[self.tokens[after].word][1] if coin else Decimal("0.01")
            q.low, q.high = q.low + value * share, q.high + value * share
            q.last = after + coin

    def _is_money(self, q: _Quantity, at: int) -> bool:
        """Whether a word that is a currency among other things is one here."""
        word = self.tokens[at].word
        if word in {"pound", "pounds"}:
            around = {t.word for t in self.tokens[max(0, q.first - 6) : at + 4]}
            if around & _WEIGHT_WORDS or self._kind(at - 1) == "-":
                return False
            return self._word(at + 1) != "of"
        if word == "p":
            return True
        if word in {"mark", "real", "won", "som", "sum", "kip", "dong", "leone", "colon", "lev", "rand", "bucks", "buck", "sol", "leu", "quid", "ether", "rs", "cr"}:
            return q.form == "cardinal" and (word not in {"mark", "real", "sum", "colon", "won"} or self._kind(at - 1) == "k" or word == "won" and self._kind(at + 1) not in "aEdu1wW")
        return True

    def _measure_after(self, q: _Quantity, at: int) -> bool:
        """ "30 km", "18,000 square kilometers", "20 [kg]", "50 km/h"."""
        power = ""
        bracket = self._kind(at) in "[<(" and self._kind(at + 1) == "M" and self._kind(at + 2) in "]>)"
        at += bracket
        if self._word(at) in {"nautical", "metric", "short", "statute", "long"} and self._kind(at + 1) == "M":
            name = self._word(at)
            at += 1
        else:
            name = ""
        if self._kind(at) == "P":
            power, at = units.POWERS[self._word(at)], at + 1
        if self._kind(at) == "C" and self._word(at) in {"pound", "pounds"}:
            symbol = "lb"
        elif self._kind(at) == "M":
            word = self.tokens[at].word
            if word in {"g", "m", "in", "t", "b"} and self.tokens[at].start > self.tokens[at - 1].end + 1:
                return False
            symbol = units.MEASURES[word] if word in units.MEASURES else word
        else:
            return False
        if name == "nautical":
            symbol = "nmi"
        q.unit = symbol + power
        q.last = at + 1 + bracket
        if self._word(q.last) in {"squared", "cubed"}:
            q.unit += "²" if self._word(q.last) == "squared" else "³"
            q.last += 1
        return True

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    # ranges

    def _joined(self, quantities: list[_Quantity]) -> list[_Quantity]:
        """Joins "10-15", "between 10 and 15", "more than 10 and less than 15" to one."""
        out: list[_Quantity] = []
        for q in quantities:
            if out and (q.first < out[-1].last or self._join(out[-1], q)):
                continue  # the coins of a sum, or the upper end of a range
            out.append(q)
        return out

    def _join(self, a: _Quantity, b: _Quantity) -> bool:
        if a.bounds or "vague" in (a.form, b.form) or a.form == "several":
            return False
        between = self.kinds[a.last : b.first]
        lead = self._kind(a.first - 1)
        low, high = a.low, b.high
        wanted = _RANGES.get(between)
        if "fraction" in (a.unit, b.unit) and a.unit != b.unit:
            return False
        if a.unit != b.unit and a.unit not in {"count"} and b.unit != "count":
            return False
        if wanted is not None and (not wanted or lead in wanted):
            if between == "x" and lead == "B" and self._changes(a.first - 2):
                return False
            scale = self._scale(b)
            if scale > 1 and self._scale(a) == 1 and low * scale < high and low < 1000:
                low *= scale
            if between in "-!" and low < high and (a.low == low) and high < 100 and self.tokens[a.first].plain and str(b.high)[0] == "0":
                return False
            if not low < high:
                if between in {"-", "!"}:
                    a.form = b.form = "score"
                return False
            a.first -= lead in "bB" and bool(wanted) or (lead == "B" and between in {"x", "_", "-"})
            a.low, a.high, a.bounds = low, high, "between"
        elif _BOTH_BOUNDS.fullmatch(between) and lead in "<>" and lead != between[-1]:
            if "S" in between and "but" not in {t.word for t in self.tokens[a.last : b.first]}:
                return False
            first = lead
            low, high = (a.low, b.high) if first == ">" else (b.low, a.high)
            if not low < high:
                return False
            a.first -= 1
            a.low, a.high, a.bounds = low, high, "between"
        else:
            return False
        if a.unit == "count":
            a.unit = b.unit
        a.last = b.last
        a.form = "range"
        return True

    def _scale(self, q: _Quantity) -> Decimal:
        for token in self.tokens[q.first : q.last]:
            if token.kind in "kh":
                return Decimal(lex.SCALES[token.word])
            if token.kind == "d" and token.value is not None and token.word[-1:].isalpha():
                digits = re.match(r"[\d.,]+", token.word)
                if digits:
                    return token.value / Decimal(digits[0].replace(",", "") or 1) if Decimal(digits[0].replace(",", "")) else Decimal(1)
        return Decimal(1)

    def _changes(self, at: int) -> bool:
        """Whether a verb of change stands before "from": "rose from 10 to 15" is two numbers."""
        words = {t.word for t in self.tokens[max(0, at - 4) : at + 1]}
        return bool(words & _CHANGE_WORDS)

    # what is no mention

    def _no_mention(self, q: _Quantity) -> bool:
        """Whether the surroundings say that the number is none of ours."""
        if q.form == "score":
            return True
        left = self.kinds[max(0, q.first - _REACH) : q.first]
        if q.first < _REACH:
            left = "\n" + left
        right = self.kinds[q.last : q.last + _REACH] + "\n"
        return _NO_MENTION.search(left + self._mark(q) + right) is not None

    def _mark(self, q: _Quantity) -> str:
        tokens = self.tokens[q.first : q.last]
        if q.unit == "fraction":
            return _FRACTION
        if q.unit != "count":
            return _OTHER
        plain = all(t.plain for t in tokens if t.kind == "d")
        if any(t.kind == "d" for t in tokens):
            if not plain or any(t.kind in "kzh" for t in tokens):
                return _TIMELIKE if _CLOCK.fullmatch(tokens[-1].word) else _OTHER
            if 1500 <= q.low <= q.high <= 2199:
                return _YEAR if q.form != "range" else _YEARS
            if q.high <= 24 and q.low >= 0:
                return _HOUR
            return _DAY if q.high <= 31 else _INTEGER
        if q.form == "spoken year":
            return _YEARS
        if q.form not in {"cardinal", "range"}:
            return _OTHER
        if q.low == q.high == 1:
            return _ONE
        if 1900 <= q.low == q.high <= 2100:
            return _SPELLED_YEAR
        return _SHORT_WORDY if q.high <= 60 else _WORDY

    # modifiers

    def _modifier(self, q: _Quantity) -> tuple[int, str]:
        """Where the modifiers before the number begin, and what they say together."""
        first, said = q.first, ""
        while first > 0:
            kind = self.kinds[first - 1]
            if kind == ">" and self._word(first - 1) == "over" and self._word(first - 2) in lex.OVER_VERBS:
                break  # "handed over 63 prisoners"
            if kind == "<" and self._word(first - 1) == "up to" and self._word(first - 2) in lex.UP_VERBS:
                break  # "the toll has gone up to 231"
            if kind not in "<>~=" or self.tokens[first - 1].end + 2 < self.tokens[first].start:
                break
            if kind == "=" and said:
                break
            said = kind + said
            first -= 1
        return first, said

    def _mention(self, q: _Quantity, following: int) -> Mention | None:
        first, said = self._modifier(q)
        last = q.last
        number_last = q.last
        # suffixes: "60-plus", "100+", "30 or so"
        after = last + (self._kind(last) == "-" and self._kind(last + 1) in "}{^")
        suffix = ""
        if self._kind(after) in "}{^" and self._kind(after) != "\n":
            suffix = self._kind(after)
            if self.tokens[after].word in {"plus", "odd", "ish", "+"} and self.tokens[after].start <= self.tokens[last - 1].end + 1:
                if self.tokens[after].word == "+" or after > last:
                    number_last = after + 1
            last = after + 1
        noun_first, noun_last, end = self._noun(q, last)
        found = noun_last > noun_first
        if q.form == "cardinal" and q.unit == "count" and q.low == 1 and not self._one_counts(q, found, noun_first, noun_last):
            return None
        if q.unit == "fraction" and not self._fraction_counts(q, found, said):
            return None
        if q.unit == "count" and not found and end <= last and not suffix and self._is_name(q, said):
            return None
        if end < 0:
            return None
        last = max(last, end)
        if not suffix and self._kind(last) in "}{^" and self._kind(last) != "\n":
            suffix = self._kind(last)
            last += 1
        if q.form == "vague" and self._word(q.first) in {"scores"} and not self._scores_count(q, found):
            return None
        if q.form == "several" and q.unit == "count" and not found and end <= q.last and self.tokens[q.first].word != "several":
            return None
        low: Decimal | None = q.low
        high: Decimal | None = q.high
        modifier: Modifier
        signs = said + suffix.translate(str.maketrans("}{^", "><~"))
        policy: Policy | None = None
        if q.vague is not None:
            modifier, policy = "vague", self.policy
            if self.policy == "literal":
                high = None
            else:
                low = high = q.vague
        elif q.bounds:
            modifier = "between"
        elif ">" in signs and "<" not in signs:
            modifier, high = "at_least", None
        elif "<" in signs:
            modifier, low = "at_most", None
        elif "~" in signs:
            modifier = "about"
        else:
            modifier = "exactly"
        start = self.tokens[first].start
        number_start = self.tokens[q.first + (q.bounds is not None and self.kinds[q.first] in "bB<>")].start
        stop = self.tokens[last - 1].end
        noun = self.text[self.tokens[noun_first].start : self.tokens[noun_last - 1].end] if found else None
        return Mention(
            start=start,
            end=stop,
            text=self.text[start:stop],
            number_start=number_start,
            number_end=self.tokens[number_last - 1].end,
            low=_tidy(low),
            high=_tidy(high),
            modifier=modifier,
            unit=q.unit + self._rate(q, last),
            noun=noun,
            policy=policy,
        )

    def _rate(self, q: _Quantity, last: int) -> str:
        """ "/d" where "a day" or "per day" follows."""
        if self._word(last) in {"a", "per", "each", "every", "an"} and self._word(last + 1) in units.PERIODS:
            return "/" + units.PERIODS[self._word(last + 1)]
        return ""

    def _one_counts(self, q: _Quantity, found: bool, noun_first: int, noun_last: int) -> bool:
        """Whether "one" is a number here and no pronoun."""
        if self.tokens[q.last - 1].kind != "1":
            return True
        before = self._word(q.first - 1)
        if not found or before in lex.ONE_BEFORE or noun_first > q.last + 2:
            return False
        if self._kind(q.last) == "-" or self._kind(q.last) == "O":
            return False
        head = self.tokens[noun_last - 1].word
        if head in lex.ONE_IDIOMS or self._word(q.last) in lex.ONE_IDIOMS:
            return False
        return not (self._word(noun_last) == "to" and self._word(noun_last + 1) in {"another", "the", "next"})

    def _fraction_counts(self, q: _Quantity, found: bool, said: str) -> bool:
        """Whether a fraction is one: "a third of", but not "a third convoy" or "the first half"."""
        tokens = self.tokens[q.first : q.last]
        part = tokens[-1]
        before = self._word(q.first - 1)
        if found:
            if part.kind in "f" and tokens[0].kind == "a":
                return self._kind(q.last) == "O"
            return self._kind(q.last - 1) != "q" or len(tokens) > 1 or self._kind(q.last) != "-"
        if self._kind(q.last) == "-":
            return False
        if len(tokens) == 1 and part.kind in "qQf":
            return part.kind == "q" and (bool(said) or self._kind(q.last) == "O") or before in {"by", "to"}
        if part.kind in "f" and tokens[0].kind == "a":
            return bool(said) or before in {"by", "to"} or self._kind(q.last) in "O."
        if part.kind == "Q" and tokens[0].kind == "a":
            return self._kind(q.last) not in "wWn" 
        return True

    def _scores_count(self, q: _Quantity, found: bool) -> bool:
        if self._kind(q.last) == "O" or found:
            return self._kind(q.last) == "O" or self._kind(q.last) not in "aEd"
        return self._word(q.last) in {"were", "are", "have", "more", "remain", "fled", "died", "of"}

    def _is_name(self, q: _Quantity, said: str) -> bool:
        """Whether a bare number without a noun is part of a name or an identifier."""
        token = self.tokens[q.last - 1]
        if token.kind != "d" or said:
            return False
        bare = token.plain or " " in token.word
        if q.form == "cardinal" and token.plain and len(token.word) >= 7 or _COORDINATE.fullmatch(token.word):
            return True
        before = self._kind(q.first - 1)
        if before == ")" and self._kind(q.first - 2) in "AWN":
            before = "A"
        return bare and q.form == "cardinal" and before in "WAG" and self._kind(q.last) != "O"

    # nouns

    def _noun(self, q: _Quantity, at: int) -> tuple[int, int, int]:
        """First and last token (exclusive) of the noun, and where the mention ends (-1: none)."""
        nothing = (at, at, at)
        measured = q.unit not in {"count", "fraction", "percent"}
        if q.unit.isupper() and len(q.unit) == 3:
            return nothing
        kind = self._kind(at)
        if kind == "[" and self._kind(at + 2) == "]":
            return at + 1, at + 2, at + 3
        if kind == "-" and not measured and q.unit != "percent":
            if self._word(at + 1) not in lex.COMPOUND_HEADS:
                return (at, at, -1) if q.unit == "count" else self._phrase(at + 1, False)
            start = at + 2
            if self._word(at + 1) == "strong" and self._kind(start) in "wWA-":
                first, last = self._phrase(start, True)[:2]
                return first, last, max(last, start)
            phrase = self._phrase(start, True)
            if phrase[1] > phrase[0]:
                return phrase
            return at + 1, at + 2, at + 2
        if kind == "O":
            start = at + 1
            while self._word(start) in lex.DETERMINERS or self._kind(start) == "E":
                start += 1
            if self._word(start) in {"others", "them", "us", "whom", "which"}:
                return (at, at, start + 1) if self._word(start) == "others" else nothing
            several = q.unit == "count" and not self.tokens[at + 1].word.startswith("of")
            if q.unit in _LENGTHS and self._kind(start) in "WA":
                return nothing  # "within 7 km of Tabqa"
            phrase = self._phrase(start, not several, after_of=True)
            return phrase if phrase[1] > phrase[0] else nothing
        if measured or q.unit == "percent":
            return nothing
        if q.unit == "fraction":
            start = at
            if self._kind(start) == "E" or self._word(start) in lex.DETERMINERS:
                while self._word(start) in lex.DETERMINERS or self._kind(start) == "E":
                    start += 1
            elif self._word(at - 1) == "half":
                return nothing
            phrase = self._phrase(start, True, after_of=True)
            return phrase if phrase[1] > phrase[0] else nothing
        start = at
        while self._word(start) in {"more", "other", "others", "additional", "further", "extra", "such"}:
            start += 1
            if self._word(start - 1) == "others":
                return at, at, start
        if self._word(start) == "than":
            return nothing
        if start > at and self._kind(start) == "O":
            return at, at, start
        one = q.low == q.high == 1
        phrase = self._phrase(start, one, one=one)
        return phrase if phrase[1] > phrase[0] else (at, at, start)

    def _phrase(self, at: int, singular: bool, *, one: bool = False, after_of: bool = False) -> tuple[int, int, int]:
        """A noun phrase without determiner, from ``at``; ends at its head.

        Args:
            at: the token to begin with.
            singular: whether the head may be a singular ("half of the *city*").
            one: whether exactly one is counted, so that a word in -s is a verb.
            after_of: whether the phrase follows "of".
        """
        i, words, plural_at = at, 0, -1
        while words < 8:
            stop = self._compound(i)
            if stop == i:
                break
            word = self.tokens[stop - 1].word
            capital = self.kinds[stop - 1] in "WAG" 
            if word == "and":
                break
            if not capital and stop - i == 1 and word in lex.VERBS and (words or word not in lex.NOUN_VERBS):
                break
            if words and word.endswith("ed") and stop - i == 1 and not capital and word not in {"armed", "united", "wounded", "injured"}:
                if one or after_of or plural_at >= 0 or not self._plural_ahead(stop):
                    break
            if words and word.endswith("ly") and stop - i == 1 and not capital and word not in {"family", "assembly", "early", "elderly", "ally", "rally", "supply", "monthly"} and not self._plural_ahead(stop):
                break
            if words and word.endswith("ing") and stop - i == 1 and not capital and word not in lex.NOUNS_IN_ING and (plural_at >= 0 or not singular and not self._plural_ahead(stop)):
                break
            if words and one and word.endswith("s") and not capital and not word.endswith("ss") and word not in lex.NOT_PLURAL:
                break
            if words and not capital and (one or singular or self.tokens[at].word in lex.COUNTED_SINGULAR) and (
                self._kind(stop) in "Ea" or self._word(stop) in lex.OBJECTS
            ):
                break  # a verb: its object follows
            if words and word in lex.CASUALTY_WORDS and not self._plural_ahead(stop):
                break
            is_plural = self._is_plural(stop - 1)
            if plural_at >= 0:
                modifies = self.tokens[plural_at].word in lex.MODIFYING_PLURALS
                if not (modifies and (is_plural or self._plural_ahead(i)) or is_plural and word in lex.HEADS_AFTER_PLURAL):
                    break
                plural_at = -1
            words += 1
            if is_plural:
                plural_at = stop - 1
            i = stop
            if self._kind(i) == "'" and (words and not is_plural or after_of):
                if self._compound(i + 1) == i + 1:
                    break
                i += 1
                plural_at = -1
                continue
            if self._kind(i) == "&" and plural_at < 0 and not one and self._kind(i + 1) in "wWA" and self._plural_ahead(i + 1):
                i += 1
        if i == at or self.kinds[i - 1] in "&'":
            return at, at, at
        if plural_at >= 0:
            end = plural_at + 1
            if self.tokens[plural_at].word == "prisoners" and self._word(end + 1) == "war":
                end += 2  # the one compound with "of" that the news counts
            return at, end, end
        head = self.tokens[i - 1].word
        if one and words == 1 and head.endswith("ed") and head not in lex.CASUALTY_WORDS:
            return at, at, at
        if singular or words == 1 and head in lex.CASUALTY_WORDS:
            return at, i, i
        if self.tokens[at].word in lex.COUNTED_SINGULAR:
            return at, at + 1, i
        if words and head not in lex.VERBS and (
            not head.endswith(("ed", "ing", "ly")) or head in lex.NOUNS_IN_ING
        ):
            return at, i, i
        return at, at, at

    def _compound(self, at: int) -> int:
        """End of a word with what is hyphened to it ("US-backed"), ``at`` if no noun goes on here."""
        if self._kind(at) not in _NOUN_KINDS:
            return at
        word = self.tokens[at].word
        if word in lex.SOFT_STOPS:
            if self._kind(at + 1) not in "wWA" or not self._plural_ahead(at + 1):
                return at
        elif self._kind(at) in "SNnC" and word in lex.STOP_WORDS:
            return at
        i = at + 1
        while self._kind(i) == "-" and self._kind(i + 1) in _NOUN_KINDS + "SBxiIu1TV&OHfE%":
            i += 2
        return i

    def _is_plural(self, at: int) -> bool:
        word = self.tokens[at].word
        if word in lex.PLURALS or word.endswith("men") and len(word) > 3 and word not in {"specimen", "regimen", "abdomen", "acumen", "yemen", "omen", "turkmen"}:
            return True
        return word.endswith("s") and len(word) > 2 and not word.endswith(("ss", "'s", "ous")) and word not in lex.NOT_PLURAL

    def _plural_ahead(self, at: int) -> bool:
        """Whether a plural follows within three words."""
        for _ in range(3):
            stop = self._compound(at)
            word = self._word(stop - 1)
            if stop == at or word in lex.VERBS or (word.endswith("ed") and stop - at == 1 and word not in lex.CASUALTY_WORDS and self._kind(at) == "w" and word not in {"armed", "united", "trained", "masked", "hooded"}):
                return False
            if self._is_plural(stop - 1):
                return True
            at = stop
        return False


_NOUN_KINDS = "wWAGNnMPCLUQYRktS><"
_LENGTHS = frozenset({"km", "m", "mi", "ft", "yd", "nmi", "cm", "in"})
_PARTITIVE = {"half a million"}
_ALSO_WORDS = frozenset(
    "pound pounds mark real won som sum kip dong leone colon lev rand buck bucks p leu quid rs cr".split()
)
_WEIGHT_WORDS = frozenset(
    "weigh weighs weighed weighing weight heavy lbs kilogram kilograms kilogrammes kg kilos explosives"
    " bomb bombs tnt marijuana cocaine heroin opium ounces ton tons baby ordnance cannabis".split()
)
_CHANGE_WORDS = frozenset(
    "rose risen rise rises rising fell fallen fall falls falling grew grown grow grows growing increased increase"
    " increases increasing decreased decrease decreases decreasing dropped drop drops dropping shrunk"
    " shrank shrink shrinking reduced reduce reducing reduction cut raised raise raising went gone jumped"
    " jump climbed climb climbing declined decline declining doubled tripled quadrupled swelled swollen changed change"
    " changing soared plunged slashed lowered lifted expanded surged up down moved revised boosted".split()
)
_RANGES: dict[str, str] = {
    "x": "",
    "-": "",
    "_": "",
    "!": "",
    "j": "",
    "&": "b",
    "~": "",
    "-x-": "",
}
"""What may join two numbers to a range, and the kinds that must stand before it then."""

_COORDINATE = re.compile(r"\d*\.\d{5,}")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d|(?:0?[1-9]|1[0-2])\.\d")
_BOTH_BOUNDS = re.compile("(?:,?[&S]|,)[<>]")
_CARDINAL = re.compile(MACROS["CARD"])
_SMALL_NUMBER = re.compile(shape("B100|NUM", MACROS))


def _scaled_code(word: str) -> tuple[int, str] | None:
    """ "MEUR" is millions of euros."""
    if len(word) == 4 and word[0] in "mk" and word[1:] in units.CODES - units.CODES_AS_WORDS:
        return (10**6 if word[0] == "m" else 1000), word[1:].upper()
    return None
