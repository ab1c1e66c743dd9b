"""Why a sentence is worth a second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReasonKind = Literal["people disagree", "likely wrong", "cannot be meant", "audit"]
"""What kind of reason it is; the last is none but chance."""

DISAGREE: ReasonKind = "people disagree"
LIKELY_WRONG: ReasonKind = "likely wrong"
NOT_MEANT: ReasonKind = "cannot be meant"
AUDIT: ReasonKind = "audit"

LEAST_ODDS = 0.02
"""Odds below which nothing is said: of fifty such labels one is wrong."""

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
