"""The subject of a verb of saying, before it or behind it."""

from __future__ import annotations

from annotation.attribution.cue import OPENING, QUOTES
from annotation.attribution.lexicon import ADVERBS, AUXILIARIES, CLAUSE_WORDS, OCCASIONS, TIMES
from annotation.attribution.names import (
    WordSequence,
    WordSpan,
    apposition_before,
    name_after,
    name_before,
)
from annotation.attribution.words import speaks

_BREAKS = frozenset(',;:.?!"“”–—-')
_BEHIND_NAMES = frozenset({"who", "on", "in", "by", "after", "at", "as"})
_WHO_DID = frozenset(
    {"fled", "saw", "spoke", "runs", "works", "lives", "leads", "witnessed", "heads"}
)


def subject_of(words: WordSequence, at: int) -> WordSpan | None:
    """The subject of a verb, None where there is none before it."""
    end = at
    while end > 0 and (words[end - 1].lower in ADVERBS or words[end - 1].lower in AUXILIARIES):
        end -= 1
    if end > 2 and words[end - 1].text == "," and words[end - 2].lower in ADVERBS:
        end -= 3 if words[end - 3].text == "," else 0  # ", meanwhile,"
    end = _without_time(words, end)
    if end == 0:
        return None
    before = words[end - 1]
    if before.text == ",":
        return apposition_before(words, end - 1)
    if before.lower == "and":
        return _subject_of_both(words, end - 1)
    if before.lower in ("who", "which"):
        behind = end - 2 if end > 1 and words[end - 2].text == "," else end - 1
        return name_before(words, behind)
    if not before.is_word and before.text != ")":
        return None
    place = name_before(words, end)
    antecedent = _before_who(words, end)
    if antecedent is not None and (
        place is None or words[place[0] - 1].lower not in ("who", "that")
    ):
        return antecedent
    return place


def _subject_of_both(words: WordSequence, conjunction: int) -> WordSpan | None:
    """The subject of "The mayor visited the camp and said"."""
    first = conjunction
    while first > 0 and words[first - 1].text not in _BREAKS:
        first -= 1
    place = name_after(words, first)
    if place is None or place[1] >= conjunction or not speaks(words[slice(*place)]):
        return None
    return place


def _without_time(words: WordSequence, end: int) -> int:
    """Before "on Monday", "in a statement" and the like."""
    at = end
    while at > 0 and (words[at - 1].lower in TIMES or words[at - 1].is_number):
        at -= 1
    if at < end:
        if at > 0 and words[at - 1].lower in ("on", "in", "at", "early", "late"):
            return at - 1
        if all(word.lower in TIMES for word in words[at:end]):
            return at if at and words[at - 1].is_word and at > 0 else end
        return end
    for back in range(2, 6):
        if end - back > 0 and words[end - back].lower == "in" and words[end - 1].lower in OCCASIONS:
            return end - back
    return end


def _before_who(words: WordSequence, end: int) -> WordSpan | None:
    """The name before "who asked not to be named", which ends where the verb begins."""
    for at in range(end - 1, max(0, end - 14), -1):
        if words[at].text in _BREAKS:
            return None
        if words[at].lower == "who":
            following = words[at + 1].lower if at + 1 < len(words) else ""
            if following in CLAUSE_WORDS or following.endswith("ed") or following in _WHO_DID:
                return name_before(words, at)
            return None
    return None


def stands_behind(words: WordSequence, at: int, place: WordSpan) -> bool:
    """Whether ", said the mayor." names the mayor, and not what stands before the comma."""
    if not at or words[at - 1].text not in (",", *QUOTES):
        return False
    turned = inverted_subject(words, at)
    return turned is not None and speaks(words[slice(*turned)])


def inverted_subject(words: WordSequence, at: int) -> WordSpan | None:
    """The name in ", said the mayor"."""
    if at and words[at - 1].is_word and words[at - 1].lower not in OPENING | ADVERBS:
        return None
    if words[at].lower in ("told", "tells", "tell", "accused", "blamed"):
        return None
    place = name_after(words, at + 1)
    if place is None:
        return None
    end = place[1]
    if end == len(words) or not words[end].is_word:
        return place
    if words[end].lower in TIMES | _BEHIND_NAMES:
        return place
    return None
