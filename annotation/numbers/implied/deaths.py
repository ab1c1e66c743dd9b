"""Deaths that one dies by more than one verb: "did not survive", "was run over and died"."""

# ruff: noqa: SIM905 -- lists of words are easier to read and to extend as text

from __future__ import annotations

from annotation.numbers.implied.idioms import THROWING, dies_by_idiom, has_not_lived, may_be_idiom
from annotation.numbers.implied.lexicon import (
    CLAUSES,
    DEATH,
    FATAL,
    LATER,
    SPEAKING,
)
from annotation.numbers.implied.outcomes import befalls_subject, lower_from, told_harm
from annotation.numbers.implied.words import Words

_HELPING = frozenset("did does do had has have was were not never be been even could".split())
_BEFALLING = frozenset(
    ["fell", "slipped", "tripped", "collapsed", "crashed", "jumped", "leapt", "overturned", "went"]
)
"""What somebody may die of, where it is told that they did."""


def dies_by_more(words: Words, at: int, begins: int, *, passive: bool) -> bool:
    """Whether a verb tells with what follows of a death: "fell to her death", "did not survive".

    Args:
        words: the sentence.
        at: the verb, behind those that only help it.
        begins: the first of these.
        passive: whether these make it a passive.
    """
    word = words[at].lower
    if passive:
        return word in THROWING and dies_by_idiom(word, lower_from(words, at + 1))
    if word in _HELPING:
        verb = at
        while verb < len(words) - 1 and words[verb].lower in _HELPING:
            verb += 1
        before = [one.lower for one in words[begins:verb]]
        return has_not_lived(before, words[verb].lower, lower_from(words, verb + 1), none=False)
    behind = lower_from(words, at + 1)
    if "death" not in behind and not may_be_idiom(word, behind):
        return False
    return told_harm((), word, behind) == DEATH and befalls_subject(word, behind)


def dies_then(words: Words, at: int, end: int, *, passive: bool) -> bool:
    """Whether somebody died of what befell them: "was run over *and died*".

    Args:
        words: the sentence.
        at: the verb that tells what befell them.
        end: the word behind the last that is looked at.
        passive: whether it is one of a passive.
    """
    if not passive and words[at].lower not in _BEFALLING:
        return False
    for place in range(at + 1, end - 1):
        word = words[place].lower
        if word in CLAUSES or word in SPEAKING or word in (".", ";", ":"):
            return False
        if word == "and":
            verb = place + 1
            while verb < end - 1 and words[verb].lower in LATER:
                verb += 1
            if words[verb].lower in FATAL or dies_by_more(words, verb, verb, passive=False):
                return True
    return False
