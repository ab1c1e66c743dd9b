"""A word that says who says so, and where what is said stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotation.attribution.lexicon import REPORTS, STUDIES
from annotation.attribution.names import WordSequence, WordSpan, whose

Side = Literal["after", "before", "both"]
"""Where what is said stands: behind the cue, before it, or on both sides."""

QUOTES = "\"“”'‘’"
"""Quotation marks."""

OPENING = frozenset(
    {"and", "but", "while", "whereas", "although", "though", "yet", "because", "as", "that"}
)
"""Words behind which a clause begins."""

_SAID = REPORTS | STUDIES


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says who says so."""

    first: int
    """The first word of source and cue."""
    last: int
    """The word behind the last of source and cue."""
    at: int
    """The cue's own word."""
    source: WordSpan | None
    """The words of the source; None where nobody is named, or the source does not say so."""
    side: Side
    """Where what is said stands."""
    cited: bool = False
    """True where another source of the same words cites it."""


def cue_of(
    words: WordSequence,
    at: int,
    place: WordSpan | None,
    side: Side,
    *,
    end: int = 0,
    cited: bool = False,
) -> Cue:
    """The cue that a word is, with the name of its source.

    Args:
        words: the sentence.
        at: the cue's own word.
        place: the noun phrase that speaks.
        side: where what is said stands.
        end: the word behind the cue, where it has more than one.
        cited: whether another source cites this one.
    """
    source = whose(words, place) if place else None
    first, last = place if place else (at, at + 1)
    return Cue(min(first, at), max(last, at + 1, end), at, source, side, cited)


def opens_clause(words: WordSequence, at: int) -> bool:
    """Whether a clause begins at a word."""
    return at == 0 or words[at - 1].lower in OPENING or words[at - 1].text in ";:"


def side_of_phrase(words: WordSequence, first: int, last: int) -> Side:
    """Where what is said stands of a phrase that is no verb, from its first word and its end."""
    if opens_clause(words, first):
        return "after"
    if words[first - 1].text == "," and (first == 1 or opens_clause(words, first - 1)):
        return "after"
    if last < len(words) and words[last].text == "," and last + 1 < len(words):
        return "both" if words[first - 1].text == "," else "before"
    return "before"


def is_report(words: WordSequence, place: WordSpan) -> bool:
    """Whether a noun phrase is a report or the like, which somebody gives."""
    return any(word.lower in _SAID for word in words[slice(*place)])
