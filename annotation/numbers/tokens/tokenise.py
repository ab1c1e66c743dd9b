"""Cuts a stretch of text into tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from annotation.numbers.lexicon.names import ABBREVIATED
from annotation.numbers.lexicon.number_words import VULGAR
from annotation.numbers.tokens.digits import digit_tokens, suffixed
from annotation.numbers.tokens.kinds import K
from annotation.numbers.tokens.line import Token, TokenLine
from annotation.numbers.tokens.patterns import FIRST_WORDS, PLAIN_TOKEN, TOKEN, TOKEN_PATTERNS
from annotation.numbers.tokens.time_nouns import time_modifiers
from annotation.numbers.tokens.words import SETTLED_KINDS, WORD_KINDS, word_kind


@dataclass(slots=True)
class _Cut:
    """A text while it is cut."""

    text: str
    """The text in lower case."""
    original: str
    """The text as it is written."""
    tokens: list[Token]
    """What was cut off so far; the functions below add to it."""

    def add(self, kind: str, at: int, stop: int) -> int:
        """Adds a token as it stands, and gives where it ends."""
        self.tokens.append(Token(at, stop, kind, self.text[at:stop]))
        return stop


_PLAIN_KINDS = {word: kind for word, kind in SETTLED_KINDS.items() if word not in FIRST_WORDS}
"""Word -> kind, for the words that are a token of that kind wherever they stand."""

_OTHERWISE = FIRST_WORDS.keys() | WORD_KINDS.keys()
"""The words that may be of another kind than those that are on no list."""


def tokenise(text: str, original: str, start: int, end: int) -> TokenLine:
    """Cuts a stretch of text into tokens.

    Args:
        text: the whole text in lower case, of the same length as ``original``.
        original: the text as it is written.
        start: where the stretch begins.
        end: where it ends (exclusive).
    """
    tokens: list[Token] = []
    cut = _Cut(text, original, tokens)
    match_at, plain_token_at, plain_kind = TOKEN.match, PLAIN_TOKEN.match, _PLAIN_KINDS.get
    at = start
    while at < end:
        quick = plain_token_at(text, at, end)
        assert quick is not None  # it matches the empty string too
        word, sign = quick.groups()
        at = quick.end()
        if word is not None:
            begin = at - len(word)
            kind = plain_kind(word)
            if kind is None:
                if word not in _OTHERWISE and not original[begin].isupper():
                    kind = K.WORD
                elif (rest := FIRST_WORDS.get(word)) is None or rest.match(text, at, end) is None:
                    kind = word_kind(text, original, begin, at, word)
            if kind is not None:
                tokens.append(Token(begin, at, kind, word))
                continue
            at = begin
        elif sign is not None:
            _punctuation(cut, at - 1, at)
            continue
        elif at >= end:
            break
        match = match_at(text, at, end)
        assert match is not None  # the last pattern takes any character
        name, stop = match.lastgroup, match.end()
        assert name is not None  # every pattern is a group
        kind = _KINDS.get(name)
        if kind is None:
            at = _CUTTERS[name](cut, at, stop)
        else:
            tokens.append(Token(at, stop, kind, match[0]))
            at = stop
    kinds = "".join([token.kind for token in tokens])
    if K.TIME in kinds or K.WEEK in kinds or K.DAYTIME in kinds:
        for modifier in time_modifiers(tokens, kinds):
            tokens[modifier].kind = K.WORD  # "two night guards"
            kinds = kinds[:modifier] + K.WORD + kinds[modifier + 1 :]
    return TokenLine(original, tuple(tokens), kinds)


# ── The patterns that name no kind ───────────────────────────────────────────────────────────
# Each function takes what was cut, where its pattern begins and where it ends; it adds the tokens
# and gives where cutting goes on.


def _newline(cut: _Cut, at: int, stop: int) -> int:
    if "\n" in cut.text[at + 1 : stop] or not cut.original[stop : stop + 1].islower():
        cut.add(K.NEWLINE, at, stop)  # else a hard-wrapped line
    return stop


_SENTENCE_END = re.compile(r"([a-z]{2,60})\.(?=\d{1,3}(?:,\d{3})*\s[a-z])")
"""A word, a full stop and, without a blank, a number: "at dawn.12 rebels"."""


def _junk(cut: _Cut, at: int, stop: int) -> int:
    """An address or a file's name, unless a sentence ends in it."""
    ends = _SENTENCE_END.match(cut.text, at)
    if ends is None or ends.end() > stop or ends[1] in ABBREVIATED:
        return cut.add(K.JUNK, at, stop)
    number = ends.end()
    while cut.original[number].isdigit() or cut.original[number] == ",":
        number += 1
    if cut.original[number + 1].isupper():
        return cut.add(K.JUNK, at, stop)  # a footnote mark: "at dawn.12 The rebels"
    cut.add(word_kind(cut.text, cut.original, at, ends.end(1), ends[1]), at, ends.end(1))
    return cut.add(K.PERIOD, ends.end(1), ends.end())


