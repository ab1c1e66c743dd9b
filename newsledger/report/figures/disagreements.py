"""Where people disagree: which two, on which event type, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from annotation.schema import Schema

FEWEST_TICKED = 5
"""Sentences below which the share in which two people differ is chance."""

if TYPE_CHECKING:
    from newsledger.team.agreement import DoubleCoded


@dataclass(frozen=True, slots=True)
class Dispute:
    """An event type on which two people differ."""

    people: tuple[str, str]
    """The two."""
    label: str
    """Name of the event type."""
    differ: int
    """Sentences in which one of them ticked it and the other did not."""
    used: int
    """Sentences in which at least one of them ticked it."""
    labelled: int
    """Sentences that both labelled."""
    alpha: float | None
    """Alpha of the event type, over all people; None where too few used it."""


def disputes(
    coded: Sequence[DoubleCoded], schema: Schema, alphas: Mapping[str, float | None]
) -> tuple[Dispute, ...]:
    """What two people differ on, the event type with the lowest alpha first.

    Not the most frequent: of a type that is ticked often, few differences are many. Those with no
    alpha come last.

    Args:
        coded: sentences that several people labelled.
        schema: their labels, whose names people see.
        alphas: of each event type, by alias; None where too few used it.
    """
    differ: Counter[tuple[tuple[str, str], str]] = Counter()
    used: Counter[tuple[tuple[str, str], str]] = Counter()
    labelled: Counter[tuple[str, str]] = Counter()
    for each in coded:
        for mine, theirs in combinations(each.annotations, 2):
            pair = (mine.annotator, theirs.annotator)
            ours, others = {*mine.events.aliases}, {*theirs.events.aliases}
            labelled[pair] += 1
            differ.update((pair, alias) for alias in ours ^ others)
            used.update((pair, alias) for alias in ours | others)
    names = schema.event_values

    def rank(one: tuple[tuple[tuple[str, str], str], int]) -> tuple[object, ...]:
        (pair, alias), number = one
        alpha, ticked = alphas.get(alias), used[pair, alias]
        if alpha is None:
            return inf, "", False, -number, alias, pair
        return alpha, alias, ticked < FEWEST_TICKED, -number / ticked, alias, pair

    return tuple(
        Dispute(pair, names[alias], number, used[pair, alias], labelled[pair], alphas.get(alias))
        for (pair, alias), number in sorted(differ.items(), key=rank)
    )
