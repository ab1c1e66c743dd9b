"""Logistic regression on naive-Bayes features, on numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import check_estimator

from training.events.base_estimators import NBLogisticRegression

NEVER_ZERO = "every feature occurs in every sample there, and only presence tells classes apart"
EXPECTED = {
    "check_classifiers_train": NEVER_ZERO,
    "check_non_transformer_estimators_n_iter": NEVER_ZERO,
}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the checks provoke warnings on purpose
def test_it_passes_the_estimator_checks_of_scikit_learn() -> None:
    results = check_estimator(NBLogisticRegression(), on_skip=None, on_fail=None)
    failed = {one["check_name"] for one in results if one["status"] == "failed"}
    assert len(results) > 40
    assert failed == set(EXPECTED)


def test_the_ratio_is_folded_into_the_weights() -> None:
    rng = np.random.default_rng(0)
    x = (rng.random((60, 5)) < 0.4).astype(float)
    y = (x[:, 0] + rng.random(60)) > 0.9
    model = NBLogisticRegression().fit(x, y)
    count = [x[y].sum(0) + 1, x[~y].sum(0) + 1]
    ratio = np.log(count[0] / count[0].sum()) - np.log(count[1] / count[1].sum())
    plain = LogisticRegression(C=1.0, class_weight="balanced", solver="liblinear").fit(x * ratio, y)
    np.testing.assert_allclose(
        model.decision_function(x), plain.decision_function(x * ratio), atol=1e-6
    )


def test_sparse_and_dense_features_give_the_same_weights() -> None:
    x = np.eye(6)[:, :4]
    y = np.array([1, 0, 1, 0, 0, 0])
    dense, sparse = NBLogisticRegression().fit(x, y), NBLogisticRegression().fit(csr_matrix(x), y)
    np.testing.assert_allclose(dense.coef_, sparse.coef_)


def test_a_sample_of_twice_the_weight_counts_as_two() -> None:
    x = np.eye(6)[:, :4] + np.eye(6)[::-1, :4]
    y = np.array([1, 0, 1, 0, 0, 0])
    weighed = NBLogisticRegression(class_weight=None).fit(x, y, np.array([1, 2, 1, 1, 1, 1]))
    repeated = NBLogisticRegression(class_weight=None).fit(np.vstack([x, x[1]]), np.append(y, 0))
    np.testing.assert_allclose(weighed.coef_, repeated.coef_, atol=1e-3)
