"""Checks of what people marked: what cannot be meant is found and told, and stays as it is.

Every check is a function of an annotation or a claim. What is found goes back to the person, who
knows what was meant; nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Literal

from annotation.dataset.completion import only_mention
from annotation.numbers.reader import Mention, read
from annotation.records import Annotation, NumericClaim
from annotation.schema import Schema

Check = Literal["empty", "excluded", "order", "modifier", "text"]
"""What was checked: whether anything was said, whether an event type excludes another one, whether
the values are in order, whether they fit the modifier, and whether they fit the text."""

FURTHEST = Decimal("0.05")
"""Share of a number by which a rounded one may differ: 0.7 for two thirds."""

_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in an annotation that cannot be meant."""

    sentence_id: str
    """The sentence."""
    annotator: str
    """Who said it."""
    annotation_id: str
    """The id that Label Studio gave the annotation."""
    check: Check
    """Which check found it."""
    says: str
    """What is wrong, in a few words."""


def find_doubts(
    annotations: Iterable[Annotation], texts: Mapping[str, str], schema: Schema
) -> tuple[Doubt, ...]:
    """Everything in some annotations that cannot be meant; skipped ones are not looked at.

    Args:
        annotations: what people said, the latest version of each.
        texts: the sentences, by id.
        schema: tells which event types exclude the rest.
    """
    return tuple(
        Doubt(one.sentence_id, one.annotator, one.annotation_id, check, says)
        for one in annotations
        if not one.cancelled
        for check, says in _doubts(one, texts[one.sentence_id], schema)
    )


def _doubts(annotation: Annotation, text: str, schema: Schema) -> Iterator[tuple[Check, str]]:
    if says := nothing_said(annotation, schema):
        yield "empty", says
    if says := excluded_beside(annotation, schema):
        yield "excluded", says
    valued = [one for one in annotation.claims if one.read_by == "person"]
    mentions = read(text) if valued else ()
    for claim in valued:
        # One reason for each claim: the first is the plainest, and mending it may mend the rest.
        if says := out_of_order(claim):
            yield "order", f"“{claim.text}”: {says}"
        elif says := modifier_contradicts(claim):
            yield "modifier", f"“{claim.text}”: {says}"
        elif says := differs_from_text(claim, mentions):
            yield "text", f"“{claim.text}”: {says}"


def nothing_said(annotation: Annotation, schema: Schema) -> str | None:
    """Nothing ticked and nothing marked, where the schema has a label that says "nothing"."""
    can_say_so = any(label.excludes_rest for label in schema.event_types)
    if can_say_so and not annotation.events.aliases and not annotation.claims:
        return "nothing is ticked and nothing marked"
    return None


def excluded_beside(annotation: Annotation, schema: Schema) -> str | None:
    """An event type that excludes the rest, beside others."""
    ticked = [label for label in schema.event_types if label.alias in annotation.events]
    alone = next((label for label in ticked if label.excludes_rest), None)
    if alone is None or len(ticked) < 2:
        return None
    others = ", ".join(f"“{label.value}”" for label in ticked if label is not alone)
    return f"“{alone.value}” stands alone, but {others} is ticked, too"


def out_of_order(claim: NumericClaim) -> str | None:
    """A low value above the high one."""
    if claim.low is None or claim.high is None or claim.low <= claim.high:
        return None
    return f"the low value {claim.low:,f} is above the high value {claim.high:,f}"


def modifier_contradicts(claim: NumericClaim) -> str | None:
    """A modifier that cannot stand with these values; without any value nothing is said.

    "Exactly" and "about" speak of one value, "between" of two that differ, "at least" and "at most"
    leave one end open; a vague word may be read in any way.
    """
    low, high = claim.low, claim.high
    if low is None and high is None:
        return None
    match claim.modifier:
        case "exactly" if low is None or high is None:
            return "“exactly” with one end open"
        case "exactly" if low != high:
            return f"“exactly” with two values, {low:,f} and {high:,f}"
        case "about" if low is None or high is None:
            return "“about” with one end open"
        case "at_least" if low is None:
            return "“at least” without a low value"
        case "at_least" if high is not None:
            return f"“at least” with the high value {high:,f}"
        case "at_most" if high is None:
            return "“at most” without a high value"
        case "at_most" if low is not None:
            return f"“at most” with the low value {low:,f}"
        case "between" if low is None or high is None:
            return "“between” with one end open"
        case "between" if low == high:
            return f"“between” with {low:,f} at both ends"
    return None


def differs_from_text(claim: NumericClaim, mentions: Sequence[Mention]) -> str | None:
    """A value that is not in the words it covers, not even rounded.

    Said only where the reader finds exactly one mention there, and one that is not vague. A value
    that stands in the span's words outside the mention is one that the reader has passed over, and
    fits.

    Args:
        claim: what a person marked and typed.
        mentions: what the reader finds in the whole sentence.
    """
    mention = only_mention(claim, mentions)
    if mention is None or mention.modifier == "vague" or claim.modifier == "vague":
        return None
    written = [value for value in (mention.low, mention.high) if value is not None]
    # A share may be typed as per cent, and the other way round.
    if mention.unit == "fraction":
        written += [value * 100 for value in written]
    elif mention.unit == "percent":
        written += [value / 100 for value in written]
    written += _numerals_beside(claim, mention)
    for value in (claim.low, claim.high):
        if value is not None and not any(is_rounded(value, other) for other in written):
            return f"the value {value:,f} is not what the text says"
    return None


def is_rounded(value: Decimal, exact: Decimal) -> bool:
    """Whether a number is another one, or that one rounded to two or more of its digits."""
    if value == exact:
        return True
    if not exact or abs(value - exact) > abs(exact) * FURTHEST:
        return False
    # 0.7 says two thirds with one digit; of a whole number one digit says too little.
    least = 1 if abs(value) < 1 else 2
    digits = max(least, len(value.normalize().as_tuple().digits))
    try:
        return value in (
            Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact),
            Context(prec=digits, rounding=ROUND_DOWN).plus(exact),
        )
    except InvalidOperation:
        return False


def _numerals_beside(claim: NumericClaim, mention: Mention) -> list[Decimal]:
    """Numbers in digits that the span covers beside the mention's own."""
    return [
        Decimal(found[0].replace(",", ""))
        for found in _NUMERAL.finditer(claim.text)
        if claim.start + found.end() <= mention.number_start
        or claim.start + found.start() >= mention.number_end
    ]
