"""Exclusion rules: where a number is no claim, as in dates, times, ages, names, phone numbers.

To teach the reader another, add a row to ``EXCLUSION_RULES`` with an example and a counter-example;
both become tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotation.numbers.tokens.kinds import NAME_KINDS, TIME_UNITS, K, any_of


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
    SPELLED_YEAR: str = "⓫"  # 1900 to 2100, in words
    WORDY: str = "➏"  # any other in words
    FRACTION: str = "➑"
    YEARS: str = "➒"  # a range of years
    TIMELIKE: str = "➓"  # 6.45
    OTHER: str = "⓬"  # with a unit or a scale, and all that the rules need not tell apart
    MANY: str = (
        "⓮"  # no number: the word to which it is added between commas says that it is how many
    )


N = _NumberKinds()
"""What is known of a number, by name."""

_DIGITS = N.HOUR + N.DAY + N.YEAR + N.INTEGER + N.LIFETIME
_WORDS = N.ONE + N.WORDY + N.SHORT_WORDY

CONTEXT: dict[str, str] = {
    # the number
    "NUMBER": any_of(
        _DIGITS + _WORDS + N.FRACTION + N.YEARS + N.TIMELIKE + N.SPELLED_YEAR + N.OTHER
    ),
    "INTEGER": any_of(_DIGITS),  # digits alone
    "DAY": any_of(N.HOUR + N.DAY),  # 1 to 31 in digits
    "LIFETIME": any_of(N.HOUR + N.DAY + N.LIFETIME),  # up to 120 in digits
    "YEAR": N.YEAR,  # 1500 to 2199 in digits
    "YEARS": N.YEARS,  # a range of these
    "TIMELIKE": N.TIMELIKE,  # 6.45
    "WORDY": any_of(_WORDS),  # in words
    "SHORT": any_of(N.ONE + N.HOUR + N.SHORT_WORDY),  # in words up to 60, or at most 24
    "ONLY_ONE": N.ONE,
    "SPELLED_YEAR": N.SPELLED_YEAR,  # nineteen eighty
    "PART_OF": N.FRACTION,
    "OTHER": N.OTHER,
    # what stands around it
    "TIME_UNIT": any_of(TIME_UNITS),
    "JOIN": any_of(K.HYPHEN + K.DASH + K.SLASH + K.TO + K.OR + K.FROM + K.AND),
    "NOUNISH": any_of(K.WORD + NAME_KINDS),
    "MORE": f"[^{K.NEWLINE}]",
    "BREAK": any_of(
        K.PERIOD + K.COMMA + K.SEMICOLON + K.OPEN + K.CLOSE + K.BRACKET + K.UNBRACKET + K.DASH
        + K.PIPE + K.QUOTE + K.MATH + K.NEWLINE
    ),
}  # fmt: skip
"""Names in the shapes of the rules, besides the kinds of tokens and ``numbers.MACROS``."""

EXCLUSION_RULES: tuple[ExclusionRule, ...] = (
    ExclusionRule(
        "duration",
        "NUMBER HYPHEN? (ORMORE|ORSO)? (AND (A|ONE)? HYPHEN? PARTWORD)? ADJ* HYPHEN? "
        "(TIME_UNIT|DAYTIME)",
        "in the last 24 hours",
        "24 people",
    ),
    ExclusionRule(
        "weekdays in a row",
        "NUMBER ADJ WEEKDAY",
        "on nine consecutive Wednesdays",
        "nine more fell on Wednesday",
    ),
    ExclusionRule(
        "hundreds of years",
        "NUMBER OF THE? ADJ* TIME_UNIT",
        "hundreds of years ago",
        "hundreds of people",
    ),
    ExclusionRule(
        "half an hour",
        "PART_OF (A|THE) ADJ* TIME_UNIT",
        "half an hour later",
        "half the city",
    ),
    ExclusionRule(
        "past quarters",
        "ADJ NUMBER QUARTERS | ADJ PART_OF (BREAK|STOP|SINCE|IN)",
        "the last two quarters",
        "the last two bridges",
    ),
    ExclusionRule(
        "first half",
        "ORD PART_OF",
        "in the first half of 2015",
        "at first, half of the town fell",
    ),
    ExclusionRule(
        "month and day",
        "(MONTH|WEEKDAY) (PERIOD | COMMA | HYPHEN | SLASH | THE | OPEN | AT | IN | FROM "
        "| BETWEEN | SINCE | DASH)* (DAY|YEAR|SHORT) (?!COMMA? NOUNISH | (?<=COMMA.) ARE)",
        "on January 12 at noon",
        "on Friday, 13 people died",
    ),
    ExclusionRule(
        "month, then day",
        "(?<!NUM|ORD) MONTH (PERIOD|HYPHEN|SLASH|THE|DASH)* (DAY | YEAR | SHORT (?!NOUNISH|ARE))",
        "the July 15 coup attempt",
        "on 15 July 12 officers fled",
    ),
    ExclusionRule(
        "month, day and year",
        "MONTH (PERIOD | COMMA | HYPHEN | SLASH | THE | OF | IN)* (NUM | ORD | SMALL | "
        "TENS | ONE | PART | CLOCK | HYPHEN)+ (COMMA | SLASH | HYPHEN | DASH | TO | OF "
        "| AT | IN | AND)* (DAY|YEAR|SHORT) (?!NOUNISH | (?<=COMMA.) ARE)",
        "since January 12, 2016",
        "on January 12, 30 soldiers died",
    ),
    ExclusionRule(
        "weekday and hour",
        "(WEEKDAY|DAYTIME|TODAY|CLOCK|ORD) (FROM | BETWEEN | AT | SINCE | ABOUT | COMMA | "
        "JOIN | AND)* (SHORT|DAY|YEAR) (?!COMMA? (NOUNISH|ADJ) | ARE | (?<=AND.) (TODAY|STOP))",
        "on Tuesday from 7 to 8",
        "on Tuesday 7 men died",
    ),
    ExclusionRule(
        "day and month",
        "(DAY|SHORT|YEAR) (HYPHEN | SLASH | PERIOD | OF | THE | TO | DASH | ORD | NUM | "
        "COMMA | AND)* MONTH",
        "the 13 November attacks",
        "13 people",
    ),
    ExclusionRule(
        "hour and daytime",
        "(SHORT|DAY|INTEGER|WORDY) (JOIN|AND)? (IN|AT|AND)? THE? (SINCE|ADJ)? (DAYTIME|CLOCK|ZONE)",
        "at 5 in the morning",
        "5 in the hospital",
    ),
    ExclusionRule(
        "at an hour of a day",
        "AT ABOUT? NUMBER (TODAY|WEEKDAY)",
        "at 5 today",
        "they lost 5 today",
    ),
    ExclusionRule(
        "at an hour",
        "AT (ABOUT|AT)? (DAY|SHORT) (BREAK|SINCE|STOP|AT|IN)",
        "they met at 7.",
        "at 7 checkpoints",
    ),
    ExclusionRule(
        "year",
        "(IN | SINCE | FROM | ATLEAST | ATMOST | OF | BETWEEN | ABOUT | THE | TO | OR | "
        "AND | ADJ | MONTH | ORD | HYPHEN | TIME_UNIT | CLOCK | OPEN | COMMA | DAYTIME | TODAY | "
        "DESIGNATOR | POSS | DASH | CAP | ACRONYM) YEAR",
        "fought since 2011",
        "lost 2011 men",
    ),
    ExclusionRule(
        "lone year",
        "YEAR (BREAK|HYPHEN|TO|SINCE|STOP|OR) | (IN|SINCE|MONTH|FROM) SPELLED_YEAR (?!NOUNISH)",
        "2017 was quiet",
        "2017 men fled",
    ),
    ExclusionRule(
        "years",
        "YEARS (?!NOUNISH)",
        "between 2015 and 2018",
        "between 20 and 30 men",
    ),
    ExclusionRule(
        "spoken time",
        "AT TIMELIKE (?!PCT|NOUNISH) | (WEEKDAY|DAYTIME|TODAY|TO|FROM) (AT|FROM)? TIMELIKE | "
        "TIMELIKE (TO|HYPHEN) CLOCK",
        "they left at 6.45",
        "at 6.45 percent",
    ),
    ExclusionRule(
        "numbered week",
        "WEEK (DAY|SHORT|OTHER) (?!NOUNISH) | WEEK INTEGER (OF|BREAK)",
        "day 412 of the war",
        "within a day 412 men fled",
    ),
    ExclusionRule(
        "minutes past",
        "(DAY|SHORT|PART_OF) ADJ (SMALL|NUM|ONE|TENS) | (TIME_UNIT|HALF|QUARTER) (ADJ|TO) "
        "(DAY|SHORT) (?!NOUNISH) | PART_OF TO (SMALL|NUM|ONE) "
        "| (NUM|SMALL|TENS) ADJ (DAY|SHORT) (?!NOUNISH)",
        "15 past seven",
        "15 past leaders",
    ),
    ExclusionRule(
        "minutes to",
        "AT SHORT TO (SMALL|NUM|ONE) | AT (TENS|SMALL|NUM) TO SHORT",
        "at twenty to nine",
        "from nine to twenty men",
    ),
    ExclusionRule(
        "year of two digits",
        "MONTH OF INTEGER",
        "in April of 87",
        "in April, 87 men",
    ),
    ExclusionRule(
        "numbers side by side",
        "(INTEGER|YEAR) NUM (?!HYPHEN) | NUM (INTEGER|YEAR) (BREAK|NUM)",
        "8196 12, 8198 27",
        "In May 300 men",
    ),
    ExclusionRule(
        "ordinal",
        "NUMBER HYPHEN? AND? (ORD|PART)",
        "the twenty-first convoy",
        "the first 20 convoys",
    ),
    ExclusionRule(
        "a day or two",
        "TIME_UNIT OR NUMBER",
        "in a day or two",
        "a wall or two gates",
    ),
    ExclusionRule(
        "number in brackets",
        "(CAP|ACRONYM|WORD|NUM|SMALL|TENS) OPEN (INTEGER|DAY|YEAR) CLOSE",
        "the officer (47) said",
        "47 officers",
    ),
    ExclusionRule(
        "one or more",
        "ONLY_ONE (ORMORE|ORLESS|OR)",
        "one or more events",
        "more than one event",
    ),
    ExclusionRule(
        "kilometre",
        "MEASURE INTEGER BREAK",
        "near kilometre 12.",
        "12 kilometres",
    ),
    ExclusionRule(
        "age",
        "AGE (OF | FROM | BETWEEN | ABOUT | ATLEAST | ATMOST | STOP)* ((NUM|SMALL|ONE) "
        "(COMMA|AND|TO|HYPHEN|COMMA AND|OR))* NUMBER",
        "children as young as 10",
        "children in 10 camps",
    ),
    ExclusionRule(
        "age in commas",
        "(CAP|ACRONYM) COMMA (DAY|INTEGER) (COMMA|CLOSE|PERIOD)",
        "Mohammed, 42, of Aleppo",
        "In Aleppo, 42 men",
    ),
    ExclusionRule(
        "age of somebody",
        "WORD COMMA LIFETIME COMMA",
        "the suspect, 28, fled",
        "the dead, 14, were buried",
    ),
    ExclusionRule(
        "designator",
        "DESIGNATOR (PERIOD|HYPHEN|OPEN|MATH)* (INTEGER|WORDY|SHORT|TIMELIKE) (?!PCT|MEASURE)",
        "Resolution 2254 was adopted",
        "the resolution of 15 countries",
    ),
    ExclusionRule(
        "designators",
        "DESIGNATOR PERIOD? NUM (COMMA|AND|TO|HYPHEN|COMMA AND) INTEGER",
        "Articles 5 and 6",
        "Article 5 angers 60 states",
    ),
    ExclusionRule(
        "identifier",
        "IDENT (DESIGNATOR | STOP | WORD | SEMICOLON | PERIOD | CAP | OPEN){0,4} (INTEGER|WORDY)",
        "my phone number is 112",
        "they phoned 112 people",
    ),
    ExclusionRule(
        "beside junk",
        "(JUNK|NAME|MATH) SIGN? HYPHEN? (INTEGER|YEAR|DAY) | (INTEGER|YEAR|DAY) HYPHEN? "
        "(JUNK|MATH|NAME (?!NOUNISH|HYPHEN))",
        "45+31 = 76",
        "45 women",
    ),
    ExclusionRule(
        "part of a formula",
        "(MATH|SLASH) (NUMBER) | NUMBER (MATH|SLASH)",
        "8/1.5 looks odd",
        "8 or 9 tanks",
    ),
    ExclusionRule(
        "reactions and page numbers",
        "NUMBER REACTION | PIPE NUMBER (PIPE|NEWLINE) | REACTION NUMBER",
        "24 comments",
        "24 commentators",
    ),
    ExclusionRule(
        "list number",
        "NEWLINE OPEN? DAY (PERIOD|CLOSE) MORE",
        "1. The town fell",
        "12 towns fell",
    ),
    ExclusionRule(
        "list number within a line",
        "PERIOD DAY CLOSE",
        "It fell. 2) They fled.",
        "It fell. 2 men fled.",
    ),
    ExclusionRule(
        "degrees",
        "NUMBER HYPHEN? DEGREE",
        "30 degrees",
        "30 graduates",
    ),
    ExclusionRule(
        "magnitude",
        "DEGREE HYPHEN? NUMBER",
        "a magnitude 6.4 earthquake",
        "the earthquake killed 6",
    ),
    ExclusionRule(
        "first of",
        "ORD OF NUMBER",
        "the first of 12 convoys",
        "12 convoys",
    ),
)
"""The rules; the first that fits is the reason."""
