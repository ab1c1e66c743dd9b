from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from annotation.dataset.adjudication import (
    Adjudicated,
    adjudicate,
    by_sentence,
    latest_of_each,
    latest_verdict,
)
from annotation.records import Annotation, NumericClaim
from annotation.schema import parse_schema
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)


def by(annotator: str, *labels: str, claims: tuple[NumericClaim, ...] = ()) -> Annotation:
    return annotate(SCHEMA, "s", *labels, annotator=annotator, claims=claims)


def claim(start: int, end: int, kind: str = "dead") -> NumericClaim:
    return NumericClaim(start, end, "x" * (end - start), kind)


def decide(*annotations: Annotation) -> Adjudicated:
    """The decision, which must not depend on the order."""
    found = {adjudicate(order, SCHEMA) for order in permutations(annotations)}
    assert len(found) == 1
    return found.pop()


def test_nobody_said_anything() -> None:
    assert decide() == Adjudicated(SCHEMA.event_labels(()), (), (), 0)


def test_what_people_said_of_each_sentence_keeps_its_order() -> None:
    one, other, third = (annotate(SCHEMA, key, "fight") for key in ("t", "s", "t"))
    assert by_sentence((one, other, third)) == {"t": [one, third], "s": [other]}


def test_one_person_decides_alone() -> None:
    found = decide(by("a", "talk", "fight", claims=(claim(0, 4),)))
    assert found.events.aliases == ("fight", "talk")
    assert found.claims == (claim(0, 4),)
    assert found.annotators == 1
    assert not found.undecided


@pytest.mark.parametrize(
    "labels", [("fight", "talk"), ("nothing", "fight"), ("nothing", "junk"), ("help",), ()]
)
def test_an_annotation_decides_alone_as_it_does_beside_a_skipped_one(
    labels: tuple[str, ...],
) -> None:
    said = replace(
        by("a", *labels, claims=(claim(6, 9), claim(0, 4))),
        corrected_day=date(2026, 11, 1),
        corrected_place="Gwoza",
    )
    for one in (said, replace(said, verdict=True), replace(said, ground_truth=True)):
        assert adjudicate((one,), SCHEMA) == decide(one, replace(by("b"), cancelled=True))


def test_more_than_half_decide_and_exactly_half_is_a_tie() -> None:
    found = decide(by("a", "fight", "help"), by("b", "fight"))
    assert found.events.aliases == ("fight",)
    assert found.ties == ("help",)
    assert decide(by("a", "fight"), by("b", "fight"), by("c", "help")).ties == ()


def test_people_who_skipped_do_not_vote() -> None:
    found = decide(by("a", "fight"), replace(by("b"), cancelled=True))
    assert (found.events.aliases, found.annotators) == (("fight",), 1)


def test_the_latest_version_of_an_annotation_counts_whatever_the_time_zone() -> None:
    old = annotate(SCHEMA, "s", "fight", annotation_id="4", at="2026-11-01T10:00:00Z")
    new = annotate(SCHEMA, "s", "help", annotation_id="4", at="2026-11-01T11:30:00+01:00")
    assert decide(old, new).events.aliases == ("help",)
    assert decide(old, replace(new, cancelled=True)).annotators == 0


def test_the_latest_annotation_of_a_person_counts_unless_it_was_skipped() -> None:
    first = annotate(SCHEMA, "s", "fight", annotation_id="9", at="2026-11-01T10:00:00Z")
    second = annotate(SCHEMA, "s", "help", annotation_id="10", at="2026-11-01T10:00:00Z")
    assert decide(first, second).events.aliases == ("help",)
    assert decide(first, replace(second, cancelled=True)).events.aliases == ("fight",)


def test_ground_truth_outvotes_everybody() -> None:
    truth = replace(by("c", "help"), ground_truth=True)
    found = decide(by("a", "fight"), by("b", "fight"), truth)
    assert (found.events.aliases, found.annotators) == (("help",), 1)


@pytest.mark.parametrize(
    ("ticked", "counted"),
    [
        (("nothing", "fight"), ("fight",)),
        (("nothing", "junk"), ("junk",)),
        (("nothing", "junk", "help"), ("help",)),
        (("nothing",), ("nothing",)),
    ],
)
def test_a_label_that_excludes_the_rest_gives_way(
    ticked: tuple[str, ...], counted: tuple[str, ...]
) -> None:
    found = decide(by("a", *ticked))
    assert found.events.aliases == counted


def test_nothing_against_something_leaves_nothing_decided() -> None:
    found = decide(by("a", "nothing"), by("b", "fight"))
    assert found.events.aliases == ()
    assert found.ties == ("fight", "nothing")


