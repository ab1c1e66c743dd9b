"""What tokens look like: a table of patterns, tried in its order.

``tokenise`` cuts a text with them. Most rows name the kind of their tokens; for the others
``tokenise`` has a function.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from annotation.numbers.lexicon import modifiers, units
from annotation.numbers.lexicon.names import ABBREVIATIONS, NO_CALIBRE, WEAPON_WORDS
from annotation.numbers.lexicon.number_words import SEVERAL, VULGAR
from annotation.numbers.tokens.digits import BLANK, SAFE_CODES
from annotation.numbers.tokens.kinds import K


@dataclass(frozen=True, slots=True)
class TokenPattern:
    """A row of the table: what one sort of token looks like."""

    name: str
    """Name of the row, an identifier."""
    pattern: str
    """Verbose regular expression over a text in lower case."""
    kind: str | None = None
    """Kind of the tokens; None where it depends on more than the pattern."""


def _any(words: Iterable[str]) -> str:
    """Alternatives, taken literally, longest first."""
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s{1,3}") for w in sorted(words, key=len, reverse=True)
    )


def _phrases(words: Iterable[str]) -> str:
    """Alternatives, written as they are (they may hold an escaped full stop), longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        w.replace(" ", r"\s{1,3}") + ("" if w.endswith(".") else r"\b") for w in ordered
    )


_DEGREE = "(?:" + _phrases(modifiers.DEGREES) + r")\s{1,3}"
_PREFIXES = "|".join(word for word in units.BEFORE_DIGITS if word.isalpha() and len(word) > 1)
_BEFORE_AMOUNTS = rf"""
    (?:{SAFE_CODES}|{_PREFIXES})(?=\d)
    | [nrp](?=\d[\d.,]*(?:[\ -]?(?:[mb]n?\b|[mbtr]+illion)|,\d{{3}}))
"""
"""Codes and letters of currencies that are glued to the digits behind them."""
_DOLLARS = _any(p for p in units.DOLLARS if len(p) > 1)
_SIGNS = "".join(map(re.escape, units.SYMBOLS))

