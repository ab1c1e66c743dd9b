"""Acceptance in bulk: which sentences the machine may label, and how much of that people check.

Somebody names a precision that is to hold, the promise: so many of the accepted answers are right
as a whole, event types and claims. What a model says surely enough is accepted. How sure that is,
is decided by people's labels, and it is the promise that holds, not the model's probabilities:

- *The threshold* is found by fixed-sequence testing (A. N. Angelopoulos, S. Bates, E. J. Candès,
  M. I. Jordan, L. Lei, "Learn then Test", 2021): thresholds are tried from the strictest on, each
  by an exact binomial test at the full level, and the search ends with the first that fails. Which
  are tried follows from how sure the model is and not from what people said, so the search costs
  nothing: the last that passed breaks the promise with a chance of 5 % at most.
- *The audit* is a sample of what would be accepted, drawn by chance, that people label without a
  suggestion. Its size and how many errors it may hold are settled before anybody labels it, so that
  the exact upper bound of the errors (C. J. Clopper, E. S. Pearson, 1934) keeps the promise with as
  many. It sees what the threshold cannot: texts that are no longer like those it was found on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, prod

import numpy as np
from scipy.special import bdtr, betaincinv

from newsledger.team.second_looks.second_opinion import SecondOpinion

ACCEPTANCE_LEVEL = 0.95
"""How sure it is that a threshold, or an audit that was passed, keeps the promise."""
_STEPS = 12
"""Thresholds that are tried, at most."""
_STRICTEST = 4
"""The strictest lets one part in so many of the answers pass, where that is enough to be tested."""
_AUDITED = 10
"""One part in so many of what is accepted is audited at most, unless the smallest audit is more."""
_MOST_ERRORS = 10
"""An audit that may hold so many errors is large enough: more would cost people too much."""
_MOST_PLANNED = 50
"""With more errors than that among the surest answers nobody is told to label on."""


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer that would be accepted if it is sure enough, of a sentence that people labelled."""

    chance: float
    """How sure a model is of it that has not seen the article, 0 to 1."""
    right: bool
    """Whether people say exactly the same."""


@dataclass(frozen=True, slots=True)
class AcceptanceThreshold:
    """From where on answers are accepted, and why; or why none are."""

    threshold: float | None
    """How sure an answer must be; None where the promise cannot be kept."""
    seen: int
    """Judged answers that are as sure; without a threshold, as the strictest that was tried."""
    wrong: int
    """How many of these are wrong."""
    at_least: float
    """The lower bound of the precision among them, 0 to 1."""
    more_needed: int | None = 0
    """Without a threshold: how many more judged answers are needed if they are as often right; None
    where labels alone would not do."""


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """How much of what is accepted people see, settled before they do."""

    size: int
    """Sentences in it."""
    may_be_wrong: int
    """Errors that it may hold and still keep the promise."""


@dataclass(frozen=True, slots=True)
class AuditCount:
    """What people said of an audit so far."""

    plan: AuditPlan
    """What was settled."""
    seen: int
    """Sentences of it that people have labelled."""
    wrong: int
    """How many of these they label otherwise."""

    @property
    def broken(self) -> bool:
        """Whether the promise is broken, whatever the rest of the audit says."""
        return self.wrong > self.plan.may_be_wrong

    @property
    def kept(self) -> bool:
        """Whether all was seen, and the promise kept."""
        return self.seen >= self.plan.size and not self.broken

    @property
    def error_bound(self) -> float:
        """The upper bound of the share of errors, by what was seen, 0 to 1."""
        return most_errors(self.wrong, self.seen)


def answer_chance(opinion: SecondOpinion, label: str) -> float | None:
    """How sure a model is of one event type alone, with no claim; None where it says anything else.

    Args:
        opinion: what the model says of the sentence.
        label: alias of the event type.
    """
    if opinion.ticked != (label,) or opinion.claims:
        return None
    others = prod(1 - chance for other, chance in opinion.events.items() if other != label)
    no_claim = prod(max(0.0, 1 - sum(one.kinds.values())) for one in opinion.numbers)
    return float(opinion.events[label] * others * no_claim)


