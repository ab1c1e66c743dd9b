"""How good predictions are: figures with intervals, from arrays.

Every figure has a 95 % interval from a bootstrap over **articles**, see
``training.evaluation.bootstrap``.

Definitions, where there is a choice:

- *macro* is the mean over the labels that occur in the truth;
- *example-based F1* is the mean over sentences of 2·|T∩P| / (|T|+|P|), and 1 where both are empty
  (Godbole and Sarawagi 2004);
- *calibration error* pools all label-sentence pairs into ten bins of equal width and averages
  |expected − actual| over the pairs (Naeini et al., "Obtaining Well Calibrated Probabilities Using
  Bayesian Binning", AAAI 2015); the second one leaves out pairs with p ≤ 0.1, because the many
  easy negatives make the first look good. The chance of drawing can only add to it, so the draws
  are moved back by as much as they lie above the figure on average;
- a predicted claim matches a true one of the same kind, one to one: *exact* by both offsets,
  *overlapping* by at least one code point, longest overlap first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from annotation.records import NumericClaim
from training.evaluation.bootstrap import ArticleDraws, Interval, ratio
from training.evaluation.confusion import match_claims, score, tally

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
ClaimsBySentence = Sequence[tuple[NumericClaim, ...]]

N_BINS = 10
"""Bins of the calibration error and of its plot, of equal width."""
UNSURE = 0.1
"""The second calibration error looks at probabilities above this."""


@dataclass(frozen=True, slots=True)
class LabelMetrics:
    """How one label fares."""

    label: str
    """Alias of the label."""
    support: int
    """How often it occurs in the truth."""
    predicted: int
    """How often it was predicted."""
    precision: Interval
    """Share of the predictions that are right."""
    recall: Interval
    """Share of the truth that was predicted."""
    f1: Interval
    """Harmonic mean of the two."""
    average_precision: Interval | None = None
    """Area under the precision-recall curve as scikit-learn defines it; None for claims."""
    expected_over_actual: Interval | None = None
    """Sum of probabilities over number of positives; None for claims."""


@dataclass(frozen=True, slots=True)
class EventMetrics:
    """How the event types fare."""

    labels: tuple[LabelMetrics, ...]
    """One for each event type, in the order of the columns."""
    micro_f1: Interval
    """F1 over all label-sentence pairs."""
    macro_f1: Interval
    """Mean F1 of the labels that occur."""
    example_f1: Interval
    """Mean F1 of the sentences."""
    exact_match: Interval
    """Share of sentences with exactly the right labels."""
    calibration_error: Interval
    """Over all label-sentence pairs."""
    calibration_error_unsure: Interval
    """Over the pairs with a probability above ``UNSURE``."""
    expected_over_actual: Interval
    """Sum of all probabilities over the number of positives."""


@dataclass(frozen=True, slots=True)
class SpanMetrics:
    """How spans fare under one way of matching."""

    precision: Interval
    """Share of the predicted spans that match."""
    recall: Interval
    """Share of the true spans that are matched."""
    f1: Interval
    """Harmonic mean of the two."""


@dataclass(frozen=True, slots=True)
class ClaimMetrics:
    """How the numeric claims fare."""

    support: int
    """Number of true claims."""
    predicted: int
    """Number of predicted claims."""
    exact: SpanMetrics
    """Same kind, same offsets."""
    overlapping: SpanMetrics
    """Same kind, overlapping offsets."""
    found: SpanMetrics
    """Overlapping offsets, whatever the kind."""
    values_right: Interval
    """Of the overlapping matches whose truth has a value: share with the same low and high."""
    modifiers_right: Interval
    """Of the overlapping matches whose truth has a modifier: share with the same one."""
    kinds: tuple[LabelMetrics, ...]
    """Overlapping matches by kind, sorted by alias."""
    macro_f1: Interval
    """Mean F1 of the kinds that occur, of overlapping matches."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """All figures of one model on one set of sentences."""

    n_sentences: int
    """Number of sentences."""
    n_articles: int
    """Number of articles that they come from."""
    n_resamples: int
    """Number of bootstrap draws behind the intervals."""
    overall_f1: Interval
    """F1 over all decisions on events and claims: what the gate decides by."""
    events: EventMetrics | None = None
    """None where the schema has no event types."""
    claims: ClaimMetrics | None = None
    """None where the schema has no claim kinds."""

    def to_json(self) -> dict[str, Any]:
        """As dicts, lists, numbers and None."""
        return _plain(dataclasses.asdict(self))  # type: ignore[no-any-return]


def compute_metrics(
    truth: Bools,
    probability: Floats,
    predicted: Bools,
    groups: Sequence[str],
    label_names: Sequence[str],
    *,
    claims: tuple[ClaimsBySentence, ClaimsBySentence] | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Metrics:
    """Metrics of event types and, where given, of claims.

    Args:
        truth: Labels that people gave, shape ``(n, n_labels)``; ``n_labels`` may be 0.
        probability: What the model gave, same shape.
        predicted: Labels that the model ticked, same shape.
        groups: Article of each sentence.
        label_names: Aliases of the columns.
        claims: True and predicted claims of each sentence.
        n_resamples: Number of bootstrap draws.
        seed: Of the draws.

    Raises:
        ValueError: shapes differ, or there is no sentence.
    """
    shapes = {np.shape(truth), np.shape(probability), np.shape(predicted)}
    if shapes != {(len(groups), len(label_names))} or not len(groups):
        raise ValueError(
            f"arrays of shapes {sorted(shapes)} for {len(groups)} sentences "
            f"and {len(label_names)} labels"
        )
    draws = ArticleDraws(groups, n_resamples=n_resamples, seed=seed)
    return Metrics(
        n_sentences=len(groups),
        n_articles=draws.n_articles,
        n_resamples=n_resamples,
        overall_f1=overall_f1(
            truth,
            predicted,
            groups,
            label_names,
            claims=claims,
            n_resamples=n_resamples,
            seed=seed,
        ),
        events=_events(
            np.asarray(truth, bool),
            np.asarray(probability, float),
            np.asarray(predicted, bool),
            draws,
            label_names,
        )
        if len(label_names)
        else None,
        claims=None if claims is None else _claims(claims[0], claims[1], draws),
    )


def overall_f1(
    truth: Bools,
    predicted: Bools,
    groups: Sequence[str],
    label_names: Sequence[str],
    *,
    claims: tuple[ClaimsBySentence, ClaimsBySentence] | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """F1 over all decisions on event types and claims, by itself; see ``compute_metrics``."""
    kinds = {one.kind for side in claims or () for many in side for one in many}
    counts = tally(
        groups,
        (np.asarray(truth, bool), np.asarray(predicted, bool)),
        claims,
        event_types=tuple(label_names),
        claim_kinds=tuple(sorted(kinds)),
    )
    draws = ArticleDraws(counts.articles, n_resamples=n_resamples, seed=seed)
    return draws.interval(score(counts, slice(None), draws))


def _events(
    truth: Bools, probability: Floats, predicted: Bools, draws: ArticleDraws, names: Sequence[str]
) -> EventMetrics:
    hit = draws.total(truth & predicted)
    actual, ticked = draws.total(truth), draws.total(predicted)
    expected = draws.total(probability)
    f1 = ratio(2 * hit, actual + ticked)
    occurs = truth.any(axis=0)
    # A label that a draw happens to lack is left out of that draw's macro F1.
    scored = np.where(occurs & (actual > 0), f1, np.nan)
    n_scored = np.isfinite(scored).sum(axis=1)
    n_true, n_ticked = truth.sum(axis=1), predicted.sum(axis=1)
    both_empty = (n_true + n_ticked) == 0
    of_sentence = np.where(
        both_empty, 1.0, 2 * (truth & predicted).sum(axis=1) / np.maximum(n_true + n_ticked, 1)
    )
    one = np.ones(len(truth))
    labels = tuple(
        LabelMetrics(
            label=name,
            support=int(truth[:, j].sum()),
            predicted=int(predicted[:, j].sum()),
            precision=draws.interval(ratio(hit[:, j], ticked[:, j])),
            recall=draws.interval(ratio(hit[:, j], actual[:, j])),
            f1=draws.interval(ratio(2 * hit[:, j], actual[:, j] + ticked[:, j])),
            average_precision=draws.interval(
                average_precision(truth[:, j], probability[:, j], draws)
            ),
            expected_over_actual=draws.interval(ratio(expected[:, j], actual[:, j])),
        )
        for j, name in enumerate(names)
    )
    return EventMetrics(
        labels=labels,
        micro_f1=draws.interval(ratio(2 * hit.sum(1), (actual + ticked).sum(1))),
        macro_f1=draws.interval(ratio(np.nansum(scored, axis=1), n_scored)),
        example_f1=draws.share(of_sentence, one),
        exact_match=draws.share((truth == predicted).all(axis=1), one),
        calibration_error=_around(calibration_error(truth, probability, draws), draws),
        calibration_error_unsure=_around(
            calibration_error(truth, probability, draws, above=UNSURE), draws
        ),
        expected_over_actual=draws.interval(ratio(expected.sum(1), actual.sum(1))),
    )


def calibration_error(
    truth: Bools, probability: Floats, draws: ArticleDraws, *, above: float = -1.0
) -> Floats:
    """Expected calibration error of each draw, shape ``(n_resamples + 1,)``.

    Args:
        truth: Shape ``(n, n_labels)``.
        probability: Same shape.
        draws: The articles drawn.
        above: Pairs with a probability up to this are left out.
    """
    used = probability > above
    bins = np.minimum((probability * N_BINS).astype(int), N_BINS - 1)
    gap = np.where(used, probability - truth, 0.0)
    by_bin = np.stack([np.where(bins == b, gap, 0.0).sum(axis=1) for b in range(N_BINS)], axis=1)
    return ratio(np.abs(draws.total(by_bin)).sum(axis=1), draws.total(used.sum(axis=1)))


def _around(series: Floats, draws: ArticleDraws) -> Interval:
    """Interval of an error that draws can only raise, each ``(n_resamples + 1,)``."""
    resampled = series[1:][np.isfinite(series[1:])]
    bias = max(0.0, float(resampled.mean() - series[0])) if len(resampled) else 0.0
    return draws.interval(np.append(series[:1], np.maximum(series[1:] - bias, 0.0)))


def average_precision(truth: Bools, probability: Floats, draws: ArticleDraws) -> Floats:
    """Average precision of each draw, shape ``(n_resamples + 1,)``; ties count as one step."""
    order = np.argsort(-probability, kind="stable")
    p, y = probability[order], truth[order]
    ends = np.flatnonzero(np.append(p[1:] < p[:-1], True))
    article = draws.article[order]
    result = np.empty(len(draws.weight))
    for start in range(0, len(result), 100):  # in blocks, so that memory stays flat
        weight = draws.weight[start : start + 100, article]
        found = np.cumsum(weight * y, axis=1)[:, ends]
        seen = np.cumsum(weight, axis=1)[:, ends]
        step = np.diff(found, axis=1, prepend=0.0)
        result[start : start + 100] = ratio(
            (step * np.nan_to_num(ratio(found, seen))).sum(axis=1), found[:, -1]
        )
    return result


def _claims(
    truth: ClaimsBySentence, predicted: ClaimsBySentence, draws: ArticleDraws
) -> ClaimMetrics:
    kinds = sorted({claim.kind for many in (*truth, *predicted) for claim in many})
    column = {kind: j for j, kind in enumerate(kinds)}
    n, k = len(truth), len(kinds)
    n_true, n_predicted, hit = np.zeros((n, k)), np.zeros((n, k)), np.zeros((n, k))
    exact, found = np.zeros(n), np.zeros(n)
    values, modifiers = np.zeros((n, 2)), np.zeros((n, 2))  # right, asked
    for i, (ours, theirs) in enumerate(zip(truth, predicted, strict=True)):
        for claim in ours:
            n_true[i, column[claim.kind]] += 1
        for claim in theirs:
            n_predicted[i, column[claim.kind]] += 1
        found[i] = len(match_claims(ours, theirs, same_kind=False))
        for true, guess in match_claims(ours, theirs):
            hit[i, column[true.kind]] += 1
            exact[i] += (true.start, true.end) == (guess.start, guess.end)
            if true.read_by == "machine":
                continue  # the reader agrees with itself
            if true.low is not None or true.high is not None:
                values[i] += (true.low, true.high) == (guess.low, guess.high), 1
            if true.modifier is not None:
                modifiers[i] += true.modifier == guess.modifier, 1
    hits, trues, guesses = draws.total(hit), draws.total(n_true), draws.total(n_predicted)
    occurs = (n_true.sum(axis=0) > 0) & (trues > 0)  # in the truth, and in the draw
    scored = np.where(occurs, ratio(2 * hits, trues + guesses), np.nan)

    def spans(matched: Floats) -> SpanMetrics:
        return SpanMetrics(
            precision=draws.interval(ratio(matched, guesses.sum(1))),
            recall=draws.interval(ratio(matched, trues.sum(1))),
            f1=draws.interval(ratio(2 * matched, (trues + guesses).sum(1))),
        )

    return ClaimMetrics(
        support=int(n_true.sum()),
        predicted=int(n_predicted.sum()),
        exact=spans(draws.total(exact)),
        overlapping=spans(hits.sum(1)),
        found=spans(draws.total(found)),
        values_right=draws.share(values[:, 0], values[:, 1]),
        modifiers_right=draws.share(modifiers[:, 0], modifiers[:, 1]),
        kinds=tuple(
            LabelMetrics(
                label=kind,
                support=int(n_true[:, j].sum()),
                predicted=int(n_predicted[:, j].sum()),
                precision=draws.interval(ratio(hits[:, j], guesses[:, j])),
                recall=draws.interval(ratio(hits[:, j], trues[:, j])),
                f1=draws.interval(ratio(2 * hits[:, j], trues[:, j] + guesses[:, j])),
            )
            for kind, j in column.items()
        ),
        macro_f1=draws.interval(ratio(np.nansum(scored, axis=1), np.isfinite(scored).sum(axis=1))),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
