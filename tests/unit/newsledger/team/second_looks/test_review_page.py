"""Tasks of the review project: what they show and what is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, ArticleMetadata, NumericClaim, Sentence
from annotation.schema import parse_schema
from newsledger.team.second_looks.review import review_candidates
from newsledger.team.second_looks.review_config import SAYS
from newsledger.team.second_looks.review_page import review_tasks
from newsledger.team.second_looks.second_opinion import SecondOpinion
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
TEXT = "12 men <died> & fled"
CLAIM = NumericClaim(0, 6, "12 men", "dead", Decimal(12), Decimal(12), "exactly")
ARTICLE = ArticleMetadata("a", "Headline", "The Paper", published="2026-11-01")


def snapshot(*annotations: Annotation) -> Snapshot:
    texts = ("Headline", TEXT, "After it.")
    rows = [Sentence(f"s{n}", "a", n, 0, len(text), text) for n, text in enumerate(texts)]
    rows.append(Sentence("other", "b", 0, 0, 5, "Other"))
    return Snapshot(Path(), "0" * 16, SCHEMA, tuple(rows), annotations, {}, articles=(ARTICLE,))


def split() -> Snapshot:
    return snapshot(
        annotate(SCHEMA, "s1", "fight", claims=(CLAIM,), annotator="ann@x.example"),
        annotate(SCHEMA, "s1", "talk", annotator="bob@x.example"),
    )


def test_a_task_shows_why_and_each_answer_beside_its_sentence_and_context() -> None:
    frozen = split()
    (task,) = review_tasks(review_candidates(frozen, {}), frozen)
    assert task.key == task.data["sentence_id"] == "s1"
    assert (task.data["text"], task.data["before"], task.data["after"]) == (TEXT, "", "After it.")
    assert (task.data["title"], task.data["outlet"]) == ("Headline", "The Paper · 2026-11-01")
    says = str(task.data[SAYS])
    assert "<li>1 of 2 ticked ‘fight’, 1 did not</li>" in says
    assert "<th>First person</th><th>Second person</th>" in says
    assert "<td>fight</td><td>talk</td>" in says
    assert "<td>12 men → 12 · dead</td><td></td>" in says
    assert "ann@" not in says


def test_names_are_shown_where_that_is_asked_for() -> None:
    frozen = split()
    (task,) = review_tasks(review_candidates(frozen, {}), frozen, names=True)
    assert "<th>ann@x.example</th><th>bob@x.example</th>" in str(task.data[SAYS])


def test_what_people_marked_is_escaped() -> None:
    wide = replace(CLAIM, end=len(TEXT), text=TEXT)
    frozen = snapshot(
        annotate(SCHEMA, "s1", "fight", claims=(wide,), annotator="<b>ann</b>"),
        annotate(SCHEMA, "s1", "talk", annotator="bob"),
    )
    says = str(review_tasks(review_candidates(frozen, {}), frozen, names=True)[0].data[SAYS])
    assert "12 men &lt;died&gt; &amp; fled" in says
    assert "<b>" not in says


def test_the_likelier_side_of_a_tie_is_filled_in_with_the_claims() -> None:
    frozen = split()
    says_talk = SecondOpinion({"fight": 0.1, "talk": 0.9, "help": 0.0, "nothing": 0.0, "junk": 0.0})
    (task,) = review_tasks(review_candidates(frozen, {"s1": says_talk}), frozen)
    by_control = {item["from_name"]: item["value"] for item in task.result}
    assert by_control["event"]["choices"] == ["talk"]
    assert by_control["claim"]["labels"] == ["dead"]


def test_what_excludes_the_rest_gives_way_to_the_likelier_side() -> None:
    frozen = snapshot(
        annotate(SCHEMA, "s1", "nothing", annotator="ann"),
        annotate(SCHEMA, "s1", "talk", annotator="bob"),
    )
    (task,) = review_tasks(review_candidates(frozen, {}), frozen)
    assert task.result[0]["value"]["choices"] == ["talk"]


def test_day_and_place_that_people_typed_are_filled_in_or_they_would_be_lost() -> None:
    fields = (
        '<DateTime name="when" toName="text" only="date" format="%Y-%m-%d" corrects="day"/>'
        '<TextArea name="where" toName="text" corrects="place"/></View>'
    )
    schema = parse_schema(XML.replace("</View>", fields))
    frozen = replace(split(), schema=schema)
    said = tuple(
        replace(one, corrected_day=date(2026, 11, 2), corrected_place="Mubi")
        for one in frozen.annotations
    )
    frozen = replace(frozen, annotations=said)
    read = {"s1": replace(frozen.tasks()["s1"], when_where="2026-11-01 · Gwoza")}
    (task,) = review_tasks(review_candidates(frozen, {}), frozen, tasks=read)
    assert task.data["when_where"] == "2026-11-01 · Gwoza"
    assert "<td>2026-11-02 · Mubi</td><td>2026-11-02 · Mubi</td>" in str(task.data[SAYS])
    filled = {str(one["from_name"]): one["value"] for one in task.result}
    assert filled["when"] == {"datetime": "2026-11-02"}
    assert filled["where"] == {"text": ["Mubi"]}


def test_that_there_is_no_day_is_shown_and_filled_in() -> None:
    field = '<Choices name="undated" toName="text" denies="day"><Choice value="no day"/></Choices>'
    schema = parse_schema(XML.replace("</View>", f"{field}</View>"))
    said = tuple(replace(one, no_day=True) for one in split().annotations)
    frozen = replace(split(), schema=schema, annotations=said)
    (task,) = review_tasks(review_candidates(frozen, {}), frozen)
    assert "<td>no day</td><td>no day</td>" in str(task.data[SAYS])
    filled = {str(one["from_name"]): one["value"] for one in task.result}
    assert filled["undated"] == {"choices": ["no day"]}
