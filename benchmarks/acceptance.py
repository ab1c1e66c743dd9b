"""Whether what is accepted in bulk keeps its promise.

    python -m benchmarks.acceptance [--runs 500] [--label none] [--precision 98]

Sentences are simulated on the labels of the seed articles: how sure models are that have not seen
the article, and how often an answer that they are so sure of is right, smoothed by a logistic
curve. Each run draws the blind labels, finds the threshold, accepts the sure ones of 10,000 other
sentences, and has people label the audit. People err, too: one right answer in a hundred they label
otherwise, and one wrong answer in twenty they take for right. The model's own probabilities are
made wrong on purpose:

- *as they are*, of texts like the seed articles, which were chosen for their events;
- *own text*, where, as in a trial, four of five sentences are such answers and nearly all of them
  right (log-odds higher by 3); what follows is on such texts;
- *sharpened*: twice as sure as they were, in log-odds, so that all look certain;
- *noisy*: with errors of their own, so that being surer says less;
- *drift*: as they are, but of the other sentences more answers are wrong (log-odds of being right
  lower by 1), which no threshold can know.

Printed are how often enough labels were there to accept anything, how many of the sure answers that
lets pass, and the share of all runs in which the promise holds for what was accepted, by what is
true: before the audit, and after it has been labelled, where what it breaks is undone.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from annotation.schema import read_schema
from benchmarks.claims import ROOT, labelled
from newsledger.team.acceptance.bulk import (
    AuditCount,
    JudgedAnswer,
    answer_chance,
    find_threshold,
    plan_audit,
)
from newsledger.team.second_looks.second_opinion import second_opinions

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
POOL = 10_000
OTHERWISE, TAKEN = 0.01, 0.05
EASIER, OFTEN = 3.0, 0.8
FAULTS = {
    "as they are": (1.0, 0.0, 0.0),
    "own text": (1.0, 0.0, 0.0),
    "sharpened": (2.0, 0.0, 0.0),
    "noisy": (1.0, 1.0, 0.0),
    "drift": (1.0, 0.0, 1.0),
}
"""By name: factor of the log-odds, spread of their errors, how much worse the others are."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Sentences of which a model says nothing but the label."""

    odds: Floats
    """Log-odds of its being sure."""
    slope: float
    """How the log-odds of being right grow with them."""
    level: float
    """The log-odds of being right where they are 0."""
    share: float
    """Share of all sentences that are such."""

    def drawn(self, number: int, worse: float, chance: np.random.Generator) -> tuple[Floats, Bools]:
        """Log-odds of some answers, and whether each is right."""
        odds = chance.choice(self.odds, number) + chance.normal(0, 0.2, number)
        right = 1 / (1 + np.exp(-(self.level + self.slope * odds - worse)))
        return odds, chance.random(number) < right


@dataclass(frozen=True, slots=True)
class AcceptanceRun:
    """What one run came to."""

    passed: float | None
    """Share of the sure answers that is accepted; None where no threshold was found."""
    precision: float
    """The share of them that is right."""
    broken: bool
    """Whether the audit breaks the promise, so that all is undone."""


def answers_of_seeds(label: str) -> Answers:
    """The seed sentences as models see them that have not seen the article."""
    schema = read_schema(ROOT / "label_config.xml")
    rows = labelled(ROOT / "seeds" / "labels.json", schema)
    opinions = second_opinions(rows, schema, frozenset(rows.groups))
    place = rows.label_names.index(label)
    chances, right = [], []
    for name, ticked, claims in zip(rows.sentence_ids, rows.labels, rows.claims, strict=True):
        if (chance := answer_chance(opinions[name], label)) is not None:
            chances.append(min(max(chance, 1e-4), 1 - 1e-4))
            right.append(bool(ticked[place]) and ticked.sum() == 1 and not claims)
    odds = np.log(np.array(chances) / (1 - np.array(chances)))
    curve = LogisticRegression(C=1e6).fit(odds[:, None], right)
    share = len(odds) / len(rows)
    print(
        f"Of {len(rows):,} seed sentences {len(odds):,} are said to be '{label}', "
        f"{np.mean(right):.1%} of them rightly."
    )
    return Answers(odds, float(curve.coef_[0, 0]), float(curve.intercept_[0]), share)


def run(
    answers: Answers,
    n_blind: int,
    promise: float,
    fault: tuple[float, float, float],
    chance: np.random.Generator,
) -> AcceptanceRun:
    """Find a threshold on blind labels, accept, and have the audit labelled."""
    sharper, spread, worse = fault

    def said(odds: Floats) -> Floats:
        return 1 / (1 + np.exp(-sharper * (odds + chance.normal(0, spread, len(odds)))))

    def seen(right: Bools) -> Bools:
        return chance.random(len(right)) < np.where(right, 1 - OTHERWISE, TAKEN)

    odds, right = answers.drawn(round(n_blind * answers.share), 0.0, chance)
    judged = map(JudgedAnswer, said(odds).tolist(), seen(right).tolist())
    found = find_threshold(tuple(judged), promise)
    odds, right = answers.drawn(round(POOL * answers.share), worse, chance)
    if found.threshold is None:
        return AcceptanceRun(None, 1.0, broken=False)
    sure = right[said(odds) >= found.threshold]
    plan = plan_audit(promise, len(sure))
    if plan is None:
        return AcceptanceRun(0.0, 1.0, broken=False)
    audit, accepted = sure[: plan.size], sure[plan.size :]
    count = AuditCount(plan, plan.size, int((~seen(audit)).sum()))
    return AcceptanceRun(len(accepted) / len(right), float(accepted.mean()), count.broken)


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--label", default="none")
    parser.add_argument("--precision", type=float, nargs="*", default=[90.0, 95.0, 98.0])
    parser.add_argument("--blind", type=int, nargs="*", default=[300, 1_000, 3_000])
    asked = parser.parse_args()
    seeds = answers_of_seeds(asked.label)
    own = replace(seeds, level=seeds.level + EASIER, share=OFTEN)
    for name, fault in FAULTS.items():
        answers = seeds if name == "as they are" else own
        for precision in asked.precision:
            for n_blind in asked.blind:
                promise, chance = precision / 100, np.random.default_rng(0)
                runs = [run(answers, n_blind, promise, fault, chance) for _ in range(asked.runs)]
                passed = [one.passed for one in runs if one.passed is not None]
                kept = [one.precision >= promise for one in runs]
                after = [k or one.broken for k, one in zip(kept, runs, strict=True)]
                broken = [one.broken for one in runs if one.passed is not None]
                print(
                    f"{name:12} {precision:.0f} %  {n_blind:5,} blind labels: "
                    f"a threshold in {len(passed) / len(runs):4.0%}, accepts "
                    f"{np.median(passed) if passed else 0:4.0%}, undone "
                    f"{np.mean(broken) if broken else 0:4.0%}; promise kept in "
                    f"{np.mean(kept):6.1%}, after the audit {np.mean(after):6.1%}"
                )


if __name__ == "__main__":
    main()
