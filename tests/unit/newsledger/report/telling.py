"""Records of reports of any size, for tests and benchmarks of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, ArticleMetadata, WithheldSuggestion
from newsledger.report.making import Known, make_report
from newsledger.report.record import ProjectReport
from tests.corpus import Corpus, make_corpus
from training.evaluation.measurement import metrics_of
from training.examples import build_examples
from training.predictions import Predictions
from training.registry.champion import ListedModel
from training.registry.files.ruling_file import KeptRuling
from training.registry.history import Promotion

PEOPLE = ("ann@newsledger.example", "bob@newsledger.example", "chi@elsewhere.example")
MADE = "2026-11-29T10:00:00+00:00"
START = datetime(2026, 9, 1, 9, tzinfo=UTC)


def labelled(corpus: Corpus, number: int) -> tuple[Annotation, ...]:
    """So many labels of three people, forty a day; every fourth sentence has two of them."""
    found: list[Annotation] = []
    labels = corpus.schema.event_aliases
    for place, one in enumerate(corpus.annotations):
        for person in (place % 2, 2) if place % 4 == 0 else (place % 2,):
            if len(found) == number:
                return tuple(found)
            moment = START + timedelta(days=len(found) // 40, minutes=len(found) % 40)
            other = corpus.schema.event_labels([labels[place % len(labels)]])
            found.append(
                replace(
                    one,
                    annotator=PEOPLE[person],
                    annotation_id=str(len(found)),
                    updated_at=moment.isoformat(),
                    lead_time=10.0 + place % 17,
                    events=other if person == 2 and place % 3 == 0 else one.events,
                    suggested_by="m1" if place % 2 else None,
                    withheld=None if place % 40 else WithheldSuggestion("m1"),
                )
            )
    return tuple(found)


def frozen(number: int, articles: int = 0, seeds: Sequence[str] = ()) -> Snapshot:
    """A snapshot in memory with so many labels."""
    corpus = make_corpus(articles or max(number // 10, 4), 12)
    names = dict.fromkeys(one.article_id for one in corpus.sentences)
    return Snapshot(
        path=Path("nowhere"),
        id="0123456789abcdef",
        schema=corpus.schema,
        sentences=corpus.sentences,
        annotations=labelled(corpus, number),
        picked={},
        seeds=frozenset(seeds),
        articles=tuple(
            ArticleMetadata(name, published=f"{START + timedelta(days=3 * place):%Y-%m-%d}")
            for place, name in enumerate(names)
        ),
    )


def answered(snapshot: Snapshot) -> Predictions:
    """Answers that are right mostly, with a probability for each event type."""
    rows = build_examples(snapshot)
    probability = np.asarray(rows.labels * 0.7 + 0.1, dtype=float)
    ticked = rows.labels.copy()
    ticked[::5] = False
    probability[::5] = 0.2
    return Predictions("m2", rows.sentence_ids, rows.label_names, probability, ticked, rows.claims)


def known(number: int, *, models: bool = True, seeds: Sequence[str] = ()) -> Known:
    """What a report of so many labels is made of."""
    snapshot = frozen(number, seeds=seeds)
    if not models:
        return Known(snapshot, frozenset(), (), (), {}, None, None, None, "the codebook")
    rows, answers = build_examples(snapshot), answered(snapshot)
    figures: dict[str, Any] = {
        "measured_on": "own articles",
        **metrics_of(rows, answers, snapshot.schema, n_resamples=200).to_json(),
    }
    listed = tuple(
        ListedModel(
            id=f"m{place}",
            state="ok",
            problem="",
            champion=place == 2,
            created=f"2026-10-0{place}T10:00:00+00:00",
            promoted_at=None if place == 3 else f"2026-10-0{place}T10:05:00+00:00",
            forced_by=None,
            size=1_000,
            figures={**figures, "n_sentences": len(rows) * place // 3},
        )
        for place in (1, 2, 3)
    )
    acts = tuple(
        Promotion(
            f"2026-10-0{place}T10:05:00+00:00", "promote", f"m{place}", None, f"Reason {place}."
        )
        for place in (1, 2)
    )
    refused = KeptRuling(
        False, ("It is worse: 12 more labels settle it.",), "m2",
        {"support": 400, "low": -0.05, "high": 0.01, "difference": -0.03},
    )  # fmt: skip
    manifest = {
        "id": "m2",
        "created": "2026-10-02T10:00:00+00:00",
        "snapshot": snapshot.id,
        "versions": {"python": "3.11", "scikit-learn": "1.7"},
        "metrics": figures,
        "training": {"sentences": len(rows), "articles": {}},
        "details": {"data": ["Some."], "limits": ["Many."]},
    }
    return Known(
        snapshot, frozenset(), listed, acts, {"m3": refused}, manifest, answers, None,
        "codebook 1",
    )  # fmt: skip


def told(number: int, *, models: bool = True) -> ProjectReport:
    """The report of so many labels."""
    return make_report(known(number, models=models), made=MADE, version="0.0")
