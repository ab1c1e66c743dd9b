"""Anchoring: how far a suggestion pulls whoever sees it, and what is measured without its pull.

A share of the sentences, drawn by chance, is labelled by people who see no suggestion; what would
have been suggested is known. So two figures can be had that no label of a shown suggestion gives:

- *how good the model is* on labels that nobody anchored;
- *the pull*: how often people's labels are as suggested where they saw it, minus how often they
  come out the same where they did not.

Compared are sentences that are about as hard: they are put into strata by the expected number of
wrong ticks, the sum of min(p, 1 - p) over the event types, of models that have not seen the
article. Each stratum weighs as much as it has blind sentences. Intervals come from a bootstrap over
articles, expanded by as much as a t interval is wider than a normal one for the articles that hold
blind labels (T. Hesterberg, "What Teachers Should Know About the Bootstrap", 2015), which are few
at first: with 30 blind labels of 30 articles the plain ones hold in 92 of 100 cases, these in 95
(``benchmarks/anchoring.py``). Only suggestions that say something are compared: an empty one looks
the same as none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

from annotation.dataset.adjudication import by_sentence, latest_of_each
from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, SuggestedLabels
from annotation.schema import Schema
from training.evaluation.bootstrap import LEVEL, ArticleDraws, Interval, ratio
from training.evaluation.confusion import match_claims
from training.evaluation.measurement import Measurement, measurable
from training.evaluation.metrics import overall_f1
from training.examples import build_examples

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FEWEST_LABELS = 20
"""Labels with a suggestion in sight, and without, below which no pull is told: ours."""
FEWEST_ARTICLES = 5
"""Articles below which none is told, for they are what the bootstrap draws."""
MOST_STRATA = 5
LABELS_PER_STRATUM = 10
"""Blind labels that each stratum has at least, on average."""

_NONE = Interval(None, None, None)
NO_BLIND_LABELS = (
    "No blind labels yet: nobody has labelled a sentence that was to be labelled without a "
    "suggestion, so it is not known how far suggestions pull."
)


@dataclass(frozen=True, slots=True)
class AnchoringEffect:
    """How far suggestions pull, or why that is not told."""

    shown: int
    """Labels of people who saw a suggestion that said something."""
    blind: int
    """Labels of people who did not, where one would have said something."""
    kept: Interval = _NONE
    """How often labels are as suggested where the suggestion was seen, 0 to 1."""
    same: Interval = _NONE
    """How often they come out the same where it was not."""
    effect: Interval = _NONE
    """The first minus the second."""
    why_none: str = ""
    """Why there is no figure; empty where there is one."""


@dataclass(frozen=True, slots=True)
class Anchoring:
    """What labels that no suggestion has anchored tell."""

    blind_sentences: int
    """Sentences that people labelled without seeing a suggestion."""
    blind_articles: int
    """Their articles."""
    events: AnchoringEffect
    """The pull on event types: a label is as suggested where it has the same types."""
    claims: AnchoringEffect
    """The pull on claims: the share of the suggested claims that are marked with the same kind."""
    f1_blind: Interval
    """F1 of the model over all decisions, on these sentences, by their labels without verdicts: a
    second look shows what models say of a sentence."""
    f1_shown: Interval
    """The same on all other measured sentences."""
    seconds_shown: float | None
    """Median seconds of a label where there was a suggestion; None where no time is known."""
    seconds_blind: float | None
    """The same where there was none in sight."""

    def to_json(self) -> dict[str, Any]:
        """As dicts, numbers and None."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Anchoring:
        """What ``to_json`` made of it."""
        intervals = ("kept", "same", "effect")
        parts = dict(found)
        for name in ("f1_blind", "f1_shown"):
            parts[name] = Interval(**found[name])
        for name in ("events", "claims"):
            pull = {key: Interval(**found[name][key]) for key in intervals}
            parts[name] = AnchoringEffect(**{**found[name], **pull})
        return cls(**parts)

    def in_words(self) -> tuple[str, ...]:
        """What there is to say, one sentence each."""
        if not self.blind_sentences:
            return (NO_BLIND_LABELS,)
        what = (
            f"Sentences labelled without seeing a suggestion: {self.blind_sentences:,} (articles: "
            f"{self.blind_articles:,})."
        )
        if self.f1_blind.value is not None:
            others = "" if self.f1_shown.value is None else f", on all others {self.f1_shown}"
            what = f"{what} On these F1 is {self.f1_blind}{others}."
        told = [what]
        for name, pull in (("event types", self.events), ("claims", self.claims)):
            if pull.effect.value is None:
                told.append(
                    f"How far suggestions of {name} pull is not known yet: {pull.why_none}."
                )
            else:
                told.append(
                    f"Suggested {name} are kept in {_percent(pull.kept)} where they are seen, and "
                    f"come out the same in {_percent(pull.same)} where they are not: suggestions "
                    f"pull by {_points(pull.effect)}."
                )
        if self.seconds_shown is not None and self.seconds_blind is not None:
            told.append(
                f"A label takes {self.seconds_shown:.1f} s with a suggestion and "
                f"{self.seconds_blind:.1f} s without (medians)."
            )
        return tuple(told)


