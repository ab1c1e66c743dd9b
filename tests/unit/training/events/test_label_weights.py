"""The weights of one label: which base estimators it rests on, and its out-of-fold margins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from training.events import label_weights
from training.events.calibration import Calibrator
from training.events.label_weights import fit_label

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

N = 60
TRUTH = np.arange(N) % 3 == 0
NOISE = np.random.default_rng(5).normal(size=(N, 2))


def fitted(words: Floats, vectors: Floats, truth: Bools = TRUTH) -> tuple[Floats, Floats]:
    features = csr_matrix(np.hstack([words, vectors]))
    fold = np.arange(N) % 5
    return fit_label(
        features,
        truth,
        np.ones(N),
        [(fold != one, features[fold == one]) for one in range(5)],
        n_words=words.shape[1],
        n_positives=int(truth.sum()),
    )


def test_a_label_that_its_words_tell_does_without_vectors_of_noise() -> None:
    words = np.stack([TRUTH, ~TRUTH], axis=1).astype(float)
    weights, margins = fitted(words, NOISE)
    assert np.abs(weights[2:4]).max() < np.abs(weights[:2]).max() / 20
    assert margins[TRUTH].min() > margins[~TRUTH].max()


def test_a_label_that_vectors_tell_has_them() -> None:
    words = np.random.default_rng(1).integers(0, 2, (N, 3)).astype(float)
    weights, margins = fitted(words, np.stack([TRUTH - 0.5, NOISE[:, 0] / 9], axis=1))
    assert abs(weights[3]) > 1
    assert margins[TRUTH].min() > margins[~TRUTH].max()


@pytest.mark.parametrize(
    ("losses", "shares"),
    [
        ([0.2, 0.2, 0.2], [1 / 3, 1 / 3, 1 / 3]),
        # twice as likely, over 60 sentences, counts as its square
        ([0.2, 0.2 + np.log(2) / N, 0.2 + np.log(2) / N], [4 / 6, 1 / 6, 1 / 6]),
        ([0.2, 1.2, 1.2], [1, 0, 0]),
    ],
)
def test_mixtures_add_up_by_how_likely_they_make_what_people_said(
    losses: list[float], shares: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter(losses)
    of = {"words": [1.0, 0, 0, 0, 0], "vectors": [0.0, 1, 0, 0, 0], "bayes": [0.0, 0, 1, 0, 0]}
    monkeypatch.setattr(label_weights, "_platt_loss", lambda *_: next(told))
    monkeypatch.setattr(label_weights, "_fit", lambda name, *_: np.array(of[name]))
    weights, margins = fitted(np.ones((N, 2)), np.ones((N, 2)))
    vectors, both, words = shares
    expected = [words / 2 + both / 3, vectors / 2 + both / 3, words / 2 + vectors / 2 + both / 3]
    assert weights[:3] == pytest.approx(expected)
    assert margins == pytest.approx(np.full(N, weights[:3].sum()))


def test_naive_bayes_joins_in_from_ten_positives_and_looks_at_words_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = np.random.default_rng(2).integers(0, 2, (N, 3)).astype(float)
    few = np.arange(N) % 7 == 0
    names: list[tuple[str, int]] = []
    fit = label_weights._fit

    def noted(name: str, *known: object) -> Floats:
        weights = fit(name, *known)  # type: ignore[arg-type]
        names.append((name, int(np.count_nonzero(weights[3:5]))))
        return weights

    monkeypatch.setattr(label_weights, "_fit", noted)
    fitted(words, NOISE, few)
    assert {name for name, _ in names} == {"words", "vectors"}
    names.clear()
    fitted(words, NOISE)
    assert {name for name, _ in names} == {"words", "vectors", "bayes"}
    assert {number for name, number in names if name != "vectors"} == {0}


def test_margins_are_of_fits_that_have_not_seen_the_sentence() -> None:
    own = np.eye(N)  # each sentence has a word of its own, which tells only itself
    _, margins = fitted(own, np.zeros((N, 2)))
    assert np.ptp(margins) < 1


COUNTS = np.random.default_rng(3).uniform(0.1, 4, N)


@pytest.mark.parametrize("rare", [3, 11])
def test_both_classes_weigh_the_same_as_scikit_learn_has_it(rare: int) -> None:
    truth = np.arange(N) % rare == 0
    known = csr_matrix(np.hstack([NOISE, NOISE**2])), truth, COUNTS
    weights = label_weights._fit("vectors", *known, 2)
    peer = LogisticRegression(
        C=label_weights.LOGISTIC_C, class_weight="balanced", solver="liblinear", max_iter=300
    ).fit(*known)
    assert weights == pytest.approx([*peer.coef_[0], *peer.intercept_])


@pytest.mark.parametrize("margins", [NOISE[:, 0], 900.0 * TRUTH, 900.0 * ~TRUTH, np.zeros(N)])
def test_the_loss_is_the_log_loss_that_scikit_learn_has(margins: Floats) -> None:
    told = Calibrator("platt").fit(margins, TRUTH, COUNTS).predict(margins)
    assert label_weights._platt_loss(margins, TRUTH, COUNTS) == pytest.approx(
        log_loss(TRUTH, told, sample_weight=COUNTS)
    )
