"""A sentence cut into words and marks.

``annotation.attribution`` has the like: either room is to be usable without the other, and without
a third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*|[^\w\s]")
_BLANKED = bytes(byte if 97 <= byte <= 122 else 32 for byte in range(256))
"""Each byte as it is where it is one of a to z, else a blank."""


@dataclass(slots=True)  # not frozen, which would triple the time to make one
class TextWord:
    """A word or a mark."""

    start: int
    """Where it begins in the text, in code points."""
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
    def is_name(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()

    @property
    def is_possessor(self) -> bool:
        """Whether what follows is its own."""
        return self.lower.endswith(("'s", "’s", "s'", "s’"))


Words = tuple[TextWord, ...]
"""A sentence."""


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, cut at all but a to z, in order.

    Every sentence is asked for them, so a table of bytes finds them: it is faster than a regular
    expression.
    """
    ascii_only = text.lower().encode("ascii", "replace")
    return ascii_only.translate(_BLANKED).decode("ascii").split()


def cut_words(text: str) -> Words:
    """The words and marks of a text, in order."""
    words = [
        TextWord(found.start(), found.end(), found[0], found[0].lower())
        for found in _WORD.finditer(text)
    ]
    return tuple(words)
