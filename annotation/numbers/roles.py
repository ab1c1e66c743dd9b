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
from decimal import Decimal

from annotation.numbers.lexicon.fates import FATES, HARMING_SCORES
from annotation.records import Role

_WORD = r"(?:(?!to )[^\W\d][\w'’-]* )"  # neither a numeral nor what leads to the next one

_SAME_CLAUSE = (
    r"(?:(?!(?:and|as|after|when|while|with|but|who|which|to|from)\b)(?:[^\s,;:()–—]|,(?=\d))+)"
)
"""A word of the clause in which a number changes."""

_PART_OPENS = re.compile(
    r"\b(?:including|includ(?:es?|ed)|comprising|consisting of|counting"
    r"|among(?:st)? (?:them|whom|those|these)"
    r"|among(?:st)? the (?:dead|victims|killed|wounded|injured|casualties|detained|arrested)"
    r"|of (?:whom|them|which|those|these)"
    rf"|(?:most|some|many|half) of (?:them|whom)) {_WORD}{{0,3}}(?:and (?:his|her|their) )?$"
)
"""What stands before a part: "including", "among them at least", "among them a mother and her"."""

_PART_CLOSES = re.compile(r"^,? ?(?:of (?:whom|them|which|those)\b|among them(?= ?[.,;)]))")
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

_CHANGED = (
    r"\b(?:up|down|rose|risen|rises|rising|increased|climbed|climbing|jumped|grew|grown|fell|falling"
    r"|dropped|declined|soared|swelled|revised|raised|lowered|updated|corrected|cut|reduced|trimmed)"
)
_THE_TOLL = r"(?: (?:the |its )(?:\w+ )?(?:toll|count|tally|figure|number)(?: of (?:the )?\w+)?)?"
_EARLIER_OPENS = re.compile(
    rf"{_CHANGED}{_THE_TOLL}(?: to(?: {_SAME_CLAUSE}){{1,6}})?(?: \w+)?,? from "
    r"(?:the |an? |around |about |some )?"
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
    r"^ ?,? (?:as )?(?:had been |was |were )?"
    r"(?:earlier|previously|initially|originally|at first|first)"
    r" (?:reported|announced|said|given|thought|stated|believed|feared|claimed|told)"
)
"""What stands behind one: "the 18 initially reported"."""

_NOT_THIS = re.compile(r"(?:^|[ ,(–—])not (?:the )?$")
_BUT_THAT = re.compile(r"^[^.;:,]{0,40},? but (?:rather |instead )?$")
"""What stands before a number that is said to be wrong, and between it and the right one: "not
12 but 15"."""

_NOT_THAT = re.compile(r"^(?: [\w’'-]+){0,3} ?(?:,|\(|[–—]| and)? ?(?:and )?not (?:the )?$")
"""What stands between the right number and one that is said to be wrong: "15 people, not 12"."""

_PUT_AT = re.compile(
    r"^(?: (?:and|or) [a-z]+)?,? (?:(?:is|are|was|were|been|has|have|being|who|which|now) ){0,3}"
    r"(?:(?:coded|recorded|counted|tallied|estimated) (?:as|at)|put at|placed at)"
    r" (?:some |about |around )?$"
)
"""What stands between those who are counted and the number alone that tells how many they were:
"dozens of deaths, put at 31"."""

_PUT = re.compile(" (?:coded|recorded|counted|tallied|estimated|put|placed) (?:as|at) ")
"""Without such words nothing of the kind stands there."""

_OF_WHOLE_BEFORE = re.compile(
    r"(?:^|[.;:,–—“\"] ?|\b(?:and|but|that) )(?:out )?of (?:the |its |these |those |all )?"
    r"(?:total of |some |about |around |at least |more than |over |nearly )?$"
)
"""What stands before a whole that comes first: "*of the* 60 detainees, 14 are minors"."""

_OF_WHOLE_BEHIND = re.compile(r"^[^.;:]{0,80}, (?:and |but )?(?:[a-z]+ ){0,2}$")
"""What stands between such a whole and its first part."""

_OF_WHOLE_GOES_ON = re.compile(r"^[^.;:]{0,80}(?:, |\band |\bwhile )(?:[a-z]+ ){0,2}$")
"""What stands between one part of it and the next, which is a number alone."""

_OF_SEVERAL_FATES = "casualties"
"""Of those who are counted so, the dead are no part of the same kind."""

_MADE_UP = re.compile(
    r"^(?: [a-z'’-]+){0,4} ?(?:[–—]|:|\(|\[|(?<= )-) ?(?:(?:namely|or|i\.e\.),? )?$"
)
"""What stands between a whole and the parts that make it up: "15 people – 12 men and three"."""

_MADE_UP_OF = re.compile(r"^(?: (?:from|in|at|near) [\w’' -]{1,24})?(?:,|,? and|;| plus) $")
"""What stands between these."""

_FROM_PLACES = re.compile(r"^ (?:from|in|at|near) [\w’' -]{1,24}(?:,|,? and|;) $")
"""What stands between them where a comma opens their list: "eight, five *from here and* three"."""

