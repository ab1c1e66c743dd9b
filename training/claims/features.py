"""What surrounds a number in its sentence: the features of ``training.claims.classifier``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from annotation.numbers.reader import Mention
from training.claims.governors import Governors
from training.claims.sentence_words import WORD, SentenceWords, stem_of
from training.stems import N_LETTERS

NEIGHBOURS = 4
"""Words at each side whose place counts; verbs and subjects of news sentences lie within them."""

SURROUNDING = 5
"""Words at each side whose meanings are added up."""

HALFWAY = 4
"""Words between a label's word and the number at which it speaks half as loud."""

SHORTEST = 4
"""Characters of a label's word that is looked for; shorter ones are mostly "of", "not", "who"."""

FAR_AWAY = "far "
"""How the features begin that say nothing of where in the sentence a word stands."""


def features(
    words: SentenceWords, mention: Mention, governing: Governors, harms: Sequence[str]
) -> list[str]:
    """What is known of a mention, by name and without repetition.

    Args:
        words: the words of its sentence.
        mention: the mention.
        governing: as from ``governors``.
        harms: what happened to those it counts, as in ``ToldOfThem``.
    """
    first, behind = words.around(mention)
    left, right = words.stems[:first][::-1], words.stems[behind:]
    noun = mention.noun.lower().split() if mention.noun else []
    found = [
        f"unit {mention.unit}",
        f"modifier {mention.modifier}",
        f"size {_magnitude(mention.low if mention.low is not None else mention.high)}",
        f"noun {' '.join(noun)}",
    ]
    if mention.implied:
        found.append("implied")
    found += [f"in noun {stem_of(word)}" for word in noun]
    if mention.harm is not None:
        found += ["implied", f"harm {mention.harm}"]
    found += [f"done to {words.stems[place]}" for place in governing.done_to]
    found += [f"done by {words.stems[place]}" for place in governing.done_by]
    # What one verb of harm has taught holds of those that no example has shown.
    found += [f"harm {harm}" for harm in harms]
    if noun:
        found.append(f"head {stem_of(noun[-1])}")
    for side, near in (("left", left[:NEIGHBOURS]), ("right", right[:NEIGHBOURS])):
        found += [f"{side} {stem}" for stem in near]
        if not near:
            found.append(f"{side} end")
    # The whole sentence too, for the verb may stand far away.
    found += [FAR_AWAY + stem for stem in left]
    found += [FAR_AWAY + stem for stem in right]
    return list(dict.fromkeys(found))


def stems_of(descriptions: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Which descriptions have a word with this stem, by number."""
    found: dict[str, tuple[int, ...]] = {}
    for number, description in enumerate(descriptions):
        words = map(str.lower, WORD.findall(description))
        for stem in sorted({stem_of(word) for word in words if len(word) >= SHORTEST}):
            found[stem] = (*found.get(stem, ()), number)
    return found


def nearness(
    words: SentenceWords,
    mention: Mention,
    governing: Governors,
    stems: Mapping[str, tuple[int, ...]],
) -> dict[int, float]:
    """How near the words of each description stand to a mention: 1 beside or in it, then less.

    Args:
        words: the words of its sentence.
        mention: the mention; its noun counts as standing beside the number, and so does the verb
            that governs it.
        governing: as from ``governors``.
        stems: as from ``stems_of``.
    """
    _, behind = words.around(mention)
    found: dict[int, float] = {}
    for place, stem in enumerate(words.stems):
        if stem in stems:
            between = place - behind if place >= behind else behind - 1 - place
            closeness = HALFWAY / (HALFWAY + between)
            for number in stems[stem]:
                found[number] = max(closeness, found.get(number, 0.0))
    for place in (*governing.done_to, *governing.done_by):
        for number in stems.get(words.stems[place], ()):
            found[number] = 1.0
    return found


def meanings(
    words: SentenceWords, mention: Mention, governing: Governors
) -> tuple[list[str], list[str], list[str]]:
    """Words whose meaning tells the kind, in three groups, cut as word vectors want them.

    They are what is done to those counted, the last word of the noun, and the words nearest.
    """
    first, behind = words.around(mention)
    near = words.words[max(0, first - SURROUNDING) : first]
    near += words.words[behind : behind + SURROUNDING]
    noun = mention.noun.lower().split()[-1:] if mention.noun else []
    return (
        [words.words[place][:N_LETTERS] for place in governing.done_to],
        [word[:N_LETTERS] for word in noun],
        [word[:N_LETTERS] for word in near],
    )


def _magnitude(value: Decimal | None) -> str:
    """Number of digits before the point, less one: 1 for tens, 2 for hundreds and so on."""
    if value is None:
        return "open"
    return "0" if value == 0 else str(value.adjusted())
