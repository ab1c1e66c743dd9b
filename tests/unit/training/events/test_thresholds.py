"""Where a label is ticked, and what excludes what."""

from __future__ import annotations

import numpy as np
import pytest

from training.events.thresholds import NEVER, decide, expected_f_threshold, thresholds


class TestDecide:
    """Probability, thresholds -> labels; column 2 excludes the rest, unless said otherwise."""

    @pytest.mark.parametrize(
        ("probability", "expected"),
        [
            ([0.6, 0.6, 0.1], [1, 1, 0]),
            ([0.6, 0.1, 0.5], [1, 0, 0]),  # it stands only alone
            ([0.6, 0.6, 0.9], [0, 0, 1]),  # and it does where it is the likeliest
            ([0.1, 0.1, 0.9], [0, 0, 1]),
            ([0.1, 0.1, 0.1], [0, 0, 1]),  # something must be said
            ([0.1, 0.4, 0.2], [0, 1, 0]),  # the likeliest, though it be below its threshold
            ([0.4, 0.4, 0.2], [1, 0, 0]),  # and no more than one
            ([0.5, 0.1, 0.1], [1, 0, 0]),  # the threshold itself is enough
        ],
    )
    def test_one_exclusive_label(self, probability: list[float], expected: list[int]) -> None:
        ticked = decide(np.array([probability]), np.full(3, 0.5), (2,))
        assert ticked.astype(int).tolist() == [expected]

    def test_of_two_exclusive_labels_the_more_probable_one(self) -> None:
        ticked = decide(np.array([[0.1, 0.2, 0.3]]), np.full(3, 0.5), (1, 2))
        assert ticked.tolist() == [[False, False, True]]

    def test_an_exclusive_label_does_not_win_a_tie(self) -> None:
        ticked = decide(np.array([[0.6, 0.1, 0.6]]), np.array([0.5, 0.5, 0.0]), (2,))
        assert ticked.tolist() == [[True, False, False]]

    def test_without_exclusive_labels_nothing_may_be_ticked(self) -> None:
        assert not decide(np.array([[0.1, 0.2]]), np.full(2, 0.5)).any()

    @pytest.mark.parametrize(
        ("probability", "threshold", "expected"),
        [
            # an exclusive label that could not be learnt outdoes no other and is never ticked
            ([0.3, 0.1, 0.4], [0.2, 0.2, NEVER], [1, 0, 0]),
            ([0.1, 0.1, 0.4], [0.2, 0.2, NEVER], [0, 0, 0]),
            # nor does another that could not be learnt keep an exclusive one from standing
            ([0.3, 0.5, 0.4], [0.2, NEVER, 0.2], [0, 0, 1]),
            ([0.1, 0.5, 0.1], [0.2, NEVER, 0.2], [0, 0, 1]),
            ([0.2, 0.5, 0.1], [0.3, NEVER, 0.2], [1, 0, 0]),
            ([0.1, 0.1, 1.0], [NEVER, NEVER, NEVER], [0, 0, 0]),
        ],
    )
    def test_what_could_not_be_learnt_takes_no_part(
        self, probability: list[float], threshold: list[float], expected: list[int]
    ) -> None:
        ticked = decide(np.array([probability]), np.array(threshold), (2,))
        assert ticked.astype(int).tolist() == [expected]

    def test_of_two_exclusive_labels_the_one_that_was_learnt(self) -> None:
        ticked = decide(np.array([[0.1, 0.6, 0.3]]), np.array([0.5, NEVER, 0.0]), (1, 2))
        assert ticked.tolist() == [[False, False, True]]


@pytest.mark.parametrize("beta", [1.0, 2.0])
def test_the_threshold_has_the_best_expected_score(beta: float) -> None:
    rng = np.random.default_rng(0)
    probability = rng.beta(0.3, 3, size=500)
    threshold = expected_f_threshold(probability, np.ones(500), beta)

    def expected(at: float) -> float:
        ticked = probability >= at
        hits = (1 + beta**2) * probability[ticked].sum()
        return float(hits / (ticked.sum() + beta**2 * probability.sum()))

    assert expected(threshold) == pytest.approx(max(map(expected, probability)), abs=1e-9)


def test_where_recall_counts_more_thresholds_are_lower() -> None:
    probability = np.random.default_rng(3).beta(0.3, 3, size=(500, 2))
    every = np.ones(500), np.array([True, True])
    assert (thresholds(probability, *every, beta=2) < thresholds(probability, *every)).all()


def test_a_weight_of_two_counts_a_sentence_twice() -> None:
    probability = np.array([0.9, 0.6, 0.4, 0.1])
    twice = expected_f_threshold(np.repeat(probability, [1, 1, 2, 1]), np.ones(5))
    assert expected_f_threshold(probability, np.array([1.0, 1, 2, 1])) == pytest.approx(twice)


def test_a_threshold_is_drawn_towards_the_common_one() -> None:
    rng = np.random.default_rng(1)
    probability = np.stack([rng.beta(0.2, 4, 400), rng.beta(1, 1, 400)], axis=1)
    learnable = np.array([True, True])
    found = thresholds(probability, np.ones(400), learnable)
    own = [expected_f_threshold(probability[:, j], np.ones(400)) for j in (0, 1)]
    assert own[0] < found[0] < found[1] < own[1]


def test_an_exclusive_label_has_no_threshold_and_does_not_draw_the_others() -> None:
    rng = np.random.default_rng(2)
    probability = np.stack([rng.beta(0.2, 4, 400), rng.beta(1, 1, 400), rng.beta(5, 2, 400)], 1)
    weight, learnable = np.ones(400), np.array([True, True, True])
    found = thresholds(probability, weight, learnable, (2,))
    assert found[:2].tolist() == thresholds(probability[:, :2], weight, learnable[:2]).tolist()
    assert found[2] == 0
    learnable[2] = False
    assert thresholds(probability, weight, learnable, (2,))[2] == NEVER


@pytest.mark.parametrize(("share", "everywhere"), [(0.03, False), (0.6, True)])
def test_what_would_best_be_ticked_everywhere_is_not_unless_most_sentences_have_it(
    share: float, everywhere: bool
) -> None:
    told = np.random.default_rng(4).beta(0.2, 4, 400)
    probability = np.stack([told, np.full(400, share)], axis=1)
    weight, both = np.ones(400), np.array([True, True])
    found = thresholds(probability, weight, both)
    ticked = decide(probability, found)[:, 1]
    assert set(ticked.tolist()) == {everywhere}
    if not everywhere:  # nor does it draw the others towards its own
        alone = thresholds(probability[:, :1], weight, both[:1])
        assert found.tolist() == [*alone.tolist(), NEVER]


def test_the_common_threshold_draws_none_so_low_that_it_is_ticked_everywhere() -> None:
    told, rare = np.full(100, 0.2), np.zeros((100, 4))
    told[:15], rare[:60] = 0.6, 0.1
    probability = np.column_stack([told, rare])
    found = thresholds(probability, np.ones(100), np.full(5, True))
    assert decide(probability, found)[:, 0].tolist() == [True] * 15 + [False] * 85
