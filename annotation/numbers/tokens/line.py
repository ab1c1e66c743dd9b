"""Tokens, and the stretch of text that was cut into them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from annotation.numbers.tokens.kinds import K


@dataclass(slots=True)  # not frozen, which would triple the time to make one
class Token:
    """One word, number or sign."""

    start: int
    """Where it begins in the text, in code points."""
    end: int
    """Where it ends (exclusive)."""
    kind: str
    """Its kind, one of ``K``."""
    word: str
    """What is written, in lower case."""
    value: Decimal | None = None
    """What digits mean."""
    plain: bool = False
    """True for digits without separators, sign or suffix."""


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A stretch of text, cut into tokens; positions in it are indices of tokens.

    Every position may be asked for: before the first token and after the last stands a newline,
    whose word is empty.
    """

    text: str
    """The whole text; the offsets of tokens refer to it."""
    tokens: tuple[Token, ...]
    """Its tokens, in order."""
    kinds: str
    """Their kinds, one character each."""

    def kind(self, at: int) -> str:
        """Kind of a token."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else K.NEWLINE

    def is_(self, at: int, kinds: str) -> bool:
        """Whether a token is of a kind, or of one of several: ``line.is_(at, K.OF + K.IN)``."""
        return (self.kinds[at] if 0 <= at < len(self.kinds) else K.NEWLINE) in kinds

    def word(self, at: int) -> str:
        """A token in lower case, empty outside."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def capital(self, at: int) -> bool:
        """Whether a token, which must exist, is written with a capital."""
        return self.text[self.tokens[at].start].isupper()

    def gap(self, at: int) -> int:
        """Code points between a token and the one before it; both must exist."""
        return self.tokens[at].start - self.tokens[at - 1].end

    def words(self, first: int, last: int) -> set[str]:
        """The words from ``first`` to ``last`` (exclusive); positions outside are ignored."""
        return {token.word for token in self.tokens[max(0, first) : last]}
