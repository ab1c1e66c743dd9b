"""A small snapshot with people who agree, disagree, skip and correct, for tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.records import (
    Annotation,
    ArticleMetadata,
    EventScore,
    NumericClaim,
    Prediction,
    Sentence,
    SuggestedLabels,
)
from annotation.schema import Schema, parse_schema
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.columns.table import Row
from newsledger.ledger.tables.rows import LeftOut, Predict, Selection, ledger_rows
from tests.corpus import XML, annotate

ARTICLE = "- Twelve men died. About 30 dollars were pledged. Nobody looked. Three fought."
SENTENCES = (
    "- Twelve men died.",
    "About 30 dollars were pledged.",
    "Nobody looked.",
    "Three fought.",
)
ANN, BEN = "ann@newsledger.example", "ben@newsledger.example"
SCHEMA: Schema = parse_schema(
    XML.replace('value="fight"', 'value="fight" acled="Battles: Armed clash" plover="ASSAULT"')
)


def sentences(article: str = "a1") -> tuple[Sentence, ...]:
    found = []
    for index, text in enumerate(SENTENCES):
        start = ARTICLE.index(text)
        end = start + len(text)
        found.append(Sentence(f"{article}:{start}-{end}", article, index, start, end, text))
    return tuple(found)


def claim(text: str, kind: str, low: int, sentence: str) -> NumericClaim:
    start = sentence.index(text)
    value = Decimal(low)
    return NumericClaim(start, start + len(text), text, kind, value, value, "exactly")


def said_by_people() -> tuple[Annotation, ...]:
    first, second, _, fourth = sentences()
    men = claim("Twelve men", "dead", 12, first.text)
    cash = claim("About 30 dollars", "cash", 30, second.text)
    wrong = replace(men, kind="rest", low=Decimal(20), high=Decimal(20))
    return (
        replace(
            annotate(SCHEMA, first, "fight", claims=(men,), annotation_id="11"),
            lead_time=4.5,
            suggested_by="m0",
            suggested=SuggestedLabels(("fight", "talk"), (wrong,)),
        ),
        annotate(SCHEMA, first, "fight", "help", claims=(men,), annotator=BEN, annotation_id="12"),
        annotate(SCHEMA, first, "fight", annotator="cy", annotation_id="13"),
        annotate(SCHEMA, second, "help", claims=(cash,), annotation_id="14"),
        annotate(SCHEMA, fourth, cancelled=True, annotation_id="15"),
    )


def snapshot(folder: Path, articles: Sequence[ArticleMetadata] | None = None) -> Snapshot:
    known = ArticleMetadata(
        "a1", "Twelve", "The Paper", "https://x.example/1", "2026-11-05", "2026-11-06T10:00:00Z"
    )
    other = tuple(replace(one, id=f"b:{one.index}", article_id="b") for one in sentences())
    return write_snapshot(
        folder,
        sentences=(*sentences(), *other),
        annotations=said_by_people(),
        schema=SCHEMA,
        seeds=("b",),
        articles=(known,) if articles is None else articles,
    )


def predict(asked: Sequence[Sentence]) -> Iterable[Prediction]:
    """Ticks "talk" everywhere, and a claim where a sentence begins with "Three"."""
    for one in asked:
        claims: tuple[NumericClaim, ...] = ()
        if one.text.startswith("Three"):
            claims = (replace(claim("Three", "rest", 3, one.text), score=0.4, unit="count"),)
        yield Prediction(one.id, (EventScore("talk", 0.6),), claims, "m1")


def rows(
    found: Snapshot,
    selection: Selection | None = None,
    model: Predict | None = predict,
    left_out: LeftOut | None = None,
) -> dict[str, list[Row]]:
    """The rows of each table."""
    tables: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    made = ledger_rows(found, selection or Selection(), model, left_out or LeftOut())
    for table, row in made:
        assert set(row) == set(table.names)
        tables[table.name].append(row)
    return tables
