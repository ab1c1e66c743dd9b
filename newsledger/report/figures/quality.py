"""How good the model in use is on the user's own text, and how good people are beside it.

The figures of a model are those of its manifest, which ``newsledger models`` and its card show,
too; what its manifest has not, is measured on the answers stored with it, of models like it that
had not seen the article. Nothing is fitted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from annotation.schema import Schema
from newsledger.report.figures.measured import Measured, ModelPart
from newsledger.team.agreement import FEWEST_ARTICLES, FEWEST_SENTENCES
from training.evaluation.bootstrap import ArticleDraws, Floats, ratio
from training.evaluation.metrics import N_BINS

if TYPE_CHECKING:
    from newsledger.team.agreement import DoubleCoded
    from training.examples import Examples
    from training.predictions import Predictions

FEWEST_IN_BIN = 10
"""Answers below which a bin is left out of the plot: its share would be chance."""


@dataclass(frozen=True, slots=True)
class LabelQuality:
    """How the model does on one label."""

    part: ModelPart
    """Whether it is an event type or a claim kind."""
    label: str
    """Its alias."""
    name: str
    """What people see."""
    support: int
    """How often people gave it."""
    predicted: int
    """How often the model gives it."""
    f1: Measured
    """Harmonic mean of the two below."""
    precision: Measured
    """Of what the model says, the share that is right."""
    recall: Measured
    """Of what people say, the share that the model finds."""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Answers of about the same probability."""

    said: float
    """The mean of the probabilities."""
    true: Measured
    """In which share of them people agree."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the model in use is."""

    model: str
    """Its id."""
    measured_on: str
    """``own articles``, ``seed articles`` or ``nothing``."""
    sentences: int
    """Sentences measured on."""
    articles: int
    """Their articles."""
    overall_f1: Measured
    """F1 over all decisions: what the gate decides by."""
    events_f1: Measured
    """Micro F1 of the event types."""
    events_right: Measured
    """Of the event types that it ticks, the share that is right."""
    events_found: Measured
    """Of the event types that hold, the share that it ticks."""
    nothing_to_change: Measured
    """Share of sentences whose event types are exactly right."""
    claims_f1: Measured
    """F1 of claims: same kind, overlapping."""
    two_people: Measured
    """Micro F1 of the event types of two people, each held against the other."""
    labels: tuple[LabelQuality, ...]
    """Each label that occurs, in the order of the schema."""
    calibration: tuple[CalibrationBin, ...]
    """What its probabilities of event types are worth."""


def quality(
    model: str,
    metrics: Mapping[str, Any],
    schema: Schema,
    *,
    answers: tuple[Examples, Predictions] | None,
    coded: Sequence[DoubleCoded],
) -> Quality:
    """How good a model is.

    Args:
        model: its id.
        metrics: the figures of its manifest.
        schema: the labels in use, whose names people see.
        answers: labelled sentences, and what models like it that had not seen their articles say of
            them; None where nothing was stored.
        coded: sentences that several people labelled.
    """
    n, articles = metrics.get("n_sentences", 0), metrics.get("n_articles", 0)
    events, claims = metrics.get("events") or {}, metrics.get("claims") or {}
    right, found, bins = _on_answers(answers)

    def told(figure: Mapping[str, Any] | None) -> Measured:
        return Measured.of_metrics(figure, n, "sentences", articles=articles)

    return Quality(
        model=model,
        measured_on=metrics.get("measured_on", "nothing"),
        sentences=n,
        articles=articles,
        overall_f1=told(metrics.get("overall_f1")),
        events_f1=told(events.get("micro_f1")),
        events_right=right,
        events_found=found,
        nothing_to_change=told(events.get("exact_match")),
        claims_f1=told((claims.get("overlapping") or {}).get("f1")),
        two_people=people_f1(coded),
        labels=tuple(_labels(events, claims, schema, articles)),
        calibration=bins,
    )


