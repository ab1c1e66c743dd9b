"""Which rows there are: from a snapshot, and from what a model says where people say nothing.

Rows come article by article, and are made as they are asked for: memory grows with the snapshot,
not with what is written of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.web.kept_pages import page_path
from annotation.batches import batched
from annotation.dataset.adjudication import Adjudicated, adjudicate, by_sentence
from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, ArticleMetadata, Prediction, Sentence
from annotation.schema import Schema
from newsledger.ledger.columns.dictionary import (
    ARTICLES,
    CLAIMS,
    DATA_DICTIONARY,
    EVENTS,
    LABELS,
    SENTENCES,
    dictionary_rows,
)
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.days_and_places.gazetteer import Gazetteer
from newsledger.ledger.days_and_places.when_where import named_date
from newsledger.ledger.incidents.pair_decisions import PairDecision
from newsledger.ledger.tables.decided import (
    BULK,
    MODEL,
    PEOPLE,
    accepted_events,
    model_claims,
    model_events,
    people_claims,
    people_events,
    sentence_row,
)
from newsledger.ledger.tables.incident_rows import ReportCollector, incident_rows
from newsledger.ledger.tables.marks import label_rows
from newsledger.ledger.tables.read_by_rule import ReadByRule, Spread, read_by_rule

Predict = Callable[[Sequence[Sentence]], Iterable[Prediction]]
"""What a model says of some sentences, one prediction for each, in order."""

_TOGETHER = 1_000
"""Sentences that a model reads at a time: larger batches are no faster."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a snapshot is exported."""

    since: date | None = None
    """Only articles published on this day or later; where that is not known, added."""
    articles: frozenset[str] = frozenset()
    """Only these articles; empty for all."""
    people_only: bool = False
    """Only what people decided."""
    min_score: float = 0.0
    """Of what the model decided, only what it gives at least this probability."""
    seeds: bool = True
    """Also the articles that newsledger brought along."""


@dataclass(slots=True)
class LeftOut:
    """What an export has no row of, and why; filled while the rows are made."""

    undated: int = 0
    """Articles of which no date is known, while only those since a day were asked for."""
    ties: int = 0
    """Events, claims, days and places on which people are split evenly."""
    seeds: int = 0
    """Articles that newsledger brought along."""


def ledger_rows(
    snapshot: Snapshot,
    selection: Selection,
    predict: Predict | None,
    left_out: LeftOut,
    decisions: Sequence[PairDecision] = (),
    gazetteer: Gazetteer | None = None,
    spread: Spread = map,
) -> Iterator[tuple[LedgerTable, Row]]:
    """Every row of an export with its table; a row comes after those that it refers to.

    Args:
        snapshot: what people labelled.
        selection: which part of it.
        predict: what the model in use says; None for no model.
        left_out: is told what there is no row of.
        decisions: what people decided of pairs of reports.
        gazetteer: the places of the workspace; None for no places.
        spread: ``map``, or what does the same ahead.
    """
    collector = ReportCollector(snapshot.schema)
    for table, row in decided_rows(snapshot, selection, predict, left_out, gazetteer, spread):
        collector.see(table.name, row)
        yield table, row
    yield from incident_rows(collector.reports, snapshot.schema, decisions)
    for row in dictionary_rows(snapshot.schema):
        yield DATA_DICTIONARY, row


