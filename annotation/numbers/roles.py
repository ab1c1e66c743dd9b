"""What each number of a sentence is to the others: a total, part of one, or one replaced since.

    >>> text = "The toll rose from 18 to 33, among them four children."
    >>> roles_of(text, [(19, 21), (25, 27), (40, 53)])
    ('earlier', 'total', 'part')

A grammar of what stands between two numbers, before the first and behind the last. A part needs a
number before it that it can be part of; ``docs/codebook.md`` decides what is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from annotation.numbers.lexicon.fates import FATES, HARMING_SCORES
from annotation.records import Role

_WORD = r"(?:(?!to )[^\W\d][\w'’-]* )"  # neither a numeral nor what leads to the next one

_PART_OPENS = re.compile(
    r"\b(?:including|includ(?:es?|ed)|comprising|consisting of|counting"
    r"|among(?:st)? (?:them|whom|those|these)"
    r"|among(?:st)? the (?:dead|victims|killed|wounded|injured|casualties|detained|arrested)"
    r"|of (?:whom|them|which|those|these)"
    rf"|(?:most|some|many|half) of (?:them|whom)) {_WORD}{{0,3}}(?:and (?:his|her|their) )?$"
)
"""What stands before a part: "including", "among them at least", "among them a mother and her"."""

_PART_CLOSES = re.compile(r"^,? ?(?:of (?:whom|them|which|those)|among them)\b")
"""What stands right behind a part: "seven of whom"."""

_PART_GOES_ON = re.compile(
    r"^(?:,|,? ?and|, and| as well as) "
    r"(?:(?:also|at least|another|a further|his|her|their|its|the) )?$"
)
"""What stands between one part and the next: "including three women and two children"."""

_WORDS = re.compile(r"[^\W\d_]+")
_FARED = FATES | HARMING_SCORES
_FARES = re.compile(r"^ (?:others |more )?(?:was|were|is|are|had|has|have)\b")
"""What stands behind a number that has a verb of its own."""

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


def roles_of(
    text: str, spans: Sequence[tuple[int, int]], persons: Collection[int] = ()
) -> tuple[Role, ...]:
    """The role of each number.

    Args:
        text: the sentence.
        spans: where each number with its noun begins and ends, in order.
        persons: which of them are one person without a number. They are parts as numbers are, but
            make none of the numbers behind them: to these they are words as others are.
    """
    lowered = text.lower()
    if not spans or _OPENS.search(lowered) is None:
        return tuple("total" for _ in spans)
    roles: list[Role] = []
    counted: int | None = None
    for number, (start, end) in enumerate(spans):
        beside = number - 1 if number and number in persons else counted
        begin = 0 if beside is None else spans[beside][1]
        before, after = lowered[begin:start], lowered[end : end + 60]
        if _EARLIER_OPENS.search(lowered[max(0, start - 60) : start]) or _EARLIER_CLOSES.match(
            after
        ):
            roles.append("earlier")
        elif (
            beside is not None
            and _is_part(before, after, roles[beside])
            and not (_goes_on(before) and _begins_anew(lowered, spans[number - 1], (start, end)))
        ):
            roles.append("part")
        else:
            roles.append("total")
        if number not in persons:
            counted = number
    return tuple(roles)


def _is_part(before: str, after: str, last: Role) -> bool:
    if _ADDED.search(before):
        return False
    words = before.split()
    if words[-2:-1] == ["and"] and words[-1] in HARMING_SCORES:
        return False  # "including a nurse and kidnapped 20"
    if len(words) > 1 and words[-1] == "and" and words[-2] in FATES:
        return False  # "four of them died and 20 were hurt"
    if _PART_OPENS.search(before) or _PART_CLOSES.match(after):
        return True
    return last == "part" and _PART_GOES_ON.match(before) is not None


def _goes_on(before: str) -> bool:
    """Whether a number follows others of a list: "including a nurse *and* two men"."""
    return before.rstrip().endswith(("and", ",", "as well as"))


def _begins_anew(text: str, last: tuple[int, int], own: tuple[int, int]) -> bool:
    """Whether a number tells of others than the list before it: "including a nurse, *30 hurt*"."""
    if _fate_of(text, own):
        return not _fate_of(text, last)  # but "including three dead and two injured"
    fares = _FARES.match(text[own[1] : own[1] + 60])
    return fares is not None and not _FARED.isdisjoint(_WORDS.findall(text[: last[0]]))


def _fate_of(text: str, span: tuple[int, int]) -> bool:
    return text[slice(*span)].split()[-1] in FATES
