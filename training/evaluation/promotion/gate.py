"""Decides whether a challenger becomes champion, and says why in words.

Both models are measured on the same labels, as they are today, each by answers of models that had
not seen the article; nothing is compared with a figure from the past. A challenger is refused when
one of these holds:

- **Labels were lost.** Much of what the champion had learnt from is gone or says something else
  (``lost_labels``): an export that went wrong looks like this.
- **It has learnt nothing yet.** That it agrees with people more than chance would is not certain
  enough (Cohen's kappa, pooled over event types and claim kinds). The first model is judged by this
  alone.
- **It is worse.** Its overall F1, over all decisions on events and claims, is more than
  ``TOLERANCE`` below the champion's; or more than ``DRIFT`` below that of the best model so far,
  so that small losses do not add up. On few decisions, only where that is beyond chance, too, or
  more than what more labels are known to be worth outweighs (``MORE_LABELS``).
- **Nothing argues for a change.** It learnt from the same labels, and is not better beyond chance.
- **A label is lost.** It finds none of a label of which the champion found several.

A significant loss on a part or on one label is told and refuses nothing: of nine challengers that
it alone kept out in the simulation all were truly better.

The difference itself decides, and not the lower end of its interval: with the few labels that
people have at first, that refuses nearly everything, and most of what it refuses is better. With
very few the difference tells little, while more labels mostly make a better model: so the fewer
decisions, the less it counts (``benchmarks/gate.py``). ``--force`` overrides a refusal; who did so
is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotation.schema import Schema
from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.confusion import ConfusionCounts, tally
from training.evaluation.measurement import Measurement
from training.evaluation.promotion.agreement import (
    FEWEST_DECISIONS,
    labels_mixed_up,
    not_learnt,
)
from training.evaluation.promotion.comparison import (
    BesideBest,
    Comparison,
    ComparisonTable,
    compare,
)
from training.evaluation.promotion.earlier_models import EarlierModel, unseen_answers
from training.evaluation.promotion.in_words import decisions_told, seen_on, settled_by, standing
from training.evaluation.promotion.limits import (
    DRIFT,
    TOLERANCE,
    may_lose,
)
from training.evaluation.promotion.lost_labels import counts_lost, labels_lost, schema_lost
from training.evaluation.promotion.new_labels import no_reason_to_change, nothing_new
from training.examples import Examples
from training.model import Model
from training.predictions import Predictions
from training.train import TrainingSummary

FEWEST_FOUND = 5
"""A label of which the champion found this many and the challenger none is lost: of fewer, that all
differ one way is no rarer than one in twenty (sign test)."""

FEWEST_ARTICLES_TO_DRAW = 5
"""Articles below which sentences are drawn instead."""

_ONLY_DRIFTED = (
    "Beside the champion alone it would pass, but small losses must not add up from model to model."
)

NOTHING_NEW = (
    "The champion has learnt all labels that are measured, each as it is today, so nothing argues "
    "for a change.",
)

NO_MEASURE = (
    "Nothing could be measured: all labels are from one article. Label sentences of a second one.",
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the gate decides, and why."""

    promote: bool
    """True where the challenger may become champion."""
    reasons: tuple[str, ...]
    """Why, one sentence each."""
    table: ComparisonTable | None = None
    """The two models compared; None where they cannot be."""
    best: BesideBest | None = None
    """The challenger beside the best model so far; None where that is the champion."""
    best_so_far: bool = True
    """True where no earlier model is known to be better than the challenger."""
    forced_by: str | None = None
    """Who overrode a refusal, None for nobody."""
    nothing_new: bool = False
    """True where it was not judged, for the champion has learnt the same labels."""
    labels_in_doubt: bool = False
    """True where labels seem lost, changed or mixed up: what is wrong is none of the model's."""

    @property
    def rows(self) -> tuple[Comparison, ...]:
        """The lines of the table, the whole, which decides, first; empty where there is none."""
        return self.table.rows if self.table else ()

    @property
    def reason(self) -> str:
        """All reasons in one line."""
        return " ".join(self.reasons)

    def forced(self, who: str) -> Ruling:
        """The same refusal, overridden; a ruling that promotes anyway stays as it is."""
        return self if self.promote else replace(self, promote=True, forced_by=who)


def judge(
    challenger: ConfusionCounts,
    champion: ConfusionCounts | None,
    *,
    n_resamples: int = 4000,
    seed: int = 0,
) -> Ruling:
    """Decide on answers alone; see the module for the rules.

    Args:
        challenger: the new model's answers.
        champion: the present one's on the same sentences; None where there is none.
        n_resamples: number of bootstrap draws.
        seed: of the bootstrap.
    """
    if not challenger.hits.size or not challenger.support.any():
        return Ruling(False, ("Nothing is ticked or marked in what is measured; label more.",))
    draws = ArticleDraws(challenger.articles, n_resamples=n_resamples, seed=seed)
    mixed_up = labels_mixed_up(challenger, draws)
    floors = mixed_up or not_learnt(challenger, draws)
    table = compare(challenger, champion, draws)
    if champion is None:
        passed = (
            f"It is the first model; overall F1 {table.overall.challenger:.3f} on "
            f"{decisions_told(table.overall.support)}, more than chance."
        )
        return Ruling(not floors, floors or (passed,), table, labels_in_doubt=bool(mixed_up))
    refusals = (
        *floors,
        *_overall_loss(table.overall),
        *_labels_not_found(challenger, champion),
    )
    told = (_no_loss(table.overall), *_significant_losses(table))
    return Ruling(not refusals, refusals or told, table, labels_in_doubt=bool(mixed_up))


