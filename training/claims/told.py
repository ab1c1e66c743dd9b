"""What a sentence tells of what happened to those whom a mention counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotation.numbers.implied.idioms import has_not_lived
from annotation.numbers.implied.lexicon import (
    DEADLY,
    DEATH,
    DYING,
    FATAL,
    HARMS,
    LOSSES,
    ONLY_WITH_MORE,
    SURVIVED,
)
from annotation.numbers.implied.outcomes import (
    FARTHEST,
    befalls_subject,
    dies_of_it,
    has_happened,
    told_harm,
)
from annotation.numbers.implied.unreal import (
    before_none_of,
    has_not_happened,
    is_in_supposition,
    is_in_vain,
    is_none_of,
    is_only_supposed,
    is_sentenced_to_death,
    lives_on,
)
from annotation.numbers.reader import Mention
from training.claims.governors import Governors
from training.claims.sentence_words import SentenceWords

_ANEW = frozenset("but was were is are been being".split())  # noqa: SIM905
"""Between two words that tell of harm: what the second tells of is told anew."""

_NONE_OF_THEM = frozenset(["none of whom", "none of them"])
_NONE = re.compile("none|nobody")
_NO_SURVIVORS = re.compile(r"\bno survivors (?:among|of|from)(?: the| its)?\Z")


@dataclass(frozen=True, slots=True)
class ToldOfThem:
    """What is told of those whom one mention counts."""

    harms: tuple[str, ...]
    """What happened to them, in order: some of the values of ``HARMS``."""
    died: bool
    """Whether nothing but their death is told."""
    unreal: frozenset[str]
    """Harms that have not happened to them, where nothing else has: "were nearly killed"."""
    acts: bool
    """Whether it is told what they do, and not that anything happened to them."""
    spoken: frozenset[str]
    """Of what harms their sentence speaks at all."""


def spoken_harms(words: SentenceWords) -> frozenset[str]:
    """Of what harms the words of a sentence speak: some of the values of ``HARMS``."""
    found = {HARMS[word] for word in words.words if word in HARMS and word not in ONLY_WITH_MORE}
    for place, word in enumerate(words.words):
        if word in ONLY_WITH_MORE and (harm := told_harm((), word, _behind(words, place))):
            found.add(harm)
    return frozenset(found)


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
        return ToldOfThem(
            told, died=False, unreal=frozenset(), acts=False, spoken=spoken.union(told)
        )
    if _have_not_lived(words, mention, governing):
        told = (DEATH,)
        return ToldOfThem(
            told, died=True, unreal=frozenset(), acts=False, spoken=spoken.union(told)
        )
    unreal = _unreal(words, mention, governing)
    harms, sure = _harms(words, governing, unreal)
    others = spoken if governing.of_others and not harms else frozenset[str]()
    return ToldOfThem(
        harms,
        died=harms == (DEATH,) and sure and not unreal,
        unreal=others.union(unreal.values()).difference(harms),
        acts=bool(governing.done_by) and not harms,
        spoken=spoken.union(harms),
    )


def _have_not_lived(words: SentenceWords, mention: Mention, governing: Governors) -> bool:
    """Whether those counted did not live: "none of the 12 survived", "two did not survive"."""
    first, behind = words.around(mention)
    before = _clause_before(words, first)
    if is_only_supposed(before):
        return False
    rest = before_none_of(before)
    if rest is not None and is_only_supposed(rest):
        return False
    follows = _none_follows(words, first, behind)
    none = rest is not None or follows >= 0
    places = [place for place in (*governing.done_to, *governing.done_by) if place >= behind]
    if _NO_SURVIVORS.search(" ".join(before[-4:])):
        return True
    if follows >= 0:  # "of the 12 passengers, none survived"
        places = [follows + 1]
    if not places:  # "12 people on board, none of whom survived"
        none = True
        places = [
            place + 3
            for place in range(behind, min(len(words.words) - 3, behind + FARTHEST))
            if " ".join(words.words[place : place + 3]) in _NONE_OF_THEM
        ][:1]
        behind = places[0] if places else behind
    return any(
        has_not_lived(
            words.words[first:place], words.words[place], _behind(words, place), none=none
        )
        for place in places
    )


def _none_follows(words: SentenceWords, first: int, behind: int) -> int:
    """Where *none* stands behind those of whom none is meant: "of the 12, *none* died"; else -1."""
    if "of" not in words.words[max(0, first - 2) : first]:
        return -1
    near = range(behind, min(behind + 6, len(words.words)))
    comma = next((place for place in near if words.marks[place]), -1)
    return comma if comma >= 0 and _NONE.fullmatch(words.words[comma]) else -1


def _harms(
    words: SentenceWords, governing: Governors, unreal: Mapping[int, str]
) -> tuple[tuple[str, ...], bool]:
    """What the governing words tell, and whether a death is sure.

    A blow tells of a death only where nothing else is told: "shot and injured" is an injury,
    "stabbed, and later died" a death.
    """
    told: list[tuple[str, str]] = []
    behind: Sequence[str] = ()
    for place in (*governing.done_to, *governing.done_by):
        word, behind = words.words[place], _behind(words, place)
        harm = told_harm(words.words[max(0, place - 2) : place], word, behind)
        # Who beats or kills is told nothing of.
        if (
            harm is not None
            and place not in unreal
            and (place in governing.done_to or befalls_subject(word, behind))
        ):
            told.append((word, harm))
    if told and (told[-1][0] in FATAL or dies_of_it(behind)):
        return (DEATH,), True
    if len(told) > 1 and told[-1][1] == DEATH and told[0][1] != DEATH:
        first, last = governing.done_to[0], governing.done_to[-1]
        if told[-1][0] not in SURVIVED and "or" not in words.words[first:last]:
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


def _unreal(words: SentenceWords, mention: Mention, governing: Governors) -> dict[int, str]:
    """What harm has not happened to those counted, by the place of the word that tells of it.

    What no word tells that governs them, as in "saved 12 *from drowning*", stands at -1.
    """
    first, behind = words.around(mention)
    before = _clause_before(words, first)
    none_of = is_none_of(before) or _none_follows(words, first, behind) >= 0
    supposed = none_of or is_only_supposed(before)
    found: dict[int, str] = {}
    for place in (*governing.done_to, *governing.done_by):
        word, following = words.words[place], _behind(words, place)
        harm = told_harm((), word, following)
        if is_sentenced_to_death(word, following):
            found[place] = DEATH
        elif harm is None:
            if place >= behind and lives_on((word, *following)):
                found[place] = DEATH
        elif place < first:
            if _is_unreal_before(words, place):
                found[place] = harm
        elif place >= behind and (
            (supposed and (place > behind or word in DYING))
            or has_not_happened(words.words[behind:place], word)
            or _is_beside(words, place, found)
        ):
            found[place] = harm
    if none_of or (
        words.words[behind : behind + 1] == ("from",)
        and lives_on(("", *_behind(words, behind - 1)))
        and not is_in_vain(before)
    ):
        found[-1] = DEATH
    return found


def _aside_before(words: SentenceWords, behind: int) -> int:
    """Where an aside begins that ends at a word: "its men, *who* hold it, had"; -1 if none."""
    for place in range(behind - 1, max(0, behind - FARTHEST), -1):
        if words.marks[place]:
            aside = words.marks[behind] == "," == words.marks[place]
            return place if aside and words.words[place] in ("who", "which", "whose") else -1
    return -1


def _clause_before(words: SentenceWords, place: int) -> Sequence[str]:
    """The words before one, back to where a clause may end."""
    begins = place
    while begins and words.marks[begins : begins + 1] != (".",):
        begins -= 1
    return words.words[begins:place]


def _is_unreal_before(words: SentenceWords, place: int) -> bool:
    """Whether what a word before those counted tells of has not happened."""
    word = words.words[place]
    if word in LOSSES and words.words[place + 1 : place + 2] == ("of",):
        return not has_happened(words.words[max(0, place - 5) : place])
    before: list[str] = []
    at = place
    while at > 0 and len(before) < FARTHEST:
        if words.marks[at] and (at := _aside_before(words, at)) < 0:
            break
        at -= 1
        before.insert(0, words.words[at])
    return has_not_happened(before, word) or is_in_supposition(before)


def _is_beside(words: SentenceWords, place: int, unreal: Mapping[int, str]) -> bool:
    """Whether a word is set beside one that has not happened: "were not killed *or injured*"."""
    return any(last < place and _ANEW.isdisjoint(words.words[last:place]) for last in unreal)