def measure_anchoring(snapshot: Snapshot, measured: Measurement) -> Anchoring:
    """What the blind labels of a snapshot tell, of the sentences that a model is measured on.

    Args:
        snapshot: what people labelled, and what was suggested or withheld.
        measured: the answers of models that have not seen the article, and the sentences.
    """
    articles = measured.rows.measured_articles
    article_of = {one.id: one.article_id for one in snapshot.sentences}
    labels = [one for one in _counted(snapshot) if article_of[one.sentence_id] in articles]
    blind = {one.sentence_id for one in labels if one.withheld is not None}
    hard = _difficulty(measured)
    first_look = tuple(one for one in snapshot.annotations if not one.verdict)
    if len(first_look) < len(snapshot.annotations):
        rows = build_examples(replace(snapshot, annotations=first_look))
        measured = replace(measured, rows=measurable(rows, articles))
    return Anchoring(
        blind_sentences=len(blind),
        blind_articles=len({article_of[key] for key in blind}),
        events=_pull(labels, _same_types, article_of, hard),
        claims=_pull(labels, _share_kept, article_of, hard),
        f1_blind=_f1_on(measured, snapshot.schema, lambda key: key in blind),
        f1_shown=_f1_on(measured, snapshot.schema, lambda key: key not in blind),
        seconds_shown=_seconds(one for one in labels if one.suggested_by is not None),
        seconds_blind=_seconds(one for one in labels if one.withheld is not None),
    )


def anchoring_effect(
    as_suggested: Floats, shown: Bools, difficulty: Floats, articles: Sequence[str]
) -> tuple[Interval, Interval, Interval]:
    """How far labels are as suggested with it in sight, and without, and the difference.

    Args:
        as_suggested: how far each of n labels is as suggested, 0 to 1, ``(n,)``.
        shown: whether the suggestion was in sight, ``(n,)``; some are and some are not.
        difficulty: how hard its sentence is, ``(n,)``.
        articles: the article of each.
    """
    strata = _strata(difficulty, shown)
    n_strata = int(strata.max()) + 1
    in_stratum = strata[:, None] == np.arange(n_strata)
    draws = ArticleDraws(articles)
    means, counts = [], []
    for seen in (shown, ~shown):
        rows = in_stratum & seen[:, None]
        counts.append(draws.total(rows.astype(float)))
        means.append(ratio(draws.total(rows * as_suggested[:, None]), counts[-1]))
    # A stratum in which a draw has only one of the two says nothing about the difference.
    weight = np.where((counts[0] > 0) & (counts[1] > 0), counts[1], 0.0)
    kept, same = (
        ratio((np.nan_to_num(mean) * weight).sum(axis=1), weight.sum(axis=1)) for mean in means
    )
    n_blind = len({article for article, seen in zip(articles, shown, strict=True) if not seen})
    return (
        _expanded(kept, n_blind),
        _expanded(same, n_blind),
        _expanded(kept - same, n_blind),
    )


def _expanded(series: Floats, n_articles: int) -> Interval:
    """The figure of draw 0 with the expanded percentile interval of the others; NaN is left out."""
    resampled = series[1:][np.isfinite(series[1:])]
    if not np.isfinite(series[0]) or not len(resampled) or n_articles < 2:
        return _NONE
    reach = stdtrit(n_articles - 1, LEVEL / 2) * np.sqrt(n_articles / (n_articles - 1))
    tail = ndtr(reach)
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return Interval(float(series[0]), float(low), float(high))


