"""What holds of claims that count people harmed, whatever was learnt.

Who did it was not harmed, nor was a thing or a beast; who was hurt, taken or shot at has not died,
and who is told to have died was neither displaced nor sent anywhere. One person who is named
without a number is counted by a kind that counts people harmed, or by none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotation.numbers.implied.lexicon import (
    AIMING,
    BEASTS,
    DEATH,
    HARMS,
    SURVIVED,
    THINGS,
)
from annotation.numbers.implied.outcomes import stands_for_them
from annotation.numbers.reader import Mention
from training.claims.told import ToldOfThem

FEWEST_IMPLIED = 20
"""Claims of one person without a number below which it is not learnt which of these are claims:
all that the rules propose are then suggested, with the kind that counts such harm."""

BY_RULE = 0.8
"""Score of those."""

SURE_OF_DEATH = 0.9
"""Probability that a kind which counts the dead must have where the sentence has no word of death.
There this kind, as the most frequent, mostly stands for whatever is counted: on seed articles that
the model had not seen, 8 of 38 below this probability were right, and 1 of 1 above. Of the other
harms, which are told of in more ways than lists hold, more were right than wrong."""

SURE_OF_DEATH_OF_DOERS = 0.5
"""The same where it is told what those counted do: "thirty people *protested* against the killing"
of another. It is no more, for the verb behind may be another's: "clashes that left 12 people dead
*spread*"."""

Bools = NDArray[np.bool_]

_NO_PEOPLE = THINGS | BEASTS
_NO_PEOPLE |= {
    plural
    for one in _NO_PEOPLE
    for plural in (f"{one}s", f"{one}es", f"{one.removesuffix('y')}ies")
}


_AIMED_AT = re.compile(
    rf"\b(?:{'|'.join(sorted(AIMING))})(?:\s+[^\s.,;:]+){{0,4}}?\s+(?:at|on)\s+"
    r"(?:the\s+|a\s+(?:\w+\s+){1,2}of\s+)?$",
    re.IGNORECASE,
)
_WORD_OR_MARK = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.,;:)]")


def cannot_be(
    texts: Sequence[str],
    rows: Sequence[int],
    mentions: Sequence[Mention],
    told: Sequence[ToldOfThem],
    harms: Sequence[str | None],
) -> Bools:
    """Which kinds each mention cannot be of: ``(mentions, 1 + kinds)``.

    Args:
        texts: the sentences.
        rows: the sentence of each mention.
        mentions: what the reader found.
        told: what is told of those whom each counts.
        harms: as for :func:`columns_of_harm`.
    """
    found: Bools = np.zeros((len(mentions), 1 + len(harms)), dtype=np.bool_)
    harmed, dead = columns_of_harm(harms), columns_of_harm(harms, DEATH)
    things = no_people(mentions)
    found[np.ix_(who_did_it(texts, rows, mentions) + things, harmed)] = True
    for number, one in enumerate(told):
        if one.unreal and not one.harms:
            named = _harm_of_noun(mentions[number])  # who threatens 12 hostages still holds them
            found[number, [column for column in harmed if harms[column - 1] != named]] = True
    alive = [number for number, one in enumerate(told) if one.harms and DEATH not in one.harms]
    found[np.ix_(alive + aimed_at(texts, rows, mentions), dead)] = True
    if dead:
        others = [column for column in range(1, 1 + len(harms)) if column not in dead]
        people = [mention.unit in (None, "count") for mention in mentions]
        died = [n for n, one in enumerate(told) if one.died and people[n] and n not in set(things)]
        found[np.ix_(died, others)] = True
        # Whoever died is claimed, but for who did it: "none of the 12 survived".
        found[[n for n in died if not found[n, dead].all()], 0] = True
    return found


