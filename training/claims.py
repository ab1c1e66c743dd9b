"""Which of the numbers in a sentence are claims, and of what kind.

The reader (``training.quantities``) finds every numeric mention and reads its value; this
classifier decides for each the claim kind, or none. It learns from what people did to the
candidates: kept, dropped, relabelled, or marked with other ends.

    mention ── words around, noun, unit, modifier, event scores ── multinomial logistic regression
            ── kind, and calibrated probabilities ── threshold on "is a claim"

The regression is fitted as if all kinds were equally common, so that rare ones are found at all.
Probabilities are then calibrated by temperature scaling (Guo et al., "On Calibration of Modern
Neural Networks", ICML 2017), which also puts back how common each kind is: two numbers, fitted on
scores of articles that the model did not see. Two are all that a few dozen claims can bear; they
change no decision between kinds.

A claim that a person marked and the reader did not propose cannot be learnt. It is counted and
listed in ``missed_``, so that the grammar can grow.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array, hstack
from scipy.special import log_softmax, softmax
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from annotation.records import NumericClaim
from training.quantities import Mention, Policy, read
from training.spans import learn_habits

Floats = NDArray[np.float64]

NEIGHBOURS = 4
"""Words at each side whose place counts; verbs and subjects of news sentences lie within them."""

FAR = 0.5
"""Strength of the words of the whole sentence beside the near ones (1): a weight of theirs is
punished four times as hard."""

STEM = 5
"""Characters kept of a word where "kill", "killed" and "killing" should count as one."""

FEWEST_FOR_CALIBRATION = 30
"""Mentions below which temperature and threshold stay at 1 and one half: out-of-fold scores of
fewer say more about the folds than about the model."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FAR = "far "
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
        C: inverse strength of the L2 penalty.
        folds: number of folds, by article, for the out-of-fold scores.
        policy: how vague quantities are read; see ``training.quantities``.

    Attributes:
        missed_: claims that the reader did not propose.
        support_: how many mentions of each kind were learnt from, by alias.
        candidates_: how many mentions were learnt from, those that are no claim included.
        habits_: by how many words people move the ends of the reader's spans.
        temperature_: what the scores are divided by before they become probabilities.
        shift_: what is then added to them: how common "no claim" and each kind are.
        threshold_: a mention is a claim when the probabilities of all kinds together reach it.
    """

    def __init__(
        self,
        kinds: tuple[str, ...] = (),
        *,
        C: float = 1.0,  # noqa: N803  # scikit-learn's name
        folds: int = 5,
        policy: Policy = "literal",
    ) -> None:
        self.kinds = kinds
        self.C = C
        self.folds = folds
        self.policy = policy

    def fit(
        self,
        texts: Sequence[str],
        claims: Sequence[Sequence[NumericClaim]],
        *,
        event_scores: Floats | None = None,
        groups: Sequence[str] | None = None,
        undecided: Sequence[Sequence[NumericClaim]] | None = None,
    ) -> Self:
        """Learn from adjudicated sentences.

        Args:
            texts: n sentences.
            claims: the claims of each; a mention that none of them covers is no claim.
            event_scores: ``(n, k)`` probabilities of event types, out of fold; None for none.
            groups: the article of each sentence; None where each stands for itself.
            undecided: claims on which people are split; mentions in them are not learnt from.
        """
        place = {kind: number for number, kind in enumerate(self.kinds, start=1)}
        rows: list[int] = []
        kept: list[Mention] = []
        y: list[int] = []
        missed: list[Missed] = []
        spans: list[tuple[str, Mention, NumericClaim]] = []
        for row, found in enumerate(self._read(texts)):
            matched = match(found, claims[row])
            hidden = match(found, undecided[row]) if undecided is not None else {}
            for number, mention in enumerate(found):
                claim = matched.get(number)
                if claim is not None:
                    spans.append((texts[row], mention, claim))
                elif number in hidden:
                    continue
                rows.append(row)
                kept.append(mention)
                y.append(place[claim.kind] if claim is not None else 0)
            got = set(map(id, matched.values()))
            missed += [
                Missed(row, texts[row], claim) for claim in claims[row] if id(claim) not in got
            ]
        self.missed_ = tuple(missed)
        self.candidates_ = len(y)
        self.support_ = {kind: y.count(number) for kind, number in place.items()}
        self.habits_ = learn_habits(spans)
        self.n_event_scores_ = 0 if event_scores is None else int(event_scores.shape[1])
        target = np.array(y, dtype=np.int64)
        names = _features(texts, rows, kept)
        self._fit_vocabulary(names)
        matrix = self._matrix(names, rows, event_scores)
        self._fit_scores(matrix, target)
        owners = np.array([groups[row] if groups is not None else str(row) for row in rows])
        self._calibrate(matrix, target, owners)
        return self

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None = None
    ) -> tuple[tuple[NumericClaim, ...], ...]:
        """The claims of each sentence, ordered by start, with kind, reading and score."""
        mentions = self._read(texts)
        rows = [row for row, found in enumerate(mentions) for _ in found]
        flat = [mention for found in mentions for mention in found]
        claims: list[list[NumericClaim]] = [[] for _ in texts]
        if flat and self.kinds:
            proba, best = self._decide(texts, rows, flat, event_scores)
            sure = 1.0 - proba[:, 0] >= self.threshold_
            for number in np.flatnonzero(sure):
                mention, kind = flat[number], int(best[number])
                text = texts[rows[number]]
                start, end = self.habits_.apply(text, mention)
                claims[rows[number]].append(
                    NumericClaim(
                        start=start,
                        end=end,
                        text=text[start:end],
                        kind=self.kinds[kind - 1],
                        low=mention.low,
                        high=mention.high,
                        modifier=mention.modifier,
                        unit=mention.unit,
                        noun=mention.noun,
                        score=float(proba[number, kind]),
                    )
                )
        return tuple(map(tuple, claims))

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
        matrix = self._matrix(_features(texts, rows, mentions), rows, event_scores)
        logits = self._logits(matrix)
        return self._proba(logits), 1 + logits[:, 1:].argmax(axis=1)

    def _read(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        return [read(text, policy=self.policy) for text in texts]

    def _fit_vocabulary(self, found: Sequence[Sequence[str]]) -> None:
        # What occurs once cannot be told from chance, and is most of the features.
        known = [name for name, times in Counter(chain(*found)).items() if times > 1]
        near = [name for name in known if not name.startswith(_FAR)]
        far = [name for name in known if name.startswith(_FAR)]
        self.n_near_ = len(near)
        self.vocabulary_ = {name: column for column, name in enumerate((*near, *far))}

    def _matrix(
        self, found: Sequence[Sequence[str]], rows: Sequence[int], event_scores: Floats | None
    ) -> csr_array:
        """Known features and event scores, ``(mentions, features + event types)``."""
        column = self.vocabulary_
        # Built by hand: DictVectorizer takes ten times as long, and it is most of the time.
        places: list[int] = []
        ends = [0]
        for names in found:
            places += [column[name] for name in names if name in column]
            ends.append(len(places))
        values = np.where(np.array(places, dtype=np.int64) < self.n_near_, 1.0, FAR)
        words = csr_array((values, places, ends), shape=(len(found), len(column)))
        if not self.n_event_scores_:
            return words
        scores: Floats = np.zeros((len(found), self.n_event_scores_))
        if event_scores is not None:
            scores = np.asarray(event_scores)[list(rows)]
        return csr_array(hstack([words, scores], format="csr"))

    def _fit_scores(self, matrix: csr_array, y: NDArray[np.int64]) -> None:
        """The linear model; a constant where there are fewer than two classes."""
        self.classes_ = np.unique(y) if len(y) else np.array([0])
        self.coef_ = np.zeros((len(self.classes_), matrix.shape[1]))
        self.intercept_ = np.zeros(len(self.classes_))
        if len(self.classes_) > 1:
            model = LogisticRegression(
                C=self.C, class_weight="balanced", max_iter=1000, tol=1e-3
            ).fit(matrix, y)
            # Of two classes scikit-learn keeps one row, the log-odds of the second.
            self.coef_[-len(model.coef_) :] = model.coef_
            self.intercept_[-len(model.coef_) :] = model.intercept_

    def _logits(self, matrix: csr_array) -> Floats:
        logits = np.full((matrix.shape[0], 1 + len(self.kinds)), _UNSEEN)
        logits[:, self.classes_] = matrix @ self.coef_.T + self.intercept_
        return logits

    def _proba(self, logits: Floats) -> Floats:
        return np.asarray(softmax(logits / self.temperature_ + self.shift_, axis=1))

    def _calibrate(self, matrix: csr_array, y: NDArray[np.int64], owners: NDArray[np.str_]) -> None:
        """Temperature and threshold, from scores of articles that the model did not see."""
        share = np.bincount(y, minlength=1 + len(self.kinds)) + 0.5
        prior = np.log(share / share.sum())
        self.temperature_, self.shift_, self.threshold_ = 1.0, prior, 0.5
        folds = min(self.folds, len(set(owners)))
        if len(y) < FEWEST_FOR_CALIBRATION or folds < 2 or len(self.classes_) < 2:
            return
        logits = np.empty((len(y), 1 + len(self.kinds)))
        for seen, unseen in GroupKFold(folds).split(y, groups=owners):
            fold = ClaimClassifier(self.kinds, C=self.C)
            fold._fit_scores(matrix[seen], y[seen])
            logits[unseen] = fold._logits(matrix[unseen])
        self.temperature_, strength = fit_temperature(logits, prior, y)
        self.shift_ = strength * prior
        self.threshold_ = best_threshold(1.0 - self._proba(logits)[:, 0], y > 0)


def features(words: Sequence[tuple[int, str]], mention: Mention) -> list[str]:
    """What is known of a mention, by name and without repetition.

    Args:
        words: start and lower-cased form of each word of the sentence.
        mention: the mention.
    """
    left = [word for start, word in words if start < mention.start][::-1]
    right = [word for start, word in words if start >= mention.end]
    noun = mention.noun.lower().split() if mention.noun else []
    found = [
        f"unit {mention.unit}",
        f"modifier {mention.modifier}",
        f"size {_magnitude(mention.low if mention.low is not None else mention.high)}",
        f"noun {' '.join(noun)}",
    ]
    found += [f"in noun {word[:STEM]}" for word in noun]
    if noun:
        found.append(f"head {noun[-1][:STEM]}")
    for side, near in (("left", left[:NEIGHBOURS]), ("right", right[:NEIGHBOURS])):
        found += [f"{side} {distance} {word}" for distance, word in enumerate(near)]
        found += [f"{side} {word[:STEM]}" for word in near]
        if not near:
            found.append(f"{side} end")
    # The whole sentence too, for the verb may stand far away.
    found += [f"{_FAR}{word[:STEM]}" for word in (*left, *right)]
    return list(dict.fromkeys(found))


def _features(
    texts: Sequence[str], rows: Sequence[int], mentions: Sequence[Mention]
) -> list[list[str]]:
    words: list[tuple[int, str]] = []
    last = -1
    found = []
    for row, mention in zip(rows, mentions, strict=True):
        if row != last:
            words = [(m.start(), m.group().lower()) for m in _WORD.finditer(texts[row])]
            last = row
        found.append(features(words, mention))
    return found


def match(mentions: Sequence[Mention], claims: Iterable[NumericClaim]) -> dict[int, NumericClaim]:
    """The claim that each mention is, by index of the mention; at most one for each.

    A claim belongs to the mention whose number it covers most of; people may mark more or less of
    what stands around the number, but not without it.
    """
    matched: dict[int, NumericClaim] = {}
    for claim in sorted(claims, key=lambda c: (c.start, c.end)):
        shared = {
            number: min(claim.end, mention.number_end) - max(claim.start, mention.number_start)
            for number, mention in enumerate(mentions)
            if number not in matched
        }
        best = max(shared, key=lambda number: shared[number], default=None)
        if best is not None and shared[best] > 0:
            matched[best] = claim
    return matched


def fit_temperature(logits: Floats, prior: Floats, y: NDArray[np.int64]) -> tuple[float, float]:
    """Divisor of the logits and strength of the prior that make the truth most likely.

    Args:
        logits: ``(n, classes)``, of a model that was fitted as if all classes were equally common.
        prior: ``(classes,)``: logarithm of how common they are.
        y: ``(n,)``: the class of each.
    """

    def loss(parameters: Floats) -> float:
        scaled = log_softmax(logits / math.exp(parameters[0]) + parameters[1] * prior, axis=1)
        return float(-scaled[np.arange(len(y)), y].mean())

    # A quarter to eight, and none to all of the prior: what lies outside is a fold gone wrong.
    bounds = ((math.log(0.25), math.log(8)), (0.0, 1.0))
    found = minimize(loss, x0=np.array([0.0, 0.5]), bounds=bounds, method="L-BFGS-B").x
    return float(math.exp(found[0])), float(found[1])


def best_threshold(scores: Floats, truth: NDArray[np.bool_]) -> float:
    """The threshold with the highest F1; one half where all or none are true."""
    if truth.all() or not truth.any():
        return 0.5
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    last = int(np.argmax(f1))
    below = scores[order[last + 1]] if last + 1 < len(order) else 0.0
    return float((scores[order[last]] + below) / 2)


def _magnitude(value: Decimal | None) -> str:
    """Number of digits before the point, less one: 1 for tens, 2 for hundreds and so on."""
    if value is None:
        return "open"
    return "0" if value == 0 else str(value.adjusted())
