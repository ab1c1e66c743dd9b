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
from training.events import classifier
from training.events.classifier import EventClassifier
from training.stems import TOKEN_PATTERN
from training.word_vectors import N_DIMENSIONS

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


@pytest.mark.slow
def test_descriptions_teach_words_that_no_sentence_has_yet() -> None:
    texts, labels, articles = corpus()
    described = EventClassifier(
        exclusive=(2,), descriptions=("A barrage of rockets", "Talks; a ceasefire is agreed", "")
    ).fit(
        texts, labels, groups=articles, background=["A ceasefire held", "Rockets fell", "Rockets"]
    )
    plain = EventClassifier(exclusive=(2,)).fit(texts, labels, groups=articles)
    new = ["Rockets everywhere", "Ceasefire everywhere"]
    margins = described.decision_function(new)
    assert margins[0, 0] > margins[0, 1]
    assert margins[1, 1] > margins[1, 0]
    undescribed = plain.decision_function(new)
    assert margins[0, 0] - margins[1, 0] > undescribed[0, 0] - undescribed[1, 0] + 0.1
    assert margins[1, 1] - margins[0, 1] > undescribed[1, 1] - undescribed[0, 1] + 0.1
    assert described.out_of_fold_.shape == labels.shape


def test_words_that_nobody_labelled_count_like_those_they_resemble(fitted: EventClassifier) -> None:
    new = ["Helicopters pounded Baghuz", "Diplomats began negotiations"]
    known = fitted.vectorizer_.vocabulary_
    assert not any(word in known for word in ("helico", "pounde", "diplom", "negoti"))
    margins = fitted.decision_function(new)
    assert margins[0, 0] > margins[1, 0]
    assert margins[1, 1] > margins[0, 1]


def test_a_label_is_told_by_words_near_its_description_whatever_else_a_sentence_says() -> None:
    fights = ("skirmish", "firefight", "ambush", "gunbattle", "clash", "offensive")
    meals = ("bread", "cheese", "lentils", "soup", "rice", "apples")
    tail = "which the weather service in the northern town of {} said on Monday was rather mild"
    texts = [f"A {word}, {tail.format(place)}" for word in (*fights, *meals) for place in PLACES]
    labels = np.array([[word in fights] for word in (*fights, *meals) for _ in PLACES])
    articles = [f"{word} {place}" for word in (*fights, *meals) for place in PLACES]
    described = EventClassifier(descriptions=("Battles",)).fit(texts, labels, groups=articles)
    assert described.coef_.shape[1] == len(described.vectorizer_.vocabulary_) + N_DIMENSIONS + 1
    assert described.coef_[0, -1] > 0
    plain = EventClassifier().fit(texts, labels, groups=articles)
    new = [f"A {word}, {tail.format('Baghuz')}" for word in ("melee", "yoghurt")]
    (fight, meal), (before, beside) = described.predict_proba(new), plain.predict_proba(new)
    assert fight - meal > before - beside


def test_a_model_made_before_nearness_was_a_feature_says_what_it_said() -> None:
    texts, labels, articles = corpus()
    described = ("Air strikes", "Talks", "")
    before = EventClassifier(descriptions=described).fit(texts, labels, groups=articles)
    before.coef_[:, -3:] = 0
    said = before.decision_function(texts)
    before.coef_ = before.coef_[:, :-3]
    np.testing.assert_array_equal(before.decision_function(texts), said)


def test_descriptions_are_lost_among_many_sentences() -> None:
    texts, labels, articles = corpus()
    wrong = ("A truce was agreed", "Jets bombed again", "")  # the wrong way round
    model = EventClassifier(exclusive=(2,), descriptions=wrong)
    model.fit(texts, labels, groups=articles)
    assert (model.predict(texts) == labels).mean() > 0.95


def test_a_label_with_too_few_positives_is_constant_and_listed() -> None:
    texts, labels, articles = corpus()
    rare = np.zeros((len(texts), 1), bool)
    rare[:2] = True
    model = EventClassifier().fit(texts, np.hstack([labels, rare]), groups=articles)
    assert model.constant_ == (3,)
    probability = model.predict_proba(texts)[:, 3]
    assert np.unique(probability).tolist() == [pytest.approx(2.5 / (len(texts) + 1))]
    assert not model.predict(texts)[:, 3].any()


@pytest.mark.slow
def test_a_label_known_from_one_article_only_is_constant() -> None:
    texts, labels, articles = corpus()
    one = np.array([[article == PLACES[0]] for article in articles])
    assert EventClassifier().fit(texts, np.hstack([labels, one]), groups=articles).constant_ == (3,)


