"""What people said -> the annotations that Label Studio imports, which read the same again.

Only what a person said: values that the reader of numbers gave are left to it. When something was
said, and from which suggestion, the server does not take; it stays with the snapshot.
"""

from __future__ import annotations

from annotation.labelstudio.import_json import claim_region
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
        result.append(
            {
                "id": "events",
                "from_name": schema.event_control,
                "to_name": schema.text_control,
                "type": "choices",
                "value": {"choices": list(schema.event_labels(annotation.events.aliases).aliases)},
            }
        )
    for number, claim in enumerate(annotation.claims, start=1):
        result += claim_region(f"claim-{number}", as_marked(claim), sentence, schema)
    return {
        "result": result,
        "completed_by": person,
        "was_cancelled": annotation.cancelled,
        # The server takes what is imported for the truth unless it is told.
        "ground_truth": annotation.ground_truth and not annotation.verdict,
        "lead_time": annotation.lead_time,
    }


def typed_reason(control: str, text_control: str, why: str) -> dict[str, object]:
    """The entry of a result that a reason is typed with.

    Args:
        control: the name of the field.
        text_control: the name of the text that it belongs to.
        why: the reason.
    """
    return {
        "id": control,
        "from_name": control,
        "to_name": text_control,
        "type": "textarea",
        "value": {"text": [why]},
    }
