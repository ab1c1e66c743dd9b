"""Completion: what a person left out of a claim, put in where there is no doubt about it.

Two things: a claim without any value gets the reader's, marked as read by machine, and a span that
cuts a word is widened to the word. What a person typed is never changed; of a vague number it is
said by which policy it has its values, if by any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from annotation.numbers.reader import Mention, has_number, read
from annotation.records import POLICIES, Annotation, NumericClaim, Policy
from annotation.spans import overlap

# Only scripts that put blanks between words: elsewhere a part of such a run may be a whole word.
_LETTER = r"[^\W_\u0530-\u1dff\u2000-\U0010ffff]"
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|(?:{_LETTER}|[\u0300-\u036f])+")
"""A word, or a number with its points and commas: what no end of a span falls into."""


@dataclass(frozen=True, slots=True)
class WidenedSpan:
    """A span that cut a word."""

    sentence_id: str
    """The sentence."""
    annotator: str
    """Who marked it."""
    marked: str
    """What was marked."""
    text: str
    """What it was widened to."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Annotations with what could be put in."""

    annotations: tuple[Annotation, ...]
    """All of them, in the order in which they were given."""
    widened: tuple[WidenedSpan, ...]
    """Spans that cut a word."""
    values_read: int
    """Claims that got their values from the reader."""


def complete(
    annotations: Iterable[Annotation], texts: Mapping[str, str], *, policy: Policy = "literal"
) -> Completed:
    """Put in what is missing; cancelled annotations stay as they are.

    Args:
        annotations: what people said.
        texts: the sentences, by id.
        policy: how vague words without values are read.
    """
    done: list[Annotation] = []
    widened: list[WidenedSpan] = []
    count = 0
    for one in annotations:
        if one.cancelled:
            done.append(one)
            continue
        text = texts[one.sentence_id]
        if one.suggested is not None:
            named = tuple(_with_policy(claim, text) for claim in one.suggested.claims)
            one = replace(one, suggested=replace(one.suggested, claims=named))
        claims = [widen(claim, text) for claim in one.claims]
        widened += [
            WidenedSpan(one.sentence_id, one.annotator, before.text, after.text)
            for before, after in zip(one.claims, claims, strict=True)
            if before != after
        ]
        mentions = read(text, policy=policy) if any(map(_without_values, claims)) else ()
        claims = [_with_policy(with_values(claim, mentions), text) for claim in claims]
        count += sum(claim.read_by == "machine" for claim in claims)
        claims.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
        done.append(replace(one, claims=tuple(claims)))
    return Completed(tuple(done), tuple(widened), count)


def widen(claim: NumericClaim, text: str) -> NumericClaim:
    """The claim with ends that cut no word of the sentence."""
    start, end = claim.start, claim.end
    for word in _WORD.finditer(text):
        if word.start() < claim.start < word.end():
            start = word.start()
        if word.start() < claim.end < word.end():
            end = word.end()
    if (start, end) == (claim.start, claim.end):
        return claim
    widened = text[start:end]
    implied = claim.implied and not has_number(widened)
    return replace(claim, start=start, end=end, text=widened, implied=implied)


def with_values(claim: NumericClaim, mentions: Sequence[Mention]) -> NumericClaim:
    """The claim with what the reader reads in it, if it has no value yet and one reading fits.

    Args:
        claim: what was marked.
        mentions: what the reader finds in the whole sentence.
    """
    if claim.implied and _without_values(claim):
        one = Decimal(1)
        return replace(
            claim, low=one, high=one, modifier="exactly", unit="count", read_by="machine"
        )
    mention = only_mention(claim, mentions) if _without_values(claim) else None
    if mention is None:
        return claim
    return replace(
        claim,
        low=mention.low,
        high=mention.high,
        modifier=mention.modifier,
        unit=mention.unit,
        noun=mention.noun,
        read_by="machine",
        policy=mention.policy,
    )


def _with_policy(claim: NumericClaim, text: str) -> NumericClaim:
    """The claim with the policy that gives its values, which Label Studio has no field for."""
    if claim.modifier != "vague" or claim.policy is not None:
        return claim
    for policy in POLICIES:
        mention = only_mention(claim, read(text, policy=policy))
        if mention and mention.policy and (mention.low, mention.high) == (claim.low, claim.high):
            return replace(claim, policy=policy)
    return claim


def only_mention(claim: NumericClaim, mentions: Sequence[Mention]) -> Mention | None:
    """The one mention that a claim speaks of, None where there is none or more than one.

    It is the only one that the span overlaps, or the only one whose number lies within the span.
    """
    span = claim.start, claim.end
    touched = [one for one in mentions if overlap(span, (one.start, one.end))]
    if len(touched) > 1:
        touched = [
            one for one in touched if span[0] <= one.number_start and one.number_end <= span[1]
        ]
    return touched[0] if len(touched) == 1 else None


def _without_values(claim: NumericClaim) -> bool:
    return claim.low is None and claim.high is None and claim.modifier is None
