"""Rows of what was decided of a sentence: its events and its claims, by people or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotation.dataset.adjudication import Adjudicated, claim_likeness
from annotation.records import Annotation, NumericClaim, Prediction, Sentence
from annotation.schema import Schema
from newsledger.ledger.columns.table import Row
from newsledger.ledger.days_and_places.when_where import WhenWhere

PEOPLE, BULK, MODEL = "people", "bulk", "model"
"""Who decides; in bulk, a model whose answers are accepted as labels because they are sure."""


def sentence_row(
    sentence: Sentence,
    *,
    decided_by: str | None,
    annotators: int = 0,
    same_as: str | None = None,
    found: WhenWhere | None = None,
) -> Row:
    """A row of ``sentences``."""
    found = found or WhenWhere()
    day, place = found.day, found.place
    return {
        "sentence_id": sentence.id,
        "article_id": sentence.article_id,
        "index_in_article": sentence.index,
        "start_in_article": sentence.start,
        "end_in_article": sentence.end,
        "text": sentence.text,
        "boilerplate": sentence.boilerplate,
        "same_as": same_as,
        "decided_by": decided_by,
        "annotators": annotators,
        "day": None if day is None else day.first.isoformat(),
        "day_last": None if day is None else day.last.isoformat(),
        "day_precision": None if day is None else day.precision,
        "day_text": None if day is None else day.text or None,
        "day_decided_by": found.day_decided_by,
        "place": found.place_name,
        "place_precision": None if place is None else place.precision,
        "place_country": None if place is None else place.country,
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
        "place_from": None if place is None else place.resolved_from,
        "place_decided_by": found.place_decided_by,
    }


def people_events(sentence: Sentence, said: Adjudicated, schema: Schema) -> Iterator[Row]:
    """Rows of ``events`` that people decided."""
    for alias, votes in zip(said.events.aliases, said.votes, strict=True):
        yield {
            **_event(sentence, alias, schema),
            "decided_by": PEOPLE,
            "people_for": votes,
            "people_against": said.annotators - votes,
            "score": None,
            "model": None,
        }


def accepted_events(sentence: Sentence, accepted: Annotation, schema: Schema) -> Iterator[Row]:
    """Rows of ``events`` that were accepted in bulk, which are never accepted with a claim."""
    for alias in accepted.events.aliases:
        yield {
            **_event(sentence, alias, schema),
            "decided_by": BULK,
            "people_for": None,
            "people_against": None,
            "score": None,
            "model": accepted.suggested_by,
        }


def model_events(
    sentence: Sentence, prediction: Prediction, schema: Schema, *, min_score: float = 0.0
) -> Iterator[Row]:
    """Rows of ``events`` that a model decided."""
    for one in prediction.events:
        if one.score >= min_score:
            yield {
                **_event(sentence, one.label, schema),
                "decided_by": MODEL,
                "people_for": None,
                "people_against": None,
                "score": one.score,
                "model": prediction.model_id,
            }


def people_claims(
    sentence: Sentence, claims: tuple[NumericClaim, ...], said: Adjudicated, schema: Schema
) -> Iterator[Row]:
    """Rows of ``claims`` that people decided.

    Args:
        sentence: where they stand.
        claims: those that hold, each with its unit.
        said: what people said of the sentence.
        schema: the labels in use.
    """
    for claim, row in _claims(sentence, claims, schema):
        agree = [
            view.annotator
            for view in said.counted
            if any(
                claim_likeness(claim, other) and other.kind == claim.kind for other in view.claims
            )
        ]
        yield {
            **row,
            "decided_by": PEOPLE,
            "read_by": claim.read_by,
            "people_for": len(agree),
            "people_against": said.annotators - len(agree),
            "annotators": "; ".join(agree),
            "score": None,
            "model": None,
        }


def model_claims(
    sentence: Sentence, prediction: Prediction, schema: Schema, *, min_score: float = 0.0
) -> Iterator[Row]:
    """Rows of ``claims`` that a model decided."""
    for claim, row in _claims(sentence, prediction.claims, schema):
        if claim.score is None or claim.score >= min_score:
            yield {
                **row,
                "decided_by": MODEL,
                "read_by": "machine",
                "people_for": None,
                "people_against": None,
                "annotators": None,
                "score": claim.score,
                "model": prediction.model_id,
            }


def claim_ids(sentence_id: str, claims: Iterable[NumericClaim]) -> Iterator[str]:
    """The id of each claim: its place, so that correcting what it says keeps it.

    Of several claims of one place, the later ones have their kind in it.
    """
    taken: set[str] = set()
    for claim in claims:
        key = f"{sentence_id}#{claim.start}-{claim.end}"
        if key in taken:
            key = f"{key}/{claim.kind}"
        taken.add(key)
        yield key


def _event(sentence: Sentence, alias: str, schema: Schema) -> Row:
    label = next(one for one in schema.event_types if one.alias == alias)
    return {
        "event_id": f"{sentence.id}#{alias}",
        "sentence_id": sentence.id,
        "article_id": sentence.article_id,
        "label": alias,
        "label_name": label.value,
        "acled": label.acled or None,
        "plover": label.plover or None,
    }


def _claims(
    sentence: Sentence, claims: tuple[NumericClaim, ...], schema: Schema
) -> Iterator[tuple[NumericClaim, Row]]:
    if not claims:  # as in most sentences
        return
    names = schema.claim_values
    ordered = sorted(claims, key=lambda one: (one.start, one.end, one.kind))
    for key, claim in zip(claim_ids(sentence.id, ordered), ordered, strict=True):
        yield (
            claim,
            {
                "claim_id": key,
                "sentence_id": sentence.id,
                "article_id": sentence.article_id,
                "text": claim.text,
                "kind": claim.kind,
                "kind_name": names[claim.kind],
                "low": claim.low,
                "high": claim.high,
                "modifier": claim.modifier,
                "policy": claim.policy,
                "unit": claim.unit,
                "noun": claim.noun,
                "attribution": claim.attribution,
                "role": claim.role,
                "implied": claim.implied,
                "start_in_sentence": claim.start,
                "end_in_sentence": claim.end,
                "start_in_article": sentence.start + claim.start,
                "end_in_article": sentence.start + claim.end,
            },
        )
