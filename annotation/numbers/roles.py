"""What each number of a sentence is to the others: a total, part of one, or one replaced since.

    >>> text = "The toll rose from 18 to 33, among them four children."
    >>> roles_of(text, [(19, 21), (25, 27), (40, 53)])
    ('earlier', 'total', 'part')

A grammar of what stands between two numbers, before the first and behind the last. A part needs a
number before it that it can be part of; ``docs/codebook.md`` decides what is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotation.records import Role

_WORD = r"(?:(?!to )[^\W\d][\w'’-]* )"  # neither a numeral nor what leads to the next one

_PART_OPENS = re.compile(
    r"\b(?:including|includ(?:es?|ed)|comprising|consisting of|counting"
    r"|among(?:st)? (?:them|whom|those|these)"
    r"|among(?:st)? the (?:dead|victims|killed|wounded|injured|casualties|detained|arrested)"
    r"|of (?:whom|them|which|those|these)"
    rf"|(?:most|some|many|half) of (?:them|whom)) {_WORD}{{0,3}}$"
)
"""What stands right before a part: "including", "among them at least"."""

_PART_CLOSES = re.compile(r"^,? ?(?:of (?:whom|them|which|those)|among them)\b")
"""What stands right behind a part: "seven of whom"."""

_PART_GOES_ON = re.compile(rf"^(?:,|,? ?and|, and| as well as) {_WORD}{{0,2}}$")
"""What stands between one part and the next: "including three women and two children"."""

_ADDED = re.compile(r"\b(?:as well as|in addition to|besides|apart from|not including|excluding)\b")
"""Words by which a number is added to the one before."""

_EARLIER_OPENS = re.compile(
    r"\b(?:up|down|rose|risen|rises|rising|increased|climbed|jumped|grew|fell|dropped|revised|raised"
    r"|lowered|updated|corrected)(?: (?:the |its )(?:\w+ )?(?:toll|count|tally|figure|number))?"
    r"(?: to [^ ]+)?(?: \w+)? from (?:the |an? )?"
    rf"{_WORD}{{0,3}}$"
    r"|\b(?:earlier|previously|initially|originally|at first|first) "
    r"(?:put|reported|said|given|stood|estimated|announced|confirmed|counted|told) "
    rf"{_WORD}{{0,4}}$"
    r"|\b(?:earlier|previous|initial|original|former|first) "
    rf"(?:toll|count|tally|figure|estimate|report)s? {_WORD}{{0,4}}$"
    rf"|\b(?:instead of|rather than|compared (?:with|to)) (?:the )?{_WORD}{{0,3}}$"
)
"""What stands before a number that has been replaced."""

_EARLIER_CLOSES = re.compile(
    r"^ ?,? (?:earlier|previously|initially|originally) (?:reported|announced|said|given|thought)"
)
"""What stands behind one: "the 18 initially reported"."""

_OPENS = re.compile(
    "includ|among|of whom|of them|of which|of those|of these|compris|consist|counting"
    "|from|earlier|previous|initial|original|former|first|instead|rather|compared"
)
"""A word of one of these; a sentence without any is not looked at."""


def roles_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Role, ...]:
    """The role of each number.

    Args:
        text: the sentence.
        spans: where each number with its noun begins and ends, in order.
    """
    lowered = text.lower()
    if not spans or _OPENS.search(lowered) is None:
        return tuple("total" for _ in spans)
    roles: list[Role] = []
    for number, (start, end) in enumerate(spans):
        begin = spans[number - 1][1] if number else 0
        before, after = lowered[begin:start], lowered[end : end + 60]
        if _EARLIER_OPENS.search(lowered[max(0, start - 60) : start]) or _EARLIER_CLOSES.match(
            after
        ):
            roles.append("earlier")
        elif number and _is_part(before, after, roles[-1]):
            roles.append("part")
        else:
            roles.append("total")
    return tuple(roles)


def _is_part(before: str, after: str, last: Role) -> bool:
    if _ADDED.search(before):
        return False
    if _PART_OPENS.search(before) or _PART_CLOSES.match(after):
        return True
    return last == "part" and _PART_GOES_ON.match(before) is not None
