"""What surrounds a number in its sentence: the features of ``training.claims.classifier``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from annotation.numbers.reader import Mention

NEIGHBOURS = 4
"""Words at each side whose place counts; verbs and subjects of news sentences lie within them."""

STEM = 5
"""Characters kept of a word where "kill", "killed" and "killing" should count as one."""

HALFWAY = 4
"""Words between a label's word and the number at which it speaks half as loud."""

SHORTEST = 4
"""Characters of a label's word that is looked for; shorter ones are mostly "of", "not", "who"."""

FAR_AWAY = "far "
"""How the features begin that say nothing of where in the sentence a word stands."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word with its apostrophes and hyphens."""


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one sentence, looked at once for all of its mentions."""

    starts: tuple[int, ...]
    """Where each word begins, in code points."""
    stems: tuple[str, ...]
    """The beginning of each, lower-cased."""


def words_of(text: str) -> SentenceWords:
    """The words of a sentence, in order."""
    found = [(word.start(), word.group().lower()[:STEM]) for word in _WORD.finditer(text)]
    return SentenceWords(tuple(start for start, _ in found), tuple(stem for _, stem in found))


def features(words: SentenceWords, mention: Mention) -> list[str]:
    """What is known of a mention, by name and without repetition.

    Args:
        words: the words of its sentence.
        mention: the mention.
    """
    left = words.stems[: bisect_left(words.starts, mention.start)][::-1]
    right = words.stems[bisect_left(words.starts, mention.end) :]
    noun = mention.noun.lower().split() if mention.noun else []
    found = [
        f"unit {mention.unit}",
        f"modifier {mention.modifier}",
        f"size {_magnitude(mention.low if mention.low is not None else mention.high)}",
        f"noun {' '.join(noun)}",
    ]
    if mention.implied:
        found.append("implied")
    found += [f"in noun {word[:STEM]}" for word in noun]
    if noun:
        found.append(f"head {noun[-1][:STEM]}")
    for side, near in (("left", left[:NEIGHBOURS]), ("right", right[:NEIGHBOURS])):
        found += [f"{side} {stem}" for stem in near]
        if not near:
            found.append(f"{side} end")
    # The whole sentence too, for the verb may stand far away.
    found += [FAR_AWAY + stem for stem in left]
    found += [FAR_AWAY + stem for stem in right]
    return list(dict.fromkeys(found))


def stems_of(descriptions: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Which descriptions have a word with this beginning, by number."""
    found: dict[str, tuple[int, ...]] = {}
    for number, description in enumerate(descriptions):
        words = map(str.lower, _WORD.findall(description))
        for stem in sorted({word[:STEM] for word in words if len(word) >= SHORTEST}):
            found[stem] = (*found.get(stem, ()), number)
    return found


def nearness(
    words: SentenceWords, mention: Mention, stems: Mapping[str, tuple[int, ...]]
) -> dict[int, float]:
    """How near the words of each description stand to a mention: 1 beside or in it, then less.

    Args:
        words: the words of its sentence.
        mention: the mention; its noun counts as standing beside the number.
        stems: as from ``stems_of``.
    """
    first_right = bisect_left(words.starts, mention.end)
    found: dict[int, float] = {}
    for place, stem in enumerate(words.stems):
        if stem in stems:
            between = place - first_right if place >= first_right else first_right - 1 - place
            closeness = HALFWAY / (HALFWAY + between)
            for number in stems[stem]:
                found[number] = max(closeness, found.get(number, 0.0))
    return found


def _magnitude(value: Decimal | None) -> str:
    """Number of digits before the point, less one: 1 for tens, 2 for hundreds and so on."""
    if value is None:
        return "open"
    return "0" if value == 0 else str(value.adjusted())
