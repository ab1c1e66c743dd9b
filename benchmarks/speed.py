"""Speed of prediction and training, as ratios to plain scikit-learn in the same run, on one core.

    NEWSLEDGER_DATA=FOLDER OMP_NUM_THREADS=1 python -m benchmarks.speed [--stream 1000000]

The peer is ``Pipeline(TfidfVectorizer, OneVsRest(CalibratedClassifierCV(LogisticRegression)))``:
the same terms, and calibrated probabilities as ours are. Measured is processor time, the median
of interleaved repeats, because a busy machine stretches wall time and spares nobody evenly.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from annotation.articles.sentences import split
from annotation.records import Article, Sentence
from annotation.schema import Schema, parse_schema
from benchmarks.police import LABELS, parser, read
from training.events.classifier import EventClassifier
from training.model import CompiledEvents, Predictor

SCHEMA = parse_schema(
    '<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
    + "".join(f'<Choice value="{label}"/>' for label in LABELS)
    + "</Choices></View>"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model for ``Predictor``."""

    events: EventClassifier
    schema: Schema = SCHEMA
    claims: None = None
    id: str = "benchmark"


def calibrated_pipeline() -> Pipeline:
    """The peer."""
    head = LogisticRegression(C=10, class_weight="balanced", solver="liblinear")
    return Pipeline(
        [
            ("terms", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
            ("labels", OneVsRestClassifier(CalibratedClassifierCV(head, ensemble=False, cv=5))),
        ]
    )


def seconds(*tasks: Callable[[], Any], repeats: int = 5) -> list[float]:
    """Median processor seconds of each task, the tasks taking turns."""
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(repeats):
        for mine, task in zip(taken, tasks, strict=True):
            start = time.process_time()
            task()
            mine.append(time.process_time() - start)
    return [statistics.median(mine) for mine in taken]


def prediction(model: EventClassifier, plain: Pipeline, texts: list[str]) -> None:
    """Batches, and one sentence at a time."""
    compiled = CompiledEvents(model)
    gap = np.abs(compiled.predict_proba(texts) - model.predict_proba(texts)).max()
    few = texts[:200]
    batch, loop, ours, one, own = seconds(
        lambda: plain.predict_proba(texts),
        lambda: [plain.predict_proba([text]) for text in few],
        lambda: compiled.predict_proba(texts),
        lambda: [compiled.predict_proba([text]) for text in texts],
        lambda: model.predict_proba(texts),
    )
    n = len(texts)
    print(f"prediction, {n} sentences, microseconds each")
    print(f"  plain pipeline, one batch         {1e6 * batch / n:9.1f}")
    print(f"  plain pipeline, in a loop         {1e6 * loop / len(few):9.1f}")
    print(f"  EventClassifier.predict_proba     {1e6 * own / n:9.1f}")
    print(f"  CompiledEvents, one batch         {1e6 * ours / n:9.1f}")
    print(f"  CompiledEvents, one at a time     {1e6 * one / n:9.1f}")
    print(f"  batch against plain batch         {batch / ours:9.1f} times")
    print(f"  batch against plain loop          {loop / len(few) / (ours / n):9.1f} times")
    print(f"  one at a time against plain loop  {loop / len(few) / (one / n):9.1f} times")
    print(f"  greatest difference to the uncompiled probabilities  {gap:.1e}")


def streaming(model: EventClassifier, texts: list[str], n: int) -> None:
    """Memory over a long stream."""

    def stream() -> Iterator[Sentence]:
        for i, text in enumerate(itertools.islice(itertools.cycle(texts), n)):
            yield Sentence(f"s{i}", "a", i, 0, len(text), f"{text} {i}")

    peak = []
    start = time.process_time()
    for i, _ in enumerate(Predictor(Loaded(model)).predict(stream())):
        if i in (n // 10, n - 1):
            peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    spent = time.process_time() - start
    print(f"\nstreaming {n} sentences through Predictor: {1e6 * spent / n:.1f} microseconds each")
    print(f"  peak memory after a tenth {peak[0]:.0f} MiB, at the end {peak[1]:.0f} MiB")


def stages(model: EventClassifier, texts: list[str]) -> None:
    """Where the time of a full prediction without claims goes."""
    articles = [Article(f"a{i}", "", " ".join(texts[i : i + 15])) for i in range(0, len(texts), 15)]
    predictor = Predictor(Loaded(model))
    sentences = [one for article in articles for one in split(article)]
    predictions = list(predictor.predict(sentences))

    def rows() -> list[str]:
        return [
            json.dumps(
                {
                    "article_id": one.article_id,
                    "sentence_id": one.id,
                    "index": one.index,
                    "start": one.start,
                    "end": one.end,
                    "text": one.text,
                    "events": [{"label": e.label, "score": e.score} for e in said.events],
                    "claims": [],
                    "model": said.model_id,
                }
            )
            for one, said in zip(sentences, predictions, strict=True)
        ]

    compiled = CompiledEvents(model)
    only = [one.text for one in sentences]
    parts = seconds(
        lambda: [split(article) for article in articles],
        lambda: compiled.predict_proba(only),
        lambda: list(predictor.predict(sentences)),
        rows,
    )
    print(f"\nstages, {len(sentences)} sentences of {len(articles)} articles, microseconds each")
    names = ("splitting", "event scores", "event scores and records", "JSON")
    for name, spent in zip(names, parts, strict=True):
        print(f"  {name:26s} {1e6 * spent / len(sentences):7.1f}")


def training(data: Path | None) -> None:
    """Retraining at 800 labels, and the size of the model file there."""
    train, _ = read(data)
    rows = np.random.default_rng(0).permutation(len(train.texts))
    labelled, rest = rows[:800], rows[800:]
    texts = [train.texts[row] for row in labelled]
    articles = [train.articles[row] for row in labelled]
    background = [train.texts[row] for row in rest]
    labels = train.labels[labelled]
    plain, alone, known = seconds(
        lambda: Pipeline(
            [
                ("terms", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
                ("labels", OneVsRestClassifier(LogisticRegression(class_weight="balanced"))),
            ]
        ).fit(texts, labels),
        lambda: EventClassifier().fit(texts, labels, groups=articles),
        lambda: EventClassifier().fit(texts, labels, groups=articles, background=background),
    )
    print("\ntraining at 800 labels, processor seconds")
    print(f"  plain pipeline, once                                {plain:6.3f}")
    print(f"  EventClassifier                                     {alone:6.3f}", end="")
    print(f"  {alone / plain:5.1f} times plain")
    print(f"  EventClassifier with {len(background)} unlabelled sentences  {known:6.3f}", end="")
    print(f"  {known / plain:5.1f} times plain")
    for name, extra in (("alone", []), ("with the unlabelled", background)):
        model = EventClassifier().fit(texts, labels, groups=articles, background=extra)
        buffer = io.BytesIO()
        joblib.dump(model.without_training_data(), buffer, compress=3)
        print(f"  model file, {name}: {len(buffer.getvalue()) / 1e6:.3f} MB")


def main() -> None:
    """Print the figures."""
    arguments = parser(__doc__)
    arguments.add_argument("--stream", type=int, default=1_000_000)
    options = arguments.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    train, dev = read(options.data)
    model = EventClassifier().fit(train.texts, train.labels, groups=train.articles)
    plain = calibrated_pipeline().fit(train.texts, train.labels)
    prediction(model, plain, list(dev.texts))
    stages(model, list(dev.texts))
    training(options.data)
    streaming(model, list(dev.texts), options.stream)


if __name__ == "__main__":
    main()
