"""By how much a challenger may be worse, and how much new it must have learnt.

Apart from the gate, so that a report tells them without what the gate measures with.
"""

from __future__ import annotations

TOLERANCE = 0.02
"""By how much the overall F1 may be below the champion's: what is promoted although it was worse is
rare and close, what is refused although it was better is rarer still; ``benchmarks/gate.py``."""

DRIFT = 0.01
"""By how much it may be below that of the best model so far."""

MORE_LABELS = 50.0
"""By how many variances of what is measured more labels outweigh a measured loss. A challenger has
more labels than what it is held against, and that alone makes it better: by a mean that is 28 times
the variance, over pairs of models of the simulation (F1 .027, variance .001). What is measured
errs by 1.7 times the variance that the bootstrap tells. With a normal prior and a normal error the
challenger is to be expected worse only where it is measured worse by 28 · 1.7 of those variances
(``benchmarks/gate.py``, orders 10 to 12)."""

MOST_LOST = 0.15
"""What more labels never outweigh, however few are measured. Over 27 streams of few decisions
(decision 4; orders 10 to 16) none that was better was refused by it, and regret fell from .0155 to
.0151; a bound of .1 refused 19 better ones of 97 instead of 17 of 98."""

HARDLY_NEW, FEW_NEW = 0.1, 20
"""Share and number of the measured sentences that must be new to the champion, or decided anew, for
a change to have a reason; with less than both a challenger must be better beyond chance. The number
is a step of 25 labels, without what says the same as others or was skipped."""


def may_lose(low: float, high: float, tolerance: float) -> float:
    """By how much F1 may be measured lower before a model is taken for worse.

    Args:
        low: Lower end of the difference's 95 % interval.
        high: Upper end.
        tolerance: What may always be lost.
    """
    return max(tolerance, min(MOST_LOST, MORE_LABELS * ((high - low) / _WIDTH) ** 2))


_WIDTH = 2 * 1.96
"""Standard deviations in a 95 % interval of the normal distribution."""
