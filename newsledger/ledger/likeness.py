"""How much speaks for two reports being of one incident: points, each with a reason in words.

A resolved day or place that differs rules it out, whatever else is alike; a number alone never
suffices, for reports of two attacks on one day are often more alike than two of one attack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from newsledger.ledger.reports import Report, days_meet, same_place

WORDS, NAMES, DAY, PLACE, WRITTEN_PLACE, EVENTS, NUMBERS = 0.55, 0.45, 0.15, 0.2, 0.1, 0.05, 0.05
"""The most points that each reason brings; 0.5 of them in all join two reports."""

OTHER_WRITTEN_PLACE, OTHER_EVENTS = -0.2, -0.1
"""What is taken away where no place, no event type is the same."""

_SHOWN = 4  # words and names that a reason lists
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?:ings?|ed|e?s|ly)$")
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
_COMMON = (
    "the and that with for was were are has have had his her its their from this which who whom "
    "but not said says say they them been will would could after before than then there when "
    "where what into over about also one two three more most some other others all out"
)
_PASSED_OVER = frozenset(f"{_CALENDAR} {_COMMON}".split())
"""Words that tell no incident from another; days are compared by themselves."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found when two reports were compared."""

    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """What speaks for it and against it, in words, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Features:
    """What of a report is compared."""

    report: Report
    """The report."""
    words: Mapping[str, float]
    """Its words, each with its weight; the squares add up to one."""
    names: Mapping[str, float]
    """Its names, likewise."""
    events: frozenset[str]
    """Its event types that make an incident."""
    numbers: frozenset[tuple[str, object]]
    """Kind and value of each number of it that is exact."""


def features_of(reports: Sequence[Report], incident_types: frozenset[str]) -> tuple[Features, ...]:
    """What is compared, with words weighed by how few reports have them.

    Args:
        reports: all reports.
        incident_types: the event types that make an incident.
    """
    counted = [_words_and_names(report) for report in reports]
    documents = Counter(word for words, _ in counted for word in words)
    named = Counter(name for _, names in counted for name in names)
    return tuple(
        Features(
            report=report,
            words=_weighed(words, documents, len(reports)),
            names=_weighed(names, named, len(reports)),
            events=incident_types & frozenset(report.events),
            numbers=frozenset(
                (claim.kind, claim.low)
                for told in report.sentences
                for _, claim in told.claims
                if claim.low is not None and claim.low == claim.high and claim.low > 1
            ),
        )
        for report, (words, names) in zip(reports, counted, strict=True)
    )


def ruled_out(one: Report, other: Report) -> bool:
    """Whether two reports name days or places that cannot be the same."""
    if one.days and other.days and not days_meet(one.days, other.days):
        return True
    return bool(one.place and other.place and not same_place(one.place, other.place))


def likeness(one: Features, other: Features) -> Likeness:
    """How alike two reports are that no day and no place keeps apart."""
    told: list[tuple[float, str]] = []
    words, shared_words = _cosine(one.words, other.words)
    names, shared_names = _cosine(one.names, other.names)
    if shared_names:
        told.append((NAMES * names, f"same names: {', '.join(shared_names)}"))
    if shared_words:
        told.append((WORDS * words, f"same words: {', '.join(shared_words)}"))
    first, second = one.report, other.report
    if first.days and second.days:
        day = first.exact_day
        if day and day == second.exact_day:
            told.append((DAY, f"same day: {day.isoformat()}"))
        else:
            told.append((DAY / 3, "days that may be the same"))
    told += _places(first, second)
    if one.events & other.events:
        told.append((EVENTS, f"both tell of {', '.join(sorted(one.events & other.events))}"))
    elif one.events and other.events:
        told.append((OTHER_EVENTS, "no event type is the same"))
    if one.numbers & other.numbers:
        kind, value = min(one.numbers & other.numbers, key=str)
        told.append((NUMBERS, f"same number: {value} {kind}"))
    told.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    score = min(1.0, max(0.0, sum(points for points, _ in told)))
    return Likeness(score, tuple(f"{reason} ({points:+.2f})" for points, reason in told))


def _places(one: Report, other: Report) -> Iterable[tuple[float, str]]:
    if one.place and other.place:
        if "country" in (one.place.precision, other.place.precision):
            yield PLACE / 3, "places that may be the same"
        else:
            yield PLACE, f"same place: {one.place.name}"
    elif one.written_places and other.written_places:
        shared = one.written_places & other.written_places
        if shared:
            yield WRITTEN_PLACE, f"same place as written: {', '.join(sorted(shared)[:_SHOWN])}"
        else:
            yield OTHER_WRITTEN_PLACE, "no place is written in both"


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """The cosine of two weighed sets, and the words that it stands on most."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    shared = [(weight * large[word], word) for word, weight in small.items() if word in large]
    best = sorted(shared, key=lambda pair: (-pair[0], pair[1]))[:_SHOWN]
    return sum(weight for weight, _ in shared), tuple(word for _, word in best)


def _words_and_names(report: Report) -> tuple[Counter[str], Counter[str]]:
    words, names = Counter[str](), Counter[str]()
    texts = [told.text for told in report.context]
    if report.context is report.article.sentences:
        texts.append(report.article.title)
    for text in texts:
        for match in _WORD.finditer(text):
            lower = match[0].lower()
            if lower in _PASSED_OVER:
                continue
            if match[0][0].isupper() and match.start() > 0:
                names[lower] += 1
            words[_ENDING.sub("", lower) if len(lower) > 4 else lower] += 1
    return words, names


def _weighed(counts: Counter[str], documents: Counter[str], total: int) -> dict[str, float]:
    weights = {
        word: (1 + log(count)) * log((1 + total) / (1 + documents[word]) + 1)
        for word, count in counts.items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