# Possessive quantifiers stand on single characters only: on groups, Python before 3.11.5 gets them
# wrong (CPython issue 106052).
TOKEN_PATTERNS: tuple[TokenPattern, ...] = (
    TokenPattern("newline", r"\n\s*+"),
    TokenPattern(
        "junk",  # addresses, handles, hashtags, file names
        rf"""https?://\S{{1,400}}+|www\.\S{{1,400}}+|[@\#][\w./-]{{1,80}}+\#?
        | [\w.+]{{1,64}}@[\w-]{{1,64}}\.\w{{2,12}}
        | (?!rs\.|[a-z]/[a-z]-\d|{_BEFORE_AMOUNTS})
        [a-z][\w-]{{0,60}}[./][\w./-]{{0,100}}\d[\w./-]{{0,100}}""",
    ),
    TokenPattern("footnote", r"\[(?<=\S\[)\d{1,3}(?:[-–,]\ ?\d{1,3}){0,4}\]", K.QUOTE),
    TokenPattern("vague", r"10s(?=\sof\b)|1,?000?s\b", K.VAGUE),
    TokenPattern("score", r"(?<=\ba\s)score(?=\s(?:of\s[a-z]|or\s(?:more|so)\b))", K.DOZEN),
    TokenPattern(
        "clock",
        r"""(?=[\d'’])(?:\d{1,2}[:.]\d\d(?::\d\d)?\ ?(?:a\.?m\b\.?|p\.?m\b\.?)
        | \d{1,3}:\d{1,3}(?::\d\d)?(?:\ ?[ap]\b)?(?![\d:])
        | \d{1,4}\ ?(?:a\.m\b\.?|p\.m\b\.?|am\b|pm\b|ampm\b)
        | (?:[01]?\d|2[0-4])[ap]\b(?!\.\w)
        | \d{1,4}\ ?o['’]?clock\b
        | (?:1[5-9]|20)?\d0\ ?['’]?s\b
        | \d{1,2}h\d\d\b
        | (?:(?<=\bof\ )|(?<=\bin\ )|(?<=\bsince\ )|(?<=\d[-–]))['’]\d\d\b)""",
        K.CLOCK,
    ),
    TokenPattern("ordinal", r"\d[\d,]{0,12}(?:st|nd|rd|th)\b|second(?=\sof\b)", K.ORD),
    TokenPattern(
        "calibre",
        rf"""(?=[\d.])(?:(?:(?<=calibre\ )|(?<=caliber\ ))\d{{1,3}}(?:\.\d{{1,2}})?[\ -]?mm\b
        | \d{{1,3}}(?:\.\d{{1,2}})?[\ -]?mm\b(?=[\ -](?!{NO_CALIBRE})[a-z]) # 120mm mortars
        | \d{{0,2}}\.\d\d[\ -]?cal\w{{0,6}}\b
        | \d{{0,2}}(?:\.\d{{2,3}}|(?<!\.)\d\d)[\ -]bore\b
        | \.\d{{2,3}}(?=[\ -](?:magnum|special|winchester|{WEAPON_WORDS}))
        | (?<=\ba\ )\.\d\d\b(?![\ ]?(?:%|per|in|m|k)))""",
        K.NAME,
    ),
    TokenPattern(
        "digits",  # groups of digits: a number, a date, a telephone number
        rf"""[+(]{{0,2}}\d++(?:[.,]{{1,3}}\d++)*
        (?:
            (?:{BLANK}?[-–‑]{BLANK}?|[./]|{BLANK}?\(|\){BLANK}?[-.]?|{BLANK}|/\ |-\ ){{1,2}}
            \d++(?:[.,]{{1,2}}\d++)*(?![.,]{{1,2}}\d|:\d)\)?
        ){{0,12}}
        (?:\ ?(?:x|ext\.?)\ ?\d{{1,6}}\b)?""",
    ),
    TokenPattern("decimal", r"\.\d{1,15}\b"),
    TokenPattern("vulgar", f"[{''.join(VULGAR)}]"),
    TokenPattern(
        "currency_sign",
        rf"(?<![^\W_])(?:(?:{_DOLLARS}|c)\ ?|[acnrszj]|gh)?[{_SIGNS}]",
        K.CUR,
    ),
    TokenPattern(
        "at_least",
        rf"(?:{_DEGREE})?(?:{_phrases(modifiers.AT_LEAST)})|>\ ?=|≥|=>|>",
        K.ATLEAST,
    ),
    TokenPattern(
        "at_most",
        rf"(?:{_DEGREE})?(?:{_phrases(modifiers.AT_MOST)})|<\ ?=|≤|<",
        K.ATMOST,
    ),
    TokenPattern("about", rf"(?:{_phrases(modifiers.ABOUT)})|\bc\.(?=\ ?\d)|~|≈", K.ABOUT),
    TokenPattern("exact", _phrases(modifiers.EXACT), K.EXACT),
    TokenPattern(
        "or_more",
        rf"(?:{_phrases(modifiers.AFTER_AT_LEAST)})(?!\s{{1,3}}(?:than\b|to\b|[\d$€£]))",
        K.ORMORE,
    ),
    TokenPattern(
        "or_less",
        rf"(?:{_phrases(modifiers.AFTER_AT_MOST)})(?!\s{{1,3}}(?:than\b|[\d$€£]))",
        K.ORLESS,
    ),
    TokenPattern("or_so", _phrases(modifiers.AFTER_ABOUT), K.ORSO),
    TokenPattern("several", rf"{_phrases(SEVERAL)}|few\b", K.SEVERAL),
    TokenPattern(
        "percent",
        r"[%‰]|per\s?mill?e?\b|per\s?cents?\b|pct\b|percentage(?!\ points?)s?\b",
        K.PCT,
    ),
    TokenPattern("share", r"per(?=\s1(?:00|,?000)\b)", K.EVERY),
    TokenPattern("measure", r"km/h|m/s\b|b/d\b|km\^2", K.MEASURE),
    TokenPattern(
        "code",
        _BEFORE_AMOUNTS,
        K.CODE,
    ),
    TokenPattern(
        "name",
        r"""(?!(?:in|to|of|or|by)-\d)[a-z]{1,12}(?:/[a-z])?
        -?\d[\w-]{0,40}(?:[./]\d[\w-]{0,20}){0,3}""",
    ),
    TokenPattern(
        "designator", rf"no(?=\ \d)|(?:{'|'.join(ABBREVIATIONS)})\.(?=\ ?\d)", K.DESIGNATOR
    ),
    TokenPattern("oclock", r"o['’]clock\b", K.DAYTIME),
    TokenPattern(
        "since",
        r"(?:no\s)?(?:later|earlier|sooner)\sthan\b|prior\sto\b|as\sof\b",
        K.SINCE,
    ),
    TokenPattern("age", r"as\s(?:young|old|early|late|recently)\sas\b", K.AGE),
    TokenPattern("degree", r"°\ ?[cf]?\b|°", K.DEGREE),
    TokenPattern("possessive", r"['’]s\b", K.POSS),
    TokenPattern(
        "word",
        r"""(?:[^\W\d_]\.){2,6}
        | (?:no|rs)\.(?=\ ?\d) | n[or]s\.
        | [^\W\d_]{1,60}+(?:['’](?!s\b)[^\W\d_]{1,12}+)*""",
    ),
    TokenPattern("tariff", r"/[-=](?<=\d/[-=])(?!\w)", K.QUOTE),  # "Rs 500/-"
    TokenPattern("sign", rf"[-−–‒](?=\d|\.\d|[{_SIGNS}])"),
    TokenPattern("dash", r"[-–—−‐‑]+"),
    TokenPattern("punctuation", r"."),
)
"""The rows; the first whose pattern fits wins, and the last fits any character."""

