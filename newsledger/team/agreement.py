"""How far people agree on the sentences that several of them labelled, each by themselves.

- *Event types*: Krippendorff's alpha for each type; over the sets of types, alpha with the MASI
  distance.
- *Spans*: F1 of two people's spans, which is the same whoever is taken for the truth: exact by
  both ends, overlapping by at least one code point.
- *Kinds*: alpha over the pairs of spans that overlap.
- *Values*: of the same pairs, where people gave both values: equal, within a tenth, and the mean of
  |log(one / other)|.

Of each person the latest annotation counts, and none that was skipped. Intervals come from a
bootstrap over articles. Where there is too little, there is no figure but the reason: with three
sentences, or a label that nobody uses, chance makes any figure look good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log

import numpy as np

from annotation.dataset.adjudication import by_sentence, latest_of_each
from annotation.records import Annotation, NumericClaim, Sentence
from annotation.schema import Schema
from newsledger.team.alpha import krippendorff_alpha, masi
from training.evaluation.bootstrap import ArticleDraws, Floats, Interval
from training.evaluation.confusion import match_claims

_NONE = Interval(None, None, None)

FEWEST_SENTENCES = 20
"""Sentences with two labels below which no figure is given: ours, for intervals of fewer mean
nothing."""
FEWEST_ARTICLES = 5
"""The same of articles, which the bootstrap draws."""
_FEWEST_USES = 5
"""Sentences in which somebody used a label, below which it has no figure of its own."""
NEAR = 0.1
"""Two values are near each other where they differ by no more than this share of the larger."""


@dataclass(frozen=True, slots=True)
class AgreementFigure:
    """One figure, or why there is none."""

    name: str
    """What it is about: a label, two people, a week."""
    n: int
    """What it is measured on: sentences, spans or values."""
    figure: Interval
    """The figure with its interval; undefined where there is too little."""
    why_none: str = ""
    """Why there is no figure; empty where there is one."""


@dataclass(frozen=True, slots=True)
class DoubleCoded:
    """A sentence that several people labelled."""

    article: str
    """Its article."""
    annotations: tuple[Annotation, ...]
    """The latest of each person, by name; two or more."""

    @property
    def week(self) -> str:
        """The week in which the last of them was stored, ISO 8601: ``2026-W48``; else empty."""
        return week_of(max(one.updated_at for one in self.annotations))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree."""

    sentences: int
    """Sentences that several people labelled."""
    articles: int
    """Their articles."""
    people: tuple[str, ...]
    """Who labelled them."""
    event_sets: AgreementFigure
    """Alpha with MASI distance over the sets of event types."""
    events: tuple[AgreementFigure, ...]
    """Alpha of each event type, in the order of the schema."""
    spans: tuple[AgreementFigure, ...]
    """F1 of spans: exact, overlapping."""
    kinds: AgreementFigure
    """Alpha of claim kinds on spans that overlap."""
    values: tuple[AgreementFigure, ...]
    """Shares of values that are equal and near, and the mean distance of their logarithms."""
    pairs: tuple[AgreementFigure, ...]
    """Alpha over sets of event types, of each two people."""
    by_person: tuple[AgreementFigure, ...]
    """The same of each person with all others."""
    weeks: tuple[AgreementFigure, ...]
    """The same of each week."""

    @property
    def to_halve(self) -> int:
        """How many more sentences with two labels would halve the intervals.

        They narrow with the root of their number.
        """
        return 3 * self.sentences


def week_of(day: str | None) -> str:
    """The ISO week of a day; empty where there is none.

    Args:
        day: ISO 8601, with or without a time.
    """
    try:
        year, week, _ = date.fromisoformat((day or "")[:10]).isocalendar()
    except ValueError:
        return ""
    return f"{year}-W{week:02d}"


def double_coded(
    sentences: Iterable[Sentence], annotations: Iterable[Annotation]
) -> tuple[DoubleCoded, ...]:
    """The sentences that two or more people labelled, in the order of the sentences.

    Args:
        sentences: sentences, each once.
        annotations: what people said of them, all versions.
    """
    said = by_sentence(annotations)
    found = []
    for sentence in sentences:
        latest = latest_of_each(said.get(sentence.id, ()))
        if len(latest) > 1:
            found.append(DoubleCoded(sentence.article_id, tuple(latest)))
    return tuple(found)


def agreement(coded: Sequence[DoubleCoded], schema: Schema) -> Agreement:
    """How far people agree.

    Args:
        coded: the sentences that several of them labelled.
        schema: which event types there are.
    """
    people = tuple(sorted({one.annotator for each in coded for one in each.annotations}))
    by_pair = {
        names: tuple(filter(None, (_only(each, names) for each in coded)))
        for names in combinations(people, 2)
    }
    pairs = [pair for each in coded for pair in _pairs(each)]
    by_week: dict[str, list[DoubleCoded]] = {}
    for each in coded:
        by_week.setdefault(each.week, []).append(each)
    return Agreement(
        sentences=len(coded),
        articles=len({one.article for one in coded}),
        people=people,
        event_sets=_sets("all event types", coded),
        events=tuple(_label(alias, coded) for alias in schema.event_aliases),
        spans=_spans(pairs),
        kinds=_kinds(pairs),
        values=_values(pairs),
        pairs=tuple(_sets(" and ".join(names), some) for names, some in by_pair.items() if some),
        by_person=tuple(
            _sets(
                person,
                [one for names, some in by_pair.items() if person in names for one in some],
            )
            for person in people
        ),
        weeks=tuple(_sets(week, by_week[week]) for week in sorted(by_week) if week),
    )


