"""Rows of ``labels``: every mark of every person, and what became of the suggestion before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from annotation.dataset.adjudication import claim_likeness
from annotation.records import Annotation, NumericClaim, Sentence
from annotation.spans import matched
from newsledger.ledger.columns.table import Row

AS_SUGGESTED, CHANGED, ADDED, REMOVED = "as suggested", "changed", "added", "removed"
"""What becomes of a suggestion."""
_NO_DAY = "-"
"""The text of a mark that there is no day, as that of one that there is no place."""
_NO_CLAIM: Row = dict.fromkeys(
    ("text", "start_in_sentence", "end_in_sentence", "low", "high", "modifier", "policy",
     "attribution", "role", "read_by")
)  # fmt: skip


def label_rows(
    sentence: Sentence,
    annotations: Collection[Annotation],
    counted: Collection[Annotation],
) -> Iterator[Row]:
    """A row for each mark, and for each that was taken away from a suggestion.

    Args:
        sentence: what was labelled.
        annotations: all annotations of it, in their order in the snapshot.
        counted: those that count.
    """
    taken: Counter[str] = Counter()
    for one in annotations:
        about = {
            "sentence_id": sentence.id,
            "article_id": sentence.article_id,
            "annotation_id": one.annotation_id or None,
            "annotator": one.annotator,
            "updated_at": one.updated_at or None,
            "seconds": one.lead_time,
            "counted": one in counted,
            "ground_truth": one.ground_truth,
            "verdict": one.verdict,
            "why": one.why or None,
            "suggested_by": one.suggested_by,
            "blind": one.withheld is not None,
        }
        for key, mark in _marks(one):
            name = f"{sentence.id}#{one.annotation_id or one.annotator}#{key}"
            taken[name] += 1
            number = "" if taken[name] == 1 else f"~{taken[name]}"
            yield {"label_id": f"{name}{number}", **about, **mark}


def _marks(one: Annotation) -> Iterator[tuple[str, Row]]:
    if one.cancelled:
        yield "skipped", _mark("skipped")
        return
    yield from _event_marks(one)
    yield from _claim_marks(one)
    if one.corrected_day is not None:
        yield "day", {**_mark("day"), "text": one.corrected_day.isoformat()}
    if one.no_day:
        yield "day", {**_mark("day"), "text": _NO_DAY}
    if one.corrected_place is not None:
        yield "place", {**_mark("place"), "text": one.corrected_place}
    if not one.events.aliases and not one.claims:
        yield "nothing", _mark("nothing")


def _event_marks(one: Annotation) -> Iterator[tuple[str, Row]]:
    before = None if one.suggested is None else one.suggested.events
    for alias in one.events.aliases:
        change = None if before is None else AS_SUGGESTED if alias in before else ADDED
        yield alias, _mark("event", alias, change=change)
    for alias in before or ():
        if alias not in one.events:
            yield f"{alias}-removed", _mark("event", alias, change=REMOVED)


def _claim_marks(one: Annotation) -> Iterator[tuple[str, Row]]:
    before = None if one.suggested is None else one.suggested.claims
    pairs = dict(matched(one.claims, before, claim_likeness)) if before else {}
    for place, claim in enumerate(one.claims):
        change = None
        if before is not None:
            change = ADDED
            if place in pairs:
                same = _meaning(claim) == _meaning(before[pairs[place]])
                change = AS_SUGGESTED if same else CHANGED
        yield f"{claim.start}-{claim.end}/{claim.kind}", _claim_mark(claim, change)
    for place, claim in enumerate(before or ()):
        if place not in pairs.values():
            yield f"{claim.start}-{claim.end}/{claim.kind}-removed", _claim_mark(claim, REMOVED)


def _meaning(claim: NumericClaim) -> tuple[object, ...]:
    """What a person can change of a claim."""
    return (
        claim.start, claim.end, claim.kind, claim.low, claim.high, claim.modifier,
        claim.attribution, claim.role,
    )  # fmt: skip


def _claim_mark(claim: NumericClaim, change: str | None) -> Row:
    return {
        **_mark("claim", claim.kind, change=change),
        "text": claim.text,
        "start_in_sentence": claim.start,
        "end_in_sentence": claim.end,
        "low": claim.low,
        "high": claim.high,
        "modifier": claim.modifier,
        "policy": claim.policy,
        "attribution": claim.attribution,
        "role": claim.role,
        "read_by": claim.read_by if change != REMOVED else "machine",
    }


def _mark(mark: str, label: str | None = None, *, change: str | None = None) -> Row:
    return {**_NO_CLAIM, "mark": mark, "label": label, "change": change}
