"""The learning curve and the sentence that sums it up."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluation.learning_curve import CurvePoint, Ints, LearningCurve, learning_curve

GROUPS = [f"article {i // 4}" for i in range(128)]


def test_shares_are_whole_articles_that_contain_the_smaller_ones() -> None:
    seen: list[set[int]] = []

    def score(rows: Ints) -> float:
        seen.append(set(rows.tolist()))
        assert len(rows) % 4 == 0
        return len(rows) / 128

    curve = learning_curve(score, GROUPS, fractions=(0.25, 0.5, 1.0), repeats=1)
    assert [point.n_labels for point in curve.points] == [32, 64, 128]
    assert seen[0] < seen[1] < seen[2]


def test_the_gain_is_that_of_a_doubling() -> None:
    curve = learning_curve(lambda rows: 0.1 * np.log2(len(rows)), GROUPS, repeats=1)
    assert curve.gain_per_doubling == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("gain", "spread", "words"),
    [(0.05, 0.0, "still rises"), (0.001, 0.0, "flat"), (0.02, 0.1, "guess")],
)
def test_it_says_in_words_whether_to_go_on(gain: float, spread: float, words: str) -> None:
    points = tuple(CurvePoint(n, 0.5, 0.5 - spread / 2, 0.5 + spread / 2) for n in (50, 100))
    told = LearningCurve(points, gain).in_words
    assert words in told
    assert "100 to 200" in told
