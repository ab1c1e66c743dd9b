"""From probabilities to labels: where to tick, and what excludes what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NEVER = 1.0
"""Threshold of a label that cannot be learnt yet: constant probabilities stay below it."""


def decide(probability: Floats, threshold: Floats, exclusive: Sequence[int] = ()) -> Bools:
    """Labels from probabilities.

    A label is ticked where its probability reaches its threshold. The most probable exclusive
    label stands, alone, where it is more probable than every other label: of answers that exclude
    each other, the likelier one. It also stands where nothing else is ticked, so that every
    sentence gets an answer once an exclusive label has been learnt.

    A label that could not be learnt is as probable in every sentence, which says nothing of this
    one: it is never ticked, and never compared with another.

    Args:
        probability: Shape ``(n, n_labels)``.
        threshold: Shape ``(n_labels,)``; ``NEVER`` for a label that could not be learnt. Of
            exclusive labels nothing else is asked.
        exclusive: Columns of the labels that exclude all others.
    """
    learnt = threshold < NEVER
    ticked = np.asarray((probability >= threshold) & learnt)
    excludes = np.isin(np.arange(len(threshold)), exclusive)
    alone, others = np.flatnonzero(learnt & excludes), np.flatnonzero(learnt & ~excludes)
    if len(alone):
        ticked[:, alone] = False
        likeliest = alone[probability[:, alone].argmax(axis=1)]
        rival = probability[:, others].max(axis=1, initial=0.0)
        stands = (probability[:, alone].max(axis=1) > rival) | ~ticked.any(axis=1)
        ticked[stands] = False
        ticked[stands, likeliest[stands]] = True
    return ticked


def thresholds(
    probability: Floats, weight: Floats, learnable: Bools, exclusive: Sequence[int] = ()
) -> Floats:
    """Thresholds with the best expected F1, shape ``(n_labels,)``.

    With calibrated probabilities the F1 that a threshold will have is known without the truth
    (Lipton et al., "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014); that is
    steadier than the best F1 on the few positives of a rare label. Each label's own threshold is
    drawn towards the common one with the best micro F1: the geometric mean of the two.

    Exclusive labels are compared instead (``decide``): they have no part in the common threshold,
    and theirs is 0, or ``NEVER`` as for every label that cannot be learnt.

    Args:
        probability: Shape ``(n, n_labels)``.
        weight: For how many sentences each stands, shape ``(n,)``.
        learnable: Which labels can be predicted at all, shape ``(n_labels,)``.
        exclusive: Columns of the labels that exclude all others.
    """
    found = np.where(learnable, 0.0, NEVER)
    columns = np.setdiff1d(np.flatnonzero(learnable), exclusive)
    if len(columns):
        every = np.repeat(weight, len(columns))
        common = expected_f1_threshold(probability[:, columns].ravel(), every)
        for j in columns:
            found[j] = np.sqrt(expected_f1_threshold(probability[:, j], weight) * common)
    return found


def expected_f1_threshold(probability: Floats, weight: Floats) -> float:
    """Half of the best expected F1, which is where the best threshold lies; both ``(n,)``."""
    order = np.argsort(-probability, kind="stable")
    p, w = probability[order], weight[order]
    hits = np.cumsum(w * p)
    return float((hits / (np.cumsum(w) + hits[-1])).max())
