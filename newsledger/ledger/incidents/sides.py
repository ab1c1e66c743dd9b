"""Whether a number counts attackers or others, who are not added and of whom the others' counts.

One source may call fighters whom another calls civilians: then both numbers are of the same dead,
and contradict one another. They are of other people where one source counts both, where the word
says that they attacked, and where the others are soldiers or police, whom nobody takes for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotation.records import NumericClaim
from newsledger.ledger.incidents.tolls import totals_of, without_parts

_WHO_ATTACKED = r"attackers?|assailants?|bombers?|raiders?|robbers?|kidnappers?|hijackers?"
"""Words that say what they did: nobody calls those so whom others call victims."""
_ATTACKERS = re.compile(
    rf"\b(?:{_WHO_ATTACKED}|gunmen|gunman|militants?|insurgents?|rebels?|jihadists?|terrorists?"
    r"|fighters?|extremists?|bandits?)\b",
    re.IGNORECASE,
)
_SURE_ATTACKERS = re.compile(rf"\b(?:{_WHO_ATTACKED})\b", re.IGNORECASE)
_FORCES = re.compile(
    r"\b(?:soldiers?|troops|troopers?|paratroopers?|service(?:men|man|members?)|marines?|guards?"
    r"|police(?:m[ae]n|wom[ae]n)?|constables?|officers?|gendarmes?|peacekeepers?"
    r"|security\s(?:forces?|personnel))\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:people|persons?|dead|bodies|victims?|casualties|lives)\b", re.IGNORECASE
)
"""Nouns that hold attackers and others alike."""

Sentences = Sequence[Sequence[NumericClaim]]
"""Claims by the sentence in which they stand."""


def is_of_attackers(claim: NumericClaim) -> bool:
    """Whether a number counts those who attacked, or who are said to fight."""
    return _ATTACKERS.search(_counted(claim)) is not None


def of_one_side(sentences: Sentences, everything: Sentences, kind: str) -> Sentences:
    """The claims of one source without the attackers, where others are counted, too.

    Args:
        sentences: what the source claims in an article.
        everything: what all sources claim of the incident.
        kind: alias of the claim kind.

    Returns:
        Without claims where the source counts none but attackers, and others are other people.
    """
    others = [_of_others(told, kind) for told in sentences]
    if any(others):
        return others
    of_others = [one for told in everything for one in _of_others(told, kind)]
    own = [one for told in sentences for one in totals_of(told, kind)]
    if of_others and (
        all(_SURE_ATTACKERS.search(_counted(one)) for one in own)
        or all(_FORCES.search(_counted(one)) for one in of_others)
    ):
        return others
    return sentences


def _counted(claim: NumericClaim) -> str:
    return claim.noun or claim.text


def _of_others(claims: Sequence[NumericClaim], kind: str) -> Sequence[NumericClaim]:
    """Without the attackers, unless a number of people at large holds them, too."""
    counted = totals_of(claims, kind)
    whole = without_parts(counted)
    if len(whole) < len(counted):  # "8 dead, 5 villagers and 3 gunmen", "8 gunmen, 5 here, 3 there"
        if is_of_attackers(whole[0]):
            return ()
        noun = whole[0].noun
        if noun is None or _ANYBODY.search(noun) or not any(map(is_of_attackers, counted)):
            return whole
    return [one for one in counted if not is_of_attackers(one)]
