"""Surroundings in which a number is no mention: dates, times, ages, names, phone numbers.

To teach the reader another, add a row to ``NO_MENTIONS`` with an example and a counter-example;
both become tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar.kinds import KINDS, TokenLine, shape
from annotation.numbers.grammar.numbers import MACROS, Quantity


@dataclass(frozen=True, slots=True)
class NoMention:
    """A row of the grammar: surroundings in which a number is no claim."""

    name: str
    shape: str
    """Pattern over kinds in which the number is ``NUMBER`` or what is known of it: ``INTEGER``
    (digits alone), ``DAY`` (1 to 31 in digits), ``YEAR`` (1500 to 2199 in digits), ``YEARS`` (a
    range of these), ``TIMELIKE`` (6.45), ``WORDY`` (in words), ``SPELLED_YEAR``, ``ONLY_ONE``,
    ``LIFETIME`` (up to 120 in digits), ``SHORT`` (in words or at most 24), ``PART_OF`` (a
    fraction), ``OTHER``. A range is one number."""
    example: str
    """A text without a mention."""
    counter_example: str
    """A text that looks alike and has a mention."""


_ONE, _HOUR, _DAY, _YEAR, _INTEGER, _WORDY, _SHORT_WORDY = "➊➋➌➍➎➏➐"
_FRACTION, _YEARS, _TIMELIKE, _SPELLED_YEAR, _OTHER, _LIFETIME, _MANY = "➑➒➓⓫⓬⓭⓮"
# What is known of the number itself: kinds of their own, which no token has; and, last, of the word
# to which it is added between commas.

CONTEXT = {
    "NUMBER": f"[{_ONE}-{_TIMELIKE}{_SPELLED_YEAR}{_OTHER}{_LIFETIME}]",
    "OTHER": _OTHER,
    "ONLY_ONE": _ONE,
    "PART_OF": _FRACTION,
    "SHORT": f"[{_ONE}{_HOUR}{_SHORT_WORDY}]",
    "DAY": f"[{_HOUR}{_DAY}]",
    "YEAR": _YEAR,
    "INTEGER": f"[{_HOUR}-{_INTEGER}{_LIFETIME}]",
    "LIFETIME": f"[{_HOUR}{_DAY}{_LIFETIME}]",
    "WORDY": f"[{_ONE}{_WORDY}{_SHORT_WORDY}]",
    "TIME": "[tτ]",
    "YEARS": _YEARS,
    "TIMELIKE": _TIMELIKE,
    "SPELLED_YEAR": _SPELLED_YEAR,
    "JOIN": r"[-_/xjB&]",
    "NOUNISH": "[wWAG]",
    "MORE": r"[^\n]",
    "BREAK": r"[.,;()_|\n\"*\]\[]",
}

NO_MENTIONS: tuple[NoMention, ...] = (
    NoMention(
        "duration",
        "NUMBER HYPHEN? (ORMORE|ORSO)? (AND (A|ONE)? HYPHEN? PARTWORD)? ADJ* HYPHEN? "
        "(TIME|DAYTIME)",
        "in the last 24 hours",
        "24 people",
    ),
    NoMention(
        "weekdays in a row",
        "NUMBER ADJ WEEKDAY",
        "on nine consecutive Wednesdays",
        "nine more fell on Wednesday",
    ),
    NoMention(
        "hundreds of years",
        "NUMBER OF THE? ADJ* TIME",
        "hundreds of years ago",
        "hundreds of people",
    ),
    NoMention(
        "half an hour",
        "PART_OF (A|THE) ADJ* (TIME|WEEK)",
        "half an hour later",
        "half the city",
    ),
    NoMention(
        "past quarters",
        "ADJ NUMBER QUARTERS | ADJ PART_OF (BREAK|STOP|SINCE|IN)",
        "the last two quarters",
        "the last two bridges",
    ),
    NoMention(
        "first half",
        "ORD PART_OF",
        "in the first half of 2015",
        "at first, half of the town fell",
    ),
    NoMention(
        "month and day",
        "(MONTH|WEEKDAY) (PERIOD | COMMA | HYPHEN | SLASH | THE | OPEN | AT | IN | FROM "
        "| BETWEEN | SINCE | DASH)* (DAY|YEAR|SHORT) (?!COMMA? NOUNISH | (?<=COMMA.) ARE)",
        "on January 12 at noon",
        "on Friday, 13 people died",
    ),
    NoMention(
        "month, then day",
        "(?<!NUM|ORD) MONTH (PERIOD|HYPHEN|SLASH|THE|DASH)* (DAY | YEAR | SHORT (?!NOUNISH|ARE))",
        "the July 15 coup attempt",
        "on 15 July 12 officers fled",
    ),
    NoMention(
        "month, day and year",
        "MONTH (PERIOD | COMMA | HYPHEN | SLASH | THE | OF | IN)* (NUM | ORD | SMALL | "
        "TENS | ONE | PART | CLOCK | HYPHEN)+ (COMMA | SLASH | HYPHEN | DASH | TO | OF "
        "| AT | IN | AND)* (DAY|YEAR|SHORT) (?!NOUNISH | (?<=COMMA.) ARE)",
        "since January 12, 2016",
        "on January 12, 30 soldiers died",
    ),
    NoMention(
        "weekday and hour",
        "(WEEKDAY|DAYTIME|TODAY|CLOCK|ORD) (FROM | BETWEEN | AT | SINCE | ABOUT | COMMA | "
        "JOIN | AND)* (SHORT|DAY|YEAR) (?!COMMA? (NOUNISH|ADJ) | ARE | (?<=AND.) (TODAY|STOP))",
        "on Tuesday from 7 to 8",
        "on Tuesday 7 men died",
    ),
    NoMention(
        "day and month",
        "(DAY|SHORT|YEAR) (HYPHEN | SLASH | PERIOD | OF | THE | TO | DASH | ORD | NUM | "
        "COMMA | AND)* MONTH",
        "the 13 November attacks",
        "13 people",
    ),
    NoMention(
        "hour and daytime",
        "(SHORT|DAY|INTEGER|WORDY) (JOIN|AND)? (IN|AT|AND)? THE? (SINCE|ADJ)? (DAYTIME|CLOCK|ZONE)",
        "at 5 in the morning",
        "5 in the hospital",
    ),
    NoMention(
        "at an hour of a day",
        "AT ABOUT? NUMBER (TODAY|WEEKDAY)",
        "at 5 today",
        "they lost 5 today",
    ),
    NoMention(
        "at an hour",
        "AT (ABOUT|AT)? (DAY|SHORT) (BREAK|SINCE|STOP|AT|IN)",
        "they met at 7.",
        "at 7 checkpoints",
    ),
    NoMention(
        "year",
        "(IN | SINCE | FROM | ATLEAST | ATMOST | OF | BETWEEN | ABOUT | THE | TO | OR | "
        "AND | ADJ | MONTH | ORD | HYPHEN | TIME | CLOCK | OPEN | COMMA | DAYTIME | TODAY | "
        "HEAD | POSS | DASH | CAP | ACRONYM) YEAR",
        "fought since 2011",
        "lost 2011 men",
    ),
    NoMention(
        "lone year",
        "YEAR (BREAK|HYPHEN|TO|SINCE|STOP|OR) | (IN|SINCE|MONTH|FROM) SPELLED_YEAR (?!NOUNISH)",
        "2017 was quiet",
        "2017 men fled",
    ),
    NoMention(
        "years",
        "YEARS (?!NOUNISH)",
        "between 2015 and 2018",
        "between 20 and 30 men",
    ),
    NoMention(
        "spoken time",
        "AT TIMELIKE (?!PCT|NOUNISH) | (WEEKDAY|DAYTIME|TODAY|TO|FROM) (AT|FROM)? TIMELIKE | "
        "TIMELIKE (TO|HYPHEN) CLOCK",
        "they left at 6.45",
        "at 6.45 percent",
    ),
    NoMention(
        "numbered week",
        "WEEK (DAY|SHORT|OTHER) (?!NOUNISH) | WEEK INTEGER (OF|BREAK)",
        "day 412 of the war",
        "within a day 412 men fled",
    ),
    NoMention(
        "minutes past",
        "(DAY|SHORT|PART_OF) ADJ (SMALL|NUM|ONE|TENS) | (TIME|HALF|QUARTER) (ADJ|TO) "
        "(DAY|SHORT) (?!NOUNISH) | PART_OF TO (SMALL|NUM|ONE) "
        "| (NUM|SMALL|TENS) ADJ (DAY|SHORT) (?!NOUNISH)",
        "15 past seven",
        "15 past leaders",
    ),
    NoMention(
        "minutes to",
        "AT SHORT TO (SMALL|NUM|ONE) | AT (TENS|SMALL|NUM) TO SHORT",
        "at twenty to nine",
        "from nine to twenty men",
    ),
    NoMention(
        "year of two digits",
        "MONTH OF INTEGER",
        "in April of 87",
        "in April, 87 men",
    ),
    NoMention(
        "numbers side by side",
        "(INTEGER|YEAR) NUM (?!HYPHEN) | NUM (INTEGER|YEAR) (BREAK|NUM)",
        "8196 12, 8198 27",
        "In May 300 men",
    ),
    NoMention(
        "ordinal",
        "NUMBER HYPHEN? AND? (ORD|PART)",
        "the twenty-first convoy",
        "the first 20 convoys",
    ),
    NoMention(
        "a day or two",
        "TIME OR NUMBER",
        "in a day or two",
        "a wall or two gates",
    ),
    NoMention(
        "number in brackets",
        "(CAP|ACRONYM|WORD|NUM|SMALL|TENS) OPEN (INTEGER|DAY|YEAR) CLOSE",
        "the officer (47) said",
        "47 officers",
    ),
    NoMention(
        "one or more",
        "ONLY_ONE (ORMORE|ORLESS|OR)",
        "one or more events",
        "more than one event",
    ),
    NoMention(
        "kilometre",
        "MEASURE INTEGER BREAK",
        "near kilometre 12.",
        "12 kilometres",
    ),
    NoMention(
        "age",
        "AGE (OF | FROM | BETWEEN | ABOUT | ATLEAST | ATMOST | STOP)* ((NUM|SMALL|ONE) "
        "(COMMA|AND|TO|HYPHEN|COMMA AND|OR))* NUMBER",
        "children as young as 10",
        "children in 10 camps",
    ),
    NoMention(
        "age in commas",
        "(CAP|ACRONYM) COMMA (DAY|INTEGER) (COMMA|CLOSE|PERIOD)",
        "Mohammed, 42, of Aleppo",
        "In Aleppo, 42 men",
    ),
    NoMention(
        "age of somebody",
        "WORD COMMA LIFETIME COMMA",
        "the suspect, 28, fled",
        "the dead, 14, were buried",
    ),
    NoMention(
        "designator",
        "HEAD (PERIOD|HYPHEN|OPEN|MATH)* (INTEGER|WORDY|SHORT|TIMELIKE) (?!PCT|MEASURE)",
        "Resolution 2254 was adopted",
        "the resolution of 15 countries",
    ),
    NoMention(
        "designators",
        "HEAD PERIOD? NUM (COMMA|AND|TO|HYPHEN|COMMA AND) INTEGER",
        "Articles 5 and 6",
        "Article 5 angers 60 states",
    ),
    NoMention(
        "identifier",
        "IDENT (HEAD | STOP | WORD | SEMICOLON | PERIOD | CAP | OPEN){0,4} (INTEGER|WORDY)",
        "my phone number is 112",
        "they phoned 112 people",
    ),
    NoMention(
        "beside junk",
        "(JUNK|NAME|MATH) SIGN? HYPHEN? (INTEGER|YEAR|DAY) | (INTEGER|YEAR|DAY) HYPHEN? "
        "(JUNK|MATH|NAME (?!NOUNISH|HYPHEN))",
        "45+31 = 76",
        "45 women",
    ),
    NoMention(
        "part of a formula",
        "(MATH|SLASH) (NUMBER) | NUMBER (MATH|SLASH)",
        "8/1.5 looks odd",
        "8 or 9 tanks",
    ),
    NoMention(
        "page furniture",
        "NUMBER FURNITURE | PIPE NUMBER (PIPE|NEWLINE) | FURNITURE NUMBER",
        "24 comments",
        "24 commentators",
    ),
    NoMention(
        "list number",
        "NEWLINE OPEN? DAY (PERIOD|CLOSE) MORE",
        "1. The town fell",
        "12 towns fell",
    ),
    NoMention(
        "list number within a line",
        "PERIOD DAY CLOSE",
        "It fell. 2) They fled.",
        "It fell. 2 men fled.",
    ),
    NoMention(
        "degrees",
        "NUMBER HYPHEN? DEGREE",
        "30 degrees",
        "30 graduates",
    ),
    NoMention(
        "magnitude",
        "DEGREE HYPHEN? NUMBER",
        "a magnitude 6.4 earthquake",
        "the earthquake killed 6",
    ),
    NoMention(
        "first of",
        "ORD OF NUMBER",
        "the first of 12 convoys",
        "12 convoys",
    ),
)
"""Surroundings that make a number none of ours; the first that fits is the reason."""

_NO_MENTION = re.compile("|".join(shape(row.shape, MACROS | CONTEXT) for row in NO_MENTIONS))

_REACH = 9
"""Tokens on each side of a number that the patterns above may look at."""
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d|(?:0?[1-9]|1[0-2])\.\d")


def is_no_mention(line: TokenLine, q: Quantity) -> bool:
    """Whether the surroundings say that the number is none of ours."""
    from_to = q.form == "range" and line.kind(q.first) in "bB" and q.high <= 24
    if q.form == "score" or (from_to and line.kind(q.last) == KINDS["TODAY"]):
        return True  # a result, or "between 3 and 8 yesterday"
    return _NO_MENTION.search(surroundings(line, q)) is not None


def surroundings(line: TokenLine, q: Quantity) -> str:
    """What the patterns are matched against: kinds left and right, and what the number is."""
    left = line.kinds[max(0, q.first - _REACH) : q.first]
    if left.endswith("w,") and _says_many(line.word(q.first - 2)):
        left = left[:-2] + _MANY + ","
    if q.first < _REACH:
        left = "\n" + left
    right = line.kinds[q.last : q.last + _REACH] + "\n"
    return left + _mark(line, q) + right


def _says_many(word: str) -> bool:
    """Whether a number added to a word is how many, not how old: "the toll, 43, may rise"."""
    many = lex.is_plural(word) or word in lex.CASUALTY_WORDS or word in lex.TALLIES
    return many and word not in lex.AGED


def _mark(line: TokenLine, q: Quantity) -> str:
    tokens = line.tokens[q.first : q.last]
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
        return _DAY if q.high <= 31 else _LIFETIME if q.high <= 120 else _INTEGER
    if q.form == "spoken year":
        return _YEARS
    if q.form not in {"cardinal", "range"}:
        return _OTHER
    if q.low == q.high == 1:
        return _ONE
    if 1900 <= q.low == q.high <= 2100:
        return _SPELLED_YEAR
    return _SHORT_WORDY if q.high <= 60 else _WORDY