class TestClaims:
    def test_hold_when_more_than_half_marked_them(self) -> None:
        found = decide(
            by("a", claims=(claim(0, 10), claim(20, 25))),
            by("b", claims=(claim(3, 10),)),
            by("c", claims=(claim(3, 10),)),
        )
        assert found.claims == (claim(3, 10),)
        assert found.claim_ties == ()

    def test_marked_by_half_are_tied(self) -> None:
        found = decide(by("a", claims=(claim(0, 10),)), by("b"))
        assert found.claims == ()
        assert found.claim_ties == (claim(0, 10),)

    def test_of_two_kinds_are_tied(self) -> None:
        found = decide(
            by("a", claims=(claim(0, 10, "dead"),)), by("b", claims=(claim(0, 10, "cash"),))
        )
        assert found.claims == ()
        assert len(found.claim_ties) == 1

    def test_of_the_same_number_take_the_longer_span_when_people_differ(self) -> None:
        found = decide(by("a", claims=(claim(0, 10),)), by("b", claims=(claim(6, 10),)))
        assert found.claims == (claim(0, 10),)

    def test_side_by_side_stay_two(self) -> None:
        two = (claim(0, 11), claim(16, 29))
        assert decide(by("a", claims=two), by("b", claims=two)).claims == two

    def test_that_overlap_in_one_persons_view_stay_two(self) -> None:
        two = (claim(0, 20), claim(5, 20))
        assert decide(by("a", claims=two), by("b", claims=two)).claims == two


def test_what_somebody_typed_goes_before_what_the_reader_read() -> None:
    typed = replace(claim(0, 4), low=Decimal(12), high=Decimal(12))
    machine = replace(claim(0, 4), low=Decimal(13), read_by="machine")
    assert decide(by("a", claims=(typed,)), by("b", claims=(machine,))).claims == (typed,)
    assert decide(by("b", claims=(typed,)), by("a", claims=(machine,))).claims == (typed,)


def verdict(annotator: str, *labels: str, at: str = "2026-11-02T10:00:00Z") -> Annotation:
    return replace(
        annotate(SCHEMA, "s", *labels, annotator=annotator, at=at, annotation_id="review-1"),
        verdict=True,
    )


def test_a_verdict_counts_alone_whoever_changes_a_label_or_sets_a_star_later() -> None:
    star = annotate(SCHEMA, "s", "talk", annotator="b", at="2026-11-03T10:00:00Z")
    found = decide(by("a", "fight"), replace(star, ground_truth=True), verdict("c", "help"))
    assert found.events.aliases == ("help",)
    assert found.annotators == 1


def test_the_verdict_of_one_who_labelled_the_sentence_replaces_their_own_label() -> None:
    later = annotate(SCHEMA, "s", "fight", annotator="a", at="2026-11-04T10:00:00Z")
    assert decide(by("b", "fight"), verdict("a", "help"), later).events.aliases == ("help",)


def test_of_several_verdicts_the_latest_counts_and_none_that_was_skipped() -> None:
    first, second = verdict("a", "fight"), verdict("b", "help", at="2026-11-05T10:00:00Z")
    assert decide(first, second).events.aliases == ("help",)
    assert decide(first, replace(second, cancelled=True)).events.aliases == ("fight",)


def test_a_verdict_is_no_label_of_one_more_person() -> None:
    said = [by("a", "fight"), verdict("a", "help"), verdict("c", "help")]
    assert latest_of_each(said) == [by("a", "fight")]
    assert latest_verdict(said[:1]) is None


def placed(annotator: str, place: str | None = None, day: date | None = None) -> Annotation:
    return replace(by(annotator, "fight"), corrected_place=place, corrected_day=day)


FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_a_day_that_somebody_typed_goes_before_fields_left_empty() -> None:
    found = decide(placed("ann", "Mubi"), placed("ben", day=FRIDAY), placed("cy"))
    assert (found.day, found.place) == (FRIDAY, "Mubi")
    assert (found.day_tied, found.place_tied) == (False, False)


def test_of_several_days_and_places_the_most_frequent_counts_and_a_tie_is_told() -> None:
    found = decide(
        placed("ann", "Mubi", FRIDAY), placed("ben", "mubi", MONDAY), placed("cy", "Gwoza")
    )
    assert (found.place, found.place_tied) == ("Mubi", False)
    assert (found.day, found.day_tied) == (None, True)
    assert not found.undecided, "models learn neither days nor places"


def test_that_there_is_no_day_counts_as_a_day_of_its_own() -> None:
    none = replace(placed("ann"), no_day=True)
    alone = decide(none, placed("ben"))
    assert (alone.day, alone.no_day, alone.day_tied) == (None, True, False)
    assert alone.typed_when_where
    split = decide(none, placed("ben", day=FRIDAY))
    assert (split.day, split.no_day, split.day_tied) == (None, False, True)
    most = decide(none, placed("ben", day=FRIDAY), placed("cy", day=FRIDAY))
    assert (most.day, most.no_day, most.day_tied) == (FRIDAY, False, False)
    settled = decide(placed("ben", day=FRIDAY), replace(verdict("dee", "fight"), no_day=True))
    assert (settled.day, settled.no_day) == (None, True)


def test_a_verdict_or_a_star_without_a_day_takes_back_none_that_was_typed() -> None:
    ann, ben = placed("ann", "Mubi", FRIDAY), placed("ben", "Gwoza", MONDAY)
    star = replace(placed("cy"), ground_truth=True)
    for settled in (verdict("dee", "fight"), star):
        one = decide(ann, settled)
        assert (one.day, one.place) == (FRIDAY, "Mubi")
        both = decide(ann, ben, settled)
        assert (both.day, both.day_tied, both.place_tied) == (None, True, True)


def test_what_a_verdict_types_goes_before_what_others_typed() -> None:
    said = replace(verdict("dee", "fight"), corrected_day=MONDAY)
    found = decide(placed("ann", "Mubi", FRIDAY), said)
    assert (found.day, found.place) == (MONDAY, "Mubi")
