"""Whether a model has learnt anything: whether it agrees with people more than chance would.

Cohen's kappa is pooled over event types and claim kinds, and its interval is one over articles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.confusion import ConfusionCounts, kappa
from training.evaluation.promotion.in_words import decisions_told, rounded

FLOOR_LEVEL = 0.01
"""How often a model that says anything at random may pass for one that has learnt something. At 0.1
one of shuffled labels passed as first model; of seven streams one gets its first model a step later
than at 0.1."""

FEWEST_DECISIONS = 50
"""Decisions with which a first model can usually be judged; asked for where there are fewer."""

ENOUGH_OF_ONE = 30
"""Decisions of one label with which a model that still agrees no more than chance would is a sign
that something is wrong with the labels."""

NO_AGREEMENT = 0.1
"""Kappa that a model with enough labels surely reaches: half of what is called slight agreement
(Landis and Koch 1977)."""


def labels_mixed_up(counts: ConfusionCounts, draws: ArticleDraws) -> tuple[str, ...]:
    """Why the labels themselves are in doubt: many, and hardly more agreement than by chance."""
    # Where claims are found all the same, event types alone may be mixed up.
    for columns in (slice(None), slice(0, len(counts.event_types))):
        found = _agreement(counts, draws, columns)
        if found.high < NO_AGREEMENT and found.most >= ENOUGH_OF_ONE:
            return (
                f"It agrees with people hardly more than chance would ({found.seen}), although "
                "there are enough labels to learn from. Are the labels mixed up?",
            )
    return ()


def not_learnt(counts: ConfusionCounts, draws: ArticleDraws) -> tuple[str, ...]:
    """Why it is not known yet that a model has learnt anything; empty where it is."""
    whole = _agreement(counts, draws, slice(None))
    if whole.low > 0:
        return ()
    n = whole.decisions
    if n < FEWEST_DECISIONS:
        more, are = rounded(FEWEST_DECISIONS - n), "is" if n == 1 else "are"
        return (
            f"{decisions_told(n)} {are} too few to judge; label about {more} more "
            f"({FEWEST_DECISIONS} usually suffice).",
        )
    # The interval narrows with the root of the number.
    value = whole.kappa
    more = rounded(n * ((value - whole.low) / value) ** 2 - n) if value > 0 else n
    return (
        f"It cannot be told from chance yet ({whole.seen}); about {min(more, n):,} more labels "
        "would tell.",
    )


@dataclass(frozen=True, slots=True)
class _Agreement:
    """Cohen's kappa over some labels together, and what it rests on."""

    kappa: float
    low: float
    high: float
    decisions: int
    most: int

    @property
    def seen(self) -> str:
        return (
            f"Cohen's kappa {self.kappa:.2f}, {self.low:.2f} to {self.high:.2f}, "
            f"on {decisions_told(self.decisions)}"
        )


def _agreement(counts: ConfusionCounts, draws: ArticleDraws, columns: slice) -> _Agreement:
    parts = (part[:, columns] for part in (counts.hits, counts.false, counts.missed))
    drawn = kappa(*(draws.total(part) for part in (*parts, counts.sentences)))
    low, high = np.quantile(drawn[1:], [FLOOR_LEVEL, 1 - FLOOR_LEVEL]).tolist()
    support = counts.support[columns]
    return _Agreement(float(drawn[0]), low, high, int(support.sum()), int(support.max(initial=0)))
