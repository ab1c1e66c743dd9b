"""The learning curve: what labels were worth so far, and what more of them promise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotation.errors import TrainingError
from annotation.schema import Schema
from training.evaluation.cross_fitting import deal_articles
from training.evaluation.measurement import measurable, measure
from training.examples import Examples, without_what_they_say
from training.train import fit

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One size of the learning curve."""

    n_labels: int
    """Mean number of labelled sentences."""
    score: float
    """Mean score over the repeats."""
    low: float
    """Lowest score of the repeats."""
    high: float
    """Highest score of the repeats."""


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """What more labels were worth, and what that says about yet more."""

    points: tuple[CurvePoint, ...]
    """From the fewest labels to all."""
    gain_per_doubling: float
    """Slope of the score over log2(labels), least squares over the larger half of the points."""

    @property
    def in_words(self) -> str:
        """One sentence on whether labelling more is worth while."""
        last = self.points[-1]
        gain = 100 * self.gain_per_doubling
        spread = 100 * max(point.high - point.low for point in self.points[len(self.points) // 2 :])
        doubled = f"from {last.n_labels} to {2 * last.n_labels} labels"
        if gain < 0.5:
            return (
                f"The curve is flat: doubling the labels {doubled} promises {gain:+.1f} points, "
                "so look at the labels people disagree on before labelling more."
            )
        if gain < spread / 2:
            return (
                f"Doubling the labels {doubled} promises about {gain:+.1f} points, "
                f"but repeats differ by {spread:.1f}, so this is a guess."
            )
        return (
            f"The curve still rises: doubling the labels {doubled} "
            f"promises about {gain:+.1f} points."
        )


def learning_curve(
    score: Callable[[Ints], float],
    groups: Sequence[str],
    *,
    fractions: Sequence[float] = (0.125, 0.25, 0.5, 0.75, 1.0),
    repeats: int = 3,
) -> LearningCurve:
    """Scores for growing shares of the articles.

    Args:
        score: Trains on the rows it is given, and returns a score on sentences of other articles.
        groups: Article of each row.
        fractions: Shares of the articles, ascending; each share contains the smaller ones.
        repeats: Random orders of the articles; all articles together are scored once.
    """
    names, article = np.unique(np.asarray(groups), return_inverse=True)
    rng = np.random.default_rng(0)
    places = [rng.permutation(len(names)) for _ in range(repeats)]
    points = []
    for fraction in fractions:
        n_articles = max(1, round(fraction * len(names)))
        chosen = places[:1] if n_articles == len(names) else places
        rows = [np.flatnonzero(place[article] < n_articles) for place in chosen]
        scores = [score(one) for one in rows]
        points.append(
            CurvePoint(
                n_labels=round(float(np.mean([len(one) for one in rows]))),
                score=float(np.mean(scores)),
                low=min(scores),
                high=max(scores),
            )
        )
    late = points[len(points) // 2 :] if len(points) > 2 else points
    x = np.log2([max(point.n_labels, 1) for point in late])
    spread = float(((x - x.mean()) ** 2).sum())
    y = np.array([point.score for point in late])
    slope = float(((x - x.mean()) * y).sum()) / spread if spread else 0.0
    return LearningCurve(points=tuple(points), gain_per_doubling=slope)


def curve_by_articles(rows: Examples, schema: Schema) -> LearningCurve:
    """What growing shares of the articles are worth on a fifth of them, which is never learnt.

    The score is the micro F1 of the event types; without any, the F1 of the claims (same kind,
    overlapping).

    Args:
        rows: all that is labelled, and what is not.
        schema: the labels.

    Raises:
        TrainingError: all labels are from one article.
    """
    unseen = deal_articles(rows.measured_articles)[0]
    measured = measurable(rows, unseen)
    training = without_what_they_say(rows, unseen, measured.sentences)
    if not len(training) or not len(measured):
        raise TrainingError(
            "All labels are from one article, so there is none to measure on.",
            hint="Label sentences of a second article.",
        )

    def f1_of(chosen: Ints) -> float:
        metrics = measure(fit(training.rows(chosen), schema), measured, n_resamples=1)
        if metrics.events is not None:
            return metrics.events.micro_f1.value or 0.0
        assert metrics.claims is not None
        return metrics.claims.overlapping.f1.value or 0.0

    return learning_curve(f1_of, training.groups)
