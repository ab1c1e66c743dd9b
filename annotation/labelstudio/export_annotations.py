"""One annotation of a Label Studio export -> ``Annotation``.

What a person said is taken whole or not at all: an annotation with a label or a span that cannot be
understood is left out, because the rest of it would teach something that nobody said. Every step is
a function of what it is given, and returns what is doubtful beside what it made, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from annotation.errors import UnknownLabelError
from annotation.labelstudio.export_models import (
    ExportedAnnotation,
    ResultItem,
    ResultValue,
    Suggestion,
    as_texts,
    kind_of,
)
from annotation.records import MODIFIERS, Annotation, EventLabels, Modifier, NumericClaim, Sentence
from annotation.schema import Schema

_MODIFIERS: Mapping[str, Modifier] = {modifier: modifier for modifier in MODIFIERS}


@dataclass(frozen=True, slots=True)
class ReadAnnotation:
    """What could be read of an annotation, and what could not."""

    key: str
    """What tells it from the other annotations of its sentence; an edited one keeps it."""
    annotation: Annotation | None = None
    """What the person said, None where it was left out."""
    problems: tuple[str, ...] = ()
    """What was left out or is doubtful: where and why."""
    unknown: tuple[str, ...] = ()
    """Controls and labels that the schema does not have."""
    used: frozenset[str] = frozenset()
    """Controls of the schema that something was said with."""
    other_controls: tuple[tuple[str, str], ...] = ()
    """Type and name of the control of each entry that was made with none of the schema's."""


@dataclass(frozen=True, slots=True)
class ResultParts:
    """The entries of an annotation's result, sorted by what the schema calls their control."""

    ticked: tuple[str, ...]
    """Event types."""
    spans: Mapping[str, ResultValue]
    """Marked spans, by region."""
    attributes: Mapping[str, Mapping[str, ResultValue]]
    """What was said of a span: by region, then by attribute."""
    used: frozenset[str]
    """Names of the controls of all these."""
    others: tuple[ResultItem, ...]
    """Entries by other controls."""


def read_annotation(
    raw: object,
    number: int,
    sentence: Sentence,
    schema: Schema,
    *,
    task: str,
    suggestions: Iterable[Suggestion | None],
) -> ReadAnnotation:
    """Read one annotation.

    Args:
        raw: as the export has it.
        number: its place in the task, counted from 1.
        sentence: what was labelled.
        schema: the labelling configuration that it was made with.
        task: what to call the task in messages.
        suggestions: what the export knows of the task's suggestions.
    """
    name = raw.get("id", number) if isinstance(raw, dict) else number
    where, key = f"{task}, annotation {name}", f"{task}/{number}"
    try:
        found = ExportedAnnotation.model_validate(raw)
    except ValidationError:
        why = "its result is not a list"
        if not isinstance(raw, dict):
            why = f"a JSON {kind_of(raw)} is not an annotation"
        return ReadAnnotation(key, problems=(f"{where}: {why}; left out",))
    parts = sort_result(found.result, schema)
    doubts = [*_doubtful_spans(parts.spans.values(), sentence.text)]
    said: Annotation | None = None
    unknown = [f"control '{one.from_name}'" for one in parts.others]
    events = _events(parts, sentence.text, schema)
    if isinstance(events, str):
        doubts.append(f"{events}; left out")
        unknown += _unknown_labels(parts, schema)
    else:
        claims, more = _claims(parts, sentence.text)
        doubts += more
        said = Annotation(
            sentence_id=sentence.id,
            annotator=found.annotator,
            events=events,
            claims=claims,
            annotation_id=str(found.id or ""),
            updated_at=found.updated_at or found.created_at,
            cancelled=found.was_cancelled,
            ground_truth=found.ground_truth,
            lead_time=found.lead_time,
            suggested_by=_suggested_by(found, suggestions),
        )
    return ReadAnnotation(
        key=str(found.id or key),
        annotation=said,
        problems=tuple([f"{where}: {doubt}" for doubt in doubts]),
        unknown=tuple(unknown),
        used=parts.used,
        other_controls=tuple([(str(one.type), str(one.from_name)) for one in parts.others]),
    )


def sort_result(result: Iterable[ResultItem | None], schema: Schema) -> ResultParts:
    """Sort the entries of a result by their control."""
    ticked: list[str] = []
    spans: dict[str, ResultValue] = {}
    attributes: dict[str, dict[str, ResultValue]] = {}
    used: set[str] = set()
    others: list[ResultItem] = []
    for number, item in enumerate(result, start=1):
        if item is None:
            continue
        region = f"result {number}" if item.id is None else str(item.id)
        name = item.from_name
        if name is not None and name == schema.event_control:
            ticked += item.value.choices
        elif name is not None and name == schema.claim_control:
            spans[region] = item.value
        elif name in schema.attributes:
            attributes.setdefault(region, {})[name] = item.value
        else:
            others.append(item)
            continue
        used.add(name)
    return ResultParts(tuple(ticked), spans, attributes, frozenset(used), tuple(others))


