"""A span stands where its words are."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.labelstudio.export_json.export import Export, parse_tasks
from tests.unit.annotation.labelstudio.exports import complaints
from tests.unit.annotation.labelstudio.sample import SCHEMA


def export_of(text: str, *spans: tuple[object, object, object]) -> Export:
    """One sentence, with an event type and spans of (start, end, words)."""
    result: list[dict[str, Any]] = [{"from_name": "event", "value": {"choices": ["siege"]}}]
    for number, (start, end, words) in enumerate(spans):
        value = {"start": start, "end": end, "text": words, "labels": ["killed"]}
        result.append({"id": f"r{number}", "from_name": "claim", "value": value})
    task = {"id": 4, "data": {"text": text}, "annotations": [{"id": 9, "result": result}]}
    return parse_tasks([task], SCHEMA, where="x.json")


UTF16 = "their offsets count UTF-16 units"
UTF8 = "their offsets count bytes of UTF-8"
LINES = "their offsets count a copy of the text with other line ends"


@pytest.mark.parametrize(
    ("text", "span", "found", "counted"),
    [
        ("🔥 Seven died", (3, 8, "Seven"), (2, 7), UTF16),
        ("🔥🔥 Seven", (5, 10, "Seven"), (3, 8), UTF16),  # ends behind the text
        ("Seven 🔥 sailors died", (0, 16, "Seven 🔥 sailors"), (0, 15), UTF16),
        ("👨‍👩‍👧 lost 4 of 9", (14, 15, "4"), (11, 12), UTF16),
        ("NOTE\n\nNine hurt", (8, 12, "Nine"), (6, 10), LINES),
        ("NOTE\r\n\r\nNine hurt", (6, 10, "Nine"), (8, 12), LINES),
        ("A\nB Nine\nhurt", (5, 15, "Nine\r\nhurt"), (4, 13), LINES),
        ("🔥\n\nNine hurt", (6, 10, "Nine"), (3, 7), f"{UTF16} of a copy of the text with"),
        ("В Киеве: Nine hurt", (15, 19, "Nine"), (9, 13), UTF8),
        ("Café: 3 dead, 3 hurt", (15, 16, "3"), (14, 15), UTF8),
        ("Café\n3 dead, 13 hurt", (15, 17, "13"), (13, 15), f"{UTF8} of a copy of the text with"),
    ],
)
def test_a_span_is_put_right_where_its_words_tell_what_was_counted(
    text: str, span: tuple[int, int, str], found: tuple[int, int], counted: str
) -> None:
    export = export_of(text, span)
    assert complaints(export) == []
    ((claim,),) = [one.claims for one in export.annotations]
    assert (claim.start, claim.end) == found
    assert claim.text == text[slice(*found)]
    (note,) = export.notes
    assert note.startswith("x.json, 1 span put right: ")
    assert counted in note


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Nine hurt", (0, 4, "Nine")),
        ("🔥 Nine hurt", (2, 6, "Nine")),
        ("9 🔥 9 9", (4, 5, "9")),  # fits as it is, and in UTF-16 units it would not
        ("Nine\r\nhurt", (0, 10, "Nine\nhurt")),
        ("Nine\nhurt", (0, 9, "Nine\\nhurt")),  # as old releases wrote line ends
        ("Nine hurt", (0, 4, None)),
        ("Nine hurt", (0, 4, "")),
    ],
)
def test_a_span_whose_words_are_there_stays(text: str, span: tuple[int, int, Any]) -> None:
    export = export_of(text, span)
    assert complaints(export) == []
    assert export.notes == ()
    assert [(one.start, one.end) for one in export.annotations[0].claims] == [span[:2]]


@pytest.mark.parametrize(
    ("span", "found"),
    [((0, 5, "Nine"), (0, 4)), ((4, 9, "hurt "), (5, 9)), ((0, 5, " Nine"), (0, 4))],
)
def test_white_space_around_a_span_is_none_of_it(
    span: tuple[int, int, str], found: tuple[int, int]
) -> None:
    export = export_of("Nine hurt", span)
    assert complaints(export) == []
    assert [(one.start, one.end) for one in export.annotations[0].claims] == [found]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Nine hurt", (0, 4, "nine")),
        ("Nine hurt", (2, 6, "Nine")),  # no reason to be two off
        ("Nine hurt", (5, 99, "hurt today")),
        ("Nine hurt", (4, 4, "Nine")),
        ("Nine hurt", (-4, -1, "hur")),
        ("🔥 Nine hurt", (1, 5, "Nine")),
    ],
)
def test_a_span_whose_words_are_elsewhere_is_left_out_and_the_rest_kept(
    text: str, span: tuple[int, int, str]
) -> None:
    """A wrong span would teach what nobody said."""
    export = export_of(text, span, (0, 1, text[0]))
    (annotation,) = export.annotations
    assert annotation.events.aliases == ("siege",)
    assert [(one.start, one.end) for one in annotation.claims] == [(0, 1)]
    assert annotation.spans_left_out == 1
    count, complaint = complaints(export)
    assert count.startswith("x.json, 1 span left out: ")
    assert complaint.startswith(f"x.json, task 4, annotation 9: the span {span[0]} to {span[1]} is")
    assert complaint.endswith("; not taken.")


def test_the_values_of_a_span_that_is_left_out_go_with_it() -> None:
    export = export_of("Nine hurt", (2, 6, "Nine"))
    assert len(complaints(export)) == 2
