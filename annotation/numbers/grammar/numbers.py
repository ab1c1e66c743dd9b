"""The forms in which numbers are written, and what they mean.

To teach the reader a form, add a row to ``NUMBERS`` with an example and a counter-example; both
become tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar.kinds import NUMBER_KINDS, Token, TokenLine, shape


@dataclass(slots=True)
class Quantity:
    """A number on the way to a mention; positions are indices of tokens."""

    first: int
    """Where it begins, with sign and currency once these are read."""
    last: int
    """Where it ends (exclusive)."""
    low: Decimal
    """Smallest value."""
    high: Decimal
    """Largest value; as ``low`` where it is no range."""
    unit: str
    """As in ``annotation.numbers.reader.Mention``."""
    form: str
    """Name of the row of ``NUMBERS``, ``range`` or ``score``."""
    vague: Decimal | None = None
    """For vague words: the value that the policy ``acled`` reads."""


@dataclass(slots=True)
class Value:
    """What a form of number means."""

    low: Decimal
    unit: str = "count"
    vague: Decimal | None = None
    """For vague words: the value that ``acled`` reads."""


def spelled(tokens: list[Token]) -> Decimal:
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


def _cardinal(tokens: list[Token]) -> Value:
    return Value(spelled(tokens))


def _pointed(tokens: list[Token]) -> Value:
    at = next(i for i, token in enumerate(tokens) if token.kind == "p")
    scale = [t for t in tokens[at:] if t.kind == "k"]
    decimals = "".join(
        str(spelled([t])) for t in _joined_tens(tokens[at + 1 : len(tokens) - len(scale)])
    )
    return Value(Decimal(f"{spelled(tokens[:at])}.{decimals}") * (spelled(scale) if scale else 1))


def _joined_tens(tokens: list[Token]) -> Iterator[Token]:
    """Reads "seventy-one" after a point is 71, not 70 and 1."""
    tokens = [t for t in tokens if t.kind != "-"]
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "T" and i + 1 < len(tokens) and tokens[i + 1].kind in "1u":
            value = spelled(tokens[i : i + 2])
            yield Token(token.start, tokens[i + 1].end, "d", token.word, value)
            i += 2
        else:
            yield token
            i += 1


def _dozens(tokens: list[Token]) -> Value:
    several = [t for t in tokens if t.kind == "s"]
    if several:
        return _several(tokens)
    return Value((spelled(tokens) or Decimal(1)) * 12)


def _several(tokens: list[Token]) -> Value:
    one = Decimal(lex.VAGUE[" ".join(tokens[0].word.split())][0])
    for token in tokens[1:]:
        if token.kind != "O":
            one *= 12 if token.kind == "z" else lex.SCALES[token.word]
    return Value(one, vague=one)


def _vague(tokens: list[Token]) -> Value:
    literal = acled = Decimal(1)
    for i, token in enumerate(t for t in tokens if t.kind == "V"):
        one, least = lex.VAGUE[token.word]
        literal *= one * (least if i == 0 else 1)
        acled *= one
    return Value(literal, vague=acled)


def _plural_scale(tokens: list[Token]) -> Value | None:
    """Reads "2 lakhs", "three dozens"."""
    plural = tokens[-1].word
    scale = 12 if plural in {"dozens", "dozs"} else lex.SCALES.get(plural[:-1])
    return None if scale is None else Value(spelled(tokens[:-1]) * scale)


def _half(tokens: list[Token]) -> Value:
    """Reads "half a million", "a quarter million", "three quarters of a million"."""
    scale = [t for t in tokens if t.kind in "kz"]
    fraction = _fraction([t for t in tokens if t.kind not in "kzO-"]).low
    factor = Decimal(12) if scale[0].kind == "z" else spelled(scale)
    return Value(fraction * factor)


def _and_a_half(tokens: list[Token]) -> Value:
    """Reads "one and a half million", "3 million and a half"."""
    at = max(i for i, token in enumerate(tokens) if token.kind == "&")
    head, tail = tokens[:at], tokens[at + 1 :]
    scale = [t for t in tail if t.kind == "k"]
    fraction = _fraction([t for t in tail if t.kind not in "ka-"]).low
    whole = spelled(head)
    if scale:
        return Value((whole + fraction) * spelled(scale))
    inner = [t for t in head if t.kind == "k"]
    return Value(whole + fraction * (spelled(inner) if inner else 1))


def _fraction(tokens: list[Token]) -> Value:
    """Reads "two-thirds", "a quarter", "half", "½"."""
    last = next(t for t in reversed(tokens) if t.kind in "qQRfF½")
    above = [t for t in tokens if t is not last and t.kind in "1uTdhk"]
    count = spelled(above) if above else Decimal(1)
    if last.kind == "½":
        return Value(last.value or Decimal(0), "fraction")
    word = last.word
    below = (
        {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}.get(word)
        or lex.PARTS.get(word)
        or lex.PARTS[word[:-1]]
    )
    return Value(count / below, "fraction")


def _one_in_five(tokens: list[Token]) -> Value | None:
    at = next(i for i, token in enumerate(tokens) if token.kind in "iXO")
    above, below = spelled(tokens[:at]), spelled(tokens[at + 1 :])
    if not 0 < above < below <= 1000:
        return None
    return Value(above / below, "fraction")


def _spoken_year(tokens: list[Token]) -> Value | None:
    """Reads "nineteen eighty-four", or a time, "two thirty"; other pairs are two numbers."""
    first = lex.CARDINALS.get(tokens[0].word) or lex.TENS.get(tokens[0].word, 0)
    rest = spelled(tokens[1:])
    if tokens[0].kind == "T" and rest < 10:
        return Value(first + rest)
    if (13 <= first <= 20 or (1 <= first <= 12 and rest <= 59)) and 10 <= rest <= 99:
        return Value(100 * first + rest)
    return None


def _three_of_five(tokens: list[Token]) -> Value | None:
    """Reads "three of the five", "1.1 of the 2.3 million"; "one of the five" is a pronoun."""
    at = next(i for i, token in enumerate(tokens) if token.kind == "O")
    pronoun = tokens[0].kind == "1" and at == 1
    if pronoun or (tokens[at + 1].kind == "S" and tokens[at + 1].word not in lex.DETERMINERS):
        return None
    scale = [t for t in tokens[at:] if t.kind == "k"]
    shared = scale and at == 1 and "." in tokens[0].word
    return Value(spelled(tokens[:at]) * (spelled(scale) if shared else 1))


@dataclass(frozen=True, slots=True)
class Number:
    """A row of the grammar: a form in which numbers are written."""

    name: str
    shape: str
    """Pattern over kinds; see ``training.tokens``. ``B100``, ``B1000`` and ``CARD`` are below."""
    value: Callable[[list[Token]], Value | None]
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
    ("LARGE", "(B1000|A|HUNDRED) HYPHEN? SCALE+ (B1000 HYPHEN? SCALE+)*"),
    ("CARD", "(LARGE (AND? B1000 (?!HYPHEN? SCALE))? | B1000 | HUNDRED"
             " | NUM (HYPHEN? (SCALE|HUNDRED)+)?)"),
    ("PARTWORD", "(PART|HALF|QUARTER)"),
    ("PARTWORDS", "(PARTS|QUARTERS)"),
):  # fmt: skip
    MACROS[_name] = shape(_pattern, MACROS)

NUMBERS: tuple[Number, ...] = (
    Number(
        "several",
        "SEVERAL (OF? (SCALE|HUNDRED|DOZEN))*",
        _several,
        "several hundred fighters -> 300",
        "severe fighting",
    ),
    Number(
        "vague",
        "VAGUE (OF VAGUE)*",
        _vague,
        "tens of thousands fled -> 20000",
        "a thousand-page report",
    ),
    Number(
        "half a million",
        "A? (HALF|QUARTER) (HYPHEN | OF? A)? (SCALE|DOZEN)",
        _half,
        "half a million people -> 500000",
        "half of the city",
    ),
    Number(
        "three quarters of a million",
        "CARD HYPHEN? PARTWORDS (OF A)? SCALE",
        _half,
        "three quarters billion us dollars -> 750000000",
        "three quarters of the city",
    ),
    Number(
        "one and a half",
        "CARD HYPHEN? AND HYPHEN? ((A|ONE) HYPHEN? PARTWORD | HALF) (HYPHEN? SCALE)*",
        _and_a_half,
        "one and a half million refugees -> 1500000",
        "one and a halfway house",
    ),
    Number(
        "twenty and three fifths",
        "CARD AND B100 HYPHEN? PARTWORDS",
        _and_a_half,
        "twenty and three fifths -> 20.6",
        "twenty and three",
    ),
    Number(
        "one in five",
        "CARD HYPHEN? (IN EVERY? | OUT HYPHEN? OF EVERY? | OF EVERY) HYPHEN? CARD "
        "(?! ADJ* (TIME|WEEK))",
        _one_in_five,
        "one in five residents -> 0.2",
        "five in a row",
    ),
    Number(
        "three of the five",
        "CARD OF (THE | STOP | THE? (CAP|WORD|ACRONYM|HEAD){1,3} POSS)? CARD",
        _three_of_five,
        "three of Mosul's five bridges -> 3",
        "three of the bridges",
    ),
    Number(
        "two thirds",
        "((ONE|A) (HYPHEN|DASH)? PARTWORD | CARD (HYPHEN|DASH)? (QUARTER|PARTWORDS))",
        _fraction,
        "two-thirds of the town -> 0.6667",
        "two, thirds of the town",
    ),
    Number(
        "spoken year",
        "(SMALL|TENS|ONE) (TENS (HYPHEN? (ONE|SMALL))? | SMALL) "
        "(?!HYPHEN|HUNDRED|SCALE|SMALL|TENS)",
        _spoken_year,
        "in nineteen eighty-four -> 1984",
        "nineteen men",
    ),
    Number(
        "plural scale",
        "(NUM|B1000) VAGUE",
        _plural_scale,
        "2 lakhs were paid -> 200000",
        "lakhs were paid",
    ),
    Number(
        "dozen",
        "(SEVERAL|A|CARD)? HYPHEN? DOZEN",
        _dozens,
        "two dozen soldiers -> 24",
        "two days in a row",
    ),
    Number(
        "point",
        "B1000 POINT (TENS HYPHEN? (ONE|SMALL) | ONE | SMALL | TENS)+ SCALE*",
        _pointed,
        "three point one million people -> 3100000",
        "three points",
    ),
    Number(
        "cardinal",
        "CARD",
        _cardinal,
        "two hundred and fifty dead -> 250",
        "hundreds dead",
    ),
    Number(
        "half",
        "HALF|FRACTION",
        _fraction,
        "half of the city -> 0.5",
        "on behalf of the city",
    ),
)
"""Forms of numbers; the first that fits wins."""

_NUMBER = re.compile(
    f"(?=[{re.escape(NUMBER_KINDS)}])(?:"  # most kinds begin no number: fail on them at once
    + "|".join(f"(?P<n{i}>{shape(number.shape, MACROS)})" for i, number in enumerate(NUMBERS))
    + ")"
)


_CARDINAL = re.compile(MACROS["CARD"])


def numbers(line: TokenLine) -> Iterator[Quantity]:
    """The numbers of a line, without their units, in order."""
    for match in _NUMBER.finditer(line.kinds):
        assert match.lastgroup is not None
        number = NUMBERS[int(match.lastgroup[1:])]
        yield from _evaluated(line, number, match.start(), match.end())


def _evaluated(line: TokenLine, number: Number, first: int, last: int) -> Iterator[Quantity]:
    tokens = line.tokens[first:last]
    value = number.value(tokens)
    if value is None:
        for match in _CARDINAL.finditer(line.kinds, first, last):
            part = _cardinal(line.tokens[match.start() : match.end()])
            yield Quantity(match.start(), match.end(), part.low, part.low, "count", "cardinal")
        return
    form = "cardinal" if number.name == "spoken year" and value.low < 100 else number.name
    yield Quantity(first, last, value.low, value.low, value.unit, form, value.vague)
