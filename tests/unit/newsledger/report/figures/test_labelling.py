"""How the labelling goes, on labels written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.records import Annotation, Sentence, WithheldSuggestion
from newsledger.report.figures.labelling import Labelling, labelling, median_seconds
from tests.corpus import annotate, make_corpus
from tests.unit.newsledger.report.telling import frozen

CORPUS = make_corpus(2, 6)


def stands(*annotations: Annotation) -> Labelling:
    return labelling(CORPUS.sentences, annotations)


def said(
    place: int, who: str = "ann", at: str = "2026-11-01T10:00:00Z", *, cancelled: bool = False
) -> Annotation:
    sentence = CORPUS.sentences[place]
    return annotate(CORPUS.schema, sentence, "fight", annotator=who, at=at, cancelled=cancelled)


def test_without_labels_all_sentences_wait() -> None:
    found = stands()
    assert (found.labelled, found.waiting, found.people) == (0, 12, ())
    assert found.days_left.why_none == "it takes labels of two days"


def test_what_was_skipped_waits_no_longer_and_is_not_labelled() -> None:
    found = stands(said(0, cancelled=True), said(1))
    assert (found.labelled, found.waiting, found.unlabelled) == (1, 10, 11)
    assert found.people[0].skipped == 1


def test_what_was_accepted_in_bulk_waits_for_nobody_and_is_nobodys_label() -> None:
    found = labelling(CORPUS.sentences, (said(0),), (said(0, "machine"), said(1, "machine")))
    assert (found.labelled, found.labels, found.waiting, len(found.people)) == (1, 1, 10, 1)


def test_of_each_person_the_latest_counts_and_a_skip_only_where_there_is_nothing_else() -> None:
    found = stands(
        said(0),
        said(0, at="2026-11-03T10:00:00Z"),
        said(0, at="2026-11-04T10:00:00Z", cancelled=True),
    )
    assert (found.labels, found.days[0].day, len(found.days)) == (1, "2026-11-03", 1)


def test_of_each_annotation_the_latest_version_counts_whatever_the_time_zone() -> None:
    late = replace(said(0, at="2026-11-03T23:30:00-02:00"), annotation_id="4")
    early = replace(said(0, at="2026-11-04T00:30:00Z"), annotation_id="4")
    assert [day.day for day in stands(late, early).days] == ["2026-11-03"]
    given_up = replace(late, cancelled=True)
    found = stands(early, given_up, said(1))
    assert (found.labels, found.labelled, found.waiting) == (1, 1, 10)
    assert found.people[0].skipped == 1


def test_two_people_on_one_sentence_are_two_labels_and_one_sentence() -> None:
    found = stands(said(0), said(0, "bob"), said(1, "bob"))
    assert (found.labels, found.labelled, found.double) == (3, 2, 1)
    assert [one.name for one in found.people] == ["bob", "ann"]
    assert found.days[0].by_person == (2, 1)


def test_a_verdict_is_no_label_of_one_more_person_and_takes_the_place_of_none() -> None:
    verdict = replace(said(0, "bob", at="2026-11-05T10:00:00Z"), verdict=True)
    found = stands(said(0), verdict, replace(verdict, annotator="ann"))
    assert (found.labels, found.double, [one.name for one in found.people]) == (1, 0, ["ann"])
    assert [day.day for day in found.days] == ["2026-11-01"]


def test_boilerplate_does_not_wait() -> None:
    menu = Sentence("m", "a00", 99, 0, 4, "Menu", boilerplate=True)
    assert labelling((*CORPUS.sentences, menu), ()).waiting == 12
    assert labelling((*CORPUS.sentences, menu), ()).boilerplate == 1


def test_pace_and_what_is_left() -> None:
    snapshot = frozen(200, articles=40)
    found = labelling(snapshot.sentences, snapshot.annotations)
    assert found.a_day.value == 40
    assert found.a_day.n == 5
    assert found.days_left.value == pytest.approx(found.waiting / 40)
    assert found.hours_left.value == pytest.approx(
        found.waiting * (found.seconds.value or 0) / 3600
    )


def test_a_median_has_the_interval_of_its_order_statistics() -> None:
    found = median_seconds([float(one) for one in range(1, 101)])
    assert (found.value, found.low, found.high, found.n) == (50.5, 41, 61, 100)
    assert median_seconds([1.0] * 5).why_none == "the time of 5 labels is known; it takes 6"
    assert median_seconds([1.0]).why_none == "the time of 1 label is known; it takes 6"
    assert median_seconds([]).why_none == "no time is known; it takes 6"


def test_a_time_that_nobody_can_read_is_no_day() -> None:
    assert stands(said(0, at="yesterday")).days == ()


def test_labels_without_a_suggestion_in_sight_are_counted() -> None:
    blind = replace(said(0), withheld=WithheldSuggestion("m"))
    found = stands(blind, replace(said(1), suggested_by="m"), said(2))
    assert (found.blind, found.suggested, found.labels) == (1, 1, 3)
