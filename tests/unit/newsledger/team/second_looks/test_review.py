"""Which sentences are worth a second look: their order, their reasons, and what is settled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, NumericClaim, Sentence
from annotation.schema import parse_schema
from newsledger.team.second_looks.reasons import AUDIT, DISAGREE, LIKELY_WRONG, NOT_MEANT
from newsledger.team.second_looks.review import ReviewCandidate, first_of, review_candidates
from newsledger.team.second_looks.second_opinion import SecondOpinion
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
SAYS_TALK = SecondOpinion({"fight": 0.01, "talk": 0.98, "help": 0.0, "nothing": 0.0, "junk": 0.0})
SAYS_FIGHT = replace(SAYS_TALK, events={**SAYS_TALK.events, "fight": 0.98, "talk": 0.01})


def snapshot(n: int, *annotations: Annotation) -> Snapshot:
    rows = tuple(Sentence(f"s{one}", "a", one, 0, 14, "12 men fled it") for one in range(n))
    return Snapshot(Path(), "0" * 16, SCHEMA, rows, annotations, {})


def by(sentence: str, *labels: str, who: str = "ann") -> Annotation:
    return annotate(SCHEMA, sentence, *labels, annotator=who)


def ids(found: tuple[ReviewCandidate, ...]) -> list[str]:
    return [one.sentence.id for one in found]


def test_all_kinds_of_reasons_make_one_ranking() -> None:
    claim = NumericClaim(0, 6, "12 men", "dead", Decimal(9), Decimal(3), "between")
    said = (
        by("s0", "fight"),
        by("s1", "fight"),
        by("s1", "fight", who="bob"),
        by("s1", "talk", "fight", who="cat"),
        annotate(SCHEMA, "s2", "fight", claims=(claim,)),
        by("s3", "fight"),
    )
    opinions = {"s0": SAYS_TALK, "s3": SAYS_FIGHT}
    found = review_candidates(snapshot(5, *said), opinions, audit=1.0)
    assert [(one.sentence.id, one.kind) for one in found] == [
        ("s0", LIKELY_WRONG),
        ("s2", NOT_MEANT),
        ("s1", DISAGREE),
        ("s3", AUDIT),
    ]
    gains = [one.gain for one in found]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] == 0


def test_what_a_verdict_or_a_star_settles_is_not_asked_again() -> None:
    split = (by("s0", "fight"), by("s0", "talk", who="bob"))
    verdict = replace(by("s0", "talk", who="cat"), verdict=True)
    star = replace(by("s0", "help", who="cat"), ground_truth=True)
    assert ids(review_candidates(snapshot(1, *split), {}, audit=1)) == ["s0"]
    for settled in (verdict, star):
        assert review_candidates(snapshot(1, *split, settled), {}, audit=1) == ()


def test_what_everybody_skipped_or_nobody_labelled_is_none() -> None:
    skipped = annotate(SCHEMA, "s0", cancelled=True)
    assert review_candidates(snapshot(2, skipped), {}, audit=1) == ()


def test_the_audit_is_a_share_drawn_by_chance_and_the_same_each_time() -> None:
    frozen = snapshot(2000, *(by(f"s{one}", "fight") for one in range(2000)))
    found = review_candidates(frozen, {}, audit=0.1)
    assert 150 < len(found) < 250
    assert found == review_candidates(replace(frozen, id="1" * 16), {}, audit=0.1)


def test_where_the_queue_is_cut_one_in_twenty_is_drawn_by_chance() -> None:
    said = [by(f"s{one}", "fight") for one in range(200)]
    said += [by(f"s{one}", "talk", who="bob") for one in range(100)]
    found = review_candidates(snapshot(200, *said), {}, audit=1.0)
    first = first_of(found, 40)
    assert [one.kind for one in first] == [DISAGREE] * 38 + [AUDIT] * 2
    assert len(first_of(found, 150)) == 150
    assert first_of(found, 0) == ()
    assert len(first_of(found[:3], 40)) == 3
