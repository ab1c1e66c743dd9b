"""Challengers and champions made by hand: answers, and models that are wrong by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from annotation.records import Sentence
from annotation.schema import parse_schema
from tests.corpus import XML
from training.evaluation.confusion import ConfusionCounts, tally
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
    """Hits and misses of such answers."""
    return tally(ARTICLES, (truth, said), event_types=TYPES)


def without(label: int, said: Cells) -> Cells:
    """Answers that never give one label."""
    said = said.copy()
    said[:, label] = False
    return said


EVENTS_ONLY = parse_schema(XML[: XML.index("<Labels")] + XML[XML.index("<Text") :])
FOUR_EVENTS = replace(EVENTS_ONLY, event_types=EVENTS_ONLY.event_types[:4])


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
    summary = TrainingSummary(1200, {}, {"elsewhere": 1200}).to_json()
    return Model("m", FOUR_EVENTS, WrongIn(*wrong), None, {"training": summary})  # type: ignore[arg-type]


def examples(articles: int, each: int = 40) -> Examples:
    """So many articles, in which each type holds every fourth time."""
    sentences = tuple(
        Sentence(f"a{n:02d}:{i}", f"a{n:02d}", i, 0, 9, f"{n} {TYPES[i % 4]}")
        for n in range(articles)
        for i in range(each)
    )
    truth = np.array([[one == sentence.text.split()[1] for one in TYPES] for sentence in sentences])
    n = len(sentences)
    return Examples(*(sentences, truth, ((),) * n, np.ones(n), TYPES, (), ((),) * n, ((),) * n))