def judge_models(
    challenger: Model,
    learnt: Examples,
    measured: Measurement,
    champion: EarlierModel | None,
    best: EarlierModel | None = None,
) -> Ruling:
    """Measure both models on the same labels, today, and decide.

    Args:
        challenger: the new model, named.
        learnt: what it was trained on.
        measured: what models like it said of which sentences.
        champion: the model in use, None where there is none.
        best: the best model so far, None where that is the champion.
    """
    rows, schema = measured.rows, challenger.schema
    if measured.answers is None:
        return Ruling(False, NO_MEASURE)
    ours = measured.answers.of(rows.sentence_ids)
    if champion is None:
        return judge(_counts(rows, ours, schema), None)
    lost = schema_lost(schema, champion.model.schema)
    if lost:
        return Ruling(False, lost)
    lost = _lost(challenger, learnt, champion)
    if not lost and champion.answers is None and nothing_new(challenger, rows, champion):
        # A starter: five models fitted anew would only tell that it is as good as this one.
        alone = judge(_counts(rows, ours, schema), None)
        return replace(alone, promote=False, reasons=NOTHING_NEW, nothing_new=True)
    pair = _beside(rows, ours, champion, schema)
    if pair is None:
        alone = judge(_counts(rows, ours, schema), None)
        reason = (
            f"The champion {champion.model.id} cannot be measured on these labels, as it has "
            "learnt from all of them; so the challenger is judged as a first model is."
        )
        return replace(
            alone,
            promote=alone.promote and not lost,
            reasons=(*lost, reason, *alone.reasons),
            labels_in_doubt=alone.labels_in_doubt or bool(lost),
        )
    ruling = judge(*pair)
    beside = None if best is None else _beside_best(rows, ours, best, schema)
    ruling = replace(ruling, best=beside, best_so_far=_is_best(ruling, beside))
    drifted = tuple(_drift(beside))
    same = no_reason_to_change(ruling.rows[0], challenger, rows, champion) if ruling.promote else ()
    if lost or drifted or same:
        kept = () if ruling.promote else ruling.reasons
        only = (_ONLY_DRIFTED,) if ruling.promote and drifted and not (lost or same) else ()
        ruling = replace(
            ruling,
            promote=False,
            reasons=(*lost, *kept, *drifted, *only, *same),
            labels_in_doubt=ruling.labels_in_doubt or bool(lost),
        )
    elif ruling.promote:
        ruling = replace(ruling, reasons=(*ruling.reasons, *_seems_drift(beside)))
    left_out = len(rows) - int(pair[0].sentences.sum())
    if left_out:
        ruling = replace(ruling, reasons=(*ruling.reasons, _not_compared(left_out, len(rows))))
    return ruling


def compare_earlier(
    model: EarlierModel, champion: EarlierModel, rows: Examples, schema: Schema
) -> Comparison | None:
    """Two models that are there already, overall, on the labels that neither has seen.

    Nothing is fitted: a model without stored answers is measured on what is new to it alone.

    Args:
        model: the one that may be promoted.
        champion: the one in use.
        rows: labelled sentences.
        schema: their labels.

    Returns:
        The line of the whole; None where a model has labels that the schema lacks, or no label is
        left to compare them on.
    """
    if model.model.schema.labels_not_in(schema) or champion.model.schema.labels_not_in(schema):
        return None
    model, champion = (
        one if one.answers is not None else replace(one, learnt=None) for one in (model, champion)
    )
    chosen, ours = unseen_answers(model, rows, schema)
    pair = None if ours is None else _beside(rows.rows(chosen), ours, champion, schema)
    if pair is None or not pair[0].support.any():
        return None
    return compare(*pair, ArticleDraws(pair[0].articles)).overall


def _lost(challenger: Model, learnt: Examples, champion: EarlierModel) -> tuple[str, ...]:
    if champion.learnt is not None:
        return labels_lost(learnt, champion.learnt)
    new, present = TrainingSummary.of_model(challenger), TrainingSummary.of_model(champion.model)
    assert new is not None, "only a named model is judged"
    assert present is not None, "only a trained model is promoted"
    own = frozenset(present.articles) - learnt.seeds
    if present.articles and own.isdisjoint(learnt.groups):
        return ()  # it comes from another workspace, whose labels are not expected here
    return counts_lost(new, present)


def _beside(
    rows: Examples, ours: Predictions, earlier: EarlierModel, schema: Schema
) -> tuple[ConfusionCounts, ConfusionCounts] | None:
    """The challenger and an earlier model on the rows that this has not seen, None for no row."""
    chosen, theirs = unseen_answers(earlier, rows, schema)
    if theirs is None:
        return None
    some, mine = rows.rows(chosen), ours.of([rows.sentences[row].id for row in chosen])
    return _counts(some, mine, schema), _counts(some, theirs, schema)


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


