"""Who is named behind what was lost: "the *body of a man*", "the *killing of a judge*"."""

from __future__ import annotations

from annotation.numbers.implied.clauses import has_own_verb, own_verb
from annotation.numbers.implied.lexicon import (
    DEATH,
    JOINING,
    LIFE,
    LOSSES,
    REMAINS,
    TAKING_LIFE,
)
from annotation.numbers.implied.names import OnePerson, is_counted
from annotation.numbers.implied.outcomes import has_happened, said_by
from annotation.numbers.implied.parts import ENDS_ALIKE
from annotation.numbers.implied.words import Words


def as_lost(words: Words, one: OnePerson) -> str | None:
    """Bodies: "a body was found", "the body of a man", "the killing of a judge"."""
    of = one.first - 1
    if of >= 0 and words[of].lower in JOINING:  # "the bodies of two girls and a boy"
        of = next((n for n in range(of - 1, max(-1, of - 8), -1) if words[n].lower == "of"), -1)
        begins = has_own_verb(words, one.last)
        if begins and words[one.first - 1].text != ",":
            begins = begins_a_clause(words, of, one.last)
        if of >= 0 and (begins or not _all_alike(words, of + 1, one.first - 1)):
            return DEATH if words[one.last - 1].lower in REMAINS else None
    if of >= 1 and words[of].lower == "of":
        loss = words[of - 1].lower
        if loss in LOSSES and _has_happened(words, of - 1):
            return said_by(loss)
    return DEATH if words[one.last - 1].lower in REMAINS else None


def _has_happened(words: Words, loss: int) -> bool:
    """Whether a noun of harm tells of what was done: no "attempted murder of a priest"."""
    before = [word.lower for word in words[max(0, loss - 5) : loss]]
    return has_happened(before) and not (
        words[loss].lower in LIFE and TAKING_LIFE.isdisjoint(before)
    )


def begins_a_clause(words: Words, of: int, behind: int) -> bool:
    """Whether the last of several has a verb of their own: "the bodies of two and a boy *fled*".

    Args:
        words: the sentence.
        of: the word before the first of them; behind *the bodies of* the verb may be that of all.
        behind: the word behind the name of the last.
    """
    verb = own_verb(words, behind)
    lost = of >= 1 and words[of].lower == "of" and words[of - 1].lower in LOSSES
    if not lost or verb is None:
        return verb is not None
    several = words[of - 1].lower.endswith("s")
    return verb not in (("were", "are", "have", "lay") if several else ("was", "is", "has", "were"))


def _all_alike(words: Words, first: int, end: int) -> bool:
    """Whether those who are counted first go on to nothing else: "of two girls and"."""
    verbal = any(one.lower in ENDS_ALIKE for one in words[first:end])
    return not verbal and is_counted(words, first, end)
