from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from annotation.schema import parse_schema
from tests.corpus import XML
from tests.unit.training.evaluation.promotion.standins import (
    ARTICLES,
    CHANCE,
    TRUTH,
    TYPES,
    Cells,
    counted,
    examples,
    model,
    noisy,
    without,
)
from training.evaluation.confusion import ConfusionCounts, tally
from training.evaluation.measurement import Measurement
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import (
    Ruling,
    judge,
    judge_models,
)
from training.evaluation.promotion.limits import TOLERANCE, may_lose
from training.model import Model
from training.train import TrainingSummary

CHAMPION = counted(noisy(0.1, 1))


@pytest.mark.parametrize(
    ("said", "promoted", "cause"),
    [
        (noisy(0.1, 1), True, "Not clearly better or worse: overall F1"),
        (noisy(0.1, 9), True, "Not clearly better or worse: overall F1"),
        (noisy(0.105, 1), True, "A little worse, within the tolerance of 0.02: overall F1"),
        (noisy(0.05, 2), True, "Better: overall F1"),
        (noisy(0.2, 3), False, "It is worse: overall F1"),
        (noisy(0.1, 1)[CHANCE.permutation(300)], False, "hardly more than chance"),
        (np.tile([False, False, False, True], (300, 1)), False, "hardly more than chance"),
        (np.zeros((300, 4), dtype=bool), False, "hardly more than chance"),
        (without(2, noisy(0.02, 4)), False, "none of 'help'"),
    ],
    ids=[
        "equal",
        "within chance of it",
        "a little lower, beyond chance",
        "better",
        "worse",
        "shuffled",
        "constant",
        "silent",
        "one label gone",
    ],
)
def test_a_challenger_that_is(said: Cells, promoted: bool, cause: str) -> None:
    ruling = judge(counted(said), CHAMPION)
    assert ruling.promote is promoted
    assert cause in ruling.reason


def test_a_loss_on_one_label_is_told_and_refuses_nothing() -> None:
    said = noisy(0.01, 5)
    said[:, 0] = noisy(0.3, 6)[:, 0]
    ruling = judge(counted(said), CHAMPION)
    assert ruling.table is not None
    assert ruling.table.overall.difference is not None
    assert ruling.table.overall.difference > 0
    assert ruling.promote
    assert "Look at 'fight', which seems worse" in ruling.reason
    assert [row.label for row in ruling.rows if row.scope == "event" and row.lost] == ["fight"]
    assert ruling.rows[0] is ruling.table.overall


def test_a_loss_on_a_label_with_hardly_any_support_is_shown_but_decides_nothing() -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2], challenger[:, 2] = truth[:, 2], False
    ruling = judge(counted(challenger, truth), counted(champion, truth))
    row = next(row for row in ruling.rows if row.label == "help")
    assert (row.support, row.challenger, row.champion) == (2, 0.0, 1.0)
    assert ruling.promote


@pytest.mark.parametrize(("found", "promoted"), [(5, False), (4, True)])
def test_a_label_is_lost_where_the_champion_found_five_and_not_where_it_found_four(
    found: int, promoted: bool
) -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47, 91, 135, 179], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2] = challenger[:, 2] = False
    champion[[3, 47, 91, 135, 179][:found], 2] = True
    ruling = judge(counted(challenger, truth), counted(champion, truth))
    refused = f"It finds none of 'help', of which the champion finds {found}."
    assert ruling.promote is promoted
    assert (refused in ruling.reasons) is not promoted


def test_a_label_of_which_one_is_still_found_is_not_lost() -> None:
    truth = TRUTH.copy()
    truth[:, 2] = False
    truth[[3, 47, 91, 135, 179], 2] = True
    champion, challenger = noisy(0.1, 1, truth), noisy(0.05, 2, truth)
    champion[:, 2], challenger[:, 2] = truth[:, 2], False
    challenger[3, 2] = True
    assert judge(counted(challenger, truth), counted(champion, truth)).promote


def worse_by(cells: int) -> ConfusionCounts:
    """The champion's answers, so many of its hits turned into misses."""
    said = noisy(0.1, 1)
    right = np.argwhere(said & TRUTH)
    said[tuple(right[:cells].T)] = False
    return counted(said)


