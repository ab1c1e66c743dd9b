"""How harm ended: what a word of harm tells of together with the words around it.

Everything here looks at words in lower case, marks among them, so that one who is named and those
who are counted are read alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotation.numbers.implied.idioms import THROWING, dies_by_idiom, may_be_idiom
from annotation.numbers.implied.lexicon import (
    AFTER_PARTICIPLE,
    ATTEMPTED,
    BEING,
    CLAUSES,
    DEATH,
    FATAL,
    FATALLY,
    FIGHTING,
    HARMING,
    HARMS,
    INJURY,
    JOINING,
    LATER,
    LIFE,
    LIMBS,
    LOSSES,
    LOST,
    NEXT,
    NO_DEATH,
    PARTICIPLES,
    REFLEXIVES,
    SUFFERED,
    SURVIVED,
    THEM,
)
from annotation.numbers.implied.words import Words
from annotation.numbers.lexicon.number_words import TRIGGERS

FARTHEST = 20
"""Words behind a word of harm in which its outcome is told, at most."""

_ENDS_A_SENTENCE = ".;"
_ENDS_A_CLAUSE = ".,;:"
_BEFORE_LATER = frozenset(["and", "but", ",", "who", "he", "she", "they", "both"])
_BEHIND_DEAD = AFTER_PARTICIPLE | {"", ".", ",", "later"}
_OF_OTHERS = frozenset(["her", "all"])
_BEHIND_THEM = AFTER_PARTICIPLE | JOINING | LATER | CLAUSES | {"", ".", ";", ":", ")", "of"}
_IN = frozenset(["in", "on", "through"])
_LEADS_ON = frozenset(["the", "a", "an", "and", "or", "of", "to", "for", "on"])
_FATAL = FATAL | {"dying"}


def said_by(word: str) -> str:
    """What a word of harm alone tells of; a death for a word that tells of none.

    Args:
        word: the word in lower case.
    """
    return HARMS.get(word, DEATH)


def lower_from(words: Words, at: int) -> list[str]:
    """The words from one on in lower case, as far as what it tells of is told behind it.

    Args:
        words: the sentence.
        at: the first of them.
    """
    return [word.lower for word in words[at : at + FARTHEST]]


def told_harm(before: Sequence[str], word: str, behind: Sequence[str]) -> str | None:
    """What a word of harm tells of: "lost" of an injury, "lost their lives" of a death.

    Args:
        before: the words before it.
        word: the word.
        behind: the words behind it.

    Returns:
        one of the values of ``HARMS``, None for another word.
    """
    harm = HARMS.get(word)
    if may_be_idiom(word, behind) and dies_by_idiom(word, clause := _clause(behind)):
        lived = _in_a_limb(clause) or "survived" in behind  # "shot himself, but survived"
        return INJURY if harm == DEATH and lived else DEATH
    if word == "lost":
        lost = LOST.intersection(behind[:3])  # none of them: men, homes, a village
        return (INJURY if LIFE.isdisjoint(lost) else DEATH) if lost else None
    if word == "committed":
        return DEATH if "suicide" in behind[:3] else None
    if word == "fell":
        return DEATH if _falls_dead(_clause(behind)) else None
    if harm == DEATH and word not in SURVIVED:
        return harm
    clause = _clause(behind)
    if word not in NO_DEATH and _to_death(clause):
        return DEATH  # "clubbed 12 men to death", "12 starved to death"
    if harm is not None and not FATALLY.isdisjoint(before[-2:]):
        return DEATH
    return INJURY if harm == DEATH and _in_a_limb(clause) else harm


def befalls_subject(word: str, behind: Sequence[str]) -> bool:
    """Whether of a verb that is not passive the subject is harmed: "*starved* to death".

    Args:
        word: a verb of which ``told_harm`` tells a harm.
        behind: the words behind it.
    """
    clause = _clause(behind)
    if word in SUFFERED:
        return True
    if dies_by_idiom(word, clause):
        return word not in THROWING  # "pushed a rival to his death"
    to = clause.index("to") if "to" in clause else len(clause)
    own = all(one in REFLEXIVES or one.endswith("ly") for one in clause[:to])
    return word not in HARMS and own  # but "watched a man being beaten to death"


def has_happened(before: Sequence[str]) -> bool:
    """Whether a noun of harm tells of what was done: no "attempted murder of a priest".

    Args:
        before: the words before it.
    """
    for word in before[:-6:-1]:
        if word in ATTEMPTED:
            return False
        if not (word in LOSSES or word in _LEADS_ON):
            return True
    return True


def dies_of_it(behind: Sequence[str]) -> bool:
    """Whether who came to harm is told to have died of it: "and later died", "killing him".

    Args:
        behind: the words behind the word of harm.
    """
    for at, word in enumerate(behind[:FARTHEST]):
        if word in _ENDS_A_SENTENCE:
            return False
        if word in _FATAL and _goes_on_with_them(behind, at):
            return True
        if word not in HARMING or HARMS.get(word) != DEATH or word in SURVIVED:
            continue
        follows = behind[at + 1] if at + 1 < len(behind) else ""
        if follows == "the" and not NEXT.isdisjoint(behind[at + 2 : at + 3]):
            follows = ""
        if stands_for_them(behind, at + 1):
            return True
        if word in PARTICIPLES and follows in _BEHIND_DEAD and _goes_on_with_them(behind, at):
            return True
    return False


def stands_for_them(behind: Sequence[str], at: int) -> bool:
    """Whether those told of before are meant: "killing *her*", not "killing *her* brother".

    Args:
        behind: the words behind the word of harm that was told of them.
        at: the place of one of these, or behind the last.
    """
    them, follows = (*behind[at : at + 2], "", "")[:2]
    return them in THEM and (them not in _OF_OTHERS or follows in _BEHIND_THEM)


def _goes_on_with_them(behind: Sequence[str], at: int) -> bool:
    """Whether a verb has the subject of the one before: "and *later* died", "who was *killed*"."""
    while at and (behind[at - 1] in LATER or behind[at - 1] in BEING - {"who"}):
        at -= 1
    return at > 0 and behind[at - 1] in _BEFORE_LATER


def _clause(behind: Sequence[str]) -> list[str]:
    ends = (at for at, word in enumerate(behind) if word in _ENDS_A_CLAUSE)
    return list(behind[: min(next(ends, len(behind)), FARTHEST)])


def _falls_dead(clause: Sequence[str]) -> bool:
    """Whether who fell has died: "fell in battle", "fell to his death"; no "fell ill"."""
    fighting = clause[:1] == ["in"] and not FIGHTING.isdisjoint(clause[1:5])
    # "26 soldiers fell and 14 fled"
    begins = (word[0].isdigit() or word in TRIGGERS for word in clause[1:2])
    others = clause[:1] == ["and"] and any(begins)
    return not clause or fighting or others or not {"death", "deaths"}.isdisjoint(clause[1:3])


def _to_death(clause: Sequence[str]) -> bool:
    return any(
        word == "death" and clause[at - 1] == "to" and NO_DEATH.isdisjoint(clause[:at])
        for at, word in enumerate(clause)
        if at > 0
    )


def _in_a_limb(clause: Sequence[str]) -> bool:
    """Whether a blow hit what one lives without: "shot a driver *in the leg*"."""
    return any(
        word in _IN and not LIMBS.isdisjoint(clause[at + 1 : at + 5])
        for at, word in enumerate(clause)
    )
