"""The weights of one label, and the margins of sentences that they were not learnt from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from training.events.base_estimators import NBLogisticRegression
from training.events.calibration import Calibrator

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NB_FROM = 10
"""Positives from which a label has a second base estimator, with NB-SVM features: the log-count
ratios of fewer are mostly noise."""

LOGISTIC_C = 3.0
"""Inverse regularisation of logistic regression; rows of TF-IDF have length 1 and want more than
scikit-learn's 1."""

NB_C = 1.0
"""Inverse regularisation with NB-SVM features: scikit-learn's own."""

SHARPNESS = 2.0
"""Power of a mixture's likelihood by which it counts. At 1 the seeds lose .004 of micro F1 with 100
labels by article; at 4 rare labels gain less from one retraining to the next (streams of
``benchmarks/gate.py``, orders 10 to 17, and ``benchmarks/seeds.py``)."""

_LEAST = float(np.finfo(np.float64).eps)
"""Probability below which nothing is told apart, so that its logarithm is finite."""

MIXTURES = (("vectors",), ("words", "vectors"), ("words",))
"""Which logistic regressions a label may rest on. On the seeds that with word vectors is best, on
eleven thousand police sentences the mean of both; a label of few fixed words needs no vectors."""


def fit_label(
    features: csr_matrix,
    truth: Bools,
    counts: Floats,
    folds: Sequence[tuple[Bools, csr_matrix]],
    *,
    n_words: int,
    n_positives: int,
) -> tuple[Floats, Floats]:
    """Fit a label by each mixture, and add them up by how likely they make what people said.

    A mixture's likelihood is that of unseen articles' labels, out of fold and after Platt scaling
    (after the Akaike weights of Burnham and Anderson, "Model Selection and Multimodel Inference",
    2002). Of many labels one mixture is left. With ten the likeliest changes from retraining to
    retraining, and with it what is ticked; the sum of all changes little.

    Args:
        features: Words and meanings (word vectors, nearness to descriptions) of n sentences, shape
            ``(n, n_features)``.
        truth: Which of them have the label, shape ``(n,)``.
        counts: As how many sentences each counts, shape ``(n,)``; those with 0 are not looked at.
        folds: For each fold which sentences are seen, shape ``(n,)``, and the features of the
            others, as if they were new.
        n_words: How many of the columns are words; the others are meanings.
        n_positives: In how many sentences people found the label.

    Returns:
        Weights of the features, and last the intercept, shape ``(n_features + 1,)``; out-of-fold
        margins, shape ``(n,)``.
    """
    bayes = ("bayes",) if n_positives >= NB_FROM else ()
    mixtures = [(*mixture, *bayes) for mixture in MIXTURES]
    margins = np.zeros((len(mixtures), len(truth)))
    for seen, unseen in folds:
        rows = np.flatnonzero(seen & (counts > 0))
        if truth[rows].any() and not truth[rows].all():  # else nothing tells them apart
            known = features[rows], truth[rows], counts[rows]
            fits = {name: _fit(name, *known, n_words) for name in ("words", "vectors", *bayes)}
            for number, mixture in enumerate(mixtures):
                weights = np.mean([fits[name] for name in mixture], axis=0)
                margins[number, ~seen] = unseen @ weights[:-1] + weights[-1]
    # Nothing is decided on the label's own description, which is seen in every fold.
    told = np.logical_or.reduce([~seen for seen, _ in folds])
    losses = [_platt_loss(of_mixture[told], truth[told], counts[told]) for of_mixture in margins]
    share = softmax(-SHARPNESS * counts[told].sum() * np.array(losses))
    rows = np.flatnonzero(counts)
    known = features[rows], truth[rows], counts[rows]
    fits = {name: _fit(name, *known, n_words) for name in ("words", "vectors", *bayes)}
    weights = share @ [np.mean([fits[name] for name in mixture], axis=0) for mixture in mixtures]
    return weights, share @ margins


def _fit(name: str, features: csr_matrix, truth: Bools, counts: Floats, n_words: int) -> Floats:
    """Weights of the features, and last the intercept, by one base estimator.

    "words" and "bayes" look at words only, and give meanings no weight: naive Bayes counts.
    """
    some = features if name == "vectors" else features[:, :n_words]
    if name == "bayes":
        estimator = NBLogisticRegression(C=NB_C).fit(some, truth, sample_weight=counts)
    else:
        # scikit-learn's own "balanced" looks at every target anew, as long as the fit itself takes.
        share = np.where(truth, counts @ truth, counts @ ~truth) / counts.sum()
        estimator = LogisticRegression(C=LOGISTIC_C, solver="liblinear", max_iter=300)
        estimator.fit(some, truth, sample_weight=counts / (2 * share))
    weights = np.zeros(features.shape[1] + 1)
    weights[: some.shape[1]], weights[-1] = estimator.coef_[0], estimator.intercept_[0]
    return weights


def _platt_loss(margins: Floats, truth: Bools, counts: Floats) -> float:
    """Log loss of the best calibrated probabilities that these margins allow."""
    probability = Calibrator("platt").fit(margins, truth, counts).predict(margins)
    # By hand: scikit-learn's log_loss takes ten times as long, and there are thousands.
    told = np.where(truth, probability, 1 - probability)
    return float(counts @ -np.log(np.maximum(told, _LEAST)) / counts.sum())
