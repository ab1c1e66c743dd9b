"""How long the report takes, from the files of a workspace to the page, by number of labels.

    OMP_NUM_THREADS=1 python -m benchmarks.report [--labels 40 4000 40000] [--keep FOLDER]

The labels are those of the seed articles, over and over, by four people; one sentence in four has
two of them, and some were taken for another event type. The model in use is not trained, as that
would take hours: its answers are the labels with every fifth ticked off, stored as ``retrain``
stores them. Told are seconds of wall time and of the processor, and the size of the page.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.records import Annotation, ArticleMetadata, Sentence
from annotation.schema import Schema, read_schema
from newsledger.commands.handover.report import report
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from training.evaluation.measurement import metrics_of
from training.examples import build_examples
from training.model import Model
from training.predictions import Predictions
from training.registry.champion import set_champion
from training.registry.store import name_model, save_model
from training.train import TrainingSummary

PEOPLE = ("ann@desk.example", "bob@desk.example", "chi@desk.example", "dee@desk.example")
START = datetime(2025, 9, 1, 8, tzinfo=UTC)
A_DAY = 150
"""Labels of all people on one day."""


def main() -> None:
    """Make workspaces of several sizes, and print what their reports take."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--labels", type=int, nargs="+", default=[40, 4_000, 40_000])
    parser.add_argument("--keep", type=Path, help="a folder for the workspaces and pages")
    asked = parser.parse_args()
    for number in asked.labels:
        with tempfile.TemporaryDirectory(prefix="newsledger-report-") as name:
            folder = asked.keep or Path(name)
            settings = Settings(folder / f"workspace-{number}", packaged("label_config.xml"))
            make_labelled_workspace(settings, number)
            page = folder / f"report-{number}.html"
            wall, cpu = time.perf_counter(), time.process_time()
            told = report(settings, Quiet(), page=page)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            print(
                f"{told.report.labelling.labels:>7,} labels of "
                f"{told.report.labelling.labelled:,} sentences: {wall:.1f} s, "
                f"{cpu:.1f} s of the processor; {page.stat().st_size / 1e3:.0f} kB",
                flush=True,
            )


def make_labelled_workspace(settings: Settings, number: int) -> None:
    """A workspace with so many labels, as many sentences again that wait, and a model.

    Args:
        settings: where it goes.
        number: how many labels.
    """
    schema = read_schema(settings.config)
    sentences, annotations = _labelled(schema, number)
    articles = sorted({one.article_id for one in sentences})
    snapshot = write_snapshot(
        settings.snapshots,
        sentences=sentences,
        annotations=annotations,
        schema=schema,
        articles=[
            ArticleMetadata(key, published=f"{START + timedelta(days=place % 400):%Y-%m-%d}")
            for place, key in enumerate(articles)
        ],
    )
    _put_model(settings, snapshot)


def _labelled(schema: Schema, number: int) -> tuple[list[Sentence], list[Annotation]]:
    chance = np.random.default_rng(0)
    sentences: list[Sentence] = []
    annotations: list[Annotation] = []
    for sentence, label in _copies(schema, number):
        sentences.append(sentence)
        writer = len(sentences) % len(PEOPLE)
        people = {writer, (writer + 1) % len(PEOPLE)} if len(sentences) % 4 == 0 else {writer}
        for person in sorted(people):
            if len(annotations) == number:
                break
            moment = START + timedelta(
                days=len(annotations) // A_DAY, minutes=2 * (len(annotations) % A_DAY)
            )
            ticked = label.events
            if chance.random() < 0.08:
                ticked = schema.event_labels([str(chance.choice(schema.event_aliases))])
            annotations.append(
                replace(
                    label,
                    sentence_id=sentence.id,
                    annotator=PEOPLE[person],
                    annotation_id=str(len(annotations)),
                    updated_at=moment.isoformat(),
                    events=ticked,
                    lead_time=float(chance.lognormal(2.7, 0.6)),
                    suggested_by="model" if chance.random() < 0.8 else None,
                )
            )
    return sentences, annotations


def _copies(schema: Schema, number: int) -> Iterator[tuple[Sentence, Annotation]]:
    """Seed sentences with their labels, in copies, half of which will wait."""
    seeds = read_export(packaged("seeds/labels.json"), schema)
    label_of = {one.sentence_id: one for one in reversed(seeds.annotations)}
    for place in range(2 * number):
        copy, row = divmod(place, len(seeds.sentences))
        one = seeds.sentences[row]
        key = f"{one.article_id}-{copy}"
        yield replace(one, id=f"{copy}-{one.id}", article_id=key), label_of[one.id]


def _put_model(settings: Settings, snapshot: Snapshot) -> None:
    rows = build_examples(snapshot)
    if not len(rows):
        return
    ticked = rows.labels.copy()
    ticked[::5] = False
    noise = np.random.default_rng(1).random(rows.labels.shape) * 0.3
    answers = Predictions(
        "answers",
        rows.sentence_ids,
        rows.label_names,
        np.where(rows.labels, 1 - noise, noise * noise),
        ticked,
        rows.claims,
    )
    # Many labels would take minutes with the thousand draws of a training.
    metrics = metrics_of(rows, answers, snapshot.schema, n_resamples=20)
    model = name_model(
        Model(id="fitted", schema=snapshot.schema, events=None, claims=None),
        snapshot=snapshot.id,
        metrics={"measured_on": "own articles", **metrics.to_json()},
        summary=TrainingSummary.of_examples(rows, snapshot.schema),
        details={},
    )
    saved = save_model(settings.models, model, answers)
    set_champion(settings.models, saved.id, reason="It stands in for a trained one.", best=True)


if __name__ == "__main__":
    main()
