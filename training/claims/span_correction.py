"""Where a claim begins and ends: what people's corrections say about it.

The reader's span follows the codebook (modifier + number + unit or noun). Where people keep moving
an end in the same situation ("of the city" added to per cents, "some" left out), the model moves it
too. The situation is, for the beginning, the words before the number, and for the end, the unit and
the last word of the noun. Ends are moved by whole words, and never into the number itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotation.numbers.reader import Mention
from annotation.records import NumericClaim

FEWEST_MOVES = 5
"""Claims in one situation before a correction is believed."""

AGREEMENT = 2 / 3
"""Share of these claims that must move the end by the same number of words."""

MOST_WORDS = 6
"""Moves by more words are another idea of the claim, not a correction."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class SpanCorrection:
    """By how many words people move the ends of the reader's spans, by situation."""

    starts: dict[str, int]
    """Words before the number -> words by which the start moves; negative is to the left."""
    ends: dict[str, int]
    """Unit and last word of the noun -> words by which the end moves; negative is to the left."""

    def apply(self, text: str, mention: Mention) -> tuple[int, int]:
        """Start and end of the claim that people would mark, in code points of ``text``."""
        start, end = mention.start, mention.end
        if by := self.starts.get(_before(text, mention), 0):
            places = [word.start() for word in _WORD.finditer(text, 0, mention.number_start)]
            places.append(mention.number_start)
            start = _moved(places, start, by)
        if by := self.ends.get(_after(mention), 0):
            places = [mention.number_end]
            places += [word.end() for word in _WORD.finditer(text, mention.number_end)]
            end = _moved(places, end, by)
        return start, end


def learn_span_correction(pairs: Iterable[tuple[str, Mention, NumericClaim]]) -> SpanCorrection:
    """The corrections in claims that people marked.

    Args:
        pairs: sentence, what the reader proposed, and what people made of it.
    """
    starts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    ends: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for text, mention, claim in pairs:
        if claim.start > mention.number_start or claim.end < mention.number_end:
            continue  # not this number as the reader reads it
        starts[_before(text, mention)][_words(text, mention.start, claim.start)] += 1
        ends[_after(mention)][_words(text, mention.end, claim.end)] += 1
    return SpanCorrection(starts=_corrections(starts), ends=_corrections(ends))


def _corrections(moves: dict[str, Counter[int]]) -> dict[str, int]:
    found = {}
    for situation, counted in moves.items():
        by, times = counted.most_common(1)[0]
        total = counted.total()
        if by and abs(by) <= MOST_WORDS and total >= FEWEST_MOVES and times >= AGREEMENT * total:
            found[situation] = by
    return dict(sorted(found.items()))


def _before(text: str, mention: Mention) -> str:
    return text[mention.start : mention.number_start].strip().lower()


def _after(mention: Mention) -> str:
    noun = mention.noun.lower().split()[-1] if mention.noun else ""
    return f"{mention.unit} {noun}".strip()


def _words(text: str, old: int, new: int) -> int:
    """Words between two ends; positive where the new one is further right."""
    words = len(_WORD.findall(text[min(old, new) : max(old, new)]))
    return words if new > old else -words


def _moved(places: list[int], old: int, by: int) -> int:
    """The end ``by`` places on; where it stands already if it is no place or there are too few."""
    if old not in places:
        return old
    return places[min(max(places.index(old) + by, 0), len(places) - 1)]
