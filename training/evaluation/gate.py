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
  champion's, or may be by more than ``tolerance`` (a test of non-inferiority: the interval's lower
  end must lie above ``-tolerance``). Asking for at least the same F1 every time keeps fifty small
  losses from adding up; asking for the interval keeps out what is level by luck.
- **It is worse somewhere.** On events or claims as a whole, or on one label with enough support,
  its loss is significant (for labels after Bonferroni's correction, since there are many), or it
  finds none of a label of which the champion found several.

Equal passes: it has learnt from more labels and lost nothing. ``--force`` overrides a refusal; who
did so is written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from annotation.schema import Schema
from training.evaluation.confusion import (
    ConfusionCounts,
    Floats,
    best_constant,
    f1,
    kappa,
    resampled,
    score,
    tally,
)
from training.examples import Examples
from training.registry.store import Model
from training.train import Answers, Challenger, answer

TOLERANCE = 0.02
"""Largest loss of overall F1 that the interval may leave possible: two points, which on a small
holdout is a handful of decisions."""

FEWEST_POSITIVES = 10
"""Held-out positives below which one label's loss is not tested: with fewer, two or three sentences
decide."""

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

LEVEL = 0.05
"""Level of the intervals and tests: one in twenty is wrong."""

Scope = Literal["all", "events", "claims", "event", "claim"]


@dataclass(frozen=True, slots=True)
class TrainingSummary:
    """What the gate must know of a model besides its answers; kept in the manifest."""

    sentences: int
    """How many labelled sentences it was trained on."""
    positives: Mapping[str, int]
    """How often each event type and claim kind occurs in them."""
    held_out: Mapping[str, int]
    """How many sentences of each held-out article it was measured on."""

    @classmethod
    def of(cls, model: Model) -> TrainingSummary:
        """As the model's manifest has it."""
        return cls(**model.manifest["details"]["standing"])


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table."""

    scope: Scope
    """What it sums up: everything, all events, all claims, one event type, one claim kind."""
    label: str
    """The alias; for sums ``micro`` or ``macro``."""
    support: int
    """How often it holds in the holdout."""
    challenger: float
    """F1."""
    champion: float | None = None
    """F1; None where there is no champion."""
    difference: float | None = None
    """Challenger minus champion."""
    low: float | None = None
    """Lower end of the difference's 95 % interval."""
    high: float | None = None
    """Upper end."""
    lost: bool = False
    """True where the loss alone refuses the challenger."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate decides, and why."""

    promote: bool
    """True where the challenger may become champion."""
    reasons: tuple[str, ...]
    """Why, one sentence each."""
    rows: tuple[Comparison, ...] = ()
    """The table, sums first."""
    forced_by: str | None = field(default=None)
    """Who overrode a refusal, None for nobody."""

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
    tolerance: float = TOLERANCE,
    resamples: int = 4000,
    seed: int = 0,
) -> Verdict:
    """Decide on answers alone; see the module for the rules.

    Args:
        challenger: the new model's answers on the holdout.
        champion: the present one's on the same sentences; None where there is none.
        tolerance: largest loss of overall F1 that may remain possible.
        resamples: number of bootstrap resamples.
        seed: of the bootstrap.
    """
    if not challenger.hits.size or not challenger.support.any():
        return Verdict(False, ("Nothing is held out, so there is nothing to judge by.",))
    weights = resampled(len(challenger.sentences), resamples, seed)
    floors = _floors(challenger, weights)
    if champion is None:
        rows = tuple(_rows(challenger, None, weights))
        return Verdict(
            promote=not floors,
            reasons=floors or ("It is the first model and stands above the floors.",),
            rows=rows,
        )
    rows = tuple(_rows(challenger, champion, weights))
    refusals = (*floors, *_losses(rows, challenger, champion, tolerance))
    overall = rows[0]
    assert overall.difference is not None
    better = (
        f"Overall F1 {overall.challenger:.3f} against {overall.champion:.3f} "
        f"({overall.difference:+.3f}, 95 % interval {overall.low:+.3f} to {overall.high:+.3f}), "
        "and no label is lost."
    )
    return Verdict(promote=not refusals, reasons=refusals or (better,), rows=rows)


