"""Who is named for their own sake among those who are counted: "ten died, *including a nurse*"."""

from __future__ import annotations

from annotation.numbers.implied.clauses import REACH, has_own_verb, word_at
from annotation.numbers.implied.lexicon import (
    AFTER_PARTICIPLE,
    BEING,
    CLAUSES,
    DETERMINERS,
    DYING,
    HARMING,
    JOINING,
    PARTICIPLES,
    POSTMODIFIERS,
    SPARED,
)
from annotation.numbers.implied.names import OnePerson, is_counted
from annotation.numbers.implied.outcomes import said_by
from annotation.numbers.implied.unreal import has_not_happened
from annotation.numbers.implied.words import Words

ENDS_ALIKE = BEING | HARMING | DYING | {".", ";", ":"}
"""Words behind which nobody else of the same list is named."""
_HARMS_THEM = HARMING | DYING
_SEVERAL = frozenset(["them", "whom", "these", "those"])
_LISTS = JOINING | _SEVERAL | {"including"}
_SAYS_NOT_WHO = SPARED | {".", ";", ":", "by"}
_BEHIND_A_NAME = JOINING | POSTMODIFIERS | AFTER_PARTICIPLE | CLAUSES | {""}


def as_part(words: Words, one: OnePerson) -> str | None:
    """Parts: "ten people were killed, *including* two nurses and *a driver*"."""
    opens = _opens_parts(words, one)
    if opens is None or not _is_whole(words, one):
        return None
    if words[one.first - 1].lower in JOINING and has_own_verb(words, one.last):
        return None
    for at in range(opens - 1, max(-1, opens - REACH), -1):
        word = words[at].lower
        if word in _SAYS_NOT_WHO:
            return None  # "killed by ten gunmen, including": those who did it
        if word in _HARMS_THEM:
            before = [one.lower for one in words[max(0, at - REACH) : at]]
            return None if _names(words, at) or has_not_happened(before, word) else said_by(word)
    return None


def _names(words: Words, at: int) -> bool:
    """Whether a word of harm names: "in the *killing* of a judge", "ten *kidnapped* girls"."""
    before, behind = words[max(0, at - 1)], word_at(words, at + 1)
    if behind in ("of", "at") or before.lower in DETERMINERS:
        return True  # "shot at a crowd, including a nurse"
    noun = behind not in AFTER_PARTICIPLE and behind.isalpha()
    return words[at].lower in PARTICIPLES and noun and is_counted(words, max(0, at - 1), at)


def _opens_parts(words: Words, one: OnePerson) -> int | None:
    """Where a list of parts opens in which one is named for their own sake."""
    first = one.first
    if first and words[first - 1].is_possessor:  # "including the judge's wife"
        first -= 1
        while first and words[first - 1].lower in DETERMINERS:
            first -= 1
    if not first or words[first - 1].lower not in _LISTS or is_only_called(words, one):
        return None  # "including the wife of a judge"
    opens = list_before(words, one.first)
    told = () if opens is None else words[opens : one.first]
    return None if any(word.lower == "of" for word in told) else opens


def list_before(words: Words, at: int) -> int | None:
    """Where a list of parts opens in which a word stands."""
    for opens in range(at - 1, max(0, at - REACH), -1):
        word = words[opens].lower
        if word in ENDS_ALIKE:
            return None
        if word == "including" or (word == "among" and words[opens + 1].lower in _SEVERAL):
            return opens
    return None


def _is_whole(words: Words, one: OnePerson) -> bool:
    """Whether a name ends where it seems to: no "a private" of "a private security guard"."""
    behind = word_at(words, one.last)
    return behind in _BEHIND_A_NAME or not behind[0].isalnum()


def is_only_called(words: Words, one: OnePerson) -> bool:
    """Whether a name is only what another is called: "a man described *as a spy*"."""
    joins = words[one.first - 1].lower == "as"
    return joins and (one.first < 2 or words[one.first - 2].lower != "well")
