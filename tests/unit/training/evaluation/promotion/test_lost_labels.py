"""What of a champion's labels may be gone, and what is too much."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from annotation.records import NumericClaim, Sentence
from annotation.schema import parse_schema
from tests.corpus import XML
from training.evaluation.promotion.lost_labels import counts_lost, labels_lost, schema_lost
from training.examples import Examples
from training.train import TrainingSummary

NAMES = ("fight", "talk")
CLAIM = NumericClaim(0, 2, "20", "dead")


def examples(fights: int, talks: int = 0, claims: int = 0, others: int = 0) -> Examples:
    """So many sentences of each, by turns in two articles of one's own and one of the seeds'."""
    n = fights + talks + claims + others
    labels = np.zeros((n, 2), dtype=bool)
    labels[:fights, 0] = True
    labels[fights : fights + talks, 1] = True
    marked = [()] * (fights + talks) + [(CLAIM,)] * claims + [()] * others
    return Examples(
        sentences=tuple(Sentence(f"s{i}", f"a{i % 3}", i, 0, 2, f"s{i}") for i in range(n)),
        labels=labels,
        claims=tuple(marked),
        weights=np.ones(n),
        label_names=NAMES,
        unlabelled=(),
        ties=((),) * n,
        claim_ties=((),) * n,
    )


def without(rows: Examples, decisions: list[int], label: int = 0) -> Examples:
    """Some sentences no longer have a label."""
    labels = rows.labels.copy()
    labels[decisions, label] = False
    return replace(rows, labels=labels)


BEFORE = examples(40, 20, 20, 20)


def test_the_same_labels_and_more_of_them_have_lost_nothing() -> None:
    assert labels_lost(BEFORE, BEFORE) == ()
    assert labels_lost(examples(40, 20, 20, 90), BEFORE) == ()


@pytest.mark.parametrize(
    ("changed", "lost"), [(1, False), (8, False), (19, False), (20, False), (21, True), (40, True)]
)
def test_a_quarter_of_the_decisions_may_change_and_no_more(changed: int, lost: bool) -> None:
    found = labels_lost(without(BEFORE, list(range(changed))), BEFORE)
    assert bool(found) is lost
    if lost:
        assert f"{changed} of the 80 decisions" in found[0]
        assert f"'event fight' {changed} of 40" in found[0]


@pytest.mark.parametrize("seed", range(30))
def test_shuffled_and_halved_labels_are_lost(seed: int) -> None:
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(BEFORE)).tolist()
    shuffled = replace(
        BEFORE,
        labels=BEFORE.labels[order],
        claims=tuple(BEFORE.claims[row] for row in order),
    )
    halved = replace(
        BEFORE,
        labels=BEFORE.labels & (chance.random(BEFORE.labels.shape) < 0.5),
        claims=tuple(one if chance.random() < 0.5 else () for one in BEFORE.claims),
    )
    assert labels_lost(shuffled, BEFORE)
    assert labels_lost(halved, BEFORE)


@pytest.mark.parametrize(
    ("talks", "gone", "lost"),
    [(20, 10, False), (20, 11, True), (9, 8, False), (9, 9, True), (3, 3, True), (2, 2, False)],
)
def test_one_label_may_lose_half_and_a_rare_one_all_but_one(
    talks: int, gone: int, lost: bool
) -> None:
    before = examples(80, talks)
    found = labels_lost(without(before, list(range(80, 80 + gone)), label=1), before)
    assert bool(found) is lost
    assert not lost or f"'event talk' {gone} of {talks}" in found[0]


def test_a_claim_that_changed_its_kind_is_gone() -> None:
    other = replace(CLAIM, kind="cash")
    now = replace(BEFORE, claims=tuple((other,) if one else () for one in BEFORE.claims))
    assert "'claim dead' 20 of 20" in labels_lost(now, BEFORE)[0]
    moved = replace(CLAIM, start=1, text="0")
    now = replace(BEFORE, claims=tuple((moved,) if one else () for one in BEFORE.claims))
    assert labels_lost(now, BEFORE) == ()


@pytest.mark.parametrize(("kept", "lost"), [(90, False), (89, True)])
def test_a_tenth_of_the_sentences_may_go(kept: int, lost: bool) -> None:
    before = examples(0, 0, 0, 100)
    found = labels_lost(before.rows(range(kept)), before)
    assert bool(found) is lost
    assert not lost or "11 of the 100 sentences" in found[0]


def test_seed_labels_may_go_once_there_are_others() -> None:
    seeds = frozenset({"a0"})
    before = replace(BEFORE, seeds=seeds)
    own = [row for row, one in enumerate(before.groups) if one not in seeds]
    assert labels_lost(before.rows(own), before) == ()
    only = before.rows([row for row, one in enumerate(before.groups) if one in seeds])
    assert labels_lost(only.rows(range(10)), only)


def test_by_numbers_alone_where_the_sentences_are_not_known() -> None:
    before = TrainingSummary(100, {"event fight": 40, "event talk": 5})
    assert counts_lost(before, before) == ()
    assert "60 of the 100 sentences" in counts_lost(replace(before, sentences=40), before)[0]
    fewer = replace(before, positives={"event fight": 20, "event talk": 5})
    assert "'event fight' 20 of 40" in counts_lost(fewer, before)[0]


def test_labels_that_the_schema_has_no_more_are_named() -> None:
    schema = parse_schema(XML)
    fewer = parse_schema(XML.replace('<Choice value="talk"/>', ""))
    assert schema_lost(schema, fewer) == ()
    assert "'talk'" in schema_lost(fewer, schema)[0]
