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
    each other, the likelier one. Once an exclusive label has been learnt, every sentence gets an
    answer: where no label reaches its threshold the likeliest of all is ticked, though it be below.
    (From 800 labels of seeds such sentences are a tenth, if an exclusive label is not the likeliest
    anyway: 70 of 228 are right so, and 35 if an exclusive label stood there. Dealings 10 to 12 of
    ``benchmarks/seeds.py --sizes``.)

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
        most, rival = probability[:, alone].max(axis=1), probability[:, others].max(1, initial=0.0)
        silent = ~ticked.any(axis=1)
        stands = (most > rival) | (silent & (most >= rival))
        ticked[stands] = False
        ticked[stands, likeliest[stands]] = True
        left = np.flatnonzero(silent & ~stands)
        if len(left):
            ticked[left, others[probability[np.ix_(left, others)].argmax(axis=1)]] = True
    return ticked


def thresholds(
    probability: Floats,
    weight: Floats,
    learnable: Bools,
    exclusive: Sequence[int] = (),
    *,
    beta: float = 1.0,
) -> Floats:
    """Thresholds with the best expected F score, shape ``(n_labels,)``.

    With calibrated probabilities the F score that a threshold will have is known without the truth
    (Lipton et al., "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014); that is
    steadier than the best on the few positives of a rare label. Each label's own threshold is
    drawn towards the common one with the best micro-averaged score: the geometric mean of the two.

    A label that would best be ticked in every sentence, though most do not have it, is not told
    apart yet: it is as one that cannot be learnt. Of a rare one, what is expected of ticking all is
    little, but more than of ticking few by chance. Nor does the common threshold draw a label that
    is told apart below the least probable sentence: it keeps its own.

    Exclusive labels are compared instead (``decide``): they have no part in the common threshold,
    and theirs is 0, or ``NEVER`` as for every label that cannot be learnt.

    Args:
        probability: Shape ``(n, n_labels)``.
        weight: For how many sentences each stands, shape ``(n,)``.
        learnable: Which labels can be predicted at all, shape ``(n_labels,)``.
        exclusive: Columns of the labels that exclude all others.
        beta: How many times as much recall counts as precision; 1 for F1.
    """
    found = np.where(learnable, 0.0, NEVER)
    columns = np.setdiff1d(np.flatnonzero(learnable), exclusive)
    own = np.array([expected_f_threshold(probability[:, j], weight, beta) for j in columns])
    share = weight @ probability[:, columns] / weight.sum()
    least = np.where(share >= 0.5, 0.0, probability[:, columns].min(axis=0, initial=1.0))
    told = own > least
    found[columns[~told]] = NEVER
    columns, own, least = columns[told], own[told], least[told]
    if len(columns):
        every = np.repeat(weight, len(columns))
        common = expected_f_threshold(probability[:, columns].ravel(), every, beta)
        drawn = np.sqrt(own * common)
        found[columns] = np.where(drawn > least, drawn, own)
    return found


def expected_f_threshold(probability: Floats, weight: Floats, beta: float = 1.0) -> float:
    """The best expected F score over 1 + beta², which is where the best threshold lies.

    Args:
        probability: Shape ``(n,)``.
        weight: For how many sentences each stands, shape ``(n,)``.
        beta: How many times as much recall counts as precision.
    """
    order = np.argsort(-probability, kind="stable")
    p, w = probability[order], weight[order]
    hits = np.cumsum(w * p)
    return float((hits / (np.cumsum(w) + beta**2 * hits[-1])).max())
