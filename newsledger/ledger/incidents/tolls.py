"""The toll that an article tells: of each claim kind one number, and the claims it stands on.

The rule, which ``docs/codebook.md`` explains:

1. Parts do not count, nor do earlier numbers, claims without a whole number of people or things,
   and those of an earlier event that is only the occasion of what is told.
2. Within a sentence, what is left is added; an open end counts as the end that is claimed. Of three
   or more, where one is the sum of the others it holds alone; so does one that is called a total,
   and what somebody else is quoted for in brackets is not added.
3. Of several sentences, those that tell more of the same are added ("another two", "three others",
   of another group "two rebels were also killed"); else each is taken to tell the whole anew, and
   the one with the greatest number holds. Of two with the same number the later one does, for later
   numbers replace earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat

from annotation.numbers.implied.lexicon import KILLING
from annotation.records import NumericClaim
from newsledger.ledger.incidents.occasions import is_occasion

_MORE = re.compile(r"\b(?:another|others?|more|additional|further)\b", re.IGNORECASE)
_NOT_MORE = re.compile(r"\bmore than\b", re.IGNORECASE)
_MORE_BEFORE = re.compile(r"\b(?:another|an?\s(?:further|additional))\s$", re.IGNORECASE)
"""What links a number to an earlier one and is not marked: "a further 120"."""
_ALSO = re.compile(
    r"^\s(?:(?:was|were|has|have|had)\s(?:been\s)?)?also\s(?!among\b)", re.IGNORECASE
)
_ALSO_BEFORE = re.compile(
    rf"(?<!were\s)(?<!was\s)\balso(?:\s(?:killing|{'|'.join(sorted(KILLING))}))?\s$", re.IGNORECASE
)
_ANYBODY = re.compile(
    r"(?:people|persons?|dead|bod(?:y|ies)|victims?|casualt(?:y|ies)|lives|fatalit(?:y|ies)|deaths?"
    r"|others?)$",
    re.IGNORECASE,
)
"""Nouns that may hold those of another group."""
_TOTAL = re.compile(
    r"(?:[,(–—-]|\bfor|\bmaking|\bbringing\s[\w\s]{1,20}to)\s?(?:an?\s|the\s)?(?:combined\s|overall\s)?"
    r"total(?:\sof|:)?\s[^\s,;:()]+(?:\s[^\s,;:()]+){0,4}$",
    re.IGNORECASE,
)
"""What makes the last number of a text the total of those before it: "(a total of 12 deaths)"."""
_TOTAL_OF_OTHERS = re.compile(
    r"^\s(?:(?:was|were|have|has|had|been|also|later)\s){0,3}"
    r"(?:killed|dead|died|perished|drowned|executed|lost)\b",
    re.IGNORECASE,
)
"""What makes it a number of its own: "and, in the south, a total of 12 people *died*"."""
_QUOTED = re.compile(
    r"\b(?:according\sto|per|sa(?:id|ys?)|report(?:s|ed)|claim(?:s|ed)|put|confirm(?:s|ed)|count(?:s|ed))\b",
    re.IGNORECASE,
)
"""A word by which somebody is quoted."""
_GOES_ON = re.compile(r"(?:and|plus|while|as\swell\sas)\b", re.IGNORECASE)
"""What begins an aside that tells of more: "(*and* four in the south, police said)"."""


@dataclass(frozen=True, slots=True)
class Toll:
    """How many an article tells of, for one claim kind."""

    kind: str
    """Alias of the claim kind."""
    low: Decimal | None
    """Smallest number claimed; None where an end is open."""
    best: Decimal
    """The number that the words name: of an open end, the end that is claimed."""
    high: Decimal | None
    """Largest number claimed; None where an end is open."""
    claims: tuple[NumericClaim, ...]
    """The claims that it is the sum of, in order."""


def toll(
    sentences: Sequence[Sequence[NumericClaim]], kind: str, texts: Sequence[str] = ()
) -> Toll | None:
    """The toll of one claim kind; None where nothing is claimed.

    Args:
        sentences: the claims of each of the article's sentences, in the order of reading.
        kind: alias of the claim kind.
        texts: the sentences themselves, where what stands before a claim is to be seen.
    """
    held: tuple[NumericClaim, ...] = ()
    added: tuple[NumericClaim, ...] = ()
    for claims, text in zip(sentences, texts or repeat(""), strict=False):
        told = [one for one in totals_of(claims, kind) if not is_occasion(text, one.start, one.end)]
        counted = without_parts(told, text)
        if not counted:
            continue
        if held and all(
            _adds(claim, text) or _adds_a_group(claim, text, held + added) for claim in counted
        ):
            added += counted
        elif _sum(counted) >= _sum(held) + _sum(added):
            held, added = counted, ()
    standing_on = held + added
    if not standing_on:
        return None
    lows = [claim.low for claim in standing_on]
    highs = [claim.high for claim in standing_on]
    return Toll(
        kind=kind,
        low=None if None in lows else sum((low for low in lows if low is not None), Decimal(0)),
        best=_sum(standing_on),
        high=None
        if None in highs
        else sum((high for high in highs if high is not None), Decimal(0)),
        claims=standing_on,
    )


def totals_of(claims: Iterable[NumericClaim], kind: str) -> tuple[NumericClaim, ...]:
    """The claims of a kind that count: no parts, no earlier numbers, whole people or things."""
    return tuple(claim for claim in claims if claim.kind == kind and _counts(claim))


def without_parts(claims: Sequence[NumericClaim], text: str = "") -> tuple[NumericClaim, ...]:
    """The claims without those that add up to another: "8 dead, 5 from here, 3 from there".

    Args:
        claims: the claims of one kind and sentence, in order.
        text: the sentence, where what stands around a claim is to be seen.
    """
    for one in claims if len(claims) > 2 else ():
        others = [claim for claim in claims if claim is not one]
        if _sum(others) == _sum([one]):
            return (one,)
    for one in claims[1:] if text else ():
        before = text[: one.start] + one.text
        if _TOTAL_OF_OTHERS.match(text[one.end :]):
            continue
        if _TOTAL.search(before) and _sum([one]) >= max(_sum([other]) for other in claims):
            return (one,)
    quoted = [one for one in claims if _is_quoted_in_brackets(one, text)]
    if 0 < len(quoted) < len(claims):
        own = [one for one in claims if one not in quoted]
        return tuple(own if _sum(own) >= _sum(quoted) else quoted)
    return tuple(claims)


def _is_quoted_in_brackets(claim: NumericClaim, text: str) -> bool:
    """Whether somebody else's number stands in brackets: "12 died (14 according to police)"."""
    opens, closes = text.rfind("(", 0, claim.start), text.find(")", claim.end)
    if opens < 0 or closes < 0 or ")" in text[opens : claim.start] or _adds(claim, text):
        return False
    if _GOES_ON.match(text, opens + 1):
        return False
    return _QUOTED.search(text[opens:closes]) is not None


