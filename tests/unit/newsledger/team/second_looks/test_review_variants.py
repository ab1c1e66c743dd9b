"""Schemas, people and texts of other kinds in the review queue."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.dataset.adjudication import adjudicate
from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, NumericClaim, Sentence
from annotation.schema import Schema, parse_schema
from newsledger.team.second_looks.review import review_candidates
from newsledger.team.second_looks.review_config import SAYS, review_config
from newsledger.team.second_looks.review_page import review_tasks
from newsledger.team.second_looks.verdicts import as_codebook, close_calls, read_verdicts
from tests.corpus import XML, annotate
from tests.unit.newsledger.team.second_looks.test_verdicts import exported, item

SCHEMA = parse_schema(XML)
NO_CLAIMS = """<View><Text name="t" value="$body"/><Choices name="what" toName="t"
  choice="multiple"><Choice value="fight"/><Choice value="talk"/></Choices></View>"""
ONLY_CLAIMS = """<View><Labels name="claim" toName="t"><Label value="dead"/><Label value="cash"/>
  </Labels><Text name="t" value="$body"/></View>"""
SINGLE = NO_CLAIMS.replace("multiple", "single")


def frozen(schema: Schema, text: str, *annotations: Annotation, language: str = "en") -> Snapshot:
    row = Sentence("s", "a", 0, 0, len(text), text, language=language)
    return Snapshot(Path(), "0" * 16, schema, (row,), annotations, {})


def split(schema: Schema, text: str = "12 men fled", **more: str) -> Snapshot:
    return frozen(
        schema,
        text,
        annotate(schema, "s", "fight", annotator="ann"),
        annotate(schema, "s", "talk", annotator="bob"),
        **more,
    )


def test_a_schema_without_claims() -> None:
    snapshot = split(parse_schema(NO_CLAIMS))
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot)
    assert task.data["body"] == "12 men fled"
    assert [one["from_name"] for one in task.result] == ["what"]
    assert parse_schema(review_config(snapshot.schema).xml).event_aliases == ("fight", "talk")


def test_a_schema_of_claims_alone() -> None:
    schema = parse_schema(ONLY_CLAIMS)
    one = NumericClaim(0, 6, "12 men", "dead")
    snapshot = frozen(
        schema,
        "12 men fled",
        annotate(schema, "s", claims=(one,), annotator="ann"),
        annotate(schema, "s", claims=(replace(one, kind="cash"),), annotator="bob"),
    )
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot)
    assert "‘dead’ (1 of 2), ‘cash’ (1 of 2)" in str(task.data[SAYS])
    assert [item["value"]["labels"] for item in task.result] == [["dead"]]


def test_where_one_type_can_be_ticked_one_is_filled_in() -> None:
    snapshot = split(parse_schema(SINGLE))
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot)
    assert len(task.result[0]["value"]["choices"]) == 1


def test_eight_people_are_counted() -> None:
    said = [
        annotate(SCHEMA, "s", "fight" if n % 2 else "talk", annotator=f"p{n}") for n in range(8)
    ]
    snapshot = frozen(SCHEMA, "They fled", *said)
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot)
    assert "<th>Sixth person</th><th>Person 7</th><th>Person 8</th>" in str(task.data[SAYS])
    assert "4 of 8 ticked ‘fight’, 4 did not" in str(task.data[SAYS])


@pytest.mark.parametrize(
    "text", ["قُتل 12 رجلاً 🙂 في السوق", "🙂🙂 12 men", "a\u2028b & <i>c</i> 12 men"]
)
def test_words_of_any_kind_keep_their_places(text: str) -> None:
    start = text.index("12")
    claim = NumericClaim(start, start + 2, "12", "dead", Decimal(12), Decimal(12), "exactly")
    snapshot = frozen(
        SCHEMA,
        text,
        annotate(SCHEMA, "s", "fight", claims=(claim,), annotator="ann"),
        annotate(SCHEMA, "s", "talk", claims=(claim,), annotator="bob"),
        language="ar",
    )
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot)
    (marked,) = (one["value"] for one in task.result if one["type"] == "labels")
    assert text[marked["start"] : marked["end"]] == "12"


def test_open_ends_are_named() -> None:
    low = NumericClaim(0, 6, "12 men", "dead", Decimal(12), None, "at_least")
    high = replace(low, low=None, high=Decimal(15), modifier="at_most")
    snapshot = frozen(
        SCHEMA,
        "12 men fled",
        annotate(SCHEMA, "s", "fight", claims=(low,), annotator="ann"),
        annotate(SCHEMA, "s", "fight", claims=(high,), annotator="bob"),
    )
    says = [one.says for one in review_candidates(snapshot, {})[0].reasons]
    assert "“12 men”: value at least 12 (1 of 2), at most 15 (1 of 2)" in says


def test_a_verdict_of_nothing_is_one() -> None:
    (verdict,) = read_verdicts([exported()], SCHEMA, where="x").annotations
    people = annotate(SCHEMA, "s1", "fight", annotator="ann")
    assert adjudicate([people, verdict], SCHEMA).events.aliases == ()


def test_a_reason_of_several_lines_is_one_line() -> None:
    task = exported(item("reason", "textarea", text=["One", " two \n three"]))
    (verdict,) = read_verdicts([task], SCHEMA, where="x").annotations
    assert verdict.why == "One two three"


def test_a_person_without_a_name_is_one_all_the_same() -> None:
    snapshot = frozen(
        SCHEMA,
        "They fled",
        annotate(SCHEMA, "s", "fight", annotator=""),
        annotate(SCHEMA, "s", "talk", annotator="bob"),
    )
    (task,) = review_tasks(review_candidates(snapshot, {}), snapshot, names=True)
    assert "<th>bob</th>" in str(task.data[SAYS])
    assert "<th></th>" not in str(task.data[SAYS])


def test_a_verdict_where_nobody_has_labelled_is_a_close_call_without_alternatives() -> None:
    alone = replace(annotate(SCHEMA, "s", "talk"), verdict=True, why="Because.")
    calls = close_calls(frozen(SCHEMA, "They  talk", alone))
    assert as_codebook(calls) == "- “They talk” → talk. Because."
