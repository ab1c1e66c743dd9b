"""Verdicts out of the review project's export, and close calls for the codebook."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from annotation.dataset.snapshot import Snapshot
from annotation.records import NumericClaim, Sentence
from annotation.schema import parse_schema
from newsledger.team.second_looks.verdicts import as_codebook, close_calls, read_verdicts
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
TEXT = "12 men fled"


def item(control: str, kind: str, **value: object) -> dict[str, Any]:
    return {"id": control, "from_name": control, "to_name": "text", "type": kind, "value": value}


def exported(*result: dict[str, Any], **more: object) -> dict[str, Any]:
    annotation = {
        "id": 7,
        "result": list(result),
        "completed_by": {"id": 3, "email": "cat@x.example"},
        "created_at": "2026-11-01T10:00:00Z",
        "updated_at": "2026-11-01T10:00:00Z",
        "was_cancelled": False,
        "ground_truth": False,
        "lead_time": 4.0,
        "parent_prediction": 1,
        "prediction": {"id": 1, "model_version": "review"},
        **more,
    }
    data = {"text": TEXT, "sentence_id": "s1", "article_id": "a", "review": "<ul></ul>"}
    return {"id": 1, "data": data, "annotations": [annotation], "predictions": [1]}


TICKED = item("event", "choices", choices=["talk"])


def test_a_verdict_is_told_from_a_label_and_keeps_its_reason() -> None:
    task = exported(TICKED, item("reason", "textarea", text=["A close\ncall"]))
    found = read_verdicts([task], SCHEMA, where="project 2")
    assert found.problems == ()
    (verdict,) = found.annotations
    assert (verdict.sentence_id, verdict.annotator) == ("s1", "cat@x.example")
    assert verdict.events.aliases == ("talk",)
    assert verdict.verdict
    assert verdict.why == "A close call"
    assert verdict.annotation_id == "review-7"
    assert (verdict.suggested_by, verdict.suggested) == (None, None)


def test_who_skips_gives_no_verdict_and_who_gives_no_reason_gives_one_all_the_same() -> None:
    assert (
        read_verdicts([exported(TICKED, was_cancelled=True)], SCHEMA, where="x").annotations == ()
    )
    (verdict,) = read_verdicts([exported(TICKED)], SCHEMA, where="x").annotations
    assert verdict.why == ""


def test_an_empty_project_and_one_without_answers_have_none() -> None:
    assert read_verdicts([], SCHEMA, where="x").annotations == ()
    task = {**exported(), "annotations": []}
    assert read_verdicts([task], SCHEMA, where="x").annotations == ()


def test_what_cannot_be_understood_is_listed() -> None:
    task = exported(item("event", "choices", choices=["unheard of"]), TICKED)
    good = exported(TICKED)
    good["data"] = {**good["data"], "sentence_id": "s2"}
    found = read_verdicts([task, good], SCHEMA, where="project 2")
    assert [one.sentence_id for one in found.annotations] == ["s2"]
    assert "project 2" in found.problems[0].message


def test_an_only_verdict_with_a_label_of_an_earlier_configuration_is_listed() -> None:
    task = exported(item("event", "choices", choices=["unheard of"]))
    found = read_verdicts([task], SCHEMA, where="project 2")
    assert found.annotations == ()
    (problem,) = found.problems
    assert "project 2" in problem.message
    assert "unheard of" in problem.message
    assert "--config" not in problem.hint
    assert "review project" in problem.hint


def test_a_review_project_of_which_nothing_fits_is_listed() -> None:
    task = exported(TICKED)
    task["data"] = {"other": TEXT}
    found = read_verdicts([task], SCHEMA, where="project 2")
    assert found.annotations == ()
    (problem,) = found.problems
    assert "project 2" in problem.message


def test_close_calls_are_printed_with_what_people_had_said_instead() -> None:
    claim = NumericClaim(0, 6, "12 men", "dead", Decimal(12), Decimal(12), "exactly")
    said = (
        annotate(SCHEMA, "s1", "fight", annotator="ann"),
        annotate(SCHEMA, "s1", "talk", claims=(claim,), annotator="bob"),
        replace(
            annotate(SCHEMA, "s1", "talk", claims=(claim,), annotator="cat"),
            verdict=True,
            why="Nobody fights here.",
        ),
        replace(annotate(SCHEMA, "s2", "talk", annotator="cat"), verdict=True),
    )
    rows = tuple(Sentence(key, "a", 0, 0, len(TEXT), TEXT) for key in ("s1", "s2"))
    calls = close_calls(Snapshot(Path(), "0" * 16, SCHEMA, rows, said, {}))
    assert as_codebook(calls) == (
        "- “12 men fled” → talk; “12 men” dead, 12 (not: fight). Nobody fights here."
    )
