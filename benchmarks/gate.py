"""The gate on streams of labels: what it refuses though it is better, and passes though spoilt.

    NEWSLEDGER_DATA=FOLDER python -m benchmarks.gate [--streams seeds,starter] [--keep FOLDER]

People label 25 sentences a step, in the order of the queue; after each step a challenger is fitted
on all labels so far and judged by the gate. The truth is the overall F1 on a large part of articles
that nobody labels. Beside every third challenger two spoilt ones are judged: all labels shuffled,
half of the positive ones dropped. An order takes five minutes of processor time without
``starter``. With ``--keep`` what was fitted stays in a folder, and is judged again in minutes.

- ``seeds``: the seed articles, from nothing;
- ``starter``: a third of them is what newsledger brings along, and the champion at the start;
- ``police``: the sentences on police (``benchmarks/police.py`` says where they come from);
- ``rare``: the same with the two rarest labels;
- ``fail``, ``force``, ``four``: the same with other labels, for more models on few decisions; only
  where they are asked for;
- ``noise``: sixty challengers fitted on nineteen twentieths of the same 250 sentences on police,
  drawn anew each time, so that none is better than another but by chance.

*Regret* is how much better the best challenger so far is than the champion, in truth; steps before
the first champion have none. *Drift* is how much better the best champion so far was. Orders 0 to 9
are for figures: constants are chosen on others.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.gate_streams import (
    Fitted,
    Kind,
    Step,
    Stream,
    counts,
    first_champion,
    labelling,
    noise,
    overall,
    streams,
)
from benchmarks.police import parser
from benchmarks.tolls import share
from training.evaluation.promotion import gate
from training.evaluation.promotion.comparison import Comparison
from training.model import untrained_model

RULES = ("gate",)
FEWEST_SPOILT = 60
TOLD = 0.005
"""Regret from which a step is in the table of where it comes from."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One decision of one rule."""

    stream: str
    order: int
    labels: int
    """How many sentences were labelled."""
    rule: str
    kind: Kind
    promoted: bool
    better_by: float | None
    """Truth of the challenger minus that of the champion; None where there was none."""
    measured: Comparison | None
    """What the gate saw of that."""
    regret: float | None
    """After the decision; None where there is no champion."""
    drift: float
    """After the decision."""
    reason: str


class Referee:
    """One rule, with the champion that it has promoted."""

    def __init__(self, stream: Stream, order: int, rule: str, champion: Fitted | None) -> None:
        self.stream, self.order, self.rule = stream, order, rule
        self.champion = self.best = champion
        self.highest = self.highest_champion = champion.truth if champion else 0.0

    def judge(self, step: Step) -> Judged:
        """Judge a challenger; a true one that passes becomes champion."""
        new, champion = step.new, self.champion
        best = self.best if self.best is not champion else None
        models = (
            champion.earlier if champion else None,
            best.earlier if best else None,
        )
        ruling = gate.judge_models(new.model, new.learnt, new.measured, *models)
        if step.kind == "true":
            self.highest = max(self.highest, new.truth)
            if ruling.promote:
                self.champion = new
                self.highest_champion = max(self.highest_champion, new.truth)
                self.best = new if ruling.best_so_far else self.best
        return Judged(
            stream=self.stream.name,
            order=self.order,
            labels=step.labels,
            rule=self.rule,
            kind=step.kind,
            promoted=ruling.promote,
            better_by=new.truth - champion.truth if champion else None,
            measured=ruling.table.overall if ruling.table and champion else None,
            regret=self.highest - self.champion.truth if self.champion else None,
            drift=self.highest_champion - self.champion.truth if self.champion else 0.0,
            reason=ruling.reason,
        )


def run(stream: Stream, order: int, most: int, keep: Path | None) -> Iterator[Judged]:
    """Judge what is fitted step by step, by each rule."""
    kept = keep / f"{stream.name}-{order}-{most}.pickle" if keep else None
    if kept and kept.is_file():
        champion, steps = pickle.loads(kept.read_bytes())
    else:
        champion = first_champion(stream)
        made = (
            noise(stream, order)
            if stream.name == "noise"
            else labelling(stream, order, most, champion)
        )
        steps = list(made)
        if kept:
            kept.write_bytes(pickle.dumps((champion, steps)))
    for rule in RULES:
        referee = Referee(stream, order, rule, champion)
        yield from map(referee.judge, steps)
        if referee.champion is not None:
            said = untrained_model(stream.schema).predict(stream.test.sentences)
            print(
                f"  {stream.name} {order}, {rule}: champion at the end "
                f"{referee.champion.truth:.3f}, what stood in for the first "
                f"{overall(counts(stream.test, said, stream.schema)):.3f}",
                flush=True,
            )


def beside_champion(found: Sequence[Judged], rule: str) -> list[Judged]:
    """Decisions of a rule on true challengers, where there was a champion."""
    return [
        one
        for one in found
        if one.rule == rule and one.kind == "true" and one.better_by is not None
    ]


