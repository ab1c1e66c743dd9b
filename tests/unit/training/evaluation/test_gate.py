from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from annotation.records import NumericClaim, Sentence
from annotation.schema import parse_schema
from tests.corpus import XML
from training.evaluation.confusion import ConfusionCounts, tally
from training.evaluation.gate import Verdict, comparable, judge, judge_models
from training.evaluation.measurement import Measurement
from training.examples import Examples
from training.model import Floats, Model
from training.train import TrainingSummary

TYPES = ("fight", "talk", "help", "nothing")
ARTICLES = [f"a{number:02d}" for number in range(30) for _ in range(10)]
CHANCE = np.random.default_rng(7)
TRUTH = CHANCE.random((300, 4)) < (0.3, 0.2, 0.1, 0.4)
Cells = np.typing.NDArray[np.bool_]


def noisy(share: float, seed: int, truth: Cells = TRUTH) -> Cells:
    """The truth with a share of all cells turned over."""
    return truth ^ (np.random.default_rng(seed).random(truth.shape) < share)


def counted(said: Cells, truth: Cells = TRUTH) -> ConfusionCounts:
    return tally(ARTICLES, (truth, said), event_types=TYPES)


def without(label: int, said: Cells) -> Cells:
    said = said.copy()
    said[:, label] = False
    return said


CHAMPION = counted(noisy(0.1, 1))
EVENTS_ONLY = parse_schema(XML[: XML.index("<Labels")] + XML[XML.index("<Text") :])
FOUR_EVENTS = replace(EVENTS_ONLY, event_types=EVENTS_ONLY.event_types[:4])
CLAIM = NumericClaim(0, 2, "20", "dead")


@pytest.mark.parametrize(
    ("said", "promoted", "cause"),
    [
        (noisy(0.1, 1), True, "no label is lost"),
        (noisy(0.05, 2), True, "no label is lost"),
        (noisy(0.2, 3), False, "not better"),
        (noisy(0.1, 1)[CHANCE.permutation(300)], False, "no more than chance"),
        (np.tile([False, False, False, True], (300, 1)), False, "no better"),
        (np.zeros((300, 4), dtype=bool), False, "learnt nothing"),
        (without(2, noisy(0.02, 4)), False, "none of 'help'"),
    ],
    ids=["equal", "better", "worse", "shuffled", "constant", "silent", "one label gone"],
)
def test_a_challenger_that_is(said: Cells, promoted: bool, cause: str) -> None:
    verdict = judge(counted(said), CHAMPION)
    assert verdict.promote is promoted
    assert cause in verdict.reason


def test_better_overall_does_not_pay_for_a_loss_on_one_label() -> None:
    said = noisy(0.01, 5)
    said[:, 0] = noisy(0.3, 6)[:, 0]
    verdict = judge(counted(said), CHAMPION)
    assert verdict.table is not None
    assert verdict.table.overall.difference is not None
    assert verdict.table.overall.difference > 0
    assert not verdict.promote
    assert "worse on 'fight'" in verdict.reason
    assert [row.label for row in verdict.rows if row.scope == "event" and row.lost] == ["fight"]


def test_a_loss_on_a_label_with_hardly_any_support_is_shown_but_decides_nothing() -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2], challenger[:, 2] = truth[:, 2], False
    verdict = judge(counted(challenger, truth), counted(champion, truth))
    row = next(row for row in verdict.rows if row.label == "help")
    assert (row.support, row.challenger, row.champion) == (2, 0.0, 1.0)
    assert verdict.promote


@pytest.mark.parametrize(("found", "promoted"), [(3, False), (2, True)])
def test_a_label_is_lost_where_the_champion_found_three_and_not_where_it_found_two(
    found: int, promoted: bool
) -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47, 91], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2] = challenger[:, 2] = False
    champion[[3, 47, 91][:found], 2] = True
    verdict = judge(counted(challenger, truth), counted(champion, truth))
    refused = f"It finds none of 'help', of which the champion finds {found}."
    assert verdict.promote is promoted
    assert (refused in verdict.reasons) is not promoted


def test_a_label_of_which_one_is_still_found_is_not_lost() -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47, 91], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2], challenger[:, 2] = truth[:, 2], False
    challenger[3, 2] = True
    assert judge(counted(challenger, truth), counted(champion, truth)).promote


