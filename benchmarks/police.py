"""Event types on public data: sentences on police, learnt on some articles, tested on others.

    NEWSLEDGER_DATA=FOLDER python -m benchmarks.police

FOLDER holds ``india_police_sentences_dev.jsonl``: the sentences of slanglab/IndiaPoliceEvents
(Halterman et al., Findings of ACL 2021) with the fields ``doc_id sent_text sent_labels split``.
The peer is the textbook pipeline: the same TF-IDF, logistic regression a label, ticked from 0.5.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from training.evaluation.learning_curve import Ints, learning_curve
from training.evaluation.metrics import EventMetrics, compute_metrics
from training.events.classifier import EventClassifier

LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
FILE = "india_police_sentences_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """One half of the articles."""

    texts: tuple[str, ...]
    labels: npt.NDArray[np.bool_]
    articles: tuple[str, ...]


def parser(description: str | None) -> argparse.ArgumentParser:
    """Where the data is."""
    found = argparse.ArgumentParser(description=description)
    found.add_argument("--data", type=Path, default=os.environ.get("NEWSLEDGER_DATA"))
    return found


def read(folder: Path | None) -> tuple[Part, Part]:
    """The training and the development half."""
    if folder is None or not (Path(folder) / FILE).is_file():
        sys.exit(f"{FILE} is needed: name its folder with --data or NEWSLEDGER_DATA.")
    lines = (Path(folder) / FILE).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    parts = []
    for split in ("train", "dev"):
        mine = [row for row in rows if row["split"] == split]
        parts.append(
            Part(
                texts=tuple(row["sent_text"] for row in mine),
                labels=np.array([[x in row["sent_labels"] for x in LABELS] for row in mine]),
                articles=tuple(str(row["doc_id"]) for row in mine),
            )
        )
    if not set(parts[0].articles).isdisjoint(parts[1].articles):
        sys.exit("The halves share articles, so nothing could be claimed from them.")
    return parts[0], parts[1]


def plain_pipeline() -> Pipeline:
    """What a textbook would do."""
    return Pipeline(
        [
            ("terms", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
            (
                "labels",
                OneVsRestClassifier(
                    LogisticRegression(C=10, class_weight="balanced", solver="liblinear")
                ),
            ),
        ]
    )


def show(name: str, events: EventMetrics) -> None:
    """Print the figures of one model."""
    print(f"\n{name}")
    for what in (
        *("micro_f1", "macro_f1", "example_f1", "exact_match"),
        *("calibration_error", "calibration_error_unsure", "expected_over_actual"),
    ):
        digits = getattr(events, what)
        print(f"  {what:26s} {digits.value:.4f}  [{digits.low:.4f}, {digits.high:.4f}]")
    for one in events.labels:
        print(
            f"  {one.label:11s} n={one.support:<4d} F1 {one.f1}  P {one.precision}  "
            f"R {one.recall}  AP {one.average_precision}"
        )


def main() -> None:
    """Print the figures."""
    arguments = parser(__doc__).parse_args()
    train, dev = read(arguments.data)
    print(f"train {len(train.texts)} sentences, {len(set(train.articles))} articles; ", end="")
    print(f"dev {len(dev.texts)}, {len(set(dev.articles))}; labels split by article")

    plain = plain_pipeline().fit(train.texts, train.labels)
    probability = plain.predict_proba(dev.texts)
    figures = compute_metrics(dev.labels, probability, probability >= 0.5, dev.articles, LABELS)
    assert figures.events is not None
    show("plain scikit-learn pipeline, train -> dev", figures.events)

    model = EventClassifier().fit(train.texts, train.labels, groups=train.articles)
    folds = model.out_of_fold_
    figures = compute_metrics(train.labels, folds, model.decide(folds), train.articles, LABELS)
    assert figures.events is not None
    show("newsledger, out of fold on train (thresholds and calibration seen)", figures.events)
    probability = model.predict_proba(dev.texts)
    figures = compute_metrics(
        dev.labels, probability, model.decide(probability), dev.articles, LABELS
    )
    assert figures.events is not None
    show("newsledger, train -> dev", figures.events)

    def score(rows: Ints) -> float:
        some = EventClassifier().fit(
            [train.texts[row] for row in rows],
            train.labels[rows],
            groups=[train.articles[row] for row in rows],
        )
        ticked = some.predict(dev.texts)
        return float(2 * (ticked & dev.labels).sum() / (ticked.sum() + dev.labels.sum()))

    curve = learning_curve(score, train.articles, fractions=(0.125, 0.25, 0.5, 1.0), repeats=2)
    print("\nlearning curve, micro F1 on dev")
    for point in curve.points:
        print(
            f"  {point.n_labels:6d} labels  {point.score:.3f}  [{point.low:.3f}, {point.high:.3f}]"
        )
    print(f"  {curve.in_words}")


if __name__ == "__main__":
    main()
