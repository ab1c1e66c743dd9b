"""Cuts a stretch of text into tokens of a *kind*: the alphabet in which the grammar is written.

A kind is one character, so that a sentence's kinds are a string and a pattern over them is an
ordinary regular expression. ``KINDS`` names them; ``shape`` turns a readable pattern such as
``"MONTH . DAY , YEAR"`` into a regular expression over kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from training.grammar import lexicon as lex
from training.grammar import units

KINDS: dict[str, str] = {
    # numbers
    "NUM": "d",  # digits, read
    "ONE": "1",
    "SMALL": "u",  # zero, two … nineteen
    "TENS": "T",
    "HUNDRED": "h",
    "SCALE": "k",
    "DOZEN": "z",
    "HALF": "q",
    "QUARTER": "Q",
    "QUARTERS": "R",
    "PART": "f",  # third, fifth …
    "PARTS": "F",
    "VAGUE": "V",  # dozens, hundreds …
    "SEVERAL": "s",
    "FRACTION": "½",  # 1/2 or ½
    "POINT": "p",
    # what stands around numbers
    "A": "a",
    "EVERY": "e",
    "AND": "&",
    "OF": "O",
    "TO": "x",
    "OR": "j",
    "FROM": "B",
    "BETWEEN": "b",
    "THE": "E",
    "IN": "i",
    "SINCE": "I",  # since, by, during …
    "OUT": "X",
    "AT": "H",
    "ATLEAST": ">",
    "ATMOST": "<",
    "ABOUT": "~",
    "EXACT": "=",
    "ORMORE": "}",
    "ORLESS": "{",
    "ORSO": "^",
    "SIGN": "!",  # minus, negative, - before digits
    "CUR": "$",
    "CODE": "C",
    "PCT": "%",
    "MEASURE": "M",
    "POWER": "P",
    # dates, times, names
    "MONTH": "m",
    "WEEKDAY": "D",
    "CLOCK": "c",  # 10:30, 6pm, 12/04/2016, 1990s
    "WEEK": "τ",  # a singular that may be numbered: week 3
    "TIME": "t",  # seconds … centuries
    "DAYTIME": "r",
    "ZONE": "Z",
    "ADJ": "n",  # next, last, business …: may stand between a number and its unit of time
    "ORD": "o",
    "HEAD": "N",  # resolution, page …: the number behind it is a name
    "AGE": "g",  # age, aged, as young as
    "IDENT": "L",  # phone, account, code: an identifier follows
    "FURNITURE": "U",  # comments, likes
    "DEGREE": "Y",
    "NAME": "G",  # AK-47, G20
    "JUNK": "J",
    # the rest
    "WORD": "w",
    "CAP": "W",
    "ACRONYM": "A",
    "STOP": "S",
    "COMMA": ",",
    "PERIOD": ".",
    "SEMICOLON": ";",
    "OPEN": "(",
    "CLOSE": ")",
    "BRACKET": "[",
    "UNBRACKET": "]",
    "QUOTE": '"',
    "HYPHEN": "-",
    "DASH": "_",
    "SLASH": "/",
    "MATH": "*",
    "PIPE": "|",
    "NEWLINE": "\n",
    "POSS": "'",
}
"""Name -> character."""

NUMBER_KINDS = "d1uThkzqQR½sVa"
"""Kinds that may begin a number."""

_NAMES = re.compile(r"[A-Z][A-Z0-9_]*")


def shape(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """Regular expression over kinds for a pattern over their names.

    Patterns are regular expressions in which a kind or a macro stands by its name in capitals
    and blanks only separate; groups never capture: ``"(MONTH|WEEKDAY) STOP? NUM"``.

    Raises:
        KeyError: a name is neither a kind nor a macro.
    """

    def expand(match: re.Match[str]) -> str:
        name = match[0]
        return macros[name] if macros and name in macros else re.escape(KINDS[name])

    return _NAMES.sub(expand, pattern.replace("(", "(?:").replace("(?:?", "(?")).replace(" ", "")


@dataclass(slots=True)
class Token:
    """One word, number or sign."""

    start: int
    end: int
    kind: str
    word: str
    value: Decimal | None = None
    """What digits mean."""
    plain: bool = False
    """True for digits without separators, sign or suffix."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text, cut into tokens; positions in it are indices of tokens."""

    text: str
    """The whole text; the offsets of tokens refer to it."""
    tokens: list[Token]
    """Its tokens, in order."""
    kinds: str
    """Their kinds, one character each."""

    def kind(self, at: int) -> str:
        """Kind of a token; before the first and after the last stands a newline."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else "\n"

    def word(self, at: int) -> str:
        """A token in lower case, empty outside."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def gap(self, at: int) -> int:
        """Code points between a token and the one before it."""
        return self.tokens[at].start - self.tokens[at - 1].end

    def words(self, first: int, last: int) -> set[str]:
        """The words from ``first`` to ``last`` (exclusive); positions outside are ignored."""
        return {token.word for token in self.tokens[max(0, first) : last]}


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


