from __future__ import annotations

import numpy as np
import pytest

from training.claims.calibration import fit_temperature, observed_f1_threshold


def test_the_temperature_cools_what_is_too_sure() -> None:
    chance = np.random.default_rng(0)
    truth = (chance.random(2000) < 0.7).astype(np.int64)
    sure = np.column_stack([np.zeros(2000), np.full(2000, 6 * np.log(0.7 / 0.3))])
    temperature, strength, _ = fit_temperature(
        sure, np.zeros(2), truth, np.zeros((2000, 2)), np.ones(2000)
    )
    assert temperature == pytest.approx(6, rel=0.15)
    assert 0 <= strength <= 1


def test_the_words_of_the_labels_count_as_far_as_they_tell_the_kinds_apart() -> None:
    chance = np.random.default_rng(0)
    truth = np.arange(2000) % 2
    silent = np.zeros((2000, 2))
    telling, misleading = np.eye(2)[truth], np.eye(2)[chance.permutation(truth)]
    telling[chance.random(2000) < 0.1] = 0.5
    each = np.ones(2000)
    assert fit_temperature(silent, np.zeros(2), truth, telling, each)[2] > 3
    assert fit_temperature(silent, np.zeros(2), truth, misleading, each)[2] < 0.5


def test_what_counts_for_little_hardly_decides() -> None:
    truth = np.arange(2000) % 2
    telling = np.eye(2)[truth]
    telling[1000:] = telling[1000:, ::-1]  # the second half says the opposite
    counts = np.repeat([1.0, 0.01], 1000)
    assert fit_temperature(np.zeros((2000, 2)), np.zeros(2), truth, telling, counts)[2] > 3
    scores, high = np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([True, False, True, True, True])
    assert observed_f1_threshold(scores, high, np.ones(5)) < 0.5
    some = np.array([1, 1, 0.01, 0.01, 0.01])
    assert observed_f1_threshold(scores, high, some) == pytest.approx(0.85)


@pytest.mark.parametrize(
    ("scores", "truth", "threshold"),
    [
        ([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0], 0.55),
        ([0.9, 0.8], [1, 1], 0.5),
        ([0.9, 0.8], [0, 0], 0.5),
    ],
)
def test_the_threshold_is_where_f1_is_best(
    scores: list[float], truth: list[int], threshold: float
) -> None:
    found = observed_f1_threshold(
        np.array(scores), np.array(truth, dtype=bool), np.ones(len(scores))
    )
    assert found == pytest.approx(threshold)