@pytest.mark.parametrize("cells", [1, 5, 7, 12, 20])
def test_a_loss_within_the_tolerance_passes_and_one_beyond_does_not(cells: int) -> None:
    ruling = judge(worse_by(cells), CHAMPION)
    assert ruling.table is not None
    difference = ruling.table.overall.difference
    assert difference is not None
    assert difference < 0
    (overall,) = [reason for reason in ruling.reasons if "overall F1" in reason]
    assert overall.startswith(("It is worse", "It seems worse")) is (difference < -TOLERANCE)


def of_few(better: int, worse: int) -> Ruling:
    """Fifty sentences: so many cells of a champion's put right, and so many spoilt."""
    few = slice(0, 50)
    truth, champion = TRUTH[few], noisy(0.25, 1)[few]
    challenger = champion.copy()
    wrong, right = np.argwhere(champion != truth), np.argwhere(champion == truth)
    challenger[tuple(wrong[:better].T)] ^= True
    challenger[tuple(right[40 : 40 + worse].T)] ^= True
    return judge(
        *(tally(ARTICLES[few], (truth, said), event_types=TYPES) for said in (challenger, champion))
    )


def test_what_is_level_on_few_labels_passes() -> None:
    ruling = of_few(8, 8)
    assert ruling.table is not None
    overall = ruling.table.overall
    assert overall.low is not None
    assert overall.low < -TOLERANCE
    assert ruling.promote
    assert f"on {overall.support} labelled decisions)" in ruling.reason


def test_what_seems_worse_on_few_labels_passes_and_is_told_how_many_would_settle_it() -> None:
    ruling = of_few(6, 12)
    assert ruling.promote
    assert ruling.table is not None
    assert (ruling.table.overall.difference or 0) < -TOLERANCE
    assert ruling.reason.startswith("It seems worse, but so few labels cannot tell: overall F1")
    assert re.search(r"on 48 labelled decisions; about \d+ more labels settle it", ruling.reason)


def test_what_is_surely_worse_is_refused_on_few_labels_too() -> None:
    few = slice(0, 80)
    challenger, champion = (
        tally(ARTICLES[few], (TRUTH[few], said[few]), event_types=TYPES)
        for said in (noisy(0.25, 3), noisy(0.02, 1))
    )
    ruling = judge(challenger, champion)
    assert challenger.support.sum() < 100
    assert "It is worse: overall F1" in ruling.reason
    assert not ruling.promote


def test_what_may_be_lost_shrinks_with_the_variance_to_what_may_always_be() -> None:
    # A standard deviation of .05, .025 and .01 in the interval, 50 variances; of .1, the most.
    for half, may in ((0.196, 0.15), (0.098, 0.125), (0.049, 0.03125), (0.0196, 0.02)):
        assert may_lose(-half, half, 0.02) == pytest.approx(may)


def test_what_is_settled_asks_for_no_more_labels() -> None:
    ruling = judge(counted(noisy(0.3, 3)), CHAMPION)
    assert "It is worse: overall F1" in ruling.reason
    assert "more labels" not in ruling.reason


def judged(
    challenger: Model,
    champion: Model | None,
    articles: int = 30,
    *,
    best: Model | None = None,
    each: int = 40,
) -> Ruling:
    """What the gate says where neither model has learnt from any of so many articles."""
    rows = examples(articles, each)
    measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
    nothing = rows.rows([])
    return judge_models(
        challenger,
        rows,
        measured,
        None if champion is None else EarlierModel(champion, None, nothing),
        None if best is None else EarlierModel(best, None, nothing),
    )


def test_the_interval_is_one_of_articles_not_of_sentences() -> None:
    ruling = judged(model(0, 1), model(2, 3, 4))
    assert ruling.table is not None
    overall = ruling.table.overall
    assert overall.difference is not None
    assert overall.low is not None
    assert overall.difference > 0.01
    assert overall.low < -0.02  # one article more or less decides, as many sentences as it has
    assert ruling.promote