def most_errors(wrong: int, seen: int) -> float:
    """The upper bound of a share of errors: exact, one-sided, at ``ACCEPTANCE_LEVEL``.

    Args:
        wrong: how many were wrong.
        seen: of how many.
    """
    return 1.0 if wrong >= seen else float(betaincinv(wrong + 1, seen - wrong, ACCEPTANCE_LEVEL))


@lru_cache
def fewest_seen(promise: float, wrong: int = 0) -> int:
    """How many answers must be seen at least, so many of them wrong, to keep a promise.

    Args:
        promise: the precision, above 0 and below 1.
        wrong: how many of them are wrong.
    """
    allowed = 1 - promise
    low, high = wrong, 1 + 2 * wrong
    while not _holds(wrong, high, allowed):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _holds(wrong, middle, allowed) else (middle, high)
    return high


def find_threshold(judged: Collection[JudgedAnswer], promise: float) -> AcceptanceThreshold:
    """From where on answers keep a promise, as far as people's labels show.

    Args:
        judged: answers of which people have said whether they are right.
        promise: the precision that is to hold among what is accepted, above 0 and below 1.
    """
    ordered = sorted(judged, key=lambda one: -one.chance)
    chances = np.array([one.chance for one in ordered])
    wrong = np.concatenate([[0], np.cumsum([not one.right for one in ordered], dtype=int)])
    fewest = fewest_seen(promise)
    found: AcceptanceThreshold | None = None
    for size in _sizes(len(ordered), fewest):
        threshold = float(chances[size - 1])
        seen = int((chances >= threshold).sum())  # those that are as sure come along
        bound = 1 - most_errors(int(wrong[seen]), seen)
        tried = AcceptanceThreshold(threshold, seen, int(wrong[seen]), bound)
        if not _holds(tried.wrong, seen, 1 - promise):
            return found or _refused(tried, promise)
        found = tried
    if found is None:
        errors = int(wrong[-1])
        bound = 1 - most_errors(errors, len(ordered))
        return AcceptanceThreshold(None, len(ordered), errors, bound, fewest - len(ordered))
    return found


def plan_audit(promise: float, sure: int) -> AuditPlan | None:
    """How much people must see of what would be accepted; None where that is half of it or more.

    The more is accepted, the more errors the audit may hold, so that chance alone seldom breaks it.

    Args:
        promise: the precision that is to hold, above 0 and below 1.
        sure: how many sentences would be accepted, the audit's own among them.
    """
    plan = AuditPlan(fewest_seen(promise), 0)
    if 2 * plan.size > sure:
        return None
    for wrong in range(1, _MOST_ERRORS + 1):
        size = fewest_seen(promise, wrong)
        if size * _AUDITED > sure:
            break
        plan = AuditPlan(size, wrong)
    return plan


def _holds(wrong: int, seen: int, allowed: float) -> bool:
    """Whether so few errors are too unlikely if more than the allowed share were wrong."""
    return seen > wrong and float(bdtr(wrong, seen, allowed)) <= 1 - ACCEPTANCE_LEVEL


def _sizes(judged: int, fewest: int) -> Sequence[int]:
    """How many of the surest answers each threshold that is tried lets pass."""
    if judged < fewest:
        return ()
    first = max(fewest, ceil(judged / _STRICTEST))
    return sorted({round(one) for one in np.linspace(first, judged, _STEPS)})


def _refused(tried: AcceptanceThreshold, promise: float) -> AcceptanceThreshold:
    """What is said where already the strictest threshold breaks the promise."""
    share = tried.wrong / tried.seen
    for errors in range(tried.wrong, _MOST_PLANNED):
        needed = fewest_seen(promise, errors)
        if needed * share <= errors:
            more = max(1, needed - tried.seen)
            return AcceptanceThreshold(None, tried.seen, tried.wrong, tried.at_least, more)
    return AcceptanceThreshold(None, tried.seen, tried.wrong, tried.at_least, None)
