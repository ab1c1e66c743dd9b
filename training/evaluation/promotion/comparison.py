"""The table of two models on the same sentences: F1 of each, and the difference with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from training.evaluation.bootstrap import LEVEL, ArticleDraws
from training.evaluation.confusion import ConfusionCounts, score

FEWEST_POSITIVES = 10
"""Positives below which one label's loss is not tested: with fewer, two or three sentences
decide."""

Scope = Literal["all", "events", "claims", "event", "claim"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table."""

    scope: Scope
    """What it sums up: everything, all events, all claims, one event type, one claim kind."""
    label: str
    """The alias; for sums ``micro`` or ``macro``."""
    support: int
    """How often it holds in what is measured."""
    challenger: float
    """F1."""
    champion: float | None = None
    """F1; None where there is no champion."""
    difference: float | None = None
    """Challenger minus champion."""
    low: float | None = None
    """Lower end of the difference's 95 % interval."""
    high: float | None = None
    """Upper end."""
    lost: bool = False
    """True where the loss is significant."""

    @property
    def name(self) -> str:
        """What it sums up, in words."""
        if self.scope in ("event", "claim"):
            return f"'{self.label}'"
        whole = {"all": "the whole", "events": "events", "claims": "claims"}[self.scope]
        return f"{whole} ({self.label} average)"


@dataclass(frozen=True, slots=True)
class BesideBest:
    """The challenger beside the best model so far, where that is not the champion."""

    model: str
    """Id of that model."""
    made: str
    """When it was made, ISO 8601; empty where its manifest does not say."""
    overall: Comparison
    """All decisions together; ``champion`` is the F1 of that model."""

    @property
    def name(self) -> str:
        """Which model that is and of when, in words."""
        if not self.made:
            return self.model
        return f"{self.model} (made {self.made[:16].replace('T', ' ')} UTC)"


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Challenger and champion on everything, on its parts, and on each label."""

    overall: Comparison
    """All decisions on events and claims together."""
    sums: tuple[Comparison, ...]
    """Events as a whole and claims as a whole, micro and macro, where any occur."""
    labels: tuple[Comparison, ...]
    """Each event type and claim kind that occurs, in the order of the schema."""

    @property
    def rows(self) -> tuple[Comparison, ...]:
        """All lines, from the whole to the parts."""
        return (self.overall, *self.sums, *self.labels)


def compare(
    challenger: ConfusionCounts, champion: ConfusionCounts | None, draws: ArticleDraws
) -> ComparisonTable:
    """The table of a challenger, beside the champion where there is one.

    The loss on one label is tested after Bonferroni's correction, since there are many.

    Args:
        challenger: the new model's answers.
        champion: the present one's on the same sentences.
        draws: of the articles.
    """
    split, width = len(challenger.event_types), challenger.hits.shape[1]
    support = challenger.support
    names = (*challenger.event_types, *challenger.claim_kinds)

    def line(
        scope: Scope, label: str, columns: slice, *, macro: bool = False, level: float | None
    ) -> Comparison:
        ours = score(challenger, columns, draws, macro=macro)
        theirs = None if champion is None else score(champion, columns, draws, macro=macro)
        if theirs is None:
            return Comparison(scope, label, int(support[columns].sum()), float(ours[0]))
        difference = ours - theirs
        interval = draws.interval(difference)
        return Comparison(
            scope,
            label,
            support=int(support[columns].sum()),
            challenger=float(ours[0]),
            champion=float(theirs[0]),
            difference=interval.value,
            low=interval.low,
            high=interval.high,
            # One-sided: the level's half beyond the upper end.
            lost=level is not None and float(np.quantile(difference[1:], 1 - level / 2)) < 0,
        )

    parts: tuple[tuple[Scope, slice], ...] = (
        ("events", slice(0, split)),
        ("claims", slice(split, width)),
    )
    tested = int((support >= FEWEST_POSITIVES).sum())
    return ComparisonTable(
        overall=line("all", "micro", slice(0, width), level=LEVEL),
        sums=tuple(
            line(scope, label, columns, macro=label == "macro", level=LEVEL)
            for scope, columns in parts
            if support[columns].any()
            for label in ("micro", "macro")
        ),
        labels=tuple(
            line(
                "event" if place < split else "claim",
                name,
                slice(place, place + 1),
                level=LEVEL / tested if support[place] >= FEWEST_POSITIVES else None,
            )
            for place, name in enumerate(names)
            if support[place]
        ),
    )
