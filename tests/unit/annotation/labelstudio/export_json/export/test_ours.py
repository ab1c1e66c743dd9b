"""Exports of our own projects become records."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from annotation.labelstudio.export_json.export import with_languages_told
from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.machine_account import machine_address
from annotation.records import (
    ArticleMetadata,
    NumericClaim,
    Picked,
    SuggestedLabels,
    Task,
    WithheldSuggestion,
)
from tests.unit.annotation.labelstudio.exports import (
    labelled,
    number,
    parse,
    span,
    ticked,
)
from tests.unit.annotation.labelstudio.sample import SCHEMA, SENTENCE


def test_an_annotation_is_read_in_full() -> None:
    export = parse(
        labelled(
            number("r", "low", 12),  # values may stand before their span
            span("r", 0, 11, "killed"),
            ticked("siege", "clash"),
            completed_by={"id": 3, "email": "ann@x.test"},
            lead_time=4.5,
            ground_truth=True,
            prediction={"id": 1, "model_version": "model-0"},
        )
    )
    (annotation,) = export.annotations
    assert annotation.sentence_id == "a:0003"
    assert annotation.annotator == "ann@x.test"
    assert annotation.events.aliases == ("clash", "siege")
    assert annotation.claims == (NumericClaim(0, 11, "At least 12", "killed", Decimal(12)),)
    assert annotation.annotation_id == "7"
    assert annotation.updated_at == "2026-01-02T03:04:05Z"
    assert annotation.lead_time == 4.5
    assert annotation.ground_truth
    assert annotation.suggested_by == "model-0"
    assert export.sentences == (SENTENCE,)
    assert export.picked == {"a:0003": Picked("all", 1.0)}


def test_overlapping_equal_and_valueless_claims_all_survive() -> None:
    export = parse(
        labelled(
            span("r1", 0, 16, "killed"),
            span("r2", 9, 11, "at_risk"),
            span("r3", 9, 11, "killed"),
            span("r4", 9, 11, "killed"),
            number("r4", "high", 5),
        )
    )
    found = [(c.start, c.end, c.kind, c.high) for c in export.annotations[0].claims]
    assert found == [
        (0, 16, "killed", None),
        (9, 11, "at_risk", None),
        (9, 11, "killed", None),
        (9, 11, "killed", Decimal(5)),
    ]
    assert export.problems == ()


def test_an_empty_result_says_that_nothing_was_ticked() -> None:
    (annotation,) = parse(labelled()).annotations
    assert annotation.events.aliases == ()
    assert annotation.claims == ()


def test_a_skipped_task_is_kept_and_marked() -> None:
    assert parse(labelled(was_cancelled=True)).annotations[0].cancelled


def test_drafts_are_no_annotations() -> None:
    task = {**labelled(), "annotations": [], "drafts": [{"result": [ticked("clash")]}]}
    assert parse(task).annotations == ()


def test_several_people_may_label_one_task_and_an_edit_replaces_its_first_form() -> None:
    one = labelled(ticked("clash"), id=1, completed_by=4)
    two = labelled(ticked("siege"), id=2, completed_by="bob@x.test")
    edited = labelled(ticked("siege"), id=1, completed_by=4, updated_at="2026-02-01T00:00:00Z")
    export = parse(edited, one, two)
    assert [(a.annotator, a.events.aliases) for a in export.annotations] == [
        ("user 4", ("siege",)),
        ("bob@x.test", ("siege",)),
    ]
    assert len(export.sentences) == 1


def test_the_suggestion_is_also_found_by_its_id() -> None:
    task = labelled(parent_prediction=9)
    task["predictions"] = [{"id": 9, "model_version": "model-4"}]
    assert parse(task).annotations[0].suggested_by == "model-4"
    assert parse(labelled(parent_prediction=9)).annotations[0].suggested_by is None


def test_what_the_suggestion_said_is_kept_as_far_as_it_is_told() -> None:
    said = [ticked("clash"), span("r", 0, 11, "killed"), number("r", "low", 12)]
    copy = {"id": 1, "model_version": "model-0", "result": said}
    claim = NumericClaim(0, 11, "At least 12", "killed", Decimal(12))
    expected = SuggestedLabels(("clash",), (claim,))
    assert parse(labelled(prediction=copy)).annotations[0].suggested == expected
    seen = labelled(parent_prediction=9, prediction=copy)
    seen["predictions"] = [{"id": 9, "model_version": "model-4"}]
    assert parse(seen).annotations[0].suggested is None  # it was another one
    same = labelled(parent_prediction=1, prediction=copy)
    same["predictions"] = [{"id": 1, "model_version": "model-0"}]
    assert parse(same).annotations[0].suggested == expected


@pytest.mark.parametrize(
    "said", [None, {}, {"id": 1, "model_version": "m"}, {"id": 1, "result": [ticked("unheard")]}]
)
def test_a_suggestion_that_is_not_told_or_is_of_other_labels_is_unknown(said: Any) -> None:
    assert parse(labelled(ticked("clash"), prediction=said)).annotations[0].suggested is None


def test_where_an_article_comes_from_is_told_by_its_tasks() -> None:
    article = ArticleMetadata(
        "a", "Headline", "Reuters", "https://x.test/1", "2019-03-09", None, None, "00ff"
    )
    newer = {
        "id": 2,
        "created_at": "2026-02-01T00:00:00Z",
        "data": task_data(Task(SENTENCE, "Headline", article=article), SCHEMA),
    }
    other = replace(SENTENCE, id="a:0004")
    older = {
        "id": 1,
        "created_at": "2026-01-01T00:00:00Z",
        "data": task_data(Task(other), SCHEMA),
    }
    expected = replace(article, added="2026-01-01T00:00:00Z")
    assert parse(newer, older).articles == parse(older, newer).articles == (expected,)


def test_the_suggestion_that_the_person_saw_goes_before_the_one_that_had_replaced_it() -> None:
    task = labelled(parent_prediction=9, prediction={"id": 10, "model_version": "model-5"})
    assert parse(task).annotations[0].suggested_by == "model-5"
    task["predictions"] = [{"id": 9, "model_version": "model-4"}, 10]
    assert parse(task).annotations[0].suggested_by == "model-4"


def test_of_what_is_not_english_the_language_is_told_and_noted() -> None:
    export = parse(labelled(ticked("clash")))
    (sentence,) = export.sentences
    french = "Les 12 civils de la ville ont été tués dans une attaque, selon l'hôpital."
    foreign = replace(export, sentences=(sentence, replace(sentence, id="f", text=french)))
    told = with_languages_told(foreign)
    assert [one.language for one in told.sentences] == [sentence.language, "fr"]
    assert told.notes == (
        *export.notes,
        "Not in English, so no numbers are read in them: fr 1.",
    )
    assert with_languages_told(export) is export


def test_who_was_to_see_no_suggestion_started_from_none() -> None:
    task = labelled(ticked("clash"), parent_prediction=9)
    task["predictions"] = [{"id": 9, "model_version": "model-4", "result": []}]
    task["data"]["blind"] = True
    (annotation,) = parse(task).annotations
    assert (annotation.suggested_by, annotation.suggested) == (None, None)
    assert annotation.withheld == WithheldSuggestion("model-4")
    task["data"]["blind"] = False
    assert parse(task).annotations[0].withheld is None
    del task["annotations"][0]["parent_prediction"]
    task["data"]["blind"] = True
    assert parse(task).annotations[0].withheld == WithheldSuggestion()


def test_what_a_machine_said_in_bulk_is_nobodys_label() -> None:
    """Wherever an export is read; the person who labelled the same sentence stays."""
    alias = SCHEMA.event_aliases[0]
    task = labelled(ticked(alias), completed_by={"id": 3, "email": machine_address("w1")})
    person = {**task["annotations"][0], "id": 8, "completed_by": {"id": 4, "email": "ann@x.org"}}
    both = parse({**task, "annotations": [*task["annotations"], person]})
    assert [one.annotator for one in both.annotations] == ["ann@x.org"]
    assert [one.annotator for one in both.accepted] == [machine_address("w1")]
    alone = parse(task)
    assert (alone.annotations, len(alone.accepted), len(alone.sentences)) == ((), 1, 1)
