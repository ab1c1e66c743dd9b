"""Reports of one incident, put together: proposed by likeness, decided by people.

reports ── pairs worth comparing ── likeness ── average link ── incidents

Two groups are joined when their reports are alike on average, the most alike first, and never when
a report of one and a report of the other name days or places that cannot be the same. What people
said of two reports stands above all of that.

Only reports that share rare words within a week are compared, so that time grows with their number
and not with its square.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from itertools import product

from newsledger.ledger.incidents.likeness import (
    ENOUGH,
    Likeness,
    PointsOf,
    ReportFeatures,
    features_of,
    likeness,
    ruled_out,
)
from newsledger.ledger.incidents.pair_decisions import PairDecision, weigh
from newsledger.ledger.incidents.reports import Report, report_by_sentence

_KEYS = 16
"""So many of its weightiest words, and half as many names, a report is looked up by."""
_SHARED = 2
"""So many of these two reports must share to be compared."""
_NEIGHBOURS = 20
"""With so many others of one key a report is compared, where more have it."""
_ASKED = 8
"""So many reports of a group are compared with those of another."""
_FOLLOW_UPS = timedelta(days=30)
"""So long after an incident those reports are written that do not say when it was."""
_UNDATED = range(date.max.toordinal(), date.max.toordinal() + 1)
"""Stands for the week of a report of which nothing tells it, behind all others."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A report within its incident."""

    report: Report
    """The report."""
    decisions: tuple[PairDecision, ...]
    """By which people said that it belongs there, in the order in which they were made."""
    likeness: Likeness | None
    """How alike it is to the report that it is most alike to; None where it is alone."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports of one incident."""

    reports: tuple[Joined, ...]
    """By publication, then in order of reading."""
    newer_figures: frozenset[tuple[str, str]] = frozenset()
    """Pairs of its reports, by id, of which people said that the second has the newer figure."""

    @property
    def id(self) -> str:
        """Made of the report that was there first, so that it stays when others join."""
        first = min((one.report for one in self.reports), key=_there_since)
        return f"i-{hashlib.sha256(first.id.encode()).hexdigest()[:10]}"


def incidents_of(
    reports: Sequence[Report],
    incident_types: frozenset[str],
    decisions: Iterable[PairDecision] = (),
) -> tuple[Incident, ...]:
    """The incidents of some reports, each report in one of them.

    Args:
        reports: all reports.
        incident_types: the event types that make an incident.
        decisions: what people decided.
    """
    features = features_of(reports, incident_types)
    return incidents_among(features, comparable_pairs(features), decisions, PointsOf(features))


def incidents_among(
    features: Sequence[ReportFeatures],
    pairs: Iterable[tuple[int, int]],
    decisions: Iterable[PairDecision],
    points: PointsOf,
) -> tuple[Incident, ...]:
    """The same, for who goes on to compare the reports.

    Args:
        features: what is compared of each report.
        pairs: which are worth comparing, see ``comparable_pairs``.
        decisions: what people decided.
        points: how alike any two of the reports are.
    """
    groups = _Groups(features, points)
    groups.decide(decisions)
    groups.join(
        (one, other)
        for one, other in pairs
        if not ruled_out(features[one].report, features[other].report)
    )
    found = [groups.incident(group) for group in groups.members.values()]
    return tuple(sorted(found, key=lambda one: _published(one.reports[0].report)))


