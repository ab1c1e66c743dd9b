"""Every mark of every person."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from annotation.records import NO_PLACE, SuggestedLabels
from newsledger.ledger.tables.marks import label_rows
from tests.corpus import annotate
from tests.unit.newsledger.ledger.handover import ANN, SCHEMA, claim, rows, sentences, snapshot


def test_each_mark_says_who_made_it_when_and_how_long_it_took(tmp_path: Path) -> None:
    labels = rows(snapshot(tmp_path))["labels"]
    first = next(row for row in labels if row["label_id"] == "a1:0-18#11#fight")
    assert (first["annotator"], first["updated_at"]) == (ANN, "2026-11-01T10:00:00Z")
    assert (first["seconds"], first["suggested_by"], first["counted"]) == (4.5, "m0", True)


def test_a_mark_says_what_became_of_the_suggestion(tmp_path: Path) -> None:
    labels = rows(snapshot(tmp_path))["labels"]
    changes = {
        row["label_id"].split("#", 2)[2]: row["change"]
        for row in labels
        if row["annotation_id"] == "11"
    }
    assert changes == {"fight": "as suggested", "talk-removed": "removed", "2-12/dead": "changed"}


def test_what_the_suggestion_said_may_be_unknown(tmp_path: Path) -> None:
    labels = rows(snapshot(tmp_path))["labels"]
    assert {row["change"] for row in labels if row["annotation_id"] == "12"} == {None}


def test_a_mark_of_ones_own_is_added_and_one_that_was_moved_is_changed() -> None:
    sentence = sentences()[0]
    mine = claim("Twelve men", "dead", 12, sentence.text)
    moved = replace(mine, end=mine.end - 4, text="Twelve")
    other = claim("died", "rest", 1, sentence.text)
    said = replace(
        annotate(SCHEMA, sentence, "help", claims=(mine, other), annotation_id="1"),
        suggested=SuggestedLabels((), (moved,)),
    )
    found = {row["text"] or row["label"]: row["change"] for row in label_rows(sentence, [said], [])}
    assert found == {"help": "added", "Twelve men": "changed", "died": "added"}


def test_an_equal_claim_is_as_suggested_however_the_number_is_written() -> None:
    sentence = sentences()[0]
    mine = claim("Twelve men", "dead", 12, sentence.text)
    said = replace(
        annotate(SCHEMA, sentence, claims=(mine,), annotation_id="1"),
        suggested=SuggestedLabels((), (replace(mine, low=Decimal("12.0"), score=0.7),)),
    )
    (row,) = label_rows(sentence, [said], [said])
    assert row["change"] == "as suggested"


def test_who_skipped_and_who_marked_nothing_have_a_row_each() -> None:
    sentence = sentences()[0]
    skipped = annotate(SCHEMA, sentence, "fight", cancelled=True)
    nothing = annotate(SCHEMA, sentence, annotator="ben")
    found = list(label_rows(sentence, [skipped, nothing], [nothing]))
    assert [(row["mark"], row["counted"]) for row in found] == [
        ("skipped", False),
        ("nothing", True),
    ]


def test_that_there_is_no_day_is_a_mark_as_that_there_is_no_place() -> None:
    sentence = sentences()[0]
    said = replace(annotate(SCHEMA, sentence, "fight"), no_day=True, corrected_place=NO_PLACE)
    found = list(label_rows(sentence, [said], [said]))
    assert [(row["mark"], row["text"]) for row in found[1:]] == [("day", "-"), ("place", "-")]


def test_two_annotations_of_one_name_without_ids_have_rows_of_their_own() -> None:
    sentence = sentences()[0]
    twice = annotate(SCHEMA, sentence, "fight")
    ids = [row["label_id"] for row in label_rows(sentence, [twice, twice], [])]
    assert len(set(ids)) == 2


def test_a_verdict_is_told_from_a_label_that_was_set_as_the_truth() -> None:
    sentence = sentences()[0]
    star = replace(annotate(SCHEMA, sentence, "help", annotation_id="1"), ground_truth=True)
    verdict = replace(star, annotation_id="review-2", verdict=True, why="Nobody is helped.")
    rows_of = {row["annotation_id"]: row for row in label_rows(sentence, [star, verdict], [])}
    assert {row["ground_truth"] for row in rows_of.values()} == {True}
    assert [(row["verdict"], row["why"]) for row in rows_of.values()] == [
        (False, None),
        (True, "Nobody is helped."),
    ]
