"""What holds of claims that count people harmed, whatever was learnt.

Who did it was not harmed, nor was a thing or a beast; and one person who is named without a
number is counted by a kind that counts people harmed, or by none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotation.numbers.implied.lexicon import BEASTS, THINGS
from annotation.numbers.reader import Mention

FEWEST_IMPLIED = 20
"""Claims of one person without a number below which it is not learnt which of these are claims:
all that the rules propose are then suggested, with the kind that counts such harm."""

BY_RULE = 0.8
"""Score of those."""

_NO_PEOPLE = THINGS | BEASTS
_NO_PEOPLE |= {
    plural
    for one in _NO_PEOPLE
    for plural in (f"{one}s", f"{one}es", f"{one.removesuffix('y')}ies")
}


def columns_of_harm(harms: Sequence[str | None]) -> list[int]:
    """Columns of the kinds that count people harmed; column 0 is "no claim".

    Args:
        harms: what happened to the people whom each kind counts, None for none.
    """
    return [column for column, harm in enumerate(harms, start=1) if harm]


def who_did_it(texts: Sequence[str], rows: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """Numbers of the mentions behind *by*, which did what is told: "shot by two men".

    Args:
        texts: the sentences.
        rows: the sentence of each mention.
        mentions: what the reader found.
    """
    return [
        number
        for number, (row, mention) in enumerate(zip(rows, mentions, strict=True))
        if mention.noun and texts[row][: mention.start].lower().endswith(" by ")
    ]


def no_people(mentions: Sequence[Mention]) -> list[int]:
    """Numbers of the mentions that count no people: "23 projectiles", "rounds of fire", "45 sheep".

    Args:
        mentions: what the reader found.
    """
    return [number for number, mention in enumerate(mentions) if _counts_no_people(mention)]


def _counts_no_people(mention: Mention) -> bool:
    if not mention.noun or mention.noun == "shot":  # "one shot and killed"
        return False
    if " of the " in mention.text and " of " not in mention.noun:
        return False  # "three of the school" are people
    return mention.noun.lower().split(" of ")[0].split()[-1] in _NO_PEOPLE


def decide_implied(
    mentions: Sequence[Mention],
    harms: Sequence[str | None],
    proba: NDArray[np.float64],
    best: NDArray[np.intp],
    *,
    learnt: bool,
) -> None:
    """Settle, in place, the kind of each mention of one person without a number.

    Args:
        mentions: what the reader found.
        harms: as for :func:`columns_of_harm`.
        proba: ``(mentions, 1 + kinds)`` probabilities; changed where nothing was learnt.
        best: the column of each mention's kind; changed.
        learnt: whether it was learnt which of them are claims; else all are, by rule.
    """
    people = columns_of_harm(harms)
    for row, mention in enumerate(mentions):
        if not mention.implied:
            continue
        if learnt:
            best[row] = people[int(proba[row, people].argmax())]
            continue
        proba[row], proba[row, 0] = 0.0, 1.0
        if mention.harm in harms:
            best[row] = 1 + list(harms).index(mention.harm)
            proba[row, 0], proba[row, best[row]] = 1 - BY_RULE, BY_RULE
