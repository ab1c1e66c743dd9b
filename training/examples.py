"""What models learn from: one row for each labelled sentence, and what is held out.

The holdout is chosen by article, once, and written down. An article is decided the first time that
one of its sentences is labelled, and the decision never changes: what was trained on is never
measured on later, and the other way round. A sentence that says the same as one of a held-out
article counts as held out too, wherever it stands: it is left out of the training rows.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.dataset.adjudication import Adjudicated, adjudicate
from annotation.dataset.snapshot import Snapshot
from annotation.errors import WorkspaceError
from annotation.records import Annotation, NumericClaim, Picked, Sentence
from annotation.schema import Schema
from annotation.storage import locked, read_json_state, write_json_state

HOLDOUT_SHARE = 0.2
"""Share of the first ``MANY`` labelled articles that is held out."""

MANY = 300
"""Labelled articles from which on a further one is worth more in training than held out: sixty
articles tell apart models a few points of F1 apart, and intervals narrow with the root only."""

LATER_SHARE = 0.05
"""Share of the articles beyond ``MANY`` that is held out; not none, for news changes."""

FEWEST_ARTICLES = 5
"""With fewer labelled articles none is held out: one fifth of them would be less than one."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences, adjudicated, ready for training or measuring."""

    sentence_ids: tuple[str, ...]
    """One id for each row."""
    texts: tuple[str, ...]
    """The sentences."""
    groups: tuple[str, ...]
    """The article of each row; rows of one article are never split."""
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

    def __len__(self) -> int:
        return len(self.sentence_ids)

    def rows(self, chosen: Sequence[int] | NDArray[np.intp]) -> Examples:
        """Some of the rows, in the order given."""
        places = [int(place) for place in chosen]
        return Examples(
            sentence_ids=tuple(self.sentence_ids[i] for i in places),
            texts=tuple(self.texts[i] for i in places),
            groups=tuple(self.groups[i] for i in places),
            labels=self.labels[places],
            claims=tuple(self.claims[i] for i in places),
            weights=self.weights[places],
            label_names=self.label_names,
            unlabelled=self.unlabelled,
            ties=tuple(self.ties[i] for i in places),
            claim_ties=tuple(self.claim_ties[i] for i in places),
            left_out=self.left_out,
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
        sentence_ids=tuple(sentence.id for sentence, _ in decided),
        texts=tuple(sentence.text for sentence, _ in decided),
        groups=tuple(sentence.article_id for sentence, _ in decided),
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
    for row, group in enumerate(examples.groups):
        if group not in articles:
            other.append(row)
        elif examples.ties[row] or examples.claim_ties[row]:
            tied.append(row)
        else:
            holdout.append(row)
    same = _said_in([examples.texts[row] for row in (*holdout, *tied)], examples.texts)
    training = [row for row in other if examples.texts[row] not in same]
    leaking = [row for row in other if examples.texts[row] in same]
    return Split(
        training=examples.rows(training),
        holdout=examples.rows(holdout),
        leaking=tuple(examples.sentence_ids[row] for row in leaking),
        tied=tuple(examples.sentence_ids[row] for row in tied),
    )


def choose_holdout(
    articles: Iterable[str],
    decided: dict[str, bool] | None = None,
    *,
    share: float = HOLDOUT_SHARE,
) -> dict[str, bool]:
    """Decide for each article whether it is held out; what is decided stays.

    Wanted are ``share`` of the first ``MANY`` articles and ``LATER_SHARE`` of the further ones. A
    new article is held out when its hash falls into the first part of all hashes, as large as the
    part of the new articles that is wanted. Where chance leaves fewer held out than wanted in all
    (rounded up), the new ones with the smallest hashes are added, so that a handful of articles
    has a holdout too.

    Args:
        articles: ids of the articles with labels.
        decided: earlier decisions.
        share: share of the first ``MANY`` articles to hold out.

    Returns:
        All decisions, the earlier ones included. Empty while there are fewer than
        ``FEWEST_ARTICLES`` articles: then nothing is decided yet.
    """
    decisions = dict(decided or {})
    new = sorted(set(articles).difference(decisions), key=_place)
    total = len(decisions) + len(new)
    if total < FEWEST_ARTICLES and not decisions:
        return {}
    wanted = _wanted(total, share)
    part = (wanted - _wanted(len(decisions), share)) / max(1, len(new))
    for article in new:
        decisions[article] = _place(article) < part
    missing = math.ceil(wanted) - sum(decisions.values())
    for article in [one for one in new if not decisions[one]][: max(0, missing)]:
        decisions[article] = True
    return decisions


def freeze_holdout(path: Path, articles: Iterable[str]) -> frozenset[str]:
    """Read the decisions in ``path``, add those for new articles, write them down.

    Args:
        path: the workspace's ``holdout.json``.
        articles: ids of the articles that have labels now.

    Returns:
        Ids of all held-out articles.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written. It is never chosen anew by
            itself: a second choice would measure models on what they were trained on.
    """
    # Of two commands at once, the second must see what the first has decided.
    with locked(path.with_name(f".{path.name}.lock")):
        decided = _read_holdout(path)
        decisions = choose_holdout(articles, decided)
        if decisions != decided:
            state = {"held_out": dict(sorted(decisions.items()))}
            write_json_state(path, state, format=_FORMAT)
    return frozenset(article for article, out in decisions.items() if out)


def labelled_articles(
    sentences: Iterable[Sentence], annotations: Iterable[Annotation]
) -> frozenset[str]:
    """Ids of the articles with at least one annotation that was not cancelled."""
    labelled = {one.sentence_id for one in annotations if not one.cancelled}
    return frozenset(one.article_id for one in sentences if one.id in labelled)


def _said_in(held_out: Sequence[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts that say the same as a held-out one."""
    index = DuplicateIndex()
    for number, text in enumerate(held_out):
        index.add(str(number), text)
    return frozenset(text for text in texts if index.find(text) is not None)


def _read_holdout(path: Path) -> dict[str, bool]:
    hint = (
        "Restore it from a backup or a snapshot's manifest; "
        "a new choice would measure models on what they were trained on."
    )
    found = read_json_state(path, format=_FORMAT, what="The holdout", hint=hint)
    if found is None:
        return {}
    decisions = found.get("held_out")
    if not isinstance(decisions, dict) or not all(map(_is_bool, decisions.values())):
        raise WorkspaceError(
            f"The holdout in {path} cannot be read: it does not say of each article, true or "
            "false, whether it is held out.",
            hint=hint,
        )
    return decisions


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _wanted(articles: int, share: float) -> float:
    """How many of so many articles are to be held out."""
    return share * min(articles, MANY) + min(share, LATER_SHARE) * max(0, articles - MANY)


def _place(article: str) -> float:
    """A number in [0, 1) that only the id decides."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:8]) / 2**64


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
