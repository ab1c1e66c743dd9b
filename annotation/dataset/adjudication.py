"""Adjudication: of one sentence and several people, what counts as the label.

The rules, in the order in which they are applied:

1. Of each annotation only the latest version counts; cancelled ones do not.
2. Of each person only the latest annotation counts.
3. Where a verdict was given, only the latest verdict counts; else, where an annotation is set as
   ground truth, only ground truth does.
4. An event type that excludes the rest and stands beside another in one person's annotation is
   taken for a tick that was forgotten: the specific one counts. Of two that both exclude the rest,
   the one that marks what is no part of the story counts, else the first of the schema.
   ``dataset.checks`` names such slips.
5. An event type holds when more than half ticked it. Exactly half is a tie: it does not hold,
   and is listed.
6. Claims of different people are the same when the shorter of the two spans lies at least half
   within the other. A claim holds when more than half marked it; exactly half is a tie, and so is
   a claim that holds but whose kind does not have more than half of its votes. Of a claim that
   holds, the most frequent span, then the most frequent reading, then the longest span counts.
7. Of day and place, which people only type where what was read is wrong, what was typed goes before
   fields that were left empty, and where those whose labels count by rule 3 typed nothing, what
   anybody typed does. That there is none counts as a day or place of its own. Of several, the most
   frequent counts; two that are equally frequent are a tie.

Ties are not measured on: nobody should be measured against what people do not agree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from annotation.records import Annotation, EventLabels, NumericClaim
from annotation.schema import Schema
from annotation.spans import matched, overlap

_NO_DAY = "no day"
"""Stands among the days that were typed for there being none."""


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """What the people who labelled one sentence said together."""

    events: EventLabels
    """Event types that hold."""
    claims: tuple[NumericClaim, ...]
    """Claims that hold, ordered by start and end."""
    ties: tuple[str, ...]
    """Event types on which people are split evenly, in the schema's order."""
    annotators: int
    """How many people's annotations counted; 0 where all skipped it."""
    claim_ties: tuple[NumericClaim, ...] = ()
    """Claims on which, or on whose kind, people are split evenly."""
    counted: tuple[Annotation, ...] = ()
    """The annotations that counted, by annotator."""
    votes: tuple[int, ...] = ()
    """How many people ticked each of the event types that hold."""
    day: date | None = None
    """The day that people typed, None where they typed none or are split."""
    place: str | None = None
    """The place that they typed, None where they typed none or are split."""
    no_day: bool = False
    """Whether they said that the sentence tells no day, in place of one that was read."""
    day_tied: bool = False
    """Whether they are split on the day."""
    place_tied: bool = False
    """Whether they are split on the place."""

    @property
    def typed_when_where(self) -> bool:
        """Whether anybody typed a day or a place that counts, or on which people are split."""
        typed = self.day is not None or self.no_day or self.place is not None
        return typed or self.day_tied or self.place_tied

    @property
    def undecided(self) -> bool:
        """True where anything is tied."""
        return bool(self.ties or self.claim_ties)


def adjudicate(annotations: Iterable[Annotation], schema: Schema) -> Adjudicated:
    """Decide what holds for one sentence.

    Args:
        annotations: all annotations of that sentence, in any order, all versions.
        schema: tells which event types exclude the rest.
    """
    annotations = tuple(annotations)
    everybody = latest_of_each(annotations)
    views = _counted(annotations, everybody)
    kept = [_without_conflict(view.events, schema) for view in views]
    events, votes, ties = _adjudicate_events(kept, schema)
    claims, claim_ties = _adjudicate_claims([view.claims for view in views])
    days = _most_typed(_typed_day, views, everybody)
    places = _most_typed(_typed_place, views, everybody)
    no_day = days == (_NO_DAY,)
    return Adjudicated(
        events=events,
        claims=claims,
        ties=ties,
        annotators=len(views),
        claim_ties=claim_ties,
        counted=tuple(views),
        votes=votes,
        day=date.fromisoformat(days[0]) if len(days) == 1 and not no_day else None,
        place=places[0] if len(places) == 1 else None,
        no_day=no_day,
        day_tied=len(days) > 1,
        place_tied=len(places) > 1,
    )


def by_sentence(annotations: Iterable[Annotation]) -> dict[str, list[Annotation]]:
    """What people said of each sentence, by its id, in the order in which it comes.

    Args:
        annotations: of any sentences, all versions.
    """
    said: dict[str, list[Annotation]] = {}
    for one in annotations:
        said.setdefault(one.sentence_id, []).append(one)
    return said


