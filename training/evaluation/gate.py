"""Decides whether a challenger becomes champion, and says why in words.

Both models answer for the same held-out sentences today; nothing is compared with a figure from
the past. Differences are of F1, with 95 % intervals from a paired bootstrap over articles (Efron
and Tibshirani 1993, chapter 13; sentences of one article are not independent). A challenger is
refused when one of these holds:

- **Not comparable.** It lacks labels that the champion knows, or the holdout has shrunk. (Labels
  that were added are no obstacle: the champion finds none of them, and that counts for the
  challenger.)
- **Labels were lost.** It was trained on clearly fewer labels than the champion, in all or of one
  event type or claim kind: an export that went wrong looks like this.
- **It has learnt nothing.** It agrees with people no more than chance would (the interval of
  Cohen's kappa, pooled over event types, reaches zero), or ticking the same event types
  everywhere would do as well. The first model is judged by this alone.
- **It is not better.** Its overall F1, over all decisions on events and claims, is below the
  champion's, or may be by more than the margin (a test of non-inferiority: the interval's lower
  end must lie above its negative). Asking for at least the same F1 every time keeps fifty small
  losses from adding up; asking for the interval keeps out what is level by luck.
- **It is worse somewhere.** On events or claims as a whole, or on one label with enough support,
  its loss is significant (for labels after Bonferroni's correction, since there are many), or it
  finds none of a label of which the champion found several.

Equal passes: it has learnt from more labels and lost nothing. ``--force`` overrides a refusal; who
did so is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotation.schema import Schema
from training.evaluation.bootstrap import LEVEL, ArticleDraws
from training.evaluation.comparison import (
    FEWEST_POSITIVES,
    Comparison,
    ComparisonTable,
    compare,
)
from training.evaluation.confusion import ConfusionCounts, best_constant, f1, kappa, tally
from training.evaluation.measurement import Measurement
from training.examples import Examples
from training.model import Model, Predictions
from training.train import TrainingSummary

NON_INFERIORITY_MARGIN = 0.02
"""Largest loss of overall F1 that the interval may leave possible: two points, which on a small
holdout is a handful of decisions."""

FEWEST_FOUND = 3
"""A label of which the champion found this many and the challenger none is lost."""

LOST_LABELS = 0.1
"""Share of the training sentences that may go missing between champion and challenger: some always
do, when articles join the holdout or people skip what they had labelled."""

LOST_POSITIVES = 0.5
"""Share of one label's training positives that may go missing, as recoding does at times."""

SHRUNKEN = 0.05
"""Share of the held-out sentences that may go missing; a second annotator makes ties at times."""

FEWEST_ARTICLES_TO_DRAW = 5
"""Held-out articles below which sentences are drawn instead."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate decides, and why."""

    promote: bool
    """True where the challenger may become champion."""
    reasons: tuple[str, ...]
    """Why, one sentence each."""
    table: ComparisonTable | None = None
    """The two models compared; None where they cannot be."""
    forced_by: str | None = None
    """Who overrode a refusal, None for nobody."""

    @property
    def rows(self) -> tuple[Comparison, ...]:
        """The lines of the table, from the whole to the parts; empty where there is none."""
        return self.table.rows if self.table else ()

    @property
    def reason(self) -> str:
        """All reasons in one line."""
        return " ".join(self.reasons)

    def forced(self, who: str) -> Verdict:
        """The same refusal, overridden; a verdict that promotes anyway stays as it is."""
        return self if self.promote else replace(self, promote=True, forced_by=who)


