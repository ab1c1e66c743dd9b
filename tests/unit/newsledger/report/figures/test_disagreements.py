"""Who differs from whom on what."""

from __future__ import annotations

from newsledger.report.figures.disagreements import disputes
from newsledger.team.agreement import DoubleCoded
from tests.corpus import annotate, make_corpus

SCHEMA = make_corpus(1).schema


def coded(mine: str, theirs: str, other: str = "bob") -> DoubleCoded:
    one = annotate(SCHEMA, "s", mine, annotator="ann")
    return DoubleCoded("a", (one, annotate(SCHEMA, "s", theirs, annotator=other)))


def test_where_no_alpha_is_known_the_most_frequent_dispute_comes_first() -> None:
    found = disputes(
        [coded("fight", "talk"), coded("fight", "fight"), coded("fight", "help")], SCHEMA, {}
    )
    assert (found[0].people, found[0].label) == (("ann", "bob"), "fight")
    assert (found[0].differ, found[0].used, found[0].labelled) == (2, 3, 3)
    assert [one.label for one in found] == ["fight", "help", "talk"]


def test_what_people_agree_on_least_comes_before_what_is_ticked_most() -> None:
    often = [coded("fight", "fight")] * 90 + [coded("fight", "help")] * 10
    rarely = [coded("talk", "talk")] * 6 + [coded("talk", "help")] * 4
    alphas = {"fight": 0.9, "talk": 0.6, "help": None}
    found = disputes([*often, *rarely], SCHEMA, alphas)
    assert [(one.label, one.differ, one.alpha) for one in found] == [
        ("talk", 4, 0.6), ("fight", 10, 0.9), ("help", 14, None),
    ]  # fmt: skip


def test_of_those_who_differ_on_one_type_the_two_who_differ_in_most_of_it_come_first() -> None:
    steady = [coded("fight", "fight")] * 20 + [coded("fight", "help")] * 6
    apart = [coded("fight", "fight", "chi")] * 3 + [coded("fight", "help", "chi")] * 5
    once = [coded("fight", "help", "dan")]
    found = disputes([*steady, *apart, *once], SCHEMA, {"fight": 0.5})
    assert [one.people[1] for one in found if one.label == "fight"] == ["chi", "bob", "dan"]