class _Groups:
    """Groups of reports, which grow together."""

    def __init__(self, features: Sequence[ReportFeatures], points: PointsOf) -> None:
        self._features = features
        self._points = points
        self.members: dict[int, list[int]] = {place: [place] for place in range(len(features))}
        self._group = list(range(len(features)))
        self._apart: dict[int, set[int]] = {}  # groups that people keep apart
        self._decided: dict[int, list[PairDecision]] = {}
        self._newer: list[tuple[int, int]] = []  # the second has the newer figure

    def decide(self, decisions: Iterable[PairDecision]) -> None:
        """Join and keep apart what people said, whatever else speaks against it."""
        if not (decisions := tuple(decisions)):
            return
        place_of = {
            told.sentence_id: place
            for place, one in enumerate(self._features)
            for told in one.report.sentences
        }
        report_of = report_by_sentence(one.report for one in self._features)
        holding = [
            (one.decision, place_of[one.decision.first], place_of[one.decision.second])
            for one in weigh(decisions, report_of)
            if one.state == "holds"
        ]
        for one, first, second in holding:
            if one.joins:
                for place in (first, second):
                    self._decided.setdefault(place, []).append(one)
                if one.answer == "newer":
                    self._newer.append((first, second))
                if self._group[first] != self._group[second]:
                    self._merge(self._group[first], self._group[second])
        for one, first, second in holding:
            if one.answer == "different":
                self._keep_apart(self._group[first], self._group[second])

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join groups, the most alike first, as long as they are alike enough on average."""
        alike: dict[int, dict[int, float]] = {}
        for one, other in sorted({self._groups_of(*pair) for pair in pairs}):
            if one != other:
                score = self._average(one, other)
                if score > 0:
                    alike.setdefault(one, {})[other] = score
                    alike.setdefault(other, {})[one] = score
        waiting = [
            (-score, one, other)
            for one, others in alike.items()
            for other, score in others.items()
            if one < other and score >= ENOUGH
        ]
        heapify(waiting)
        while waiting:
            score, one, other = heappop(waiting)
            if alike.get(one, {}).get(other) != -score:
                continue  # one of them has grown since
            if self._cannot_be_one(one, other):
                del alike[one][other], alike[other][one]
                continue
            size, size_other = len(self.members[one]), len(self.members[other])
            beside, beside_other = alike.pop(one), alike.pop(other)
            averages = {}
            for third in sorted((beside.keys() | beside_other.keys()) - {one, other}):
                near, near_other = beside.get(third), beside_other.get(third)
                if near is None:
                    near = self._average(one, third)
                if near_other is None:
                    near_other = self._average(other, third)
                averages[third] = (size * near + size_other * near_other) / (size + size_other)
            new = self._merge(one, other)
            alike[new] = averages
            for third, average in averages.items():
                alike[third].pop(one, None)
                alike[third].pop(other, None)
                alike[third][new] = average
                if average >= ENOUGH:
                    heappush(waiting, (-average, min(third, new), max(third, new)))

    def incident(self, group: Sequence[int]) -> Incident:
        """A group as an incident."""
        newer = frozenset(
            (self._features[one].report.id, self._features[other].report.id)
            for one, other in self._newer
            if one in group
        )
        return Incident(tuple(self._joined(group)), newer)

    def _joined(self, group: Sequence[int]) -> Iterator[Joined]:
        """The reports of a group, each with what speaks most for it."""
        for place in sorted(group, key=lambda one: _published(self._features[one].report)):
            others = [other for other in group if other != place][:_ASKED]
            nearest = max(others, key=lambda other: self._points(place, other), default=None)
            yield Joined(
                self._features[place].report,
                tuple(self._decided.get(place, ())),
                None
                if nearest is None
                else likeness(self._features[place], self._features[nearest]),
            )

    def _groups_of(self, one: int, other: int) -> tuple[int, int]:
        first, second = self._group[one], self._group[other]
        return (first, second) if first < second else (second, first)

    def _average(self, one: int, other: int) -> float:
        here, there = self.members[one], self.members[other]
        if len(here) == len(there) == 1:  # as most are when joining begins
            (first,), (second,) = here, there
            if ruled_out(self._features[first].report, self._features[second].report):
                return 0.0
            return self._points(first, second)
        pairs = product(here[:_ASKED], there[:_ASKED])
        scores = [
            0.0
            if ruled_out(self._features[first].report, self._features[second].report)
            else self._points(first, second)
            for first, second in pairs
        ]
        return sum(scores) / len(scores)

    def _cannot_be_one(self, one: int, other: int) -> bool:
        if other in self._apart.get(one, ()):
            return True
        return any(
            ruled_out(self._features[first].report, self._features[second].report)
            for first, second in product(self.members[one], self.members[other])
        )

    def _keep_apart(self, one: int, other: int) -> None:
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

    def _merge(self, one: int, other: int) -> int:
        """Make one group of two; it has the number of the larger one."""
        kept, gone = sorted((one, other), key=lambda group: -len(self.members[group]))
        for place in self.members[gone]:
            self._group[place] = kept
        self.members[kept] += self.members.pop(gone)
        for third in self._apart.pop(gone, set()):
            self._apart[third].discard(gone)
            self._keep_apart(kept, third)
        return kept


def comparable_pairs(features: Sequence[ReportFeatures]) -> Iterator[tuple[int, int]]:
    """Pairs of reports that are worth comparing: they share rare words, and a week.

    A report of which nothing tells the week is compared with those of all weeks.

    Args:
        features: what is compared of each report.

    Returns:
        Their places in ``features``, the smaller one first.
    """
    order = sorted(range(len(features)), key=lambda place: _published(features[place].report))
    weeks = [_weeks(one.report) for one in features]
    some_undated = _UNDATED in weeks
    by_key: dict[tuple[int, str], list[int]] = {}
    for place in order:
        one = features[place]
        words = {*_heaviest(one.words, _KEYS), *_heaviest(one.names, _KEYS // 2)}
        keys = set(weeks[place]).union(_UNDATED if some_undated else ())
        for week in keys:
            for word in words:
                by_key.setdefault((week, word), []).append(place)
    begins = [one.start for one in weeks]
    count = len(features)
    shared = Counter[int]()  # one number for each pair, as thousands of those are counted
    for (week, _), places in by_key.items():
        if len(places) > 1:
            shared.update(
                [
                    first * count + second if first < second else second * count + first
                    for position, second in enumerate(places)
                    for first in places[max(0, position - _NEIGHBOURS) : position]
                    # Only in the first week that both have, so that they are met with once.
                    if begins[first] == week or begins[second] == week
                ]
            )
    for pair, words_shared in shared.items():
        if words_shared >= _SHARED:
            yield divmod(pair, count)


def _heaviest(weights: Mapping[str, float], count: int) -> list[str]:
    ordered = sorted(((weight, word) for word, weight in weights.items()), reverse=True)
    return [word for _, word in ordered[:count]]


def _weeks(report: Report) -> range:
    """The weeks in which the incident can have been; one behind them all where nothing tells."""
    published = report.article.published
    if report.days is not None:
        first, last = report.days
    elif published is not None:
        first, last = published - _FOLLOW_UPS, published
    else:
        return _UNDATED
    return range(first.toordinal() // 7, min(last.toordinal(), first.toordinal() + 31) // 7 + 1)


def _published(report: Report) -> tuple[str, str, str]:
    article = report.article
    return (article.published.isoformat() if article.published else "", article.id, report.id)


def _there_since(report: Report) -> tuple[str, str, int]:
    article = report.article
    return article.added, article.id, article.sentences.index(report.sentences[0])