_COORDINATES = re.compile(
    r"[+(]{0,2}\d{1,3}\.\d{4,9}(?!\d)[,;/\s]{1,3}[-−]?\d{1,3}\.\d{4,9}(?!\d)"
    r"|[+(]{0,2}\d{1,3}\.\d{1,9} ?[ns][,;/\s]{1,3}\d{1,3}\.\d{1,9} ?[ew]\b"
)
"""Two of them, which no number of decimals and no letter of a direction makes a count."""


def _digits(cut: _Cut, at: int, stop: int) -> int:
    if "." in cut.text[at:stop] and (pair := _COORDINATES.match(cut.text, at)):
        return cut.add(K.JUNK, at, pair.end())
    tokens, stop = digit_tokens(cut.text, at, stop)
    cut.tokens.extend(tokens)
    return stop


def _decimal(cut: _Cut, at: int, stop: int) -> int:
    """Digits that begin with a point, ".5"."""
    tokens, stop = suffixed(cut.text, at, stop, Decimal(cut.text[at:stop]))
    cut.tokens.extend(tokens)
    return stop


def _vulgar(cut: _Cut, at: int, stop: int) -> int:
    """A fraction that is one character, joined to digits before it ("2½")."""
    sign = cut.text[at:stop]
    value, tokens = VULGAR[sign], cut.tokens
    if tokens and tokens[-1].kind == K.NUM and tokens[-1].end >= at - 1:
        last = tokens.pop()
        assert last.value is not None  # digits are read
        tokens.append(Token(last.start, stop, K.NUM, last.word + sign, last.value + value))
    else:
        tokens.append(Token(at, stop, K.FRACTION, sign, value))
    return stop


_PLURAL_NAME = re.compile(r"[a-z/]+-?\d+s")


def _name(cut: _Cut, at: int, stop: int) -> int:
    """A name with digits; in the plural it may be counted ("two F-16s")."""
    return cut.add(K.CAP if _PLURAL_NAME.fullmatch(cut.text, at, stop) else K.NAME, at, stop)


def _word(cut: _Cut, at: int, stop: int) -> int:
    return cut.add(word_kind(cut.text, cut.original, at, stop, cut.text[at:stop]), at, stop)


def _sign(cut: _Cut, at: int, stop: int) -> int:
    """A stroke before digits: minus, or the hyphen of what stands before it."""
    glued = at > 0 and (cut.text[at - 1].isalnum() or cut.text[at - 1] in ")%")
    return cut.add(K.HYPHEN if glued else K.SIGN, at, stop)


def _dash(cut: _Cut, at: int, stop: int) -> int:
    hyphen = stop - at == 1 and cut.text[at] != "—" and _inside_word(cut.text, at, stop)
    suspended = cut.text[at - 1 : at].isalnum() and _ANOTHER_PART.match(cut.text, stop)
    return cut.add(K.HYPHEN if hyphen or suspended else K.DASH, at, stop)


_ANOTHER_PART = re.compile(r"\s(?:and|or|to)\s")
"""What follows a hyphen whose second half comes later: "16- and 17-year-old"."""


_PUNCTUATION: dict[str, str] = {
    sign: kind
    for kind, signs in (
        (K.COMMA, ","),
        (K.PERIOD, ".!?…"),
        (K.SEMICOLON, ";:"),
        (K.OPEN, "({"),
        (K.CLOSE, ")}"),
        (K.BRACKET, "["),
        (K.UNBRACKET, "]"),
        (K.SLASH, "/"),
        (K.PIPE, "|"),
        (K.AND, "&"),
        (K.MATH, "+*=^_©\\×"),
        (K.PARAGRAPH, "§¶"),
    )
    for sign in signs
}
"""Sign -> kind; what is not here counts as a quotation mark."""


def _punctuation(cut: _Cut, at: int, stop: int) -> int:
    """A sign that stands for itself."""
    sign = cut.text[at]
    kind = _PUNCTUATION.get(sign, K.QUOTE)
    if kind == K.SLASH and cut.text[at - 1 : at].isdigit() and cut.text[stop : stop + 1] == " ":
        kind = K.CLOSE  # "1/ THREAD"
    elif kind == K.SLASH and not _inside_word(cut.text, at, stop):
        kind = K.SEMICOLON
    cut.tokens.append(Token(at, stop, kind, sign))
    return stop


def _inside_word(text: str, at: int, stop: int) -> bool:
    """Whether something stands on both sides, without a blank."""
    around = text[at - 1 : at] + text[stop : stop + 1]
    return at > 0 and len(around) == 2 and " " not in around and around.strip() == around


_KINDS = {row.name: row.kind for row in TOKEN_PATTERNS if row.kind is not None}

_CUTTERS: dict[str, Callable[[_Cut, int, int], int]] = {
    "newline": _newline,
    "junk": _junk,
    "digits": _digits,
    "decimal": _decimal,
    "vulgar": _vulgar,
    "name": _name,
    "word": _word,
    "sign": _sign,
    "dash": _dash,
    "punctuation": _punctuation,
}
"""Name of a pattern -> what cuts its tokens off."""
