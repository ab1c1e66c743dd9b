"""The seed articles and seed labels that newsledger brings along, as a start.

What the labels are worth is told in seeds/README.md.
"""

from __future__ import annotations

from functools import cache

from annotation.articles.intake.inputs import read_articles
from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.errors import ExportError
from annotation.labelstudio.export_json.export import Export, read_export
from annotation.schema import Schema, read_schema
from newsledger.progress import Progress
from newsledger.settings import Settings, packaged

SEED_ARTICLES = "seeds/articles"
"""Folder of the articles."""

SEED_LABELS = "seeds/labels.json"
"""Their labels, a Label Studio export."""


@cache
def seed_article_ids() -> frozenset[str]:
    """The seed articles' ids, by which their tasks are known in every project, however old."""
    found = read_articles([str(packaged(SEED_ARTICLES))], on_problem=lambda _: None)
    return frozenset(one.id for one in found)


@cache
def seed_annotators() -> frozenset[str]:
    """Who gave the seed labels, by which a snapshot that holds some is told."""
    export = read_export(packaged(SEED_LABELS), read_schema(packaged("label_config.xml")))
    return frozenset(one.annotator for one in export.annotations)


def seed_export(progress: Progress, schema: Schema) -> Export | None:
    """The seed labels; None, with a sentence, where they do not fit the schema."""
    try:
        return read_export(packaged(SEED_LABELS), schema)
    except ExportError as error:
        progress.say(f"The seed labels do not fit this schema and are left out: {error.message}")
        return None


def with_seeds(settings: Settings, progress: Progress, snapshot: Snapshot) -> Snapshot:
    """The snapshot and, for sentences that nobody has labelled, the seed labels.

    Seed labels of another schema are left out, with a sentence.
    """
    seeds = seed_export(progress, snapshot.schema)
    if seeds is None:
        return snapshot
    labelled = {one.sentence_id for one in snapshot.annotations if not one.cancelled}
    known = {one.id: one.text for one in snapshot.sentences}
    # Rows that came with ids of their own may have a seed's id and another text.
    fits = {one.id for one in seeds.sentences if known.get(one.id, one.text) == one.text}
    added = [one for one in seeds.annotations if one.sentence_id in fits - labelled]
    sentences = (*snapshot.sentences, *(one for one in seeds.sentences if one.id not in known))
    annotations = (*snapshot.annotations, *added)
    # A seed sentence waits in the queue like any other, but its seed label was not drawn from it:
    # weighed as a draw, a few seeds would stand for thousands of the user's sentences. Nor do a few
    # draws beside many seeds stand for them well; see decision 6.
    outnumbered = len(labelled) < len({one.sentence_id for one in added})
    picked = {key: how for key, how in snapshot.picked.items() if key in labelled}
    return write_snapshot(
        settings.snapshots,
        sentences=sentences,
        annotations=annotations,
        schema=snapshot.schema,
        seeds=seed_article_ids(),
        picked={} if outnumbered else picked,
        articles=(*seeds.articles, *snapshot.articles),
        codebook=snapshot.codebook,
        accepted=snapshot.accepted,
    )