def judge(
    challenger: ConfusionCounts,
    champion: ConfusionCounts | None,
    *,
    margin: float = NON_INFERIORITY_MARGIN,
    n_resamples: int = 4000,
    seed: int = 0,
) -> Verdict:
    """Decide on answers alone; see the module for the rules.

    Args:
        challenger: the new model's answers on the holdout.
        champion: the present one's on the same sentences; None where there is none.
        margin: largest loss of overall F1 that may remain possible.
        n_resamples: number of bootstrap draws.
        seed: of the bootstrap.
    """
    if not challenger.hits.size or not challenger.support.any():
        return Verdict(False, ("Nothing is held out, so there is nothing to judge by.",))
    draws = ArticleDraws(challenger.articles, n_resamples=n_resamples, seed=seed)
    floors = _floors(challenger, draws)
    table = compare(challenger, champion, draws)
    if champion is None:
        passed = "It is the first model and stands above the floors."
        return Verdict(promote=not floors, reasons=floors or (passed,), table=table)
    refusals = (
        *floors,
        *_overall_loss(table.overall, margin),
        *_significant_losses(table),
        *_labels_not_found(challenger, champion),
    )
    overall = table.overall
    passed = (
        f"Overall F1 {overall.challenger:.3f} against {overall.champion:.3f} "
        f"({overall.difference:+.3f}, 95 % interval {overall.low:+.3f} to {overall.high:+.3f}), "
        "and no label is lost."
    )
    return Verdict(promote=not refusals, reasons=refusals or (passed,), table=table)


def judge_models(
    challenger: Model,
    measured: Measurement,
    champion: Model | None,
    *,
    margin: float = NON_INFERIORITY_MARGIN,
) -> Verdict:
    """Let both models answer for the same held-out sentences, today, and decide.

    Args:
        challenger: the new model, named.
        measured: what it, or models like it, said of which sentences.
        champion: the model in use, None where there is none.
        margin: largest loss of overall F1 that may remain possible.
    """
    rows, schema = measured.rows, challenger.schema
    if measured.predictions is None:
        return Verdict(False, ("All labels are from one article, so nothing could be measured.",))
    ours = _counts(rows, measured.predictions, schema)
    if champion is None:
        return judge(ours, None)
    if measured.measured_on != "holdout":
        return Verdict(
            False,
            (
                "Nothing is held out yet, so the two models cannot be compared: "
                "label more articles.",
            ),
        )
    new, present = TrainingSummary.of_model(challenger), TrainingSummary.of_model(champion)
    assert new is not None, "only a named model is judged"
    assert present is not None, "only a trained model is promoted"
    reasons = comparable(new, present, (schema, champion.schema))
    if champion.schema.labels_not_in(schema):
        return Verdict(False, reasons)
    theirs = champion.predict(rows.sentences).with_columns(schema.event_aliases)
    verdict = judge(ours, _counts(rows, theirs, schema), margin=margin)
    if not reasons:
        return verdict
    return Verdict(False, (*reasons, *(() if verdict.promote else verdict.reasons)), verdict.table)


def comparable(
    challenger: TrainingSummary,
    champion: TrainingSummary,
    schemas: tuple[Schema, Schema] | None = None,
) -> tuple[str, ...]:
    """Why two models must not be compared at all; empty where they may.

    Args:
        challenger: what the new model was trained and measured on.
        champion: the same of the present one.
        schemas: the challenger's and the champion's schema.
    """
    found = []
    if schemas and (dropped := schemas[1].labels_not_in(schemas[0])):
        found.append(
            f"Its schema no longer has {_listed(dropped)}, which the champion knows. "
            "If that is meant, promote it with --force."
        )
    gone = sorted(set(champion.held_out).difference(challenger.held_out))
    before, now = sum(champion.held_out.values()), sum(challenger.held_out.values())
    if gone:
        found.append(
            f"The holdout has shrunk: {_listed(gone)} of the champion's "
            f"{len(champion.held_out)} held-out articles {'is' if len(gone) == 1 else 'are'} gone."
        )
    elif now < (1 - SHRUNKEN) * before:
        found.append(f"The holdout has shrunk from {before} to {now} sentences.")
    if challenger.sentences < (1 - LOST_LABELS) * champion.sentences:
        found.append(
            f"Labels were lost: it was trained on {challenger.sentences} sentences, "
            f"the champion on {champion.sentences}."
        )
    lost = []
    for label, had in champion.positives.items():
        has = challenger.positives.get(label, 0)
        few = has < (1 - LOST_POSITIVES) * had if had >= FEWEST_POSITIVES else not has
        if few and had >= FEWEST_FOUND:
            lost.append(f"'{label}' from {has} instead of {had}")
    if lost:
        more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
        found.append(f"Labels were lost: it learnt {', '.join(lost[:5])}{more} examples.")
    return tuple(found)