def report(found: Sequence[Judged]) -> None:
    """One line for each stream and rule."""
    print(
        f"\n{'':10s}{'rule':8s}{'steps':>6s}{'refused':>8s}{'better refused':>16s}"
        f"{'worse promoted':>16s}{'spoilt promoted':>17s}{'mean regret':>13s}"
    )
    for name in (*dict.fromkeys(one.stream for one in found), "all"):
        for rule in RULES:
            mine = [one for one in found if one.rule == rule and name in (one.stream, "all")]
            beside = beside_champion(mine, rule)
            bad = [one for one in mine if one.kind != "true"]
            better = [one.promoted for one in beside if (one.better_by or 0) > 0.01]
            worse = [one.promoted for one in beside if (one.better_by or 0) < -0.02]
            print(
                f"{name:10s}{rule:8s}{len(beside):6d}{sum(not one.promoted for one in beside):8d}"
                f"{f'{better.count(False)} of {len(better)}':>16s}"
                f"{f'{sum(worse)} of {len(worse)}':>16s}"
                f"{f'{sum(one.promoted for one in bad)} of {len(bad)}':>17s}"
                f"{np.mean([one.regret or 0.0 for one in beside] or [0.0]):13.4f}"
            )


def origin(found: Sequence[Judged]) -> None:
    """Where regret comes from: each step that leaves some, and what the gate saw and said."""
    for rule in RULES:
        mine = beside_champion(found, rule)
        whole = sum(one.regret or 0.0 for one in mine)
        print(f"\nregret by step, rule '{rule}', {whole:.3f} in all:")
        for one in mine:
            if (one.regret or 0.0) < TOLD or one.measured is None:
                continue
            said = "promoted" if one.promoted else "refused"
            print(
                f"  {one.stream} {one.order}, {one.labels} labels: {one.regret:.3f}, "
                f"{said}, better by {one.better_by or 0:+.3f}, "
                f"measured {one.measured.difference or 0:+.3f} on {one.measured.support}"
                + ("" if one.promoted else f": {one.reason[:90]}")
            )
    for one in found:
        if one.rule == "gate" and one.kind != "true" and one.promoted:
            print(f"\npassed though {one.kind}: {one.stream} {one.order}, {one.labels}")


def drifts(found: Sequence[Judged]) -> None:
    """How far the champion ever fell below the best champion so far, on noise."""
    for rule in RULES:
        for order in dict.fromkeys(one.order for one in found):
            mine = [one for one in found if (one.rule, one.order) == (rule, order)]
            told = [one.drift for one in mine]
            print(
                f"noise {order}, {rule}: {sum(one.promoted for one in mine)} of {len(mine)} "
                f"promoted; below the best champion so far by {max(told):.4f} at most, "
                f"{told[-1]:.4f} at the end; regret {mine[-1].regret or 0.0:.4f} at the end"
            )


def goals(found: Sequence[Judged], noisy: Sequence[Judged]) -> None:
    """What is asked of the gate, and whether it is so."""
    beside = beside_champion(found, "gate")
    bad = [one.promoted for one in found if one.rule == "gate" and one.kind != "true"]
    better = [not one.promoted for one in beside if (one.better_by or 0) > 0.01]
    worse = [one.promoted for one in beside if (one.better_by or 0) < -0.02]
    ends = {one.order: one.drift for one in noisy if one.rule == "gate"}
    spoilt = float(sum(bad)) if sum(bad) or len(bad) >= FEWEST_SPOILT else float("nan")

    def mean(values: Sequence[float]) -> float:
        return float(np.mean(values)) if values else float("nan")

    asked = (
        ("mean regret at most .007", mean([one.regret or 0.0 for one in beside]), 0.007),
        ("better refused at most 10 %", mean(better), 0.10),
        ("worse promoted at most 5 %", mean(worse), 0.05),
        (f"spoilt promoted none of at least {FEWEST_SPOILT} (here {len(bad)})", spoilt, 0.0),
        ("drift on noise at most a point", max(ends.values(), default=float("nan")), 0.01),
    )
    print(f"\nbetter refused {share(sum(better), len(better))} (Wilson)")
    print(f"worse promoted {share(sum(worse), len(worse))}")
    for what, value, most in asked:
        said = "not judged" if np.isnan(value) else "met" if value <= most else "NOT met"
        print(f"{what}: {value:.4f}, {said}")


def main() -> None:
    """Print the tables."""
    options = parser(__doc__)
    options.add_argument("--streams", default="seeds,starter,police,rare,noise")
    options.add_argument("--orders", type=int, default=3)
    options.add_argument("--first", type=int, default=0, help="number of the first order")
    options.add_argument("--most", type=int, default=250)
    options.add_argument("--keep", type=Path, help="folder in which what was fitted stays")
    arguments = options.parse_args()
    names = arguments.streams.split(",")
    found: list[Judged] = []
    with threadpool_limits(limits=1):
        for order in range(arguments.first, arguments.first + arguments.orders):
            for stream in streams(names, order, arguments):
                found += run(stream, order, arguments.most, arguments.keep)
    noisy = [one for one in found if one.stream == "noise"]
    labelled = [one for one in found if one.stream != "noise"]
    if labelled:
        report(labelled)
        origin(labelled)
    drifts(noisy)
    goals(labelled, noisy)


if __name__ == "__main__":
    main()
