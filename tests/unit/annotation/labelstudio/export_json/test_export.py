"""Exports become records; what cannot be understood is left out and listed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import ExportError
from annotation.labelstudio.export_json.export import parse_tasks, read_export, with_languages_told
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.labelstudio.machine_account import machine_address
from annotation.records import (
    MODIFIERS,
    ArticleMetadata,
    EventScore,
    NumericClaim,
    Picked,
    Prediction,
    Sentence,
    SuggestedLabels,
    Task,
    WithheldSuggestion,
)
from annotation.schema import parse_schema
from tests.unit.annotation.labelstudio.exports import (
    complaints,
    labelled,
    number,
    parse,
    span,
    ticked,
)
from tests.unit.annotation.labelstudio.sample import SCHEMA, SENTENCE, TEXT

D = Decimal


def _fits_its_modifier(claim: NumericClaim) -> bool:
    """Whether a value that stands alone is at the end that its modifier speaks of; see below."""
    alone = {
        "exactly": (True, True),
        "about": (True, True),
        "at_least": (True, False),
        "at_most": (False, True),
    }
    there = (claim.low is not None, claim.high is not None)
    return sum(there) != 1 or alone.get(claim.modifier or "", there) == there


_claims = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 30)).flatmap(
        lambda bounds: (
            st.builds(
                NumericClaim,
                start=st.just(bounds[0]),
                end=st.just(bounds[0] + bounds[1]),
                text=st.just(""),
                kind=st.sampled_from(SCHEMA.claim_aliases),
                # No zeros: as the end that stays open they are read as emptied fields, see below.
                low=st.none() | st.integers(-(10**12), 10**12).filter(bool).map(Decimal),
                high=st.none()
                | st.decimals(
                    -(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3
                ).filter(bool),
                modifier=st.none() | st.sampled_from(MODIFIERS),
                attribution=st.none() | st.text(min_size=1),
            )
            .filter(_fits_its_modifier)
            .flatmap(lambda claim: st.sampled_from((claim, replace(claim, high=claim.low))))
            .filter(_fits_its_modifier)
        )
    ),
    max_size=4,
)


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=60, max_size=80),
    claims=_claims,
    events=st.sets(st.sampled_from(SCHEMA.event_aliases)),
)
@pytest.mark.slow
def test_what_goes_out_comes_back(text: str, claims: list[NumericClaim], events: set[str]) -> None:
    sentence = Sentence("s", "a", 0, 0, len(text), text)
    sent = tuple(replace(claim, text=text[claim.start : claim.end]) for claim in claims)
    scores = tuple(EventScore(one, 0.5) for one in events)
    out = to_prediction(Prediction("s", scores, sent, "m"), sentence, SCHEMA)
    task = {
        "id": 1,
        "data": task_data(Task(sentence), SCHEMA),
        "annotations": [{"id": 1, "completed_by": 1, "result": out["result"]}],
    }
    export = parse(json.loads(json.dumps(task)))
    assert export.problems == ()
    assert export.sentences == (sentence,)
    (annotation,) = export.annotations
    assert set(annotation.events.aliases) == events

    def order(claim: NumericClaim) -> str:
        return repr((claim.start, claim.end, claim.kind, claim))

    def plain(claim: NumericClaim) -> NumericClaim:  # 12.500 and 12.5 are the same number
        low, high = (None if v is None else v.normalize() for v in (claim.low, claim.high))
        return replace(claim, low=low, high=high)

    assert sorted(map(plain, annotation.claims), key=order) == sorted(map(plain, sent), key=order)


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


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (12, D(12)),
        (12.5, D("12.5")),
        ("12.50", D("12.50")),
        (0, D(0)),
        (-3, D(-3)),
        (1e6, D(1000000)),
    ],
)
def test_numbers_are_read_however_they_are_stored(stored: object, value: Decimal) -> None:
    (annotation,) = parse(
        labelled(span("r", 0, 11, "killed"), number("r", "low", stored))
    ).annotations
    assert annotation.claims[0].low == value


@pytest.mark.parametrize("stored", ["twelve", True, float("nan"), [1]])
def test_a_value_that_is_no_number_is_listed_and_the_claim_kept(stored: object) -> None:
    export = parse(labelled(span("r", 0, 11, "killed"), number("r", "low", stored)))
    assert export.annotations[0].claims == (NumericClaim(0, 11, "At least 12", "killed"),)
    assert "is not a number" in complaints(export)[0]


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


# ---- exports that we did not make


def foreign(text: str = "A sentence.", **data: object) -> dict[str, Any]:
    return {"id": 1, "data": {"text": text, **data}, "annotations": []}


def test_a_task_without_our_fields_is_known_by_its_text_and_stands_alone() -> None:
    one, two = parse(foreign(), foreign("Another.")).sentences
    assert one.id != two.id
    assert len(one.id) == 16
    assert one.article_id == one.id
    assert (one.index, one.start, one.end) == (0, 0, len("A sentence."))
    assert parse(foreign(), foreign()).sentences == (one,)


def test_a_task_that_nobody_has_labelled_may_lack_the_list_of_annotations() -> None:
    lists: tuple[dict[str, Any], ...] = ({}, {"annotations": None}, {"annotations": []})
    for nothing in lists:
        export = parse({"id": 1, "data": {"text": "A sentence."}, **nothing})
        assert len(export.sentences) == 1
        assert export.annotations == ()
        assert export.problems == ()


def test_tasks_are_grouped_by_a_field_on_demand() -> None:
    tasks = [foreign("One.", doc="d1"), foreign("Two.", doc="d1"), foreign("Three.", doc=7)]
    groups = [one.article_id for one in parse(*tasks, group_by="doc").sentences]
    assert groups == ["d1", "d1", "7"]


def test_a_field_to_group_by_that_no_task_has_is_refused() -> None:
    with pytest.raises(ExportError, match="no task with the field 'dco'"):
        parse(foreign("One.", doc="d1"), group_by="dco")


def test_a_control_that_was_renamed_is_told() -> None:
    """Else all its labels would vanish, and their sentences teach that nothing is claimed."""
    renamed = {"id": "x", "from_name": "spans", "type": "labels", "value": {"labels": ["killed"]}}
    (complaint,) = complaints(parse(labelled(renamed, ticked("clash"))))
    assert "1 labels by the control 'spans': the configuration calls it 'claim'" in complaint


def test_results_of_other_controls_do_not_hurt() -> None:
    rating = {"id": "x", "from_name": "quality", "type": "rating", "value": {"rating": 3}}
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    export = parse(labelled(rating, relation, ticked("clash")))
    assert export.annotations[0].events.aliases == ("clash",)
    assert export.problems == ()


# ---- bad input


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
    ("start", "end"), [(-1, 4), (0, 99), (4, 4), (5, 4), ("0", 4), (None, None), (True, 4)]
)
def test_a_span_outside_the_text_takes_its_annotation_with_it(start: object, end: object) -> None:
    bad = span("r", 0, 11, "killed")
    bad["value"] |= {"start": start, "end": end}
    del bad["value"]["text"]  # nothing tells what was meant
    export = parse(labelled(bad, ticked("clash")), labelled(ticked("clash"), id=8))
    assert [a.annotation_id for a in export.annotations] == ["8"]
    assert "lies outside the text" in complaints(export)[0]


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


@pytest.mark.parametrize(
    ("field", "modifier", "read"),
    [
        ("low", "exactly", (80, 80)),
        ("high", "exactly", (80, 80)),
        ("low", "about", (80, 80)),
        ("high", "about", (80, 80)),
        ("low", "at_least", (80, None)),
        ("high", "at_least", (80, None)),
        ("low", "at_most", (None, 80)),
        ("high", "at_most", (None, 80)),
        ("low", "between", (80, None)),  # the other value is missing: nobody can tell it
        ("high", "between", (None, 80)),
        ("low", "vague", (80, None)),
        ("high", "vague", (None, 80)),
        ("low", None, (80, None)),
        ("high", None, (None, 80)),
    ],
)
def test_of_one_value_alone_the_modifier_says_which_end_it_is(
    field: str, modifier: str | None, read: tuple[int | None, int | None]
) -> None:
    result = [span("r", 9, 11, "killed"), number("r", field, 80)]
    if modifier is not None:
        value = {"start": 9, "end": 11, "choices": [modifier]}
        result.append({"id": "r", "from_name": "modifier", "type": "choices", "value": value})
    (claim,) = parse(labelled(*result)).annotations[0].claims
    assert (claim.low, claim.high) == read


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


def test_a_missing_file_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"nowhere\.json"):
        read_export(tmp_path / "nowhere.json", SCHEMA)


@pytest.mark.parametrize(
    ("low", "high", "modifier", "read"),
    [
        (80, 0, "at_least", (80, None)),
        (0, 50, "at_most", (None, 50)),
        (80, 0, "exactly", (80, 80)),  # one value left, so it is the one
        (0, 0, "exactly", (0, 0)),
        (0, 5, "between", (0, 5)),
    ],
)
def test_a_field_that_was_emptied_is_an_open_end(
    low: int, high: int, modifier: str, read: tuple[int | None, int | None]
) -> None:
    """Label Studio stores 0 for a number field that somebody emptied."""
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Number name="low" toName="t" perRegion="true"/>'
        '<Number name="high" toName="t" perRegion="true"/>'
        '<Choices name="modifier" toName="t" perRegion="true"><Choice value="exactly"/></Choices>'
        "</View>"
    )
    span = {"start": 0, "end": 2, "text": "80"}
    result = [
        {"id": "r", "from_name": "c", "value": {**span, "labels": ["dead"]}},
        {"id": "r", "from_name": "low", "value": {**span, "number": low}},
        {"id": "r", "from_name": "high", "value": {**span, "number": high}},
        {"id": "r", "from_name": "modifier", "value": {**span, "choices": [modifier]}},
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    (annotation,) = parse_tasks([task], schema, where="here").annotations
    (claim,) = annotation.claims
    assert (claim.low, claim.high) == read


# ---- what is not read, or cannot be learnt, is told


def test_choices_of_single_spans_are_told_where_no_others_are_read() -> None:
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Choices name="what" toName="t" perRegion="true"><Choice value="raid"/></Choices></View>'
    )
    place = {"start": 0, "end": 2, "text": "80"}
    result = [
        {"id": "r", "from_name": "c", "type": "labels", "value": {**place, "labels": ["dead"]}},
        {
            "id": "r",
            "from_name": "what",
            "type": "choices",
            "value": {**place, "choices": ["raid"]},
        },
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    export = parse_tasks([task], schema, where="here")
    assert len(export.annotations[0].claims) == 1
    (note,) = export.notes
    assert "1 choices by the control 'what' not read" in note
    assert 'no perRegion="true"' in note


def test_so_are_those_beside_the_event_types_of_sentences() -> None:
    schema = parse_schema(
        '<View><Text name="t" value="$t"/>'
        '<Labels name="c" toName="t"><Label value="dead"/></Labels>'
        '<Choices name="what" toName="t"><Choice value="raid"/></Choices>'
        '<Choices name="trigger" toName="t" perRegion="true"><Choice value="verb"/></Choices>'
        "</View>"
    )
    result = [
        {"from_name": "what", "type": "choices", "value": {"choices": ["raid"]}},
        {
            "id": "r",
            "from_name": "trigger",
            "type": "choices",
            "value": {"start": 0, "end": 2, "text": "80", "choices": ["verb"]},
        },
    ]
    task = {"data": {"t": "80 dead"}, "annotations": [{"id": 1, "result": result}]}
    export = parse_tasks([task], schema, where="here")
    assert export.annotations[0].events.aliases == ("raid",)
    (note,) = export.notes
    assert "1 choices by the control 'trigger' not read, because they speak of single spans" in note


def test_a_span_of_two_kinds_is_told() -> None:
    export = parse(labelled(span("r", 9, 11, "killed", "at_risk"), span("s", 0, 8, "killed")))
    assert len(export.annotations[0].claims) == 3
    (note,) = export.notes
    assert "1 span with two claim kinds or more" in note
    assert "a model learns one kind for a number" in note


def test_a_taxonomy_under_another_name_is_told() -> None:
    tree = {"from_name": "tree", "type": "taxonomy", "value": {"taxonomy": [["clash"]]}}
    (complaint,) = complaints(parse(labelled(tree, span("r", 9, 11, "killed"))))
    assert "1 taxonomy by the control 'tree': the configuration calls it 'event'" in complaint


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
