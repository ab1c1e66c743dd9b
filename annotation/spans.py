"""Half-open spans of code points: what two of them share, and which of two lists are pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_Left = TypeVar("_Left")
_Right = TypeVar("_Right")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Code points that two spans share; 0 where they do not touch."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def matched(
    left: Sequence[_Left], right: Sequence[_Right], likeness: Callable[[_Left, _Right], float]
) -> list[tuple[int, int]]:
    """Pairs of places in two lists, each place used once, the most alike first.

    Args:
        left: what is matched.
        right: what it is matched with.
        likeness: how alike two are; 0 for those that do not belong together. Of pairs that are
            equally alike the one further left goes first.
    """
    candidates = [
        (-alike, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (alike := likeness(one, other)) > 0
    ]
    pairs: list[tuple[int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, j))
    return pairs
