"""How far people agree: on invented people whose differences are known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.records import Annotation, NumericClaim, Sentence
from annotation.schema import parse_schema
from newsledger.team.agreement import Agreement, agreement, double_coded, week_of
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
CLAIM = NumericClaim(0, 6, "12 men", "dead", Decimal(12), Decimal(12), "exactly")


def sentences(n: int, *, articles: int = 10) -> list[Sentence]:
    return [
        Sentence(f"s{one}", f"a{one % articles}", one // articles, 0, 20, "12 men fled the town")
        for one in range(n)
    ]


def measured(*annotations: Annotation, n: int = 40) -> Agreement:
    return agreement(double_coded(sentences(n), annotations), SCHEMA)


def pair(
    n: int, *, other: str, every: int, claims: tuple[NumericClaim, ...] = ()
) -> list[Annotation]:
    """Two people; the second says something else of each so-many-th sentence."""
    said = []
    for one in range(n):
        label = "fight" if one % 2 else "talk"
        differs = one % every == 0
        said.append(annotate(SCHEMA, f"s{one}", label, claims=claims, annotator="ann"))
        said.append(
            annotate(SCHEMA, f"s{one}", other if differs else label, claims=claims, annotator="bob")
        )
    return said


def test_only_what_several_people_labelled_counts_and_of_each_the_latest() -> None:
    said = [
        annotate(SCHEMA, "s0", "fight", annotator="ann"),
        annotate(SCHEMA, "s1", "fight", annotator="ann", at="2026-11-01T10:00:00Z"),
        annotate(SCHEMA, "s1", "talk", annotator="ann", at="2026-11-02T10:00:00Z"),
        annotate(SCHEMA, "s1", "talk", annotator="bob", at="2026-11-24T10:00:00Z"),
        annotate(SCHEMA, "s2", "talk", annotator="ann"),
        annotate(SCHEMA, "s2", annotator="bob", cancelled=True),
    ]
    (found,) = double_coded(sentences(3), said)
    assert [one.events.aliases for one in found.annotations] == [("talk",), ("talk",)]
    assert found.week == "2026-W48"


def test_a_week_is_that_of_iso_8601() -> None:
    assert week_of("2027-01-01") == "2026-W53"
    assert week_of("2026-11-29T23:00:00Z") == "2026-W48"
    assert week_of("last week") == week_of(None) == ""


def test_a_few_sentences_give_a_reason_and_no_figure() -> None:
    found = measured(*pair(3, other="help", every=2))
    assert found.sentences == 3
    assert found.event_sets.figure.value is None
    assert found.event_sets.why_none == "3 of the 20 sentences that it takes"


def test_a_label_that_nobody_uses_never_looks_agreed_on() -> None:
    found = measured(*pair(40, other="help", every=20))
    by_name = {one.name: one for one in found.events}
    assert by_name["junk"].figure.value is None
    assert by_name["junk"].why_none == "0 of the 5 uses that it takes"
    assert by_name["help"].why_none == "2 of the 5 uses that it takes"
    assert by_name["fight"].figure.value == pytest.approx(1.0)
    assert by_name["talk"].figure.value is not None
    assert 0.8 < by_name["talk"].figure.value < 1


def test_all_that_say_the_same_are_no_proof_of_agreement() -> None:
    same = [
        annotate(SCHEMA, f"s{one}", "fight", annotator=name)
        for one in range(40)
        for name in ("ann", "bob")
    ]
    assert measured(*same).event_sets.why_none == "all say the same"


def test_spans_kinds_and_values() -> None:
    said = pair(40, other="help", every=20, claims=(CLAIM,))
    for place in range(1, 80, 8):  # ten of bob's
        wider = replace(CLAIM, end=11, text="12 men fled", kind="rest", low=Decimal(13))
        said[place] = replace(said[place], claims=(wider,))
    found = measured(*said)
    exact, overlapping = found.spans
    assert exact.n == overlapping.n == 80
    assert exact.figure.value == pytest.approx(0.75)
    assert overlapping.figure.value == pytest.approx(1.0)
    assert found.kinds.n == 40
    assert found.kinds.figure.value is not None
    assert found.kinds.figure.value < 0.1  # ten of forty, and one kind is all but always given
    equal, near, far = found.values
    assert equal.figure.value == pytest.approx(0.75)
    assert near.figure.value == pytest.approx(1.0)
    assert far.figure.value == pytest.approx(0.25 * 0.0800, abs=0.001)


def test_values_that_the_reader_gave_are_nobodys_agreement() -> None:
    read = replace(CLAIM, read_by="machine")
    assert measured(*pair(40, other="help", every=20, claims=(read,))).values[0].n == 0


def test_with_three_people_each_pair_and_each_person_has_a_figure() -> None:
    said = pair(40, other="help", every=4)
    said += [replace(one, annotator="cem") for one in said if one.annotator == "ann"]
    found = measured(*said)
    values = {one.name: one.figure.value for one in (*found.pairs, *found.by_person)}
    assert values["ann and cem"] == pytest.approx(1.0)
    ann_bob, bob, ann = values["ann and bob"], values["bob"], values["ann"]
    assert ann_bob is not None
    assert bob is not None
    assert ann is not None
    assert bob == pytest.approx(ann_bob, abs=0.02)
    assert ann > bob


def test_it_says_how_many_more_would_halve_the_interval() -> None:
    assert measured(*pair(40, other="help", every=4)).to_halve == 120
