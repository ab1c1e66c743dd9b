"""What the numbers mean, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsledger.report.figures.disagreements import Dispute
from newsledger.report.figures.measured import Measured
from newsledger.report.figures.quality import Quality
from newsledger.report.judgement import (
    Standing,
    good_enough,
    next_steps,
    promotion,
    too_weak_to_doubt,
    whom_to_ask,
)
from tests.unit.newsledger.report.telling import told
from training.evaluation.bootstrap import Interval
from training.registry.files.ruling_file import KeptRuling


@pytest.fixture(scope="module")
def measured() -> Quality:
    found = told(300).quality
    assert found is not None
    return found


def f1(value: float, half: float = 0.05) -> Measured:
    return Measured(value, value - half, value + half, 100, "sentences")


WORK = told(300).labelling
"""Of its labels about half began as suggestions."""


def judged(quality: Quality | None, suggested: int = 0) -> str:
    return good_enough(quality, replace(WORK, suggested=suggested))


def test_beside_two_people(measured: Quality) -> None:
    worse = replace(measured, events_f1=f1(0.6), two_people=f1(0.8))
    assert judged(worse).startswith("Good for suggestions that people check, not for counting")
    level = replace(measured, events_f1=f1(0.83), two_people=f1(0.8))
    assert judged(level).startswith("As good as a second person")
    alone = replace(measured, two_people=Measured.none("nobody"))
    assert "no two people have labelled enough" in judged(alone)


@pytest.mark.parametrize(("its_half", "their_half"), [(0.02, 0.15), (0.15, 0.02), (0.15, 0.15)])
def test_what_is_known_poorly_of_model_or_people_makes_neither_as_good_nor_worse(
    measured: Quality, its_half: float, their_half: float
) -> None:
    for model in (0.72, 0.83):
        unclear = replace(measured, events_f1=f1(model, its_half), two_people=f1(0.8, their_half))
        assert "cannot be told yet" in judged(unclear)
        assert not judged(unclear).startswith("As good as")


def test_a_model_a_margin_below_people_is_no_second_person(measured: Quality) -> None:
    close = replace(measured, events_f1=f1(0.78, 0.01), two_people=f1(0.8, 0.01))
    assert judged(close).startswith("As good as a second person")
    below = replace(measured, events_f1=f1(0.75, 0.01), two_people=f1(0.8, 0.01))
    assert not judged(below).startswith("As good as a second person")


def test_labels_that_began_as_suggestions_flatter_the_model(measured: Quality) -> None:
    level = replace(measured, events_f1=f1(0.83), two_people=f1(0.8))
    assert "200 of 300 labels began as suggestions, which flatters" in judged(level, 200)
    assert "flatters" not in judged(level, 100)


def test_suggestions_are_good_where_half_of_them_are_surely_right(measured: Quality) -> None:
    alone = replace(measured, two_people=Measured.none("nobody"))
    assert judged(replace(alone, events_right=f1(0.56))).startswith("Good for suggestions")
    unclear = judged(replace(alone, events_right=f1(0.54)))
    assert unclear.startswith("Whether it is good enough for suggestions cannot be told yet")
    bad = judged(replace(alone, events_right=f1(0.31)))
    assert bad == "Not yet good enough even for suggestions: 31 of 100 ticks right."
    assert "cannot be told yet" in judged(replace(alone, events_right=f1(0.499)))
    assert [too_weak_to_doubt(replace(alone, events_right=f1(one))) for one in (0.31, 0.499)] == [
        True,
        False,
    ]
    assert "58 of 100 ticks right" in judged(replace(alone, events_right=f1(0.58, 0.1)))
    nothing = replace(alone, events_right=Measured.none("no ticks"), events_found=f1(0.0))
    assert judged(nothing).startswith("Not yet good enough even for suggestions: it finds none")
    unknown = replace(alone, events_right=Measured.none("no answers are stored with the model"))
    assert "not known: no answers are stored" in judged(unknown)


def test_what_was_not_measured_on_ones_own_articles_says_nothing(measured: Quality) -> None:
    assert judged(None).startswith("Nobody knows yet")
    assert "seed articles" in judged(replace(measured, measured_on="seed articles"))
    assert "no model has been measured" in judged(replace(measured, measured_on="nothing"))
    few = replace(measured, overall_f1=Measured.too_few(2, 31, "sentences"))
    assert judged(few) == (
        "Nobody knows yet: too little was labelled to judge the model in use by (measured on 2 "
        "articles; it takes 5)."
    )


def test_what_the_next_promotion_needs(measured: Quality) -> None:
    refused = KeptRuling(False, ("It is worse.",), "m", None)
    assert promotion(measured, refused) == "The last model was refused. It is worse."
    row = {"support": 400, "low": -0.02, "high": 0.04}
    passed = KeptRuling(True, ("Better.",), "m", row)
    # Half the interval is 0.03, 1.5 times the tolerance: 2.25 times as many decisions are needed.
    assert "takes about 500 more" in promotion(measured, passed)
    enough = KeptRuling(True, ("Better.",), "m", {**row, "low": -0.01, "high": 0.02})
    assert "That is enough" in promotion(measured, enough)
    # A standard deviation of .05: 50 variances are .125, a sixth of it with six times as many.
    few = KeptRuling(True, ("Better.",), "m", {"support": 80, "low": -0.098, "high": 0.098})
    assert "seems up to 0.125 worse may pass; from about 500 on" in promotion(measured, few)
    # As many as there are would not be "so few".
    nearly = KeptRuling(True, ("Better.",), "m", {"support": 44, "low": -0.0393, "high": 0.0393})
    assert "44 labelled decisions" in promotion(measured, nearly)
    assert "from about 50 on" in promotion(measured, nearly)
    assert "more than chance" in promotion(None, None)
    assert "labelled decisions that there are" in promotion(measured, None)
    for ruling in (passed, enough, few, nearly, None):
        assert "With fewer than 20 new labels (of under 200, a tenth)" in promotion(
            measured, ruling
        )
    assert "new labels" not in promotion(None, None)


def test_whom_to_ask() -> None:
    report = told(300)
    assert report.whom_to_ask.startswith(("ann and chi, about", "bob and chi, about"))
    lowest = min(one.figure.value for one in report.agreement.events if one.figure.value)
    assert f"agree least (alpha {lowest:.2f})" in report.whom_to_ask
    assert whom_to_ask(report.agreement, ()).startswith("Nobody: those who")
    assert told(1).whom_to_ask.startswith("Nobody: no sentence was labelled by two")


@pytest.mark.slow
def test_what_comes_next_depends_on_what_there_is() -> None:
    assert "Label 50 more sentences" in told(0, models=False).next_steps[0]
    assert "Label 49 more sentences" in told(1, models=False).next_steps[0]
    assert told(100, models=False).next_steps[0].startswith("Run `newsledger retrain`")
    assert told(600).next_steps[0].startswith("Run `newsledger retrain`")
    assert {len(told(n).next_steps) for n in (1, 40, 200)} == {2}


def test_where_a_model_was_measured_nobody_waits_for_a_first_one_and_what_is_used_up_is_said(
    measured: Quality,
) -> None:
    report = told(300)
    labelling = replace(report.labelling, labelled=48, waiting=0)
    standing = Standing(
        on_seeds=False,
        labelling=labelling,
        quality=measured,
        not_learnt=0,
        agreement=report.agreement,
        disputes=(),
        curve=None,
        likely_wrong=0.0,
        looked_at=48,
    )
    more = "Push more articles with `newsledger push INPUT`"
    assert next_steps(standing)[0] == f"{more}: no sentence waits for a label."
    first = next_steps(replace(standing, quality=None))
    assert first[0].startswith(f"{more}. Label 2 more sentences")
    waiting = replace(standing, labelling=replace(labelling, waiting=9), quality=None)
    assert next_steps(waiting)[0].startswith("Label 2 more sentences")


@pytest.fixture(scope="module")
def standing(measured: Quality) -> Standing:
    report = told(300)
    return Standing(
        on_seeds=False,
        labelling=replace(report.labelling, labelled=32, double=8, waiting=18),
        quality=measured,
        not_learnt=0,
        agreement=replace(report.agreement, sentences=8),
        disputes=report.disputes,
        curve=None,
        likely_wrong=0.0,
        looked_at=0,
    )


def test_a_model_measured_on_few_articles_is_no_reason_to_stop_labelling(
    standing: Standing, measured: Quality
) -> None:
    few = replace(measured, articles=2, overall_f1=Measured.too_few(2, 31, "sentences"))
    first = next_steps(replace(standing, quality=few))[0]
    assert first.startswith("Label 18 more sentences, of several articles")
    assert first.endswith("with some 50, of 5 articles or more, the model in use can be judged.")
    fewer = replace(standing, quality=few, labelling=replace(standing.labelling, waiting=17))
    assert next_steps(fewer)[0].startswith("Push more articles with `newsledger push INPUT`. Label")
    more = replace(standing, quality=few, labelling=replace(standing.labelling, labelled=60))
    assert next_steps(more)[0] == (
        "Label sentences of more articles: the model in use was measured on 2, and it takes 5 to "
        "say how good it is."
    )


def test_a_second_person_is_asked_for_no_more_sentences_than_there_are(standing: Standing) -> None:
    assert next_steps(standing)[0].startswith("Let a second person label 24 sentences that another")
    many = replace(standing, labelling=replace(standing.labelling, labelled=1_000))
    assert next_steps(many)[0].startswith("Let a second person label 92 sentences that another")
    one = replace(standing, labelling=replace(standing.labelling, labelled=9))
    assert next_steps(one)[0].startswith("Let a second person label 1 sentence that another")
    nobody = replace(standing, agreement=replace(standing.agreement, sentences=0))
    told = "labelled: not one has two labels, and it takes 100 to say how far to trust any."
    assert next_steps(nobody)[0].endswith(told)
    all_twice = replace(standing, labelling=replace(standing.labelling, labelled=8))
    assert not any("second person" in step for step in next_steps(all_twice))


def test_likely_errors_are_held_against_those_that_were_looked_at(standing: Standing) -> None:
    large = replace(
        standing,
        labelling=replace(standing.labelling, labelled=40_000),
        agreement=replace(standing.agreement, sentences=100, events=()),
        likely_wrong=41.0,
        looked_at=2_000,
    )
    assert "about 41 of the last 2,000 labelled sentences are" in next_steps(large)[0]
    assert "likeliest errors" not in "".join(next_steps(replace(large, likely_wrong=39.0)))
    small = replace(
        large, labelling=replace(large.labelling, labelled=40), likely_wrong=1.0, looked_at=40
    )
    assert "about 1 of 40 labelled sentences is expected" in next_steps(small)[0]


def test_who_settles_an_event_type_differs_on_one_that_is_below_the_line(
    standing: Standing,
) -> None:
    agreement = told(300).agreement
    low = [replace(agreement.events[0], why_none="", figure=Interval(0.5, 0.4, 0.6))]
    first = Dispute(("ann", "bob"), "Low", 3, 9, 90, 0.5)
    some = replace(
        standing,
        agreement=replace(agreement, sentences=100, events=tuple(low)),
        disputes=(first, Dispute(("ann", "chi"), "High", 30, 90, 90, 0.9)),
    )
    assert next_steps(some)[0].startswith("Let ann and bob settle 'Low', on which they differ in 3")
    unknown = replace(some, disputes=(replace(first, alpha=None),))
    assert "settle" not in "".join(next_steps(unknown))


def test_one_is_singular(standing: Standing, measured: Quality) -> None:
    only = replace(measured, labels=(replace(measured.labels[0], support=1),))
    assert "on the one labelled decision that there is; it passes" in promotion(only, None)
    last = replace(
        standing,
        labelling=replace(standing.labelling, labelled=8, waiting=1),
        quality=replace(measured, labels=()),
        disputes=(),
    )
    assert "1 sentence waits, those first" in next_steps(last)[0]
