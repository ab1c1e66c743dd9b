"""Why a sentence is worth a second look, and how values are named there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotation.numbers.reader import Mention
from annotation.records import NumericClaim, bounds_in_words

ReasonKind = Literal["people disagree", "likely wrong", "cannot be meant", "audit"]
"""What kind of reason it is; the last is none but chance."""

DISAGREE: ReasonKind = "people disagree"
LIKELY_WRONG: ReasonKind = "likely wrong"
NOT_MEANT: ReasonKind = "cannot be meant"
AUDIT: ReasonKind = "audit"

LEAST_ODDS = 0.02
"""Odds below which nothing is said: of fifty such labels one is wrong."""

DISCOUNT = 0.2
"""What the odds that models give are worth. Where a sentence is odd they doubt several labels at
once, so of labels with odds of 1 one in six and not one in two was a planted error."""

TIED, OUTVOTED = 1.0, 0.25
"""Odds that what counts is wrong where people are split evenly, and where more than half agree: one
that they read differently is a hard one, so their errors are not independent."""


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """One reason for a second look."""

    kind: ReasonKind
    """What kind of reason it is."""
    says: str
    """The reason in plain words."""
    odds: float
    """Odds that what counts now is wrong: 1 where that is as likely as not."""


def percent(share: float) -> str:
    """A share, 0 to 1, as it stands in a sentence: ``12 %``."""
    return f"{share:.0%}".replace("%", " %")


def value_in_words(one: NumericClaim | Mention) -> str:
    """A value as it is shown beside another."""
    bounds = (None if bound is None else f"{bound:,f}" for bound in (one.low, one.high))
    return bounds_in_words(*bounds)
