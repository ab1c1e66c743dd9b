"""What a restored project cannot tell comes from the snapshot, and only where nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from annotation.dataset.restored import added_before, controls_used, known_again
from annotation.records import (
    NO_PLACE,
    Annotation,
    ArticleMetadata,
    EventLabels,
    NumericClaim,
    SuggestedLabels,
    WithheldSuggestion,
)
from tests.corpus import annotate, make_corpus

SCHEMA = make_corpus(1).schema
CLAIM = NumericClaim(0, 2, "12", "dead", Decimal("12.0"), Decimal(12), "exactly")
MINE = replace(
    annotate(SCHEMA, "s1", "fight", claims=(CLAIM,), annotation_id="7"),
    lead_time=3.0,
    suggested_by="m1",
    suggested=SuggestedLabels(("fight",)),
)


def on_the_server(one: Annotation) -> Annotation:
    """As a restored project has it: another number, another time, no suggestion."""
    return replace(
        one,
        annotation_id=f"9{one.annotation_id}",
        updated_at="2027-01-01T00:00:00Z",
        suggested_by=None,
        suggested=None,
        withheld=WithheldSuggestion() if one.withheld else None,
    )


def test_what_was_said_before_has_its_time_its_number_and_its_suggestion_again() -> None:
    drawn = replace(MINE, sentence_id="s2", suggested=None, suggested_by=None)
    blind = replace(drawn, withheld=WithheldSuggestion("m1", SuggestedLabels(("talk",))))
    verdict = replace(MINE, verdict=True, why="Planted", annotation_id="review-3")
    before = (MINE, blind, verdict)
    found = known_again(map(on_the_server, before), before)
    assert found.annotations == before
    assert found.missing == ()


def test_a_number_is_written_as_it_was() -> None:
    plain = replace(CLAIM, low=Decimal(12))
    (found,) = known_again([on_the_server(replace(MINE, claims=(plain,)))], [MINE]).annotations
    assert str(found.claims[0].low) == "12.0"


def test_what_somebody_changed_since_is_as_the_server_says() -> None:
    for changed in (
        replace(MINE, events=SCHEMA.event_labels(["talk"])),
        replace(MINE, claims=()),
        replace(MINE, claims=(replace(CLAIM, kind="cash"),)),
        replace(MINE, claims=(replace(CLAIM, attribution="the army"),)),
        replace(MINE, claims=(replace(CLAIM, low=Decimal(11)),)),
        replace(MINE, cancelled=True),
        replace(MINE, ground_truth=True),
    ):
        now = on_the_server(changed)
        found = known_again([now], [MINE])
        assert found.annotations == (now,)
        assert (found.missing, found.changed) == ((), (MINE,))


def test_what_is_of_somebody_else_or_of_another_sentence_stands_in_for_nothing() -> None:
    for other in (
        replace(MINE, annotator="bob@newsledger.example"),
        replace(MINE, sentence_id="s2"),
        replace(MINE, verdict=True),
    ):
        now = on_the_server(other)
        found = known_again([now], [MINE])
        assert found.annotations == (now,)
        assert (found.missing, found.changed) == ((MINE,), ())
    # Of two, one is there and says something else, and the other one is lost.
    twice = (MINE, replace(MINE, cancelled=True))
    found = known_again([on_the_server(replace(MINE, claims=()))], twice)
    assert (len(found.missing), len(found.changed)) == (1, 1)


def test_only_controls_that_somebody_used_are_needed() -> None:
    assert controls_used([replace(MINE, claims=())]) == ()
    assert controls_used([MINE]) == ("low", "modifier")
    read = replace(CLAIM, read_by="machine")
    between = replace(CLAIM, high=Decimal(14), modifier="between", role="part")
    for claim, used in (
        (read, ()),
        (replace(CLAIM, high=Decimal(14), modifier=None), ("low", "high")),
        (between, ("low", "high", "modifier", "role")),
        (replace(read, attribution="the army"), ("attribution",)),
    ):
        assert controls_used([replace(MINE, claims=(claim,))]) == used
    typed = replace(MINE, claims=(), corrected_day=date(2026, 11, 1), corrected_place=NO_PLACE)
    assert controls_used([MINE, typed]) == ("low", "modifier", "day", "place")
    assert controls_used([replace(MINE, claims=(), no_day=True)]) == ("no day",)


def test_what_a_later_reader_reads_is_kept_with_the_time_of_before() -> None:
    old = replace(MINE, claims=(replace(CLAIM, noun="men", read_by="machine"),))
    new = replace(MINE, claims=(replace(CLAIM, noun="men killed", read_by="machine"),))
    (found,) = known_again([on_the_server(new)], [old]).annotations
    assert found.claims == new.claims
    assert found.updated_at == MINE.updated_at


def test_each_of_several_by_one_person_is_known_once() -> None:
    twice = (MINE, replace(MINE, annotation_id="8", updated_at="2026-11-02T10:00:00Z"))
    found = known_again(map(on_the_server, twice), twice)
    assert found.annotations == twice
    assert known_again([on_the_server(MINE)], twice).missing == (twice[1],)
    third = on_the_server(MINE)
    assert known_again([*map(on_the_server, twice), third], twice).annotations[2] == third


def test_who_had_no_address_is_known_by_the_account_that_was_made() -> None:
    old = replace(MINE, annotator="user 5")
    now = on_the_server(replace(MINE, annotator="user-5@newsledger.local"))
    names = {"user 5": "user-5@newsledger.local"}
    found = known_again([now], [old], login=lambda name: names.get(name, name))
    assert found.annotations == (old,)


def test_an_article_was_added_when_it_was_added_first() -> None:
    now = (ArticleMetadata("a", added="2027"), ArticleMetadata("b", added="2027"))
    before = (ArticleMetadata("a", added="2026"), ArticleMetadata("c", added="2025"))
    assert added_before(now, before) == (ArticleMetadata("a", added="2026"), now[1])


def test_event_types_in_another_order_by_now_say_the_same() -> None:
    first, second = SCHEMA.event_aliases[:2]
    before = replace(MINE, events=EventLabels((first, second)))
    now = on_the_server(replace(MINE, events=EventLabels((second, first))))
    found = known_again([now], [before])
    assert found.annotations == (replace(before, events=now.events),)
    assert found.missing == ()
