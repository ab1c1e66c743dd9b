"""A sentence cut into words and marks, for rules that read words."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
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


Words = tuple[Word, ...]
"""A sentence."""


def cut_words(text: str, pattern: re.Pattern[str]) -> Words:
    """The words and marks of a text, in order.

    Args:
        text: a sentence.
        pattern: what a word or a mark is; the text between its matches belongs to none.
    """
    return tuple(
        Word(found.start(), found.end(), found[0], found[0].lower())
        for found in pattern.finditer(text)
    )
