"""How much disk a workspace takes that is retrained every day for a year.

    python -m benchmarks.disk [--retrains 400] [--sentences 5000]

Each retraining writes what a real one writes: the snapshot that was pulled, the one with the seeds,
and a model, all of full size; every model is promoted, which is the worst case, as every champion
stays. Only the fitting is done once: the model is saved again and again under another name.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from annotation.dataset.snapshot import write_snapshot
from annotation.folders import folder_size
from annotation.records import Picked, Sentence
from annotation.schema import read_schema
from newsledger.commands.learning.prune import remove_old
from newsledger.settings import Settings, packaged
from tests.corpus import Corpus, annotate
from training.challenger import make_challenger
from training.registry.champion import set_champion
from training.registry.store import save_model

WORDS = 25
"""Words of a sentence; of all words, few are frequent and most are rare, as in news."""


def make_sentences(number: int) -> Corpus:
    """Sentences of invented words, twenty an article, each with an event type."""
    chance = random.Random(0)
    schema = read_schema(packaged("label_config.xml"))
    types = [one.alias for one in schema.event_types]
    sentences, annotations = [], []
    for row in range(number):
        drawn = (min(int(chance.paretovariate(0.55)), 10**5) for _ in range(WORDS))
        kind = row % 8
        text = f"K{kind} {' '.join(f'w{one}' for one in drawn)}."
        name = f"{row // 20:016x}"
        sentence = Sentence(f"{name}:{row % 20:04d}", name, row % 20, 0, len(text), text)
        sentences.append(sentence)
        annotations.append(annotate(schema, sentence, types[kind], annotation_id=str(row)))
    return Corpus(schema, tuple(sentences), tuple(annotations))


def main() -> None:
    """Retrain so many times, and print how much there is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--retrains", type=int, default=400)
    parser.add_argument("--sentences", type=int, default=5000)
    asked = parser.parse_args()
    corpus = make_sentences(asked.sentences)
    picked = {one.id: Picked("uncertain", 0.123456) for one in corpus.sentences}
    with tempfile.TemporaryDirectory(prefix="newsledger-disk-") as name:
        settings = Settings(Path(name), packaged("label_config.xml"))
        model, largest, written = None, 0, 0
        for number in range(asked.retrains):
            for kind in ("pulled", "with seeds"):
                first = replace(corpus.annotations[0], updated_at=f"{number} {kind}")
                snapshot = write_snapshot(
                    settings.snapshots,
                    sentences=corpus.sentences,
                    annotations=(first, *corpus.annotations[1:]),
                    schema=corpus.schema,
                    picked=picked,
                )
                written += folder_size(snapshot.path)
            model = model or make_challenger(snapshot).model
            manifest = {**model.manifest, "snapshot": snapshot.id}
            named = replace(model, id=f"{number:05d}-{model.id}", manifest=manifest)
            save_model(settings.models, named)
            written += folder_size(settings.models / named.id)
            set_champion(settings.models, named.id, reason="better")
            remove_old(settings)
            largest = max(largest, folder_size(settings.workspace))
            if not (number + 1) % 50:
                print(f"{number + 1:4} retrains: {written / 1e6:8,.1f} MB written, "
                      f"{folder_size(settings.workspace) / 1e6:8,.1f} MB kept")  # fmt: skip
        print(f"never more than {largest / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
