"""Texts, cut into tokens, and the numbers that are read in them."""

from __future__ import annotations

from annotation.numbers.reader import read
from annotation.numbers.tokens.line import TokenLine
from annotation.numbers.tokens.tokenise import tokenise


def line_of(text: str) -> TokenLine:
    return tokenise(text.lower(), text, 0, len(text))


def texts(sentence: str) -> list[str]:
    """The words of each mention."""
    return [mention.text for mention in read(sentence)]