_OPENS = re.compile(
    "includ|among|of whom|of them|of which|of those|of these|compris|consist|counting"
    "|from|earlier|previous|initial|original|former|first|instead|rather|compared"
    r"|(?<![a-z])not (?!only|just|to|be)"
    r"|of (?:(?<=^of )|(?<=[.;:,–—“\"] of )|(?<=(?:out|and|but) of )|(?<=that of ))"
)
"""A word of one of these; a sentence without any is not looked at."""


_WHOLE_AND_PARTS = 2
"""Numbers that are too few for a whole and those that make it up."""

_REACH = 60
"""Code points before or behind a number in which such words are looked for."""


def roles_of(
    text: str,
    spans: Sequence[tuple[int, int]],
    persons: Collection[int] = (),
    values: Sequence[Decimal | None] = (),
) -> tuple[Role, ...]:
    """The role of each number.

    Args:
        text: the sentence.
        spans: where each number with its noun begins and ends, in order.
        persons: which of them are one person without a number. They are parts as numbers are, but
            make none of the numbers behind them: to these they are words as others are.
        values: what each amounts to, None where that is not exact; without them, parts that make
            up a whole are not known by their sum.
    """
    lowered = text.lower()
    made_up = _made_up(lowered, spans, values) if len(spans) > _WHOLE_AND_PARTS else frozenset()
    put = len(spans) > 1 and _PUT.search(lowered) is not None
    if not (made_up or put) and _OPENS.search(lowered) is None:
        return tuple("total" for _ in spans)
    roles: list[Role] = []
    of_whole: int | None = None
    counted: int | None = None
    for number, (start, end) in enumerate(spans):
        beside = number - 1 if number and number in persons else counted
        begin = 0 if beside is None else spans[beside][1]
        before, after = lowered[begin:start], lowered[end : end + _REACH]
        if _OF_WHOLE_BEFORE.search(lowered, max(0, start - _REACH), start):
            of_whole = end
        opening = lowered[max(0, start - _REACH) : start]
        if (
            _EARLIER_OPENS.search(opening)
            or _EARLIER_CLOSES.match(after)
            or (_NOT_THIS.search(opening) and _is_denied(lowered, spans, number, before))
            or (put and _is_put_at(lowered, spans[number : number + 2]))
        ):
            roles.append("earlier")
        elif (
            number in made_up
            or (of_whole is not None and _is_of_whole(lowered, of_whole, (start, end), begin))
            or (
                beside is not None
                and _is_part(before, after, roles[beside])
                and not (_fate_of(lowered, (start, end)) and _is_mixed(lowered, spans[beside]))
                and not (
                    _goes_on(before) and _begins_anew(lowered, spans[number - 1], (start, end))
                )
            )
        ):
            roles.append("part")
        else:
            roles.append("total")
        if number not in persons:
            counted = number
    return tuple(roles)


def _is_put_at(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the next number, which stands alone, tells how many were meant by this one.

    Args:
        text: the sentence in lower case.
        spans: where this number and the next one begin and end.
    """
    if len(spans) == 1:
        return False
    (start, end), (number, behind) = spans
    alone = " " not in text[number:behind] and " " in text[start:end]
    return alone and _PUT_AT.match(text[end:number]) is not None


def _is_denied(text: str, spans: Sequence[tuple[int, int]], number: int, before: str) -> bool:
    """Whether the number behind a *not* is wrong, and the one beside it right."""
    if number and _NOT_THAT.match(before):
        return True
    end = spans[number][1]
    return number + 1 < len(spans) and _BUT_THAT.match(text[end : spans[number + 1][0]]) is not None


def _is_of_whole(text: str, whole: int, own: tuple[int, int], begin: int) -> bool:
    """Whether a number tells of a whole that was named first: "of the 60, *14* are minors".

    Args:
        text: the sentence in lower case.
        whole: where the whole ends.
        own: where the number begins and ends.
        begin: where the number before it ends.
    """
    between = text[begin : own[0]]
    if own[0] <= whole or _ADDED.search(between):
        return False
    if begin == whole:
        return _OF_WHOLE_BEHIND.match(between) is not None
    return " " not in text[slice(*own)] and _OF_WHOLE_GOES_ON.match(between) is not None


def _is_mixed(text: str, span: tuple[int, int]) -> bool:
    return text[slice(*span)].endswith(_OF_SEVERAL_FATES)


def _made_up(
    text: str, spans: Sequence[tuple[int, int]], values: Sequence[Decimal | None]
) -> frozenset[int]:
    """Which numbers make up the one before them: "15 people – *12 men* and *three women*"."""
    parts: set[int] = set()
    for whole, value in enumerate(values):
        if value is None or whole in parts:
            continue
        rest, at, goes_on = value, whole + 1, _MADE_UP_OF
        while at < len(values) and (one := values[at]) is not None and 0 < one <= rest:
            between = text[spans[at - 1][1] : spans[at][0]]
            if at == whole + 1:
                goes_on = _MADE_UP_OF if _MADE_UP.match(between) else _FROM_PLACES
                if goes_on is _FROM_PLACES and between != ", ":
                    break
            elif not goes_on.match(between):
                break
            rest, at = rest - one, at + 1
        if rest == 0 and at > whole + 2:
            parts.update(range(whole + 1, at))
    return frozenset(parts)


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
