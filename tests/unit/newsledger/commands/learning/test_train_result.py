"""What a training came to, as a data lead reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from newsledger.commands.learning.train_result import TrainResult
from tests.unit.training.evaluation.promotion.standins import (
    TRUTH,
    TYPES,
    Cells,
    counted,
    examples,
    model,
    noisy,
    without,
)
from training.evaluation.confusion import tally
from training.evaluation.measurement import Measurement
from training.evaluation.promotion.comparison import Comparison, ComparisonTable, Scope
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import Ruling, judge, judge_models


def told(
    ruling: Ruling, *, champion: str | None = "m1", measured_on: str = "own articles"
) -> TrainResult:
    """The outcome of a training that asked for a promotion."""
    return TrainResult(
        model="m2",
        champion=champion,
        promoted=ruling.promote,
        ruling=ruling,
        notes=(),
        measured_on=measured_on,
        articles=9,
        decisions=64,
        started_from_suggestion=0,
        figures={},
        seconds=1.0,
    )


def result(
    *, promoted: bool, champion: float | None, low: float = -0.1, high: float = 0.2
) -> TrainResult:
    """A comparison on one's own articles: one common label, and one of four cases."""

    def row(scope: Scope, label: str, support: int, ours: float) -> Comparison:
        if champion is None:
            return Comparison(scope, label, support, ours)
        return Comparison(scope, label, support, ours, champion, ours - champion, low, high)

    table = ComparisonTable(
        row("all", "micro", 64, 0.618),
        (row("events", "micro", 64, 0.618),),
        (row("event", "fight", 60, 0.701), row("event", "talk", 4, 0.501)),
    )
    ruling = Ruling(promoted, ("Because.",), table)
    return told(ruling, champion=None if champion is None else "m1")


def test_figures_of_few_cases_are_faint_and_have_one_digit() -> None:
    (shown,) = result(promoted=True, champion=0.55).tables()
    assert shown.title == "F1 on your own articles"
    assert shown.rows[0][:5] == ("all micro", "64", "0.550", "0.618", "+0.068")
    assert shown.rows[3] == ("event talk", "4", "0.6", "0.5", "-0.0", "–")
    assert shown.faint == {3}


@pytest.mark.parametrize(
    ("low", "high", "how"),
    [
        (0.001, 0.2, "clearly better"),
        (-0.001, 0.2, "not clearly better or worse"),
        (-0.2, 0.001, "not clearly better or worse"),
        (0.0, 0.0, "not clearly better or worse"),
        (-0.2, -0.001, "a little worse"),
    ],
)
@pytest.mark.parametrize("champion", [0.55, 0.618, 0.65])
def test_the_interval_says_what_is_better_and_never_the_difference(
    low: float, high: float, how: str, champion: float
) -> None:
    line = result(promoted=True, champion=champion, low=low, high=high).outlook
    change = f"F1 {champion:.3f} -> 0.618 on your own articles"
    assert line.startswith(f"In short: promoted, {how}, {change}; bring articles")


def test_one_line_says_of_what_to_bring_more() -> None:
    line = result(promoted=True, champion=0.55).outlook
    assert line.endswith("is least known: event 'talk' (4), event 'fight' (60).")
    assert "\n" not in line


def test_of_labels_with_few_examples_the_fewest_come_first_and_no_event_is_none_to_bring() -> None:
    labels: list[tuple[Scope, str, int, float]] = [
        ("event", "fight", 60, 0.1),
        ("event", "talk", 9, 0.0),
        ("claim", "talk", 2, 0.9),
        ("event", "nothing", 1, 0.0),
        ("event", "help", 70, 0.05),
    ]
    rows = tuple(Comparison(*one) for one in labels)
    table = ComparisonTable(Comparison("all", "micro", 142, 0.5), (), rows)
    outcome = replace(told(Ruling(True, ("Because.",), table)), no_events=("nothing",))
    assert outcome.outlook.endswith(": claim 'talk' (2), event 'talk' (9), event 'help' (70).")


def test_a_model_that_the_same_labels_make_again_is_no_better() -> None:
    again = replace(result(promoted=True, champion=0.618), champion="m2")
    assert again.outlook.startswith("In short: the same model as before, F1 0.618 on your own")
    assert "In use already: " in again.text()
    assert again.tables()[0].columns == ("", "support", "F1")  # beside itself: +0.000 everywhere
    assert "Promoted" not in again.text()


