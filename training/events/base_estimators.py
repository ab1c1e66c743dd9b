"""A linear classifier on naive-Bayes features, as scikit-learn does not ship one."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import diags_array
from sklearn.linear_model import LogisticRegression
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, validate_data

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class NBLogisticRegression(LogisticRegression):  # type: ignore[misc]
    """Logistic regression on features scaled by their naive-Bayes log-count ratio ("NB-SVM").

    Source: Wang and Manning, "Baselines and Bigrams" (ACL 2012), with the logistic loss; the
    ratio counts in how many samples a feature occurs, each by its weight. ``coef_`` has the ratio
    folded in, so the fitted model is an ordinary linear classifier over the features as given. Two
    classes only.

    Args:
        alpha: Added to each count, so that a feature of one class only has a finite ratio.
        C: Inverse strength of regularisation.
        class_weight: As in ``LogisticRegression``.
        max_iter: As in ``LogisticRegression``.
    """

    def __init__(
        self,
        *,
        alpha: float = 1.0,
        C: float = 1.0,  # noqa: N803 - scikit-learn's name
        class_weight: Any = "balanced",
        max_iter: int = 300,
    ) -> None:
        super().__init__(C=C, class_weight=class_weight, max_iter=max_iter, solver="liblinear")
        self.alpha = alpha

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803
        """Fit on features ``(n, m)``, dense or sparse, and a binary target ``(n,)``."""
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=np.float64)  # noqa: N806
        check_classification_targets(y)
        classes = np.unique(y)
        if len(classes) < 2:
            raise ValueError("A binary target has two classes; this one has 1 class.")
        if len(classes) > 2:
            raise ValueError(
                "Only binary classification is supported. "
                f"The type of the target is multiclass, with {len(classes)} classes."
            )
        counts = _check_sample_weight(sample_weight, X)
        ratio = _log_count_ratio(X, y == classes[1], counts, self.alpha)
        scaled = X @ diags_array(ratio) if hasattr(X, "tocsr") else X * ratio
        super().fit(scaled, y, sample_weight)
        self.coef_: Floats = self.coef_ * ratio
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def _log_count_ratio(X: Any, positive: Bools, counts: Floats, alpha: float) -> Floats:  # noqa: N803
    present = X != 0
    count = [counts[rows] @ present[rows] + alpha for rows in (positive, ~positive)]
    return np.asarray(np.log((count[0] / count[0].sum()) / (count[1] / count[1].sum())))
