"""For how many sentences a labelled one stands, after a selection that preferred some.

Calibration and thresholds need it: sentences that were picked because a model was unsure say
nothing of how common their labels are, unless they are weighed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from annotation.errors import TrainingError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

STRATA = 10
"""Strata of margins; anything from 4 to 25 gives the same calibration error on police sentences."""


def design_weights(sample_weight: Any, n: int, n_background: int, most: float) -> Floats:
    """Weights that make the labelled sentences stand for all known ones, shape ``(n,)``.

    A sentence with the smallest weight was picked for certain and stands for itself. The others
    were drawn, perhaps in several rounds from a shrinking pool, and together stand for themselves
    and the background: so they are scaled to add up to that number (the estimator of Hajek, which
    needs the probabilities only up to a factor).

    Args:
        sample_weight: Inverse probability of having been picked, shape ``(n,)``; None for all 1.
        n: Number of labelled sentences.
        n_background: Number of the other known ones.
        most: Drawn sentences weigh at most so many times their mean.

    Raises:
        TrainingError: the weights are not n positive numbers.
    """
    if sample_weight is None:
        return np.ones(n)
    weight = np.array(sample_weight, dtype=np.float64)
    if weight.shape != (n,) or not (np.isfinite(weight).all() and (weight > 0).all()):
        raise TrainingError(
            f"The sample weights do not hold {n} positive numbers.",
            hint="Give each sentence the inverse of the probability with which it was picked.",
        )
    weight /= weight.min()
    drawn = weight > 1
    if not drawn.any():
        return np.asarray(weight)
    weight[drawn] *= (drawn.sum() + n_background) / weight[drawn].sum()
    weight[drawn] = np.minimum(weight[drawn], most * weight[drawn].mean())
    return np.asarray(weight)


def poststratified(design: Floats, margins: Floats, beyond: Floats, each: float = 1.0) -> Floats:
    """Design weights, drawn towards what the margins of all known sentences say, shape ``(n,)``.

    Design weights are unbiased, but rest on the few sentences that were drawn. What earlier models
    picked is scattered over the margins of the present one and says something there, too: with
    post-stratification (Holt and Smith, "Post Stratification", 1979) each labelled sentence stands
    for those with margins like its own. That rests on all of them, but is biased where positives
    were sought by more than these margins. The geometric mean of the two errs less than either. A
    sentence's stratum is that of its greatest margin: of what it may well have.

    Args:
        design: Weights by design, shape ``(n,)``.
        margins: Out-of-fold margins of the labelled sentences, shape ``(n, n_labels)``.
        beyond: Margins of a part of the background, shape ``(n_part, n_labels)``.
        each: For how many sentences of the background each of that part stands.
    """
    greatest = margins.max(axis=1)
    edges = np.unique(np.quantile(greatest, np.arange(1, STRATA) / STRATA, method="higher"))
    stratum = np.searchsorted(edges, greatest, side="right")
    n_labelled = np.bincount(stratum, minlength=len(edges) + 1)
    n_beyond = np.bincount(
        np.searchsorted(edges, beyond.max(axis=1), side="right"), minlength=len(edges) + 1
    )
    alike = 1 + each * n_beyond[stratum] / n_labelled[stratum]
    return np.asarray(np.sqrt(design * alike))


def effective_sample_size(weight: Floats) -> float:
    """Number of equally heavy sentences that tell as much (Kish, "Survey Sampling", 1965)."""
    return float(weight.sum() ** 2 / (weight**2).sum()) if len(weight) else 0.0
