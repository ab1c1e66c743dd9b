"""By how much a challenger may be worse, and from how many decisions on that is asked.

Apart from the gate, so that a report tells them without what the gate measures with.
"""

from __future__ import annotations

TOLERANCE = 0.02
"""By how much the overall F1 may be below the champion's: what is promoted although it was worse is
rare and close, what is refused although it was better is rarer still; ``benchmarks/gate.py``."""

DRIFT = 0.01
"""By how much it may be below that of the best model so far."""

ENOUGH_TO_COMPARE = 100
"""Decisions from which the difference itself decides. In the simulation, what was measured on fewer
had nothing to do with which of two models is better (correlation .0); on more, nearly all (.9)."""
