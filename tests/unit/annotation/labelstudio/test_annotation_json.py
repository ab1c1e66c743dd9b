"""What people said goes into Label Studio again and reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from annotation.dataset.completion import complete
from annotation.errors import UnknownLabelError
from annotation.labelstudio.annotation_json import to_annotation, typed_text
from annotation.labelstudio.export_json.export import parse_tasks, read_export
from annotation.labelstudio.import_json import task_data
from annotation.records import NO_PLACE, Annotation, EventLabels, NumericClaim, Sentence, Task
from annotation.schema import read_schema
from newsledger.commands.state.seeds import SEED_LABELS
from newsledger.settings import packaged

SCHEMA = read_schema(packaged("label_config.xml"))
TEXT = (
    "Gunmen shot dead an inspector, and dozens of 1,200 troops fled 🙂, between 30 and 40 by noon."
)
SENTENCE = Sentence("a:0003", "a", 3, 40, 40 + len(TEXT), TEXT)

Items = list[dict[str, Any]]


def ticked(*events: str) -> dict[str, Any]:
    value = {"choices": list(events)}
    return {"id": "e", "from_name": "event", "to_name": "text", "type": "choices", "value": value}


def marked(words: str, kind: str, region: str = "r1", **values: Any) -> Items:
    """A span with what was typed beside it."""
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words)}
    shared = {"id": region, "to_name": "text"}
    items = [{**shared, "from_name": "claim", "type": "labels",
              "value": {**span, "text": words, "labels": [kind]}}]  # fmt: skip
    for name, said in values.items():
        key = {"low": "number", "high": "number", "attribution": "text"}.get(name, "choices")
        kind_of = "textarea" if key == "text" else key
        value = {**span, "text": words, key: said if key == "number" else [said]}
        items.append({**shared, "from_name": name, "type": kind_of, "value": value})
    return items


def read(annotation: dict[str, Any]) -> Annotation:
    """As a pull reads it, completed."""
    stored = {"id": 7, "updated_at": "2026-11-01T10:00:00Z", **annotation}
    task = {"id": 1, "data": task_data(Task(SENTENCE), SCHEMA), "annotations": [stored]}
    export = parse_tasks([task], SCHEMA, where="test")
    assert export.problems == ()
    (one,) = complete(export.annotations, {SENTENCE.id: TEXT}).annotations
    return one


def again(one: Annotation) -> Annotation:
    """The same after it went to a server and came back."""
    sent = to_annotation(one, SENTENCE, SCHEMA, person=3)
    assert sent["completed_by"] == 3
    return read({**sent, "completed_by": {"id": 3, "email": one.annotator}})


ANN = {"id": 3, "email": "ann@newsledger.example"}


@pytest.mark.parametrize(
    "result",
    [
        [],
        [ticked("none")],
        [ticked("clash", "siege")],
        marked("an inspector", "killed"),
        marked("an inspector", "killed", low=1),
        marked("ozen", "surrendered"),
        marked("dozens", "killed", low=24, high=24, modifier="vague"),
        marked("dozens", "killed", low=36, modifier="vague"),
        marked("1,200 troops", "killed", modifier="about", low=1200),
        marked("1,200 troops", "killed", modifier="at_most", high=1200),
        marked("1,200 troops", "killed", modifier="at_least", low=1200, high=0),
        marked("1,200 troops", "killed", modifier="at_least", low=1000, high=2000),
        marked("between 30 and 40", "killed", modifier="between", low=30, high=40),
        marked("1,200", "killed", low=1200),
        marked("1,200", "killed", high=0.25),
        marked("1,200", "killed", low=1200, role="earlier", attribution="the army 🙂; a witness"),
        marked("30", "killed", attribution="Gunmen"),
        marked("30 and 40", "killed"),
        [*marked("1,200", "killed"), *marked("1,200", "wounded", "r2")],
        [*marked("1,200", "killed"), *marked("1,200", "killed", "r2", low=1, high=2)],
        [ticked("clash"), *marked("by noon", "killed"), *marked("1,200", "killed", "r2", low=0)],
    ],
)
def test_what_somebody_said_reads_the_same_after_it_went_to_a_server_again(result: Items) -> None:
    first = read({"result": result, "completed_by": ANN, "lead_time": 4.5})
    assert again(first) == first


@pytest.mark.slow
def test_every_seed_label_reads_the_same_again() -> None:
    seeds = read_export(packaged(SEED_LABELS), SCHEMA)
    sentences = {one.id: one for one in seeds.sentences}
    texts = {key: one.text for key, one in sentences.items()}
    first = complete(seeds.annotations, texts, policy=SCHEMA.policy).annotations
    assert len(first) > 2_000
    sent = [
        {
            "id": number,
            "data": task_data(Task(sentences[one.sentence_id]), SCHEMA),
            "annotations": [
                {
                    **to_annotation(one, sentences[one.sentence_id], SCHEMA, person=1),
                    "id": one.annotation_id,
                    "completed_by": one.annotator,
                    "updated_at": one.updated_at,
                }
            ],
        }
        for number, one in enumerate(first)
    ]
    again = parse_tasks(sent, SCHEMA, where="test")
    assert again.problems == ()
    plain = [replace(one, suggested_by=None, suggested=None) for one in first]
    assert complete(again.annotations, texts, policy=SCHEMA.policy).annotations == tuple(plain)


def test_what_was_skipped_stays_so_and_nothing_becomes_the_truth() -> None:
    skipped = read({"result": [ticked("clash")], "completed_by": ANN, "was_cancelled": True})
    assert again(skipped) == skipped
    assert skipped.cancelled
    starred = replace(read({"result": [], "completed_by": ANN}), ground_truth=True)
    assert again(starred).ground_truth
    verdict = replace(starred, verdict=True)
    assert to_annotation(verdict, SENTENCE, SCHEMA, person=1)["ground_truth"] is False


def test_what_a_machine_read_is_left_to_it() -> None:
    claim = NumericClaim(
        TEXT.index("1,200"), TEXT.index("1,200") + 5, "1,200", SCHEMA.claim_aliases[0],
        Decimal(1200), Decimal(1200), "exactly", "count", "troops", read_by="machine",
    )  # fmt: skip
    one = Annotation("a:0003", "ann@newsledger.example", SCHEMA.event_labels(()), (claim,))
    result = to_annotation(one, SENTENCE, SCHEMA, person=1)["result"]
    assert isinstance(result, list)
    assert [item["from_name"] for item in result] == ["claim"]


def test_what_does_not_fit_is_refused_and_not_sent() -> None:
    none = SCHEMA.event_labels(())
    far = NumericClaim(0, 999, "x", SCHEMA.claim_aliases[0])
    with pytest.raises(ValueError, match="lies outside"):
        to_annotation(Annotation("a:0003", "a", none, (far,)), SENTENCE, SCHEMA, person=1)
    foreign = EventLabels.__new__(EventLabels)
    object.__setattr__(foreign, "aliases", ("eclipse",))
    with pytest.raises(UnknownLabelError):
        to_annotation(Annotation("a:0003", "a", foreign), SENTENCE, SCHEMA, person=1)


def test_a_reason_is_typed_where_the_page_has_its_field() -> None:
    assert typed_text("reason", "text", "Planted") == {
        "id": "reason",
        "from_name": "reason",
        "to_name": "text",
        "type": "textarea",
        "value": {"text": ["Planted"]},
    }


@pytest.mark.parametrize("place", ["Gwoza, Borno", NO_PLACE, None])
@pytest.mark.parametrize("day", [date(2026, 11, 24), None])
def test_day_and_place_that_were_typed_come_back(day: date | None, place: str | None) -> None:
    said = Annotation(
        "a:0003", "a", SCHEMA.event_labels(["clash"]), corrected_day=day, corrected_place=place
    )
    found = read({"id": 7, **to_annotation(said, SENTENCE, SCHEMA, person=1)})
    assert (found.corrected_day, found.corrected_place) == (day, place)


def test_that_there_is_no_day_comes_back_where_the_page_can_say_so() -> None:
    said = Annotation("a:0003", "a", SCHEMA.event_labels(["clash"]), no_day=True)
    row = to_annotation(said, SENTENCE, SCHEMA, person=1)
    assert read({"id": 7, **row}).no_day
    older = replace(SCHEMA, no_day_control=None)
    assert "no_day" not in str(to_annotation(said, SENTENCE, older, person=1))