@pytest.mark.parametrize("labels", [np.zeros((6, 2), bool), np.ones((6, 2), bool)])
def test_labels_that_never_vary_are_constant(labels: Bools) -> None:
    model = EventClassifier().fit([f"word number {i}" for i in range(6)], labels)
    assert model.constant_ == (0, 1)
    assert np.isfinite(model.predict_proba(["word"])).all()


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.text(max_size=12), st.booleans(), st.booleans()), min_size=2, max_size=12)
)
def test_no_labels_make_it_fall_over(rows: list[tuple[str, bool, bool]]) -> None:
    texts = [f"{text} word" for text, _, _ in rows]
    labels = np.array([[a, b] for _, a, b in rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "MIN_POSITIVES", 1)
        model = EventClassifier(exclusive=(1,)).fit(texts, labels)
    probability = model.predict_proba(texts)
    assert np.isfinite(probability).all()
    # Something is said of every sentence, if what to say of it at the least could be learnt.
    ticked = model.decide(probability)
    assert ticked.any(axis=1).all() or 1 in model.constant_
    assert not ticked[:, list(model.constant_)].any()


def test_features_are_those_of_a_tfidf_vectorizer() -> None:
    texts, labels, articles = corpus()
    background = ["Warplanes struck a hospital", "Residents said nothing"]
    model = EventClassifier().fit(texts, labels, groups=articles, background=background)
    reference = TfidfVectorizer(
        token_pattern=TOKEN_PATTERN, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    reference.fit(texts + background)
    for term, column in model.vectorizer_.vocabulary_.items():
        known = reference.vocabulary_[term]
        assert model.vectorizer_.idf_[column] == pytest.approx(reference.idf_[known])
    assert "hospit" not in model.vectorizer_.vocabulary_


@pytest.mark.parametrize("few", [True, False])
def test_a_word_that_occurs_once_counts_where_few_sentences_are_known(
    monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    texts, labels, articles = corpus()
    texts[0] = "Warplanes struck Qalmar twice"
    monkeypatch.setattr(classifier, "FEW_KNOWN", len(texts) + 1 + few)
    model = EventClassifier().fit(texts, labels, groups=articles, background=["Calm at sea"])
    assert ("qalmar" in model.vectorizer_.vocabulary_) is few
    assert "struck qalmar" not in model.vectorizer_.vocabulary_


@pytest.mark.slow
def test_the_same_data_give_the_same_model() -> None:
    texts, labels, articles = corpus()
    first, second = (EventClassifier().fit(texts, labels, groups=articles) for _ in range(2))
    np.testing.assert_array_equal(first.coef_, second.coef_)
    np.testing.assert_array_equal(first.thresholds_, second.thresholds_)


@pytest.mark.slow
def test_weights_tell_how_common_a_label_is() -> None:
    texts, labels, articles = corpus()
    weight = np.where(labels[:, 0], 1.0, 20.0)  # the strikes were sought, the others drawn
    plain = EventClassifier().fit(texts, labels, groups=articles)
    weighed = EventClassifier().fit(texts, labels, groups=articles, sample_weight=weight)
    np.testing.assert_array_equal(plain.coef_, weighed.coef_)
    assert weighed.prior_[0] < 0.1 < plain.prior_[0]


@pytest.mark.slow
def test_isotonic_calibration_wants_positives_that_weigh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "ISOTONIC_FROM", 20)
    monkeypatch.setattr(classifier, "MAX_WEIGHT", 99.0)
    texts, labels, articles = corpus()
    weight = np.ones(len(texts))
    weight[np.flatnonzero(labels[:, 0])[:2]] = 60.0  # 27 strikes that tell as much as two or three

    def calibrators(sample_weight: object) -> list[str]:
        model = EventClassifier().fit(texts, labels, groups=articles, sample_weight=sample_weight)
        return [one.method for one in model.calibrators_ if one is not None]

    assert calibrators(None) == ["isotonic"] * 3
    assert calibrators(weight) == ["platt", "isotonic", "isotonic"]


def test_a_selection_for_positives_does_not_make_a_label_common() -> None:
    # 20 000 quiet sentences are known, of which 27 were drawn; all 27 strikes were picked.
    texts, labels, articles = corpus()
    strike, quiet = labels[:, 0], labels[:, 2]
    kept = strike | quiet
    rows = [text for text, one in zip(texts, kept, strict=True) if one]
    background = [f"{text} {i}" for i in range(740) for text in rows[3:6] + rows[-6:]]
    background = [text for text in background if not text.startswith(("Warplanes", "An", "Jets"))]
    chance = np.where(strike[kept], 1.0, 27 / (27 + len(background)))
    model = EventClassifier().fit(
        rows,
        strike[kept][:, None],
        groups=[article for article, one in zip(articles, kept, strict=True) if one],
        sample_weight=1 / chance,
        background=background,
    )
    assert model.predict_proba(background).mean() < 0.05


@pytest.mark.slow
def test_it_is_clonable_and_crosses_validation() -> None:
    texts, labels, articles = corpus()
    model = clone(EventClassifier(exclusive=(2,), random_state=30))
    assert model.get_params()["random_state"] == 30
    assert model.set_params(random_state=5).random_state == 5
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


def test_a_description_for_each_label_or_for_none() -> None:
    texts, labels, articles = corpus()
    with pytest.raises(TrainingError, match="1 descriptions for 3 event types"):
        EventClassifier(descriptions=["Air strike"]).fit(texts, labels, groups=articles)


def test_a_stored_model_holds_no_training_data(fitted: EventClassifier) -> None:
    texts, labels, articles = corpus()
    model = EventClassifier().fit(texts, labels, groups=articles)
    assert model.out_of_fold_.shape == labels.shape
    assert not hasattr(model.without_training_data(), "out_of_fold_")
    assert model.predict(texts[:1]).shape == (1, 3)
