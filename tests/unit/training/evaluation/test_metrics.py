"""Metrics: the definitions by hand and against scikit-learn, the intervals by what they promise."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from annotation.records import Modifier, NumericClaim
from training.evaluation.bootstrap import Interval
from training.evaluation.metrics import EventMetrics, compute_metrics

RNG = np.random.default_rng(0)
TRUTH = RNG.random((300, 3)) < [0.4, 0.1, 0.05]
PROBABILITY = np.clip(0.6 * TRUTH + RNG.random((300, 3)) * 0.5, 0, 1).round(2)
PREDICTED = PROBABILITY > 0.45
GROUPS = [f"article {i // 10}" for i in range(300)]
NAMES = ("clash", "talks", "aid")


def value(interval: Interval | None) -> float:
    assert interval is not None
    assert interval.value is not None
    return interval.value


def claim(
    start: int,
    end: int,
    kind: str = "killed",
    low: int | None = None,
    modifier: Modifier | None = None,
) -> NumericClaim:
    amount = None if low is None else Decimal(low)
    return NumericClaim(start, end, "x" * (end - start), kind, amount, amount, modifier)


class TestEvents:
    figures = compute_metrics(TRUTH, PROBABILITY, PREDICTED, GROUPS, NAMES)

    def test_labels_agree_with_scikit_learn(self) -> None:
        assert self.figures.events is not None
        for j, label in enumerate(self.figures.events.labels):
            truth, predicted = TRUTH[:, j], PREDICTED[:, j]
            assert label.label == NAMES[j]
            assert label.support == truth.sum()
            assert label.predicted == predicted.sum()
            assert value(label.precision) == pytest.approx(precision_score(truth, predicted))
            assert value(label.recall) == pytest.approx(recall_score(truth, predicted))
            assert value(label.f1) == pytest.approx(f1_score(truth, predicted))
            assert value(label.average_precision) == pytest.approx(
                average_precision_score(truth, PROBABILITY[:, j])
            )
            assert value(label.expected_over_actual) == pytest.approx(
                PROBABILITY[:, j].sum() / truth.sum()
            )

    def test_sums_agree_with_scikit_learn(self) -> None:
        events = self.figures.events
        assert events is not None
        assert value(events.micro_f1) == pytest.approx(f1_score(TRUTH, PREDICTED, average="micro"))
        assert value(events.macro_f1) == pytest.approx(f1_score(TRUTH, PREDICTED, average="macro"))
        assert value(events.example_f1) == pytest.approx(
            f1_score(TRUTH, PREDICTED, average="samples", zero_division=1.0)
        )
        assert value(events.exact_match) == pytest.approx((TRUTH == PREDICTED).all(axis=1).mean())

    def test_intervals_hold_their_figure(self) -> None:
        events = self.figures.events
        assert events is not None
        for interval in (events.micro_f1, events.macro_f1, events.exact_match):
            assert interval.low is not None
            assert interval.high is not None
            assert interval.low < value(interval) < interval.high

    def test_figures_are_json(self) -> None:
        stored = json.loads(json.dumps(self.figures.to_json()))
        assert stored["events"]["labels"][1]["label"] == "talks"
        assert stored["events"]["micro_f1"]["value"] == value(self.figures.events.micro_f1)  # type: ignore[union-attr]
        assert stored["claims"] is None

    def test_the_seed_decides_the_intervals(self) -> None:
        again = compute_metrics(TRUTH, PROBABILITY, PREDICTED, GROUPS, NAMES)
        other = compute_metrics(TRUTH, PROBABILITY, PREDICTED, GROUPS, NAMES, seed=1)
        assert again == self.figures
        assert other != self.figures

    def test_a_label_that_never_occurs_is_undefined_and_left_out_of_macro(self) -> None:
        truth, predicted = TRUTH.copy(), PREDICTED.copy()
        truth[:, 2] = predicted[:, 2] = False
        events = compute_metrics(
            truth, PROBABILITY, predicted, GROUPS, NAMES, n_resamples=20
        ).events
        assert events is not None
        assert events.labels[2].f1 == Interval(None, None, None)
        assert str(events.labels[2].recall) == "undefined"
        assert value(events.macro_f1) == pytest.approx(
            f1_score(truth[:, :2], predicted[:, :2], average="macro")
        )

    def test_shapes_that_differ_are_refused(self) -> None:
        with pytest.raises(ValueError, match=r"\(300, 2\)"):
            compute_metrics(TRUTH[:, :2], PROBABILITY, PREDICTED, GROUPS, NAMES)


class TestCalibration:
    def test_honest_probabilities_have_a_small_error(self) -> None:
        rng = np.random.default_rng(0)
        probability = rng.random((20_000, 1))
        truth = rng.random((20_000, 1)) < probability
        events = compute_metrics(
            truth, probability, truth, list(map(str, range(20_000))), ["x"], n_resamples=10
        ).events
        assert events is not None
        assert value(events.calibration_error) < 0.01
        assert value(events.expected_over_actual) == pytest.approx(1, abs=0.03)

    def test_the_error_by_hand(self) -> None:
        # Bin 0: two pairs, expected .1, actual 0. Bin 9: two pairs, expected 1.9, actual 1.
        probability = np.array([[0.05], [0.05], [0.95], [0.95]])
        truth = np.array([[False], [False], [True], [False]])
        events = compute_metrics(
            truth, probability, truth, list("abcd"), ["x"], n_resamples=10
        ).events
        assert events is not None
        assert value(events.calibration_error) == pytest.approx((0.1 + 0.9) / 4)
        assert value(events.calibration_error_unsure) == pytest.approx(0.9 / 2)


class TestIntervals:
    def test_sentences_of_one_article_count_as_one_observation(self) -> None:
        # The same 40 answers, as 40 articles and as 4 articles that are right or wrong as a whole.
        right = np.repeat([True, True, False, True], 10)
        truth = np.ones((40, 1), bool)
        alone, together = (
            compute_metrics(truth, right[:, None] * 1.0, right[:, None], groups, ["x"]).events
            for groups in (list(map(str, range(40))), [str(i // 10) for i in range(40)])
        )
        assert alone is not None
        assert together is not None
        assert value(alone.exact_match) == value(together.exact_match) == 0.75
        widths = []
        for events in (alone, together):
            assert events.exact_match.low is not None
            assert events.exact_match.high is not None
            widths.append(events.exact_match.high - events.exact_match.low)
        assert widths[1] > 2 * widths[0]


class TestClaims:
    def test_figures_by_hand(self) -> None:
        truth = (
            (claim(0, 5, "killed", 3, "exactly"), claim(10, 15, "wounded", 4)),
            (claim(0, 8, "killed", 7, "about"),),
            (),
        )
        predicted = (
            (claim(0, 5, "killed", 3, "exactly"), claim(10, 15, "killed", 4)),
            (claim(2, 8, "killed", 9, "about"),),
            (claim(0, 3, "killed", 1),),
        )
        empty = np.zeros((3, 0))
        figures = compute_metrics(
            empty.astype(bool),
            empty,
            empty.astype(bool),
            list("abc"),
            (),
            claims=(truth, predicted),
        )
        claims = figures.claims
        assert figures.events is None
        assert claims is not None
        assert (claims.support, claims.predicted) == (3, 4)
        assert value(claims.exact.precision) == 1 / 4
        assert value(claims.exact.recall) == 1 / 3
        assert value(claims.overlapping.f1) == pytest.approx(2 * 2 / 7)
        assert value(claims.found.recall) == 1
        assert value(claims.values_right) == 1 / 2
        assert value(claims.modifiers_right) == 1
        assert [(one.label, one.support, one.predicted) for one in claims.kinds] == [
            ("killed", 2, 4),
            ("wounded", 1, 0),
        ]


def test_values_that_the_reader_gave_do_not_count_for_it() -> None:
    typed = claim(0, 5, "killed", 3, "about")
    read = replace(claim(10, 15, "killed", 4, "exactly"), read_by="machine")
    said = (claim(0, 5, "killed", 9, "exactly"), read)
    empty = np.zeros((1, 0))
    none = empty.astype(bool)
    found = compute_metrics(none, empty, none, ["a"], (), claims=(((typed, read),), (said,)))
    assert found.claims is not None
    assert value(found.claims.exact.recall) == 1
    assert value(found.claims.values_right) == 0
    assert value(found.claims.modifiers_right) == 0


@pytest.mark.parametrize("seed", range(6))
def test_every_interval_contains_its_figure(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(60, 400))
    probability = chance.random((n, 3)) ** 4
    # Well calibrated, so the calibration error is small, and most draws have a larger one.
    truth = chance.random((n, 3)) < probability
    groups = [f"a{row // 12}" for row in range(n)]
    figures = compute_metrics(truth, probability, probability > 0.4, groups, NAMES)
    assert figures.events is not None
    found = [figures.overall_f1]
    found += [
        one
        for one in (getattr(figures.events, name) for name in EventMetrics.__dataclass_fields__)
        if isinstance(one, Interval)
    ]
    assert len(found) == 8
    for one in found:
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert 0 <= one.low <= one.value <= one.high


def test_the_overall_figure_is_of_events_and_claims_together() -> None:
    truth = np.array([[True, False], [False, True]])
    marked = ((claim(0, 4), claim(6, 8)), (claim(0, 2),))
    said = ((claim(0, 4),), (claim(0, 2, "wounded"),))
    whole = compute_metrics(
        truth,
        truth.astype(float),
        truth & [True, False],
        ["a", "b"],
        NAMES[:2],
        claims=(marked, said),
    )
    # Found: an event and a claim; missed: an event and two claims; false: a claim of another kind.
    assert value(whole.overall_f1) == pytest.approx(2 * 2 / (2 * 2 + 1 + 3))
