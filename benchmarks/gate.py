"""The gate on streams of labels: what it refuses though it is better, and passes though spoilt.

    NEWSLEDGER_DATA=FOLDER python -m benchmarks.gate [--streams seeds,starter] [--orders 3]

People label 25 sentences a step, in the order of the queue; after each step a challenger is fitted
on all labels so far and judged, by the gate as it is and by the rule of a holdout (a fifth of the
articles, paired bootstrap, no loss of F1, the interval's lower end above -2 points). The truth is
the overall F1 on a large part of articles that nobody labels. Beside every third challenger two
spoilt ones are judged: all labels shuffled, half of the positive ones dropped. An order takes
twenty minutes on an idle core: two thirds of them are ``starter`` and ``noise``.

- ``seeds``: the seed articles, from nothing;
- ``starter``: a third of them is what newsledger brings along, and the champion at the start;
- ``police``: the sentences on police (``benchmarks/police.py`` says where they come from);
- ``rare``: the same with the two rarest labels;
- ``noise``: sixty challengers fitted on nine tenths of the same 150 labels, drawn anew each time,
  so that none is better than another but by chance.

*Regret* is how much better the best challenger so far is than the champion, in truth; before the
first, than what stands in for it. Both rules judge the same challengers, fitted on all labels; with
a holdout a fitted twin stands in for each.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from annotation.records import Sentence
from annotation.schema import Schema, parse_schema, read_schema
from benchmarks.claims import ROOT, labelled
from benchmarks.police import LABELS, Part, parser
from benchmarks.police import read as read_police
from benchmarks.selection import QUESTIONS
from training.active_learning.ranking import rank
from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.confusion import ConfusionCounts, f1, tally
from training.evaluation.measurement import Measurement, measure_cross_fitted
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import judge_models
from training.examples import Examples
from training.model import Model, Predictions, untrained_model
from training.train import TrainingSummary, fit

STEP = 25
SPOILT_EVERY = 3
NOISE_LABELS = 150
NOISE_STEPS = 60
POOL_ARTICLES = 90
"""Articles on police that wait for labels: more sentences than a stream gets through."""


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
    """A challenger, with all that either rule asks for."""

    model: Model
    learnt: Examples
    measured: Measurement
    twin: Model | None
    """Fitted without the articles that a holdout would hold out."""
    truth: float

    @property
    def earlier(self) -> EarlierModel:
        """As the gate knows it once it is champion."""
        return EarlierModel(self.model, self.measured.answers, self.learnt)


@dataclass(frozen=True, slots=True)
class Judged:
    """One decision of one rule."""

    stream: str
    rule: str
    kind: str
    """``true``, ``shuffled`` or ``halved``."""
    promoted: bool
    better_by: float | None
    """Truth of the challenger minus that of the champion; None where there was none."""
    regret: float
    """After the decision."""
    reason: str


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
    for name, labels in (("police", LABELS), ("rare", ("KILL", "FAIL"))):
        if name in names:
            train, dev = read_police(arguments.data)
            some = chance.permutation(sorted(set(train.articles)))[:POOL_ARTICLES]
            schema = police_schema(labels)
            pool = of(police_examples(train, labels), some.tolist())
            yield Stream(name, schema, pool, police_examples(dev, labels))


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


def held_out(article: str) -> bool:
    """Whether a holdout would hold the article out: every fifth, by its id."""
    return hashlib.sha256(article.encode()).digest()[0] < 256 / 5


def fitted(stream: Stream, rows: Examples, number: int, *, twin: bool = True) -> Fitted:
    """A challenger of the rows, what answers for it, and its twin without the holdout."""
    whole = together(rows, stream.starter)
    summary = TrainingSummary.of_examples(whole, stream.schema)
    model = replace(
        fit(whole, stream.schema), id=f"m{number}", manifest={"training": summary.to_json()}
    )
    measured = measure_cross_fitted(whole, stream.schema)
    rest = [row for row, one in enumerate(rows.groups) if not held_out(one)]
    some = together(rows.rows(rest), stream.starter)
    without = fit(some, stream.schema) if twin and rest else None
    said = model.predict(stream.test.sentences)
    truth = overall(counts(stream.test, said, stream.schema))
    return Fitted(model, whole, measured, without, truth)


def holdout_rule(schema: Schema, rows: Examples, new: Fitted, champion: Fitted | None) -> bool:
    """What the gate asked before: no loss on the held-out articles, and none to be feared."""
    if champion is None:
        return True
    held = rows.rows([row for row, one in enumerate(rows.groups) if held_out(one)])
    if not len(held) or new.twin is None or champion.twin is None:
        return False
    ours, theirs = (
        counts(held, twin.predict(held.sentences), schema) for twin in (new.twin, champion.twin)
    )
    draws = ArticleDraws(ours.articles, n_resamples=1000)
    series = [
        f1(*(draws.total(part.sum(axis=1)) for part in (one.hits, one.false, one.missed)))
        for one in (ours, theirs)
    ]
    difference = series[0] - series[1]
    return bool(difference[0] >= 0 and np.quantile(difference[1:], 0.025) >= -0.02)


class Rules:
    """Both rules, each with the champion that it has promoted."""

    def __init__(self, stream: Stream, champion: Fitted | None) -> None:
        self.stream = stream
        self.champions: dict[str, Fitted | None] = {"holdout": champion, "gate": champion}
        self.best = champion
        said = untrained_model(stream.schema).predict(stream.test.sentences)
        self.stand_in = overall(counts(stream.test, said, stream.schema))
        self.highest = champion.truth if champion else self.stand_in

    def judge(self, kind: str, rows: Examples, new: Fitted) -> Iterator[Judged]:
        """Judge a challenger; a true one that passes becomes champion."""
        if kind == "true":
            self.highest = max(self.highest, new.truth)
        for rule, champion in tuple(self.champions.items()):
            reason = ""
            if rule == "holdout":
                promoted = holdout_rule(self.stream.schema, rows, new, champion)
            else:
                best = self.best if self.best is not champion else None
                verdict = judge_models(
                    new.model,
                    new.learnt,
                    new.measured,
                    champion.earlier if champion else None,
                    best.earlier if best else None,
                )
                promoted, reason = verdict.promote, verdict.reason
                if promoted and kind == "true" and verdict.best_so_far:
                    self.best = new
            better_by = new.truth - champion.truth if champion else None
            if promoted and kind == "true":
                self.champions[rule] = new
            now = self.champions[rule]
            regret = self.highest - (now.truth if now else self.stand_in)
            yield Judged(self.stream.name, rule, kind, promoted, better_by, regret, reason)


def spoilt(rows: Examples, chance: np.random.Generator) -> Iterator[tuple[str, Examples]]:
    """Labels that belong to other sentences, and labels of which half is gone."""
    other = chance.permutation(len(rows)).tolist()
    yield (
        "shuffled",
        replace(rows, labels=rows.labels[other], claims=tuple(rows.claims[row] for row in other)),
    )
    kept = chance.random(rows.labels.shape) < 0.5
    claims = tuple(tuple(one for one in many if chance.random() < 0.5) for many in rows.claims)
    yield "halved", replace(rows, labels=rows.labels & kept, claims=claims)


def run(stream: Stream, order: int, most: int) -> Iterator[Judged]:
    """Label, fit and judge, step by step."""
    began = time.perf_counter()
    champion = fitted(stream, stream.pool.rows([]), 0) if stream.starter is not None else None
    rules = Rules(stream, champion)
    asks = champion.model if champion else untrained_model(stream.schema)
    done: list[int] = []
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
        rows = labelled_rows(stream.pool, done)
        new = fitted(stream, rows, len(done))
        chance = np.random.default_rng(1000 * order + len(done))
        if len(done) // STEP % SPOILT_EVERY == 0:
            for kind, bad in spoilt(rows, chance):
                yield from rules.judge(kind, bad, fitted(stream, bad, len(done)))
        yield from rules.judge("true", rows, new)
        asks = new.model
        print(
            f"  {stream.name} {order}: {len(done)} labels, truth {new.truth:.3f}, "
            f"{time.perf_counter() - began:.0f} s",
            flush=True,
        )


def labelled_rows(pool: Examples, done: Sequence[int]) -> Examples:
    """The rows that are labelled by now; the others wait, and are known."""
    waiting = np.setdiff1d(np.arange(len(pool)), done).tolist()
    return replace(pool.rows(done), unlabelled=tuple(pool.sentences[row] for row in waiting))


def drift(stream: Stream, order: int) -> tuple[float, float, float]:
    """Truth of the champion after sixty draws of noise, of the best so far, and of all draws."""
    chance = np.random.default_rng(order)
    some: npt.NDArray[np.int64] = chance.permutation(len(stream.pool))[:NOISE_LABELS]
    rules = Rules(stream, None)
    truths = []
    for number in range(NOISE_STEPS):
        drawn = chance.permutation(some)[: round(0.9 * len(some))]
        rows = labelled_rows(stream.pool, sorted(drawn.tolist()))
        new = fitted(stream, rows, number, twin=False)
        list(rules.judge("true", rows, new))
        truths.append(new.truth)
    champion = rules.champions["gate"]
    assert champion is not None
    assert rules.best is not None
    return champion.truth, rules.best.truth, float(np.mean(truths))


def report(found: Sequence[Judged]) -> None:
    """One line for each stream and rule."""
    print(
        f"\n{'':10s}{'rule':9s}{'steps':>6s}{'refused':>8s}{'better refused':>16s}"
        f"{'worse promoted':>16s}{'spoilt promoted':>17s}{'mean regret':>13s}{'after first':>13s}"
    )
    for name in (*dict.fromkeys(one.stream for one in found), "all"):
        for rule in ("holdout", "gate"):
            mine = [one for one in found if one.rule == rule and name in (one.stream, "all")]
            true = [one for one in mine if one.kind == "true"]
            beside = [one for one in true if one.better_by is not None]
            bad = [one for one in mine if one.kind != "true"]
            better = [one.promoted for one in beside if (one.better_by or 0) > 0.01]
            worse = [one.promoted for one in beside if (one.better_by or 0) < -0.02]
            print(
                f"{name:10s}{rule:9s}{len(true):6d}{sum(not one.promoted for one in true):8d}"
                f"{f'{better.count(False)} of {len(better)}':>16s}"
                f"{f'{sum(worse)} of {len(worse)}':>16s}"
                f"{f'{sum(one.promoted for one in bad)} of {len(bad)}':>17s}"
                f"{np.mean([one.regret for one in true]):13.4f}"
                f"{np.mean([one.regret for one in beside] or [0.0]):13.4f}"
            )
    print("\nwhat the gate refused although it was better by more than a point, or passed spoilt:")
    for one in found:
        refused = one.kind == "true" and not one.promoted and (one.better_by or 0) > 0.01
        if one.rule == "gate" and (refused or (one.kind != "true" and one.promoted)):
            print(f"  {one.stream} {one.kind} {one.better_by}: {one.reason}")


def main() -> None:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("--streams", default="seeds,starter,police,rare,noise")
    options.add_argument("--orders", type=int, default=3)
    options.add_argument("--first", type=int, default=0, help="number of the first order")
    options.add_argument("--most", type=int, default=250)
    arguments = options.parse_args()
    names = arguments.streams.split(",")
    found: list[Judged] = []
    with threadpool_limits(limits=1):
        for order in range(arguments.first, arguments.first + arguments.orders):
            for stream in streams(names, order, arguments):
                found += run(stream, order, arguments.most)
            if "noise" in names:
                (noisy,) = streams(["seeds"], order, arguments)
                champion, best, mean = drift(noisy, order)
                print(
                    f"noise {order}: champion after {NOISE_STEPS} draws {champion:.3f}, best so "
                    f"far {best:.3f}, mean of all {mean:.3f}",
                    flush=True,
                )
    if found:
        report(found)


if __name__ == "__main__":
    main()
