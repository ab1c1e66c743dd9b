"""Records become the tasks and predictions that Label Studio documents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from annotation.errors import UnknownLabelError
from annotation.labelstudio.import_json import (
    EARLY,
    LEAST_MARKED,
    LEAST_TICKED,
    readings,
    shown_labels,
    task_data,
    to_prediction,
)
from annotation.records import (
    POLICIES,
    ArticleMetadata,
    EventScore,
    NumericClaim,
    Picked,
    Prediction,
    SuggestedLabels,
    Task,
)
from annotation.schema import parse_schema
from tests.unit.annotation.labelstudio.sample import SCHEMA, SENTENCE, TEXT, XML

CLAIM = NumericClaim(
    0, 11, "At least 12", "killed", Decimal(12), None, "at_least", attribution="officials"
)


def suggestion(*claims: NumericClaim, events: tuple[EventScore, ...] = ()) -> Prediction:
    return Prediction("a:0003", events, claims, "model-1", 0.5)


def test_a_task_carries_our_key_its_context_and_every_variable_of_the_schema() -> None:
    article = ArticleMetadata("a", "Title", "Reuters", "https://x.test/1", "2019-03-09")
    task = Task(
        SENTENCE, "Title", "Before.", "After.", "Reuters", Picked("random", 0.2), article=article
    )
    assert task_data(task, SCHEMA, prediction=suggestion(CLAIM)) == {
        "headline": "",
        "text": TEXT,
        "sentence_id": "a:0003",
        "article_id": "a",
        "index": 3,
        "start": 40,
        "end": 40 + len(TEXT),
        "title": "Title",
        "before": "Before.",
        "after": "After.",
        "outlet": "Reuters",
        "source": "Reuters",
        "url": "https://x.test/1",
        "published": "2019-03-09",
        "language": "",
        "sha256": "",
        "page_sha256": "",
        "boilerplate": False,
        "also_in": [],
        "picked_method": "random",
        "picked_probability": 0.2,
        "blind": False,
        "people": "",
        "when_where": "",
        "readings": "At least 12 → at least 12 · killed · according to officials",
    }


def test_the_sentence_stands_in_the_field_of_the_schema_even_if_we_use_that_name() -> None:
    schema = parse_schema(XML.replace("$text", "$title"))
    assert task_data(Task(SENTENCE, "Headline"), schema)["title"] == TEXT


D = Decimal


@pytest.mark.parametrize(
    ("low", "high", "modifier", "reading"),
    [
        (D(100), D(100), "about", "about 100"),
        (D(100), D(100), "exactly", "100"),
        (D(4000), D(4000), None, "4,000"),
        (D("1E+6"), D("1E+6"), None, "1,000,000"),
        (D("2.5"), D("2.5"), None, "2.5"),
        (D(80), None, "at_least", "at least 80"),
        (None, D(50), "at_most", "at most 50"),
        (D(10), D(15), "between", "10 to 15"),
        (D(24), None, "vague", "vague at least 24"),
        (None, None, None, "no number"),
    ],
)
def test_a_reading_says_what_the_value_is(
    low: Decimal | None, high: Decimal | None, modifier: Any, reading: str
) -> None:
    claim = replace(CLAIM, low=low, high=high, modifier=modifier, kind="at_risk")
    assert (
        readings(suggestion(claim), SCHEMA)
        == f"At least 12 → {reading} · at risk · according to officials"
    )


def test_a_reading_names_a_policy_that_is_not_the_usual_one() -> None:
    vague = replace(CLAIM, low=D(24), high=None, modifier="vague", attribution=None)
    told = {
        policy: readings(suggestion(replace(vague, policy=policy)), SCHEMA)
        for policy in (None, *POLICIES)
    }
    assert told[None] == told["literal"] == "At least 12 → vague at least 24 · killed"
    assert told["acled"] == "At least 12 → vague at least 24 (acled) · killed"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (D(1) / 3, "fraction", "a third"),
        (D(2) / 3, "fraction", "two thirds"),
        (D("0.5"), "fraction", "half"),
        (D("0.75"), "fraction", "three quarters"),
        (D("0.2"), "fraction", "a fifth"),
        (D("0.7"), "fraction", "seven tenths"),
        (D("0.05"), "fraction", "0.05"),
        (D("1.5"), "fraction", "1.5"),
        (D("0.33"), "fraction", "0.33"),
        (D(1) / 3, "t", "0.333"),
        (D(1_000_000) / 3, "count", "333,333.333"),
        (D("0.00012345"), "t", "0.000123"),
        (D("3.14159"), "t", "3.142"),
        (D("1234.56"), "USD", "1,234.56"),
        (D("2.50"), "t", "2.5"),
        (D("12.0"), "count", "12"),
        (D("1234567891"), "count", "1,234,567,891"),
        (D("1E+40"), "count", f"{10**40:,}"),
        (D("9.9999"), "t", "10"),
        (D("-0.5"), "percent", "-0.5"),
        (D(0), "count", "0"),
    ],
)
def test_a_reading_is_rounded_as_people_write_but_a_count_never(
    value: Decimal, unit: str, shown: str
) -> None:
    claim = replace(CLAIM, low=value, high=value, modifier="exactly", unit=unit)
    assert (
        readings(suggestion(claim), SCHEMA)
        == f"At least 12 → {shown} · killed · according to officials"
    )


def test_both_ends_of_a_range_are_rounded() -> None:
    claim = replace(CLAIM, low=D(1) / 3, high=D("0.5"), modifier="between", unit="fraction")
    assert (
        readings(suggestion(claim), SCHEMA)
        == "At least 12 → a third to half · killed · according to officials"
    )


def test_several_readings_stand_in_one_line() -> None:
    assert readings(suggestion(CLAIM, CLAIM), SCHEMA).count(" | ") == 1
    assert readings(suggestion(), SCHEMA) == ""


def test_a_prediction_has_the_form_that_label_studio_documents() -> None:
    claim = replace(CLAIM, score=0.9, high=Decimal("12.5"))
    events = (EventScore("siege", 0.7), EventScore("clash", 0.6))
    part = {"id": "claim-1", "to_name": "t"}
    span = {"start": 0, "end": 11, "text": "At least 12"}
    assert to_prediction(suggestion(claim, events=events), SENTENCE, SCHEMA) == {
        "model_version": "model-1",
        "score": 0.5,
        "result": [
            {
                "id": "events",
                "from_name": "event",
                "to_name": "t",
                "type": "choices",
                "value": {"choices": ["clash", "siege"]},
            },
            {
                **part,
                "from_name": "claim",
                "type": "labels",
                "score": 0.9,
                "value": {**span, "labels": ["killed"]},
            },
            {**part, "from_name": "low", "type": "number", "value": {**span, "number": 12}},
            {**part, "from_name": "high", "type": "number", "value": {**span, "number": 12.5}},
            {
                **part,
                "from_name": "modifier",
                "type": "choices",
                "value": {**span, "choices": ["at_least"]},
            },
            {
                **part,
                "from_name": "attribution",
                "type": "textarea",
                "value": {"start": 0, "end": 11, "text": ["officials"]},
            },
        ],
    }


@pytest.mark.parametrize(
    ("low", "high", "modifier", "shown"),
    [
        (30, 30, "exactly", ["low"]),
        (30, 30, "about", ["low"]),
        (30, 31, "about", ["low", "high"]),
        (30, 30, "between", ["low", "high"]),
        (30, 30, "vague", ["low", "high"]),
        (30, 30, None, ["low", "high"]),
        (None, 30, "at_most", ["high"]),
    ],
)
def test_one_value_stands_in_one_field_so_that_one_is_to_be_corrected(
    low: int | None, high: int, modifier: Any, shown: list[str]
) -> None:
    claim = replace(CLAIM, low=D(low) if low else None, high=D(high), modifier=modifier)
    result: Any = to_prediction(suggestion(claim), SENTENCE, SCHEMA)["result"]
    assert [one["from_name"] for one in result if one["type"] == "number"] == shown


def test_without_modifiers_both_ends_are_said() -> None:
    control = XML[XML.index('<Choices name="modifier"') :]
    plain = parse_schema(XML.replace(control[: control.index("</Choices>") + 10], ""))
    claim = replace(CLAIM, high=D(12), modifier="exactly")
    result: Any = to_prediction(suggestion(claim), SENTENCE, plain)["result"]
    assert [one["from_name"] for one in result if one["type"] == "number"] == ["low", "high"]


def test_a_claim_that_is_likelier_wrong_is_named_but_not_marked() -> None:
    sure = replace(CLAIM, score=LEAST_MARKED)
    unsure = replace(CLAIM, kind="at_risk", score=LEAST_MARKED - 0.01)
    unscored = replace(CLAIM, score=None)
    result: Any = to_prediction(suggestion(unsure, sure, unscored), SENTENCE, SCHEMA)["result"]
    assert [one["value"]["labels"] for one in result if one["type"] == "labels"] == [
        ["killed"],
        ["killed"],
    ]
    bare = [replace(claim, attribution=None) for claim in (unsure, sure)]
    assert readings(suggestion(*bare), SCHEMA) == (
        "At least 12 → at least 12 · killed | also possible: At least 12 → at least 12 · at risk"
    )
    assert readings(suggestion(bare[0], bare[0]), SCHEMA) == (
        "also possible: At least 12 → at least 12 · at risk"
        " | also possible: At least 12 → at least 12 · at risk"
    )


def test_a_claim_that_is_not_marked_is_checked_all_the_same() -> None:
    with pytest.raises(UnknownLabelError, match="'lost'"):
        to_prediction(suggestion(replace(CLAIM, kind="lost", score=0.01)), SENTENCE, SCHEMA)


def test_an_event_type_that_is_likelier_wrong_is_named_but_not_ticked() -> None:
    events = (EventScore("clash", LEAST_TICKED - 0.01), EventScore("siege", LEAST_TICKED))
    result: Any = to_prediction(suggestion(events=events), SENTENCE, SCHEMA)["result"]
    assert [one["value"]["choices"] for one in result] == [["siege"]]
    named = readings(suggestion(replace(CLAIM, attribution=None), events=events[:1]), SCHEMA)
    value = next(one.value for one in SCHEMA.event_types if one.alias == "clash")
    assert named == f"At least 12 → at least 12 · killed | also possible: {value}"
    assert to_prediction(suggestion(events=events[:1]), SENTENCE, SCHEMA)["result"] == []
    with pytest.raises(UnknownLabelError):
        to_prediction(suggestion(events=(EventScore("riot", 0.01),)), SENTENCE, SCHEMA)


def test_controls_that_the_schema_lacks_are_left_out() -> None:
    only_events = parse_schema(
        '<View><Text name="t" value="$text"/><Choices name="e" toName="t">'
        '<Choice value="clash"/><Choice value="siege"/></Choices></View>'
    )
    events = (EventScore("clash", 0.6), EventScore("siege", 0.7))
    result = to_prediction(suggestion(CLAIM, events=events), SENTENCE, only_events)["result"]
    assert result == [
        {
            "id": "events",
            "from_name": "e",
            "to_name": "t",
            "type": "choices",
            "value": {"choices": ["siege"]},  # one only can be ticked: the more probable
        }
    ]


def test_a_suggestion_may_be_empty() -> None:
    assert to_prediction(suggestion(), SENTENCE, SCHEMA)["result"] == []


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, start=-1),
        replace(CLAIM, end=len(TEXT) + 1),
        replace(CLAIM, start=11),
        replace(CLAIM, start=12),
        replace(CLAIM, text="At least 13"),
        replace(CLAIM, low=Decimal("NaN")),
        replace(CLAIM, high=Decimal("Infinity")),
    ],
)
def test_a_span_or_value_that_the_server_would_swallow_is_refused(claim: NumericClaim) -> None:
    with pytest.raises(ValueError, match=r"a:0003|number"):
        to_prediction(suggestion(claim), SENTENCE, SCHEMA)


def test_labels_that_the_schema_lacks_are_refused() -> None:
    with pytest.raises(UnknownLabelError, match="'riot'"):
        to_prediction(suggestion(events=(EventScore("riot", 1),)), SENTENCE, SCHEMA)
    with pytest.raises(UnknownLabelError, match="'lost'"):
        to_prediction(suggestion(replace(CLAIM, kind="lost")), SENTENCE, SCHEMA)


def test_of_what_is_withheld_nothing_is_shown_but_its_place_in_the_queue() -> None:
    said = suggestion(CLAIM, events=(EventScore("clash", 0.9),))
    assert to_prediction(said, SENTENCE, SCHEMA, blind=True) == {
        "result": [],
        "score": 0.5,
        "model_version": "model-1",
    }
    data = task_data(Task(SENTENCE, blind=True), SCHEMA, prediction=said)
    assert (data["blind"], data["readings"]) == (True, "")
    assert shown_labels(said, SCHEMA) == SuggestedLabels(("clash",), (CLAIM,))


def test_what_is_withheld_is_checked_like_what_is_shown() -> None:
    wrong = suggestion(replace(CLAIM, kind="lost"))
    with pytest.raises(UnknownLabelError):
        to_prediction(wrong, SENTENCE, SCHEMA, blind=True)


def test_what_is_for_several_people_has_a_place_before_all_others() -> None:
    said = suggestion(CLAIM)
    assert task_data(Task(SENTENCE, people=3), SCHEMA, prediction=said)["people"] == "3"
    assert to_prediction(said, SENTENCE, SCHEMA, people=3)["score"] == pytest.approx(0.5 * EARLY)
