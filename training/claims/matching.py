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
    what stands around the number, but not without it. Of two claims that cover it alike, it is the
    one whose words are more the mention's own.
    """
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.end))
    pairs = matched(ordered, mentions, _likeness)
    return {number: ordered[place] for place, number in pairs}


def covers_number(claim: NumericClaim, mention: Mention) -> int:
    """How many code points of a mention's number a claim covers."""
    return overlap((claim.start, claim.end), (mention.number_start, mention.number_end))


def _likeness(claim: NumericClaim, mention: Mention) -> float:
    if not (covered := covers_number(claim, mention)):
        return 0
    shared = overlap((claim.start, claim.end), (mention.start, mention.end))
    longer = max(claim.end, mention.end) - min(claim.start, mention.start)
    return covered + shared / longer / 2  # less than a code point more of the number
