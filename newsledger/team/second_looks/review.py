"""Which labelled sentences are worth a second look, the worthiest first, each with why.

Four kinds of reasons make one ranking, by the odds that something that counts now is wrong: people
disagree; a label is likely wrong; a label cannot be meant; and a few that chance draws, so that
somebody sees what nothing suspects. A sentence that a verdict or a ground-truth star has settled is
none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotation.dataset.adjudication import Adjudicated, adjudicate, by_sentence, latest_verdict
from annotation.dataset.checks import find_doubts
from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, EventLabels, NumericClaim, Sentence
from annotation.schema import Schema
from newsledger.team.policy import is_drawn
from newsledger.team.second_looks.doubted_claims import claim_reasons
from newsledger.team.second_looks.doubted_events import event_reasons
from newsledger.team.second_looks.doubted_when_where import when_where_reasons
from newsledger.team.second_looks.reasons import AUDIT, NOT_MEANT, ReasonKind, ReviewReason
from newsledger.team.second_looks.second_opinion import SecondOpinion

CANNOT_BE_MEANT = 20.0
"""Odds that something is wrong in a label that cannot be meant."""
AUDIT_SHARE = 0.02
"""Share of the settled-looking sentences that is drawn by chance."""
NO_OPINION = SecondOpinion({})


@dataclass(frozen=True, slots=True)
class ReviewCandidate:
    """A labelled sentence and why it is worth a second look."""

    sentence: Sentence
    """The sentence."""
    found: Adjudicated
    """What counts now, and the annotations that it comes from."""
    reasons: tuple[ReviewReason, ...]
    """Why, the weightiest first."""
    opinion: SecondOpinion
    """What models that have not seen the article say."""

    @property
    def gain(self) -> float:
        """What a second look is expected to bring: the probability that something is wrong."""
        odds = sum(one.odds for one in self.reasons)
        return odds / (1 + odds)

    @property
    def kind(self) -> ReasonKind:
        """The kind of its weightiest reason."""
        return self.reasons[0].kind


def review_candidates(
    snapshot: Snapshot,
    opinions: Mapping[str, SecondOpinion],
    *,
    audit: float = AUDIT_SHARE,
    workspace: str = "",
) -> tuple[ReviewCandidate, ...]:
    """All sentences that are worth a second look, by expected gain.

    Args:
        snapshot: the labels.
        opinions: second opinions by sentence id; a sentence without one is judged by its labels.
        audit: share of the other labelled sentences that is drawn by chance; a sentence that is
            drawn stays so. They come last.
        workspace: the workspace's id, which decides who is drawn.
    """
    said = by_sentence(snapshot.annotations)
    suspected, drawn = [], []
    for sentence in snapshot.sentences:
        annotations = said.get(sentence.id, ())
        found = adjudicate(annotations, snapshot.schema)
        if not found.annotators or _settled(annotations, found):
            continue
        opinion = opinions.get(sentence.id, NO_OPINION)
        reasons = sorted(
            _reasons(sentence, found, opinion, snapshot.schema), key=lambda one: -one.odds
        )
        if reasons:
            suspected.append(ReviewCandidate(sentence, found, tuple(reasons), opinion))
        elif is_drawn(workspace, AUDIT, sentence.id, audit):
            chance = ReviewReason(AUDIT, "drawn by chance, nothing speaks against its labels", 0.0)
            drawn.append(ReviewCandidate(sentence, found, (chance,), opinion))
    ranked = sorted(suspected, key=lambda one: (-one.gain, one.sentence.id))
    return (*ranked, *drawn)


def first_of(candidates: tuple[ReviewCandidate, ...], most: int) -> tuple[ReviewCandidate, ...]:
    """The worthiest, with one in twenty of them drawn by chance, where so many are.

    Args:
        candidates: in their order.
        most: how many.
    """
    drawn = [one for one in candidates if one.kind == AUDIT]
    suspected = [one for one in candidates if one.kind != AUDIT]
    chance = max(min(len(drawn), most // 20), most - len(suspected))
    return (*suspected[: max(0, most - chance)], *drawn[:chance])[:most]


def best_answer(
    candidate: ReviewCandidate, schema: Schema
) -> tuple[EventLabels, tuple[NumericClaim, ...]]:
    """What is suggested to whoever looks again: what counts now, with the likelier side of a tie.

    Args:
        candidate: the sentence.
        schema: the labels.
    """
    found, probability = candidate.found, candidate.opinion.events
    tied = [label for label in found.ties if probability.get(label, 0.5) >= 0.5]
    labels = [*found.events.aliases, *tied]
    excluding = {label.alias for label in schema.event_types if label.excludes_rest}
    if specific := [label for label in labels if label not in excluding]:
        labels = specific
    claims = sorted((*found.claims, *found.claim_ties), key=lambda one: (one.start, one.end))
    return schema.event_labels(labels), tuple(claims)


def _settled(annotations: Sequence[Annotation], found: Adjudicated) -> bool:
    return latest_verdict(annotations) is not None or all(one.ground_truth for one in found.counted)


def _reasons(
    sentence: Sentence, found: Adjudicated, opinion: SecondOpinion, schema: Schema
) -> Iterator[ReviewReason]:
    for doubt in find_doubts(found.counted, {sentence.id: sentence.text}, schema):
        yield ReviewReason(NOT_MEANT, doubt.says, CANNOT_BE_MEANT)
    yield from event_reasons(found, opinion.events, schema)
    yield from claim_reasons(found, opinion, schema)
    yield from when_where_reasons(found)
