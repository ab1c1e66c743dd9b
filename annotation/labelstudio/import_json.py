"""Records -> the JSON that Label Studio imports: tasks, and predictions that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from annotation.records import (
    ONE_VALUE,
    POLICIES,
    ROLES,
    NumericClaim,
    Prediction,
    Sentence,
    SuggestedLabels,
    Task,
    bounds_in_words,
    json_number,
)
from annotation.schema import Schema

SENTENCE_KEY = "sentence_id"
"""The field of a task's data under which we find it again; Label Studio reuses its own ids."""

SIDE_KEY = "key"
"""The same in a project beside the main one, whose tasks are no sentences."""

LEAST_MARKED = 0.3
"""Score below which a suggested claim is not marked: of 1,105 out-of-fold claims on the seed labels
15 % were below it and 29 % of these right, against 77 % above. From 0.4 on it is half and more, but
nine in ten of these numbers are claimed, and to change a kind is less work than to mark anew."""

LEAST_TICKED = 0.3
"""Score below which a suggested event type is not ticked: of 1,823 on seed articles, by models that
had learnt eight others, 35 % were below it and 25 % of these right, against 60 % above."""

ARTICLE_FIELDS = ("source", "published", "url", "language", "sha256", "page_sha256")
"""The fields that say where the article comes from, as its metadata calls them."""

BLIND = "blind"
"""The field that marks a task whose suggestion is withheld, whichever model makes it."""

PEOPLE = "people"
"""The field that says how many people are to label a task, as a text; empty for one. The server
counts by a number of its own, which an import cannot set."""

EARLY = 1e-6
"""The first place of tasks for one person. Those for several come before it, so that agreement is
known early: their places are scaled by this, and keep their order."""

FIRST = -1.0
"""The confidence of a suggestion whose task comes before those of all others for one person."""

WHEN_WHERE = "when_where"
"""The field with day and place as they were read; beside it people type what is right instead."""

READINGS = "readings"
"""The field with the line that sums up the suggested claims; spans hide values until clicked. It
names what is suggested and too unsure to be marked or ticked, too."""


def task_data(
    task: Task, schema: Schema, *, prediction: Prediction | None = None
) -> dict[str, object]:
    """The ``data`` of a Label Studio task.

    Args:
        task: the sentence with its context.
        schema: the configuration; each of its variables gets a value, empty where we have none.
        prediction: the suggestion that goes with it, summed up in the field ``readings``.
    """
    sentence, article = task.sentence, task.article
    return {
        **dict.fromkeys(schema.fields, ""),
        SENTENCE_KEY: sentence.id,
        "article_id": sentence.article_id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "title": task.title,
        "before": task.before,
        "after": task.after,
        "outlet": task.source,
        **{name: (getattr(article, name) if article else None) or "" for name in ARTICLE_FIELDS},
        "boilerplate": sentence.boilerplate,
        "also_in": list(task.also_in),
        "picked_method": task.picked.method,
        "picked_probability": task.picked.probability,
        BLIND: task.blind,
        PEOPLE: str(task.people) if task.people > 1 else "",
        WHEN_WHERE: task.when_where,
        READINGS: readings(prediction, schema) if prediction and not task.blind else "",
        schema.text_field: sentence.text,  # last: a schema may call it by one of the names above
    }


def readings(prediction: Prediction, schema: Schema) -> str:
    """One line that says how the suggested claims are read.

    For instance ``Some 100 fighters → about 100 · surrendered · according to police``; several
    are joined by `` | ``. The policy of vague words is named where it is not the usual one.
    Those that are not marked, and event types that are not ticked, come last, as ``also possible:
    …``.
    """
    kinds = schema.claim_values
    types = schema.event_values
    claims = (
        f"{'' if is_marked(claim) else 'also possible: '}"
        f"{claim.text} → {_reading(claim)} · {kinds.get(claim.kind, claim.kind)}"
        f"{'' if claim.role == ROLES[0] else f' · {claim.role}'}"
        f"{f' · according to {claim.attribution}' if claim.attribution else ''}"
        for claim in sorted(prediction.claims, key=is_marked, reverse=True)
    )
    events = (
        f"also possible: {types.get(event.label, event.label)}"
        for event in prediction.events
        if event.score < LEAST_TICKED
    )
    return " | ".join((*claims, *events))


def is_marked(claim: NumericClaim) -> bool:
    """Whether a suggested claim is marked; the rest is only named in the line of readings."""
    return claim.score is None or claim.score >= LEAST_MARKED


def shown_labels(prediction: Prediction, schema: Schema) -> SuggestedLabels:
    """What of a prediction is ticked and marked as a suggestion.

    Controls that the schema does not offer are left out. Where only one event type can be ticked,
    the most probable one is.

    Raises:
        UnknownLabelError: a label is not in the schema.
    """
    sure = [event for event in prediction.events if event.score >= LEAST_TICKED]
    if schema.single_choice and sure:
        sure = [max(sure, key=lambda event: event.score)]
    schema.event_labels(event.label for event in prediction.events)  # checks those left out, too
    events = schema.event_labels(event.label for event in sure).aliases
    return SuggestedLabels(
        events if schema.event_control is not None else (),
        tuple(filter(is_marked, prediction.claims)) if schema.claim_control is not None else (),
    )


