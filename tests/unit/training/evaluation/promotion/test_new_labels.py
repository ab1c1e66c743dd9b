"""How much of the labels is new to a champion, and what a challenger of hardly any must show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.training.evaluation.promotion.standins import examples, model
from training.evaluation.measurement import Measurement
from training.evaluation.promotion import earlier_models
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import Ruling, judge_models
from training.evaluation.promotion.new_labels import count_new
from training.examples import Examples
from training.model import Model

ROWS = examples(30)


def test_what_the_champion_did_not_learn_is_new_and_so_is_what_is_decided_anew() -> None:
    assert count_new(ROWS, ROWS) == 0
    assert count_new(ROWS, ROWS.rows(range(900))) == 300
    labels = ROWS.labels.copy()
    labels[:60] ^= True
    assert count_new(replace(ROWS, labels=labels), ROWS) == 60


def test_what_the_champion_learnt_beside_it_is_not() -> None:
    assert count_new(ROWS.rows(range(900)), ROWS) == 0


def judged(challenger: Model, champion: Model, known: int, rows: Examples = ROWS) -> Ruling:
    """What the gate says where the champion has learnt so many of the sentences."""
    learnt = rows.rows(range(known))
    answers = champion.predict(learnt.sentences)
    measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
    earlier = EarlierModel(replace(champion, id="before"), answers, learnt)
    return judge_models(challenger, rows, measured, earlier)


@pytest.mark.parametrize(
    ("known", "wrong", "promoted"),
    [
        (1200, (), True),  # better beyond chance
        (1200, (5,), False),  # better by chance
        (1200, (5, 6), False),  # level
        (1181, (5, 6), False),  # 19 are new
        (1180, (5, 6), True),  # 20 are
    ],
)
def test_a_challenger_of_hardly_anything_new_must_be_better_beyond_chance(
    known: int, wrong: tuple[int, ...], promoted: bool
) -> None:
    ruling = judged(model(*wrong), model(*range(5, 11)) if not wrong else model(6, 7), known)
    assert ruling.promote is promoted
    assert ("nothing argues for a change" in ruling.reason) is not promoted


@pytest.mark.parametrize(("known", "promoted"), [(145, False), (144, True)])
def test_of_few_sentences_a_tenth_is_enough(known: int, promoted: bool) -> None:
    assert judged(model(5, 6), model(6, 7), known, ROWS.rows(range(160))).promote is promoted


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


class TestAStarterWhoseLabelsAreAllThatThereIs:
    """A starter is stored without answers: nobody measures it."""

    def judged(self, rows: Examples, learnt: Examples = ROWS, **manifest: object) -> Ruling:
        challenger, starter = model(5), model(6)
        starter = replace(starter, id="starter", manifest={**starter.manifest, **manifest})
        measured = Measurement("seed articles", rows, challenger.predict(rows.sentences), None)
        return judge_models(challenger, rows, measured, EarlierModel(starter, None, learnt))

    @pytest.fixture(autouse=True)
    def no_fit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            pytest.fail("fitted")

        monkeypatch.setattr(earlier_models, "cross_fit", fail)

    def test_is_not_fitted_anew_to_be_compared_with_itself(self) -> None:
        ruling = self.judged(ROWS)
        assert ruling.nothing_new
        assert not ruling.promote
        assert "nothing argues for a change" in ruling.reason
        assert ruling.rows[0].champion is None
        assert ruling.rows[0].challenger > 0.9

    def test_is_judged_where_one_label_says_otherwise_or_other_code_made_it(self) -> None:
        labels = ROWS.labels.copy()
        labels[0] ^= True
        with pytest.raises(pytest.fail.Exception, match="fitted"):
            self.judged(replace(ROWS, labels=labels))
        with pytest.raises(pytest.fail.Exception, match="fitted"):
            self.judged(ROWS, versions={"scikit-learn": "0.1"})

    def test_is_judged_where_labels_are_gone(self) -> None:
        with pytest.raises(pytest.fail.Exception, match="fitted"):
            self.judged(ROWS.rows(range(600)))
