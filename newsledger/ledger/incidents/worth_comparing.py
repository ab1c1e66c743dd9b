"""Which pairs of reports are worth comparing: those that share rare words within a week.

So time grows with the number of reports and not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice

from newsledger.ledger.incidents.likeness import ReportFeatures
from newsledger.ledger.incidents.reports import (
    Report,
    days_it_may_have_been,
    order_of_publication,
)

_KEYS = 16
"""So many of its weightiest words, and half as many names, a report is looked up by."""
_SHARED = 2
"""So many of these two reports must share to be compared."""
_NEIGHBOURS = 20
"""With so many others of one key a report is compared, where more have it."""
_UNDATED = range(date.max.toordinal(), date.max.toordinal() + 1)
"""Stands for the week of a report of which nothing tells it, behind all others."""


def comparable_pairs(features: Sequence[ReportFeatures]) -> Iterator[tuple[int, int]]:
    """Pairs of reports that are worth comparing: they share rare words, and a week.

    A report of which nothing tells the week is compared with those of all weeks.

    Args:
        features: what is compared of each report.

    Returns:
        Their places in ``features``, the smaller one first.
    """
    order = sorted(
        range(len(features)), key=lambda place: order_of_publication(features[place].report)
    )
    weeks = [_weeks(one.report) for one in features]
    some_undated = _UNDATED in weeks
    # What no other report has finds none, and would take the place of what does.
    own_words = _of_one_alone(one.words for one in features)
    own_names = _of_one_alone(one.names for one in features)
    by_key: dict[tuple[int, str], list[int]] = {}
    for place in order:
        one = features[place]
        # Each once and in an order: that of a set would be another in each run, and pairs with it.
        words = dict.fromkeys(
            [
                *_heaviest(one.words, own_words, _KEYS),
                *_heaviest(one.names, own_names, _KEYS // 2),
            ]
        )
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


def _of_one_alone(words: Iterable[Iterable[str]]) -> frozenset[str]:
    """The words that one report has and no other."""
    counts = Counter(chain.from_iterable(words))
    return frozenset(word for word, count in counts.items() if count == 1)


def _heaviest(weights: Mapping[str, float], own: frozenset[str], count: int) -> list[str]:
    """The weightiest words that other reports have, too."""
    ordered = sorted(zip(weights.values(), weights, strict=True), reverse=True)
    shared = (word for _, word in ordered if word not in own)
    return list(islice(shared, count))


def _weeks(report: Report) -> range:
    """The weeks in which the incident can have been; one behind them all where nothing tells."""
    days = days_it_may_have_been(report)
    if days is None:
        return _UNDATED
    first, last = days
    return range(first.toordinal() // 7, min(last.toordinal(), first.toordinal() + 31) // 7 + 1)