def _only(coded: DoubleCoded, names: tuple[str, str]) -> DoubleCoded | None:
    kept = tuple(one for one in coded.annotations if one.annotator in names)
    return DoubleCoded(coded.article, kept) if len(kept) == len(names) else None


def _pairs(coded: DoubleCoded) -> Iterable[tuple[str, Annotation, Annotation]]:
    return ((coded.article, one, other) for one, other in combinations(coded.annotations, 2))


def _too_little(n: int, what: str, articles: Sequence[str]) -> str:
    """Why there is no figure; empty where there is enough."""
    if n < FEWEST_SENTENCES:
        return f"{n} of the {FEWEST_SENTENCES} {what} that it takes"
    if (number := len(set(articles))) < FEWEST_ARTICLES:
        return f"{number} of the {FEWEST_ARTICLES} articles that it takes"
    return ""


def _figure(
    name: str, n: int, what: str, articles: Sequence[str], measured: Callable[[], Interval]
) -> AgreementFigure:
    """The figure where there is enough to measure it on."""
    if why := _too_little(n, what, articles):
        return AgreementFigure(name, n, _NONE, why)
    found = measured()
    return AgreementFigure(name, n, found, "" if found.value is not None else "all say the same")


def _share(
    name: str, n: int, what: str, articles: Sequence[str], part: Floats, whole: Floats
) -> AgreementFigure:
    return _figure(
        name, n, what, articles, lambda: ArticleDraws(articles, expanded=True).share(part, whole)
    )


def _sets(name: str, coded: Sequence[DoubleCoded]) -> AgreementFigure:
    articles = [one.article for one in coded]
    units = [[frozenset(one.events.aliases) for one in each.annotations] for each in coded]
    return _figure(
        name, len(coded), "sentences", articles, lambda: krippendorff_alpha(units, articles, masi)
    )


def _label(alias: str, coded: Sequence[DoubleCoded]) -> AgreementFigure:
    articles = [one.article for one in coded]
    units = [[alias in one.events for one in each.annotations] for each in coded]
    used = sum(map(any, units))
    if used < _FEWEST_USES:
        return AgreementFigure(
            alias, used, _NONE, f"{used} of the {_FEWEST_USES} uses that it takes"
        )
    found = _figure(
        alias, len(coded), "sentences", articles, lambda: krippendorff_alpha(units, articles)
    )
    return AgreementFigure(alias, used, found.figure, found.why_none)


def _spans(pairs: Sequence[tuple[str, Annotation, Annotation]]) -> tuple[AgreementFigure, ...]:
    articles = [article for article, _, _ in pairs]
    spans = np.array([len(one.claims) + len(other.claims) for _, one, other in pairs], float)
    matches = [match_claims(one.claims, other.claims, same_kind=False) for _, one, other in pairs]
    overlapping = np.array([2.0 * len(found) for found in matches])
    exact = np.array([2.0 * sum(map(_same_ends, found)) for found in matches])
    n = int(spans.sum())
    return tuple(
        _share(name, n, "spans", articles, part, spans)
        for name, part in (("exact", exact), ("overlapping", overlapping))
    )


def _same_ends(pair: tuple[NumericClaim, NumericClaim]) -> bool:
    one, other = pair
    return (one.start, one.end) == (other.start, other.end)


def _matched(
    pairs: Sequence[tuple[str, Annotation, Annotation]],
) -> list[tuple[str, NumericClaim, NumericClaim]]:
    """The claims of two people that overlap, with their article."""
    return [
        (article, mine, theirs)
        for article, one, other in pairs
        for mine, theirs in match_claims(one.claims, other.claims, same_kind=False)
    ]


def _kinds(pairs: Sequence[tuple[str, Annotation, Annotation]]) -> AgreementFigure:
    matched = _matched(pairs)
    articles = [article for article, _, _ in matched]
    units = [(mine.kind, theirs.kind) for _, mine, theirs in matched]
    return _figure(
        "claim kinds", len(units), "pairs of spans", articles,
        lambda: krippendorff_alpha(units, articles),
    )  # fmt: skip


def _values(pairs: Sequence[tuple[str, Annotation, Annotation]]) -> tuple[AgreementFigure, ...]:
    both = [
        (article, left, right)
        for article, mine, theirs in _matched(pairs)
        if mine.read_by == theirs.read_by == "person"
        if (left := _number(mine)) is not None
        if (right := _number(theirs)) is not None
    ]
    articles = [article for article, _, _ in both]
    lefts = np.array([left for _, left, _ in both], float)
    rights = np.array([right for _, _, right in both], float)
    near = np.abs(lefts - rights) <= NEAR * np.maximum(lefts, rights)
    far = np.array([abs(log(a / b)) if a and b else float(a != b) for _, a, b in both])
    return tuple(
        _share(name, len(both), "values", articles, part, np.ones(len(both)))
        for name, part in (
            ("equal", (lefts == rights).astype(float)),
            ("within a tenth", near.astype(float)),
            ("log distance", far),
        )
    )


def _number(claim: NumericClaim) -> float | None:
    """The number that a claim names: of an open end, the end that is claimed."""
    named = claim.high if claim.low is None else claim.low
    return None if named is None else float(named)
