"""Where people disagree: which two, on which event type, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from annotation.schema import Schema

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


def disputes(coded: Sequence[DoubleCoded], schema: Schema) -> tuple[Dispute, ...]:
    """What two people differ on, the most frequent first.

    Args:
        coded: sentences that several people labelled.
        schema: their labels, whose names people see.
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
    return tuple(
        Dispute(pair, names[alias], number, used[pair, alias], labelled[pair])
        for (pair, alias), number in sorted(differ.items(), key=lambda one: (-one[1], one[0]))
    )
