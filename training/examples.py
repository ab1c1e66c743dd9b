"""What models learn from: one row for each labelled sentence.

The user's own articles and those that newsledger brought along are told apart: a model learns from
both, and is measured on the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.dataset.adjudication import Adjudicated, adjudicate, by_sentence
from annotation.dataset.snapshot import Snapshot
from annotation.records import NumericClaim, Picked, Sentence
from annotation.schema import Schema

SEEDS_FADE = 100
"""With so many own sentences a seed sentence teaches half as much as one of them.

Chosen on articles that were not learnt from. Where seeds and own labels mean the same (articles of
one topic as own ones, the others as seeds, 30 to 300 own sentences) F1 stays within a point; 30
would cost two or three. Where they do not quite (sentences on police, 25 to 1,000 of them), log
loss falls by 2 to 16 %, while F1 moves between three points down and two up.
"""


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences, adjudicated, ready for training or measuring."""

    sentences: tuple[Sentence, ...]
    """The sentence of each row."""
    labels: NDArray[np.bool_]
    """``(n, k)``: which event types hold; columns as in ``label_names``."""
    claims: tuple[tuple[NumericClaim, ...], ...]
    """The numeric claims of each row that hold."""
    weights: NDArray[np.float64]
    """``(n,)``: how many sentences a row stands for, by how it was picked; mean 1."""
    label_names: tuple[str, ...]
    """Aliases of the event types, in the order of the schema."""
    unlabelled: tuple[Sentence, ...]
    """Sentences that nobody labelled; features may be fitted on their texts."""
    ties: tuple[tuple[str, ...], ...]
    """The event types of each row on which people are split evenly."""
    claim_ties: tuple[tuple[NumericClaim, ...], ...]
    """The claims of each row on which people are split evenly."""
    seeds: frozenset[str] = frozenset()
    """Ids of the articles that newsledger brought along."""
    suggested: frozenset[str] = frozenset()
    """Ids of the sentences of which somebody's label started from a model's suggestion."""
    partly_marked: frozenset[str] = frozenset()
    """Ids of the sentences of which somebody's spans could not all be placed: of the numbers that
    no claim covers nothing is known."""
    left_out: tuple[tuple[Sentence, str], ...] = ()
    """Sentences that were labelled and are no row, each with the reason."""

    @property
    def sentence_ids(self) -> tuple[str, ...]:
        """The id of each row's sentence."""
        return tuple(sentence.id for sentence in self.sentences)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each row."""
        return tuple(sentence.text for sentence in self.sentences)

    @property
    def groups(self) -> tuple[str, ...]:
        """The article of each row; rows of one article are never split."""
        return tuple(sentence.article_id for sentence in self.sentences)

    @property
    def tied(self) -> NDArray[np.bool_]:
        """``(n,)``: True where nobody is measured.

        There people are split evenly on anything, or not all that they marked is known.
        """
        return np.array(
            [
                bool(one or other) or partly
                for one, other, partly in zip(self.ties, self.claim_ties, self.partly, strict=True)
            ],
            dtype=bool,
        )

    @property
    def partly(self) -> tuple[bool, ...]:
        """Of each row, whether it is ``partly_marked``."""
        return tuple(sentence.id in self.partly_marked for sentence in self.sentences)

    @property
    def n_decisions(self) -> int:
        """How many event types are ticked and claims marked, all rows together."""
        return int(self.labels.sum()) + sum(map(len, self.claims))

    @property
    def relevance(self) -> NDArray[np.float64]:
        """``(n,)``: as how many sentences each teaches: one of the user's own as one.

        A seed sentence teaches the less the more own ones there are; ``SEEDS_FADE`` says how fast.
        """
        brought = np.array([one in self.seeds for one in self.groups], dtype=bool)
        own = len(self) - int(brought.sum())
        return np.where(brought, SEEDS_FADE / (SEEDS_FADE + own), 1.0)

    @property
    def n_suggested(self) -> int:
        """How many rows' labels started from a suggestion: figures of these flatter the model."""
        return sum(sentence.id in self.suggested for sentence in self.sentences)

    @property
    def measured_articles(self) -> frozenset[str]:
        """The user's own labelled articles; where there is none, those that were brought along."""
        labelled = frozenset(self.groups)
        return labelled - self.seeds or labelled

    def __len__(self) -> int:
        return len(self.sentences)

    def rows(self, chosen: Sequence[int] | NDArray[np.intp]) -> Examples:
        """Some of the rows, in the order given."""
        places = [int(place) for place in chosen]
        return replace(
            self,
            sentences=tuple(self.sentences[i] for i in places),
            labels=self.labels[places],
            claims=tuple(self.claims[i] for i in places),
            weights=self.weights[places],
            ties=tuple(self.ties[i] for i in places),
            claim_ties=tuple(self.claim_ties[i] for i in places),
        )