def decided_rows(
    snapshot: Snapshot,
    selection: Selection,
    predict: Predict | None,
    left_out: LeftOut,
    gazetteer: Gazetteer | None = None,
    spread: Spread = map,
) -> Iterator[tuple[LedgerTable, Row]]:
    """The rows of articles, sentences, events, claims and labels; see :func:`ledger_rows`."""
    said = by_sentence(snapshot.annotations)
    known = {one.id: one for one in snapshot.articles}
    articles = {
        key: known.get(key) or ArticleMetadata(key)
        for key in dict.fromkeys(one.article_id for one in snapshot.sentences)
    }
    brought = frozenset() if selection.seeds else snapshot.seeds
    left_out.seeds = len(brought.intersection(articles))
    chosen = {
        key
        for key, one in articles.items()
        if key not in brought and _selected(one, selection, left_out)
    }
    sizes, labelled = Counter[str](), Counter[str]()
    for sentence in snapshot.sentences:
        sizes[sentence.article_id] += 1
        labelled[sentence.article_id] += not all(a.cancelled for a in said.get(sentence.id, ()))
    accepted = {} if selection.people_only else {one.sentence_id: one for one in snapshot.accepted}
    sentences = (
        (one, adjudicate(said[one.id], snapshot.schema) if one.id in said else None)
        for one in snapshot.sentences
        if one.article_id in chosen
    )
    asked = None if selection.people_only else predict
    duplicates = DuplicateIndex()
    last = None
    for some in batched(read_by_rule(sentences, articles, gazetteer, spread), _TOGETHER):
        model = _predicted(some, accepted, asked)
        for sentence, people, read in some:
            key = sentence.article_id
            if key != last:
                last, seed = key, key in snapshot.seeds
                row = _article_row(articles[key], sizes[key], labelled[key], seed=seed)
                yield ARTICLES, row
            if people is not None:
                left_out.ties += len(people.ties) + len(people.claim_ties)
                left_out.ties += people.day_tied + people.place_tied
            yield from _rows_of(
                sentence, said.get(sentence.id, ()), people, accepted.get(sentence.id),
                model.get(sentence.id), snapshot.schema, selection.min_score, read,
                duplicates.add_read(sentence.id, read.lead_and_words),
            )  # fmt: skip


def _predicted(
    sentences: Iterable[tuple[Sentence, Adjudicated | None, ReadByRule]],
    accepted: Mapping[str, Annotation],
    predict: Predict | None,
) -> dict[str, Prediction]:
    """What the model says of those of some sentences that nobody has labelled, by their ids."""
    open_ones = [
        one
        for one, people, _ in sentences
        if one.id not in accepted and (people is None or not people.annotators)
    ]
    if predict is None or not open_ones:
        return {}
    return {one.sentence_id: one for one in predict(open_ones)}


def _rows_of(
    sentence: Sentence,
    annotations: Sequence[Annotation],
    people: Adjudicated | None,
    accepted: Annotation | None,
    model: Prediction | None,
    schema: Schema,
    least: float,
    read: ReadByRule,
    same_as: str | None,
) -> Iterator[tuple[LedgerTable, Row]]:
    events: Iterable[Row] = ()
    claims: Iterable[Row] = ()
    decided_by = None
    if people is not None and people.annotators:
        decided_by = PEOPLE
        events = people_events(sentence, people, schema)
        claims = people_claims(sentence, read.claims, people, schema)
    elif accepted is not None:
        decided_by = BULK
        events = accepted_events(sentence, accepted, schema)
    elif model is not None:
        decided_by = MODEL
        events = model_events(sentence, model, schema, min_score=least)
        claims = model_claims(sentence, model, schema, min_score=least)
    annotators = people.annotators if people else 0
    yield (
        SENTENCES,
        sentence_row(
            sentence,
            decided_by=decided_by,
            annotators=annotators,
            same_as=same_as,
            found=read.when_where,
        ),
    )
    for row in events:
        yield EVENTS, row
    for row in claims:
        yield CLAIMS, row
    for row in label_rows(sentence, annotations, people.counted if people else ()):
        yield LABELS, row


def _selected(article: ArticleMetadata, selection: Selection, left_out: LeftOut) -> bool:
    if selection.articles and article.id not in selection.articles:
        return False
    if selection.since is None:
        return True
    days = (named_date(article.published), named_date(article.added))
    day = next((one for one in days if one is not None), None)
    left_out.undated += day is None
    return day is not None and day >= selection.since


def _article_row(article: ArticleMetadata, sentences: int, labelled: int, *, seed: bool) -> Row:
    return {
        "article_id": article.id,
        "title": article.title or None,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "added": article.added,
        "language": article.language,
        "sha256": article.sha256,
        "page_sha256": article.page_sha256,
        "page_path": page_path(article.page_sha256) if article.page_sha256 else None,
        "seed": seed,
        "sentences": sentences,
        "labelled": labelled,
    }
