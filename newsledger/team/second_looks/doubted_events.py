"""Event types about which people disagree, or which are likely wrong.

Each person is taken to overlook an event type that is there, and to tick one that is not, with a
small chance, and a model that has not seen the article to know as much as its probability says.
Bayes' rule then tells how probable each type is, and with that, how probable it is that what counts
is wrong. One that was taken for another leaves two traces, a type too many and one too few, and is
more common than two errors at once: so both together weigh more than each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotation.dataset.adjudication import Adjudicated
from annotation.schema import Label, Schema
from newsledger.team.second_looks.reasons import (
    DISAGREE,
    DISCOUNT,
    LEAST_ODDS,
    LIKELY_WRONG,
    OUTVOTED,
    TIED,
    ReviewReason,
    percent,
)

OVERLOOKED = 0.02
"""Chance of overlooking an event type that is there. This one and the two below were chosen on
planted errors (``benchmarks/review.py``); half or double finds up to three points less of them."""
FALSE_TICK = 0.005
"""Chance of ticking an event type that is not there."""
TAKEN_FOR_ANOTHER = 0.02
"""Chance of ticking one event type for another."""
SUREST = 0.99
"""Probability beyond which a model is not believed: where it errs, it errs by more than it says."""


@dataclass(frozen=True, slots=True)
class _Doubted:
    """An event type with the odds of Bayes' rule that what counts of it is wrong."""

    label: Label
    ticked: int
    held: bool
    odds: float


def event_reasons(
    found: Adjudicated, probability: Mapping[str, float], schema: Schema
) -> Iterator[ReviewReason]:
    """Why the event types of a sentence are worth a second look, one reason for each type.

    Args:
        found: what counts, and the annotations that it comes from.
        probability: of each event type, by alias, by models that have not seen the article; empty
            where there are none.
        schema: the event types.
    """
    people = len(found.counted)
    doubted = [_doubted(label, found, probability.get(label.alias)) for label in schema.event_types]
    missed = sum(one.odds for one in doubted if not one.held)
    wrong = sum(one.odds for one in doubted if one.held)
    swapped = TAKEN_FOR_ANOTHER / (OVERLOOKED * FALSE_TICK) * missed * wrong if people == 1 else 0.0
    for one in doubted:
        share = one.odds / (wrong if one.held else missed) if one.odds else 0.0
        odds = DISCOUNT * (one.odds + share * swapped / 2)
        split = 0 < one.ticked < people
        if split:
            odds += TIED if one.label.alias in found.ties else OUTVOTED
        if odds < LEAST_ODDS:
            continue
        says = _votes(one, people) if split else _alone(one, people)
        if one.label.alias in probability:
            says += _said_unseen(probability[one.label.alias], split)
        yield ReviewReason(DISAGREE if split else LIKELY_WRONG, says, odds)


def _doubted(label: Label, found: Adjudicated, probability: float | None) -> _Doubted:
    people = len(found.counted)
    ticked = sum(label.alias in one.events for one in found.counted)
    held = label.alias in found.events
    if probability is None and ticked in (0, people):
        return _Doubted(label, ticked, held, 0.0)
    likely = 0.5 if probability is None else min(max(probability, 1 - SUREST), SUREST)
    true = likely / (1 - likely)
    true *= ((1 - OVERLOOKED) / FALSE_TICK) ** ticked
    true *= (OVERLOOKED / (1 - FALSE_TICK)) ** (people - ticked)
    return _Doubted(label, ticked, held, 1 / true if held else true)


def _votes(one: _Doubted, people: int) -> str:
    return f"{one.ticked} of {people} ticked ‘{one.label.value}’, {people - one.ticked} did not"


def _alone(one: _Doubted, people: int) -> str:
    whose = "" if people == 1 else f" by all {people}"
    return f"{'ticked' if one.ticked else 'not ticked'}{whose}: ‘{one.label.value}’"


def _said_unseen(probability: float, split: bool) -> str:
    they = "models that have not seen this article give it"
    return f"{';' if split else ','} {they} {percent(probability)}"
