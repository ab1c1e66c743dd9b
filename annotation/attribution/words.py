"""What a word is where sources are looked for, and which words speak."""

from __future__ import annotations

import re

from annotation.attribution.lexicon import DETERMINERS_OF_SOURCES, PRONOUNS, SPEAKERS, THINGS, TIMES
from annotation.words import Words, cut_words

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\b(?:Dr|Mr|Mrs|Ms|Col|Gen|Lt|Maj|Capt|Sgt|Brig|Sen|Rep|Gov|St|Prof|Adm|Cmdr"
    r"|Insp|Supt|Cpl|Pte|Jr|Sr|Hon|Rev)\.|\b[A-Z]\.(?=\s[A-Z])"
    r"|[^\W_]+(?:[-.,'’&/][^\W_]+)*(?:['’](?=\s))?|[^\w\s]|_"
)


_OF_PEOPLE = ("ers", "ors", "ists", "ians", "men", "women")
_NO_NAMES = DETERMINERS_OF_SOURCES | PRONOUNS | TIMES


def cut(text: str) -> Words:
    """The words and marks of a text, in order; titles and initials keep their full stop."""
    return cut_words(text, _WORD)


def speaks(words: Words) -> bool:
    """Whether a noun phrase names somebody who can speak."""
    return any(
        word.lower in SPEAKERS
        or (word.lower.endswith(_OF_PEOPLE) and len(word.lower) > 6 and word.lower not in THINGS)
        or (word.is_capital and word.lower not in _NO_NAMES)
        for word in words
    )
