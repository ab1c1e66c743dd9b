"""Words and characters that are numbers, or parts of numbers."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from decimal import Decimal

CARDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
"""Zero to nineteen."""

TENS: dict[str, int] = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
} | {"fourty": 40}
"""Twenty to ninety, and the commonest misspelling."""

SCALES: dict[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "cr": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "bil": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "tln": 10**12,
    "trn": 10**12,
    "quadrillion": 10**15,
}
"""Words that multiply what stands before them."""

GLUED_SCALES: dict[str, int] = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Letters that multiply when they follow the digits without a blank ("20k", "1.5m")."""

PARTS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=3,
    )
} | {
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
    "billionth": 10**9,
    "trillionth": 10**12,
}
"""Words that divide: "one fifth"; on their own they are ordinals."""

ORDINALS = frozenset(
    "first thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth penultimate".split()
)
"""Ordinals that are not used as fractions here."""

VULGAR: dict[str, Decimal] = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "⅕": Decimal("0.2"),
    "⅖": Decimal("0.4"),
    "⅗": Decimal("0.6"),
    "⅘": Decimal("0.8"),
    "⅙": Decimal(1) / 6,
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}
"""Fractions that are one character."""

VAGUE: dict[str, tuple[int, int]] = {
    "tens": (10, 2),
    "10s": (10, 2),
    "100s": (100, 2),
    "1000s": (1000, 2),
    "1,000s": (1000, 2),
    "dozens": (12, 2),
    "dozs": (12, 2),
    "scores": (20, 2),
    "hundreds": (100, 2),
    "thousands": (1000, 2),
    "lakhs": (10**5, 2),
    "millions": (10**6, 2),
    "crores": (10**7, 2),
    "billions": (10**9, 2),
    "trillions": (10**12, 2),
    "several": (3, 1),
    "a few": (3, 1),
    "few": (3, 1),
    "a handful": (3, 1),
    "a couple": (2, 1),
    "couple": (2, 1),
}
"""Vague words: what one of them stands for, and the least number of them that the word claims."""

SEVERAL = "several|a few|a handful|a couple".split("|")
"""Vague words that may stand before a scale ("several hundred")."""

TRIGGERS = frozenset(
    {*CARDINALS, *TENS, "hundred", "thousand", "lakh", "million", "crore", "billion", "trillion"}
    | {
        "dozen",
        "doz",
        "tens",
        "scores",
        "score o",
        "half",
        "halves",
        "quarter",
        "third",
        "fifth",
        "tenth",
    }
    | {"eighth", "several", "few", "handful", "couple"}
)
"""How every number in words begins; a sentence without any is not looked at."""
