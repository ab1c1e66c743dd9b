"""For how many sentences a labelled one stands, on numbers."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.errors import TrainingError
from training.events.calibration import Calibrator
from training.events.sampling_weights import design_weights, effective_sample_size, poststratified


def test_without_weights_every_sentence_stands_for_itself() -> None:
    assert design_weights(None, 3, 1000, 3.0).tolist() == [1, 1, 1]
    assert design_weights([0.5, 0.5, 0.5], 3, 1000, 3.0).tolist() == [1, 1, 1]


def test_drawn_sentences_stand_for_the_background() -> None:
    weight = np.where(np.arange(81) % 2, 1.0, 7.0)
    scaled = design_weights(weight, 81, 1000, 3.0)
    assert scaled.sum() == pytest.approx(81 + 1000)
    assert scaled.min() == 1


def test_one_heavy_sentence_does_not_decide() -> None:
    weight = [1.0, 1, 10, 10, 10, 10, 1000]
    assert design_weights(weight, 7, 1035, 3.0).tolist() == [1, 1, 10, 10, 10, 10, 3 * 208]


@pytest.mark.parametrize("weight", [[1.0, 0.0], [1.0, np.nan], [1.0], [[1.0, 2.0]]])
def test_weights_that_are_none_are_refused(weight: object) -> None:
    with pytest.raises(TrainingError, match="2 positive numbers"):
        design_weights(weight, 2, 0, 3.0)


def test_a_sentence_stands_for_those_with_margins_like_its_own() -> None:
    margins = np.array([[-1.0, -2.0]] * 20 + [[-2.0, 1.0]] * 20)  # the greater one counts
    beyond = np.array([[-1.0, -1.0]] * 780 + [[1.0, -1.0]] * 60)
    weight = poststratified(np.ones(40), margins, beyond)
    assert weight[:20] == pytest.approx(np.sqrt(1 + 780 / 20))
    assert weight[20:] == pytest.approx(np.sqrt(1 + 60 / 20))


def test_it_is_the_geometric_mean_with_the_design() -> None:
    margins, beyond = np.zeros((4, 1)), np.zeros((12, 1))
    assert poststratified(np.array([1.0, 1, 4, 16]), margins, beyond).tolist() == [2, 2, 4, 8]


def test_a_part_of_the_background_may_stand_for_all() -> None:
    rng = np.random.default_rng(0)
    margins, beyond = rng.normal(size=(50, 2)), rng.normal(size=(300, 2))
    all_of_it = poststratified(np.ones(50), margins, np.repeat(beyond, 4, axis=0))
    np.testing.assert_allclose(poststratified(np.ones(50), margins, beyond, each=4.0), all_of_it)


def test_calibrated_with_both_the_number_of_positives_errs_less_than_by_design_alone() -> None:
    # Of 6000 sentences an earlier model, which knew less, picked the 200 that it was most unsure
    # of; 50 others were drawn.
    rng = np.random.default_rng(1)
    margin = rng.normal(-3, 1.5, size=6000)
    truth = rng.random(6000) < 1 / (1 + np.exp(-margin))
    picked = np.argsort(np.abs(margin + rng.normal(scale=1.5, size=6000)))[:200]
    others = np.setdiff1d(np.arange(6000), picked)
    error = []
    for _ in range(60):
        rows = np.concatenate([picked, rng.choice(others, 50, replace=False)])
        rest = np.setdiff1d(np.arange(6000), rows)
        design = design_weights(np.repeat([1.0, 116.0], [200, 50]), 250, len(rest), 3.0)
        both = poststratified(design, margin[rows, None], margin[rest, None])
        expected = [
            Calibrator().fit(margin[rows], truth[rows], weight).predict(margin).sum()
            for weight in (design, both)
        ]
        error.append(np.abs(np.log(np.array(expected) / truth.sum())))
    by_design, by_both = np.mean(error, axis=0)
    assert by_both < 0.8 * by_design


def test_heavy_sentences_tell_less_than_their_number() -> None:
    assert effective_sample_size(np.full(7, 3.0)) == pytest.approx(7)
    assert effective_sample_size(np.array([100.0, 1, 1])) == pytest.approx(1, abs=0.1)
    assert effective_sample_size(np.array([])) == 0


def test_drawn_sentences_stand_for_themselves_where_nothing_else_is_known() -> None:
    weight = design_weights([1.0, 1.0, 400.0, 400.0, 200.0], 5, 0, 3.0)
    assert weight[:2].tolist() == [1.0, 1.0]
    assert weight[2:].tolist() == pytest.approx([1.2, 1.2, 0.6])
