"""The smallest part of a report: one number with its interval and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from newsledger.progress import number_of
from newsledger.team.agreement import FEWEST_ARTICLES

if TYPE_CHECKING:
    from newsledger.team.agreement import AgreementFigure
    from training.evaluation.bootstrap import Interval

ModelPart = Literal["event", "claim"]
"""What a label is: an event type or a claim kind."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its 95 % interval and what it rests on, or why there is none."""

    value: float | None
    """The number; None where there is none."""
    low: float | None
    """Lower end of the interval; None where the number is a count or there is none."""
    high: float | None
    """Upper end."""
    n: int
    """How many it rests on."""
    of: str
    """What is counted by ``n``: sentences, articles, days."""
    why_none: str = ""
    """Why there is no number; empty where there is one."""

    @classmethod
    def none(cls, why: str, n: int = 0, of: str = "sentences") -> Measured:
        """No number, and why."""
        return cls(None, None, None, n, of, why)

    @classmethod
    def too_few(cls, articles: int, n: int, of: str) -> Measured:
        """No number, for it would rest on so few articles that its interval would mean nothing."""
        why = f"measured on {number_of(articles, 'article')}; it takes {FEWEST_ARTICLES}"
        return cls.none(why, n, of)

    @classmethod
    def of_interval(cls, found: Interval, n: int, of: str) -> Measured:
        """What a bootstrap gave."""
        if found.value is None or found.low is None or found.high is None:
            return cls.none("too little to tell", n, of)
        return cls(found.value, found.low, found.high, n, of)

    @classmethod
    def of_metrics(
        cls, found: Mapping[str, Any] | None, n: int, of: str, *, articles: int
    ) -> Measured:
        """What a model's manifest has of a figure; nothing where it was measured on few articles.

        Args:
            found: the figure with its interval, None where there is none.
            n: how many it rests on.
            of: what is counted by ``n``.
            articles: how many the bootstrap drew from.
        """
        if articles < FEWEST_ARTICLES:
            return cls.too_few(articles, n, of)
        value, low, high = ((found or {}).get(name) for name in ("value", "low", "high"))
        if value is None or low is None or high is None:
            return cls.none("too little to tell", n, of)
        return cls(value, low, high, n, of)

    @classmethod
    def of_agreement(cls, found: AgreementFigure, of: str) -> Measured:
        """A figure of agreement."""
        one = cls.of_interval(found.figure, found.n, of)
        return cls.none(found.why_none, found.n, of) if found.why_none else one
