"""What models learn from: one row for each labelled sentence, and what they are measured on.

A sentence that says the same as one of a held-out article counts as held out too, wherever it
stands: it is left out of the training rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.dataset.adjudication import Adjudicated, adjudicate
from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, NumericClaim, Picked, Sentence
from annotation.schema import Schema


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
    unlabelled: tuple[str, ...]
    """Texts that nobody labelled; features may be fitted on them."""
    ties: tuple[tuple[str, ...], ...]
    """The event types of each row on which people are split evenly."""
    claim_ties: tuple[tuple[NumericClaim, ...], ...]
    """The claims of each row on which people are split evenly."""
    left_out: tuple[str, ...] = ()
    """Sentences that were labelled and are no row, each with the reason, for the report."""

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


@dataclass(frozen=True, slots=True)
class Split:
    """Examples, taken apart by article."""

    training: Examples
    """What a model may see."""
    holdout: Examples
    """What it is measured on."""
    leaking: tuple[str, ...]
    """Ids of sentences left out of training because a held-out article says the same."""
    tied: tuple[str, ...]
    """Ids of sentences left out of the holdout because people are split evenly on them."""


def build_examples(snapshot: Snapshot) -> Examples:
    """Adjudicate a snapshot's annotations into rows, by article and position.

    Where people are split evenly on an event type it does not hold. A sentence of which nothing
    else remains is no row at all: nothing is known about it.
    """
    schema = snapshot.schema
    by_sentence: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in snapshot.annotations:
        by_sentence[annotation.sentence_id].append(annotation)
    column = {alias: place for place, alias in enumerate(schema.event_aliases)}
    decided, unlabelled, left_out = [], [], []
    for sentence in snapshot.sentences:
        found = adjudicate(by_sentence.get(sentence.id, ()), schema)
        reason = _unusable(found, schema)
        if reason is None:
            decided.append((sentence, found))
            continue
        if by_sentence.get(sentence.id):
            left_out.append(f"{sentence.id}: {reason}")
        if sentence.article_id not in snapshot.held_out:
            unlabelled.append(sentence.text)
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
        left_out=tuple(left_out),
    )


def split_holdout(examples: Examples, held_out: Iterable[str]) -> Split:
    """Take the rows of held-out articles apart, and what says the same out of training.

    Args:
        examples: all rows.
        held_out: ids of the articles to measure on.
    """
    articles = frozenset(held_out)
    holdout, tied, other = [], [], []
    texts = examples.texts
    for row, sentence in enumerate(examples.sentences):
        if sentence.article_id not in articles:
            other.append(row)
        elif examples.ties[row] or examples.claim_ties[row]:
            tied.append(row)
        else:
            holdout.append(row)
    same = _said_in([texts[row] for row in (*holdout, *tied)], texts)
    training = [row for row in other if texts[row] not in same]
    leaking = [row for row in other if texts[row] in same]
    return Split(
        training=examples.rows(training),
        holdout=examples.rows(holdout),
        leaking=tuple(examples.sentences[row].id for row in leaking),
        tied=tuple(examples.sentences[row].id for row in tied),
    )


def _said_in(held_out: Sequence[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts that say the same as a held-out one."""
    index = DuplicateIndex()
    for number, text in enumerate(held_out):
        index.add(str(number), text)
    return frozenset(text for text in texts if index.find(text) is not None)


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