def latest_of_each(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Rules 1 and 2, without verdicts; ordered by annotator, so that no order of the input matters.

    Args:
        annotations: all annotations of one sentence, in any order, all versions.
    """
    annotations = [one for one in annotations if not one.verdict]
    if len(annotations) < 2:  # nearly always
        return [one for one in annotations if not one.cancelled]
    if len({one.annotator for one in annotations}) == len(annotations):
        ordered = sorted(annotations, key=lambda one: one.annotator)
        return [one for one in ordered if not one.cancelled]
    versions: dict[tuple[str, str | int], Annotation] = {}
    for place, one in enumerate(sorted(annotations, key=_age)):
        versions[one.annotator, one.annotation_id or place] = one
    latest = {
        one.annotator: one for one in sorted(versions.values(), key=_age) if not one.cancelled
    }
    return [latest[annotator] for annotator in sorted(latest)]


def latest_verdict(annotations: Iterable[Annotation]) -> Annotation | None:
    """The verdict that was given last on a sentence; None where there is none.

    Args:
        annotations: all annotations of one sentence, in any order, all versions.
    """
    verdicts = [one for one in annotations if one.verdict and not one.cancelled]
    return max(verdicts, key=_age, default=None)


def _counted(annotations: Iterable[Annotation], everybody: list[Annotation]) -> list[Annotation]:
    """Rule 3, of everybody's latest."""
    if (verdict := latest_verdict(annotations)) is not None:
        return [verdict]
    return [view for view in everybody if view.ground_truth] or everybody


def _age(annotation: Annotation) -> tuple[datetime, int, str, str]:
    """Sorts older before newer; the ids, which the server counts up, decide where times do not."""
    number = annotation.annotation_id
    # What has no time is older than what has one.
    moment = stored_at(annotation.updated_at) or datetime.min.replace(tzinfo=UTC)
    return moment, len(number), number, repr(annotation)


def stored_at(updated_at: str) -> datetime | None:
    """The time of an annotation, UTC where it names no zone; None where nobody can read it."""
    try:
        moment = datetime.fromisoformat(updated_at)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _without_conflict(events: EventLabels, schema: Schema) -> set[str]:
    """Rule 4."""
    if len(events.aliases) < 2:
        return set(events.aliases)
    ticked = [label for label in schema.event_types if label.alias in events]
    if specific := [label for label in ticked if not label.excludes_rest]:
        return {label.alias for label in specific}
    return {next((one for one in ticked if one.boilerplate), ticked[0]).alias}


def _adjudicate_events(
    kept: Sequence[set[str]], schema: Schema
) -> tuple[EventLabels, tuple[int, ...], tuple[str, ...]]:
    """Rule 5: the event types that hold, how many ticked each, and those that are tied."""
    if len(kept) == 1:  # nearly always
        events = schema.event_labels(kept[0])
        return events, (1,) * len(events.aliases), ()
    votes = Counter(label for labels in kept for label in labels)
    half = len(kept) / 2
    events = schema.event_labels(label for label, count in votes.items() if count > half)
    ties = tuple(label for label in schema.event_aliases if votes.get(label) == half)
    return events, tuple(votes[label] for label in events.aliases), ties


def _typed_day(view: Annotation) -> str:
    return str(view.corrected_day or (_NO_DAY if view.no_day else ""))


def _typed_place(view: Annotation) -> str:
    return view.corrected_place or ""


def _most_typed(
    typed_in: Callable[[Annotation], str], views: list[Annotation], everybody: list[Annotation]
) -> tuple[str, ...]:
    """Rule 7: what was typed most often; several where they are equally frequent.

    A verdict or a star that leaves the field empty takes back nothing that others typed.
    """
    typed = [text for text in map(typed_in, views) if text]
    if not typed and views is not everybody:
        typed = [text for text in map(typed_in, everybody) if text]
    if len(typed) < 2:  # nearly always
        return tuple(typed)
    votes = Counter(text.casefold() for text in typed)
    most = max(votes.values())
    written = {text.casefold(): text for text in reversed(typed)}
    return tuple(written[key] for key, count in votes.items() if count == most)


def _adjudicate_claims(
    views: Sequence[tuple[NumericClaim, ...]],
) -> tuple[tuple[NumericClaim, ...], tuple[NumericClaim, ...]]:
    """Rule 6: the claims that hold, and those that are tied."""
    if len(views) == 1:  # nearly always
        return tuple(sorted(views[0], key=_span)), ()
    held, tied = [], []
    for cluster in same_claims(views):
        if len(cluster) * 2 < len(views):
            continue
        kind, votes = Counter(claim.kind for claim in cluster).most_common(1)[0]
        if len(cluster) * 2 == len(views) or votes * 2 <= len(cluster):
            tied.append(cluster[0])
        else:
            held.append(_representative([claim for claim in cluster if claim.kind == kind]))
    return tuple(sorted(held, key=_span)), tuple(sorted(tied, key=_span))


def same_claims(views: Sequence[tuple[NumericClaim, ...]]) -> list[list[NumericClaim]]:
    """Claims of different people that are the same one, at most one of each person.

    Args:
        views: the claims of each person.
    """
    clusters: list[list[NumericClaim]] = []
    for claims in views:
        ordered = sorted(claims, key=_span)
        joined = {
            place: cluster
            for cluster, place in matched(
                clusters, ordered, lambda cluster, claim: claim_likeness(cluster[0], claim)
            )
        }
        for place, claim in enumerate(ordered):
            if place in joined:
                clusters[joined[place]].append(claim)
            else:
                clusters.append([claim])
    return clusters


def claim_likeness(one: NumericClaim, other: NumericClaim) -> float:
    """Share of the shorter span that lies within the other, if at least half; most if equal."""
    common = overlap(_span(one), _span(other))
    shorter = min(one.end - one.start, other.end - other.start)
    if common * 2 < shorter or not common:
        return 0.0
    return common / shorter + (_span(one) == _span(other))


def _representative(claims: list[NumericClaim]) -> NumericClaim:
    spans = Counter(map(_span, claims))
    # What somebody typed goes before what the reader made of a claim without values.
    readings = Counter(
        (claim.low, claim.high, claim.modifier) for claim in claims if claim.read_by == "person"
    )
    return max(
        claims,
        key=lambda c: (
            spans[_span(c)],
            readings[c.low, c.high, c.modifier] if (c.low, c.high) != (None, None) else 0,
            c.end - c.start,
        ),
    )


def _span(claim: NumericClaim) -> tuple[int, int]:
    return claim.start, claim.end
