"""Which events a sentence tells of: a linear classifier over words, word pairs and word vectors.

    text ── words, word pairs ─────────┐
         ── word vectors, nearness to ─┴── base estimators of each label ── calibration ── threshold
            the labels' descriptions

- **Words** (their first six letters) and bigrams, with sublinear TF-IDF; document frequencies come
  from all sentences known, labelled or not (``background``).
- **Word vectors** know that gunmen are like militants before anybody labels either.
- **Base estimators**: balanced logistic regression with word vectors, without, or the mean of the
  two, each as much as it makes the label likely out of fold; from ten positives on the mean with
  one that has NB-SVM features of the words, which ranks better than either.
- **Descriptions** of the labels are sentences that the base estimators learn from, too: they matter
  while a label has few others, and are lost among many. How near a sentence's words come to those
  of each description is a feature beside the word vectors, for as long as it tells anything.
- **Calibration** and **thresholds** use out-of-fold margins: every margin comes from base
  estimators that saw no sentence of the same article.
- **Sample weights** (inverse inclusion probabilities) enter calibration and thresholds, not the
  base estimators: a sentence that was picked because the model was unsure teaches as much as any
  other, but says little of how common its labels are. ``training.events.sampling_weights`` says how
  much.

Everything is scikit-learn; a label is a column, and no column has a name here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from annotation.errors import TrainingError
from training.events.calibration import Calibrator
from training.events.description_words import nearness_to_descriptions
from training.events.label_weights import fit_label
from training.events.out_of_fold import article_folds, as_if_new
from training.events.sampling_weights import design_weights, effective_sample_size, poststratified
from training.events.thresholds import decide, thresholds
from training.events.vocabulary import fit_vectorizer, tfidf_features
from training.stems import stems_in
from training.word_vectors import sentence_vectors

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BACKGROUND_SAMPLE = 4000
"""Unlabelled sentences that are enough for weights and thresholds."""

DESCRIPTION_WEIGHT = 3.0
"""As how many sentences a description counts: worth two to three points of F1 with eight articles
of seeds, and none with all of them (``benchmarks/seeds.py``). 10 would bring .008 of micro F1 from
100 labels of seeds, but two rare police labels, described by the questions that people were asked,
lose .010 to .023 by it from 150 on (streams of ``benchmarks/gate.py``, orders 13, 14 and 16). All
this was measured before nearness to descriptions was a feature."""

MIN_DF = 2
"""Known sentences in which a word must occur: what occurs once cannot be told from chance."""

FEW_KNOWN = 1000
"""Known sentences below which a word counts that occurs in one, as most words do there. By article
on the seeds (``benchmarks/seeds.py --sizes``, dealings 10 to 12) micro F1 is .018 higher by it
where 100 sentences are known, .012 where 400 are, and the same where 1,900 are; pairs that occur
once bring nothing. Among many it costs: the name of who fled changes the answer more."""

ISOTONIC_FROM = 200
"""Positives, as an effective sample size, from which calibration is isotonic: with fewer it
overfits, and Platt's two numbers are safer (Niculescu-Mizil and Caruana, "Predicting Good
Probabilities with Supervised Learning", 2005)."""

MIN_POSITIVES = 3
"""Positives below which a label is not learnt: with two, every out-of-fold margin of a positive
would rest on the one other sentence."""

N_FOLDS = 5
"""Parts into which the articles are divided for out-of-fold margins."""

MAX_WEIGHT = 3.0
"""Sample weights above 1 are cut at this multiple of their mean, so that no single sentence decides
the calibration."""


class EventClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Several event types for one sentence, with calibrated probabilities.

    Args:
        exclusive: Columns of the labels that exclude all others, in any order.
        descriptions: For each label what it is called and explained with, "" for nothing; empty
            for no label at all. A label's base estimators take its own for sentences that have it.
        beta: How many times as much recall counts as precision where thresholds are set.
        random_state: Seed of the division into folds.

    Attributes:
        vectorizer_: Fitted ``TfidfVectorizer``.
        coef_: Weights of the terms, then of the word vectors and of nearness to each description
            (0 for a label that does without them), float32, shape
            ``(n_labels, n_terms + N_DIMENSIONS + len(descriptions))``.
        intercept_: Shape ``(n_labels,)``.
        calibrators_: One for each label; None where the label is constant.
        prior_: Share of each label among the (weighted) sentences, shape ``(n_labels,)``.
        thresholds_: A label is ticked at its threshold and above, shape ``(n_labels,)``; 0 for
            exclusive labels, which are compared instead, and 1 for those in ``constant_``.
        constant_: Columns of the labels that had too few positives.
        out_of_fold_: Probabilities of the training sentences, each from base estimators
            that did not see its article, shape ``(n, n_labels)``; ``without_training_data``
            deletes it.
        classes_: Column numbers, as scikit-learn wants it.
    """

    def __init__(
        self,
        *,
        exclusive: Sequence[int] = (),
        descriptions: Sequence[str] = (),
        beta: float = 1.0,
        random_state: int = 0,
    ) -> None:
        self.exclusive = exclusive
        self.descriptions = descriptions
        self.beta = beta
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        Y: Any,  # noqa: N803
        *,
        groups: Sequence[str] | None = None,
        sample_weight: Any = None,
        relevance: Any = None,
        background: Sequence[str] = (),
    ) -> Self:
        """Learn from labelled sentences.

        Args:
            texts: n sentences.
            Y: Which sentence has which label, 0 and 1 or booleans, shape ``(n, n_labels)``.
            groups: Article of each sentence; None takes each sentence for an article.
            sample_weight: Inverse probability of having been selected, shape ``(n,)``.
            relevance: As how many sentences each counts, in learning and in calibration, shape
                ``(n,)``; None for one each.
            background: Other known sentences, for document frequencies.

        Raises:
            TrainingError: there are fewer than two sentences, or the shapes do not fit.
        """
        truth = self._checked(texts, Y)
        n, k = truth.shape
        group = np.unique(
            np.arange(n) if groups is None else np.asarray(groups), return_inverse=True
        )[1]
        counts = np.ones(n) if relevance is None else np.asarray(relevance, dtype=float)
        weight = counts * design_weights(sample_weight, n, len(background), MAX_WEIGHT)
        self.classes_ = np.arange(k)
        self.prior_ = (weight @ truth + 0.5) / (weight.sum() + 1.0)
        n_articles = np.array([len(np.unique(group[truth[:, j]])) for j in range(k)])
        learnable = (truth.sum(axis=0) >= MIN_POSITIVES) & (n_articles >= 2)
        learnable &= ~truth.all(axis=0)
        self.constant_ = tuple(np.flatnonzero(~learnable).tolist())
        # Below the sentences the descriptions, which belong to no article and are always seen.
        described = [j for j, description in enumerate(self.descriptions) if description]
        features = self._fit_features(
            [*texts, *(self.descriptions[j] for j in described)], background
        )
        fold = np.full(n + len(described), -1)
        fold[:n] = article_folds(truth, group, N_FOLDS, self.random_state)
        n_words = len(self.vectorizer_.vocabulary_)
        folds = [
            (fold != one, as_if_new(features, fold != one, n_words)) for one in np.unique(fold[:n])
        ]

        self.coef_ = np.zeros((k, features.shape[1]), dtype=np.float32)
        self.intercept_ = np.zeros(k)
        margins = np.zeros((n, k))
        for j in np.flatnonzero(learnable):
            # Labels may go together, so a description says nothing of other labels than its own.
            own = np.equal(described, j)
            weights, told = fit_label(
                features,
                np.concatenate([truth[:, j], own]),
                np.concatenate([counts, DESCRIPTION_WEIGHT * own]),
                folds,
                n_words=n_words,
                n_positives=int(truth[:, j].sum()),
            )
            self.coef_[j], self.intercept_[j] = weights[:-1], weights[-1]
            margins[:, j] = told[:n]
        self._fit_calibration(margins, truth, weight, background, learnable)
        return self

    def _checked(self, texts: Sequence[str], Y: Any) -> Bools:  # noqa: N803
        """Which sentence has which label, shape ``(n, n_labels)``; raises as ``fit``."""
        truth = np.asarray(Y, dtype=bool)
        if truth.ndim != 2 or len(truth) != len(texts):
            raise TrainingError(
                f"The labels have shape {truth.shape}, but there are {len(texts)} sentences.",
                hint="Give one row for each sentence and one column for each event type.",
            )
        if len(texts) < 2:
            raise TrainingError(
                f"{len(texts)} labelled sentences are too few to learn from.",
                hint="Label at least two sentences, preferably fifty, and train again.",
            )
        if len(self.descriptions) not in (0, truth.shape[1]):
            raise TrainingError(
                f"There are {len(self.descriptions)} descriptions for "
                f"{truth.shape[1]} event types.",
                hint='Describe each event type, with "" where there is nothing to say, or none.',
            )
        return truth

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Calibrated probability of each label for each text, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        return self.calibrate(self.decision_function(texts))

    def decision_function(self, texts: Sequence[str]) -> Floats:
        """Margin of each label for each text, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        of_words, of_meanings = np.split(
            self.coef_.T.astype(np.float64), [len(self.vectorizer_.vocabulary_)]
        )
        words, meanings = self._words_and_meanings(texts)
        # Models that were made before nearness was a feature have no weights for it.
        meanings = meanings[:, : len(of_meanings)]
        return np.asarray(words @ of_words + meanings @ of_meanings + self.intercept_)

    def predict(self, texts: Sequence[str]) -> Bools:
        """Which labels each text has, shape ``(n, n_labels)``."""
        return self.decide(self.predict_proba(texts))

    def calibrate(self, margins: Floats) -> Floats:
        """Probabilities of margins, both of shape ``(n, n_labels)``."""
        probability = np.tile(self.prior_, (len(margins), 1))
        for j, calibrator in enumerate(self.calibrators_):
            if calibrator is not None:
                probability[:, j] = calibrator.predict(margins[:, j])
        return probability

    def decide(self, probability: Floats) -> Bools:
        """Labels from probabilities, both of shape ``(n, n_labels)``; see ``decide``."""
        return decide(probability, self.thresholds_, self.exclusive)

    def without_training_data(self) -> Self:
        """Drop what only training needs, so that a stored model is small."""
        if hasattr(self, "out_of_fold_"):
            del self.out_of_fold_
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.target_tags.two_d_labels = True
        tags.classifier_tags.multi_label = True
        tags.classifier_tags.multi_class = False
        return tags

    def _fit_features(self, texts: Sequence[str], background: Sequence[str]) -> csr_matrix:
        """Set ``vectorizer_`` and return the features of the texts."""
        try:
            few = len(texts) + len(background) < FEW_KNOWN
            self.vectorizer_ = fit_vectorizer(
                texts, background, min_df=MIN_DF, min_df_word=1 if few else MIN_DF
            )
        except ValueError as error:
            raise TrainingError(
                "The labelled sentences hold no word of two letters or more.",
                hint="Check that the field that is labelled holds the sentence's text.",
            ) from error
        words, meanings = self._words_and_meanings(texts)
        return csr_matrix(hstack([words, csr_matrix(meanings)]))

    def _words_and_meanings(self, texts: Sequence[str]) -> tuple[csr_matrix, Floats]:
        """TF-IDF, of length 1; word vectors, of length 1, and nearness to descriptions."""
        stems = [stems_in(text) for text in texts]
        meanings = [sentence_vectors(stems), nearness_to_descriptions(self.descriptions, stems)]
        return tfidf_features(self.vectorizer_, stems), np.hstack(meanings)

    def _fit_calibration(
        self,
        margins: Floats,
        truth: Bools,
        weight: Floats,
        background: Sequence[str],
        learnable: Bools,
    ) -> None:
        """Set calibrators, out-of-fold probabilities and thresholds.

        Args:
            margins: Out-of-fold margins, shape ``(n, n_labels)``.
            truth: Same shape.
            weight: Weights by design, shape ``(n,)``.
            background: The unlabelled sentences.
            learnable: Which labels have base estimators, shape ``(n_labels,)``.
        """
        # A part of the background is enough to know how common which margins are.
        some = list(background)[:: max(1, len(background) // BACKGROUND_SAMPLE)]
        each = len(background) / max(1, len(some))
        beyond = self.decision_function(some) if some else margins[:0]
        if some and learnable.any() and np.ptp(weight):
            weight = poststratified(weight, margins[:, learnable], beyond[:, learnable], each)
        self.calibrators_: list[Calibrator | None] = [None] * len(learnable)
        for j in np.flatnonzero(learnable):
            isotonic = effective_sample_size(weight[truth[:, j]]) >= ISOTONIC_FROM
            self.calibrators_[j] = Calibrator("isotonic" if isotonic else "platt").fit(
                margins[:, j], truth[:, j], weight
            )
        self.out_of_fold_ = self.calibrate(margins)
        known, stands_for = self.out_of_fold_, weight
        if some:  # with the unlabelled sentences at hand, every sentence stands for itself
            known = np.vstack([known, self.calibrate(beyond)])
            stands_for = np.repeat([1.0, each], [len(margins), len(some)])
        self.thresholds_ = thresholds(known, stands_for, learnable, self.exclusive, beta=self.beta)