def test_where_nothing_is_new_nothing_is_refused() -> None:
    ruling = replace(judge(CHAMPION, None), promote=False, reasons=("Because.",), nothing_new=True)
    outcome = told(ruling, measured_on="seed articles")
    assert "Nothing new to learn: Because.\nThe champion m1 stays in use." in outcome.text()
    assert re.fullmatch(
        rf"In short: nothing new to learn, the champion stays \({F1} on the seed articles, which "
        r"say little about yours\); label sentences of your own articles next\.",
        outcome.outlook,
    )
    assert outcome.tables()[0].columns == ("", "support", "F1")
    assert not outcome.refused  # so that a nightly run ends well
    assert refused_for_a_label().refused
    assert outcome.to_json()["verdict"]["nothing_new"]
    assert not first_model().to_json()["verdict"]["nothing_new"]


def test_a_refusal_without_a_table_says_what_stays() -> None:
    dropped = told(Ruling(False, ("Its schema no longer has 'talk'.",)))
    assert dropped.outlook == "In short: refused, the champion stays (not measured)."


def test_what_nothing_was_measured_on_asks_for_a_second_article() -> None:
    nothing = told(Ruling(False, ("Nothing could be measured.",)), measured_on="nothing")
    assert nothing.outlook.startswith("Next: label sentences of more articles")


CHAMPION = counted(noisy(0.1, 1))


def judged(said: Cells) -> Ruling:
    return judge(counted(said), CHAMPION)


def first_model() -> TrainResult:
    return told(judge(CHAMPION, None), champion=None)


def refused_for_the_floor() -> TrainResult:
    shuffled = noisy(0.1, 1)[np.random.default_rng(3).permutation(300)]
    return told(judge(counted(shuffled), None), champion=None)


def refused_for_a_label() -> TrainResult:
    return told(judged(without(2, noisy(0.02, 4))))


def beside_models(*, learnt: Cells | None = None, best: bool = False) -> TrainResult:
    """A challenger that is wrong in one article as its champion is, on many articles."""
    rows, one = examples(60, 20), model(0)
    measured = Measurement("own articles", rows, one.predict(rows.sentences), None)
    labels = rows.labels if learnt is None else learnt
    champion = EarlierModel(one, one.predict(rows.sentences), replace(rows, labels=labels))
    made = {**one.manifest, "created": "2026-11-29T20:51:38+00:00"}
    top = EarlierModel(replace(model(), id="m0", manifest=made), None, rows.rows([]))
    return told(judge_models(one, rows, measured, champion, top if best else None))


def refused_beside_the_best() -> TrainResult:
    return beside_models(best=True)


def spoilt_labels() -> TrainResult:
    return beside_models(learnt=np.roll(examples(60, 20).labels, 1, axis=1))


def promoted_within_chance() -> TrainResult:
    return told(judged(noisy(0.1, 9)))


def promoted_clearly() -> TrainResult:
    return told(judged(noisy(0.05, 2)))


def too_few() -> TrainResult:
    few = slice(0, 20)
    names = [str(sentence) for sentence in range(20)]
    ours, champion = (
        tally(names, (TRUTH[few], said[few]), event_types=TYPES)
        for said in (noisy(0.45, 3), noisy(0.4, 1))
    )
    return told(judge(ours, champion))


def seeds_only() -> TrainResult:
    return told(judge(CHAMPION, None), champion=None, measured_on="seed articles")


def forced() -> TrainResult:
    return told(judged(noisy(0.2, 3)).forced("ann"))


F1 = r"F1 0\.\d{3}"
ON_OWN = "on your own articles"


