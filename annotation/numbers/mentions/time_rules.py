"""Exclusion rules for dates, times of day, durations and ages."""

from __future__ import annotations

from annotation.numbers.mentions.contexts import ExclusionRule

TIME_RULES: tuple[ExclusionRule, ...] = (
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
        "JOIN | AND)* (SHORT|DAY|YEAR) (?!COMMA? (NOUNISH|ADJ) | ARE | (?<=AND.) (TODAY|STOP) | "
        "OF (THE|STOP) NOUNISH)",
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
        "DESIGNATOR | POSS | DASH | CAP | ACRONYM | A) YEAR",
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
        "a day or two",
        "TIME_UNIT OR NUMBER",
        "in a day or two",
        "a wall or two gates",
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
        "(CAP|ACRONYM) COMMA (LIFETIME|INTEGER|SHORT) (COMMA|CLOSE|PERIOD|SEMICOLON|DASH)",
        "Mohammed, 42, of Aleppo",
        "In Aleppo, 42 men",
    ),
    ExclusionRule(
        "ages of several",
        "(WORD|MANY) COMMA ((NUM|SMALL|ONE) COMMA)* (LIFETIME|SHORT) (COMMA (NUM|SMALL|ONE))* "
        "COMMA? AND (NUM|SMALL|ONE) (COMMA|CLOSE|PERIOD) | WORD COMMA ((NUM|SMALL|ONE) COMMA?)+ "
        "AND (LIFETIME|SHORT) (COMMA|CLOSE|PERIOD)",
        "the brothers, 9 and 11, died",
        "the brothers, 9 and 11 others died",
    ),
    ExclusionRule(
        "age of somebody",
        "WORD COMMA (LIFETIME|SHORT) (COMMA|SEMICOLON|DASH)",
        "a girl, nine, fled",
        "the dead, 14, were buried",
    ),
)
"""The rules; a number to which one applies is a time or an age."""
