"""One annotation of a Label Studio export -> ``Annotation``.

What a person said is taken whole or not at all: an annotation with a label or a span that cannot be
understood is left out, because the rest of it would teach something that nobody said. Where only
the words of a span are elsewhere, the rest is taken, with how many spans it lacks. Every step is a
function of what it is given, and returns what is doubtful beside what it made, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from annotation.errors import UnknownLabelError
from annotation.labelstudio.export_json.corrections import read_day, read_place
from annotation.labelstudio.export_json.models import (
    ExportedAnnotation,
    ResultValue,
    Suggestion,
    as_texts,
    kind_of,
)
from annotation.labelstudio.export_json.regions import Region, ResultParts, sort_result
from annotation.labelstudio.export_json.spans import SpanOffsets, find_offsets, quoted, why_nowhere
from annotation.numbers.reader import has_number
from annotation.records import (
    MODIFIERS,
    ONE_VALUE,
    ROLES,
    Annotation,
    EventLabels,
    Modifier,
    NumericClaim,
    Role,
    Sentence,
    SuggestedLabels,
    WithheldSuggestion,
)
from annotation.schema import Schema

_MODIFIERS: Mapping[str, Modifier] = {modifier: modifier for modifier in MODIFIERS}
_ROLES: Mapping[str, Role] = {role: role for role in ROLES}


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
    moved: tuple[str, ...] = ()
    """For each span that was put right: what its offsets had counted."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """The spans of an annotation at their places."""

    regions: tuple[tuple[SpanOffsets, Region], ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]


def read_annotation(
    raw: object,
    number: int,
    sentence: Sentence,
    schema: Schema,
    *,
    task: str,
    position: int,
    suggestions: tuple[Suggestion | None, ...],
    blind: bool = False,
) -> ReadAnnotation:
    """Read one annotation.

    Args:
        raw: as the export has it.
        number: its place in the task, counted from 1.
        sentence: what was labelled.
        schema: the labelling configuration that it was made with.
        task: what to call the task in messages.
        position: the place of the task in the export.
        suggestions: what the export knows of the task's suggestions.
        blind: whether the person was to see none of them.
    """
    name = raw.get("id", number) if isinstance(raw, dict) else number
    where, key = f"{task}, annotation {name}", f"{position}/{number}"
    try:
        found = ExportedAnnotation.model_validate(raw)
    except ValidationError:
        why = "its result is not a list"
        if not isinstance(raw, dict):
            why = f"a JSON {kind_of(raw)} is not an annotation"
        return ReadAnnotation(key, problems=(f"{where}: {why}; left out",))
    if found.was_cancelled not in (None, True, False):
        why = "whether it was skipped cannot be told"
        return ReadAnnotation(key, problems=(f"{where}: {why}; left out",))
    parts = sort_result(found.result, schema)
    if isinstance(parts, str):
        return ReadAnnotation(key, problems=(f"{where}: {parts}; left out",))
    placed = _place(parts.regions, sentence.text)
    events = placed if isinstance(placed, str) else _events(parts, schema)
    doubts: list[str] = []
    unknown = [f"control '{one.from_name}'" for one in parts.others]
    said: Annotation | None = None
    moved: tuple[str, ...] = ()
    if isinstance(events, str) or isinstance(placed, str):
        doubts.append(f"{events}; left out")
        unknown += _unknown_labels(parts, schema)
    else:
        claims, more = _claims(placed.regions, sentence.text, schema)
        day, of_day = read_day(parts.days)
        place, of_place = read_place(parts.places)
        if day and parts.no_day:
            of_day = (*of_day, f"both the day {day} and that there is none; the day is taken")
        doubts += [*placed.lost, *more, *parts.doubts, *of_day, *of_place]
        moved = placed.moved
        model_id = _suggested_by(found, suggestions)
        said = Annotation(
            sentence_id=sentence.id,
            annotator=found.annotator,
            events=events,
            claims=claims,
            annotation_id=str(found.id or ""),
            updated_at=found.updated_at or found.created_at,
            cancelled=found.was_cancelled is True,
            ground_truth=found.ground_truth,
            lead_time=found.lead_time,
            suggested_by=None if blind else model_id,
            suggested=None if blind else _suggested(found, suggestions, sentence, schema),
            withheld=WithheldSuggestion(model_id or "") if blind else None,
            corrected_day=day,
            no_day=parts.no_day and day is None,
            corrected_place=place,
            spans_left_out=len(placed.lost),
        )
    return ReadAnnotation(
        key=str(found.id or key),
        annotation=said,
        problems=tuple([f"{where}: {doubt}" for doubt in doubts]),
        unknown=tuple(unknown),
        used=parts.used,
        other_controls=tuple([(str(one.type), str(one.from_name)) for one in parts.others]),
        moved=moved,
    )


def read_claim(
    place: SpanOffsets,
    kind: str,
    attributes: Mapping[str, ResultValue],
    text: str,
    *,
    counts_people: bool = False,
) -> tuple[NumericClaim, tuple[str, ...]]:
    """What is claimed by one label of a span, and what is doubtful about it.

    Args:
        place: where the span is.
        kind: the label.
        attributes: what else was said of the span.
        text: the sentence.
        counts_people: whether the kind counts people harmed, so that a name is a claim of one.
    """
    span_text = text[place.start : place.end]
    contents = {name: value.content for name, value in attributes.items()}
    low, high = _decimal(contents.get("low")), _decimal(contents.get("high"))
    chosen = as_texts(contents.get("modifier"))
    typed = as_texts(contents.get("attribution"))
    modifier = _MODIFIERS.get(chosen[0]) if chosen else None
    doubts = [
        f"{name} {quoted(str(contents[name]))} is not a number; not taken"
        for name, number in (("low", low), ("high", high))
        if number is None and contents.get(name) not in (None, "")
    ]
    doubts += [
        f"its {name} is nothing that can be read; not taken"
        for name, value in attributes.items()
        if value.is_foreign
    ]
    if contents.get("attribution") not in (None, "", []) and not typed:
        doubts.append("its attribution is no text; not taken")
    if "modifier" in contents and contents["modifier"] is None:
        doubts.append("its modifier is not a list of choices; not taken")
    if chosen and modifier is None:
        doubts.append(f"the modifier {quoted(chosen[0])} is not known; not taken")
    said = as_texts(contents.get("role"))
    doubts += [
        f"a second {name} {quoted(one)} of one span; not taken"
        for name, ticked in (("modifier", chosen), ("role", said))
        for one in dict.fromkeys(ticked[1:])
        if one != ticked[0]
    ]
    if said and said[0] not in _ROLES:
        doubts.append(f"the role {quoted(said[0])} is not known; not taken")
    low, high = _open_ends(low, high, modifier)
    # A number in another language than the reader's is no name: only one person counts as one.
    at_most_one = {low, high} <= {None, Decimal(1)}
    claim = NumericClaim(
        start=place.start,
        end=place.end,
        text=span_text,
        kind=kind,
        low=low,
        high=high,
        modifier=modifier,
        attribution="; ".join(typed) if typed else None,
        implied=counts_people and at_most_one and not has_number(span_text),
        role=_ROLES.get(said[0], ROLES[0]) if said else ROLES[0],
    )
    return claim, tuple(doubts)


def _open_ends(
    low: Decimal | None, high: Decimal | None, modifier: Modifier | None
) -> tuple[Decimal | None, Decimal | None]:
    """The bounds as they were meant: a number field cannot be emptied, and clearing it stores 0.

    So a zero that cannot be meant is read as an open end: a high below the low, and the end that
    the modifier leaves open. Of one value that is then left, the modifier says which end it is.
    """
    if high == 0 and ((low is not None and low > 0) or modifier == "at_least"):
        high = None
    if low == 0 and modifier == "at_most":
        low = None
    only = high if low is None else low if high is None else None
    if only is not None:
        if modifier in ONE_VALUE:
            return only, only
        if modifier == "at_least":
            return only, None
        if modifier == "at_most":
            return None, only
    return low, high


def _place(regions: Iterable[Region], text: str) -> _Placed | str:
    """The spans at their places, or why nothing of the annotation can be taken."""
    kept: list[tuple[SpanOffsets, Region]] = []
    lost: list[str] = []
    for region in regions:
        place = find_offsets(region.value, text)
        if place is None:
            return why_nowhere(region.value, text)
        if isinstance(place, str):
            lost.append(place)
        else:
            kept.append((place, region))
    moved = tuple([place.counted_in for place, _ in kept if place.counted_in])
    return _Placed(tuple(kept), moved, tuple(lost))


def _events(parts: ResultParts, schema: Schema) -> EventLabels | str:
    """The event types, or why nothing of the annotation can be taken."""
    try:
        events = schema.event_labels(parts.ticked)
        for region in parts.regions:
            for kind in region.kinds:
                schema.check_kind(kind)
    except UnknownLabelError as error:
        return error.message[0].lower() + error.message[1:].rstrip(".")
    return events


def _claims(
    regions: Iterable[tuple[SpanOffsets, Region]], text: str, schema: Schema
) -> tuple[tuple[NumericClaim, ...], list[str]]:
    """What is claimed, and what is doubtful about it; the labels have been checked."""
    people = {label.alias for label in schema.claim_kinds if label.harm}
    claims: list[NumericClaim] = []
    doubts: list[str] = []
    for place, region in regions:
        if not region.kinds:
            doubts.append(f"the span {place.start} to {place.end} has no label; not taken")
        for kind in dict.fromkeys(region.kinds):
            claim, more = read_claim(
                place, kind, region.attributes, text, counts_people=kind in people
            )
            claims.append(claim)
            doubts += more
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
    return tuple(claims), doubts


def _unknown_labels(parts: ResultParts, schema: Schema) -> tuple[str, ...]:
    events, kinds = schema.event_aliases, schema.claim_aliases
    return (
        *(f"event type '{one}'" for one in parts.ticked if one not in events),
        *(
            f"claim kind '{one}'"
            for region in parts.regions
            for one in region.kinds
            if one not in kinds
        ),
    )


def _suggested_by(
    found: ExportedAnnotation, suggestions: Iterable[Suggestion | None]
) -> str | None:
    """The model of the suggestion that the person started from, as far as it is known."""
    for suggestion in _started_from(found, suggestions):
        if suggestion.model_version:
            return str(suggestion.model_version)
    return None


def _suggested(
    found: ExportedAnnotation,
    suggestions: Iterable[Suggestion | None],
    sentence: Sentence,
    schema: Schema,
) -> SuggestedLabels | None:
    """What that suggestion said; None where it is not told, or says what the schema has not."""
    started = _started_from(found, suggestions)
    told = (one.result for one in started if one.id == started[0].id and one.result is not None)
    result = next(told, None)
    parts = "not told" if result is None else sort_result(result, schema)
    if isinstance(parts, str):
        return None
    placed = _place(parts.regions, sentence.text)
    events = _events(parts, schema)
    if isinstance(placed, str) or isinstance(events, str):
        return None
    return SuggestedLabels(events.aliases, _claims(placed.regions, sentence.text, schema)[0])


def _started_from(
    found: ExportedAnnotation, suggestions: Iterable[Suggestion | None]
) -> tuple[Suggestion, ...]:
    """The suggestion that the person started from, and the server's copy of one.

    The copy outlives the suggestion: it is the one that was active when the annotation was stored.
    """
    parent = found.parent_prediction
    started = [one for one in suggestions if one and parent is not None and one.id == parent]
    copy = found.prediction
    if copy is not None and (copy.id is not None or copy.model_version):
        started.append(copy)
    return tuple(started)


def _decimal(value: object) -> Decimal | None:
    """A finite number, also one in a text, digit by digit; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
