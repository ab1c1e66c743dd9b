"""Labels needed: newsledger's selection against random sampling, an oracle answering from the data.

    NEWSLEDGER_DATA=FOLDER python -m benchmarks.selection [--seeds 5] [--first 0] [--upto 600]

Both arms train the same classifier on the labels they have, and both are measured on articles
that neither labels. As in a workspace, the model knows what each label is described with: here the
question that people were asked. ``--undescribed`` tells what is left without. An arm has *reached*
the goal (90 % of the micro F1 with all labels) at the size where the mean of its seeds does; the
sizes at which single seeds first do are printed too, but they flatter the arm that is measured
oftener. Calibration is measured after the last round. Choose on seeds from 10 on (``--first 10``);
the first ones are for figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotation.articles.near_duplicates import DuplicateIndex
from benchmarks.police import LABELS, Part, parser, read
from training.active_learning.ranking import COLD_START, Pool, rank_pool
from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.metrics import calibration_error
from training.events.classifier import EventClassifier
from training.events.label_descriptions import LabelDescriptionClassifier

QUESTIONS = (
    "Did police kill someone?",
    "Did police arrest someone?",
    "Did police fail to intervene?",
    "Did police use force or violence?",
    "Did police do anything?",
)
"""The questions that the data set's annotators were asked (Halterman et al. 2021)."""
ROUND = 25


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model with so many labels is worth."""

    n: int
    micro: float
    macro: float
    calibration: float
    expected_over_actual: float
    in_pool: float
    """Expected over actual among the sentences that are not labelled yet: the same population."""


def measure(model: EventClassifier, dev: Part, n: int, train: Part, rest: Sequence[int]) -> Reading:
    """Metrics on the development half, and of what is not labelled in the training half."""
    probability = model.predict_proba(dev.texts)
    expected = model.predict_proba([train.texts[row] for row in rest]).sum()
    ticked, truth = model.decide(probability), dev.labels
    hit, both = (ticked & truth).sum(0), ticked.sum(0) + truth.sum(0)
    draws = ArticleDraws(dev.articles, n_resamples=1)
    return Reading(
        n,
        float(2 * hit.sum() / both.sum()),
        float(np.mean(2 * hit / both)),
        float(calibration_error(truth, probability, draws)[0]),
        float(probability.sum() / truth.sum()),
        float(expected / max(train.labels[list(rest)].sum(), 1)),
    )


def fit(
    train: Part,
    rows: Sequence[int],
    pool: Sequence[int],
    weight: Sequence[float] | None = None,
    *,
    described: Sequence[str],
) -> EventClassifier:
    """A model from the labels of some rows, the rest of the pool as background."""
    labelled = set(rows)
    return EventClassifier(descriptions=described).fit(
        [train.texts[row] for row in rows],
        train.labels[list(rows)],
        groups=[train.articles[row] for row in rows],
        sample_weight=weight,
        background=[train.texts[row] for row in pool if row not in labelled],
    )


def selected(
    train: Part,
    dev: Part,
    pool: list[int],
    words: npt.NDArray[np.float64],
    seed: int,
    upto: int,
    *,
    described: Sequence[str],
) -> list[Reading]:
    """Rounds of ``rank_pool``, each followed by a training."""
    rows: list[int] = []
    weight: list[float] = []
    model: EventClassifier | None = None
    readings = []
    while len(rows) < upto:
        taken = set(rows)
        free = [row for row in pool if row not in taken]
        probability = learnt = None
        if model is not None:
            probability = model.predict_proba([train.texts[row] for row in free])
            learnt = np.full(len(LABELS), len(rows) >= COLD_START)
            learnt[list(model.constant_)] = False
        labelled_in: dict[str, int] = {}
        for row in rows:
            labelled_in[train.articles[row]] = labelled_in.get(train.articles[row], 0) + 1
        queue = rank_pool(
            Pool([train.articles[row] for row in free], probability, words[free], learnt),
            labelled_in=labelled_in,
            seed=1000 * seed + len(rows),
        )
        for _, (place, picked) in zip(range(ROUND), queue, strict=False):
            rows.append(free[place])
            weight.append(1 / picked.probability)
        model = fit(train, rows, pool, weight, described=described)
        rest = [row for row in free if row not in set(rows[-ROUND:])]
        readings.append(measure(model, dev, len(rows), train, rest))
    return readings


def sampled(
    train: Part,
    dev: Part,
    pool: list[int],
    seed: int,
    sizes: Sequence[int],
    *,
    described: Sequence[str],
) -> list[Reading]:
    """A growing random sample, each size followed by a training."""
    mixed = np.random.default_rng(seed).permutation(pool).tolist()
    return [
        measure(fit(train, mixed[:n], pool, described=described), dev, n, train, mixed[n:])
        for n in sizes
    ]


def reached(arms: list[list[Reading]], goal: float) -> str:
    """Where the mean of the seeds, and each of them, reaches the goal."""
    mean = [(r[0].n, float(np.mean([one.micro for one in r]))) for r in zip(*arms, strict=True)]
    at = next((str(n) for n, micro in mean if micro >= goal), f"beyond {mean[-1][0]}")
    single = [next((one.n for one in arm if one.micro >= goal), None) for arm in arms]
    return f"{at}   (first time, seed by seed: {single})"


def table(name: str, arms: list[list[Reading]], every: int) -> None:
    """Print the means of the seeds, and their lowest and highest."""
    shown = {
        "micro F1": "micro",
        "macro F1": "macro",
        "calibration error": "calibration",
        "expected/actual": "expected_over_actual",
        "the same, in the pool": "in_pool",
    }
    print(f"\n{name}: mean of the seeds (lowest to highest)")
    print("  labels  " + "".join(f"{head:24s}" for head in shown))
    for place, at in enumerate(zip(*arms, strict=True)):
        if (place + 1) % every == 0 or place + 1 == len(arms[0]):
            cells = []
            for what in shown.values():
                values = [float(getattr(one, what)) for one in at]
                digits = 4 if what == "calibration" else 3
                low, mean, high = (
                    f"{one:.{digits}f}" for one in (min(values), np.mean(values), max(values))
                )
                cells.append(f"{f'{mean} ({low} to {high})':24s}")
            print(f"  {at[0].n:6d}  " + "".join(cells))


def main() -> None:
    """Print how many labels each arm needs."""
    arguments = parser(__doc__)
    arguments.add_argument("--seeds", type=int, default=5)
    arguments.add_argument("--first", type=int, default=0, help="number of the first seed")
    arguments.add_argument("--upto", type=int, default=600)
    arguments.add_argument("--random-upto", type=int, default=6000)
    arguments.add_argument("--random-step", type=int, default=250)
    arguments.add_argument("--undescribed", action="store_true")
    options = arguments.parse_args()
    described = () if options.undescribed else QUESTIONS
    seeds = range(options.first, options.first + options.seeds)
    train, dev = read(options.data)
    index = DuplicateIndex()
    pool = [row for row, text in enumerate(train.texts) if index.add(str(row), text) is None]
    full = EventClassifier(descriptions=described).fit(
        train.texts, train.labels, groups=train.articles
    )
    best = measure(full, dev, len(train.texts), train, pool[:1])
    goal = 0.9 * best.micro
    print(f"all {best.n} labels: micro F1 {best.micro:.3f}; goal {goal:.3f}; pool {len(pool)}")
    words = LabelDescriptionClassifier(QUESTIONS).fit(train.texts).score_texts(train.texts)
    ours = [
        selected(train, dev, pool, words, seed, options.upto, described=described) for seed in seeds
    ]
    table("selection", ours, every=2)
    print(f"reached at {reached(ours, goal)}", flush=True)
    sizes = range(options.random_step, options.random_upto + 1, options.random_step)
    random = [sampled(train, dev, pool, seed, sizes, described=described) for seed in seeds]
    table("random", random, every=2)
    print(f"reached at {reached(random, goal)}")


if __name__ == "__main__":
    main()
