"""Who differs from whom on what."""

from __future__ import annotations

from newsledger.report.figures.disagreements import disputes
from newsledger.team.agreement import DoubleCoded
from tests.corpus import annotate, make_corpus

SCHEMA = make_corpus(1).schema


def test_the_most_frequent_dispute_comes_first() -> None:
    def coded(mine: str, theirs: str) -> DoubleCoded:
        one = annotate(SCHEMA, "s", mine, annotator="ann")
        return DoubleCoded("a", (one, annotate(SCHEMA, "s", theirs, annotator="bob")))

    found = disputes(
        [coded("fight", "talk"), coded("fight", "fight"), coded("fight", "help")], SCHEMA
    )
    assert (found[0].people, found[0].label) == (("ann", "bob"), "fight")
    assert (found[0].differ, found[0].used, found[0].labelled) == (2, 3, 3)
    assert [one.label for one in found] == ["fight", "help", "talk"]