def test_level_by_luck_alone_is_refused_as_it_may_be_worse() -> None:
    few = slice(0, 50)
    truth, champion = TRUTH[few], noisy(0.25, 1)[few]
    challenger = champion.copy()
    cells = np.argwhere(champion != truth)
    challenger[tuple(cells[:14].T)] ^= True
    wrong = np.argwhere(champion == truth)
    challenger[tuple(wrong[40:55].T)] ^= True
    sums = [
        tally(ARTICLES[few], (truth, said), event_types=TYPES) for said in (challenger, champion)
    ]
    verdict = judge(*sums)
    assert verdict.table is not None
    overall = verdict.table.overall
    assert overall.low is not None
    assert overall.low < -0.02
    assert not verdict.promote
    assert "worse" in verdict.reason or "not better" in verdict.reason


def test_a_loss_of_any_size_is_a_loss_however_wide_the_margin() -> None:
    said = noisy(0.1, 1)
    right = np.argwhere((said == TRUTH) & TRUTH)
    said[tuple(right[:1].T)] ^= True
    verdict = judge(counted(said), CHAMPION, margin=1.0)
    assert verdict.table is not None
    assert verdict.table.overall.difference is not None
    assert -0.005 < verdict.table.overall.difference < 0
    assert not verdict.promote
    assert "not better" in verdict.reason


