"""What cannot be understood is left out and listed; what is no export is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import ExportError
from annotation.labelstudio.export_json.export import read_export
from tests.unit.annotation.labelstudio.exports import (
    complaints,
    labelled,
    number,
    parse,
    span,
    ticked,
)
from tests.unit.annotation.labelstudio.sample import SCHEMA, TEXT


def test_the_labels_of_another_schema_are_named_and_the_rest_goes_on() -> None:
    export = parse(labelled(ticked("riot"), id=1), labelled(ticked("clash"), id=2))
    assert [a.annotation_id for a in export.annotations] == ["2"]
    assert complaints(export) == [
        "x.json, task 5, annotation 1: the schema has no event type 'riot'; left out."
    ]


def test_an_export_of_which_nothing_fits_is_refused_with_its_labels() -> None:
    with pytest.raises(ExportError, match=r"another labelling configuration.*claim kind 'PER'"):
        parse(labelled(span("r", 0, 2, "PER")))
    with pytest.raises(ExportError, match="control 'ner'"):
        parse(labelled({**span("r", 0, 2, "PER"), "from_name": "ner"}))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        *((*one, "lies outside the text of") for one in ((-1, 4), (0, 99), (4, 4), (5, 4))),
        ("0", 4, "a span has the start '0', which is not a whole number"),
        (0, 4.5, "a span has the end 4.5, which is not a whole number"),
        (0, [4], "a span has the end [4], which is not a whole number"),
        (True, 4, "a span has the start true, which is not a whole number"),
        (None, None, "a span has no start"),
        (0, None, "a span has no end"),
    ],
)
def test_a_span_that_lies_nowhere_takes_its_annotation_with_it(
    start: object, end: object, why: str
) -> None:
    bad = span("r", 0, 11, "killed")
    bad["value"] |= {"start": start, "end": end}
    del bad["value"]["text"]  # nothing tells what was meant
    export = parse(labelled(bad, ticked("clash")), labelled(ticked("clash"), id=8))
    assert [a.annotation_id for a in export.annotations] == ["8"]
    assert why in complaints(export)[0]


def test_a_span_without_a_label_and_values_without_a_span_are_listed() -> None:
    export = parse(labelled(span("r1", 0, 2), number("r2", "low", 1)))
    assert export.annotations[0].claims == ()
    assert [text.split(": ", 1)[1] for text in complaints(export)] == [
        "the span 0 to 2 has no label; not taken.",
        "values without a marked span (region r2); not taken.",
    ]


def test_an_unknown_modifier_is_listed_and_the_claim_kept() -> None:
    value = {"choices": ["roughly"]}
    odd = {"id": "r", "from_name": "modifier", "type": "choices", "value": value}
    export = parse(labelled(span("r", 0, 11, "killed"), odd))
    assert export.annotations[0].claims[0].modifier is None
    assert "the modifier 'roughly' is not known" in complaints(export)[0]


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (None, "null is not a task"),
        ("text", "string is not a task"),
        ({"id": 3}, "has no data"),
        ({"id": 3, "data": {"body": "x"}}, "no text in the field 'text'"),
        ({"id": 3, "data": {"text": 5}}, "no text in the field 'text'"),
        ({"id": 3, "data": {"text": "B"}, "annotations": 4}, "annotations are not a list"),
        ({"id": 3, "data": {"text": "B"}, "annotations": [4]}, "number is not an annotation"),
        (
            {"id": 3, "data": {"text": "B"}, "annotations": [{"result": "x"}]},
            "result is not a list",
        ),
        ({"id": 3, "data": {"text": "B", "sentence_id": "a:0003"}}, "stands for another text"),
    ],
)
def test_a_bad_task_is_listed_and_the_rest_goes_on(task: Any, why: str) -> None:
    export = parse(labelled(ticked("clash")), task)
    assert len(export.annotations) == 1
    (complaint,) = complaints(export)
    assert why in complaint
    assert complaint.startswith("x.json, ")


def test_json_min_is_refused_with_the_way_out() -> None:
    flat = {"id": 1, "text": TEXT, "claim": [{"start": 0}], "annotator": 1, "lead_time": 2.0}
    with pytest.raises(ExportError, match=r"JSON_MIN.*choose the format JSON"):
        parse(flat)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b'[{"id": 1},\n oops]', "line 2: not JSON"),
        (b"id,text\n1,x", "not JSON"),
        (b"\xff\xfe[\x00]\x00", "it is not UTF-8"),
        (b"{}", "one JSON object, not a list"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "cannot be read: Exceeds the limit"),
        (b'[{"id": 1}]', "no task that fits"),
    ],
)
def test_a_file_that_is_no_export_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    with pytest.raises(ExportError, match=why) as refused:
        read_export(path, SCHEMA)
    assert str(path) in refused.value.message
    assert refused.value.hint


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([labelled(ticked("clash"))]), encoding="utf-8-sig")
    assert len(read_export(path, SCHEMA).annotations) == 1


def test_a_missing_file_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"nowhere\.json"):
        read_export(tmp_path / "nowhere.json", SCHEMA)


@pytest.mark.parametrize(
    ("said", "skipped"), [(1, True), ("true", True), ("False", False), (0, False), (None, False)]
)
def test_that_a_task_was_skipped_may_be_said_in_other_words(said: Any, skipped: bool) -> None:
    (annotation,) = parse(labelled(ticked("clash"), was_cancelled=said)).annotations
    assert annotation.cancelled is skipped


@pytest.mark.parametrize("said", ["perhaps", 7, [], {}])
def test_what_may_have_been_skipped_teaches_nothing(said: Any) -> None:
    export = parse(labelled(ticked("clash"), was_cancelled=said))
    assert export.annotations == ()
    assert complaints(export) == [
        "x.json, task 5, annotation 7: whether it was skipped cannot be told; left out."
    ]


def test_what_is_not_read_is_told() -> None:
    stars = {"id": "s", "from_name": "stars", "type": "rating", "value": {"rating": 4}}
    task = {**labelled(ticked("clash"), stars), "drafts": [{"id": 1, "result": []}]}
    assert parse(task).notes == (
        "x.json, 1 rating by the control 'stars' not read, because the configuration reads no such "
        "control.",
        "x.json, 1 draft not read, because nobody has submitted it.",
    )


def test_completions_beside_annotations_are_read_too_and_none_twice() -> None:
    task = labelled(ticked("clash"))
    (first,) = task["annotations"]
    more = {**first, "id": 8, "completed_by": 2}
    export = parse({**task, "completions": [{**first, "result": []}, more]})
    assert [(one.annotator, one.events.aliases) for one in export.annotations] == [
        ("user 1", ("clash",)),
        ("user 2", ("clash",)),
    ]


def test_an_annotation_that_gives_way_to_one_with_its_id_is_told() -> None:
    first, second = labelled(ticked("clash")), {**labelled(), "id": 6}
    export = parse(first, second)
    assert [one.events.aliases for one in export.annotations] == [()]
    assert complaints(export) == [
        "x.json, task 5 and task 6 are the same sentence, with two annotations by 'user 1' that "
        "have the id 7 and differ; the later one is taken."
    ]
    assert complaints(parse(first, {**first, "id": 6})) == []
    assert complaints(parse(first, labelled())) == []  # exported twice, and changed in between
