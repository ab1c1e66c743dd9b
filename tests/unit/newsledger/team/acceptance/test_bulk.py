"""Acceptance in bulk: the threshold and the audit, decided on answers written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from scipy.stats import binom

from annotation.numbers.reader import read
from annotation.records import NumericClaim
from newsledger.team.acceptance.bulk import (
    AuditCount,
    AuditPlan,
    JudgedAnswer,
    answer_chance,
    fewest_seen,
    find_threshold,
    most_errors,
    plan_audit,
)
from newsledger.team.second_looks.second_opinion import NumberOpinion, SecondOpinion


def judged(n: int, *wrong: int) -> Iterator[JudgedAnswer]:
    """Answers from the surest to the least sure; some of them wrong, by their place."""
    return (JudgedAnswer(1 - place / (2 * n), place not in wrong) for place in range(n))


# ---------------------------------------------------------------------------- how sure an answer is


def test_an_answer_is_as_sure_as_all_its_parts_together() -> None:
    number = NumberOpinion(read("12 men")[0], {"dead": 0.1, "hurt": 0.1})
    said = SecondOpinion({"quiet": 0.9, "fight": 0.5}, ("quiet",), numbers=(number,))
    assert answer_chance(said, "quiet") == pytest.approx(0.9 * 0.5 * 0.8)


@pytest.mark.parametrize(
    "said",
    [
        SecondOpinion({"quiet": 0.9}, ()),
        SecondOpinion({"quiet": 0.9, "fight": 0.9}, ("quiet", "fight")),
        SecondOpinion({"quiet": 0.2, "fight": 0.9}, ("fight",)),
        SecondOpinion({"quiet": 0.9}, ("quiet",), claims=(NumericClaim(0, 2, "12", "dead"),)),
    ],
)
def test_what_says_anything_else_is_no_such_answer(said: SecondOpinion) -> None:
    assert answer_chance(said, "quiet") is None


# ------------------------------------------------------------------------------------ exact bounds


@pytest.mark.parametrize(("wrong", "seen"), [(0, 1), (0, 149), (1, 236), (7, 20), (19, 20)])
def test_the_bound_is_the_share_at_which_so_few_errors_are_just_too_unlikely(
    wrong: int, seen: int
) -> None:
    assert binom.cdf(wrong, seen, most_errors(wrong, seen)) == pytest.approx(0.05)


def test_where_all_is_wrong_or_nothing_was_seen_all_may_be_wrong() -> None:
    assert (most_errors(0, 0), most_errors(3, 3)) == (1.0, 1.0)


@pytest.mark.parametrize("promise", [0.5, 0.9, 0.98, 0.995])
@pytest.mark.parametrize("wrong", [0, 1, 5])
def test_as_many_as_needed_and_no_more(promise: float, wrong: int) -> None:
    n = fewest_seen(promise, wrong)
    assert most_errors(wrong, n) <= 1 - promise < most_errors(wrong, n - 1)


def test_what_is_known_from_tables() -> None:
    assert [fewest_seen(one) for one in (0.95, 0.98, 0.99)] == [59, 149, 299]


# ----------------------------------------------------------------------------------- the threshold


def test_too_few_labels_say_how_many_are_missing() -> None:
    found = find_threshold(tuple(judged(100)), 0.98)
    assert (found.threshold, found.seen, found.wrong, found.more_needed) == (None, 100, 0, 49)
    assert find_threshold((), 0.98).more_needed == 149


def test_all_are_accepted_where_all_are_right() -> None:
    answers = tuple(judged(400))
    found = find_threshold(answers, 0.98)
    assert found.threshold == answers[-1].chance
    assert (found.seen, found.wrong) == (400, 0)
    assert found.at_least >= 0.98


def test_the_search_ends_before_the_errors_begin() -> None:
    answers = tuple(judged(1000, *range(600, 1000)))
    found = find_threshold(answers, 0.98)
    assert found.threshold is not None
    assert 500 <= found.seen <= 620
    assert 1 - most_errors(found.wrong, found.seen) >= 0.98


def test_what_is_as_sure_is_accepted_together_and_judged_together() -> None:
    """Of answers with one and the same probability no part can be picked."""
    same = [JudgedAnswer(0.9, place % 10 > 0) for place in range(300)]
    assert find_threshold(same, 0.98).threshold is None
    found = find_threshold([JudgedAnswer(0.9, right=True)] * 300, 0.98)
    assert (found.threshold, found.seen) == (0.9, 300)


def test_errors_among_the_surest_ask_for_more_labels_or_say_that_labels_would_not_do() -> None:
    some = find_threshold(tuple(judged(200, 3)), 0.98)  # 1 of 149: too few to be sure
    assert (some.threshold, some.wrong) == (None, 1)
    assert some.more_needed is not None
    assert 87 <= some.more_needed < 500
    many = find_threshold(tuple(judged(200, *range(0, 200, 20))), 0.98)
    assert (many.threshold, many.more_needed) == (None, None)


# --------------------------------------------------------------------------------------- the audit


def test_the_audit_is_as_large_as_the_promise_asks() -> None:
    assert plan_audit(0.98, 1_000) == AuditPlan(149, 0)
    assert plan_audit(0.98, 5_000) == AuditPlan(fewest_seen(0.98, 4), 4)
    assert plan_audit(0.98, 10**6) == AuditPlan(fewest_seen(0.98, 10), 10)


def test_no_audit_where_people_would_see_half_of_it() -> None:
    assert plan_audit(0.98, 297) is None
    assert plan_audit(0.98, 298) == AuditPlan(149, 0)


def test_an_audit_is_broken_as_soon_as_it_holds_too_many_errors() -> None:
    plan = AuditPlan(236, 1)
    assert [AuditCount(plan, 20, n).broken for n in (0, 1, 2)] == [False, False, True]
    assert [AuditCount(plan, n, 1).kept for n in (235, 236)] == [False, True]
    assert not AuditCount(plan, 236, 2).kept
    assert AuditCount(plan, 236, 1).error_bound <= 0.02 < AuditCount(plan, 236, 2).error_bound
