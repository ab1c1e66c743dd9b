"""How a comparison is told: on how much it rests, how sure it is, what would settle it."""

from __future__ import annotations

from typing import Literal

from training.evaluation.promotion.comparison import Comparison


def standing(row: Comparison) -> Literal["better", "worse", "not clear"]:
    """How a challenger stands beside a model: by the interval, whatever the difference is.

    Args:
        row: of the table; one with a champion.
    """
    assert row.low is not None
    assert row.high is not None
    if row.low > 0:
        return "better"
    return "worse" if row.high < 0 else "not clear"


def seen_on(row: Comparison) -> str:
    """The difference, how sure it is, and on how much."""
    assert row.difference is not None
    assert row.low is not None
    assert row.high is not None
    return (
        f"{row.difference:+.3f}, 95 % interval {row.low:+.3f} to {row.high:+.3f}, "
        f"on {decisions_told(row.support)}"
    )


def settled_by(row: Comparison, tolerance: float) -> str:
    """The same, and how many labels more would tell whether the loss is one.

    Args:
        row: of the table.
        tolerance: how much may be lost.
    """
    assert row.difference is not None
    assert row.low is not None
    assert row.high is not None
    half, gap = (row.high - row.low) / 2, max(abs(row.difference), tolerance)
    if half <= gap:
        return seen_on(row)
    # Intervals narrow with the root of the number.
    more = rounded(row.support * (half / gap) ** 2 - row.support)
    return f"{seen_on(row)}; about {more:,} more labels settle it"


def decisions_told(n: int) -> str:
    """How many labelled decisions there are."""
    return f"{n:,} labelled decision{'' if n == 1 else 's'}"


def rounded(n: float) -> int:
    """A number of labels as people say it: 40, not 41."""
    return max(10, round(n / 10) * 10)
