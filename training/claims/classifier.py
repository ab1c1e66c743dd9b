"""Which of the numbers in a sentence are claims, and of what kind.

The reader (``annotation.numbers.reader``) finds every numeric mention and reads its value; this
classifier decides for each the claim kind, or none. It learns from what people did to the
candidates: kept, dropped, relabelled, or marked with other ends.

    mention ── words around, noun, unit, modifier, event scores ── two linear models ─┐
            ── word vectors of verb, noun, words around ── the first of them ─────────┤
            ── words of the labels that stand near, or govern it ─────────────────────┴── scores
    scores  ── kind, and calibrated probabilities ── threshold on "is a claim"

- **Two linear models** are added, both fitted as if all kinds were equally common, so that rare
  ones are found at all: multinomial logistic regression, and complement naive Bayes (Rennie et
  al., "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003), which is the
  steadier of the two on the dozen examples of a rare kind. Together they are one matrix.
- **Word vectors** of what is done to those counted, of the noun and of the words around it tell
  what no example has shown: with those who beheaded come those who lynched. On the seeds, by
  article, they and the verb that governs the noun lift micro F1 from .746 to .775.
- **Words of the labels.** What a kind is called and explained with ("arrested, abducted, held")
  speaks for it, the more the nearer it stands, and most where it governs the noun.
- **Calibration** is temperature scaling (Guo et al., "On Calibration of Modern Neural Networks",
  ICML 2017), which also puts back how common each kind is. The temperature, the strength of the
  prior and that of the labels' words are fitted on scores of articles that the model did not see:
  three numbers are all that a few dozen claims can bear.

What each part is worth: ``benchmarks/claims.py``.

A claim that a person marked and the reader did not propose cannot be learnt. It is counted and
listed in ``missed_``, so that the grammar can grow.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import softmax
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.utils.validation import check_is_fitted

from annotation.attribution.reader import sources_of
from annotation.numbers.reader import Mention, read
from annotation.records import NumericClaim, Policy
from training.claims.calibration import (
    DESCRIPTION_STRENGTH,
    fit_temperature,
    observed_f1_threshold,
)
from training.claims.features import stems_of
from training.claims.matching import covers_number, match_mentions
from training.claims.matrix import (
    N_MEANINGS,
    MentionFeatures,
    features_of_mentions,
    mention_matrix,
    vocabulary_of,
)
from training.claims.people_harmed import (
    FEWEST_IMPLIED,
    cannot_be,
    decide_implied,
    least_sure,
)
from training.claims.span_correction import learn_span_correction

Floats = NDArray[np.float64]

FEWEST_FOR_CALIBRATION = 30
"""Mentions below which temperature, threshold and strength of the labels' words stay at 1, one
half and ``DESCRIPTION_STRENGTH``: out-of-fold scores of fewer say more about the folds than about
the model."""

C = 1.0
"""Inverse strength of the L2 penalty of logistic regression: scikit-learn's own."""

N_FOLDS = 5
"""Folds, by article, for the out-of-fold scores."""

SMOOTHING = 0.3
"""Added to each count of complement naive Bayes."""

_UNSEEN = -12.0  # logit of a class that a fold's model never saw: e^-12 is nearly never


@dataclass(frozen=True, slots=True)
class Missed:
    """A claim that a person marked and the reader did not propose."""

    row: int
    """Index of the sentence in what was fitted."""
    sentence: str
    """The sentence."""
    claim: NumericClaim
    """The claim."""