@pytest.mark.parametrize(("articles", "promoted"), [(60, True), (100, False)])
def test_a_loss_that_may_be_chance_passes_up_to_what_more_labels_are_worth(
    articles: int, promoted: bool
) -> None:
    ruling = judged(model(0, 1), model(), articles, each=10)  # lost in two of the articles
    overall = ruling.rows[0]
    assert overall.difference is not None
    assert overall.low is not None
    assert overall.high is not None
    may = may_lose(overall.low, overall.high, TOLERANCE)
    assert (overall.lost, ruling.promote) == (False, promoted)
    assert overall.difference < -TOLERANCE
    assert (overall.difference >= -may) is promoted
    # On either side of the edge the same is said of it, and the rule by which it is treated so.
    assert ruling.reason.startswith("It seems worse")
    assert f"more labels settle it); on so few labels, more than {may:.3f} is refused" in (
        ruling.reason
    )


@pytest.mark.parametrize("articles", [4, 5])
def test_of_fewer_than_five_articles_the_interval_is_one_of_sentences(articles: int) -> None:
    ruling = judged(model(0), model(), articles)
    assert ruling.table is not None
    low = ruling.table.overall.low
    assert low is not None
    assert (low > -0.6) is (articles < 5)  # an article drawn three times, or some more sentences


def test_where_nothing_could_be_measured_nothing_is_promoted() -> None:
    challenger = model()
    rows = examples(1)
    for champion in (None, EarlierModel(model(), None, None)):
        ruling = judge_models(challenger, rows, Measurement("nothing", rows, None, None), champion)
        assert not ruling.promote
        assert "from one article" in ruling.reason


class TestTheBestModelSoFar:
    """Level with the champion is not enough where that has lost a little already."""

    def test_holds_back_what_is_more_than_a_point_below_it(self) -> None:
        ruling = judged(model(0, 1), model(0, 1), 120, best=model(), each=10)
        assert not ruling.promote
        assert "seems more than 0.01 below the best model so far, m: overall F1" in ruling.reason
        assert "Beside the champion alone it would pass" in ruling.reason
        assert not ruling.best_so_far

    def test_is_named_with_when_it_was_made_and_has_a_line_refused_or_not(self) -> None:
        best = replace(model(), id="top")
        best = replace(best, manifest={**best.manifest, "created": "2026-11-29T20:51:38+00:00"})
        refused = judged(model(0, 1), model(0, 1), 120, best=best, each=10)
        assert "so far, top (made 2026-11-29 20:51 UTC): overall F1 0.967" in refused.reason
        passed = judged(model(), model(0, 1), 120, best=best, each=10)
        for ruling in (refused, passed):
            assert ruling.best is not None
            assert (ruling.best.model, ruling.best.overall.champion) == ("top", 1.0)
            assert ruling.best.overall.challenger == ruling.rows[0].challenger
        assert passed.promote
        assert judged(model(0), model(0, 1)).best is None

    def test_refuses_nothing_on_few_labels_and_that_is_said(self) -> None:
        for articles, promoted in ((40, True), (100, False)):  # of ten labels each
            ruling = judged(model(0), model(0), articles, best=model(), each=10)
            assert ruling.best is not None
            assert (ruling.promote, ruling.best.overall.lost) == (promoted, False)
            assert "seems more than 0.01 below the best model so far" in ruling.reason
            assert re.search(r"on so few labels, more than 0\.\d{3} is refused", ruling.reason)

    def test_is_no_measure_on_fewer_labels_than_a_model_is_judged_by(self) -> None:
        for articles, beside in ((4, False), (5, True)):  # of ten labels each
            ruling = judged(model(), model(), articles, best=model(), each=10)
            assert (ruling.best is not None) is beside
            assert not any("best model so far" in reason for reason in ruling.reasons)

    def test_lets_pass_what_is_as_good_and_that_is_the_best_then(self) -> None:
        ruling = judged(model(0), model(0, 1), 30, best=model(1))
        assert (ruling.promote, ruling.best_so_far) == (True, True)

    def test_is_the_champion_where_no_other_is_named(self) -> None:
        pair = model(0), model(0, 1, 2)
        better, worse = judged(*pair, 100, each=10), judged(*pair[::-1], 100, each=10)
        assert (better.promote, better.best_so_far) == (True, True)
        assert (worse.promote, worse.best_so_far) == (False, False)


