"""How often each label holds, which stand together, and what was claimed in which week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from annotation.schema import Label, Schema
from newsledger.report.figures.measured import Measured, ModelPart
from newsledger.team.agreement import FEWEST_ARTICLES, week_of
from training.evaluation.bootstrap import ArticleDraws, ratio

if TYPE_CHECKING:
    from training.examples import Examples


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How often one label holds."""

    part: ModelPart
    """Whether it is an event type or a claim kind."""
    label: str
    """Its alias."""
    name: str
    """What people see."""
    number: int
    """Sentences in which the event type holds, or claims of the kind."""
    share: Measured
    """Of the labelled sentences the share that has it; of few articles without an interval."""


@dataclass(frozen=True, slots=True)
class LabelPair:
    """Two event types that hold in the same sentences."""

    one: str
    """Name of the first, in the order of the schema."""
    other: str
    """Name of the second."""
    number: int
    """In how many sentences both hold."""


@dataclass(frozen=True, slots=True)
class WeekOfClaims:
    """The claims of the articles of one week."""

    week: str
    """ISO 8601, as ``2026-W48``; empty for articles without a date."""
    by_kind: tuple[int, ...]
    """Claims of each kind, in the order of the schema."""


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """What was labelled, counted."""

    sentences: int
    """Labelled sentences on which people are not split evenly."""
    labels: tuple[LabelCount, ...]
    """Each event type and claim kind, in the order of the schema."""
    together: tuple[LabelPair, ...]
    """Event types that stand together somewhere, the most frequent first."""
    kinds: tuple[str, ...]
    """Names of the claim kinds, in the order of the schema."""
    weeks: tuple[WeekOfClaims, ...]
    """Claims by the week in which the article was published, those without a date last."""


def label_counts(
    rows: Examples, schema: Schema, published: Mapping[str, str | None]
) -> LabelCounts:
    """Count what was labelled.

    Args:
        rows: labelled sentences, adjudicated.
        schema: their labels.
        published: when each article was published, ISO 8601, by its id.
    """
    marked = np.zeros((len(rows), len(schema.claim_kinds)), dtype=np.int64)
    column = {alias: place for place, alias in enumerate(schema.claim_aliases)}
    for row, claims in enumerate(rows.claims):
        for claim in claims:
            marked[row, column[claim.kind]] += 1
    ticked = rows.labels.astype(np.int64)
    both = np.hstack([ticked, marked])
    shares = _shares(both > 0, rows.groups)
    labels: list[tuple[ModelPart, Label]] = [
        *(("event", one) for one in schema.event_types),
        *(("claim", one) for one in schema.claim_kinds),
    ]
    matrix = ticked.T @ ticked
    events = [one.value for one in schema.event_types]
    pairs = [
        LabelPair(events[i], events[j], int(matrix[i, j]))
        for i in range(len(events))
        for j in range(i + 1, len(events))
        if matrix[i, j]
    ]
    return LabelCounts(
        sentences=len(rows),
        labels=tuple(
            LabelCount(part, label.alias, label.value, int(number), share)
            for (part, label), number, share in zip(labels, both.sum(axis=0), shares, strict=True)
        ),
        together=tuple(sorted(pairs, key=lambda pair: -pair.number)),
        kinds=tuple(one.value for one in schema.claim_kinds),
        weeks=_weeks(rows, schema, published),
    )


def _shares(holds: NDArray[np.bool_], articles: tuple[str, ...]) -> list[Measured]:
    n = len(articles)
    if not n:
        return [Measured.none("nothing labelled")] * holds.shape[1]
    if len(set(articles)) < FEWEST_ARTICLES:  # a share all the same, for it is counted
        shares = holds.mean(axis=0).tolist()
        return [Measured(one, None, None, n, "sentences") for one in shares]
    draws = ArticleDraws(articles, expanded=True)
    found, whole = draws.total(holds), draws.total(np.ones(n))
    return [
        Measured.of_interval(draws.interval(ratio(found[:, place], whole)), n, "sentences")
        for place in range(holds.shape[1])
    ]


def _weeks(
    rows: Examples, schema: Schema, published: Mapping[str, str | None]
) -> tuple[WeekOfClaims, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    for sentence, claims in zip(rows.sentences, rows.claims, strict=True):
        week = week_of(published.get(sentence.article_id)) if claims else ""
        counted.update((week, claim.kind) for claim in claims)
    weeks = sorted({week for week, _ in counted}, key=lambda week: (not week, week))
    return tuple(
        WeekOfClaims(week, tuple(counted[week, alias] for alias in schema.claim_aliases))
        for week in weeks
    )