def people_f1(coded: Sequence[DoubleCoded]) -> Measured:
    """Micro F1 of the event types of two people, over all pairs; the same whoever is the truth.

    Args:
        coded: sentences that several people labelled.
    """
    n, articles = len(coded), [one.article for one in coded]
    if n < FEWEST_SENTENCES or len(set(articles)) < FEWEST_ARTICLES:
        return Measured.none(
            f"{n} of the {FEWEST_SENTENCES} sentences labelled by two people that it takes, of "
            f"{len(set(articles))} of {FEWEST_ARTICLES} articles",
            n,
        )
    both, all_ticks = np.zeros(n), np.zeros(n)
    for place, one in enumerate(coded):
        for mine, theirs in combinations(one.annotations, 2):
            ours = {*mine.events.aliases}
            both[place] += 2 * len(ours.intersection(theirs.events.aliases))
            all_ticks[place] += len(ours) + len(theirs.events.aliases)
    draws = ArticleDraws(articles, expanded=True)
    return Measured.of_interval(draws.share(both, all_ticks), n, "sentences")


def _on_answers(
    answers: tuple[Examples, Predictions] | None,
) -> tuple[Measured, Measured, tuple[CalibrationBin, ...]]:
    """Share of ticks that are right, share of what holds that is ticked, and the calibration."""
    if answers is None or not answers[0].label_names:
        none = Measured.none("no answers are stored with the model")
        return none, none, ()
    rows, said = answers
    articles, n = len(set(rows.groups)), len(rows)
    if not n:
        none = Measured.none("no sentence that you labelled has an answer stored with the model")
        return none, none, ()
    if articles < FEWEST_ARTICLES:
        none = Measured.too_few(articles, n, "sentences")
        return none, none, ()
    draws = ArticleDraws(rows.groups, expanded=True)
    hits = draws.total((rows.labels & said.ticked).sum(axis=1))
    right = draws.interval(ratio(hits, draws.total(said.ticked.sum(axis=1))))
    found = draws.interval(ratio(hits, draws.total(rows.labels.sum(axis=1))))
    return (
        Measured.of_interval(right, n, "sentences"),
        Measured.of_interval(found, n, "sentences"),
        _calibration(rows, said, draws),
    )


def _calibration(
    rows: Examples, said: Predictions, draws: ArticleDraws
) -> tuple[CalibrationBin, ...]:
    numbers = np.minimum((said.probability * N_BINS).astype(int), N_BINS - 1)
    found = []
    for number in range(N_BINS):
        inside = numbers == number
        n = int(inside.sum())
        if n < FEWEST_IN_BIN:
            continue
        true: Floats = ratio(
            draws.total((rows.labels & inside).sum(axis=1)), draws.total(inside.sum(axis=1))
        )
        found.append(
            CalibrationBin(
                said=float(said.probability[inside].mean()),
                true=Measured.of_interval(draws.interval(true), n, "answers"),
            )
        )
    return tuple(found)


def _labels(
    events: Mapping[str, Any], claims: Mapping[str, Any], schema: Schema, articles: int
) -> Sequence[LabelQuality]:
    names: dict[tuple[ModelPart, str], str] = {
        **{("event", one.alias): one.value for one in schema.event_types},
        **{("claim", one.alias): one.value for one in schema.claim_kinds},
    }
    measured: list[tuple[ModelPart, Mapping[str, Any]]] = [
        *(("event", one) for one in events.get("labels", ())),
        *(("claim", one) for one in claims.get("kinds", ())),
    ]
    order = {key: place for place, key in enumerate(names)}

    def told(figure: Mapping[str, Any] | None, n: int, of: str) -> Measured:
        return Measured.of_metrics(figure, n, of, articles=articles)

    found = [
        LabelQuality(
            part=part,
            label=one["label"],
            name=names.get((part, one["label"]), one["label"]),
            support=one["support"],
            predicted=one["predicted"],
            f1=told(one["f1"], one["support"], "labelled"),
            precision=told(one["precision"], one["predicted"], "suggested"),
            recall=told(one["recall"], one["support"], "labelled"),
        )
        for part, one in measured
        if one["support"] or one["predicted"]
    ]
    return sorted(found, key=lambda one: order.get((one.part, one.label), len(order)))
