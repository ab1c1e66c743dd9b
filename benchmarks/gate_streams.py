"""Streams for ``benchmarks/gate.py``: what people label, step by step, and what is fitted to it.

Nothing here depends on which challenger is promoted: the queue is that of the latest one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from annotation.records import Sentence
from annotation.schema import Schema, parse_schema, read_schema
from benchmarks.claims import ROOT, labelled
from benchmarks.police import LABELS, Part
from benchmarks.police import read as read_police
from benchmarks.selection import QUESTIONS
from training.active_learning.ranking import rank
from training.evaluation.confusion import ConfusionCounts, f1, tally
from training.evaluation.measurement import Measurement, measure_cross_fitted
from training.evaluation.promotion.earlier_models import EarlierModel
from training.examples import Examples
from training.model import Model, untrained_model
from training.predictions import Predictions
from training.train import TrainingSummary, fit

STEP = 25
SPOILT_EVERY = 3
NOISE_LABELS = 250
NOISE_STEPS = 60
NOISE_SHARE = 0.95
"""Share of the labels in each draw of noise: with a tenth left out, half of the draws would be
refused for the sentences that are gone."""
POOL_ARTICLES = 90
"""Articles on police that wait for labels: more sentences than a stream gets through."""

ON_POLICE = {
    "police": LABELS,
    "rare": ("KILL", "FAIL"),
    "fail": ("ARREST", "FAIL"),
    "force": ("ARREST", "FORCE"),
    "four": LABELS[:4],
}
"""Streams of the same sentences with some of their labels, in the order in which articles are
drawn; without the label of every tenth sentence hardly a model rests on a hundred decisions."""

Kind = Literal["true", "shuffled", "halved"]


@dataclass(frozen=True, slots=True)
class Stream:
    """What waits for labels, and what the truth is measured on."""

    name: str
    schema: Schema
    pool: Examples
    test: Examples
    starter: Examples | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A challenger, with all that a rule asks for."""

    model: Model
    learnt: Examples
    measured: Measurement
    truth: float
    """Its overall F1 on articles that nobody labels."""

    @property
    def earlier(self) -> EarlierModel:
        """As the gate knows it once it is champion."""
        return EarlierModel(self.model, self.measured.answers, self.learnt)


@dataclass(frozen=True, slots=True)
class Step:
    """What is judged next."""

    kind: Kind
    """Whether its labels are as people gave them, or spoilt."""
    labels: int
    """How many sentences are labelled by now."""
    new: Fitted
    """The challenger."""


def streams(names: Sequence[str], order: int, arguments: argparse.Namespace) -> Iterator[Stream]:
    """The streams that were asked for, their articles in a random order."""
    chance = np.random.default_rng(order)
    schema = read_schema(ROOT / "label_config.xml")
    seeds = labelled(ROOT / "seeds" / "labels.json", schema)
    articles = chance.permutation(sorted(set(seeds.groups))).tolist()
    if "seeds" in names:
        yield Stream("seeds", schema, of(seeds, articles[20:]), of(seeds, articles[:20]))
    if "starter" in names:
        brought = of(seeds, articles[34:])
        starter = replace(brought, seeds=frozenset(articles[34:]))
        own, test = of(seeds, articles[16:34]), of(seeds, articles[:16])
        yield Stream("starter", schema, own, test, starter)
    for name, labels in ON_POLICE.items():
        if not {"noise", *ON_POLICE}.intersection(names):
            return
        train, dev = read_police(arguments.data)
        some = chance.permutation(sorted(set(train.articles)))[:POOL_ARTICLES]
        schema, pool = police_schema(labels), of(police_examples(train, labels), some.tolist())
        for called in (name, "noise") if name == "police" else (name,):
            if called in names:
                yield Stream(called, schema, pool, police_examples(dev, labels))


def of(rows: Examples, articles: Sequence[str]) -> Examples:
    """The rows of some articles."""
    kept = frozenset(articles)
    return rows.rows([row for row, one in enumerate(rows.groups) if one in kept])


def police_schema(labels: Sequence[str]) -> Schema:
    """Labels with what their annotators were asked as a hint."""
    asked = dict(zip(LABELS, QUESTIONS, strict=True))
    choices = "".join(f'<Choice value="{one}" hint="{asked[one]}"/>' for one in labels)
    return parse_schema(
        '<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
        f"{choices}</Choices></View>"
    )


def police_examples(part: Part, labels: Sequence[str]) -> Examples:
    """Sentences on police as rows to learn from."""
    n = len(part.texts)
    columns = [LABELS.index(one) for one in labels]
    return Examples(
        sentences=tuple(
            Sentence(f"{article}:{row}", article, row, 0, len(text), text)
            for row, (article, text) in enumerate(zip(part.articles, part.texts, strict=True))
        ),
        labels=part.labels[:, columns],
        claims=((),) * n,
        weights=np.ones(n),
        label_names=tuple(labels),
        unlabelled=(),
        ties=((),) * n,
        claim_ties=((),) * n,
    )