def judge_models(
    challenger: Challenger, champion: Model | None, *, tolerance: float = TOLERANCE
) -> Verdict:
    """Let both models answer for the same held-out sentences, today, and decide.

    Args:
        challenger: what ``train`` made.
        champion: the model in use, None where there is none.
        tolerance: largest loss of overall F1 that may remain possible.
    """
    rows, schema = challenger.rows, challenger.model.schema
    if challenger.answers is None:
        return Verdict(False, ("All labels are from one article, so nothing could be measured.",))
    ours = _outcome(rows, challenger.answers, schema)
    if champion is None:
        return judge(ours, None)
    if challenger.measured != "holdout":
        return Verdict(
            False,
            (
                "Nothing is held out yet, so the two models cannot be compared: "
                "label more articles.",
            ),
        )
    reasons = comparable(
        TrainingSummary.of(challenger.model),
        TrainingSummary.of(champion),
        (schema, champion.schema),
    )
    if champion.schema.labels_not_in(schema):
        return Verdict(False, reasons)
    theirs = answer(champion.events, champion.claims, rows.texts, len(champion.schema.event_types))
    theirs = _in_columns_of(schema, champion.schema, theirs)
    verdict = judge(ours, _outcome(rows, theirs, schema), tolerance=tolerance)
    if not reasons:
        return verdict
    return Verdict(False, (*reasons, *(() if verdict.promote else verdict.reasons)), verdict.rows)


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


def _outcome(rows: Examples, answers: Answers, schema: Schema) -> ConfusionCounts:
    # With fewer articles than this the bootstrap would have hardly anything to draw from, so
    # sentences are drawn: too narrow, but better than an interval of width zero.
    few = len(set(rows.groups)) < FEWEST_ARTICLES_TO_DRAW
    return tally(
        rows.sentence_ids if few else rows.groups,
        (rows.labels, answers.events),
        (rows.claims, answers.claims) if schema.claim_kinds else None,
        event_types=schema.event_aliases,
        claim_kinds=schema.claim_aliases,
    )


def _floors(outcome: ConfusionCounts, weights: Floats) -> tuple[str, ...]:
    """Why a model has learnt nothing; empty where it has."""
    if not outcome.event_types:
        return () if outcome.hits.any() else ("It finds none of the held-out claims.",)
    found = []
    split = len(outcome.event_types)
    hits, false, missed = (
        part[:, :split] for part in (outcome.hits, outcome.false, outcome.missed)
    )
    drawn = kappa(weights @ hits, weights @ false, weights @ missed, weights @ outcome.sentences)
    low = float(np.quantile(drawn, LEVEL / 2))
    if low <= 0:
        found.append(
            "It has learnt nothing that holds on held-out articles: it agrees with people no more "
            f"than chance would (Cohen's kappa may be {low:.2f}). Are the labels mixed up?"
        )
    reached = float(f1(hits.sum(), false.sum(), missed.sum()))
    trivial = best_constant((hits + missed).sum(axis=0), int(outcome.sentences.sum()))
    if reached <= trivial:
        found.append(
            f"It does no better (F1 {reached:.3f}) than ticking the same event types everywhere "
            f"({trivial:.3f})."
        )
    return tuple(found)