def build_examples(snapshot: Snapshot) -> Examples:
    """Adjudicate a snapshot's annotations into rows, by article and position.

    Where people are split evenly on an event type it does not hold. A sentence of which nothing
    else remains is no row at all: nothing is known about it.
    """
    schema = snapshot.schema
    said = by_sentence(snapshot.annotations)
    column = {alias: place for place, alias in enumerate(schema.event_aliases)}
    decided, unlabelled, left_out = [], [], []
    for sentence in snapshot.sentences:
        found = adjudicate(said.get(sentence.id, ()), schema)
        reason = _unusable(found, schema)
        if reason is None:
            decided.append((sentence, found))
            continue
        if said.get(sentence.id):
            left_out.append((sentence, reason))
        unlabelled.append(sentence)
    labels = np.zeros((len(decided), len(column)), dtype=bool)
    for row, (_, found) in enumerate(decided):
        labels[row, [column[alias] for alias in found.events.aliases]] = True
    return Examples(
        sentences=tuple(sentence for sentence, _ in decided),
        labels=labels,
        claims=tuple(found.claims for _, found in decided),
        weights=_weights([snapshot.picked.get(sentence.id, Picked()) for sentence, _ in decided]),
        label_names=schema.event_aliases,
        unlabelled=tuple(unlabelled),
        ties=tuple(found.ties for _, found in decided),
        claim_ties=tuple(found.claim_ties for _, found in decided),
        seeds=snapshot.seeds,
        suggested=frozenset(
            one.sentence_id
            for one in snapshot.annotations
            if one.suggested_by is not None and not one.cancelled
        ),
        partly_marked=frozenset(
            sentence.id
            for sentence, found in decided
            if any(one.spans_left_out for one in found.counted)
        ),
        left_out=tuple(left_out),
    )


def without_what_they_say(
    rows: Examples, articles: Collection[str], others: Iterable[Sentence]
) -> Examples:
    """The rows of other articles that say something else: what a model of these may learn from.

    The sentences of the articles are unknown to such a model, and so is what says the same
    elsewhere.

    Args:
        rows: all rows.
        articles: ids of the articles that are to be unseen.
        others: their sentences, labelled or not.
    """
    index = index_of(sentence.text for sentence in others)
    elsewhere = [row for row, one in enumerate(rows.sentences) if one.article_id not in articles]
    chosen = rows.rows([row for row in elsewhere if index.find(rows.sentences[row].text) is None])
    unlabelled = tuple(one for one in rows.unlabelled if one.article_id not in articles)
    return replace(chosen, unlabelled=unlabelled)


def index_of(texts: Iterable[str]) -> DuplicateIndex:
    """An index that finds what says the same as one of the texts."""
    index = DuplicateIndex()
    for number, text in enumerate(texts):
        index.add(str(number), text)
    return index


def _unusable(found: Adjudicated, schema: Schema) -> str | None:
    if not found.annotators:
        return "skipped by everyone"
    if schema.event_types and found.ties and not found.events.aliases:
        return f"people are split evenly on {', '.join(found.ties)}"
    return None


def _weights(picks: Sequence[Picked]) -> NDArray[np.float64]:
    """Inverse probabilities of being picked (Horvitz and Thompson 1952), with mean 1.

    The event classifier trims them before it lets them decide anything.
    """
    weights = np.array([1 / pick.probability for pick in picks], dtype=float)
    return weights / weights.mean() if len(weights) else weights
