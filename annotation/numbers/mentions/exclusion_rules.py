"""Exclusion rules: where a number is no claim, as in dates, times, ages, names, phone numbers.

To teach the reader another, add a row to ``NAME_RULES``, or to ``TIME_RULES``, with an example and
a counter-example; both become tests.
"""

from __future__ import annotations

from annotation.numbers.mentions.contexts import ExclusionRule
from annotation.numbers.mentions.time_rules import TIME_RULES

NAME_RULES: tuple[ExclusionRule, ...] = (
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
        "designator",
        "DESIGNATOR (PERIOD|HYPHEN|OPEN|MATH)* (INTEGER|WORDY|SHORT|TIMELIKE|DECIMAL) "
        "(?!PCT|MEASURE)",
        "Resolution 2254 was adopted",
        "the resolution of 15 countries",
    ),
    ExclusionRule(
        "designators",
        "DESIGNATOR PERIOD? (NUM|NAME) ((COMMA|AND|TO|HYPHEN|OR|COMMA AND) (NUM|NAME)){0,3} "
        "(COMMA|AND|TO|HYPHEN|OR|COMMA AND) INTEGER",
        "Articles 5 and 6",
        "Article 5 angers 60 states",
    ),
    ExclusionRule(
        "paragraph sign",
        "PARAGRAPH+ (NUM (COMMA|AND|TO|HYPHEN|DASH|OR))* NUMBER",
        "§§ 45 and 46 apply",
        "45 paragraphs say so",
    ),
    ExclusionRule(
        "identifier",
        "IDENT (DESIGNATOR | STOP | SEMICOLON | PERIOD | OPEN){0,4} (INTEGER|WORDY)"
        " | IDENT (WORD|CAP){1,2} SEMICOLON INTEGER BREAK",
        "my phone number is 112",
        "shelling of Tel Abyad killed 112 people",
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
        "NEWLINE OPEN? INTEGER (PERIOD|CLOSE) MORE",
        "1. The town fell",
        "12 towns fell",
    ),
    ExclusionRule(
        "list number within a line",
        "(PERIOD|SEMICOLON) (DAY|LIFETIME) CLOSE",
        "It fell. 2) They fled.",
        "It fell. 2 men fled.",
    ),
    ExclusionRule(
        "footnote",
        "BRACKET INTEGER UNBRACKET (?!WORD)",
        "the town fell. [12]",
        "[12] men fled",
    ),
    ExclusionRule(
        "grid reference",
        "DESIGNATOR NUM TIME_UNIT (CAP|ACRONYM)? NUM? INTEGER",
        "grid 37S 2231",
        "within 37s 2231 men fled",
    ),
    ExclusionRule(
        "in pieces",
        "IN WORDY (BREAK|AND|SINCE|STOP|AT)",
        "the town was cut in two",
        "in two towns",
    ),
    ExclusionRule(
        "degrees",
        "NUMBER HYPHEN? DEGREE",
        "30 degrees",
        "30 graduates",
    ),
    ExclusionRule(
        "magnitude",
        "DEGREE HYPHEN? (SEMICOLON|OPEN|STOP|ARE)* (SIGN? NUM COMMA)? SIGN? NUMBER",
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
"""The rules for names, identifiers, list numbers and the like."""

EXCLUSION_RULES = TIME_RULES + NAME_RULES
"""All of them; a number to which one applies is no mention."""
