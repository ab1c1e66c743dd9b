"""Cuts a stretch of text into tokens."""

# ruff: noqa: SIM905 -- long lists of words are easier to read as text

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar import units
from annotation.numbers.grammar.digits import BLANK, SAFE_CODES, run_tokens, suffixed
from annotation.numbers.grammar.kinds import KINDS, Token, TokenLine


def _any(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s{1,3}") for w in sorted(words, key=len, reverse=True)
    )


def _phrases(words: Iterable[str]) -> str:
    """Alternatives, written as they are (they may hold an escaped full stop), longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        w.replace(" ", r"\s{1,3}") + ("" if w.endswith(".") else r"\b") for w in ordered
    )


_DEGREE = "(?:" + _phrases(lex.DEGREES) + r")\s{1,3}"
_PREFIXES = "|".join(word for word in units.BEFORE_DIGITS if word.isalpha() and len(word) > 1)
_DOLLARS = _any(p for p in units.DOLLARS if len(p) > 1)
_SIGNS = "".join(map(re.escape, units.SYMBOLS))

# Possessive quantifiers stand on single characters only: on groups, Python before 3.11.5 gets them
# wrong (CPython issue 106052).
TOKEN = re.compile(
    rf"""
    (?P<newline>\n\s*+)
  | (?P<junk>https?://\S{{1,400}}+|www\.\S{{1,400}}+|[@\#][\w./-]{{1,80}}+\#?
      | [\w.+]{{1,64}}@[\w-]{{1,64}}\.\w{{2,12}}
      | (?!rs\.|[a-z]/[a-z]-\d)[a-z][\w-]{{0,60}}[./][\w./-]{{0,100}}\d[\w./-]{{0,100}})
  | (?P<clock>
        \d{{1,2}}[:.]\d\d(?::\d\d)?\ ?(?:a\.?m\b\.?|p\.?m\b\.?)
      | \d{{1,3}}:\d{{1,3}}(?::\d\d)?(?:\ ?[ap]\b)?(?![\d:])
      | \d{{1,4}}\ ?(?:a\.m\b\.?|p\.m\b\.?|am\b|pm\b|ampm\b)
      | (?:[01]?\d|2[0-4])[ap]\b(?!\.\w)
      | \d{{1,4}}\ ?o['’]?clock\b
      | (?:1[5-9]|20)?\d0\ ?['’]?s\b
      | \d{{1,2}}h\d\d\b
      | (?:(?<=\bof\ )|(?<=\bin\ )|(?<=\bsince\ )|(?<=\d[-–]))['’]\d\d\b
    )
  | (?P<ordinal>\d[\d,]{{0,12}}(?:st|nd|rd|th)\b|second(?=\sof\b))
  | (?P<calibre>
        \d{{1,3}}(?:\.\d{{1,2}})?[\ -]?mm\b(?=[\ -](?:x\b|{lex.WEAPON_WORDS}))
      | \d{{0,2}}\.\d\d[\ -]?cal\w{{0,6}}\b
    )
  | (?P<run>
        [+(]{{0,2}}\d++(?:[.,]{{1,3}}\d++)*
        (?:
            (?:{BLANK}?[-–‑]{BLANK}?|[./]|{BLANK}?\(|\){BLANK}?[-.]?|{BLANK}|/\ |-\ ){{1,2}}
            \d++(?:[.,]{{1,2}}\d++)*(?![.,]{{1,2}}\d|:\d)\)?
        ){{0,12}}
        (?:\ ?(?:x|ext\.?)\ ?\d{{1,6}}\b)?
    )
  | (?P<decimal>\.\d{{1,15}}\b)
  | (?P<vulgar>[{"".join(lex.VULGAR)}])
  | (?P<dollar>(?<![^\W_])(?:(?:{_DOLLARS}|c)\ ?|[acnrszj])?[{_SIGNS}])
  | (?P<atleast>(?:{_DEGREE})?(?:{_phrases(lex.AT_LEAST)})|>\ ?=|≥|=>|>)
  | (?P<atmost>(?:{_DEGREE})?(?:{_phrases(lex.AT_MOST)})|<\ ?=|≤|<)
  | (?P<about>(?:{_phrases(lex.ABOUT)})|\bc\.(?=\ ?\d)|~|≈)
  | (?P<exact>{_phrases(lex.EXACT)})
  | (?P<ormore>(?:{_phrases(lex.AFTER_AT_LEAST)})(?!\s{{1,3}}(?:than\b|to\b|[\d$€£])))
  | (?P<orless>(?:{_phrases(lex.AFTER_AT_MOST)})(?!\s{{1,3}}(?:than\b|[\d$€£])))
  | (?P<orso>{_phrases(lex.AFTER_ABOUT)})
  | (?P<several>{_phrases(lex.SEVERAL)}|few\b)
  | (?P<pct>%|per\s?cents?\b|pct\b|percentage(?!\ points?)s?\b)
  | (?P<measure>km/h|m/s\b|b/d\b|km\^2)
  | (?P<code>(?:{SAFE_CODES}|{_PREFIXES})(?=\d)
      | [nr](?=\d[\d.,]*(?:\ ?(?:[mb]n?\b|[mbtr]+illion)|,\d{{3}})))
  | (?P<name>(?!(?:in|to|of|or|by)-\d)[a-z]{{1,12}}(?:/[a-z])?
      -?\d[\w-]{{0,40}}(?:[./]\d[\w-]{{0,20}}){{0,3}})
  | (?P<head>no(?=\ \d))
  | (?P<oclock>o['’]clock\b)
  | (?P<since>(?:no\s)?(?:later|earlier|sooner)\sthan\b|prior\sto\b|as\sof\b)
  | (?P<age>as\s(?:young|old|early|late|recently)\sas\b)
  | (?P<degree>°\ ?[cf]?\b|°)
  | (?P<poss>['’]s\b)
  | (?P<word>
        (?:[^\W\d_]\.){{2,6}}
      | (?:no|rs)\.(?=\ ?\d) | n[or]s\.
      | [^\W\d_]{{1,60}}+(?:['’](?!s\b)[^\W\d_]{{1,12}}+)*
    )
  | (?P<sign>[-−–‒](?=\d|\.\d|[{_SIGNS}]))
  | (?P<dash>[-–—−‐‑]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_PLURAL_NAME = re.compile(r"[a-z/]+-?\d+s")  # F-16s
_DAY_FOLLOWS = re.compile(
    r"\s\d{1,2}\b(?![,.]\d)|\s(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|eighteenth)\b"
)
_PLURAL_PARTS = {word + "s": value for word, value in lex.PARTS.items()}


def _word_kinds(*, codes: bool) -> dict[str, str]:
    kinds: dict[str, str] = {}

    def put(kind: str, words: Iterable[str]) -> None:
        for word in words:
            kinds.setdefault(word, KINDS[kind])

    put("ONE", ["one"])
    put("SMALL", lex.CARDINALS)
    put("TENS", lex.TENS)
    put("HUNDRED", ["hundred"])
    put("SCALE", lex.SCALES)
    put("DOZEN", ["dozen", "doz"])
    put("HALF", ["half"])
    put("QUARTER", ["quarter"])
    put("QUARTERS", ["quarters", "halves"])
    put("PARTS", _PLURAL_PARTS)
    put("PART", lex.PARTS)
    put(
        "VAGUE",
        ["dozs", *(w for w in lex.VAGUE if " " not in w and w not in {"several", "few", "couple"})],
    )
    put("POINT", ["point"])
    put("A", ["a", "an"])
    put("EVERY", ["every", "each"])
    put("AND", ["and", "&"])
    put("OF", ["of"])
    put("TO", ["to", "till", "until", "through", "thru"])
    put("OR", ["or"])
    put("FROM", ["from"])
    put("BETWEEN", ["between"])
    put("THE", ["the"])
    put("IN", ["in"])
    put("OUT", ["out"])
    put("SINCE", ["since", "during", "after", "before", "by", "circa", "this", "until", "till"])
    put("AT", ["at", "around"])
    put("SIGN", ["minus", "negative"])
    put("PCT", ["percent"])
    put("ARE", lex.PLURAL_AUXILIARIES)
    put("POWER", units.POWERS)
    put("AGE", ["age", "ages", "aged", "youngest", "oldest", "eldest"])
    put("IDENT", lex.IDENTIFIED)
    put("FURNITURE", lex.FURNITURE)
    put("DEGREE", ["degree", "degrees", "magnitude", "°", "°c", "°f", "celsius"])
    put("MONTH", lex.MONTHS)
    put("WEEKDAY", lex.WEEKDAYS)
    put("WEEK", ["week", "day", "month", "year", "hour"])
    put("TIME", lex.TIME_UNITS)
    put("TODAY", lex.TODAY)
    put("DAYTIME", lex.DAYTIMES)
    put("ADJ", lex.DURATION_ADJECTIVES)
    put("MEASURE", units.MEASURES)
    put("CODE", [*units.NAMES, *units.MINOR, *(units.CODES if codes else ())])
    put("ORD", lex.ORDINALS)
    put("ZONE", lex.ZONES)
    put("STOP", lex.STOP_WORDS)
    put("HEAD", lex.DESIGNATING)
    return kinds


WORD_KINDS = _word_kinds(codes=True)
"""Word -> kind, for the words whose kind does not depend on their surroundings."""

_PUNCTUATION = {
    ",": ",", ".": ".", "!": ".", "?": ".", "…": ".", ";": ";", ":": ";", "(": "(", ")": ")",
    "[": "[", "]": "]", "{": "(", "}": ")", '"': '"', "“": '"', "”": '"', "'": '"', "‘": '"',
    "’": '"', "«": '"', "»": '"', "/": "/", "|": "|", "&": "&", "+": "*", "*": "*", "=": "*",
    "^": "*", "_": "*", "©": "*", "\\": "*", "×": "*",
}  # fmt: skip

_PLAIN_WORD = re.compile(
    rf"""
    [^\S\n]*+
    (?:
        (?![{"".join(lex.VULGAR)}])
        ([^\W\d_]++(?:['’](?!s\b)[^\W\d_]++)*)
        (?!['’](?!s\b)[^\W\d_])
        (?![\w@/{_SIGNS}]|[.:]\w|-\d)
    )?
    """,
    re.VERBOSE,
)
_FIRST_WORDS = frozenset(
    re.match(r"[^\W\d_]*", phrase)[0]  # type: ignore[index]
    for phrases in (
        lex.DEGREES,
        lex.AT_LEAST,
        lex.AT_MOST,
        lex.ABOUT,
        lex.EXACT,
        lex.AFTER_AT_LEAST,
        lex.AFTER_AT_MOST,
        lex.AFTER_ABOUT,
        lex.SEVERAL,
        units.DOLLARS,
    )
    for phrase in phrases
) | frozenset(
    "few per pct percent percentage as later earlier sooner prior no nos nr nrs rs c second".split()
)
"""Words that may begin more than a word; all others need not be tried against ``TOKEN``."""


def tokenise(text: str, original: str, start: int, end: int) -> TokenLine:
    """Cuts ``text[start:end]``, where ``text`` is ``original`` in lower case."""
    out: list[Token] = []
    at = start
    match_at, plain_word_at = TOKEN.match, _PLAIN_WORD.match
    while at < end:
        quick = plain_word_at(text, at, end)
        assert quick is not None  # it matches the empty string too
        word = quick[1]
        if word is not None and word not in _FIRST_WORDS:
            at = quick.end()
            out.append(_word(text, original, at - len(word), at, word))
            continue
        at = quick.end() if word is None else quick.start(1)
        if at >= end:
            break
        match = match_at(text, at, end)
        assert match is not None  # the last alternative takes any character
        group = match.lastgroup
        stop = match.end()
        if group == "word":
            out.append(_word(text, original, at, stop, match[0]))
        elif group == "name" and _PLURAL_NAME.fullmatch(match[0]):
            out.append(Token(at, stop, "W", match[0]))
        elif group == "newline":
            if match[0].count("\n") > 1 or not original[stop : stop + 1].islower():
                out.append(Token(at, stop, "\n", match[0]))  # else a hard-wrapped line
        elif group == "run":
            tokens, stop = run_tokens(text, at, stop)
            out.extend(tokens)
        elif group in _SIMPLE:
            out.append(Token(at, stop, _SIMPLE[group], match[0]))
        elif group == "decimal":
            tokens, stop = suffixed(text, at, stop, Decimal(match[0]))
            out.extend(tokens)
        elif group == "vulgar":
            out.append(_vulgar(out, at, match[0]))
        elif group == "sign":
            glued = at > 0 and (text[at - 1].isalnum() or text[at - 1] in ")%")
            out.append(Token(at, stop, "-" if glued else "!", match[0]))
        elif group == "dash":
            glued = match[0] != "—" and stop - at == 1 and _inside_word(text, at, stop)
            out.append(Token(at, stop, "-" if glued else "_", match[0]))
        elif match[0] == "/" and not _inside_word(text, at, stop):
            out.append(Token(at, stop, ";", "/"))
        else:
            out.append(Token(at, stop, _PUNCTUATION.get(match[0], '"'), match[0]))
        at = stop
    return TokenLine(original, out, "".join([token.kind for token in out]))


def _vulgar(before: list[Token], at: int, sign: str) -> Token:
    """A fraction that is one character, joined to digits before it ("2½")."""
    value = lex.VULGAR[sign]
    if before and before[-1].kind == "d" and before[-1].end >= at - 1:
        last = before.pop()
        assert last.value is not None
        return Token(last.start, at + 1, "d", last.word + sign, last.value + value)
    return Token(at, at + 1, "½", sign, value)


def _inside_word(text: str, at: int, stop: int) -> bool:
    around = text[at - 1 : at] + text[stop : stop + 1]
    return at > 0 and len(around) == 2 and " " not in around and around.strip() == around


_SIMPLE = {
    "junk": "J",
    "clock": "c",
    "ordinal": "o",
    "calibre": "G",
    "dollar": "$",
    "atleast": ">",
    "atmost": "<",
    "about": "~",
    "exact": "=",
    "ormore": "}",
    "orless": "{",
    "orso": "^",
    "several": "s",
    "pct": "%",
    "measure": "M",
    "code": "C",
    "name": "G",
    "head": "N",
    "oclock": "r",
    "since": "I",
    "age": "g",
    "degree": "Y",
    "poss": "'",
}


def _word(text: str, original: str, start: int, end: int, word: str) -> Token:
    kind = WORD_KINDS.get(word)
    written = original[start:end]
    if kind is not None and kind in "mDCSZ":
        kind = _checked(kind, word, written, text, end)
    if kind is None:
        capital = written[0].isupper()
        kind = "w" if not capital else "A" if len(word) > 1 and written.isupper() else "W"
    return Token(start, end, kind, word)


def _checked(kind: str, word: str, written: str, text: str, end: int) -> str | None:
    """The kind of a word that is something else in capitals or without."""
    upper = written.isupper()
    if kind in "mD" and word in lex.CAPITAL_ONLY and not written[0].isupper():
        if _DAY_FOLLOWS.match(text, end):
            return kind
        return KINDS["STOP"] if word == "may" else None
    if kind == "C" and word in units.CODES_AS_WORDS and not upper:
        return WORD_KINDS_WITHOUT_CODES.get(word)
    if kind == "S" and upper and word in _CAPITAL_NAMES:
        return None
    if kind == "Z" and not upper and word not in {"gmt", "utc", "cst"}:
        return None
    return kind


WORD_KINDS_WITHOUT_CODES = _word_kinds(codes=False)
"""As ``WORD_KINDS``, for codes that were written as ordinary words."""

_CAPITAL_NAMES = frozenset({"us", "who", "is", "it"})
"""Words that are something else in capitals: the US, the WHO, IS fighters."""
