"""A sentence cut into words and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotation.attribution.lexicon import (
    DETERMINERS_OF_SOURCES,
    NAMELESS,
    SILENT_THINGS,
    SPEAKERS,
    TIMES,
)

_WORD = re.compile(
    r"(?=[A-Z])(?:"  # most words begin with another letter: fail on the next three at once
    r"(?:[A-Z]\.){2,}|\b(?:Dr|Mr|Mrs|Ms|Col|Gen|Lt|Maj|Capt|Sgt|Brig|Sen|Rep|Gov|St|Prof|Adm|Cmdr"
    r"|Insp|Supt|Cpl|Pte|Jr|Sr|Hon|Rev)\.|\b[A-Z]\.(?=\s[A-Z]))"
    r"|[^\W_]+(?:[-.,'’&/][^\W_]+)*(?:['’](?=\s))?|[^\w\s]|_"
)


_OF_PEOPLE = ("ers", "ors", "ists", "ians", "men", "women")
_NO_NAMES = DETERMINERS_OF_SOURCES | NAMELESS | TIMES


@dataclass(slots=True)  # not frozen, which would triple the time to make one
class Word:
    """A word or a mark of a sentence."""

    start: int
    """Where it begins, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """As written."""
    lower: str
    """In lower case."""

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()

    @property
    def is_possessor(self) -> bool:
        """Whether what follows is its own."""
        return self.lower.endswith(("'s", "’s", "s'", "s’"))


def cut(text: str) -> tuple[Word, ...]:
    """The words and marks of a text, in order."""
    words = [
        Word(found.start(), found.end(), found[0], found[0].lower())
        for found in _WORD.finditer(text)
    ]
    return tuple(words)


def speaks(words: tuple[Word, ...]) -> bool:
    """Whether a noun phrase names somebody who can speak."""
    return any(
        word.lower in SPEAKERS
        or (
            word.lower.endswith(_OF_PEOPLE)
            and len(word.lower) > 6
            and word.lower not in SILENT_THINGS
        )
        or (word.is_capital and word.lower not in _NO_NAMES)
        for word in words
    )
