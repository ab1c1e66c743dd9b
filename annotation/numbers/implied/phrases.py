"""Where one person is named: determiner, adjectives and noun, or a name alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.numbers.implied.harms import (
    ACTIVE,
    AUXILIARIES,
    INTRANSITIVE,
    NOUNS,
    PASSIVE,
    PRESENT,
)
from annotation.numbers.implied.persons import (
    BODIES,
    DETERMINERS,
    ENDS,
    HARMED,
    OFFICES,
    ORGANISATIONS,
    PERSONS,
)
from annotation.numbers.implied.words import TextWord

LONGEST = 9
"""Words of a noun phrase that are looked at."""

LONGEST_NAME = 5
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One person, by the places of its words."""

    first: int
    """Place of its first word."""
    head: int
    """Place of its noun, or of the last word of a name."""
    is_body: bool = False
    """True where it is a dead body, of which nobody says whose."""
    is_name: bool = False
    """True for a name alone."""

    @property
    def end(self) -> int:
        """Place behind its last word."""
        return self.head + 1


def phrases(words: Sequence[TextWord]) -> tuple[Phrase, ...]:
    """Everybody who is named in the singular, in order and without overlaps."""
    found: list[Phrase] = []
    for place in range(len(words)):
        if found and place < found[-1].end:
            continue
        phrase = _phrase(words, place) or _name(words, place)
        if phrase is not None:
            found.append(phrase)
    return tuple(found)


def _phrase(words: Sequence[TextWord], first: int) -> Phrase | None:
    """The noun phrase that begins here."""
    word = words[first].lower
    before = words[first - 1].lower if first else ""
    if word == "another" and _is_verbal(words, first + 1):
        return Phrase(first, first)
    if word in DETERMINERS or word == "the":
        begin = first + 1
    elif first == 0 or before in PRESENT:  # a headline leaves articles out
        begin = first
    else:
        return None
    for place in _nouns(words, begin):
        noun = words[place].lower
        inner = {one.lower for one in words[begin:place]}
        if word == "the" and noun not in OFFICES and not inner & HARMED:
            return None
        if begin == first and not (first or _is_verbal(words, place + 1)):
            return None
        is_body = noun in BODIES
        if is_body and (word not in DETERMINERS or word in ("his", "her", "their", "its")):
            return None
        if is_body and _at(words, place + 1) == "of":
            return None  # whose it is follows
        return Phrase(first, place, is_body=is_body)
    return None


def _nouns(words: Sequence[TextWord], begin: int) -> Iterator[int]:
    """The noun at which a phrase ends, if it is one for a person."""
    for place in range(begin, min(begin + LONGEST, len(words))):
        word = words[place]
        if word.is_mark and word.text not in "\"“”'‘’-":
            return
        if word.lower in ENDS or word.lower in AUXILIARIES:
            return
        if (word.lower in PERSONS or word.lower in BODIES) and _ends_after(words, place):
            yield place
            return


def _ends_after(words: Sequence[TextWord], place: int) -> bool:
    """Whether a noun is the last word of its phrase."""
    if place + 1 >= len(words):
        return True
    word = words[place + 1]
    return (
        word.is_mark
        or word.is_name
        or word.text[0].isdigit()
        or word.lower in ENDS
        or word.lower in PASSIVE
        or word.lower in INTRANSITIVE
        or (word.lower.endswith(("ed", "ly", "ing")) and word.lower not in PERSONS)
        or word.lower in ("shot", "found", "left", "hit", "went", "beaten", "one", "two", "three")
    )


def _name(words: Sequence[TextWord], first: int) -> Phrase | None:
    """The name of a person that begins here, without any noun before it."""
    if not words[first].is_name or (first and words[first - 1].is_name):
        return None
    end = first
    while end < min(first + LONGEST_NAME, len(words)) and words[end].is_name:
        end += 1
    run = [word.lower for word in words[first:end]]
    if ORGANISATIONS.intersection(run) or any(one.endswith("s") and len(run) == 1 for one in run):
        return None
    if any(any(map(str.isdigit, one)) for one in run):
        return None
    before = words[first - 1].lower if first else ""
    of_harm = before == "of" and first > 1 and words[first - 2].lower in NOUNS
    if (before in ACTIVE or of_harm) and _ends_after(words, end - 1):
        return Phrase(first, end - 1, is_name=True)
    plain = before in ("", ".", ",", "and", "that", "said")
    if plain and len(run) > 1 and _at(words, end) in AUXILIARIES:
        return Phrase(first, end - 1, is_name=True)
    return None


def _is_verbal(words: Sequence[TextWord], place: int) -> bool:
    word = _at(words, place)
    return word in AUXILIARIES or word in PASSIVE or word in INTRANSITIVE or word == "shot"


def _at(words: Sequence[TextWord], place: int) -> str:
    return words[place].lower if place < len(words) else ""