@pytest.mark.parametrize(
    ("situation", "why", "short"),
    [
        (
            first_model,
            f"Promoted: It is the first model; overall {F1} on 299 labelled decisions, more than",
            f"promoted, {F1} {ON_OWN};",
        ),
        (
            refused_for_the_floor,
            "Refused: It agrees with people hardly more than chance would .* labels mixed up\\?\n"
            "There is no champion yet\\.",
            rf"refused, there is no champion yet \({F1} {ON_OWN}\); look at the labels before",
        ),
        (
            refused_for_a_label,
            "Refused: It finds none of 'help', of which the champion finds \\d+\\.\n"
            "The champion m1 stays in use",
            f"refused, though not for its F1, the champion stays at {F1} {ON_OWN} "
            r"\(0\.\d{3} for the new one\); bring articles with",
        ),
        (
            refused_beside_the_best,
            r"Refused: It seems more than 0\.01 below the best model so far, m0 "
            rf"\(made 2026-11-29 20:51 UTC\): overall {F1} against 1\.000 \(.*more labels settle "
            r"it\); on so few labels, more than 0\.\d{3} is refused\. Beside the champion alone it "
            "would pass, but small losses must not add up from model to model",
            f"refused, the champion stays at {F1} {ON_OWN} "
            r"\(0\.\d{3} for the new one, 1\.000 for the best so far\);",
        ),
        (
            promoted_within_chance,
            rf"Promoted: Not clearly better or worse: overall {F1} against 0\.\d{{3}} \([-+].*, "
            r"95 % interval -0\.\d{3} to \+0\.\d{3}, on 299 labelled decisions\), and no label",
            rf"promoted, not clearly better or worse, {F1} -> 0\.\d{{3}} {ON_OWN};",
        ),
        (
            promoted_clearly,
            f"Promoted: Better: overall {F1} against",
            rf"promoted, clearly better, {F1} -> 0\.\d{{3}} {ON_OWN};",
        ),
        (
            spoilt_labels,
            "Refused: Labels were lost or changed: 1,200 of the 1,200 decisions that the champion",
            f"refused, though not for its F1, the champion stays at {F1} {ON_OWN} "
            r"\(0\.\d{3} for the new one\); look at the labels before anybody labels more\.$",
        ),
        (
            too_few,
            r"Refused: \d+ labelled decisions are too few to judge; label about \d0 more "
            r"\(50 usually suffice\)",
            f"refused, the champion stays at {F1} {ON_OWN} ",
        ),
        (
            seeds_only,
            "Promoted: It is the first model",
            f"promoted, {F1} on the seed articles, which say little about yours; label sentences "
            r"of your own articles next\.$",
        ),
        (
            forced,
            f"Promoted by ann against the gate: It is worse: overall {F1} against",
            rf"promoted against the gate, clearly worse, {F1} -> 0\.\d{{3}} {ON_OWN};",
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_data_lead_reads_of(situation: Callable[[], TrainResult], why: str, short: str) -> None:
    outcome = situation()
    assert re.search(why, outcome.text(), re.DOTALL)
    assert re.match(f"In short: {short}", outcome.outlook)


def test_figures_on_other_sentences_are_not_held_against_each_other() -> None:
    outcome = refused_beside_the_best()
    best = outcome.ruling.best
    assert best is not None
    other = replace(best.overall, support=160, challenger=0.333, champion=0.6, difference=-0.267)
    few = replace(outcome.ruling, best=replace(best, overall=other))
    assert replace(outcome, ruling=few).outlook.count(
        "; 0.333 against 0.600 of the best so far, on the 160 decisions that are new to that"
    )


def test_what_nobody_asked_to_promote_is_not_called_refused() -> None:
    outcome = replace(promoted_clearly(), promoted=False, asked=False)
    assert outcome.outlook.startswith("In short: the gate would let it pass, F1 ")


def test_the_best_model_so_far_has_a_row_of_its_own_and_is_in_json() -> None:
    outcome = refused_beside_the_best()
    table, beside = outcome.tables()
    assert beside.title == (
        "F1 on your own articles that the best model so far has not learnt from, beside it"
    )
    assert beside.columns[2] == "best so far"
    (row,) = beside.rows
    assert row[:2] == ("m0 (made 2026-11-29 20:51 UTC)", "1,200")
    assert (row[2], row[3]) == ("1.000", table.rows[0][3])
    best = outcome.to_json()["verdict"]["best"]
    assert (best["model"], best["overall"]["champion"]) == ("m0", 1.0)
    assert promoted_clearly().to_json()["verdict"]["best"] is None
    assert len(promoted_clearly().tables()) == 1
