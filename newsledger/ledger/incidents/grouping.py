"""Reports of one incident, put together: proposed by likeness, decided by people.

reports ── pairs worth comparing ── likeness ── average link ── what is left over ── incidents

Two groups are joined when their reports are alike on average, the most alike first, and never when
a report of one and a report of the other name days or places that cannot be the same. Of two
groups that are each much more alike within than to the other, neither is joined: they are two
incidents of one sort. A report that is left over and names no day (reactions, a look at one of the
dead) goes to the incident that it is clearly most alike to. What people said of two reports stands
above all of that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations, product

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
from newsledger.ledger.incidents.reports import (
    Report,
    order_of_publication,
    report_by_sentence,
)
from newsledger.ledger.incidents.worth_comparing import comparable_pairs

_ASKED = 8
"""So many reports of a group are compared with those of another."""
_AS_WITHIN = 0.5
"""By what share of the likeness within the looser of two groups of several reports they must be
alike to be joined."""
_LEFT_OVER, _CLEARLY = 0.3, 1.5
"""So many points on average, and how many times those of any other group, take in a report that is
left over and names no day."""


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
        pairs: which are worth comparing, see ``worth_comparing``.
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
    return tuple(sorted(found, key=lambda one: order_of_publication(one.reports[0].report)))


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
        self._within: dict[int, float] = {}  # how alike the reports of a group are on average

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
        alike = self._compared(pairs)
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
            if self._are_two_of_one_sort(one, other, -score):
                continue
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
            within = self._within_both(one, other, -score)
            new = self._merge(one, other)
            self._within[new] = within
            alike[new] = averages
            for third, average in averages.items():
                alike[third].pop(one, None)
                alike[third].pop(other, None)
                alike[third][new] = average
                if average >= ENOUGH:
                    heappush(waiting, (-average, min(third, new), max(third, new)))
        self._take_in(alike)

    def _compared(self, pairs: Iterable[tuple[int, int]]) -> dict[int, dict[int, float]]:
        """How alike the groups of some pairs are on average, by both; what is not, is left out."""
        alike: dict[int, dict[int, float]] = {}
        for one, other in sorted({self._groups_of(*pair) for pair in pairs}):
            if one != other:
                score = self._average(one, other)
                if score > 0:
                    alike.setdefault(one, {})[other] = score
                    alike.setdefault(other, {})[one] = score
        return alike

    def _take_in(self, alike: Mapping[int, Mapping[int, float]]) -> None:
        """Join the reports that are left over, the most alike first."""
        found = []
        for single, others in alike.items():
            (place, *more) = self.members[single]
            if more or self._features[place].report.exact_day:
                continue
            near = sorted(
                ((-score, other) for other, score in others.items() if len(self.members[other]) > 1)
            )
            second = near[1][0] if len(near) > 1 else 0.0
            if near and -near[0][0] >= max(_LEFT_OVER, -second * _CLEARLY):
                found.append((*near[0], single))
        for _, group, single in sorted(found):
            if not self._cannot_be_one(group, single):
                self._merge(group, single)

    def _are_two_of_one_sort(self, one: int, other: int, score: float) -> bool:
        """Whether two groups are each much more alike within than to one another."""
        if len(self.members[one]) == 1 or len(self.members[other]) == 1:
            return False
        return score < _AS_WITHIN * min(self._how_alike_within(one), self._how_alike_within(other))

    def _within_both(self, one: int, other: int, score: float) -> float:
        """How alike the reports of two groups are on average, once they are joined."""
        size, size_other = len(self.members[one]), len(self.members[other])
        pairs, pairs_other = size * (size - 1) / 2, size_other * (size_other - 1) / 2
        points = score * size * size_other
        if pairs:
            points += pairs * self._how_alike_within(one)
        if pairs_other:
            points += pairs_other * self._how_alike_within(other)
        return points / (pairs + pairs_other + size * size_other)

    def _how_alike_within(self, group: int) -> float:
        """How alike the reports of a group of several are on average."""
        if group not in self._within:  # people joined it
            pairs = list(combinations(self.members[group][:_ASKED], 2))
            self._within[group] = sum(self._points(*pair) for pair in pairs) / len(pairs)
        return self._within[group]

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
        for place in sorted(
            group, key=lambda one: order_of_publication(self._features[one].report)
        ):
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


def _there_since(report: Report) -> tuple[str, str, int]:
    article = report.article
    return article.added, article.id, article.sentences.index(report.sentences[0])