def _counts(rows: Examples, predictions: Predictions, schema: Schema) -> ConfusionCounts:
    # With fewer articles than this the bootstrap would have hardly anything to draw from, so
    # sentences are drawn: too narrow, but better than an interval of width zero.
    few = len(set(rows.groups)) < FEWEST_ARTICLES_TO_DRAW
    return tally(
        rows.sentence_ids if few else rows.groups,
        (rows.labels, predictions.ticked),
        (rows.claims, predictions.claims) if schema.claim_kinds else None,
        event_types=schema.event_aliases,
        claim_kinds=schema.claim_aliases,
    )


def _floors(counts: ConfusionCounts, draws: ArticleDraws) -> tuple[str, ...]:
    """Why a model has learnt nothing; empty where it has."""
    if not counts.event_types:
        return () if counts.hits.any() else ("It finds none of the held-out claims.",)
    found = []
    split = len(counts.event_types)
    hits, false, missed = (part[:, :split] for part in (counts.hits, counts.false, counts.missed))
    drawn = kappa(*(draws.total(part) for part in (hits, false, missed, counts.sentences)))
    low = float(np.quantile(drawn[1:], LEVEL / 2))
    if low <= 0:
        found.append(
            "It has learnt nothing that holds on held-out articles: it agrees with people no more "
            f"than chance would (Cohen's kappa may be {low:.2f}). Are the labels mixed up?"
        )
    reached = float(f1(hits.sum(), false.sum(), missed.sum()))
    trivial = best_constant((hits + missed).sum(axis=0), int(counts.sentences.sum()))
    if reached <= trivial:
        found.append(
            f"It does no better (F1 {reached:.3f}) than ticking the same event types everywhere "
            f"({trivial:.3f})."
        )
    return tuple(found)


def _overall_loss(overall: Comparison, margin: float) -> Iterator[str]:
    """Whether the challenger is, or may be, worse as a whole."""
    assert overall.difference is not None
    assert overall.low is not None
    if overall.difference < 0:
        yield (
            f"It is not better: overall F1 {overall.challenger:.3f} against "
            f"{overall.champion:.3f} ({overall.difference:+.3f})."
        )
    elif overall.low < -margin:
        yield (
            f"It may be worse: overall F1 {overall.challenger:.3f} against {overall.champion:.3f}, "
            f"but the interval of the difference reaches {overall.low:+.3f}, beyond the tolerance "
            f"of {margin:.3f}; label more."
        )


def _significant_losses(table: ComparisonTable) -> Iterator[str]:
    """On which part or label the challenger is worse."""
    for row in (*table.sums, *table.labels):
        if row.lost:
            yield (
                f"It is worse on {row.name}: F1 {row.challenger:.3f} against {row.champion:.3f} "
                f"({row.support} held out)."
            )


def _labels_not_found(challenger: ConfusionCounts, champion: ConfusionCounts) -> Iterator[str]:
    """Of which labels the challenger finds none and the champion several."""
    names = (*challenger.event_types, *challenger.claim_kinds)
    found, found_before = challenger.hits.sum(axis=0), champion.hits.sum(axis=0)
    for name, now, before in zip(names, found, found_before, strict=True):
        if before >= FEWEST_FOUND and not now:
            yield f"It finds none of '{name}', of which the champion finds {before}."


def _listed(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
