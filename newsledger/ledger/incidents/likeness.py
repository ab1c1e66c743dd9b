"""How much speaks for two reports being of one incident: points, each with a reason in words.

A resolved day or place that differs rules it out, whatever else is alike; a number alone never
suffices, for reports of two attacks on one day are often more alike than two of one attack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import fsum, log, sqrt
from operator import mul

from annotation.numbers.lexicon.function_words import STOP_WORDS
from newsledger.ledger.incidents.reports import (
    LEAD,
    Report,
    Told,
    comparable,
    days_it_may_have_been,
    days_meet,
    looks_back,
    same_name,
    same_place,
)

WORDS, NAMES = 2.6, 0.9
"""Points for words and names that are all the same, and have the same weight."""
SAME_DAY, SAME_PLACE, SAME_EVENTS, SAME_NUMBER = 0.2, 0.3, 0.05, 0.05
MAY_BE_SAME = 0.05
"""Points for a day or place that may be the same."""
OTHER_WRITTEN_PLACE, OTHER_EVENTS = -0.35, -0.1
"""What is taken away where no place, no event type is the same."""
ENOUGH = 0.5
"""So many points on average join two groups of reports."""

_TITLE, _LEADING = 3, 2
"""So many times a word of the headline counts, and one of the first sentences: what follows them is
often told of other incidents, too."""
_SHOWN = 4  # words and names that a reason lists
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASCII_WORD = re.compile("[A-Za-z]{3,}")
"""The same in an ASCII text, in half the time."""
_ENDINGS = ("ing", "ed", "s")
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
_NOTHING = repeat(0.0)
_PASSED_OVER = STOP_WORDS | frozenset(f"{_CALENDAR} said say says told".split())
"""Words that tell no incident from another; days are compared by themselves."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found when two reports were compared."""

    points: float
    """What all reasons bring together; may be negative."""
    reasons: tuple[str, ...]
    """What speaks for it and against it, in words, the weightiest first."""

    @property
    def score(self) -> float:
        """0 to 1; one half where there are just enough points."""
        return max(0.0, self.points) / (max(0.0, self.points) + ENOUGH)


@dataclass(frozen=True, slots=True)
class ReportFeatures:
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


