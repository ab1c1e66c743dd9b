"""Annotations and suggestions as rows of JSON values, as snapshots and state files have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from annotation.records import Annotation, NumericClaim, SuggestedLabels, WithheldSuggestion
from annotation.schema import Schema


def annotation_row(annotation: Annotation) -> dict[str, Any]:
    """An annotation in JSON values."""
    row = {one.name: getattr(annotation, one.name) for one in fields(annotation)}
    row["events"] = list(annotation.events.aliases)
    row["claims"] = _claim_rows(annotation.claims)
    if not annotation.verdict:  # left out as ever, so that the same labels have the same digest
        del row["verdict"], row["why"]
    if (day := row.pop("corrected_day")) is not None:
        row["corrected_day"] = day.isoformat()
    if not row["no_day"]:
        del row["no_day"]
    if row["corrected_place"] is None:
        del row["corrected_place"]
    if not row["spans_left_out"]:
        del row["spans_left_out"]
    # Left out where nothing is known, as an earlier newsledger did.
    if (suggested := row.pop("suggested")) is not None:
        row["suggested"] = suggested_row(suggested)
    if (withheld := row.pop("withheld")) is not None:
        labels = None if withheld.labels is None else suggested_row(withheld.labels)
        row["withheld"] = {"model_id": withheld.model_id, "labels": labels}
    return row


def suggested_row(suggested: SuggestedLabels) -> dict[str, Any]:
    """A suggestion in JSON values."""
    return {"events": list(suggested.events), "claims": _claim_rows(suggested.claims)}


def suggested_of(row: Mapping[str, Any]) -> SuggestedLabels:
    """A suggestion of JSON values.

    Raises:
        KeyError, TypeError, ArithmeticError: they are no suggestion.
    """
    return SuggestedLabels(tuple(row["events"]), _claims_of(row["claims"]))


def _claim_rows(claims: Iterable[NumericClaim]) -> list[dict[str, Any]]:
    return [
        {
            key: str(value) if isinstance(value, Decimal) else value
            for key, value in asdict(claim).items()
        }
        for claim in claims
    ]


def annotation_of(row: dict[str, Any], schema: Schema) -> Annotation:
    """An annotation of JSON values, which it takes apart.

    Raises:
        UnknownLabelError: a label is not in the schema.
        KeyError, TypeError, ArithmeticError: they are no annotation.
    """
    row["events"] = schema.event_labels(row["events"])
    row["claims"] = _claims_of(row["claims"])
    if (day := row.get("corrected_day")) is not None:
        row["corrected_day"] = date.fromisoformat(day)
    if (suggested := row.get("suggested")) is not None:
        row["suggested"] = suggested_of(suggested)
    if (withheld := row.get("withheld")) is not None:
        labels = withheld["labels"]
        row["withheld"] = WithheldSuggestion(
            withheld["model_id"], None if labels is None else suggested_of(labels)
        )
    return Annotation(**row)


def _claims_of(rows: Iterable[dict[str, Any]]) -> tuple[NumericClaim, ...]:
    for claim in rows:
        for end in ("low", "high"):
            if claim[end] is not None:
                claim[end] = Decimal(claim[end])
    return tuple(NumericClaim(**claim) for claim in rows)
