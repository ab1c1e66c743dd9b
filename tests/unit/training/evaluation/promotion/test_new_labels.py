"""How much of the labels is new to a champion, and what a challenger of hardly any must show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.training.evaluation.promotion.standins import examples, model
from training.evaluation.measurement import Measurement
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import Ruling, judge_models
from training.evaluation.promotion.new_labels import share_new
from training.model import Model

ROWS = examples(30)


def test_what_the_champion_did_not_learn_is_new_and_so_is_what_is_decided_anew() -> None:
    assert share_new(ROWS, ROWS) == 0
    assert share_new(ROWS, ROWS.rows(range(900))) == 0.25
    labels = ROWS.labels.copy()
    labels[:60] ^= True
    assert share_new(replace(ROWS, labels=labels), ROWS) == 0.05


def test_what_the_champion_learnt_beside_it_is_not() -> None:
    assert share_new(ROWS.rows(range(900)), ROWS) == 0


def judged(challenger: Model, champion: Model, known: int) -> Ruling:
    """What the gate says where the champion has learnt so many of the 1,200 sentences."""
    learnt = ROWS.rows(range(known))
    answers = champion.predict(learnt.sentences)
    measured = Measurement("own articles", ROWS, challenger.predict(ROWS.sentences), None)
    earlier = EarlierModel(replace(champion, id="before"), answers, learnt)
    return judge_models(challenger, ROWS, measured, earlier)


@pytest.mark.parametrize(
    ("known", "wrong", "promoted"),
    [
        (1200, (), True),  # better beyond chance
        (1200, (5,), False),  # better by chance
        (1200, (5, 6), False),  # level
        (1120, (5, 6), False),  # one in fifteen is new
        (1080, (5, 6), True),  # one in ten is
    ],
)
def test_a_challenger_of_hardly_anything_new_must_be_better_beyond_chance(
    known: int, wrong: tuple[int, ...], promoted: bool
) -> None:
    ruling = judged(model(*wrong), model(*range(5, 11)) if not wrong else model(6, 7), known)
    assert ruling.promote is promoted
    assert ("nothing argues for a change" in ruling.reason) is not promoted


def test_other_versions_of_the_code_argue_for_a_change() -> None:
    for version, promoted in (("1.0", False), ("1.1", True)):
        champion, challenger = model(6, 7), model(5, 6)
        champion = replace(
            champion, manifest={**champion.manifest, "versions": {"newsledger": "1.0"}}
        )
        challenger = replace(
            challenger, manifest={**challenger.manifest, "versions": {"newsledger": version}}
        )
        assert judged(challenger, champion, 1200).promote is promoted


def test_another_schema_argues_for_a_change() -> None:
    challenger = model(5, 6)
    types = [
        *challenger.schema.event_types[:3],
        replace(challenger.schema.event_types[3], hint="!"),
    ]
    other = replace(challenger.schema, event_types=tuple(types))
    assert judged(replace(challenger, schema=other), model(6, 7), 1200).promote
    assert not judged(challenger, model(6, 7), 1200).promote


def test_that_the_champion_itself_came_out_again_is_no_change() -> None:
    again = replace(model(5), id="before")
    assert judged(again, model(5), 1200).promote