def _not_compared(n: int, of: int) -> str:
    return (
        f"{n:,} of the {of:,} measured sentences are left out of the comparison, for the champion "
        "has learnt what says the same; so its figures are not quite those of `newsledger models`."
    )


def _overall_loss(overall: Comparison) -> Iterator[str]:
    """Whether the challenger is worse as a whole, and what would settle it."""
    if not _is_loss(overall, TOLERANCE):
        return
    seen = (
        f"overall F1 {overall.challenger:.3f} against {overall.champion:.3f}, by more than the "
        f"tolerance of {TOLERANCE:.2f} ({settled_by(overall, TOLERANCE)})"
    )
    if overall.lost:
        yield f"It is worse: {seen}."
    else:
        yield f"It seems worse: {seen}{_edge(overall, TOLERANCE)}."


def _is_loss(row: Comparison, tolerance: float) -> bool:
    """Whether the challenger is worse by more than may be, and enough is known to say so."""
    assert row.difference is not None
    return row.difference < -(tolerance if row.lost else _may_lose(row, tolerance))


def _may_lose(row: Comparison, tolerance: float) -> float:
    assert row.low is not None
    assert row.high is not None
    return may_lose(row.low, row.high, tolerance)


def _edge(row: Comparison, tolerance: float) -> str:
    """Said on both sides of the edge, of a loss that may be chance; one that is not is refused."""
    may = _may_lose(row, tolerance)
    return "" if may == tolerance else f"; on so few labels, more than {may:.3f} is refused"


def _no_loss(overall: Comparison) -> str:
    assert overall.difference is not None
    figures = f"overall F1 {overall.challenger:.3f} against {overall.champion:.3f}"
    if overall.difference < -TOLERANCE:
        return (
            f"It seems worse, but so few labels cannot tell: {figures} "
            f"({settled_by(overall, TOLERANCE)}){_edge(overall, TOLERANCE)}. No label is lost."
        )
    how = {
        "better": "Better",
        "worse": f"A little worse, within the tolerance of {TOLERANCE:.2f}",
        "not clear": "Not clearly better or worse",
    }[standing(overall)]
    return f"{how}: {figures} ({seen_on(overall)}), and no label is lost."


def _significant_losses(table: ComparisonTable) -> Iterator[str]:
    """On which part or label the challenger seems worse."""
    for row in (*table.sums, *table.labels):
        if row.lost:
            yield (
                f"Look at {row.name}, which seems worse: F1 {row.challenger:.3f} against "
                f"{row.champion:.3f} ({row.support} labelled)."
            )


def _labels_not_found(challenger: ConfusionCounts, champion: ConfusionCounts) -> Iterator[str]:
    """Of which labels the challenger finds none and the champion several."""
    names = (*challenger.event_types, *challenger.claim_kinds)
    found, found_before = challenger.hits.sum(axis=0), champion.hits.sum(axis=0)
    for name, now, before in zip(names, found, found_before, strict=True):
        if before >= FEWEST_FOUND and not now:
            yield f"It finds none of '{name}', of which the champion finds {before}."


def _beside_best(
    rows: Examples, ours: Predictions, best: EarlierModel, schema: Schema
) -> BesideBest | None:
    """The challenger beside the best model so far; None where too little is new to that."""
    if best.model.schema.labels_not_in(schema):
        return None
    pair = _beside(rows, ours, best, schema)
    if pair is None or pair[0].support.sum() < FEWEST_DECISIONS:
        return None
    overall = compare(*pair, ArticleDraws(pair[0].articles, n_resamples=1000)).overall
    return BesideBest(best.model.id, str(best.model.manifest.get("created", "")), overall)


def _is_best(ruling: Ruling, beside: BesideBest | None) -> bool:
    row = beside.overall if beside else ruling.table.overall if ruling.table else None
    return row is None or row.difference is None or row.difference >= 0


def _drift(beside: BesideBest | None) -> Iterator[str]:
    """Whether small losses have added up."""
    if beside and _is_loss(beside.overall, DRIFT):
        by_rule = "" if beside.overall.lost else _edge(beside.overall, DRIFT)
        yield f"It {'is' if beside.overall.lost else 'seems'} {_below_best(beside)}{by_rule}."


def _seems_drift(beside: BesideBest | None) -> Iterator[str]:
    """What refuses nothing yet."""
    if beside and beside.overall.difference is not None and beside.overall.difference < -DRIFT:
        edge = _edge(beside.overall, DRIFT)
        yield f"It seems {_below_best(beside)}, but so few labels cannot tell{edge}."


def _below_best(beside: BesideBest) -> str:
    row = beside.overall
    return (
        f"more than {DRIFT:.2f} below the best model so far, {beside.name}: overall F1 "
        f"{row.challenger:.3f} against {row.champion:.3f} ({settled_by(row, DRIFT)})"
    )