def read_claim(
    span: ResultValue, kind: str, attributes: Mapping[str, ResultValue], text: str
) -> tuple[NumericClaim, tuple[str, ...]]:
    """What is claimed by one label of a span, and what is doubtful about it.

    Args:
        span: the marked span, which lies inside the text.
        kind: the label.
        attributes: what else was said of the span.
        text: the sentence.
    """
    contents = {name: value.content for name, value in attributes.items()}
    low, high = _decimal(contents.get("low")), _decimal(contents.get("high"))
    chosen = as_texts(contents.get("modifier"))
    typed = as_texts(contents.get("attribution"))
    modifier = _MODIFIERS.get(chosen[0]) if chosen else None
    doubts = [
        f"{name} {_shown(str(contents[name]))} is not a number; not taken"
        for name, number in (("low", low), ("high", high))
        if number is None and contents.get(name) not in (None, "")
    ]
    if chosen and modifier is None:
        doubts.append(f"the modifier {_shown(chosen[0])} is not known; not taken")
    low, high = _open_ends(low, high, modifier)
    claim = NumericClaim(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind=kind,
        low=low,
        high=high,
        modifier=modifier,
        attribution="; ".join(typed) if typed else None,
    )
    return claim, tuple(doubts)


def _open_ends(
    low: Decimal | None, high: Decimal | None, modifier: Modifier | None
) -> tuple[Decimal | None, Decimal | None]:
    """The bounds as they were meant: a number field cannot be emptied, and clearing it stores 0.

    So a zero that cannot be meant is read as an open end: a high below the low, and the end that
    the modifier leaves open.
    """
    if high == 0 and ((low is not None and low > 0) or modifier == "at_least"):
        high = None
    if low == 0 and modifier == "at_most":
        low = None
    return low, high


def _events(parts: ResultParts, text: str, schema: Schema) -> EventLabels | str:
    """The event types, or why nothing of the annotation can be taken."""
    for span in parts.spans.values():
        if not _is_inside(span, text):
            return (
                f"a span from {span.start} to {span.end} lies outside the text of "
                f"{len(text)} characters"
            )
    try:
        events = schema.event_labels(parts.ticked)
        for span in parts.spans.values():
            for kind in span.labels:
                schema.check_kind(kind)
    except UnknownLabelError as error:
        return error.message[0].lower() + error.message[1:].rstrip(".")
    return events


def _claims(parts: ResultParts, text: str) -> tuple[tuple[NumericClaim, ...], list[str]]:
    """What is claimed, and what is doubtful about it; the spans have been checked."""
    claims: list[NumericClaim] = []
    doubts: list[str] = []
    for region, span in parts.spans.items():
        for kind in dict.fromkeys(span.labels):
            claim, more = read_claim(span, kind, parts.attributes.get(region, {}), text)
            claims.append(claim)
            doubts += more
    for region in sorted(parts.attributes.keys() - parts.spans.keys()):
        doubts.append(f"values without a marked span (region {region}); not taken")
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
    return tuple(claims), doubts


def _is_inside(span: ResultValue, text: str) -> bool:
    start, end = span.start, span.end
    whole = type(start) is int and type(end) is int  # Python holds true and false for numbers, too
    return whole and 0 <= start < end <= len(text)


def _doubtful_spans(spans: Iterable[ResultValue], text: str) -> Iterator[str]:
    for span in spans:
        if not _is_inside(span, text):
            return
        reads = text[span.start : span.end]
        if isinstance(span.text, str) and span.text != reads:
            yield (
                f"the span {span.start} to {span.end} is stored as {_shown(span.text)} but reads "
                f"{_shown(reads)}; the offsets were trusted"
            )
        if not span.labels:
            yield f"the span {span.start} to {span.end} has no label; not taken"


def _unknown_labels(parts: ResultParts, schema: Schema) -> tuple[str, ...]:
    events, kinds = schema.event_aliases, schema.claim_aliases
    return (
        *(f"event type '{one}'" for one in parts.ticked if one not in events),
        *(
            f"claim kind '{one}'"
            for span in parts.spans.values()
            for one in span.labels
            if one not in kinds
        ),
    )


def _suggested_by(
    found: ExportedAnnotation, suggestions: Iterable[Suggestion | None]
) -> str | None:
    """The model of the suggestion that the person started from, as far as it is known.

    Else that of the server's copy, which outlives the suggestion: the active one at the time.
    """
    parent = found.parent_prediction
    started = (one for one in suggestions if one and parent is not None and one.id == parent)
    for suggestion in (*started, found.prediction):
        if suggestion is not None and suggestion.model_version:
            return str(suggestion.model_version)
    return None


def _decimal(value: object) -> Decimal | None:
    """A finite number, also one in a text, digit by digit; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _shown(text: str) -> str:
    """A text in quotes, cut where it is long, for a message."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
