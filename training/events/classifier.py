"""Which events a sentence tells of: a linear classifier over words and word pairs.

    text ── TF-IDF ── one linear head a label ── calibration ── probability ── threshold ── label

- **Terms** are words (their first six letters) and bigrams, with sublinear TF-IDF; document
  frequencies come from all sentences known, labelled or not (``background``).
- **Heads**: balanced logistic regression alone while a label has fewer than ``nb_from``
  positives, then the mean of its margins and of those of one with NB-SVM features, which
  ranks better than either from there on.
- **Descriptions** of the labels are sentences that the heads learn from, too: they matter while a
  label has few others, and are lost among many.
- **Calibration** and **thresholds** use out-of-fold margins: every margin comes from a head
  that saw no sentence of the same article. Platt scaling, isotonic regression from
  ``isotonic_from`` positives on.
- **Sample weights** (inverse selection probabilities) enter calibration and thresholds, not the
  heads: a sentence that was picked because the model was unsure teaches as much as any other,
  but says little of how common its labels are. ``training.events.sampling_weights`` says how much.

Everything is scikit-learn; a label is a column, and no column has a name here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from annotation.errors import TrainingError
from training.events.base_estimators import Calibrator, NBLogisticRegression
from training.events.sampling_weights import design_weights, effective_sample_size, poststratified
from training.events.thresholds import decide, thresholds
from training.events.vocabulary import WORD, TermIndex, learn_vocabulary

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

BACKGROUND_SAMPLE = 4000
"""Unlabelled sentences that are enough for weights and thresholds."""


class EventClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Several event types for one sentence, with calibrated probabilities.

    Args:
        exclusive: Columns of the labels that exclude all others, in any order.
        descriptions: For each label what it is called and explained with, "" for nothing; empty
            for no label at all. A label's heads take its own for a sentence that has it.
        description_weight: As how many sentences a description counts.
        min_df: A term must occur in that many known sentences.
        nb_from: Positives from which a label gets a second head, with NB-SVM features.
        isotonic_from: Positives from which calibration is isotonic; where they weigh unequally,
            the number of equally heavy ones that would tell as much.
        min_positives: A label with fewer positives, or with positives in a single article,
            cannot be learnt: its probability is its share, and it is listed in ``constant_``.
        n_folds: Parts into which the articles are divided for out-of-fold margins.
        max_weight: Sample weights above 1 are cut at this multiple of their mean, so that no
            single sentence decides the calibration.
        logistic_C: Inverse regularisation of the logistic heads.
        nb_C: Inverse regularisation of the NB-SVM heads.
        random_state: Seed of the division into folds.

    Attributes:
        vectorizer_: Fitted ``TfidfVectorizer``.
        coef_: Weights of the terms, float32, shape ``(n_labels, n_terms)``.
        intercept_: Shape ``(n_labels,)``.
        calibrators_: One for each label; None where the label is constant.
        prior_: Share of each label among the (weighted) sentences, shape ``(n_labels,)``.
        thresholds_: A label is ticked at its threshold and above, shape ``(n_labels,)``; 0 for
            exclusive labels, which are compared instead, and 1 for those in ``constant_``.
        constant_: Columns of the labels that had too few positives.
        out_of_fold_: Probabilities of the training sentences, each from heads that did not see
            its article, shape ``(n, n_labels)``; deleted by ``without_training_data``.
        classes_: Column numbers, as scikit-learn wants it.
    """

    def __init__(
        self,
        *,
        exclusive: Sequence[int] = (),
        descriptions: Sequence[str] = (),
        description_weight: float = 3.0,
        min_df: int = 2,
        nb_from: int = 10,
        isotonic_from: int = 200,
        min_positives: int = 3,
        n_folds: int = 5,
        max_weight: float = 3.0,
        logistic_C: float = 3.0,  # noqa: N803 - scikit-learn's name
        nb_C: float = 1.0,  # noqa: N803
        random_state: int = 0,
    ) -> None:
        self.exclusive = exclusive
        self.descriptions = descriptions
        self.description_weight = description_weight
        self.min_df = min_df
        self.nb_from = nb_from
        self.isotonic_from = isotonic_from
        self.min_positives = min_positives
        self.n_folds = n_folds
        self.max_weight = max_weight
        self.logistic_C = logistic_C
        self.nb_C = nb_C
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        Y: Any,  # noqa: N803
        *,
        groups: Sequence[str] | None = None,
        sample_weight: Any = None,
        background: Sequence[str] = (),
    ) -> Self:
        """Learn from labelled sentences.

        Args:
            texts: n sentences.
            Y: Which sentence has which label, 0 and 1 or booleans, shape ``(n, n_labels)``.
            groups: Article of each sentence; None takes each sentence for an article.
            sample_weight: Inverse probability of having been selected, shape ``(n,)``.
            background: Other known sentences, for document frequencies.

        Raises:
            TrainingError: there are fewer than two sentences, or the shapes do not fit.
        """
        truth = np.asarray(Y, dtype=bool)
        if truth.ndim != 2 or len(truth) != len(texts):
            raise TrainingError(
                f"The labels have shape {truth.shape}, but there are {len(texts)} sentences.",
                hint="Give one row for each sentence and one column for each event type.",
            )
        if len(texts) < 2:
            raise TrainingError(
                f"{len(texts)} labelled sentences are too few to learn from.",
                hint="Label at least two sentences, better fifty, and train again.",
            )
        n, k = truth.shape
        if len(self.descriptions) not in (0, k):
            raise TrainingError(
                f"There are {len(self.descriptions)} descriptions for {k} event types.",
                hint='Describe each event type, with "" where there is nothing to say, or none.',
            )
        group = np.unique(
            np.arange(n) if groups is None else np.asarray(groups), return_inverse=True
        )[1]
        weight = design_weights(sample_weight, n, len(background), self.max_weight)
        self.classes_ = np.arange(k)
        self.prior_ = (weight @ truth + 0.5) / (weight.sum() + 1.0)
        n_articles = np.array([len(np.unique(group[truth[:, j]])) for j in range(k)])
        learnable = (truth.sum(axis=0) >= self.min_positives) & (n_articles >= 2)
        learnable &= ~truth.all(axis=0)
        self.constant_ = tuple(np.flatnonzero(~learnable).tolist())
        # Below the sentences the descriptions, which belong to no article and are always seen.
        described = [j for j, description in enumerate(self.descriptions) if description]
        features = self._fit_terms([*texts, *(self.descriptions[j] for j in described)], background)
        fold = np.full(n + len(described), -1)
        fold[:n] = article_folds(truth, group, self.n_folds, self.random_state)
        folds = [(fold != one, as_if_new(features, fold != one)) for one in np.unique(fold[:n])]

        self.coef_ = np.zeros((k, features.shape[1]), dtype=np.float32)
        self.intercept_ = np.zeros(k)
        margins = np.zeros((n, k))
        for j in np.flatnonzero(learnable):
            # Labels may go together, so a description says nothing of other labels than its own.
            own = np.equal(described, j)
            margins[:, j] = self._fit_label(
                j,
                1 if truth[:, j].sum() < self.nb_from else 2,
                features,
                np.concatenate([truth[:, j], own]),
                np.concatenate([np.ones(n), self.description_weight * own]),
                folds,
            )[:n]
        self._fit_calibration(margins, truth, weight, background, learnable)
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Calibrated probability of each label for each text, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        return self.calibrate(self.decision_function(texts))

    def decision_function(self, texts: Sequence[str]) -> Floats:
        """Margin of each label for each text, shape ``(n, n_labels)``."""
        check_is_fitted(self)
        return self._margins(self.vectorizer_.transform(texts))

    def predict(self, texts: Sequence[str]) -> Bools:
        """Which labels each text has, shape ``(n, n_labels)``."""
        return self.decide(self.predict_proba(texts))

    def calibrate(self, margins: Floats) -> Floats:
        """Probabilities of margins, both of shape ``(n, n_labels)``."""
        probability = np.empty_like(margins)
        for j, calibrator in enumerate(self.calibrators_):
            probability[:, j] = (
                self.prior_[j] if calibrator is None else calibrator.predict(margins[:, j])
            )
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

    def _fit_terms(self, texts: Sequence[str], background: Sequence[str]) -> csr_matrix:
        """Set ``vectorizer_`` and return the TF-IDF features of the texts."""
        vocabulary = learn_vocabulary(texts, background, min_df=self.min_df)
        if not vocabulary.terms:  # two sentences without a common word still make a model
            vocabulary = learn_vocabulary(texts, background, min_df=1)
        if not vocabulary.terms:
            raise TrainingError(
                "The labelled sentences hold no word of two letters or more.",
                hint="Check that the field that is labelled holds the sentence's text.",
            )
        self.vectorizer_ = TfidfVectorizer(
            token_pattern=WORD,
            ngram_range=(1, 2),
            sublinear_tf=True,
            vocabulary={term: column for column, term in enumerate(vocabulary.terms)},
        )
        # The smooth inverse document frequency of TfidfTransformer.
        self.vectorizer_.idf_ = (
            np.log((1 + vocabulary.n_documents) / (1 + vocabulary.document_frequency)) + 1
        )
        return self._features(texts)

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        """What ``vectorizer_.transform`` gives, faster."""
        return tf_idf(TermIndex(self.vectorizer_.vocabulary_).count(texts), self.vectorizer_.idf_)

    def _margins(self, features: csr_matrix) -> Floats:
        return np.asarray(features @ self.coef_.T.astype(np.float64) + self.intercept_)

    def _fit_label(
        self,
        j: int,
        n_heads: int,
        features: csr_matrix,
        truth: Bools,
        counts: Floats,
        folds: Sequence[tuple[Bools, csr_matrix]],
    ) -> Floats:
        """Set weights and intercept of a label, and return its out-of-fold margins.

        ``counts`` says as how many sentences each row counts; those with 0 are not looked at.
        """
        margins = np.zeros(len(truth))
        for seen, unseen in folds:
            rows = np.flatnonzero(seen & (counts > 0))
            if truth[rows].any() and not truth[rows].all():  # else nothing tells them apart
                coef, intercept = self._fit_heads(
                    n_heads, features[rows], truth[rows], counts[rows]
                )
                margins[~seen] = unseen @ coef + intercept
        rows = np.flatnonzero(counts)
        self.coef_[j], self.intercept_[j] = self._fit_heads(
            n_heads, features[rows], truth[rows], counts[rows]
        )
        return margins

    def _fit_heads(
        self, n_heads: int, features: csr_matrix, truth: Bools, counts: Floats
    ) -> tuple[Floats, float]:
        """Weights and intercept of the mean of the first heads."""
        heads: list[LogisticRegression] = [
            LogisticRegression(
                C=self.logistic_C, class_weight="balanced", solver="liblinear", max_iter=300
            ),
            NBLogisticRegression(C=self.nb_C),
        ][:n_heads]
        coef, intercept = np.zeros(features.shape[1]), 0.0
        for head in heads:
            head.fit(features, truth, sample_weight=counts)
            coef += head.coef_[0] / n_heads
            intercept += float(head.intercept_[0]) / n_heads
        return coef, intercept

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
            learnable: Which labels have heads, shape ``(n_labels,)``.
        """
        # A part of the background is enough to know how common which margins are.
        some = list(background)[:: max(1, len(background) // BACKGROUND_SAMPLE)]
        each = len(background) / max(1, len(some))
        beyond = self._margins(self._features(some)) if some else margins[:0]
        if some and learnable.any() and np.ptp(weight):
            weight = poststratified(weight, margins[:, learnable], beyond[:, learnable], each)
        self.calibrators_: list[Calibrator | None] = [None] * len(learnable)
        for j in np.flatnonzero(learnable):
            isotonic = effective_sample_size(weight[truth[:, j]]) >= self.isotonic_from
            self.calibrators_[j] = Calibrator("isotonic" if isotonic else "platt").fit(
                margins[:, j], truth[:, j], weight
            )
        self.out_of_fold_ = self.calibrate(margins)
        known, standing = self.out_of_fold_, weight
        if some:  # with the unlabelled sentences at hand, every sentence stands for itself
            known = np.vstack([known, self.calibrate(beyond)])
            standing = np.repeat([1.0, each], [len(margins), len(some)])
        self.thresholds_ = thresholds(known, standing, learnable, self.exclusive)


def tf_idf(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """Sublinear TF-IDF with rows of length 1, as ``TfidfTransformer`` makes it, from counts."""
    counts.data = (np.log(counts.data) + 1.0) * idf[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    norm = np.sqrt(np.bincount(row, counts.data**2, minlength=counts.shape[0]))
    counts.data /= norm[row]
    return counts


def as_if_new(features: csr_matrix, seen: Bools) -> csr_matrix:
    """Features of the sentences not seen, as they would be if their own words were unknown.

    In a sentence that nobody labelled, words that no labelled sentence has are left out before its
    features are scaled to length 1. Out of fold it has to be the same, or margins there are
    smaller than those of new sentences, and all probabilities turn out too high.
    """
    known = np.zeros(features.shape[1])
    known[features[seen].indices] = 1.0
    unseen = features[~seen].copy()
    unseen.data *= known[unseen.indices]
    return normalize(unseen)


def article_folds(truth: Bools, group: Ints, n_folds: int, seed: int) -> Ints:
    """Fold of each sentence, whole articles together, positives spread evenly over the folds.

    Articles with the rarest labels are dealt out first, each to the fold that has least of that
    label (after Sechidis et al., "On the Stratification of Multi-label Data", 2011). Every fold
    leaves positives to learn from, as long as a label has them in two articles.
    """
    n_groups = int(group.max()) + 1
    counts = np.zeros((n_groups, truth.shape[1]))
    np.add.at(counts, group, truth)
    sizes = np.bincount(group, minlength=n_groups)
    per_label = (counts > 0).sum(axis=0)
    rarest = np.where(counts > 0, per_label, n_groups + 1).min(axis=1, initial=n_groups + 1)
    rank = np.random.default_rng(seed).permutation(n_groups)
    n_folds = max(2, min(n_folds, n_groups))
    fold_of = np.zeros(n_groups, dtype=np.int64)
    load, held = np.zeros(n_folds), np.zeros((n_folds, truth.shape[1]))
    for one in np.lexsort((rank, -sizes, rarest)):
        mine = np.flatnonzero(counts[one])
        rare = mine[np.argmin(per_label[mine])] if len(mine) else None
        key = (load,) if rare is None else (load, held[:, rare])
        fold = np.lexsort(key)[0]
        fold_of[one] = fold
        load[fold] += sizes[one]
        held[fold] += counts[one]
    return fold_of[group]
