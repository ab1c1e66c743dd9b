"""The event classifier: what it learns, what it refuses, how it decides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold, cross_val_predict

from annotation.errors import TrainingError
from training.events import (
    EventClassifier,
    article_folds,
    best_threshold,
    decide,
    thresholds,
)
from training.terms import WORD

Bools = npt.NDArray[np.bool_]

STRIKE = ("Warplanes struck {}", "An air strike hit {}", "Jets bombed {} again")
TALKS = ("Envoys met in {} for talks", "Talks on {} resumed", "A truce for {} was agreed")
QUIET = ("The weather in {} was mild", "{} is a town in the north", "Farmers of {} sell olives")
PLACES = ("Aleppo", "Idlib", "Kobani", "Raqqa", "Mosul", "Tikrit", "Sirte", "Kherson", "Myitkyina")


def corpus() -> tuple[list[str], Bools, list[str]]:
    """81 sentences of 9 articles: columns strike, talks, quiet (the rest excluded)."""
    texts, labels, articles = [], [], []
    for place in PLACES:
        for column, patterns in enumerate((STRIKE, TALKS, QUIET)):
            for pattern in patterns:
                for tail in ("", " on Monday", ", residents said"):
                    texts.append(pattern.format(place) + tail)
                    labels.append([column == j for j in range(3)])
                    articles.append(place)
    return texts, np.array(labels), articles


@pytest.fixture(scope="module")
def fitted() -> EventClassifier:
    texts, labels, articles = corpus()
    return EventClassifier(exclusive=(2,)).fit(texts, labels, groups=articles)


def test_it_learns_what_can_be_learnt(fitted: EventClassifier) -> None:
    texts = ["Warplanes struck Baghuz", "Envoys met in Baghuz for talks", "Farmers sell olives"]
    np.testing.assert_array_equal(fitted.predict(texts), np.eye(3, dtype=bool))


def test_probabilities_and_margins_have_a_row_a_text_and_a_column_a_label(
    fitted: EventClassifier,
) -> None:
    probability = fitted.predict_proba(["Jets bombed it", ""])
    assert probability.shape == fitted.decision_function(["Jets bombed it", ""]).shape == (2, 3)
    assert ((probability >= 0) & (probability <= 1)).all()


def test_calibration_knows_what_can_be_told_of_other_articles() -> None:
    # The labels of an article can be told from its name alone: so, of other articles, not at all.
    places = [place for place in PLACES for _ in range(8)]
    texts = [f"Nothing new in {place}" for place in places]
    labels = np.array([[place in PLACES[:4]] for place in places])
    by_article = EventClassifier().fit(texts, labels, groups=places)
    by_sentence = EventClassifier().fit(texts, labels)
    assert by_sentence.predict_proba(texts)[labels].mean() > 0.9
    assert by_article.predict_proba(texts)[labels].mean() < 0.6


def test_a_label_with_too_few_positives_is_constant_and_listed() -> None:
    texts, labels, articles = corpus()
    rare = np.zeros((len(texts), 1), bool)
    rare[:2] = True
    model = EventClassifier().fit(texts, np.hstack([labels, rare]), groups=articles)
    assert model.constant_ == (3,)
    probability = model.predict_proba(texts)[:, 3]
    assert np.unique(probability).tolist() == [pytest.approx(2.5 / (len(texts) + 1))]
    assert not model.predict(texts)[:, 3].any()


def test_a_label_known_from_one_article_only_is_constant() -> None:
    texts, labels, articles = corpus()
    one = np.array([[article == PLACES[0]] for article in articles])
    assert EventClassifier().fit(texts, np.hstack([labels, one]), groups=articles).constant_ == (3,)


@pytest.mark.parametrize("labels", [np.zeros((6, 2), bool), np.ones((6, 2), bool)])
def test_labels_that_never_vary_are_constant(labels: Bools) -> None:
    model = EventClassifier().fit([f"word number {i}" for i in range(6)], labels)
    assert model.constant_ == (0, 1)
    assert np.isfinite(model.predict_proba(["word"])).all()


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.text(max_size=12), st.booleans(), st.booleans()), min_size=2, max_size=12)
)
def test_no_labels_make_it_fall_over(rows: list[tuple[str, bool, bool]]) -> None:
    texts = [f"{text} word" for text, _, _ in rows]
    labels = np.array([[a, b] for _, a, b in rows])
    model = EventClassifier(min_positives=1, exclusive=(1,)).fit(texts, labels)
    probability = model.predict_proba(texts)
    assert np.isfinite(probability).all()
    assert model.decide(probability).any(axis=1).all()


def test_features_are_those_of_a_tfidf_vectorizer() -> None:
    texts, labels, articles = corpus()
    background = ["Warplanes struck a hospital", "Residents said nothing"]
    model = EventClassifier().fit(texts, labels, groups=articles, background=background)
    reference = TfidfVectorizer(token_pattern=WORD, ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    reference.fit(texts + background)
    for term, column in model.vectorizer_.vocabulary_.items():
        known = reference.vocabulary_[term]
        assert model.vectorizer_.idf_[column] == pytest.approx(reference.idf_[known])
    assert "hospit" not in model.vectorizer_.vocabulary_


def test_the_same_data_give_the_same_model() -> None:
    texts, labels, articles = corpus()
    first, second = (EventClassifier().fit(texts, labels, groups=articles) for _ in range(2))
    np.testing.assert_array_equal(first.coef_, second.coef_)
    np.testing.assert_array_equal(first.thresholds_, second.thresholds_)


def test_weights_tell_how_common_a_label_is() -> None:
    texts, labels, articles = corpus()
    weight = np.where(labels[:, 0], 1.0, 20.0)  # the strikes were sought, the others drawn
    plain = EventClassifier().fit(texts, labels, groups=articles)
    weighed = EventClassifier().fit(texts, labels, groups=articles, sample_weight=weight)
    np.testing.assert_array_equal(plain.coef_, weighed.coef_)
    assert weighed.prior_[0] < 0.1 < plain.prior_[0]


def test_drawn_sentences_stand_for_the_background() -> None:
    texts, labels, articles = corpus()
    weight = np.where(np.arange(len(texts)) % 2, 1.0, 7.0)
    background = [f"Unlabelled sentence {i}" for i in range(1000)]
    model = EventClassifier().fit(
        texts, labels, groups=articles, sample_weight=weight, background=background
    )
    scaled = model._weights(weight, len(texts), len(background))
    assert scaled.sum() == pytest.approx(len(texts) + len(background))
    assert scaled.min() == 1


def test_one_heavy_sentence_does_not_decide() -> None:
    weight = np.array([1.0, 1, 10, 10, 10, 10, 1000])
    scaled = EventClassifier(max_weight=3)._weights(weight, 7, 0)
    assert scaled.tolist() == [1, 1, 10, 10, 10, 10, 3 * 208]


def test_it_is_clonable_and_crosses_validation() -> None:
    texts, labels, articles = corpus()
    model = clone(EventClassifier(exclusive=(2,), nb_from=30))
    assert model.get_params()["nb_from"] == 30
    assert model.set_params(nb_from=5).nb_from == 5
    probability = cross_val_predict(
        model, texts, labels, groups=articles, cv=GroupKFold(3), method="predict_proba"
    )
    assert probability.shape == labels.shape
    assert ((probability > 0.5) == labels).mean() > 0.95


@pytest.mark.parametrize(
    ("texts", "labels", "weight", "message"),
    [
        (["a sentence"], [[True]], None, "too few"),
        (["a sentence", "another"], [[True]], None, "shape (1, 1)"),
        (["a sentence", "another"], [[True], [False]], [1.0, 0.0], "positive numbers"),
        (["?", "!"], [[True], [False]], None, "no word"),
    ],
)
def test_what_cannot_be_learnt_from_is_said(
    texts: list[str], labels: list[list[bool]], weight: list[float] | None, message: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        EventClassifier().fit(texts, labels, sample_weight=weight)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_stored_model_holds_no_training_data(fitted: EventClassifier) -> None:
    texts, labels, articles = corpus()
    model = EventClassifier().fit(texts, labels, groups=articles)
    assert model.out_of_fold_.shape == labels.shape
    assert not hasattr(model.without_training_data(), "out_of_fold_")
    assert model.predict(texts[:1]).shape == (1, 3)


class TestDecide:
    """Probability, thresholds -> labels; column 2 excludes the rest, unless said otherwise."""

    @pytest.mark.parametrize(
        ("probability", "expected"),
        [
            ([0.6, 0.6, 0.1], [1, 1, 0]),
            ([0.6, 0.1, 0.9], [1, 0, 0]),  # it stands only alone
            ([0.1, 0.1, 0.9], [0, 0, 1]),
            ([0.1, 0.1, 0.1], [0, 0, 1]),  # something must be said
            ([0.5, 0.1, 0.1], [1, 0, 0]),  # the threshold itself is enough
        ],
    )
    def test_one_exclusive_label(self, probability: list[float], expected: list[int]) -> None:
        ticked = decide(np.array([probability]), np.full(3, 0.5), (2,))
        assert ticked.astype(int).tolist() == [expected]

    def test_of_two_exclusive_labels_the_more_probable_one(self) -> None:
        ticked = decide(np.array([[0.1, 0.2, 0.3]]), np.full(3, 0.5), (1, 2))
        assert ticked.tolist() == [[False, False, True]]

    def test_without_exclusive_labels_nothing_may_be_ticked(self) -> None:
        assert not decide(np.array([[0.1, 0.2]]), np.full(2, 0.5)).any()


def test_articles_stay_whole_and_rare_labels_spread_over_the_folds() -> None:
    group = np.repeat(np.arange(20), 5)
    truth = np.zeros((100, 2), bool)
    truth[:, 0] = True
    truth[[0, 5, 10, 15, 20], 1] = True  # a rare label in five articles
    fold = article_folds(truth, group, 5, seed=0)
    assert all(len(np.unique(fold[group == one])) == 1 for one in range(20))
    assert sorted(fold[truth[:, 1]]) == [0, 1, 2, 3, 4]
    assert np.bincount(fold).tolist() == [20] * 5


def test_the_threshold_has_the_best_expected_f1() -> None:
    rng = np.random.default_rng(0)
    probability = rng.beta(0.3, 3, size=500)
    threshold = best_threshold(probability, np.ones(500))

    def expected_f1(at: float) -> float:
        ticked = probability >= at
        return float(2 * probability[ticked].sum() / (ticked.sum() + probability.sum()))

    assert expected_f1(threshold) == pytest.approx(max(map(expected_f1, probability)), abs=1e-9)


def test_a_weight_of_two_counts_a_sentence_twice() -> None:
    probability = np.array([0.9, 0.6, 0.4, 0.1])
    twice = best_threshold(np.repeat(probability, [1, 1, 2, 1]), np.ones(5))
    assert best_threshold(probability, np.array([1.0, 1, 2, 1])) == pytest.approx(twice)


def test_a_threshold_is_drawn_towards_the_common_one() -> None:
    rng = np.random.default_rng(1)
    probability = np.stack([rng.beta(0.2, 4, 400), rng.beta(1, 1, 400)], axis=1)
    learnable = np.array([True, True])
    found = thresholds(probability, np.ones(400), learnable)
    own = [best_threshold(probability[:, j], np.ones(400)) for j in (0, 1)]
    assert own[0] < found[0] < found[1] < own[1]