@pytest.mark.slow
def test_what_cannot_be_compared_is_refused_although_it_is_as_good() -> None:
    rows = examples(30)
    champion = EarlierModel(model(), None, examples(60))
    challenger = model()
    measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
    ruling = judge_models(challenger, rows, measured, champion)
    assert not ruling.promote
    assert "1,200 of the 2,400 sentences" in ruling.reason
    unknown = EarlierModel(replace(model(), schema=parse_schema(XML)), None, None)
    dropped = judge_models(challenger, rows, measured, unknown)
    assert (dropped.promote, dropped.table, dropped.rows) == (False, None, ())
    assert "no longer has 'junk'" in dropped.reason


def test_sentences_that_the_champion_has_learnt_are_left_out_and_that_is_said() -> None:
    challenger, rows = model(), examples(30)
    measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
    for known, told in ((0, False), (2, True)):
        champion = EarlierModel(model(), None, examples(known))
        ruling = judge_models(challenger, rows, measured, champion)
        assert ruling.promote
        assert ("80 of the 1,200 measured sentences are left out" in ruling.reason) is told
        assert ruling.rows[0].support == 1200 - 40 * known


def test_a_champion_of_another_workspace_is_compared_although_its_labels_are_not_here() -> None:
    challenger, rows = model(), examples(30)
    measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
    for articles, promoted in (({"elsewhere": 9000}, True), ({"a01": 9000}, False)):
        summary = TrainingSummary(9000, {}, articles).to_json()
        champion = EarlierModel(replace(model(0), manifest={"training": summary}), None, None)
        assert judge_models(challenger, rows, measured, champion).promote is promoted


def test_a_champion_that_has_seen_everything_is_passed_by_what_a_first_model_must_do() -> None:
    rows = examples(30)
    summary = TrainingSummary(1200, {}, dict.fromkeys(rows.groups, 40)).to_json()
    knows_all = EarlierModel(replace(model(), manifest={"training": summary}), None, None)
    for challenger, promoted in ((model(0), True), (model(*range(15)), False)):
        measured = Measurement("own articles", rows, challenger.predict(rows.sentences), None)
        ruling = judge_models(challenger, rows, measured, knows_all)
        assert ruling.promote is promoted
        assert "cannot be measured on these labels" in ruling.reason


def test_the_draws_are_as_many_as_asked_for_and_follow_the_seed() -> None:
    def interval(**draws: int) -> tuple[float | None, float | None]:
        table = judge(counted(noisy(0.09, 2)), CHAMPION, **draws).table
        assert table is not None
        return table.overall.low, table.overall.high

    one = interval(n_resamples=1)
    assert one[0] == one[1]
    assert interval(n_resamples=50) == interval(n_resamples=50, seed=0)
    assert interval(n_resamples=50) != interval(n_resamples=50, seed=1)


class TestTheFirstModel:
    def test_passes_above_the_floors(self) -> None:
        ruling = judge(CHAMPION, None)
        assert ruling.promote
        assert {row.champion for row in ruling.rows} == {None}

    def test_is_refused_below_them(self) -> None:
        assert not judge(counted(noisy(0.5, 8)), None).promote

    def test_is_refused_where_there_is_nothing_to_judge_by(self) -> None:
        truth = np.zeros((300, 4), dtype=bool)
        ruling = judge(counted(truth, truth), None)
        assert (ruling.promote, "Nothing is ticked or marked" in ruling.reason) == (False, True)


def test_force_says_who_overrode_what() -> None:
    refused = judge(counted(noisy(0.2, 3)), CHAMPION)
    forced = refused.forced("ann")
    assert (forced.promote, forced.forced_by, forced.reasons) == (True, "ann", refused.reasons)
    passed = Ruling(True, ("It is better.",))
    assert passed.forced("ann") == passed
