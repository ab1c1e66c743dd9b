"""Texts, cut into tokens."""

from __future__ import annotations

from annotation.numbers.tokens.line import TokenLine
from annotation.numbers.tokens.tokenise import tokenise


def line_of(text: str) -> TokenLine:
    return tokenise(text.lower(), text, 0, len(text))
