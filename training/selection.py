"""What to label next: an order in which few labels teach much, and none is taken in by it.

Four of five places go to what the model is unsure of, label by label in turn (a margin for each,
so that a rare label gets as many as a common one); with no model yet, to what sounds most like
the label. Every fifth place is drawn by chance. The first kind teaches; the second finds what
the model does not know that it misses, and it alone tells how common a label is.

How each sentence was picked is kept (``Picked``). The sure picks have probability 1 and stand for
themselves; the drawn ones have the probability of their draw and stand for the pool, which is how
``EventClassifier`` weighs them. Draws are not uniform: a sentence is likelier to be drawn the more
its labels are in doubt, half of that probability being spread evenly. That is Neyman's allocation
("On the Two Different Aspects of the Representative Method", 1934): at the same number of labels it
halves the variance of the estimated number of positives, and weighing undoes the preference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from annotation.duplicates import DuplicateIndex
from annotation.records import Picked, Sentence
from annotation.schema import Schema
from training.events import EventClassifier
from training.heads import Floats
from training.predict import CompiledEvents
from training.wording import WordingClassifier

COLD = 25
"""Labels up to which the labels' own words choose better than a model."""
DRAWN_EVERY = 5
"""Every so many places, one is drawn by chance."""
HEAD = 1000
"""Places of the queue that are worked out one by one; long before its end, a new model reorders."""


class Chooser(Protocol):
    """What ``rank`` needs of a model; ``training.bundle.Model`` is one."""

    @property
    def schema(self) -> Schema:
        """The labels that it knows."""

    @property
    def events(self) -> EventClassifier | None:
        """None where there is no event model yet."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence and how it came to its place in the queue."""

    sentence_id: str
    """The sentence."""
    picked: Picked
    """The method, and the probability that calibration weighs by."""


def rank(
    model: Chooser,
    sentences: Sequence[Sentence],
    *,
    n_labelled: int | None = None,
    labelled_in: Mapping[str, int] | None = None,
    seed: int = 0,
) -> tuple[Ranked, ...]:
    """All sentences in the order in which to label them.

    Boilerplate and what says the same as an earlier sentence come last.

    Args:
        model: The champion.
        sentences: All that wait for a label.
        n_labelled: Number of labels so far; None where the model, if there is one, is to choose.
        labelled_in: Number of labels so far in each article, to spread the next ones.
        seed: Of the draws; another one for each round.
    """
    index = DuplicateIndex()
    fresh = [
        row
        for row, one in enumerate(sentences)
        if not one.boilerplate and index.add(one.id, one.text) is None
    ]
    texts = [sentences[row].text for row in fresh]
    articles = [sentences[row].article_id for row in fresh]
    probability = words = None
    if model.events is not None:
        probability = CompiledEvents(model.events).predict_proba(texts)
    if (probability is None or (n_labelled is not None and n_labelled < COLD)) and texts:
        words = wording(model.schema, texts)
    ranked = [
        Ranked(sentences[fresh[place]].id, picked)
        for place, picked in order(
            articles, probability=probability, words=words, labelled_in=labelled_in, seed=seed
        )
    ]
    first = {one.sentence_id for one in ranked}
    return (*ranked, *(Ranked(one.id, Picked()) for one in sentences if one.id not in first))


def wording(schema: Schema, texts: Sequence[str]) -> Floats:
    """Likeness of texts to the labels' words, shape ``(n, n_labels that do not exclude the rest)``.

    What a label that excludes the rest is called ("nothing happened") says nothing about the
    sentences that it is for.
    """
    described = [f"{x.value} {x.hint}" for x in schema.event_types if not x.excludes_rest]
    return WordingClassifier(described).fit(texts).score_texts(texts)


def order(
    articles: Sequence[str],
    *,
    probability: Floats | None = None,
    words: Floats | None = None,
    labelled_in: Mapping[str, int] | None = None,
    seed: int = 0,
    limit: int = HEAD,
) -> Iterator[tuple[int, Picked]]:
    """Rows in the order in which to label them, and how each was picked.

    Args:
        articles: Article of each row; the rows are distinct sentences.
        probability: What the model thinks, shape ``(n, n_labels)``; None before there is one.
        words: Likeness to the labels' words, shape ``(n, any)``; where given, it chooses the sure
            picks, and the probabilities only guide the draws.
        labelled_in: Number of labels so far in each article.
        seed: Of the draws.
        limit: Rows ordered one by one; the rest follow by their least margin.
    """
    n = len(articles)
    if not n:
        return
    doubt, method = _doubt(n, probability, words)
    columns = [np.argsort(-doubt[:, j], kind="stable").tolist() for j in range(doubt.shape[1])]
    chance = draw_chance(n, probability)
    # Exponential races: the first m to finish are a draw of m with these chances, none twice
    # (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
    race = np.random.default_rng(seed).exponential(size=n) / chance
    drawn = iter(np.argsort(race).tolist())
    in_article = Counter(labelled_in or {})
    done = np.zeros(n, dtype=bool)
    n_labelled = in_article.total()
    for place in range(min(limit, n)):
        if place % DRAWN_EVERY == DRAWN_EVERY - 1 or not columns:
            row = next(row for row in drawn if not done[row])
            # One draw is due in each stretch; shares, not sums, are what weighing looks at.
            picked = Picked("random", float(min(1.0, chance[row])))
        else:
            column = columns[(place - place // DRAWN_EVERY) % len(columns)]
            row = _first_free(
                column, done, articles, in_article, most=2 + (n_labelled + place) // 50
            )
            picked = Picked(method, 1.0)
        done[row] = True
        in_article[articles[row]] += 1
        yield row, picked
    rest = np.flatnonzero(~done)
    most_doubt = doubt[rest].max(axis=1, initial=-np.inf)
    for row in rest[np.argsort(-most_doubt, kind="stable")].tolist():
        yield row, Picked(method, 1.0)


def draw_chance(n: int, probability: Floats | None) -> Floats:
    """Chance of each row in a single draw, shape ``(n,)``, sum 1.

    Half is spread evenly, half goes by the standard deviation of what the row adds to the number
    of positives, sqrt(sum of p(1-p)): so no weight exceeds twice that of a uniform draw.
    """
    even = np.full(n, 1 / n)
    if probability is None:
        return even
    deviation = np.sqrt((probability * (1 - probability)).sum(axis=1))
    total = deviation.sum()
    return even if total <= 0 else np.asarray(even / 2 + deviation / total / 2)


def _doubt(n: int, probability: Floats | None, words: Floats | None) -> tuple[Floats, str]:
    """What orders the rows of each label, most wanted highest, and the name of the method."""
    if words is not None:
        return words, "words"
    if probability is not None:
        return -np.abs(probability - 0.5), "uncertain"
    return np.zeros((n, 0)), "random"


def _first_free(
    column: list[int],
    done: npt.NDArray[np.bool_],
    articles: Sequence[str],
    in_article: Mapping[str, int],
    most: int,
) -> int:
    """The first row that is not done and whose article has not had its share, else not done."""
    while done[column[0]]:
        # Rows once done stay done, so that each is dropped from the front only once.
        del column[0]
    free = (row for row in column if not done[row])
    return next((row for row in free if in_article.get(articles[row], 0) < most), column[0])
