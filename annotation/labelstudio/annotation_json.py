"""What people said -> the annotations that Label Studio imports, which read the same again.

Only what a person said: values that the reader of numbers gave are left to it. When something was
said, and from which suggestion, the server does not take; it stays with the snapshot.
"""

from __future__ import annotations

from datetime import date

from annotation.labelstudio.import_json import claim_region, ticked
from annotation.records import Annotation, Sentence, as_marked
from annotation.schema import Schema


def to_annotation(
    annotation: Annotation, sentence: Sentence, schema: Schema, *, person: int
) -> dict[str, object]:
    """An annotation as Label Studio takes it, beside its task or alone.

    Args:
        annotation: what somebody said.
        sentence: of which.
        schema: the project's labelling configuration.
        person: the server's number of who said it.

    Raises:
        UnknownLabelError: a label is not in the schema.
        ValueError: a span does not fit the sentence.
    """
    result: list[dict[str, object]] = []
    if annotation.events.aliases:
        result.append(ticked(schema.event_labels(annotation.events.aliases).aliases, schema))
    for number, claim in enumerate(annotation.claims, start=1):
        result += claim_region(f"claim-{number}", as_marked(claim), sentence, schema)
    result += typed_when_where(
        annotation.corrected_day, annotation.corrected_place, schema, no_day=annotation.no_day
    )
    return {
        "result": result,
        "completed_by": person,
        "was_cancelled": annotation.cancelled,
        # The server takes what is imported for the truth unless it is told.
        "ground_truth": annotation.ground_truth and not annotation.verdict,
        "lead_time": annotation.lead_time,
    }


def typed_when_where(
    day: date | None, place: str | None, schema: Schema, *, no_day: bool = False
) -> list[dict[str, object]]:
    """The entries of a result that day and place are typed with.

    Args:
        day: the day, None where none was typed.
        place: the place, None where none was typed.
        schema: the controls; where it has none, nothing can be typed.
        no_day: whether it was said that the sentence tells no day.
    """
    result: list[dict[str, object]] = []
    if schema.day_control is not None and day is not None:
        result.append(
            {
                "id": schema.day_control,
                "from_name": schema.day_control,
                "to_name": schema.text_control,
                "type": "datetime",
                "value": {"datetime": day.isoformat()},
            }
        )
    if schema.no_day_control is not None and no_day:
        result.append(
            {
                "id": schema.no_day_control,
                "from_name": schema.no_day_control,
                "to_name": schema.text_control,
                "type": "choices",
                "value": {"choices": [schema.no_day_choice]},
            }
        )
    if schema.place_control is not None and place is not None:
        result.append(typed_text(schema.place_control, schema.text_control, place))
    return result


def typed_text(control: str, text_control: str, text: str) -> dict[str, object]:
    """The entry of a result for what is typed of the whole sentence, as a reason or a place.

    Args:
        control: the name of the field.
        text_control: the name of the text that it belongs to.
        text: what was typed.
    """
    return {
        "id": control,
        "from_name": control,
        "to_name": text_control,
        "type": "textarea",
        "value": {"text": [text]},
    }