def to_prediction(
    prediction: Prediction,
    sentence: Sentence,
    schema: Schema,
    *,
    blind: bool = False,
    people: int = 1,
) -> dict[str, object]:
    """A prediction as Label Studio imports it: ``{"result", "score", "model_version"}``.

    The server checks neither offsets nor, on its fast path, labels; so it is done here.

    Args:
        prediction: what the model says.
        sentence: the sentence of which it says so.
        schema: the project's labelling configuration.
        blind: show nothing of it; the score alone keeps the task its place in the queue.
        people: how many are to label the task.

    Raises:
        UnknownLabelError: a label is not in the schema.
        ValueError: a span does not fit the sentence, or a value is not a finite number; the model
            that made it has a bug.
    """
    result: list[dict[str, object]] = []
    shown = shown_labels(prediction, schema)
    if shown.events:
        result.append(ticked(shown.events, schema))
    if schema.claim_control is not None:
        for number, claim in enumerate(prediction.claims, start=1):
            region = claim_region(f"claim-{number}", claim, sentence, schema)
            result += region if is_marked(claim) else []
    place = min(1.0, max(0.0, prediction.confidence))
    score = place * EARLY if people > 1 else max(place, EARLY)
    if prediction.confidence == FIRST:
        score = 0.0
    return {
        "result": [] if blind else result,
        "score": score,
        "model_version": prediction.model_id,
    }


def ticked(events: Sequence[str], schema: Schema) -> dict[str, object]:
    """The entry of a result that ticks event types.

    Args:
        events: their aliases.
        schema: the project's labelling configuration, which has all of them.
    """
    return {
        "id": "events",
        "from_name": schema.event_control,
        "to_name": schema.text_control,
        "type": "choices",
        "value": {"choices": list(events)},
    }


def claim_region(
    region: str, claim: NumericClaim, sentence: Sentence, schema: Schema
) -> list[dict[str, object]]:
    """The entries of a result that mark a claim and say its values.

    Args:
        region: id of the region, which all of them have.
        claim: the claim.
        sentence: where it stands.
        schema: the project's labelling configuration.

    Raises:
        UnknownLabelError: its kind is not in the schema.
        ValueError: its span does not fit the sentence, or a value is not a finite number.
    """
    schema.check_kind(claim.kind)
    if not 0 <= claim.start < claim.end <= len(sentence.text):
        raise ValueError(
            f"{sentence.id}: the span {claim.start} to {claim.end} lies outside the sentence of "
            f"{len(sentence.text)} characters"
        )
    span = {"start": claim.start, "end": claim.end}
    span_text = sentence.text[claim.start : claim.end]
    if claim.text != span_text:
        raise ValueError(f"{sentence.id}: the span reads {span_text!r}, not {claim.text!r}")

    def part(name: str | None, kind: str, **value: object) -> dict[str, object]:
        return {
            "id": region,
            "from_name": name,
            "to_name": schema.text_control,
            "type": kind,
            "value": {**span, "text": span_text, **value},
        }

    label = part(schema.claim_control, "labels", labels=[claim.kind])
    if claim.score is not None:
        label["score"] = min(1.0, max(0.0, claim.score))
    parts = [label]
    high = claim.high
    if claim.modifier in ONE_VALUE and high == claim.low and "modifier" in schema.attributes:
        high = None  # read back as the same value: whoever corrects it types one number, not two
    for name, bound in (("low", claim.low), ("high", high)):
        if bound is not None and name in schema.attributes:
            parts.append(part(name, "number", number=_to_number(bound)))
    if claim.modifier is not None and "modifier" in schema.attributes:
        parts.append(part("modifier", "choices", choices=[claim.modifier]))
    if claim.role != ROLES[0] and "role" in schema.attributes:
        parts.append(part("role", "choices", choices=[claim.role]))
    if claim.attribution is not None and "attribution" in schema.attributes:
        parts.append(
            {**part("attribution", "textarea"), "value": {**span, "text": [claim.attribution]}}
        )
    return parts


def _to_number(value: Decimal) -> int | float:
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that Label Studio could show")
    return json_number(value)


def _reading(claim: NumericClaim) -> str:
    low, high = (
        None if bound is None else _as_written(bound, share=claim.unit == "fraction")
        for bound in (claim.low, claim.high)
    )
    value = bounds_in_words(low, high)
    if claim.modifier in ("about", "vague"):
        value = f"{claim.modifier} {value}"
    return value if claim.policy in (None, POLICIES[0]) else f"{value} ({claim.policy})"


_PARTS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SMALL = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _as_written(value: Decimal, *, share: bool) -> str:
    """A value as people write it: whole numbers in full, others with three decimals at most.

    Args:
        value: what is shown.
        share: true where it is a share of something, so that "a third" can be said.
    """
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    if share and (said := _share_in_words(value)):
        return said
    # Small values keep three digits that say something: 0.00012 is not 0.
    places = max(3, 2 - value.adjusted())
    return f"{value:,.{places}f}".rstrip("0").rstrip(".")


def _share_in_words(value: Decimal) -> str | None:
    """Words such as "a third" and "two fifths"; None where it is no such share."""
    for parts, name in enumerate(_PARTS, start=2):
        count = round(value * parts)
        if 0 < count < parts and abs(value * parts - count) < Decimal("1e-6"):
            return name if parts == 2 else f"{_SMALL[count - 1]} {name}{'s' if count > 1 else ''}"
    return None
