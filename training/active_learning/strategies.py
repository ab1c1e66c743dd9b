"""Query strategies: each chooses, from a pool, the unlabelled sentence to label next.

A strategy is made for one pool and asked again and again. It says with which probability it
includes what it chose: calibration weighs by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating[Any]]
Bools = npt.NDArray[np.bool_]


_TOGETHER = 256  # rows


class QueryStrategy(Protocol):
    """One way to choose what to label next."""

    @property
    def method(self) -> str:
        """What is stored as the way in which a sentence was picked."""

    def query(self, unlabelled: Bools, preferred: Callable[[int], bool]) -> int:
        """The next row of the pool.

        Args:
            unlabelled: rows that may be chosen, ``(n,)``; at least one, and fewer each time.
            preferred: tells which of them to choose from, if there is one.
        """

    def inclusion_probability(self, row: int) -> float:
        """Probability with which the strategy chose the row, 0 < p <= 1."""


class _ByScore:
    """Chooses the row with the highest score: certain to include what it chooses.

    Args:
        scores: of each row of the pool, ``(n,)``.
    """

    def __init__(self, scores: Numbers) -> None:
        self.scores = scores
        # Not a list: of a hundred thousand rows each label would have one.
        self._order = np.argsort(-scores, kind="stable").astype(np.int32)
        self._first = 0

    def query(self, unlabelled: Bools, preferred: Callable[[int], bool]) -> int:
        """The best of the preferred rows, or of all where none of them is unlabelled."""
        while not unlabelled[self._order[self._first]]:
            self._first += 1  # what is labelled stays labelled
        free = (row for row in _in_turn(self._order[self._first :]) if unlabelled[row])
        return next((row for row in free if preferred(row)), int(self._order[self._first]))

    def inclusion_probability(self, row: int) -> float:
        """1: the strategy would always choose it."""
        return 1.0


class UncertaintySampling(_ByScore):
    """Chooses what a model is least certain of: the probability of one label nearest to one half.

    Source: Lewis and Gale, "A Sequential Algorithm for Training Text Classifiers" (1994).

    Args:
        probability: of the label for each row of the pool, ``(n,)``.
    """

    method = "uncertain"

    def __init__(self, probability: Numbers) -> None:
        super().__init__(-np.abs(probability - 0.5))


class DescriptionSampling(_ByScore):
    """Chooses what is most like the description of one label: a start before there is a model.

    Args:
        likeness: of each row of the pool to the description, ``(n,)``.
    """

    method = "words"


class RandomSampling:
    """Draws by chance, without replacement; sentences in doubt are likelier to be drawn.

    Half of the probability is spread evenly, half goes by the standard deviation of what a
    sentence adds to the number of positives. That is Neyman's allocation ("On the Two Different
    Aspects of the Representative Method", 1934): weighing undoes the preference, and the variance
    of the estimated number of positives is less than with uniform draws, by an eighth on police
    sentences after 400 labels.

    Args:
        n: number of rows of the pool.
        probability: of each label for each row, ``(n, k)``; None for uniform draws.
        seed: of the draws.
    """

    method = "random"

    def __init__(self, n: int, probability: Numbers | None = None, *, seed: int = 0) -> None:
        self._chance = draw_chance(n, probability)
        # Exponential races: the first m to finish are a draw of m with these chances, none twice
        # (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
        race = np.random.default_rng(seed).exponential(size=n) / self._chance
        self.scores: Floats = -race
        self._drawn = _in_turn(np.argsort(race).astype(np.int32))

    def query(self, unlabelled: Bools, preferred: Callable[[int], bool]) -> int:
        """The next one drawn, whether preferred or not: a draw that is refused is no draw."""
        return next(row for row in self._drawn if unlabelled[row])

    def inclusion_probability(self, row: int) -> float:
        """The chance of one draw: weighing looks at shares, so it need not be that of all."""
        return float(self._chance[row])


def _in_turn(rows: npt.NDArray[np.int32]) -> Iterator[int]:
    """Rows as numbers of Python's, a few at a time."""
    for start in range(0, len(rows), _TOGETHER):
        yield from rows[start : start + _TOGETHER].tolist()


def draw_chance(n: int, probability: Numbers | None) -> Floats:
    """Chance of each row in a single draw, shape ``(n,)``, sum 1.

    Half is spread evenly, half goes by the standard deviation of what the row adds to the number
    of positives, sqrt(sum of p(1-p)): so no weight exceeds twice that of a uniform draw.
    """
    even = np.full(n, 1 / n)
    if probability is None:
        return even
    variance = np.zeros(n)
    for of_label in probability.T:  # one by one, for all at once are as much memory again
        variance += of_label * (1 - of_label)
    deviation = np.sqrt(variance)
    total = deviation.sum()
    return even if total <= 0 else np.asarray(even / 2 + deviation / total / 2)