def together(one: Examples, other: Examples | None) -> Examples:
    """The rows of both."""
    if other is None:
        return one
    return replace(
        one,
        sentences=other.sentences + one.sentences,
        labels=np.vstack([other.labels, one.labels]),
        claims=other.claims + one.claims,
        weights=np.concatenate([other.weights, one.weights]),
        ties=other.ties + one.ties,
        claim_ties=other.claim_ties + one.claim_ties,
        partly_marked=other.partly_marked | one.partly_marked,
        seeds=other.seeds,
    )


def counts(rows: Examples, said: Predictions, schema: Schema) -> ConfusionCounts:
    """Hits, false answers and misses by article."""
    return tally(
        rows.groups,
        (rows.labels, said.ticked),
        (rows.claims, said.claims) if schema.claim_kinds else None,
        event_types=schema.event_aliases,
        claim_kinds=schema.claim_aliases,
    )


def overall(found: ConfusionCounts) -> float:
    """F1 over all decisions."""
    return float(f1(*(np.asarray(x.sum()) for x in (found.hits, found.false, found.missed))))


def fitted(stream: Stream, rows: Examples, number: int) -> Fitted:
    """A challenger of the rows, and what answers for it."""
    whole = together(rows, stream.starter)
    summary = TrainingSummary.of_examples(whole, stream.schema)
    model = replace(
        fit(whole, stream.schema), id=f"m{number}", manifest={"training": summary.to_json()}
    )
    measured = measure_cross_fitted(whole, stream.schema)
    said = model.predict(stream.test.sentences)
    return Fitted(model, whole, measured, overall(counts(stream.test, said, stream.schema)))


def first_champion(stream: Stream) -> Fitted | None:
    """What newsledger brings along, where a stream begins with that."""
    return None if stream.starter is None else fitted(stream, stream.pool.rows([]), 0)


def labelling(stream: Stream, order: int, most: int, champion: Fitted | None) -> Iterator[Step]:
    """Label and fit, step by step, in the order of the queue, and with the weights of its picks."""
    began = time.process_time()
    asks = champion.model if champion else untrained_model(stream.schema)
    done: list[int] = []
    weights: list[float] = []
    place = {one.id: row for row, one in enumerate(stream.pool.sentences)}
    while len(done) < min(most, len(place) - STEP):
        waiting = [one for one in stream.pool.sentences if place[one.id] not in set(done)]
        groups = [stream.pool.groups[row] for row in done]
        queue = rank(
            asks,
            waiting,
            asks.predict(waiting),
            n_labelled=len(done),
            labelled_in={one: groups.count(one) for one in set(groups)},
            seed=1000 * order + len(done),
        )
        done += [place[one.sentence_id] for one in queue[:STEP]]
        weights += [1 / one.picked.probability for one in queue[:STEP]]
        rows = labelled_rows(stream.pool, done, weights)
        chance = np.random.default_rng(1000 * order + len(done))
        if len(done) // STEP % SPOILT_EVERY == 0:
            for kind, bad in spoilt(rows, chance):
                yield Step(kind, len(done), fitted(stream, bad, len(done)))
        new = fitted(stream, rows, len(done))
        yield Step("true", len(done), new)
        asks = new.model
        print(
            f"  {stream.name} {order}: {len(done)} labels, truth {new.truth:.3f}, "
            f"{time.process_time() - began:.0f} s of processor time",
            flush=True,
        )


def noise(stream: Stream, order: int) -> Iterator[Step]:
    """Challengers of labels drawn anew from the same ones, none better but by chance."""
    chance = np.random.default_rng(order)
    some = chance.permutation(len(stream.pool))[:NOISE_LABELS]
    for number in range(NOISE_STEPS):
        drawn = chance.permutation(some)[: round(NOISE_SHARE * len(some))]
        rows = labelled_rows(stream.pool, sorted(drawn.tolist()), [1.0] * len(drawn))
        yield Step("true", len(rows), fitted(stream, rows, number))


def spoilt(rows: Examples, chance: np.random.Generator) -> Iterator[tuple[Kind, Examples]]:
    """Labels that belong to other sentences, and labels of which half is gone."""
    other = chance.permutation(len(rows)).tolist()
    yield (
        "shuffled",
        replace(rows, labels=rows.labels[other], claims=tuple(rows.claims[row] for row in other)),
    )
    kept = chance.random(rows.labels.shape) < 0.5
    claims = tuple(tuple(one for one in many if chance.random() < 0.5) for many in rows.claims)
    yield "halved", replace(rows, labels=rows.labels & kept, claims=claims)


def labelled_rows(pool: Examples, done: Sequence[int], weights: Sequence[float]) -> Examples:
    """The rows that are labelled by now, weighed as the queue picked them; the others are known."""
    waiting = np.setdiff1d(np.arange(len(pool)), done).tolist()
    return replace(
        pool.rows(done),
        weights=np.asarray(weights),
        unlabelled=tuple(pool.sentences[row] for row in waiting),
    )
