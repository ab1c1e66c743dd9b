"""Scores of claim kinds -> probabilities, and the threshold on "is a claim"."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

Floats = NDArray[np.float64]

DESCRIPTION_STRENGTH = 3.0
"""What a label's word beside the number adds to its kind's score (log-odds) until it is fitted."""


def fit_temperature(
    logits: Floats, prior: Floats, y: NDArray[np.int64], near: Floats, counts: Floats
) -> tuple[float, float, float]:
    """Divisor of the logits, and strengths of the prior and of what is near, at most likelihood.

    Args:
        logits: ``(n, classes)``, of a model that was fitted as if all classes were equally common.
        prior: ``(classes,)``: logarithm of how common they are.
        y: ``(n,)``: the class of each.
        near: ``(n, classes)``: what is added to the logits, times a strength.
        counts: ``(n,)``: as how many mentions each counts.
    """

    def loss(parameters: Floats) -> float:
        temperature, strength, description = math.exp(parameters[0]), parameters[1], parameters[2]
        scaled = log_softmax((logits + description * near) / temperature + strength * prior, axis=1)
        return float(-np.average(scaled[np.arange(len(y)), y], weights=counts))

    # A quarter to eight, none to all of the prior, none to three times the usual strength: what
    # lies outside is a fold gone wrong.
    bounds = ((math.log(0.25), math.log(8)), (0.0, 1.0), (0.0, 3 * DESCRIPTION_STRENGTH))
    found = minimize(
        loss, x0=np.array([0.0, 0.5, DESCRIPTION_STRENGTH]), bounds=bounds, method="L-BFGS-B"
    ).x
    return float(math.exp(found[0])), float(found[1]), float(found[2])


def observed_f1_threshold(scores: Floats, truth: NDArray[np.bool_], counts: Floats) -> float:
    """The threshold with the highest F1 on what is known; one half where all or none are true.

    Args:
        scores: ``(n,)``.
        truth: ``(n,)``.
        counts: ``(n,)``: as how many each counts.
    """
    if truth.all() or not truth.any():
        return 0.5
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum((counts * truth)[order])
    f1 = 2 * hits / (np.cumsum(counts[order]) + hits[-1])
    last = int(np.argmax(f1))
    below = scores[order[last + 1]] if last + 1 < len(order) else 0.0
    return float((scores[order[last]] + below) / 2)
