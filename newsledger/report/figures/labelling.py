"""How the labelling goes: what is labelled, what waits, by whom and when, and what is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, sqrt

import numpy as np

from annotation.dataset.adjudication import by_sentence, latest_of_each
from annotation.records import Annotation, Sentence
from newsledger.progress import number_of
from newsledger.report.figures.measured import Measured
from training.evaluation.bootstrap import ArticleDraws

FEWEST_TIMES = 6
"""Times below which a median has no 95 % interval: the smallest and the largest of five lie on the
same side of it in one of sixteen samples."""
DAYS_OF_PACE = 10
"""So many of the last days with labels tell the pace."""


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """One day on which somebody labelled."""

    day: str
    """ISO 8601, by the server's clock (UTC)."""
    by_person: tuple[int, ...]
    """Sentences that each person labelled, in the order of ``Labelling.people``."""


@dataclass(frozen=True, slots=True)
class PersonAtWork:
    """What one person has labelled."""

    name: str
    """Who it is."""
    sentences: int
    """Sentences that they labelled."""
    skipped: int
    """Sentences that they skipped, and did not label otherwise."""
    days: int
    """Days on which they labelled."""
    last: str
    """The last of these, ISO 8601; empty where no time is known."""
    seconds: Measured
    """Median seconds for a sentence."""


@dataclass(frozen=True, slots=True)
class Labelling:
    """How the labelling goes."""

    articles: int
    """Articles."""
    sentences: int
    """Their sentences, without those that are no part of a story."""
    boilerplate: int
    """Sentences that are no part of a story; they come last in the queue."""
    labelled: int
    """Sentences, of whatever kind, that somebody labelled."""
    labelled_articles: int
    """Their articles."""
    waiting: int
    """Sentences of a story that nobody labelled or skipped, and that were not accepted in bulk."""
    unlabelled: int
    """Sentences of a story that nobody labelled, whether they wait or not."""
    labels: int
    """Labels: of each sentence the latest of each person."""
    double: int
    """Sentences that two or more people labelled."""
    suggested: int
    """Labels that started from a model's suggestion."""
    people: tuple[PersonAtWork, ...]
    """Who labelled, who labelled most first."""
    days: tuple[LabelledDay, ...]
    """The days on which somebody labelled, in order."""
    seconds: Measured
    """Median seconds for a sentence, of all people."""
    a_day: Measured
    """Mean of sentences labelled on a day with labels, of the last ``DAYS_OF_PACE`` of them."""
    days_left: Measured
    """Days with labels until nothing waits, at this pace."""
    hours_left: Measured
    """Hours of work until nothing waits, at this median."""
    blind: int
    """Labels in sentences that were drawn to be labelled without a suggestion."""


def labelling(
    sentences: Sequence[Sentence],
    annotations: Collection[Annotation],
    accepted: Collection[Annotation] = (),
) -> Labelling:
    """How the labelling of some sentences goes.

    Args:
        sentences: each once.
        annotations: what people said of them, all versions.
        accepted: what a machine said in bulk; such sentences wait for nobody.
    """
    kept = [one for some in by_sentence(annotations).values() for one in latest_of_each(some)]
    given = {(one.sentence_id, one.annotator) for one in kept}
    asked = {(one.sentence_id, one.annotator) for one in annotations if not one.verdict}
    labelled = {one.sentence_id for one in kept}
    story = [one for one in sentences if not one.boilerplate]
    answered = {sentence for sentence, _ in asked}
    answered |= {one.sentence_id for one in accepted}
    waiting = sum(one.id not in answered for one in story)
    done = Counter(one.annotator for one in kept)
    skipped = Counter(name for _, name in asked - given)
    names = tuple(name for name, _ in done.most_common())
    by_day: dict[str, Counter[str]] = defaultdict(Counter)
    for one in kept:
        if day := _day(one.updated_at):
            by_day[day][one.annotator] += 1
    days = tuple(
        LabelledDay(day, tuple(by_day[day][name] for name in names)) for day in sorted(by_day)
    )
    a_day = _pace([sum(day.by_person) for day in days[-DAYS_OF_PACE:]])
    seconds = median_seconds([one.lead_time for one in kept if one.lead_time])
    twice = Counter(one.sentence_id for one in kept)
    return Labelling(
        articles=len({one.article_id for one in sentences}),
        sentences=len(story),
        boilerplate=len(sentences) - len(story),
        labelled=len(labelled),
        labelled_articles=len({one.article_id for one in sentences if one.id in labelled}),
        waiting=waiting,
        unlabelled=sum(one.id not in labelled for one in story),
        labels=len(kept),
        double=sum(number > 1 for number in twice.values()),
        suggested=sum(one.suggested_by is not None for one in kept),
        people=tuple(_person(name, kept, skipped[name]) for name in names),
        days=days,
        seconds=seconds,
        a_day=a_day,
        days_left=_left(waiting, a_day),
        hours_left=_work(waiting, seconds),
        blind=sum(one.withheld is not None for one in kept),
    )


def median_seconds(times: Sequence[float]) -> Measured:
    """The median with the interval that order statistics give, which assumes no distribution.

    Args:
        times: seconds, in any order.
    """
    n = len(times)
    if n < FEWEST_TIMES:
        known = "no time is known" if not n else f"the time of {number_of(n, 'label')} is known"
        return Measured.none(f"{known}; it takes {FEWEST_TIMES}", n)
    ordered, half = sorted(times), 1.96 * sqrt(n) / 2
    low, high = max(floor(n / 2 - half), 0), min(ceil(n / 2 + half), n - 1)
    return Measured(float(np.median(ordered)), ordered[low], ordered[high], n, "sentences")


def _day(moment: str) -> str:
    try:
        return datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return ""


def _person(name: str, kept: Sequence[Annotation], skipped: int) -> PersonAtWork:
    mine = [one for one in kept if one.annotator == name]
    days = sorted({_day(one.updated_at) for one in mine} - {""})
    return PersonAtWork(
        name=name,
        sentences=len(mine),
        skipped=skipped,
        days=len(days),
        last=days[-1] if days else "",
        seconds=median_seconds([one.lead_time for one in mine if one.lead_time]),
    )


def _pace(counts: Sequence[int]) -> Measured:
    if len(counts) < 2:
        return Measured.none("it takes labels of two days", len(counts), "days with labels")
    draws = ArticleDraws([str(place) for place in range(len(counts))])
    found = draws.share(np.array(counts, float), np.ones(len(counts)))
    return Measured.of_interval(found, len(counts), "days with labels")


def _left(waiting: int, a_day: Measured) -> Measured:
    if not a_day.value or not a_day.low or not a_day.high:
        return Measured.none(a_day.why_none, a_day.n, a_day.of)
    return Measured(
        waiting / a_day.value, waiting / a_day.high, waiting / a_day.low, a_day.n, a_day.of
    )


def _work(waiting: int, seconds: Measured) -> Measured:
    if seconds.value is None or seconds.low is None or seconds.high is None:
        return seconds
    hours = [waiting * one / 3600 for one in (seconds.value, seconds.low, seconds.high)]
    return Measured(hours[0], hours[1], hours[2], seconds.n, seconds.of)
