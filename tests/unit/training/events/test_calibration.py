"""Margins become probabilities, on numbers."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from training.events.calibration import Calibrator, Floats


@pytest.mark.parametrize("method", ["platt", "isotonic"])
def test_probabilities_rise_with_the_margin_and_match_the_shares(method: str) -> None:
    rng = np.random.default_rng(1)
    margins = rng.normal(size=4000)
    y = rng.random(4000) < 1 / (1 + np.exp(-(2 * margins - 1)))
    probability = Calibrator(method).fit(margins, y).predict(margins)
    assert (np.diff(probability[np.argsort(margins)]) >= -1e-12).all()
    for low, high in ((-2, -1), (-0.5, 0.5), (1, 2)):
        inside = (margins > low) & (margins < high)
        assert probability[inside].mean() == pytest.approx(y[inside].mean(), abs=0.03)


def test_three_examples_do_not_make_certainty() -> None:
    margins, y = np.array([-1.0, -1, -1, 1, 1, 1]), np.array([0, 0, 0, 1, 1, 1], bool)
    low, high = Calibrator().fit(margins, y).predict(np.array([-1.0, 1.0]))
    assert high == pytest.approx(0.8, abs=0.01)  # Platt's target, (3 + 1) / (3 + 2)
    assert low == pytest.approx(0.2, abs=0.01)


def test_weights_undo_the_preference_of_a_selection() -> None:
    rng = np.random.default_rng(2)
    margins = rng.normal(size=20_000)
    y = rng.random(20_000) < 1 / (1 + np.exp(-(3 * margins - 3)))
    chance = np.where(y, 1.0, 0.1)  # positives are ten times likelier to be labelled
    kept = rng.random(20_000) < chance
    weighed = Calibrator().fit(margins[kept], y[kept], 1 / chance[kept])
    plain = Calibrator().fit(margins[kept], y[kept])
    assert weighed.predict(margins).sum() == pytest.approx(y.sum(), rel=0.05)
    assert plain.predict(margins).sum() > 1.5 * y.sum()


@pytest.mark.parametrize("margins", [np.zeros(20), np.linspace(1, -1, 20)])
def test_margins_that_tell_nothing_leave_the_share(margins: Floats) -> None:
    y = np.arange(20) >= 15
    probability = Calibrator().fit(margins, y).predict(margins)
    np.testing.assert_allclose(probability, probability[0])
    assert probability[0] == pytest.approx(0.25, abs=0.05)


def test_platt_is_the_logistic_regression_of_its_targets() -> None:
    rng = np.random.default_rng(3)
    margins = rng.normal(5, 30, size=500)
    y = rng.random(500) < 1 / (1 + np.exp(-margins / 20))
    target = np.where(y, (y.sum() + 1) / (y.sum() + 2), 1 / ((~y).sum() + 2))
    reference = LogisticRegression(C=1e9).fit(
        np.concatenate([margins, margins])[:, None],
        np.repeat([True, False], 500),
        np.concatenate([target, 1 - target]),
    )
    np.testing.assert_allclose(
        Calibrator().fit(margins, y).predict(margins),
        reference.predict_proba(margins[:, None])[:, 1],
        atol=1e-4,
    )