def _strata(difficulty: Floats, shown: Bools) -> npt.NDArray[np.intp]:
    """The stratum of each label, 0 for the easiest; each has about as many blind labels."""
    blind = difficulty[~shown]
    n_strata = min(MOST_STRATA, max(1, len(blind) // LABELS_PER_STRATUM))
    edges = np.quantile(blind, np.arange(1, n_strata) / n_strata)
    return np.searchsorted(edges, difficulty, side="right")


def _counted(snapshot: Snapshot) -> list[Annotation]:
    """The latest of each person, of each sentence; no verdict of whoever looked at it again."""
    said = by_sentence(snapshot.annotations)
    return [one for annotations in said.values() for one in latest_of_each(annotations)]


def _difficulty(measured: Measurement) -> dict[str, float]:
    """The expected number of wrong ticks in each sentence; none where nothing was answered."""
    answers = measured.answers
    if answers is None:
        return {}
    doubt = np.minimum(answers.probability, 1 - answers.probability).sum(axis=1)
    return dict(zip(answers.sentence_ids, doubt.tolist(), strict=True))


def _same_types(label: Annotation, suggested: SuggestedLabels) -> float | None:
    """1 where a label has the suggested event types; None where none was suggested."""
    return float(set(label.events.aliases) == set(suggested.events)) if suggested.events else None


def _share_kept(label: Annotation, suggested: SuggestedLabels) -> float | None:
    """Share of the suggested claims that a label has; None where none was suggested."""
    if not suggested.claims:
        return None
    return len(match_claims(label.claims, suggested.claims)) / len(suggested.claims)


def _pull(
    labels: Sequence[Annotation],
    likeness: Callable[[Annotation, SuggestedLabels], float | None],
    article_of: Mapping[str, str],
    difficulty: Mapping[str, float],
) -> AnchoringEffect:
    rows = []
    for one in labels:
        suggested = one.suggested if one.withheld is None else one.withheld.labels
        alike = None if suggested is None else likeness(one, suggested)
        if alike is not None:
            rows.append((one.sentence_id, one.withheld is None, alike))
    articles = [article_of[key] for key, _, _ in rows]
    shown = np.array([seen for _, seen, _ in rows], dtype=bool)
    n_shown = int(shown.sum())
    n_blind = len(rows) - n_shown
    if min(n_shown, n_blind) < FEWEST_LABELS:
        few, how = min((n_blind, "without"), (n_shown, "with"))
        why = f"{few} of the {FEWEST_LABELS} labels {how} a suggestion that this takes"
        return AnchoringEffect(n_shown, n_blind, why_none=why)
    if (number := len(set(articles))) < FEWEST_ARTICLES:
        why = f"{number} of the {FEWEST_ARTICLES} articles that this takes"
        return AnchoringEffect(n_shown, n_blind, why_none=why)
    hard = np.array([difficulty.get(key, 0.0) for key, _, _ in rows])
    like = np.array([one for _, _, one in rows], dtype=float)
    return AnchoringEffect(n_shown, n_blind, *anchoring_effect(like, shown, hard, articles))


def _f1_on(measured: Measurement, schema: Schema, which: Callable[[str], bool]) -> Interval:
    """F1 over all decisions on some of the measured sentences; undefined on few."""
    if measured.answers is None:
        return _NONE
    places = [row for row, key in enumerate(measured.rows.sentence_ids) if which(key)]
    rows = measured.rows.rows(places)
    if len(rows) < FEWEST_LABELS or len(set(rows.groups)) < FEWEST_ARTICLES:
        return _NONE
    answers = measured.answers.of(rows.sentence_ids)
    return overall_f1(
        rows.labels,
        answers.ticked,
        rows.groups,
        rows.label_names,
        claims=(rows.claims, answers.claims) if schema.claim_kinds else None,
    )


def _seconds(labels: Iterable[Annotation]) -> float | None:
    times = [one.lead_time for one in labels if one.lead_time is not None]
    return median(times) if times else None


def _percent(one: Interval) -> str:
    assert one.value is not None
    return f"{100 * one.value:.0f} %"


def _points(one: Interval) -> str:
    assert one.value is not None
    assert one.low is not None
    assert one.high is not None
    low, high = 100 * one.low, 100 * one.high
    return f"{100 * one.value:.0f} points (95 % interval {low:.0f} to {high:.0f})"