TOKEN = re.compile(
    "|".join(f"(?P<{row.name}>{row.pattern})" for row in TOKEN_PATTERNS), re.VERBOSE | re.DOTALL
)
"""All patterns, each a group by its name."""

PLAIN_TOKEN = re.compile(
    rf"""
    [^\S\n]*+
    (?:
        (
            [a-z]++(?=[ ,])  # most words, in three quarters of the time
            | (?![{"".join(VULGAR)}])
            [^\W\d_]++(?:['’](?!s\b)[^\W\d_]++)*
            (?!['’](?!s\b)[^\W\d_])
            (?![\w@/{_SIGNS}]|[.:]\w|-\d)
        )
        | ([,;:!?…)}}\]"“”]|\.(?=\s|\Z))
    )?
    """,
    re.VERBOSE,
)
"""Blanks, and behind them a word or a sign that is a token of its own, unless the word is in
``FIRST_WORDS`` and what follows it there stands behind it.

It finds the common case fast: most tokens are such, and ``TOKEN`` tries many patterns first."""


def _first_words() -> dict[str, re.Pattern[str]]:
    rests: defaultdict[str, set[str]] = defaultdict(set)
    phrases = (
        *(modifiers.DEGREES, modifiers.AT_LEAST, modifiers.AT_MOST, modifiers.ABOUT),
        *(modifiers.EXACT, modifiers.AFTER_AT_LEAST, modifiers.AFTER_AT_MOST),
        *(modifiers.AFTER_ABOUT, SEVERAL),
    )
    for phrase in chain.from_iterable(phrases):
        first = re.match(r"[^\W\d_]*", phrase)[0]  # type: ignore[index]
        rests[first].add(phrase.removeprefix(first))
    for word in (
        *(prefix.partition(".")[0] for prefix in units.DOLLARS if len(prefix) > 1),
        *("few", "per", "pct", "percent", "percentage", "as", "later", "earlier", "sooner"),
        *("prior", "no", "nos", "nr", "nrs", "rs", "c", "second", "score"),
        *ABBREVIATIONS,
    ):
        rests[word].add("")
    # Behind a hyphen, plus or point an address or the name of a file may go on.
    return {word: re.compile(rf"[-+.]|{_phrases(some)}") for word, some in rests.items()}


FIRST_WORDS = _first_words()
"""Words that may begin more than a word, with what then follows; without it, they need not be tried
against ``TOKEN``."""