def _losses(
    rows: Sequence[Comparison],
    challenger: ConfusionCounts,
    champion: ConfusionCounts,
    tolerance: float,
) -> tuple[str, ...]:
    """Where the challenger loses against the champion."""
    found = []
    overall = rows[0]
    assert overall.difference is not None
    assert overall.low is not None
    if overall.difference < 0:
        found.append(
            f"It is not better: overall F1 {overall.challenger:.3f} against "
            f"{overall.champion:.3f} ({overall.difference:+.3f})."
        )
    elif overall.low < -tolerance:
        found.append(
            f"It may be worse: overall F1 {overall.challenger:.3f} against {overall.champion:.3f}, "
            f"but the interval of the difference reaches {overall.low:+.3f}, beyond the tolerance "
            f"of {tolerance:.3f}; label more."
        )
    names = (*challenger.event_types, *challenger.claim_kinds)
    found += [
        f"It is worse on {_named(row)}: F1 {row.challenger:.3f} against {row.champion:.3f} "
        f"({row.support} held out)."
        for row in rows[1:]
        if row.lost
    ]
    found += [
        f"It finds none of '{name}', of which the champion finds {had}."
        for name, had, has in zip(
            names, champion.hits.sum(axis=0), challenger.hits.sum(axis=0), strict=True
        )
        if had >= FEWEST_FOUND and not has
    ]
    return tuple(found)


def _rows(
    challenger: ConfusionCounts, champion: ConfusionCounts | None, weights: Floats
) -> list[Comparison]:
    """The table: sums first, then each label that occurs."""
    split, width = len(challenger.event_types), challenger.hits.shape[1]
    support = challenger.support
    tested = int((support >= FEWEST_POSITIVES).sum())
    every, events, claims = slice(0, width), slice(0, split), slice(split, width)
    rows = [_row("all", "micro", every, challenger, champion, weights, LEVEL)]
    sums: tuple[tuple[Scope, slice], ...] = (("events", events), ("claims", claims))
    for scope, columns in sums:
        if support[columns].any():
            rows += [
                _row(scope, label, columns, challenger, champion, weights, LEVEL)
                for label in ("micro", "macro")
            ]
    names = (*challenger.event_types, *challenger.claim_kinds)
    for place, name in enumerate(names):
        if support[place]:
            one: Scope = "event" if place < split else "claim"
            enough = support[place] >= FEWEST_POSITIVES
            level = LEVEL / tested if enough else None
            columns = slice(place, place + 1)
            rows.append(_row(one, name, columns, challenger, champion, weights, level))
    return rows


def _row(
    scope: Scope,
    label: str,
    columns: slice,
    challenger: ConfusionCounts,
    champion: ConfusionCounts | None,
    weights: Floats,
    level: float | None,
) -> Comparison:
    """One line; ``level`` is that of the test for a loss, None for no test."""
    support = int(challenger.support[columns].sum())
    macro = label == "macro" and scope in ("events", "claims")
    whole = np.ones((1, weights.shape[1]))
    ours = float(score(challenger, columns, whole, macro)[0])
    if champion is None:
        return Comparison(scope, label, support, ours)
    theirs = float(score(champion, columns, whole, macro)[0])
    drawn = score(challenger, columns, weights, macro) - score(champion, columns, weights, macro)
    low, high = np.quantile(drawn, [LEVEL / 2, 1 - LEVEL / 2])
    lost = level is not None and float(np.quantile(drawn, 1 - level / 2)) < 0
    return Comparison(
        scope, label, support, ours, theirs, ours - theirs, float(low), float(high), lost
    )


def _in_columns_of(schema: Schema, theirs: Schema, answers: Answers) -> Answers:
    """Answers of a model with fewer event types, or another order of them, in our columns."""
    place = {alias: column for column, alias in enumerate(schema.event_aliases)}
    columns = [place[alias] for alias in theirs.event_aliases]
    shape = (len(answers.events), len(schema.event_types))
    proba, events = np.zeros(shape), np.zeros(shape, dtype=bool)
    proba[:, columns], events[:, columns] = answers.proba, answers.events
    return replace(answers, proba=proba, events=events)


def _named(row: Comparison) -> str:
    if row.scope in ("event", "claim"):
        return f"'{row.label}'"
    return {"all": "the whole", "events": "events", "claims": "claims"}[row.scope] + (
        f" ({row.label} average)"
    )


def _listed(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
