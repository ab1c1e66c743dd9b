"""Whether the interval of the pull of suggestions holds what it promises.

    python -m benchmarks.anchoring [--runs 500] [--articles 60] [--blind 0.05] [--pull 0.10]

Annotators are simulated on the labels of the seed articles. Articles are drawn with replacement.
Each has a sharpness of its own, which decides how often a suggestion and a person err there: hard
articles hold mistakes of both. A person who sees a suggestion takes it over, where it is not what
they would have said, as often as lifts the share of labels that are as suggested by ``--pull``. The
queue is what it is in use: people label the sentences that the model is less sure of, blind ones
among them as they are drawn. What is known of a sentence's difficulty is known with noise.

Printed are the mean estimate and in how many runs the 95 % interval covers the pull, for several
shares of blind labels; and the same where difficulty is not matched.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotation.schema import read_schema
from benchmarks.claims import ROOT, labelled
from training.evaluation.anchoring import FEWEST_LABELS, anchoring_effect

WRONG_SUGGESTION, WRONG_PERSON = 0.35, 0.12
"""How often a suggestion and a person are wrong on a sentence of middling difficulty."""
LABELLED = 0.7
"""Share of each article that is labelled, from the hard end of the queue."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Simulated labels, one a row."""

    as_suggested: npt.NDArray[np.float64]
    """1 where a label is as suggested."""
    shown: npt.NDArray[np.bool_]
    """Whether the suggestion was in sight."""
    difficulty: npt.NDArray[np.float64]
    """What is known of it."""
    articles: tuple[str, ...]
    """The article of each."""


def simulate(
    sizes: Sequence[Sequence[int]],
    n_articles: int,
    blind: float,
    pull: float,
    chance: np.random.Generator,
) -> Labels:
    """The labels of one team.

    Args:
        sizes: of each seed article, how many event types each of its sentences has.
        n_articles: how many articles they label.
        blind: share of sentences drawn to be shown without a suggestion.
        pull: how much oftener labels are as suggested where it is seen.
        chance: of everything.
    """
    agreed, shown, known, articles = [], [], [], []
    for number, place in enumerate(chance.integers(0, len(sizes), n_articles)):
        types = np.array(sizes[place], dtype=float)
        own = chance.normal(0, 0.7)  # of the article
        hard = own + 0.5 * (types - 1) + chance.normal(0, 1.0, len(types))
        front = np.argsort(-hard)[: max(1, round(LABELLED * len(types)))]
        hard = hard[front]
        wrong = chance.random(len(hard)) < _logistic(hard, WRONG_SUGGESTION)
        errs = chance.random(len(hard)) < _logistic(hard, WRONG_PERSON)
        same = ~(wrong | errs)
        seen = chance.random(len(hard)) >= blind
        # Of those who would say something else, so many are pulled as make the difference; harder
        # sentences are taken over more often.
        taken = chance.random(len(hard)) < _pulled(hard, same, pull)
        agreed.append(np.where(seen & taken, True, same))
        shown.append(seen)
        known.append(hard + chance.normal(0, 1.0, len(hard)))
        articles += [str(number)] * len(hard)
    return Labels(
        np.concatenate(agreed).astype(float),
        np.concatenate(shown),
        np.concatenate(known),
        tuple(articles),
    )


def _logistic(hard: npt.NDArray[np.float64], middling: float) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(hard + np.log(middling / (1 - middling))))))


def _pulled(
    hard: npt.NDArray[np.float64], same: npt.NDArray[np.bool_], pull: float
) -> npt.NDArray[np.float64]:
    """The chance of taking a suggestion over: such that ``pull`` is the mean gain of a label."""
    right = (1 - _logistic(hard, WRONG_SUGGESTION)) * (1 - _logistic(hard, WRONG_PERSON))
    return np.where(same, 0.0, np.minimum(1.0, pull / np.maximum(1 - right, 1e-9)))


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--articles", type=int, nargs="*", default=[30, 60, 200])
    parser.add_argument("--blind", type=float, nargs="*", default=[0.05, 0.10])
    parser.add_argument("--pull", type=float, default=0.10)
    asked = parser.parse_args()
    rows = labelled(ROOT / "seeds" / "labels.json", read_schema(ROOT / "label_config.xml"))
    by_article: dict[str, list[int]] = {}
    for sentence, ticked in zip(rows.sentences, rows.labels, strict=True):
        by_article.setdefault(sentence.article_id, []).append(int(ticked.sum()))
    sizes = list(by_article.values())
    truth = true_pull(sizes, asked.pull)
    print(f"true pull {truth:.3f}; {asked.runs} runs each")
    for n_articles in asked.articles:
        for blind in asked.blind:
            chance = np.random.default_rng(0)
            held: dict[bool, list[bool]] = {True: [], False: []}
            widths: dict[bool, list[float]] = {True: [], False: []}
            told: list[float] = []
            n_blind: list[int] = []
            for _ in range(asked.runs):
                one = simulate(sizes, n_articles, blind, asked.pull, chance)
                if int((~one.shown).sum()) < FEWEST_LABELS:
                    continue  # nothing would be told
                n_blind.append(int((~one.shown).sum()))
                for matched in (True, False):
                    hard = one.difficulty if matched else np.zeros(len(one.difficulty))
                    found = anchoring_effect(one.as_suggested, one.shown, hard, one.articles)[2]
                    assert found.value is not None
                    assert found.low is not None
                    assert found.high is not None
                    held[matched].append(found.low <= truth <= found.high)
                    widths[matched].append(found.high - found.low)
                    if matched:
                        told.append(found.value)
            if not told:
                print(f"  {n_articles:4} articles, {blind:.0%} blind: too few to tell anything")
                continue
            print(
                f"  {n_articles:4} articles, {blind:.0%} blind (median {np.median(n_blind):.0f} "
                f"labels): mean {np.mean(told):.3f}; covered {np.mean(held[True]):.1%} of "
                f"{len(told)}, width {np.mean(widths[True]):.3f}; unmatched "
                f"{np.mean(held[False]):.1%}, width {np.mean(widths[False]):.3f}"
            )


def true_pull(sizes: Sequence[Sequence[int]], pull: float) -> float:
    """The pull as it is, on many articles: all shown minus all blind, the same sentences."""
    shown = simulate(sizes, 20_000, 0.0, pull, np.random.default_rng(1))
    blind = simulate(sizes, 20_000, 0.0, 0.0, np.random.default_rng(1))
    return float(shown.as_suggested.mean() - blind.as_suggested.mean())


if __name__ == "__main__":
    main()
