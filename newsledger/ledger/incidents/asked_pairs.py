"""Which pairs of reports a person is asked about: the doubtful ones, and some sure ones to check.

Doubtful is what was joined with little to spare, what was nearly joined, and what is very much
alike but names days or places that cannot be the same, which no program joins. Of two incidents the
two reports are asked about that are most alike, and of an incident no more pairs than hold it
together: one answer joins or parts them whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from newsledger.ledger.incidents.grouping import incidents_among
from newsledger.ledger.incidents.likeness import ENOUGH, PointsOf, features_of, ruled_out
from newsledger.ledger.incidents.pair_decisions import PairDecision
from newsledger.ledger.incidents.reports import (
    Report,
    order_of_publication,
    report_by_sentence,
)
from newsledger.ledger.incidents.worth_comparing import comparable_pairs

SURE = 1.2
"""So many points on average leave no doubt; of our own articles, without places, the parts of what
was ever joined wrongly had fewer."""
_ASKED = 8
"""So many reports of a part of an incident are compared with those of the rest."""
_NEARLY = 0.25
"""With fewer points two incidents are not asked about."""
_ALIKE = 1.0
"""With so many they are, although their days or places cannot be the same."""

Why = Literal["joined", "nearly joined", "other day or place", "check"]
"""Why a person is asked: what the program did with the pair, or that it is sure of it."""


@dataclass(frozen=True, slots=True)
class AskedPair:
    """Two reports of which a person is to say whether they are of one incident."""

    first: Report
    """The one that was published first."""
    second: Report
    """The other one."""
    why: Why
    """Why it is asked."""
    points: float
    """What speaks for their being of one incident; ``likeness.ENOUGH`` joins. Of two that were
    joined, the average between the parts of the incident that they hold together."""

    @property
    def key(self) -> str:
        """What it is found again by, whichever of the two comes first."""
        return " ".join(sorted((self.first.id, self.second.id)))


def asked_pairs(
    reports: Sequence[Report],
    incident_types: frozenset[str],
    decisions: Sequence[PairDecision],
    *,
    doubtful: int,
    checked: int,
) -> tuple[AskedPair, ...]:
    """The pairs to ask about, the most doubtful first; none that somebody has decided.

    Args:
        reports: all reports.
        incident_types: the event types that make an incident.
        decisions: what people decided so far.
        doubtful: how many doubtful pairs at most.
        checked: of how many sure pairs the random sample is; always the same ones.
    """
    asking = _Asking(reports, incident_types, decisions)
    joined = list(asking.joined())
    unsure = [one for one in joined if one.points < SURE] + list(asking.apart())
    unsure.sort(key=lambda one: (one.why == "other day or place", _doubt(one), one.key))
    sure = [replace(one, why="check") for one in joined if one.points >= SURE]
    sample = sorted(sure, key=lambda one: hashlib.sha256(one.key.encode()).digest())[:checked]
    open_ones = (one for one in unsure if not asking.is_decided(one))
    chosen = [one for _, one in zip(range(doubtful), open_ones, strict=False)]
    return (*chosen, *(one for one in sample if not asking.is_decided(one)))


def _doubt(one: AskedPair) -> float:
    """How far from doubtful it is; of what names another day or place, the less alike."""
    return -one.points if one.why == "other day or place" else abs(one.points - ENOUGH)


class _Asking:
    """The reports as they are put together by now."""

    def __init__(
        self,
        reports: Sequence[Report],
        incident_types: frozenset[str],
        decisions: Sequence[PairDecision],
    ) -> None:
        features = features_of(reports, incident_types)
        self._reports = reports
        self._place = {one.id: place for place, one in enumerate(reports)}
        self._pairs = tuple(comparable_pairs(features))
        self._compare = PointsOf(features)
        self._incidents = incidents_among(features, self._pairs, decisions, self._compare)
        self._incident_of = {
            joined.report.id: number
            for number, incident in enumerate(self._incidents)
            for joined in incident.reports
        }
        report_of = report_by_sentence(reports)
        about = [
            (report_of[one.first], report_of[one.second], one)
            for one in decisions
            if one.first in report_of and one.second in report_of
        ]
        self._decided = {frozenset((first, second)) for first, second, _ in about}
        self._parted = {
            frozenset((self._incident_of[first], self._incident_of[second]))
            for first, second, _ in about
        }
        self._whole = _components((first, second) for first, second, one in about if one.joins)

    def is_decided(self, pair: AskedPair) -> bool:
        """Whether people have said something of the two, or joined them through others."""
        first, second = pair.first.id, pair.second.id
        if frozenset((first, second)) in self._decided:
            return True
        numbers = frozenset((self._incident_of[first], self._incident_of[second]))
        if len(numbers) == 2:
            return numbers in self._parted
        return first in self._whole and self._whole[first] == self._whole.get(second)

    def joined(self) -> Iterator[AskedPair]:
        """Of each incident as many pairs as hold it together, each as alike as can be.

        What speaks for one is how alike the two parts are on average into which the incident falls
        without it: of two incidents that were joined wrongly two reports may be very much alike.
        """
        for incident in self._incidents:
            reports = [one.report for one in incident.reports]
            near = [0] + [
                max(range(number), key=lambda one: self._points(reports[one], reports[number]))
                for number in range(1, len(reports))
            ]
            for number in range(1, len(reports)):
                part = _hanging_on(number, near)
                inside = [reports[one] for one in sorted(part)][:_ASKED]
                rest = [one for place, one in enumerate(reports) if place not in part][:_ASKED]
                scores = [self._points(one, other) for one, other in product(inside, rest)]
                average = sum(scores) / len(scores)
                yield AskedPair(reports[near[number]], reports[number], "joined", average)

    def apart(self) -> Iterator[AskedPair]:
        """Of two incidents that may be one the two reports that are most alike."""
        found: dict[frozenset[int], AskedPair] = {}
        for places in self._pairs:
            first, second = (self._reports[place] for place in places)
            numbers = frozenset((self._incident_of[first.id], self._incident_of[second.id]))
            if len(numbers) < 2 or first.article.id == second.article.id:
                continue
            points = self._points(first, second)
            impossible = ruled_out(first, second)
            if points < (_ALIKE if impossible else _NEARLY):
                continue
            if numbers not in found or points > found[numbers].points:
                why: Why = "other day or place" if impossible else "nearly joined"
                earlier, later = sorted((first, second), key=order_of_publication)
                found[numbers] = AskedPair(earlier, later, why, points)
        yield from found.values()

    def _points(self, one: Report, other: Report) -> float:
        return self._compare(self._place[one.id], self._place[other.id])


def _hanging_on(number: int, near: Sequence[int]) -> set[int]:
    """A report and those that hang on it by the earlier one that each is nearest to."""
    part = {number}
    for one in range(number + 1, len(near)):
        if near[one] in part:
            part.add(one)
    return part


def _components(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A number for each thing; those that pairs connect have the same."""
    number: dict[str, int] = {}
    for place, (first, second) in enumerate(pairs):
        old = {number[one] for one in (first, second) if one in number}
        number |= {one: place for one, now in number.items() if now in old}
        number[first] = number[second] = place
    return number
