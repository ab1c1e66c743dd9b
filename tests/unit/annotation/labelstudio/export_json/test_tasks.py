"""Tasks are read in whichever form Label Studio wrote them."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.dataset.adjudication import adjudicate
from annotation.errors import ExportError
from tests.unit.annotation.labelstudio.exports import complaints, labelled, parse, span, ticked
from tests.unit.annotation.labelstudio.sample import SCHEMA


def before_1_0(**more: Any) -> dict[str, Any]:
    """A task as Label Studio exported it before 1.0."""
    task = labelled(span("r", 9, 11, "killed"), ticked("clash"), created_at=1609789589)
    (annotation,) = task.pop("annotations")
    del annotation["completed_by"], annotation["updated_at"], annotation["was_cancelled"]
    return {**task, "completions": [{**annotation, **more}]}


def stored(number: int, **more: Any) -> dict[str, Any]:
    """An annotation as Label Studio writes it to a storage: with its task inside."""
    task = labelled()
    return {
        "id": number,
        "result": [ticked("clash")],
        "completed_by": number,
        "lead_time": 2.0,
        "task": {key: task[key] for key in ("id", "data")},
        **more,
    }


def test_completions_are_annotations() -> None:
    for task in (before_1_0(), {**before_1_0(), "annotations": []}):
        export = parse(task)
        assert complaints(export) == []
        (annotation,) = export.annotations
        assert annotation.events.aliases == ("clash",)
        assert len(annotation.claims) == 1
        assert annotation.updated_at == "2021-01-04T19:46:29Z"


def test_a_completion_that_was_skipped_is_one() -> None:
    assert parse(before_1_0(skipped=True)).annotations[0].cancelled


def test_annotations_of_a_storage_are_put_together_with_their_task() -> None:
    export = parse(stored(3), stored(4), stored(3, result=[ticked("siege")]))
    assert complaints(export) == []
    assert len(export.sentences) == 1
    found = [(one.annotation_id, one.events.aliases) for one in export.annotations]
    assert found == [("3", ("siege",)), ("4", ("clash",))]


def test_an_annotation_of_a_storage_without_its_task_is_named_for_what_it_is() -> None:
    with pytest.raises(ExportError, match="annotation of a storage, without the data of its task"):
        parse(stored(3, task=1000))
    export = parse(labelled(ticked("clash")), stored(3, task=1000))
    assert "item" in complaints(export)[0] or "task 3" in complaints(export)[0]


@pytest.mark.parametrize("nobody", [None, {}, {"id": None, "email": ""}, ""])
def test_people_who_were_deleted_stay_as_many_opinions(nobody: object) -> None:
    task = labelled(ticked("clash"), completed_by=nobody)
    task["annotations"].append({**task["annotations"][0], "id": 8, "result": [ticked("siege")]})
    export = parse(task)
    assert [one.annotator for one in export.annotations] == ["unknown", "unknown 2"]
    assert adjudicate(export.annotations, SCHEMA).annotators == 2


def test_people_who_were_deleted_are_told_apart_where_annotation_ids_repeat() -> None:
    task = labelled(ticked("clash"), completed_by=None)
    task["annotations"].append({**task["annotations"][0], "result": [ticked("siege")]})
    assert len(parse(task).annotations) == 2


def test_people_are_told_apart_where_annotation_ids_repeat() -> None:
    task = labelled(ticked("clash"), completed_by=1)
    task["annotations"].append({**task["annotations"][0], "completed_by": 2})
    assert len(parse(task).annotations) == 2


def numbered(article: object, text: str, key: object = 1) -> dict[str, Any]:
    data = {"text": text, "article_id": article, "sentence_id": key}
    return {"data": data, "annotations": [{"result": [ticked("clash")]}]}


def test_sentence_ids_that_repeat_from_article_to_article_are_told_apart() -> None:
    export = parse(
        numbered("a", "Troops left."),
        numbered("b", "Guards fled."),
        numbered("b", "Others stayed.", 2),
        numbered("c", "Troops left."),
    )
    assert complaints(export) == []
    assert [one.id for one in export.sentences] == ["a:1", "b:1", "b:2", "c:1"]
    assert [one.sentence_id for one in export.annotations] == ["a:1", "b:1", "b:2", "c:1"]


def test_sentence_ids_that_do_not_repeat_stay_as_they_are() -> None:
    export = parse(numbered("a", "Troops left."), numbered("b", "Guards fled.", 2))
    assert [one.id for one in export.sentences] == ["1", "2"]


def test_an_id_of_two_texts_in_one_article_is_still_told() -> None:
    export = parse(
        numbered("a", "Troops left."), numbered("a", "Guards fled."), numbered("b", "All rest.")
    )
    assert [one.id for one in export.sentences] == ["a:1", "b:1"]
    assert "stands for another text above" in complaints(export)[0]