def least_sure(
    told: Sequence[ToldOfThem], near: NDArray[np.float64], harms: Sequence[str | None]
) -> NDArray[np.float64]:
    """How probable each kind must be: ``(mentions, 1 + kinds)``, 0 where it need not.

    Args:
        told: what is told of those whom each mention counts.
        near: ``(mentions, 1 + kinds)``: how near the words of each kind stand.
        harms: as for :func:`columns_of_harm`.
    """
    found = np.zeros(near.shape)
    acts = np.array([one.acts for one in told], dtype=np.bool_)
    silent = np.array([DEATH not in one.spoken for one in told], dtype=np.bool_)
    for column in columns_of_harm(harms, DEATH):
        found[acts, column] = SURE_OF_DEATH_OF_DOERS
        found[silent & (near[:, column] == 0), column] = SURE_OF_DEATH
    return found


def columns_of_harm(harms: Sequence[str | None], harm: str | None = None) -> list[int]:
    """Columns of the kinds that count people harmed; column 0 is "no claim".

    Args:
        harms: what happened to the people whom each kind counts, None for none.
        harm: only of those to whom this happened; None for any harm.
    """
    return [
        column for column, one in enumerate(harms, start=1) if one and (harm is None or one == harm)
    ]


def who_did_it(texts: Sequence[str], rows: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """Numbers of the mentions behind *by*, which did what is told: "shot by two men".

    Args:
        texts: the sentences.
        rows: the sentence of each mention.
        mentions: what the reader found.
    """
    return [
        number
        for number, (row, mention) in enumerate(zip(rows, mentions, strict=True))
        if mention.noun and texts[row][: mention.start].lower().endswith((" by ", " between "))
    ]


def aimed_at(texts: Sequence[str], rows: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """Numbers of the mentions of people who were aimed at: "shot at two men", not "killing both".

    Args:
        texts: the sentences.
        rows: the sentence of each mention.
        mentions: what the reader found.
    """
    found = []
    for number, (row, mention) in enumerate(zip(rows, mentions, strict=True)):
        before, behind = texts[row][: mention.start], texts[row][mention.end :]
        aimed = before.endswith((" at ", " on ", " the ", " of ")) and _AIMED_AT.search(before)
        if aimed and not mention.implied and not _kills_them(behind):
            found.append(number)
    return found


def _kills_them(behind: str) -> bool:
    words = _WORD_OR_MARK.findall(behind.lower())
    return any(
        HARMS.get(verb) == DEATH and verb not in SURVIVED and stands_for_them(words, at)
        for at, verb in enumerate(words, start=1)
    )


def _harm_of_noun(mention: Mention) -> str | None:
    last = mention.noun.lower().split()[-1] if mention.noun else ""
    return HARMS.get(last) or HARMS.get(last.removesuffix("s"))


def no_people(mentions: Sequence[Mention]) -> list[int]:
    """Numbers of the mentions that count no people: "23 projectiles", "rounds of fire", "45 sheep".

    Args:
        mentions: what the reader found.
    """
    return [number for number, mention in enumerate(mentions) if _counts_no_people(mention)]


def _counts_no_people(mention: Mention) -> bool:
    if not mention.noun or mention.noun == "shot":  # "one shot and killed"
        return False
    if " of the " in mention.text and " of " not in mention.noun:
        return False  # "three of the school" are people
    return mention.noun.lower().split(" of ")[0].split()[-1] in _NO_PEOPLE


def decide_implied(
    mentions: Sequence[Mention],
    harms: Sequence[str | None],
    proba: NDArray[np.float64],
    best: NDArray[np.intp],
    *,
    learnt: bool,
) -> None:
    """Settle, in place, the kind of each mention of one person without a number.

    Args:
        mentions: what the reader found.
        harms: as for :func:`columns_of_harm`.
        proba: ``(mentions, 1 + kinds)`` probabilities; changed where nothing was learnt.
        best: the column of each mention's kind; changed.
        learnt: whether it was learnt which of them are claims; else all are, by rule.
    """
    people = columns_of_harm(harms)
    for row, mention in enumerate(mentions):
        if not mention.implied:
            continue
        if learnt:
            best[row] = people[int(proba[row, people].argmax())]
            continue
        proba[row], proba[row, 0] = 0.0, 1.0
        if mention.harm in harms:
            best[row] = 1 + list(harms).index(mention.harm)
            proba[row, 0], proba[row, best[row]] = 1 - BY_RULE, BY_RULE
