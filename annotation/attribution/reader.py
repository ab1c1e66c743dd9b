"""The sources that a sentence names, what they speak for, and which are the same.

words ── cues and the names beside them ── how far each speaks ── the source of a claim
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotation.attribution.cue import Cue
from annotation.attribution.cues import find_cues
from annotation.attribution.lexicon import CUE_WORDS, GIVEN_WORDS
from annotation.attribution.words import cut

_WORDS = re.compile(r"[a-z]+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_COLON = re.compile(r":|\s[-–—]\s")
_CLAUSE = re.compile(
    r"[,;]\s+(?:and|but|while|whereas|although|though|yet|with)\b|;|\s(?:but|while|whereas)\b"
)
_SENTENCE = re.compile(r"[.!?](?<=[^.\W][a-z0-9)].)[\"”]?\s+(?=[A-Z“\"])")
"""The end of a sentence before another one, from its last mark on."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source that a sentence names, and what it speaks for."""

    start: int
    """Where the source's name begins, in code points."""
    end: int
    """Where it ends (exclusive)."""
    source: str
    """The name as written: ``text[start:end]``."""
    cue: str
    """The word that says so: "said", "according", "citing"."""
    scope_start: int
    """Where what it says begins; its own name and the cue lie within."""
    scope_end: int
    """Where it ends (exclusive)."""


def attributions(text: str) -> tuple[Attribution, ...]:
    """The sources that a sentence names, in the order of their names.

    Args:
        text: a sentence.
    """
    found = [one for one in _scopes(text) if one.source]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def attribution_of(text: str, start: int, end: int) -> str | None:
    """Who says what a span says, as written; None where the sentence names nobody.

    Args:
        text: a sentence.
        start: where the span begins.
        end: where it ends (exclusive).
    """
    return sources_of(text, [(start, end)])[0]


def sources_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str | None, ...]:
    """Who says what each of some spans says; the sentence is read once.

    Args:
        text: a sentence.
        spans: start and end of each.
    """
    if not spans:
        return ()
    scopes = _scopes(text)
    return tuple(_source_of(scopes, *span) for span in spans)


def has_cue_word(text: str) -> bool:
    """Whether a sentence may name a source at all: the quick test that spares most the rest."""
    words = _WORDS.findall(text.lower())
    if not CUE_WORDS.isdisjoint(words) or _COLON.search(text):
        return True
    return ("by" in words or "from" in words) and not GIVEN_WORDS.isdisjoint(words)


def _source_of(scopes: Sequence[Attribution], start: int, end: int) -> str | None:
    best = None
    for one in scopes:
        inside = one.scope_start <= start and end <= one.scope_end
        named = one.start < end and start < one.end
        if inside and not named:
            best = one
    return (best.source or None) if best else None


def _scopes(text: str) -> tuple[Attribution, ...]:
    """All cues with their scopes; the source is empty where nobody is named."""
    if not has_cue_word(text):
        return ()
    words = cut(text)
    cues = _without_citing(find_cues(words))
    spans = [(words[cue.first].start, words[cue.last - 1].end) for cue in cues]
    ends = [(found.start() + 1, found.end()) for found in _SENTENCE.finditer(text)]
    ends.append((len(text), len(text) + 1))
    scopes: list[Attribution] = []
    left = 0
    for number, (cue, (own_start, own_end)) in enumerate(zip(cues, spans, strict=True)):
        while len(ends) > 1 and ends[0][1] <= own_start:
            left = max(left, ends.pop(0)[1])
        lo, hi = (own_start if cue.side == "after" else min(left, own_start)), own_end
        if cue.side != "before":
            hi = max(own_end, _right_end(text, own_end, ends, cues, spans, number))
        start, end = (
            (words[cue.source[0]].start, words[cue.source[1] - 1].end)
            if cue.source
            else (own_start, own_start)
        )
        if cue.source and (owner := _POSSESSIVE.search(text, start, end)):
            end = owner.start()
        scopes.append(Attribution(start, end, text[start:end], words[cue.at].text, lo, hi))
        left = hi
    return tuple(scopes)


def _right_end(
    text: str,
    own_end: int,
    ends: Sequence[tuple[int, int]],
    cues: Sequence[Cue],
    spans: Sequence[tuple[int, int]],
    number: int,
) -> int:
    """How far a source speaks behind its cue: to the next one's clause, or the sentence's end."""
    limit = next(stop for stop, _ in ends if stop >= own_end)
    for cue, (start, _) in zip(cues[number + 1 :], spans[number + 1 :], strict=True):
        if start >= limit or start < own_end:
            continue
        if cue.side == "after":
            return start
        clauses = list(_CLAUSE.finditer(text, own_end, start))
        return clauses[-1].start() if clauses else start
    return limit


def _without_citing(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Where one source cites another, the cited one speaks in the place of the citing."""
    kept: list[Cue] = []
    for cue in cues:
        if not cue.cited and kept and kept[-1].cited and kept[-1].at == 0:
            kept[-1] = replace(kept[-1], last=max(kept[-1].last, cue.last), side="after")
            continue
        if cue.cited and kept and kept[-1].side != "after":
            last = kept.pop()
            cue = replace(cue, first=last.first, side=last.side)
        elif cue.cited and kept:
            last = kept.pop()
            cue = replace(cue, first=last.first, side="after")
        kept.append(cue)
    return tuple(kept)
