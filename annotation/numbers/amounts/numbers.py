"""The forms in which numbers are written, and where they stand in a line.

To teach the reader a form, add a row to ``NUMBERS`` with an example and a counter-example; both
become tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from annotation.numbers.amounts import values
from annotation.numbers.amounts.values import Tokens, Value
from annotation.numbers.tokens.kinds import NUMBER_KINDS, any_of, shape
from annotation.numbers.tokens.line import TokenLine


class Quantity(NamedTuple):  # faster to make than a frozen dataclass, and as constant
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


@dataclass(frozen=True, slots=True)
class Number:
    """A row of the grammar: a form in which numbers are written."""

    name: str
    """Name of the form; ``Quantity.form`` says it."""
    shape: str
    """Pattern over kinds; see ``annotation.numbers.tokens.kinds.shape`` and ``MACROS``."""
    value: Callable[[Tokens], Value | None]
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
    ("WHOLE", "(THE|A|ABOUT|ATLEAST|ATMOST|EXACT)*"),
    ("PARTWORD", "(PART|HALF|QUARTER)"),
    ("PARTWORDS", "(PARTS|QUARTERS)"),
):  # fmt: skip
    MACROS[_name] = shape(_pattern, MACROS)

NUMBERS: tuple[Number, ...] = (
    Number(
        "several",
        "SEVERAL (OF? (SCALE|HUNDRED|DOZEN))*",
        values.several,
        "several hundred fighters -> 300",
        "severe fighting",
    ),
    Number(
        "vague",
        "VAGUE (OF VAGUE)*",
        values.vague,
        "tens of thousands fled -> 20000",
        "a thousand-page report",
    ),
    Number(
        "half a million",
        "A? (HALF|QUARTER) (HYPHEN | (HYPHEN|OF)? A HYPHEN?)? (SCALE|DOZEN)",
        values.half_of_scale,
        "half a million people -> 500000",
        "half of the city",
    ),
    Number(
        "three quarters of a million",
        "CARD HYPHEN? PARTWORDS (OF A)? SCALE",
        values.half_of_scale,
        "three quarters billion us dollars -> 750000000",
        "three quarters of the city",
    ),
    Number(
        "one and a half",
        "CARD HYPHEN? AND HYPHEN? ((A|ONE) HYPHEN? PARTWORD | HALF) (HYPHEN? SCALE)*",
        values.and_a_half,
        "one and a half million refugees -> 1500000",
        "one and a halfway house",
    ),
    Number(
        "twenty and three fifths",
        "CARD AND B100 HYPHEN? PARTWORDS",
        values.and_a_half,
        "twenty and three fifths -> 20.6",
        "twenty and three",
    ),
    Number(
        "one in five",
        "CARD HYPHEN? (IN EVERY? | OUT HYPHEN? OF EVERY? | OF EVERY | EVERY) HYPHEN? CARD "
        "(?! ADJ* (TIME|WEEK))",
        values.one_in_five,
        "one in five residents -> 0.2",
        "five in a row",
    ),
    Number(
        "three of the five",
        "CARD (OUT HYPHEN?)? OF (STOP | THE? (CAP|WORD|ACRONYM|DESIGNATOR){1,3} POSS | WHOLE) CARD",
        values.three_of_five,
        "three of Mosul's five bridges -> 3",
        "three of the bridges",
    ),
    Number(
        "two thirds",
        "((ONE|A) (HYPHEN|DASH)? PARTWORD | CARD (HYPHEN|DASH)? (QUARTER|PARTWORDS))",
        values.fraction,
        "two-thirds of the town -> 0.6667",
        "two, thirds of the town",
    ),
    Number(
        "spoken year",
        "(SMALL|TENS|ONE) (TENS (HYPHEN? (ONE|SMALL))? | SMALL) "
        "(?!HYPHEN|HUNDRED|SCALE|SMALL|TENS)",
        values.spoken_year,
        "in nineteen eighty-four -> 1984",
        "nineteen men",
    ),
    Number(
        "plural scale",
        "(NUM|B1000) VAGUE",
        values.plural_scale,
        "2 lakhs were paid -> 200000",
        "lakhs were paid",
    ),
    Number(
        "dozen",
        "(SEVERAL|A|CARD)? HYPHEN? DOZEN",
        values.dozens,
        "two dozen soldiers -> 24",
        "two days in a row",
    ),
    Number(
        "point",
        "B1000 POINT (TENS HYPHEN? (ONE|SMALL) | ONE | SMALL | TENS)+ SCALE*",
        values.pointed,
        "three point one million people -> 3100000",
        "three points",
    ),
    Number(
        "cardinal",
        "CARD",
        values.cardinal,
        "two hundred and fifty dead -> 250",
        "hundreds dead",
    ),
    Number(
        "half",
        "HALF|FRACTION",
        values.fraction,
        "half of the city -> 0.5",
        "on behalf of the city",
    ),
)
"""Forms of numbers; the first that fits wins."""

_NUMBER = re.compile(
    f"(?={any_of(NUMBER_KINDS)})(?:"  # most kinds begin no number: fail on them at once
    + "|".join(f"(?P<n{i}>{shape(number.shape, MACROS)})" for i, number in enumerate(NUMBERS))
    + ")"
)
_CARDINAL = re.compile(MACROS["CARD"])


def numbers(line: TokenLine) -> Iterator[Quantity]:
    """The numbers of a line, without their units, in order."""
    for match in _NUMBER.finditer(line.kinds):
        assert match.lastgroup is not None  # every form is a group
        number = NUMBERS[int(match.lastgroup[1:])]
        first, last = match.span()
        value = number.value(line.tokens[first:last])
        if value is None:
            yield from _cardinals(line, first, last)
        else:
            below_100 = number.name == "spoken year" and value.low < 100  # "twenty one"
            form = "cardinal" if below_100 else number.name
            yield Quantity(first, last, value.low, value.low, value.unit, form, value.vague)


def _cardinals(line: TokenLine, first: int, last: int) -> Iterator[Quantity]:
    """The cardinals from ``first`` to ``last``, each a number of its own."""
    for match in _CARDINAL.finditer(line.kinds, first, last):
        value = values.spelled(line.tokens[match.start() : match.end()])
        yield Quantity(match.start(), match.end(), value, value, "count", "cardinal")
