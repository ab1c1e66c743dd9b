"""Margins -> probabilities of one label.

A label's probability from the margins of all labels was tried: by article, log loss out of fold
rose for each of six seed labels, and of five police labels none gained on the development half.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.isotonic import IsotonicRegression

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Calibrator(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Margins -> probabilities: Platt scaling or isotonic regression.

    Platt's targets (N₊+1)/(N₊+2) and 1/(N₋+2) keep few examples from claiming certainty (Platt,
    "Probabilistic Outputs for Support Vector Machines", 1999).

    Args:
        method: ``platt`` or ``isotonic``.

    Attributes:
        slope_: Of Platt's sigmoid, else 0.
        offset_: Of Platt's sigmoid, else 0.
        knots_: Margins and probabilities of isotonic regression, shape ``(2, n_knots)``, linear
            between them and constant beyond, else None.
    """

    def __init__(self, method: str = "platt") -> None:
        self.method = method

    def fit(self, margins: Floats, y: Bools, sample_weight: Floats | None = None) -> Self:
        """Fit on margins and truth, both ``(n,)``."""
        weight = np.ones(len(y)) if sample_weight is None else sample_weight
        self.slope_, self.offset_ = 0.0, 0.0
        self.knots_: Floats | None = None
        if self.method == "isotonic":
            isotonic = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
            isotonic.fit(margins, y.astype(float), weight)
            self.knots_ = np.stack([isotonic.X_thresholds_, isotonic.y_thresholds_])
            return self
        # Counted by weight: ten thousand pool sentences must not become dozens of half positives.
        n_positive, n_negative = weight @ y, weight @ ~y
        target = np.where(y, (n_positive + 1) / (n_positive + 2), 1 / (n_negative + 2))
        self.slope_, self.offset_ = _sigmoid(margins, target, weight)
        return self

    def predict(self, margins: Floats) -> Floats:
        """Probabilities of margins, same shape."""
        if self.knots_ is not None:
            return np.asarray(np.interp(margins, self.knots_[0], self.knots_[1]))
        return np.asarray(expit(self.slope_ * margins + self.offset_))


def _sigmoid(margins: Floats, target: Floats, weight: Floats) -> tuple[float, float]:
    """Slope (at least 0) and offset of the sigmoid with the least weighted log loss; all ``(n,)``.

    Newton's method with backtracking, as in Lin, Lin and Weng, "A Note on Platt's Probabilistic
    Outputs for Support Vector Machines" (2007). A ridge of 1e-6 keeps it from running away
    where the margins are all the same.
    """
    centre, scale = float(margins.mean()), float(margins.std()) or 1.0
    x = np.stack([(margins - centre) / scale, np.ones_like(margins)])
    share = weight @ target / weight.sum()
    ridge = 1e-6 * weight.sum()
    theta = np.array([0.0, np.log(share / (1 - share))])

    def loss(at: Floats) -> float:
        z = at @ x
        return float(weight @ (np.logaddexp(0, z) - target * z) + ridge / 2 * at[0] ** 2)

    now = loss(theta)
    for _ in range(50):
        p = expit(theta @ x)
        gradient = x @ (weight * (p - target)) + ridge * np.array([theta[0], 0.0])
        hessian = (x * (weight * p * (1 - p))) @ x.T + ridge * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while (after := loss(theta - size * step)) > now and size > 1e-6:
            size /= 2
        if after >= now - 1e-10 * abs(now):
            break
        theta, now = theta - size * step, after
    if theta[0] <= 0:  # the margins tell nothing, or the wrong way round: the share is all
        return 0.0, float(np.log(share / (1 - share)))
    return float(theta[0]) / scale, float(theta[1] - theta[0] * centre / scale)