def features_of(
    reports: Sequence[Report], incident_types: frozenset[str]
) -> tuple[ReportFeatures, ...]:
    """What is compared, with words weighed by how few reports have them.

    Args:
        reports: all reports.
        incident_types: the event types that make an incident.
    """
    counted = [_words_and_names(report) for report in reports]
    rarity = _rarity(words for words, _ in counted)
    rarity_of_names = _rarity(names for _, names in counted)
    return tuple(
        ReportFeatures(
            report=report,
            words=_weighed(words, rarity),
            names=_weighed(names, rarity_of_names),
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
    """Whether two reports are of days or places that cannot be the same.

    What names no day is of the month before it was published, unless it looks back: else reports of
    which neither day nor publication is known would join what was published years apart.
    """
    if one.days and other.days:
        if not days_meet(one.days, other.days):
            return True
    elif _written_long_apart(one, other):
        return True
    if _told_before(one, other) or _told_before(other, one):
        return True
    return bool(one.place and other.place and not same_place(one.place, other.place))


def _written_long_apart(one: Report, other: Report) -> bool:
    """Whether the later of two reports names no day, is of another month and no look back."""
    mine, yours = days_it_may_have_been(one), days_it_may_have_been(other)
    if mine is None or yours is None or days_meet(mine, yours):
        return False
    return not looks_back(one if mine > yours else other)


def _told_before(one: Report, other: Report) -> bool:
    """Whether a report was published before the day of the other one."""
    published = one.article.published
    return bool(published and other.days and other.days[0] > published)


def _points_of_words(one: ReportFeatures, other: ReportFeatures) -> float:
    return WORDS * _cosine(one.words, other.words) + NAMES * _cosine(one.names, other.names)


class PointsOf:
    """The points of any two of some reports, each pair compared once.

    Copies, which are most of what is alike, have the words of any two texts compared once, too.

    Args:
        features: what is compared of each report.
    """

    def __init__(self, features: Sequence[ReportFeatures]) -> None:
        self._features = features
        self._points: dict[tuple[int, int], float] = {}
        texts: dict[tuple[str | float, ...], int] = {}
        self._text = [
            texts.setdefault(
                (*one.words, *one.words.values(), *one.names, *one.names.values()), len(texts)
            )
            for one in features
        ]
        self._of_texts: dict[tuple[int, int], float] = {}

    def __call__(self, one: int, other: int) -> float:
        """What speaks for two reports being of one incident, that no day and no place keeps apart.

        Args:
            one: the place of one in ``features``.
            other: that of the other.
        """
        pair = (one, other) if one < other else (other, one)
        points = self._points.get(pair)
        if points is None:
            first, second = self._features[one], self._features[other]
            texts = self._text[one], self._text[other]
            words = self._of_texts.get(texts)
            if words is None:
                words = _points_of_words(first, second)
                self._of_texts[texts] = self._of_texts[texts[::-1]] = words
            points = words + sum([points for points, _ in _about(first, second)])
            self._points[pair] = points
        return points


def likeness(one: ReportFeatures, other: ReportFeatures) -> Likeness:
    """The points of two reports as ``PointsOf`` has them, with the reasons in words."""
    told = [
        (most * _cosine(mine, yours), f"same {what}: {', '.join(_shared(mine, yours))}")
        for most, what, mine, yours in (
            (WORDS, "words", one.words, other.words),
            (NAMES, "names", one.names, other.names),
        )
    ]
    about = [(points, tell(one, other)) for points, tell in _about(one, other)]
    points = told[0][0] + told[1][0] + sum(points for points, _ in about)
    reasons = sorted(
        (pair for pair in (*told, *about) if pair[0]), key=lambda pair: (-abs(pair[0]), pair[1])
    )
    return Likeness(points, tuple(f"{reason} ({points:+.2f})" for points, reason in reasons))


_Teller = Callable[[ReportFeatures, ReportFeatures], str]
"""Says in words why two reports have some points."""


def _about(one: ReportFeatures, other: ReportFeatures) -> Iterator[tuple[float, _Teller]]:
    """Points beside the words, and who tells the reason; most are never told."""
    first, second = one.report, other.report
    if first.days and second.days:
        if first.days == second.days and first.exact_day:
            yield SAME_DAY, _same_day
        else:
            yield MAY_BE_SAME, _days_that_may_be
    if first.place and second.place:
        precisions = (first.place.precision, second.place.precision)
        if "country" in precisions:
            yield MAY_BE_SAME, _places_that_may_be
        elif same_name(first.place, second.place):
            yield SAME_PLACE, _where
        elif comparable(first.place, second.place):
            # Of two names in one district nobody knows whether they are one place.
            both = precisions == ("district", "district")
            yield (MAY_BE_SAME, _places_that_may_be) if both else (SAME_PLACE, _where)
    elif (
        first.written_places
        and second.written_places
        and first.written_places.isdisjoint(second.written_places)
    ):
        yield OTHER_WRITTEN_PLACE, _no_place_in_both
    if one.events and other.events:
        if one.events.isdisjoint(other.events):
            yield OTHER_EVENTS, _no_type_in_both
        else:
            yield SAME_EVENTS, _types_in_both
    if not one.numbers.isdisjoint(other.numbers):
        yield SAME_NUMBER, _number_in_both


def _same_day(one: ReportFeatures, _: ReportFeatures) -> str:
    return f"same day: {one.report.exact_day}"


def _days_that_may_be(_: ReportFeatures, __: ReportFeatures) -> str:
    return "days that may be the same"


def _places_that_may_be(_: ReportFeatures, __: ReportFeatures) -> str:
    return "places that may be the same"


def _where(one: ReportFeatures, _: ReportFeatures) -> str:
    return f"same place: {one.report.place.name if one.report.place else ''}"


def _no_place_in_both(_: ReportFeatures, __: ReportFeatures) -> str:
    return "no place is written in both"


def _no_type_in_both(_: ReportFeatures, __: ReportFeatures) -> str:
    return "no event type is the same"


def _types_in_both(one: ReportFeatures, other: ReportFeatures) -> str:
    return f"both tell of {', '.join(sorted(one.events & other.events))}"


def _number_in_both(one: ReportFeatures, other: ReportFeatures) -> str:
    kind, value = min(one.numbers & other.numbers, key=str)
    return f"same number: {value} {kind}"


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    # Exact, so that it is the same whichever of the two comes first.
    if len(other) < len(one):
        one, other = other, one
    return fsum(map(mul, one.values(), map(other.get, one, _NOTHING)))


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    """The words that a cosine stands on most."""
    shared = one.keys() & other.keys()
    return sorted(shared, key=lambda word: (-one[word] * other[word], word))[:_SHOWN]


def _words_and_names(report: Report) -> tuple[Counter[str], Counter[str]]:
    words: list[str] = []
    names: list[str] = []
    texts = [
        (_without_numbers(told), _LEADING if place < LEAD else 1)
        for place, told in enumerate(report.context)
    ]
    if report.context is report.article.sentences and report.article.title:
        texts.append((report.article.title, _TITLE))
    for text, times in texts:
        found = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
        read = list(map(_stem_and_name, found))
        words += [stem for stem, _ in read if stem] * times
        if found and text.startswith(found[0]):
            del read[0]
        names += [name for _, name in read if name] * times
    return Counter(words), Counter(names)


def _without_numbers(told: Told) -> str:
    """A sentence without the words of its claims, which are compared as numbers."""
    text = told.text
    for _, claim in told.claims:
        text = f"{text[: claim.start]}{' ' * (claim.end - claim.start)}{text[claim.end :]}"
    return text


@lru_cache(200_000)
def _stem_and_name(word: str) -> tuple[str, str]:
    """A word as it is compared, and as a name unless it begins a sentence; empty where it is none.

    Words that are passed over are neither.
    """
    lower = word.lower()
    if lower in _PASSED_OVER:
        return "", ""
    ending = next((one for one in _ENDINGS if lower.endswith(one)), "")
    stem = lower.removesuffix(ending) if len(lower) > 4 else lower
    return stem, lower if word[0].isupper() else ""


def _rarity(reports: Iterable[Counter[str]]) -> dict[str, float]:
    """Of each word of some reports, the greater the fewer have it."""
    reports = tuple(reports)
    documents = Counter(word for words in reports for word in words)
    return {word: log((1 + len(reports)) / (1 + number) + 1) for word, number in documents.items()}


def _weighed(counts: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {word: (1 + log(count)) * rarity[word] for word, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
