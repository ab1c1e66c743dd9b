"""What people said in a project beside the main one, whatever the export holds."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.labelstudio.projects.side_answers import read_answers

CHOICE = {"from_name": "fit", "type": "choices", "value": {"choices": ["yes"]}}


def export(*result: Any, data: Any = None, **more: Any) -> list[dict[str, Any]]:
    said = {
        "id": 9,
        "result": list(result),
        "completed_by": {"id": 1, "email": "ann@x.org"},
        **more,
    }
    return [{"id": 3, "data": {"key": "k"} if data is None else data, "annotations": [said]}]


@pytest.mark.parametrize(
    ("item", "values"),
    [
        (CHOICE, {"fit": ("yes",)}),
        ({**CHOICE, "value": {"choices": "yes"}}, {"fit": ("yes",)}),
        ({**CHOICE, "value": {"choices": []}}, {"fit": ()}),
        ({"from_name": "w", "type": "textarea", "value": {"text": ["a", "b"]}}, {"w": ("a", "b")}),
        ({"from_name": "n", "type": "number", "value": {"number": 0}}, {"n": ("0",)}),
        ({"from_name": "n", "type": "number", "value": {"number": 2.5}}, {"n": ("2.5",)}),
        (
            {"from_name": "day", "type": "datetime", "value": {"datetime": "2026-11-24"}},
            {"day": ("2026-11-24",)},
        ),
        (
            {
                "from_name": "kind", "type": "labels",
                "value": {"start": 0, "end": 1, "text": "a", "labels": ["x"]},
            },
            {"kind": ("x",)},
        ),
        ({"type": "relation", "from_id": "a", "to_id": "b"}, {}),
        ("no entry", {}),
    ],
)  # fmt: skip
def test_each_kind_of_control_is_read(item: Any, values: dict[str, tuple[str, ...]]) -> None:
    (answer,) = read_answers(export(item), where="project 1").answers
    assert answer.values == values
    assert (answer.key, answer.task_id, answer.annotator) == ("k", 3, "ann@x.org")


@pytest.mark.parametrize(
    ("value", "control"),
    [
        (None, "choices"),
        ("yes", "choices"),
        ({"choices": [["yes"]]}, "choices"),
        ({"choices": {"yes": 1}}, "choices"),
        ({"labels": ["yes"]}, "choices"),
        ({}, "choices"),
        ({"choices": ["yes", None]}, "choices"),
        ({"choices": ["yes"]}, "textarea"),
        ({"choices": ["yes"]}, 5),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(value: Any, control: Any) -> None:
    bad = {"from_name": "fit", "type": control, "value": value}
    read = read_answers([*export(bad), *export(CHOICE)], where="project 1")
    assert [one.values for one in read.answers] == [{"fit": ("yes",)}]
    assert read.problems == (
        "project 1, task 3, annotation 9: what was said with 'fit' cannot be read; left out",
    )


def test_an_annotation_without_a_result_is_named() -> None:
    read = read_answers(export(result="nothing"), where="project 1")
    assert read.answers == ()
    assert read.problems == ("project 1, task 3, annotation 9: its result is not a list; left out",)


@pytest.mark.parametrize("data", [{}, {"key": ""}, {"key": 4}, {"sentence_id": "s"}, []])
def test_tasks_that_are_not_ours_are_passed_by(data: Any) -> None:
    read = read_answers(export(CHOICE, data=data), where="project 1")
    assert (read.answers, read.problems) == ((), ())


def test_the_time_of_the_last_change_counts() -> None:
    first, last = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
    changed = export(CHOICE, created_at=first, updated_at=last)
    unchanged = export(CHOICE, created_at=first)
    read = read_answers([*changed, *unchanged], where="project 1")
    assert [one.answered_at for one in read.answers] == [last, first]
