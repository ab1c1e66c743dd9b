"""Claims about which people disagree, or which are likely wrong.

People may differ in whether a number is claimed, in its kind, its value and its span. Where they
do not, they are held against the reader of numbers, which knows the value, and against models that
have not seen the article, which know how probable each kind is and where people put the ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from annotation.dataset.adjudication import Adjudicated, same_claims
from annotation.dataset.completion import only_mention
from annotation.numbers.reader import Mention
from annotation.records import NumericClaim
from annotation.schema import Schema
from newsledger.team.second_looks.reasons import (
    DISAGREE,
    DISCOUNT,
    LEAST_ODDS,
    LIKELY_WRONG,
    OUTVOTED,
    TIED,
    ReviewReason,
    percent,
    value_in_words,
)
from training.claims.matching import match_mentions
from training.evaluation.confusion import match_claims

if TYPE_CHECKING:
    from newsledger.team.second_looks.second_opinion import NumberOpinion, SecondOpinion

WRONG_KIND = 0.02
"""Chance of giving a claim another kind; this and the odds below were chosen as those of events."""
OVERLOOKED_CLAIM = 0.02
"""Chance of not marking a number that is claimed."""
LEAST_PROBABLE = 0.001
"""Probability below which no kind is thought to be."""
LEAST_PROBABLE_NONE = 0.01
"""The same for a number that is no claim, of which models are less sure than they say."""
OTHER_SPAN = 0.05
"""Odds that a span is wrong where others only marked more or less of the words."""
OTHER_READING = 1.0
"""Odds that a value is wrong that the reader reads otherwise."""


def claim_reasons(
    found: Adjudicated, opinion: SecondOpinion, schema: Schema
) -> Iterator[ReviewReason]:
    """Why the claims of a sentence are worth a second look.

    Args:
        found: what counts, and the annotations that it comes from.
        opinion: what models say that have not seen the article.
        schema: the claim kinds.
    """
    names = schema.claim_values
    for cluster in same_claims([one.claims for one in found.counted]):
        yield from _disagreement(cluster, len(found.counted), names)
    yield from _other_kinds(found, opinion.numbers, names)
    mentions = [one.mention for one in opinion.numbers]
    for claim in found.claims:
        if (says := other_reading(claim, mentions)) is not None:
            yield ReviewReason(LIKELY_WRONG, says, OTHER_READING)
    for claim, other in match_claims(found.claims, opinion.claims, same_kind=False):
        if (claim.start, claim.end) != (other.start, other.end):
            says = f"marked as “{claim.text}”, models would mark “{other.text}”"
            yield ReviewReason(LIKELY_WRONG, says, OTHER_SPAN)


def _disagreement(
    cluster: Sequence[NumericClaim], people: int, names: Mapping[str, str]
) -> Iterator[ReviewReason]:
    """What people say of one claim that some of them marked."""
    words = f"“{cluster[0].text}”"
    marked = len(cluster)
    if marked < people:
        kinds = " or ".join(f"‘{names[kind]}’" for kind in dict.fromkeys(c.kind for c in cluster))
        says = f"{marked} of {people} marked {words} as {kinds}, {people - marked} did not"
        yield ReviewReason(DISAGREE, says, _odds(max(marked, people - marked), people))
    parts = (
        ("", Counter(f"‘{names[one.kind]}’" for one in cluster)),
        # What nobody typed says nothing against what somebody did.
        ("value ", Counter(value_in_words(c) for c in cluster if c.read_by == "person")),
    )
    for what, said in parts:
        if len(said) > 1:
            each = ", ".join(f"{value} ({n} of {people})" for value, n in said.most_common())
            odds = _odds(said.most_common(1)[0][1], said.total())
            yield ReviewReason(DISAGREE, f"{words}: {what}{each}", odds)
    spans = dict.fromkeys(f"“{one.text}”" for one in cluster)
    if len(spans) > 1:
        yield ReviewReason(DISAGREE, f"marked as {' and as '.join(spans)}", OTHER_SPAN)


def _odds(most: int, people: int) -> float:
    return OUTVOTED if most * 2 > people else TIED


def _other_kinds(
    found: Adjudicated, numbers: Sequence[NumberOpinion], names: Mapping[str, str]
) -> Iterator[ReviewReason]:
    """Kinds that are improbable beside another one, and numbers that nobody has marked."""
    given = match_mentions([one.mention for one in numbers], found.claims)
    tied = match_mentions([one.mention for one in numbers], found.claim_ties)
    people = len(found.counted)
    for place, number in enumerate(numbers):
        claim = given.get(place)
        kinds = {kind: p for kind, p in number.kinds.items() if not claim or kind != claim.kind}
        best = max(kinds, key=lambda kind: kinds[kind], default=None)
        if best is None or place in tied:
            continue
        others = sum(kinds.values())
        if claim is not None:
            mine = max(number.kinds[claim.kind], LEAST_PROBABLE)
            odds = DISCOUNT * WRONG_KIND**people * others / mine
            says = f"“{claim.text}” marked as ‘{names[claim.kind]}’"
            says += f", models that have not seen this article say ‘{names[best]}’"
        else:
            odds = (
                DISCOUNT * OVERLOOKED_CLAIM**people * others / max(1 - others, LEAST_PROBABLE_NONE)
            )
            says = f"“{number.mention.text}” not marked"
            says += f", models that have not seen this article say ‘{names[best]}’"
        if odds >= LEAST_ODDS:
            yield ReviewReason(LIKELY_WRONG, f"{says} ({percent(kinds[best])})", odds)


def other_reading(claim: NumericClaim, mentions: Sequence[Mention]) -> str | None:
    """How the reader reads a claim, where a person typed something else; None where it does not."""
    if claim.read_by != "person" or claim.low is claim.high is None:
        return None
    mention = only_mention(claim, mentions)
    if mention is None or (mention.low, mention.high) == (claim.low, claim.high):
        return None
    if mention.modifier == "vague" or claim.modifier == "vague":
        return None  # which number a vague word stands for is a matter of policy
    read = value_in_words(mention)
    return f"“{claim.text}” has the value {value_in_words(claim)}, the reader reads {read}"
