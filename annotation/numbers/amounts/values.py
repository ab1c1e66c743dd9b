"""What the forms of numbers mean: tokens -> values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from annotation.numbers.lexicon.function_words import NOUN_DETERMINERS
from annotation.numbers.lexicon.number_words import CARDINALS, PARTS, SCALES, TENS, VAGUE
from annotation.numbers.tokens.kinds import FRACTIONS, SMALL_NUMBERS, K
from annotation.numbers.tokens.line import Token

Tokens = Sequence[Token]


class Value(NamedTuple):
    """What a form of number means."""

    low: Decimal
    """Smallest value."""
    unit: str = "count"
    """``count`` or ``fraction``."""
    vague: Decimal | None = None
    """For vague words: the value that the policy ``acled`` reads."""


def _only(tokens: Tokens, kinds: str) -> Tokens:
    """The tokens of these kinds."""
    return [token for token in tokens if token.kind in kinds]


def _without(tokens: Tokens, kinds: str) -> Tokens:
    """The tokens of all other kinds."""
    return [token for token in tokens if token.kind not in kinds]


def _first(tokens: Tokens, kinds: str) -> int:
    """Where the first token of these kinds stands; there must be one."""
    return next(at for at, token in enumerate(tokens) if token.kind in kinds)


def spelled(tokens: Tokens) -> Decimal:
    """Value of a cardinal in words or digits, "two hundred and fifty thousand"; 0 for none."""
    total = group = Decimal(0)
    for token in tokens:
        word = token.word
        if token.value is not None:
            group += token.value
        elif word in CARDINALS:
            group += CARDINALS[word]
        elif word in TENS:
            group += TENS[word]
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word in SCALES:
            scale = SCALES[word]
            if group:
                total += group * scale
            else:
                total = (total or Decimal(1)) * scale
            group = Decimal(0)
    return total + group


def _factor(scale: Tokens) -> Decimal:
    """What words of scale multiply by; 1 for none."""
    return spelled(scale) if scale else Decimal(1)


# ── One function for each form: None where its tokens are several numbers after all ──────────


def cardinal(tokens: Tokens) -> Value:
    """Reads "two hundred and fifty"."""
    return Value(spelled(tokens))


def pointed(tokens: Tokens) -> Value:
    """Reads "three point one four million"."""
    at = _first(tokens, K.POINT)
    scale = _only(tokens[at:], K.SCALE)
    after = tokens[at + 1 : len(tokens) - len(scale)]
    decimals = "".join(str(value) for value in _decimals(_without(after, K.HYPHEN)))
    return Value(Decimal(f"{spelled(tokens[:at])}.{decimals}") * _factor(scale))


def _decimals(tokens: Tokens) -> Iterator[Decimal]:
    """The numbers behind a point: "seventy-one" is 71, not 70 and 1."""
    at = 0
    while at < len(tokens):
        tens = tokens[at].kind == K.TENS
        joined = tens and at + 1 < len(tokens) and tokens[at + 1].kind in K.ONE + K.SMALL
        yield spelled(tokens[at : at + 1 + joined])
        at += 1 + joined


def dozens(tokens: Tokens) -> Value:
    """Reads "two dozen", "a dozen", "several dozen", "a score"."""
    if _only(tokens, K.SEVERAL):
        return several(tokens)
    return Value((spelled(tokens) or Decimal(1)) * (20 if tokens[-1].word == "score" else 12))


def several(tokens: Tokens) -> Value:
    """Reads "several", "a few thousand", "a couple of dozen"."""
    one = Decimal(VAGUE[" ".join(tokens[0].word.split())][0])
    for token in _without(tokens[1:], K.OF):
        one *= 12 if token.kind == K.DOZEN else SCALES[token.word]
    return Value(one, vague=one)


def vague(tokens: Tokens) -> Value:
    """Reads "dozens", "tens of thousands": only the first of them is claimed at least twice."""
    literal = acled = Decimal(1)
    for at, token in enumerate(_only(tokens, K.VAGUE)):
        one, least = VAGUE[token.word]
        literal *= one * (least if at == 0 else 1)
        acled *= one
    return Value(literal, vague=acled)


def plural_scale(tokens: Tokens) -> Value | None:
    """Reads "2 lakhs", "three dozens"."""
    plural = tokens[-1].word
    scale = 12 if plural in {"dozens", "dozs"} else SCALES.get(plural[:-1])
    return None if scale is None else Value(spelled(tokens[:-1]) * scale)


def half_of_scale(tokens: Tokens) -> Value:
    """Reads "half a million", "a quarter million", "three quarters of a million"."""
    scale = _only(tokens, K.SCALE + K.DOZEN)
    part = fraction(_without(tokens, K.SCALE + K.DOZEN + K.OF + K.HYPHEN)).low
    factor = Decimal(12) if scale[0].kind == K.DOZEN else spelled(scale)
    return Value(part * factor)


def and_a_half(tokens: Tokens) -> Value:
    """Reads "one and a half million", "3 million and a half", "twenty and three fifths"."""
    at = max(i for i, token in enumerate(tokens) if token.kind == K.AND)
    head, tail = tokens[:at], tokens[at + 1 :]
    scale = _only(tail, K.SCALE)
    part = fraction(_without(tail, K.SCALE + K.A + K.HYPHEN)).low
    whole = spelled(head)
    if scale:
        return Value((whole + part) * spelled(scale))
    return Value(whole + part * _factor(_only(head, K.SCALE)))


_PART_KINDS = FRACTIONS + K.PART + K.PARTS
_COUNT_OF_PARTS = SMALL_NUMBERS + K.HUNDRED + K.SCALE
_HALVES_AND_QUARTERS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}


def fraction(tokens: Tokens) -> Value:
    """Reads "two-thirds", "a quarter", "half", "½"."""
    last = next(t for t in reversed(tokens) if t.kind in _PART_KINDS)
    if last.kind == K.FRACTION:
        return Value(last.value or Decimal(0), "fraction")
    above = [t for t in tokens if t is not last and t.kind in _COUNT_OF_PARTS]
    count = spelled(above) if above else Decimal(1)
    word = last.word
    below = _HALVES_AND_QUARTERS.get(word) or PARTS.get(word) or PARTS[word[:-1]]
    return Value(count / below, "fraction")


_SHARED_OUT = frozenset({2, 3, 4, 5, 10, 100, 1000})
"""What shares are told out of: three out of four, but 31 out of 36 are counted."""


def one_in_five(tokens: Tokens) -> Value | None:
    """Reads "one in five", "nine out of ten", "99 of every 100", "8 per 1,000".

    More than one out of others than shares are told out of is a count: "31 out of 36" is 31.
    """
    at = _first(tokens, K.IN + K.OUT + K.OF + K.EVERY)
    if tokens[at].word in ("every", "each"):
        return None  # "gave five each 10 days"
    above, below = spelled(tokens[:at]), spelled(tokens[at + 1 :])
    if not 0 < above < below:
        return None
    share = above == 1 or below in _SHARED_OUT or tokens[at].kind != K.OUT
    if not share and not _only(tokens, K.EVERY):
        return Value(above)
    if below > 1000:
        return None
    return Value(above / below, "fraction")


def spoken_year(tokens: Tokens) -> Value | None:
    """Reads "nineteen eighty-four", or a time, "two thirty"; other pairs are two numbers."""
    first = CARDINALS.get(tokens[0].word) or TENS.get(tokens[0].word, 0)
    rest = spelled(tokens[1:])
    if tokens[0].kind == K.TENS and rest < 10:
        return Value(Decimal(first + rest))
    if (13 <= first <= 20 or (1 <= first <= 12 and rest <= 59)) and 10 <= rest <= 99:
        return Value(Decimal(100 * first + rest))
    return None


def three_of_five(tokens: Tokens) -> Value | None:
    """Reads "three of the five", "1.1 of the 2.3 million"; "one of the five" is a pronoun."""
    at = _first(tokens, K.OF)
    pronoun = tokens[0].kind == K.ONE and at == 1
    behind = tokens[at + 1]
    if pronoun or (behind.kind == K.STOP and behind.word not in NOUN_DETERMINERS):
        return None
    scale = _only(tokens[at:], K.SCALE)
    shared = at == 1 and "." in tokens[0].word
    return Value(spelled(tokens[:at]) * (_factor(scale) if shared else 1))
