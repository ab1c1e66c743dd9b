"""Event types on the seed labels, by cross-validation over articles.

    python -m benchmarks.seeds [--labels EXPORT.json] [--config label_config.xml] [--dealings 5]
    python -m benchmarks.seeds --sizes 100,200,400,800 [--first 0] [--dealings 5]

Every figure is of sentences whose article the model did not see: the articles are dealt into folds,
and each fold is answered for by a model of the others, the way ``newsledger train`` learns it. The
figures are means over the dealings; the intervals come from a bootstrap over articles. What the
labels' names and hints are worth is shown beside it, as a paired difference, with all articles to
learn from and with a handful.

``--sizes`` asks what so many labelled sentences are worth instead: whole articles in random order
until there are as many. Once nothing else is known, and once, as in ``retrain``, the model also
knows the text of the articles that are not labelled yet (never of those that it is measured on).
Choose on dealings from 10 on (``--first 10``); the first ones are for figures.

The seeds were written for newsledger, so the figures say how well it reads seeds; the labels' hints
were worded by the same people. ``--labels`` takes any other Label Studio export.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from annotation.schema import Schema, read_schema
from benchmarks.claims import ROOT, deal, labelled
from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.learning_curve import Ints
from training.evaluation.metrics import EventMetrics, compute_metrics
from training.events.classifier import EventClassifier
from training.events.label_descriptions import label_descriptions
from training.examples import Examples
from training.train import exclusive_columns

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
HANDFUL = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What models that saw other articles say of all sentences."""

    probability: Floats
    ticked: Bools


def folds(rows: Examples, dealing: int, most: int | None) -> Iterator[tuple[Ints, Ints]]:
    """Rows seen and unseen, those seen from at most so many articles."""
    article = np.array(rows.groups)
    for seen, unseen in deal(rows.groups, dealing):
        some = np.random.default_rng(dealing).permutation(np.unique(article[seen]))[:most]
        yield seen[np.isin(article[seen], some)], unseen


def learnt(
    rows: Examples, schema: Schema, dealing: int, *, hints: bool, most: int | None = None
) -> Said:
    """What is said of each sentence by a model that did not see its article."""
    probability, ticked = np.zeros(rows.labels.shape), np.zeros(rows.labels.shape, dtype=bool)
    for seen, unseen in folds(rows, dealing, most):
        known = rows.rows(seen)
        model = EventClassifier(
            exclusive=exclusive_columns(schema),
            descriptions=label_descriptions(schema.event_types) if hints else (),
        ).fit(known.texts, known.labels, groups=known.groups)
        probability[unseen] = model.predict_proba(rows.rows(unseen).texts)
        ticked[unseen] = model.decide(probability[unseen])
    return Said(probability, ticked)


def learnt_from_few(
    rows: Examples, schema: Schema, dealing: int, size: int, *, background: bool
) -> Said:
    """What is said of each sentence by models of articles of some ``size`` sentences in all."""
    probability, ticked = np.zeros(rows.labels.shape), np.zeros(rows.labels.shape, dtype=bool)
    article = np.array(rows.groups)
    for seen, unseen in deal(rows.groups, dealing):
        order = np.random.default_rng(dealing).permutation(np.unique(article[seen]))
        reached = np.cumsum([(article[seen] == one).sum() for one in order])
        labelled = np.isin(article[seen], order[: 1 + int(np.searchsorted(reached, size))])
        known = rows.rows(seen[labelled])
        model = EventClassifier(
            exclusive=exclusive_columns(schema), descriptions=label_descriptions(schema.event_types)
        ).fit(
            known.texts,
            known.labels,
            groups=known.groups,
            background=rows.rows(seen[~labelled]).texts if background else (),
        )
        probability[unseen] = model.predict_proba(rows.rows(unseen).texts)
        ticked[unseen] = model.decide(probability[unseen])
    return Said(probability, ticked)


def print_sizes(rows: Examples, schema: Schema, sizes: list[int], dealings: range) -> None:
    """Print what so many labels are worth."""
    draws = ArticleDraws(rows.groups)
    for size in sizes:
        for background in (False, True):
            figures = f1(
                rows,
                [learnt_from_few(rows, schema, d, size, background=background) for d in dealings],
                draws,
            )
            text = "with the text of the others" if background else "nothing else known"
            for name, series in figures.items():
                print(f"{size:5d} labels, {text:28s} {name} {draws.interval(series)}", flush=True)


def f1(rows: Examples, dealings: list[Said], draws: ArticleDraws) -> dict[str, Floats]:
    """Micro and macro F1 of each draw, means of the dealings, each ``(n_resamples + 1,)``."""
    actual = draws.total(rows.labels)
    micro, macro = [], []
    for said in dealings:
        hit, both = draws.total(rows.labels & said.ticked), actual + draws.total(said.ticked)
        micro.append(2 * hit.sum(axis=1) / both.sum(axis=1))
        scored = np.where(actual > 0, 2 * hit / np.maximum(both, 1), np.nan)
        macro.append(np.nanmean(scored, axis=1))
    return {"micro F1": np.mean(micro, axis=0), "macro F1": np.mean(macro, axis=0)}


def table(figures: EventMetrics) -> None:
    """Print the figures of one dealing, label by label."""
    print(f"\nfirst dealing: calibration error {figures.calibration_error}")
    print(f"{'label':22s} support ticked  F1")
    for one in figures.labels:
        print(f"{one.label:22s} {one.support:7d} {one.predicted:6d}  {one.f1}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=ROOT / "seeds" / "labels.json")
    parser.add_argument("--config", type=Path, default=ROOT / "label_config.xml")
    parser.add_argument("--dealings", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="number of the first dealing")
    parser.add_argument("--sizes", type=lambda told: [int(one) for one in told.split(",")])
    options = parser.parse_args()
    dealings = range(options.first, options.first + options.dealings)
    schema = read_schema(options.config)
    rows = labelled(options.labels, schema)
    draws = ArticleDraws(rows.groups)
    print(f"{len(rows)} sentences of {draws.n_articles} articles, folds by article")
    if options.sizes:
        print_sizes(rows, schema, options.sizes, dealings)
        return
    first: Said | None = None
    for most in (None, HANDFUL):
        plain, full = (
            [learnt(rows, schema, d, hints=hints, most=most) for d in dealings]
            for hints in (False, True)
        )
        first = first or full[0]
        print(f"\nlearnt from {'all other' if most is None else most} articles")
        without, with_hints = f1(rows, plain, draws), f1(rows, full, draws)
        for name, series in with_hints.items():
            print(f"  {name}                {draws.interval(series)}")
            print(f"  {name} without hints  {draws.interval(without[name])}")
            print(f"  difference              {draws.interval(series - without[name])}")
    assert first is not None
    figures = compute_metrics(
        rows.labels, first.probability, first.ticked, rows.groups, rows.label_names
    ).events
    assert figures is not None
    table(figures)


if __name__ == "__main__":
    main()
