"""What a sentence tells of what happened to those whom a mention counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotation.numbers.implied.lexicon import (
    DEADLY,
    DEATH,
    FATAL,
    HARMS,
    LOSSES,
    SUFFERED,
    SURVIVED,
)
from annotation.numbers.implied.outcomes import (
    FARTHEST,
    dies_of_it,
    has_happened,
    told_harm,
)
from annotation.numbers.reader import Mention
from training.claims.governors import Governors
from training.claims.sentence_words import SentenceWords


@dataclass(frozen=True, slots=True)
class ToldOfThem:
    """What is told of those whom one mention counts."""

    harms: tuple[str, ...]
    """What happened to them, in order: some of the values of ``HARMS``."""
    died: bool
    """Whether nothing but their death is told."""
    tried: bool
    """Whether what is told was only tried: "the attempted murder of two priests"."""
    acts: bool
    """Whether it is told what they do, and not that anything happened to them."""
    spoken: frozenset[str]
    """Of what harms their sentence speaks at all."""


def spoken_harms(words: SentenceWords) -> frozenset[str]:
    """Of what harms the words of a sentence speak: some of the values of ``HARMS``."""
    return frozenset(HARMS[word] for word in words.words if word in HARMS)


def told_of(
    words: SentenceWords, mention: Mention, governing: Governors, spoken: frozenset[str]
) -> ToldOfThem:
    """What a sentence tells of those whom a mention counts.

    Args:
        words: the words of the sentence.
        mention: the mention.
        governing: as from ``governors``.
        spoken: as from ``spoken_harms``.
    """
    if mention.harm is not None:
        told = (mention.harm,)
        return ToldOfThem(told, died=False, tried=False, acts=False, spoken=spoken.union(told))
    harms, sure = _harms(words, governing)
    tried = _was_only_tried(words, governing)
    return ToldOfThem(
        harms,
        died=harms == (DEATH,) and sure and not tried,
        tried=tried,
        acts=bool(governing.done_by) and not harms,
        spoken=spoken.union(harms),
    )


def _harms(words: SentenceWords, governing: Governors) -> tuple[tuple[str, ...], bool]:
    """What the governing words tell, and whether a death is sure.

    A blow tells of a death only where nothing else is told: "shot and injured" is an injury,
    "stabbed, and later died" a death.
    """
    told: list[tuple[str, str]] = []
    behind: Sequence[str] = ()
    for place in (*governing.done_to, *governing.done_by):
        word, behind = words.words[place], _behind(words, place)
        harm = told_harm(words.words[max(0, place - 2) : place], word, behind)
        # Who beats or kills is told nothing of; who does so "to death" was read as if it were.
        if harm is not None and (
            place in governing.done_to or word in SUFFERED or not HARMS.get(word)
        ):
            told.append((word, harm))
    if told and (told[-1][0] in FATAL or dies_of_it(behind)):
        return (DEATH,), True
    if len(told) > 1 and told[-1][0] in DEADLY and told[0][1] != DEATH:
        first, last = governing.done_to[0], governing.done_to[-1]
        if "or" not in words.words[first:last]:
            return (DEATH,), True  # "kidnapped and later killed"
    told = [one for one in told if one[0] not in SURVIVED or one[1] != DEATH] or told
    # Of a death that is told by the words around it, "beaten to death", there is no doubt.
    sure = any(word in DEADLY or HARMS.get(word) != DEATH for word, _ in told)
    return tuple(dict.fromkeys(harm for _, harm in told)), sure


def _behind(words: SentenceWords, place: int) -> Sequence[str]:
    """The words behind one, with the marks between them."""
    found: list[str] = []
    for behind in range(place + 1, min(len(words.words), place + FARTHEST)):
        if words.marks[behind]:
            found.append(words.marks[behind])
        found.append(words.words[behind])
    return found


def _was_only_tried(words: SentenceWords, governing: Governors) -> bool:
    return any(
        words.words[place] in LOSSES and not has_happened(words.words[max(0, place - 5) : place])
        for place in governing.done_to
    )