def _counts(claim: NumericClaim) -> bool:
    return claim.role == "total" and claim.unit in (None, "count") and _best(claim) is not None


def _adds(claim: NumericClaim, text: str) -> bool:
    if _MORE_BEFORE.search(text[: claim.start]):
        return True
    return _MORE.search(_NOT_MORE.sub("", claim.text)) is not None


def _adds_a_group(claim: NumericClaim, text: str, told: Sequence[NumericClaim]) -> bool:
    """Whether people of another group are told to have died, too: "two rebels were *also* killed".

    Args:
        claim: a claim of a later sentence.
        text: that sentence.
        told: what was told before.
    """
    groups = [_group(one) for one in (claim, *told)]
    if None in groups or groups[0] in groups[1:]:
        return False
    return bool(_ALSO_BEFORE.search(text[: claim.start]) or _ALSO.match(text[claim.end :]))


def _group(claim: NumericClaim) -> str | None:
    """The noun that says which people are counted; None where they may be anybody."""
    if not claim.noun or _ANYBODY.search(claim.noun):
        return None
    return claim.noun.lower().split()[-1].removesuffix("s")


def _best(claim: NumericClaim) -> Decimal | None:
    return claim.low if claim.low is not None else claim.high


def _sum(claims: Sequence[NumericClaim]) -> Decimal:
    return sum((best for claim in claims if (best := _best(claim)) is not None), Decimal(0))
