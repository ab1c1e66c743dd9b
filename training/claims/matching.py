"""Which claim of a person which numeric mention is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotation.numbers.reader import Mention
from annotation.records import NumericClaim
from annotation.spans import matched, overlap


def match_mentions(
    mentions: Sequence[Mention], claims: Iterable[NumericClaim]
) -> dict[int, NumericClaim]:
    """The claim that each mention is, by index of the mention; at most one for each.

    A claim belongs to the mention whose number it covers most of; people may mark more or less of
    what stands around the number, but not without it.
    """
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.end))
    pairs = matched(
        ordered,
        mentions,
        lambda claim, mention: overlap(
            (claim.start, claim.end), (mention.number_start, mention.number_end)
        ),
    )
    return {number: ordered[place] for place, number in pairs}