_BLANK = "[ \u00a0\u202f\u2009]"
_DOLLARS = _any(p for p in units.DOLLARS if len(p) > 1)
_SIGNS = "".join(map(re.escape, units.SYMBOLS))
_GLUED_UNITS = "km/h|kmh|kph|kmph|km²|km2|m²|m2|m³|m3|mi²|kms|km|cm|mm|mi|ft|ha|kgs|kg|mg|µg|μg|mcg|ml|lbs|lb|oz|kt|mw|gw|kw|mph|bpd|sqkm|sqm|g"
_SAFE_CODES = "|".join(sorted(units.CODES - units.CODES_AS_WORDS))
_GLUED_CODES = _SAFE_CODES + "|rmb|rs|p"

TOKEN = re.compile(
    rf"""
    (?P<newline>\n\s*+)
  | (?P<junk>https?://\S{{1,400}}+|www\.\S{{1,400}}+|[@\#][\w./-]{{1,80}}+\#?|[\w.+]{{1,64}}@[\w-]{{1,64}}\.\w{{2,12}}
        |[a-z][\w-]{{0,60}}[./][\w./-]{{0,100}}\d[\w./-]{{0,100}})
  | (?P<clock>
        \d{{1,2}}[:.]\d\d(?::\d\d)?\ ?(?:a\.?m\b\.?|p\.?m\b\.?)
      | \d{{1,3}}:\d{{1,3}}(?::\d\d)?(?:\ ?[ap]\b)?(?![\d:])
      | \d{{1,4}}\ ?(?:a\.m\b\.?|p\.m\b\.?|am\b|pm\b|ampm\b)
      | \d{{1,2}}[ap]\b(?!\.\w)
      | \d{{1,4}}\ ?o['’]?clock\b
      | (?:1[5-9]|20)?\d0\ ?['’]?s\b
      | \d{{1,2}}h\d\d\b
    )
  | (?P<ordinal>\d[\d,]{{0,12}}(?:st|nd|rd|th)\b)
  | (?P<calibre>\d{{1,3}}(?:\.\d{{1,2}})?[\ -]?mm\b(?=[\ -](?:x\b|{lex.WEAPON_WORDS})) | \d{{0,2}}\.\d\d[\ -]?cal\w{{0,6}}\b)
  | (?P<run>
        [+(]{{0,2}}\d(?:[\d.,]{{0,3}}\d)*+
        (?:(?:{_BLANK}?[-–‑]{_BLANK}?|[./]|{_BLANK}?\(|\){_BLANK}?[-.]?|{_BLANK}|/\ |-\ ){{1,2}}\d(?:[\d.,]{{0,2}}\d)*+(?!:\d)\)?){{0,12}}
        (?:\ ?(?:x|ext\.?)\ ?\d{{1,6}}\b)?
    )
  | (?P<decimal>\.\d{{1,15}}\b)
  | (?P<vulgar>[{"".join(lex.VULGAR)}])
  | (?P<dollar>(?<![^\W_])(?:(?:{_DOLLARS}|c)\ ?|[acnrszj])?[{_SIGNS}])
  | (?P<atleast>(?:{_phrases(lex.AT_LEAST)})|>\ ?=|≥|=>|>)
  | (?P<atmost>(?:{_phrases(lex.AT_MOST)})|<\ ?=|≤|<)
  | (?P<about>(?:{_phrases(lex.ABOUT)})|\bc\.(?=\ ?\d)|~|≈)
  | (?P<exact>{_phrases(lex.EXACT)})
  | (?P<ormore>(?:{_phrases(lex.AFTER_AT_LEAST)})(?!\s{{1,3}}(?:than\b|[\d$€£])))
  | (?P<orless>(?:{_phrases(lex.AFTER_AT_MOST)})(?!\s{{1,3}}(?:than\b|[\d$€£])))
  | (?P<orso>{_phrases(lex.AFTER_ABOUT)})
  | (?P<several>{_phrases(lex.SEVERAL)}|few\b)
  | (?P<pct>%|per\s?cents?\b|pct\b|percentage(?!\ points?)s?\b)
  | (?P<measure>km/h|m/s\b|b/d\b|km\^2)
  | (?P<code>(?:{_SAFE_CODES}|rs)(?=\d))
  | (?P<name>[a-z]{{1,12}}-?\d[\w-]{{0,40}}(?:[./]\d[\w-]{{0,20}}){{0,3}})
  | (?P<oclock>o['’]clock\b)
  | (?P<since>(?:no\s)?(?:later|earlier|sooner)\sthan\b|prior\sto\b|as\sof\b)
  | (?P<age>as\s(?:young|old|early|late|recently)\sas\b)
  | (?P<degree>°\ ?[cf]?\b|°)
  | (?P<poss>['’]s\b)
  | (?P<word>(?:[^\W\d_]\.){{2,6}}|[^\W\d_]{{1,60}}+(?:['’](?!s\b)[^\W\d_]{{1,12}}+)*+(?:(?<=\bno)\.(?=\ ?\d)|(?<=\brs)\.(?=\ ?\d)|(?<=\bnrs)\.|(?<=\bnos)\.)?)
  | (?P<sign>[-−–‒](?=\d|\.\d|[{_SIGNS}]))
  | (?P<dash>[-–—−‐‑]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

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
    put("POWER", units.POWERS)
    put("AGE", ["age", "ages", "aged"])
    put("IDENT", lex.IDENTIFIED)
    put("FURNITURE", lex.FURNITURE)
    put("DEGREE", ["degree", "degrees", "magnitude", "°", "°c", "°f", "celsius"])
    put("MONTH", lex.MONTHS)
    put("WEEKDAY", lex.WEEKDAYS)
    put("WEEK", ["week", "day", "month", "year"])
    put("TIME", lex.TIME_UNITS)
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
    "^": "*", "_": "*", "\\": "*", "×": "*",
}  # fmt: skip

# ── What a run of digits is ──────────────────────────────────────────────────────────────────

_NUMERAL = re.compile(
    r"\d{1,3}(?:,\d{3})++(?:\.\d{1,12})?|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d{1,4})?|\d++(?:\.\d++)?(?![\d.]*,\d\d\d\b)"
)
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:{_BLANK}\d{{3}})+(?![\d])(?:[.,]\d{{1,2}}(?!\d))?")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.])")
_COMMA_DECIMAL = re.compile(r"\d+,\d{1,2}(?![\d,])")
_MIXED = re.compile(rf"(?:(\d+){_BLANK}{{1,2}})?(\d)/(\d{{1,2}})(?![\d/])")
_SUFFIX = re.compile(
    rf"(?:(?P<scale>(?:k|m|mn|mln|mil|mio|bn|bln|b|tn|tln|trn|t)\b)|(?P<unit>(?:{_GLUED_UNITS})(?![\w²³]))|(?P<code>(?:{_GLUED_CODES})\b)"
    r"|(?P<time>(?:h|hr|hrs|min|mins|sec|secs|s|d|y|yr|yrs|yo)\b)|(?P<plus>\+(?![\d\w]))|(?P<exp>(?:e|x10\^?|×10\^?)[+-]?\d{1,2}\b)|(?P<letters>[^\W_]))"
)
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
_GROUPS = re.compile(r"\d+")
_VERSION = re.compile(r"\d+(?:\.\d{1,2}){2,}(?!\d)")


def _is_phone(run: str) -> bool:
    """Whether a run of digit groups is a telephone number or another identifier.

    Every shape of the E.164 and national notations comes down to the same: at least seven
    digits in groups that do not make a number with thousands separators.
    """
    if "," in run:
        return False
    groups = _GROUPS.findall(run)
    digits = sum(map(len, groups))
    if run[0] in "+(" and digits >= 5:
        return True
    if len(groups) == 1:
        return False
    if _GROUPED.fullmatch(run) or _DOTTED.fullmatch(run) or _DATE.match(run):
        return (
            digits >= 9
            and " " in run
            and run.count(" ") == len(groups) - 1
            and digits < 12
            and not run.endswith("000")
        )
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,2})? ?[-–‑] ?\d{1,15}(?:\.\d{1,2})?", run):
        first, second = groups[0], groups[-1]
        return first[0] == "0" or (digits >= 9 and len(first) != len(second)) or digits >= 14
    if re.fullmatch(r"\d+\.\d+", run):
        return len(groups[0]) > 1 and run[0] == "0"
    return digits >= 7 or (len(groups) >= 4 and digits >= 6)


def _run_tokens(text: str, start: int, end: int) -> tuple[list[Token], int]:
    """Tokens of a run of digit groups, and where reading goes on."""
    run = text[start:end]
    lead = 0
    if _is_phone(run) or _VERSION.match(run):
        return [Token(start, end, "J", run)], end
    while run[lead] in "+(":
        lead += 1
    out = [
        Token(start + i, start + i + 1, "(" if run[i] == "(" else "*", run[i]) for i in range(lead)
    ]
    at = start + lead
    before = text[start - 1 : start]
    mixed = _MIXED.match(text, at, end)
    if (
        mixed
        and 0 < int(mixed[2]) < int(mixed[3]) <= 10
        and not text[mixed.end() : mixed.end() + 1].isalnum()
    ):
        after = text[mixed.end() : mixed.end() + 4]
        if mixed[1] or re.match(r"\s?[a-z%]", after):
            value = Decimal(mixed[1] or 0) + Decimal(mixed[2]) / Decimal(mixed[3])
            kind = "d" if mixed[1] else "½"
            return [*out, Token(at, mixed.end(), kind, mixed[0], value)], mixed.end()
    date = _DATE.match(text, at, end)
    if date and before not in units.SYMBOLS:
        stop = date.end()
        rest = text[stop:end]
        years = re.fullmatch(r"(\d{4}) ?([-–]) ?(\d{4})", date[0])
        if not (years and not 1800 <= int(years[1]) < int(years[3]) <= 2100) and not re.match(
            r"[,.]\d", rest
        ):
            return [*out, Token(at, stop, "c", date[0])], stop
    value: Decimal | None = None
    for pattern, separators in (
        (_GROUPED, " \u00a0\u202f\u2009"),
        (_DOTTED, "."),
        (_NUMERAL, ","),
        (_COMMA_DECIMAL, ""),
    ):
        match = pattern.match(text, at, end)
        if not match:
            continue
        digits = match[0]
        if (
            pattern is _NUMERAL
            and text[match.end() : match.end() + 1] == ","
            and _COMMA_DECIMAL.match(text, at, end)
        ):
            continue
        if pattern is _DOTTED and not _counts_whole(text, match.end(), digits):
            continue
        if pattern is _DOTTED or (pattern is _GROUPED and "," in digits):
            digits = digits.replace(".", "").replace(",", ".")
        if pattern is _COMMA_DECIMAL:
            digits = digits.replace(",", ".")
        for separator in separators:
            digits = digits.replace(separator, "") if separator != "." else digits
        if len(digits) > 24:
            return [*out, Token(at, end, "J", run)], end
        value = Decimal(digits)
        stop = match.end()
        break
    else:
        return [*out, Token(at, end, "J", run)], end
    body = text[at:stop]
    plain = body.isdigit()
    if plain and len(body) > 1 and body[0] == "0":
        return [*out, Token(at, stop, "J", body)], stop
    tokens, stop = _suffixed(text, at, stop, value, plain)
    return out + tokens, stop


def _counts_whole(text: str, at: int, digits: str) -> bool:
    """Whether "5.000" means five thousand: something whole is counted behind it."""
    if digits.count(".") > 1:
        return True
    after = re.match(r"\s{1,2}(?:[a-z-]{2,20}\s)?([a-z]{3,20})\b", text[at : at + 50])
    if not after:
        return False
    words = after[0].split()
    first = words[0]
    if (
        first in lex.SCALES
        or first in units.MEASURES
        or first in units.NAMES
        or first in {"percent", "per"}
    ):
        return False
    return any((w.endswith("s") and w not in lex.NOT_PLURAL) or w in lex.PLURALS for w in words[:2])


def _suffixed(
    text: str, at: int, stop: int, value: Decimal, plain: bool
) -> tuple[list[Token], int]:
    """Digits with what is glued to them ("2.5m", "30km", "100+", "3d")."""
    number = Token(at, stop, "d", text[at:stop], value, plain)
    suffix = _SUFFIX.match(text, stop)
    if not suffix or text[stop] in lex.VULGAR:
        return [number], stop
    group, end = suffix.lastgroup, suffix.end()
    if group == "scale":
        word = suffix[0]
        if word in {"m", "b", "t", "k"}:
            if word == "m" and re.match(
                r"\s?(?:tall|high|deep|long|wide|thick|away|from|above|below|north|south|east|west|x\b|off|across)",
                text[end : end + 10],
            ):
                return [number, Token(stop, end, "M", "m")], end
            if word in "mt" and text[at - 7 : at].endswith("within "):
                return [number, Token(stop, end, "M", word)], end
            scale = lex.GLUED_SCALES[word]
        else:
            scale = lex.SCALES[word]
        return [Token(at, end, "d", text[at:end], value * scale)], end
    if group == "unit":
        return [number, Token(stop, end, "M", suffix[0])], end
    if group == "code":
        return [number, Token(stop, end, "C", suffix[0])], end
    if group == "time":
        return [number, Token(stop, end, "t", suffix[0])], end
    if group == "plus":
        return [number, Token(stop, end, "}", "+")], end
    if group == "exp":
        power = int(re.sub(r"^(?:e|[x×]10\^?)", "", suffix[0]))
        return [Token(at, end, "d", text[at:end], value.scaleb(power))], end
    letters = re.compile(r"\w{1,60}").match(text, stop)
    end = letters.end() if letters else end
    return [Token(at, end, "G", text[at:end])], end


_PLAIN_WORD = re.compile(
    rf"[^\S\n]*+(?:([^\W\d_]++(?:['’](?!s\b)[^\W\d_]++)*+)(?![\w@/{_SIGNS}]|[.:]\w|-\d))?"
)
_FIRST_WORDS = frozenset(
    re.match(r"[^\W\d_]*", phrase)[0]  # type: ignore[index]
    for phrases in (lex.AT_LEAST, lex.AT_MOST, lex.ABOUT, lex.EXACT, lex.AFTER_AT_LEAST,
                    lex.AFTER_AT_MOST, lex.AFTER_ABOUT, lex.SEVERAL, units.DOLLARS)
    for phrase in phrases
) | frozenset("few per pct percent percentage as later earlier sooner prior no nos nr nrs rs c http https www".split())  # fmt: skip
"""Words that may begin more than a word; all others need not be tried against ``TOKEN``."""


def tokenise(text: str, original: str, start: int, end: int) -> Line:
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
        elif group == "run":
            tokens, stop = _run_tokens(text, at, stop)
            out.extend(tokens)
        elif group in _SIMPLE:
            out.append(Token(at, stop, _SIMPLE[group], match[0]))
        elif group == "decimal":
            tokens, stop = _suffixed(text, at, stop, Decimal(match[0]), False)
            out.extend(tokens)
        elif group == "vulgar":
            value = lex.VULGAR[match[0]]
            if out and out[-1].kind == "d" and out[-1].end >= at - 1:
                last = out[-1]
                out[-1] = Token(
                    last.start,
                    stop,
                    "d",
                    text[last.start : stop],
                    (last.value or Decimal(0)) + value,
                )
            else:
                out.append(Token(at, stop, "½", match[0], value))
        elif group == "sign":
            glued = at > 0 and (text[at - 1].isalnum() or text[at - 1] in ")%")
            out.append(Token(at, stop, "-" if glued else "!", match[0]))
        elif group == "dash":
            glued = (
                0 < at
                and stop < len(text)
                and not text[at - 1].isspace()
                and not text[stop].isspace()
            )
            out.append(
                Token(
                    at, stop, "-" if glued and stop - at == 1 and text[at] != "—" else "_", match[0]
                )
            )
        else:
            out.append(Token(at, stop, _PUNCTUATION.get(match[0], '"'), match[0]))
        at = stop
    return Line(original, out, "".join([token.kind for token in out]))


_SIMPLE = {
    "newline": "\n",
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
    "oclock": "r",
    "since": "I",
    "age": "g",
    "degree": "Y",
    "poss": "'",
}


def _word(text: str, original: str, start: int, end: int, word: str) -> Token:
    kind = WORD_KINDS.get(word)
    first = original[start]
    capital = first.isupper()
    if kind == "m" or kind == "D":
        if word in lex.CAPITAL_ONLY and not capital and not _DAY_FOLLOWS.match(text, end):
            kind = WORD_KINDS["will"] if word == "may" else None
    elif kind == "C":
        if word in units.CODES_AS_WORDS and not original[start:end].isupper():
            kind = WORD_KINDS_WITHOUT_CODES.get(word)
    elif kind == "S" and capital and word in _CAPITAL_NAMES and original[start:end].isupper():
        kind = None
    elif kind == "Z" and not (original[start:end].isupper() or word in {"gmt", "utc", "cst"}):
        kind = None
    if kind is None:
        kind = "w"
        if capital:
            kind = "A" if end - start > 1 and original[start:end].isupper() else "W"
    return Token(start, end, kind, word)


WORD_KINDS_WITHOUT_CODES = _word_kinds(codes=False)
"""As ``WORD_KINDS``, for codes that were written as ordinary words."""

_CAPITAL_NAMES = frozenset({"us", "who", "is", "it"})
"""Words that are something else in capitals: the US, the WHO, IS fighters."""