class ClaimClassifier(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Decides the claim kind of each numeric mention, or that it is none.

    Args:
        kinds: aliases of the claim kinds, in the order of the schema.
        descriptions: what each of them is called and explained with; empty for unknown.
        harms: what happened to the people whom each of them counts, None for none; with any, one
            person who came to harm and is named without a number is proposed, too.

    Attributes:
        missed_: claims that the reader did not propose.
        support_: how many mentions of each kind were learnt from, by alias.
        candidates_: how many mentions were learnt from, those that are no claim included.
        span_correction_: by how many words people move the ends of the reader's spans.
        description_strength_: what a label's word beside the number adds to the score of its kind.
        temperature_: what the scores are divided by before they become probabilities.
        shift_: what is then added to them: how common "no claim" and each kind are.
        threshold_: a mention is a claim when the probabilities of all kinds together reach it.
    """

    def __init__(
        self,
        kinds: tuple[str, ...] = (),
        descriptions: Sequence[str] = (),
        harms: Sequence[str | None] = (),
    ) -> None:
        self.kinds = kinds
        self.harms = harms
        self.descriptions = descriptions

    def fit(
        self,
        texts: Sequence[str],
        claims: Sequence[Sequence[NumericClaim]],
        *,
        event_scores: Floats | None = None,
        groups: Sequence[str] | None = None,
        undecided: Sequence[Sequence[NumericClaim]] | None = None,
        partly: Sequence[bool] | None = None,
        relevance: Floats | None = None,
    ) -> Self:
        """Learn from adjudicated sentences.

        Args:
            texts: n sentences.
            claims: the claims of each; a mention that none of them covers is no claim.
            event_scores: ``(n, k)`` probabilities of event types, out of fold; None for none.
            groups: the article of each sentence; None where each stands for itself.
            undecided: claims on which people are split; mentions in them are not learnt from.
            partly: where not all claims are known: mentions that none covers are not learnt from.
            relevance: ``(n,)``: as how many sentences each counts; None for one each.
        """
        read = self._read(texts)
        # A number is learnt with one kind; a second claim of it was proposed, too.
        self.missed_ = tuple(
            Missed(row, texts[row], claim)
            for row, proposed in enumerate(read)
            for claim in claims[row]
            if not any(covers_number(claim, one) for one in proposed)
        )
        self.learns_implied_ = (
            sum(claim.implied for some in claims for claim in some) >= FEWEST_IMPLIED
        )
        if not self.learns_implied_:  # who never marks them has not said that they are none
            read = [tuple(one for one in found if not one.implied) for found in read]
        learnt = list(_learnt_from(read, claims, undecided, partly))
        rows = [row for row, _, _ in learnt]
        kinds = [None if claim is None else claim.kind for _, _, claim in learnt]
        place = {kind: number for number, kind in enumerate(self.kinds, start=1)}
        target = np.array([0 if kind is None else place[kind] for kind in kinds], dtype=np.int64)
        self.candidates_ = len(learnt)
        self.support_ = {kind: kinds.count(kind) for kind in self.kinds}
        self.span_correction_ = learn_span_correction(
            [
                (texts[row], mention, claim)
                for row, mention, claim in learnt
                if claim is not None and not mention.implied
            ]
        )
        self.n_event_scores_ = 0 if event_scores is None else int(event_scores.shape[1])
        self.stems_ = stems_of(self.descriptions)
        found = self._features(texts, rows, [mention for _, mention, _ in learnt])
        self.vocabulary_, self.n_near_ = vocabulary_of(found.names)
        matrix = self._matrix(found, rows, event_scores)
        counts = np.ones(len(rows)) if relevance is None else np.asarray(relevance)[rows]
        self._fit_scores(matrix, target, counts)
        owners = np.array([groups[row] if groups is not None else str(row) for row in rows])
        self._calibrate(matrix, found.near, target, owners, counts)
        return self

    def predict(
        self,
        texts: Sequence[str],
        event_scores: Floats | None = None,
        *,
        policy: Policy = "literal",
    ) -> tuple[tuple[NumericClaim, ...], ...]:
        """The claims of each sentence, ordered by start and end.

        Each has its kind, reading and score, and who says so, where the sentence names a source.

        Args:
            texts: the sentences.
            event_scores: ``(len(texts), k)`` as in ``fit``.
            policy: how vague words are read; it changes values, and no decision.
        """
        mentions = self._read(texts, policy)
        rows = [row for row, found in enumerate(mentions) for _ in found]
        flat = [mention for found in mentions for mention in found]
        marked: list[list[tuple[Mention, str, float]]] = [[] for _ in texts]
        if flat and self.kinds:
            proba, best = self._decide(texts, rows, flat, event_scores)
            for number in np.flatnonzero(1.0 - proba[:, 0] >= self.threshold_).tolist():
                kind = int(best[number])
                score = float(proba[number, kind])
                marked[rows[number]].append((flat[number], self.kinds[kind - 1], score))
        return tuple(map(self._claims, texts, marked))

    def _claims(
        self, text: str, marked: Sequence[tuple[Mention, str, float]]
    ) -> tuple[NumericClaim, ...]:
        """The claims of a sentence: mentions with their kinds and scores, and who says so."""
        if not marked:
            return ()
        spans = [
            (mention.start, mention.end)
            if mention.implied
            else self.span_correction_.apply(text, mention)
            for mention, _, _ in marked
        ]
        claims = [
            NumericClaim(
                start=start,
                end=end,
                text=text[start:end],
                kind=kind,
                low=mention.low,
                high=mention.high,
                modifier=mention.modifier,
                unit=mention.unit,
                noun=mention.noun,
                attribution=source,
                score=score,
                read_by="machine",
                implied=mention.implied,
                role=mention.role,
                policy=mention.policy,
            )
            for (mention, kind, score), (start, end), source in zip(
                marked, spans, sources_of(text, spans), strict=True
            )
        ]
        # Where people widen spans a claim may begin before the one to its left.
        return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end)))

    def predict_mentions(
        self,
        texts: Sequence[str],
        rows: Sequence[int],
        mentions: Sequence[Mention],
        event_scores: Floats | None = None,
    ) -> Floats:
        """Calibrated probabilities, ``(len(mentions), 1 + len(kinds))``; column 0 is "no claim".

        Args:
            texts: the sentences.
            rows: the sentence of each mention.
            mentions: what the reader found.
            event_scores: ``(len(texts), k)`` as in ``fit``.
        """
        return self._decide(texts, rows, mentions, event_scores)[0]

    def _decide(
        self,
        texts: Sequence[str],
        rows: Sequence[int],
        mentions: Sequence[Mention],
        event_scores: Floats | None,
    ) -> tuple[Floats, NDArray[np.intp]]:
        """Probabilities, and the kind of each mention if it is a claim, counted from 1."""
        check_is_fitted(self, "threshold_")
        found = self._features(texts, rows, mentions)
        logits = (
            self._logits(self._matrix(found, rows, event_scores))
            + self.description_strength_ * found.near
        )
        harms = self.harms or (None,) * len(self.kinds)
        logits[cannot_be(texts, rows, mentions, found.told, harms)] = _UNSEEN
        logits[self._proba(logits) < least_sure(found.told, found.near, harms)] = _UNSEEN
        proba, best = self._proba(logits), 1 + logits[:, 1:].argmax(axis=1)
        decide_implied(mentions, self.harms, proba, best, learnt=self.learns_implied_)
        return proba, best

    def _read(self, texts: Sequence[str], policy: Policy = "literal") -> list[tuple[Mention, ...]]:
        return [read(text, policy=policy, implied=any(self.harms)) for text in texts]

    def _features(
        self, texts: Sequence[str], rows: Sequence[int], mentions: Sequence[Mention]
    ) -> MentionFeatures:
        return features_of_mentions(texts, rows, mentions, self.stems_, len(self.kinds))

    def _matrix(
        self, found: MentionFeatures, rows: Sequence[int], event_scores: Floats | None
    ) -> csr_array:
        scores: Floats = np.zeros((len(rows), self.n_event_scores_))
        if event_scores is not None and self.n_event_scores_:
            scores = np.asarray(event_scores)[list(rows)]
        return mention_matrix(found, scores, self.vocabulary_, self.n_near_)

    def _fit_scores(self, matrix: csr_array, y: NDArray[np.int64], counts: Floats) -> None:
        """Both linear models, added up; a constant where there are fewer than two classes."""
        self.classes_ = np.unique(y) if len(y) else np.array([0])
        self.coef_ = np.zeros((len(self.classes_), matrix.shape[1]))
        self.intercept_ = np.zeros(len(self.classes_))
        if len(self.classes_) > 1:
            model = LogisticRegression(C=C, class_weight="balanced", max_iter=1000, tol=1e-3)
            with warnings.catch_warnings():
                # Of two dozen numbers of a dozen kinds scikit-learn suspects that they are values.
                warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
                model.fit(matrix, y, counts)
            # Of two classes scikit-learn keeps one row, the log-odds of the second.
            self.coef_[-len(model.coef_) :] = model.coef_
            self.intercept_[-len(model.coef_) :] = model.intercept_
            # The scores of naive Bayes grow with the number of words; only their order is used.
            # It counts, and a word vector counts nothing.
            counted = matrix[:, :-N_MEANINGS]
            bayes = ComplementNB(alpha=SMOOTHING).fit(counted, y, counts).feature_log_prob_
            bayes = bayes - bayes.mean(axis=0)
            scale = (counted @ bayes.T).std() or 1.0
            self.coef_[:, :-N_MEANINGS] += bayes * float((matrix @ self.coef_.T).std() / scale)

    def _logits(self, matrix: csr_array) -> Floats:
        logits = np.full((matrix.shape[0], 1 + len(self.kinds)), _UNSEEN)
        logits[:, self.classes_] = matrix @ self.coef_.T + self.intercept_
        return logits

    def _proba(self, logits: Floats) -> Floats:
        return np.asarray(softmax(logits / self.temperature_ + self.shift_, axis=1))

    def _calibrate(
        self,
        matrix: csr_array,
        near: Floats,
        y: NDArray[np.int64],
        owners: NDArray[np.str_],
        counts: Floats,
    ) -> None:
        """Temperature, strengths and threshold, from scores of articles that were not seen."""
        share = np.bincount(y, counts, minlength=1 + len(self.kinds)) + 0.5
        prior = np.log(share / share.sum())
        self.temperature_, self.shift_, self.threshold_ = 1.0, prior, 0.5
        self.description_strength_ = DESCRIPTION_STRENGTH
        folds = min(N_FOLDS, len(set(owners)))
        if len(y) < FEWEST_FOR_CALIBRATION or folds < 2 or len(self.classes_) < 2:
            return
        logits = np.empty((len(y), 1 + len(self.kinds)))
        for seen, unseen in GroupKFold(folds).split(y, groups=owners):
            fold = ClaimClassifier(self.kinds)
            fold._fit_scores(matrix[seen], y[seen], counts[seen])
            logits[unseen] = fold._logits(matrix[unseen])
        self.temperature_, strength, self.description_strength_ = fit_temperature(
            logits, prior, y, near, counts
        )
        self.shift_ = strength * prior
        logits += self.description_strength_ * near
        self.threshold_ = observed_f1_threshold(1.0 - self._proba(logits)[:, 0], y > 0, counts)


def _learnt_from(
    read: Sequence[Sequence[Mention]],
    claims: Sequence[Sequence[NumericClaim]],
    undecided: Sequence[Sequence[NumericClaim]] | None,
    partly: Sequence[bool] | None,
) -> Iterator[tuple[int, Mention, NumericClaim | None]]:
    """Sentence, mention, and the claim that it is, None for none; arguments as for ``fit``."""
    for row, proposed in enumerate(read):
        matched = match_mentions(proposed, claims[row])
        tied = match_mentions(proposed, undecided[row]) if undecided is not None else {}
        open_ones = partly is not None and partly[row]
        for number, mention in enumerate(proposed):
            if number in matched:
                yield row, mention, matched[number]
            elif number not in tied and not open_ones:
                yield row, mention, None
