"""The models of a workspace in the order of making, and what the gate said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from newsledger.report.figures.measured import Measured

if TYPE_CHECKING:
    from training.registry.champion import ListedModel
    from training.registry.files.ruling_file import KeptRuling
    from training.registry.history import Promotion

FEWEST_POINTS = 3
"""Models of different sizes below which they are no curve."""

Outcome = Literal["in use", "replaced", "refused", "not promoted", "damaged"]


@dataclass(frozen=True, slots=True)
class ModelMade:
    """One model, and what became of it."""

    model: str
    """Its id."""
    made: str
    """When, ISO 8601; empty where that cannot be known."""
    labels: int
    """Sentences that it was measured on; 0 where it was not."""
    measured_on: str
    """``own articles``, ``seed articles`` or ``nothing``."""
    f1: Measured
    """Overall F1 on the labels of that time, by models that had not seen the article."""
    outcome: Outcome
    """What became of it."""
    why: str
    """What the gate or a person said, in words; empty where nobody wrote it down."""
    promoted: str
    """When it was last made champion, ISO 8601; empty for never."""


@dataclass(frozen=True, slots=True)
class PointOfCurve:
    """One number of labels and what it is worth."""

    labels: int
    """Labelled sentences."""
    f1: Measured
    """F1; from growing shares, the lowest and highest repeat are its ends."""


@dataclass(frozen=True, slots=True)
class CurveTold:
    """What more labels were worth, and what that promises."""

    source: Literal["shares of the labels", "models one after another"]
    """What the points are: one model's labels in growing shares, all measured on the same
    sentences; or the models as they were made, each on the labels of its time."""
    points: tuple[PointOfCurve, ...]
    """From the fewest labels on."""
    gain_per_doubling: float
    """F1 that twice as many labels bring, by least squares over the logarithm of their number."""
    says: str
    """The same in words."""


def model_history(
    models: Sequence[ListedModel],
    acts: Sequence[Promotion],
    rulings: Mapping[str, KeptRuling],
) -> tuple[ModelMade, ...]:
    """The models, the one that was made last at the end.

    Args:
        models: as the registry lists them.
        acts: the history of promotions.
        rulings: what the gate said of each, by id, where it was kept.
    """
    reasons = {act.model: _reason(act) for act in acts}
    return tuple(_made(one, reasons, rulings.get(one.id)) for one in models)


def curve_of_models(models: Sequence[ModelMade]) -> CurveTold | None:
    """The models as a learning curve; None where they are too few or too much alike.

    Args:
        models: in the order of making.
    """
    by_size = {
        one.labels: one.f1
        for one in models
        if one.measured_on == "own articles" and one.f1.value is not None
    }
    points = tuple(PointOfCurve(labels, by_size[labels]) for labels in sorted(by_size))
    if len(points) < FEWEST_POINTS or points[-1].labels < 2 * points[0].labels:
        return None
    x = np.log2([point.labels for point in points])
    slope = float(np.polyfit(x, [point.f1.value or 0.0 for point in points], 1)[0])
    last = points[-1].labels
    return CurveTold(
        "models one after another",
        points,
        slope,
        f"From model to model, twice the labels brought about {100 * slope:+.1f} points; going "
        f"from {last:,} to {2 * last:,} would bring as much if that goes on. Each model was "
        "measured on the labels of its time, so this is a guess: `newsledger report --curve` "
        "measures it on the same sentences.",
    )


def _made(one: ListedModel, reasons: Mapping[str, str], ruling: KeptRuling | None) -> ModelMade:
    figures: Mapping[str, Any] = one.figures
    labels = figures.get("n_sentences", 0)
    outcome: Outcome = "not promoted"
    if one.state == "damaged":
        outcome = "damaged"
    elif one.champion:
        outcome = "in use"
    elif one.promoted_at:
        outcome = "replaced"
    elif ruling is not None and not ruling.promote:
        outcome = "refused"
    why = one.problem or reasons.get(one.id) or " ".join(ruling.reasons if ruling else ())
    return ModelMade(
        model=one.id,
        made=one.created or "",
        labels=labels,
        measured_on=figures.get("measured_on", "nothing"),
        f1=Measured.of_metrics(
            figures.get("overall_f1"), labels, "sentences", articles=figures.get("n_articles", 0)
        ),
        outcome=outcome,
        why=why,
        promoted=one.promoted_at or "",
    )


def _reason(act: Promotion) -> str:
    if act.forced_by:
        return f"Promoted by {act.forced_by} against the gate: {act.reason}"
    return act.reason