class WrongIn:
    """Stands for a classifier that is right but for some articles, in which it is always wrong."""

    def __init__(self, *articles: int) -> None:
        self.articles = articles

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Texts are the number of the article and what holds."""
        rows = [text.split() for text in texts]
        return np.array(
            [[(one == holds) != (int(n) in self.articles) for one in TYPES] for n, holds in rows],
            dtype=float,
        )

    def decide(self, probability: Floats) -> Cells:
        return probability > 0.5


def model(*wrong: int) -> Model:
    """A trained model that is wrong in these articles."""
    summary = TrainingSummary(1200, {}, {}).to_json()
    return Model("m", FOUR_EVENTS, WrongIn(*wrong), None, {"training": summary})  # type: ignore[arg-type]


def measured_on_articles(challenger: Model, articles: int, each: int = 40) -> Measurement:
    """What the model says of so many articles, in which each type holds every fourth time."""
    sentences = tuple(
        Sentence(f"a{n:02d}:{i}", f"a{n:02d}", i, 0, 9, f"{n} {TYPES[i % 4]}")
        for n in range(articles)
        for i in range(each)
    )
    truth = np.array([[one == sentence.text.split()[1] for one in TYPES] for sentence in sentences])
    n = len(sentences)
    rows = Examples(*(sentences, truth, ((),) * n, np.ones(n), TYPES, (), ((),) * n, ((),) * n))
    return Measurement("holdout", rows, challenger.predict(sentences), None)


def test_the_interval_is_one_of_articles_not_of_sentences() -> None:
    challenger, champion = model(0, 1), model(2, 3, 4)
    measured = measured_on_articles(challenger, 30)
    verdict = judge_models(challenger, measured, champion)
    assert verdict.table is not None
    assert verdict.table.overall.difference is not None
    assert verdict.table.overall.difference > 0.01
    assert not verdict.promote  # one article more or less decides, as many sentences as it has
    assert "may be worse" in verdict.reason
    assert judge_models(challenger, measured, champion, margin=1.0).promote


@pytest.mark.parametrize("articles", [4, 5])
def test_of_fewer_than_five_articles_the_interval_is_one_of_sentences(articles: int) -> None:
    challenger = model(0)
    measured = measured_on_articles(challenger, articles)
    verdict = judge_models(challenger, measured, model())
    assert verdict.table is not None
    low = verdict.table.overall.low
    assert low is not None
    assert (low > -0.6) is (articles < 5)  # an article drawn three times, or some more sentences


def test_of_one_article_and_of_another_procedure_nothing_is_promoted() -> None:
    challenger = model()
    measured = measured_on_articles(challenger, 30)
    unmeasured = replace(measured, predictions=None)
    for champion in (None, model()):
        verdict = judge_models(challenger, unmeasured, champion)
        assert not verdict.promote
        assert "from one article" in verdict.reason
    validated = replace(measured, measured_on="cross-validation")
    verdict = judge_models(challenger, validated, model())
    assert not verdict.promote
    assert "Nothing is held out yet" in verdict.reason
    assert judge_models(challenger, validated, None).promote


def test_what_cannot_be_compared_is_refused_although_it_is_as_good() -> None:
    challenger = model()
    measured = measured_on_articles(challenger, 30)
    lost = model()
    lost.manifest["training"]["sentences"] = 2000
    verdict = judge_models(challenger, measured, lost)
    assert not verdict.promote
    assert len(verdict.reasons) == 1
    assert "Labels were lost" in verdict.reason
    assert verdict.table is not None
    worse = model(0, 1, 2, 3, 4, 5, 6)
    both = judge_models(worse, measured_on_articles(worse, 30), lost).reasons
    assert "Labels were lost" in both[0]
    assert any("not better" in reason for reason in both[1:])
    unknown = replace(model(), schema=parse_schema(XML))
    dropped = judge_models(challenger, measured, unknown)
    assert (dropped.promote, dropped.table, dropped.rows) == (False, None, ())
    assert "no longer has 'junk'" in dropped.reason


def test_the_draws_are_as_many_as_asked_for_and_follow_the_seed() -> None:
    def interval(**draws: int) -> tuple[float | None, float | None]:
        table = judge(counted(noisy(0.09, 2)), CHAMPION, **draws).table
        assert table is not None
        return table.overall.low, table.overall.high

    one = interval(n_resamples=1)
    assert one[0] == one[1]
    assert interval(n_resamples=50) == interval(n_resamples=50, seed=0)
    assert interval(n_resamples=50) != interval(n_resamples=50, seed=1)


ONE_TYPE = ("fight",)
EVERY_OTHER = np.tile([[True], [False]], (150, 1))


def of_one_type(said: Cells, truth: Cells = EVERY_OTHER) -> ConfusionCounts:
    return tally(ARTICLES, (truth, said), event_types=ONE_TYPE)


class TestTheFloors:
    def test_agreeing_as_often_as_chance_would_in_every_article_is_refused(self) -> None:
        said = np.tile([[True], [True], [False], [False]], (75, 1))
        truth = np.tile([[True], [False]], (150, 1))
        articles = [f"a{row // 4:02d}" for row in range(300)]
        verdict = judge(tally(articles, (truth, said), event_types=ONE_TYPE), None)
        assert any("kappa may be 0.00" in reason for reason in verdict.reasons)

    def test_ticking_the_same_everywhere_is_refused_where_it_is_exactly_as_good(self) -> None:
        everything = np.ones((300, 1), dtype=bool)
        verdict = judge(of_one_type(everything), None)
        assert any("(F1 0.667) than" in one and "(0.667)" in one for one in verdict.reasons)

    def test_what_is_missed_counts_for_the_answer_that_is_the_same_everywhere(self) -> None:
        half = np.tile([[True], [False], [False], [False]], (75, 1))
        (reason,) = judge(of_one_type(half), None).reasons
        assert "(F1 0.667) than" in reason
        assert "(0.667)" in reason

    def test_a_model_of_claims_alone_passes_when_it_finds_one(self) -> None:
        counts = tally(["a", "b"], None, ([(CLAIM,), ()], [(CLAIM,), ()]), claim_kinds=("dead",))
        silent = tally(["a", "b"], None, ([(CLAIM,), ()], [(), ()]), claim_kinds=("dead",))
        assert judge(counts, None).reasons == (
            "It is the first model and stands above the floors.",
        )
        assert judge(silent, None).reasons == ("It finds none of the held-out claims.",)


class TestTheFirstModel:
    def test_passes_above_the_floors(self) -> None:
        verdict = judge(CHAMPION, None)
        assert verdict.promote
        assert {row.champion for row in verdict.rows} == {None}

    def test_is_refused_below_them(self) -> None:
        assert not judge(counted(noisy(0.5, 8)), None).promote

    def test_is_refused_where_there_is_nothing_to_judge_by(self) -> None:
        truth = np.zeros((300, 4), dtype=bool)
        verdict = judge(counted(truth, truth), None)
        assert (verdict.promote, "Nothing is held out" in verdict.reason) == (False, True)


def test_force_says_who_overrode_what() -> None:
    refused = judge(counted(noisy(0.2, 3)), CHAMPION)
    forced = refused.forced("ann")
    assert (forced.promote, forced.forced_by, forced.reasons) == (True, "ann", refused.reasons)
    passed = Verdict(True, ("It is better.",))
    assert passed.forced("ann") == passed


SUMMARY = TrainingSummary(
    sentences=400, positives={"fight": 60, "talk": 5, "rare": 1}, held_out={"a": 20, "b": 22}
)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda s: replace(s, sentences=200), "trained on 200 sentences, the champion on 400"),
        (lambda s: replace(s, positives={"fight": 20, "talk": 5}), "'fight' from 20 instead of 60"),
        (lambda s: replace(s, positives={"fight": 60}), "'talk' from 0 instead of 5"),
        (lambda s: replace(s, held_out={"a": 20, "c": 30}), "'b' of the champion's 2"),
        (lambda s: replace(s, held_out={"a": 20, "b": 11}), "from 42 to 31 sentences"),
    ],
)
def test_what_must_not_be_compared(
    change: Callable[[TrainingSummary], TrainingSummary], cause: str
) -> None:
    found = comparable(change(SUMMARY), SUMMARY)
    assert len(found) == 1
    assert cause in found[0]


@pytest.mark.parametrize(
    ("champion", "challenger", "compared"),
    [
        ({"sentences": 400}, {"sentences": 360}, True),
        ({"sentences": 400}, {"sentences": 359}, False),
        ({"held_out": {"a": 40}}, {"held_out": {"a": 38}}, True),
        ({"held_out": {"a": 40}}, {"held_out": {"a": 37}}, False),
        ({"positives": {"fight": 10}}, {"positives": {"fight": 5}}, True),
        ({"positives": {"fight": 10}}, {"positives": {"fight": 4}}, False),
        ({"positives": {"fight": 9}}, {"positives": {"fight": 1}}, True),
        ({"positives": {"fight": 9}}, {"positives": {}}, False),
        ({"positives": {"fight": 3}}, {"positives": {"fight": 0}}, False),
        ({"positives": {"fight": 2}}, {"positives": {}}, True),
    ],
)
def test_what_may_go_missing_and_what_is_one_too_many(
    champion: dict[str, Any], challenger: dict[str, Any], compared: bool
) -> None:
    found = comparable(replace(SUMMARY, **challenger), replace(SUMMARY, **champion))
    assert (len(found) == 0) is compared


def test_an_article_that_is_gone_is_named_even_where_no_sentence_is_missing() -> None:
    moved = replace(SUMMARY, held_out={"c": 20, "d": 22})
    (reason,) = comparable(moved, SUMMARY)
    assert "'a', 'b' of the champion's 2 held-out articles are gone" in reason


@pytest.mark.parametrize("more", [0, 1, 2])
def test_five_labels_are_named_and_the_others_counted(more: int) -> None:
    had = {f"label{number}": 20 for number in range(5 + more)}
    (reason,) = comparable(replace(SUMMARY, positives={}), replace(SUMMARY, positives=had))
    assert reason.count("from 0 instead of 20") == 5
    assert ("more" in reason) is bool(more)
    assert (f" and {more} more examples" in reason) is bool(more)


def test_more_labels_and_more_held_out_articles_are_no_reason() -> None:
    grown = TrainingSummary(380, {"fight": 45, "talk": 9, "new": 30}, {"a": 20, "b": 21, "c": 9})
    assert comparable(grown, SUMMARY) == ()


class TestAnotherSchema:
    OLD = parse_schema(XML)

    def reasons(self, xml: str) -> tuple[str, ...]:
        return comparable(SUMMARY, SUMMARY, (parse_schema(xml), self.OLD))

    def test_that_adds_labels_in_any_place_is_no_reason(self) -> None:
        added = XML.replace(
            '<Choice value="talk"/>', '<Choice value="raid"/><Choice value="talk"/>'
        )
        assert self.reasons(added) == ()
        assert (
            self.reasons(
                XML.replace('<Label value="cash"/>', '<Label value="lost"/><Label value="cash"/>')
            )
            == ()
        )

    def test_that_lacks_labels_is_named_label_by_label_with_the_way_out(self) -> None:
        renamed = XML.replace('value="talk"', 'value="parley"').replace(
            'value="cash"', 'value="sum"'
        )
        (reason,) = self.reasons(renamed)
        assert "no longer has 'talk', 'cash', which the champion knows" in reason
        assert "--force" in reason
        assert "parley" not in reason
