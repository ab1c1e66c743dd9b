"""The same from Python: a workspace's model, the reader of numbers, and what people labelled.

Rows are plain dictionaries whose values are strings, numbers, None, or lists of such rows, so that
data frames take them as they are. Bounds of numbers are floats, as in Parquet; the columns are
those of docs/formats.md. The package offers these names itself, and loads this module with the
first that is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from annotation.articles.decoding import content_id
from annotation.articles.languages import not_english
from annotation.articles.sentences import split
from annotation.articles.tasks import Document
from annotation.dataset.snapshot import read_snapshot
from annotation.errors import NewsledgerError
from annotation.labelstudio.export_json.export import read_export
from annotation.numbers.reader import mention_row
from annotation.records import Annotation, Article, NumericClaim, Policy, Sentence
from annotation.schema import read_schema
from newsledger.commands.articles.look import mentions_of, prediction_rows, unread_languages
from newsledger.commands.learning import models
from newsledger.output import with_floats
from newsledger.settings import packaged, read_settings

if TYPE_CHECKING:
    from training.model import Model

__all__ = ["Article", "NewsledgerError", "load", "quantities", "read_labels"]


class EventRow(TypedDict):
    """An event type that a model ticks."""

    label: str
    """Alias of the event type."""
    score: float
    """Calibrated probability."""


class MentionRow(TypedDict):
    """A numeric mention; ``start`` and ``end`` are offsets in the text."""

    start: int
    """Where it begins, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    number_start: int
    """Where the number itself begins."""
    number_end: int
    """Where the number ends (exclusive)."""
    low: float | None
    """Smallest value, None for an open end."""
    high: float | None
    """Largest value, None for an open end."""
    modifier: str
    """How exact it is."""
    unit: str
    """What it is measured in."""
    noun: str | None
    """What is counted."""
    implied: bool
    """True where one person is named and no number is written."""
    role: str
    """``total``, ``part`` of another number, or an ``earlier`` one that another has replaced."""
    policy: str | None
    """By which policy a vague word was read, None where the number is not vague."""


class ClaimRow(TypedDict):
    """A numeric claim that a model marks; ``start`` and ``end`` are offsets in the sentence."""

    start: int
    """Where it begins, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    kind: str
    """Alias of the claim kind."""
    score: float | None
    """Probability of the kind."""
    low: float | None
    """Smallest value, None for an open end."""
    high: float | None
    """Largest value, None for an open end."""
    modifier: str | None
    """How exact it is."""
    unit: str | None
    """What it is measured in."""
    noun: str | None
    """What is counted."""
    attribution: str | None
    """Who says so, in the words of the sentence; None where it names nobody."""
    implied: bool
    """True where one person is named and no number is written."""
    role: str
    """``total``, ``part`` of another number, or an ``earlier`` one that another has replaced."""
    policy: str | None
    """By which policy a vague word was read, None where the number is not vague."""


class PredictionRow(TypedDict):
    """What a model says about one sentence."""

    article_id: str
    """The article."""
    sentence_id: str
    """The sentence."""
    index: int
    """Its position in the article, counted from 0."""
    start: int
    """Where it begins in the article's text, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    language: str | None
    """ISO 639 code of its language; in another than English no numbers are read."""
    title: str | None
    """Headline of the article; None where nobody has told it, as of the next three."""
    source: str | None
    """Who published it."""
    published: str | None
    """Date of publication, ISO 8601 where it could be read."""
    url: str | None
    """Where it was published."""
    events: list[EventRow]
    """The event types that the model ticks."""
    claims: list[ClaimRow]
    """The numeric claims that it marks."""
    model: str
    """Id of the model."""


class LabelledClaimRow(TypedDict):
    """A numeric claim that a person marked; as a model's, with ``read_by`` in place of a score."""

    start: int
    """Where it begins in the sentence, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """Its wording."""
    kind: str
    """Alias of the claim kind."""
    low: float | None
    """Smallest value, None for an open end and where it was not filled in."""
    high: float | None
    """Largest value, None for an open end and where it was not filled in."""
    modifier: str | None
    """How exact it is, None where it was not filled in."""
    unit: str | None
    """What it is measured in, None where it was not filled in."""
    noun: str | None
    """What is counted."""
    attribution: str | None
    """Who says so."""
    read_by: str
    """Who gave the values: ``person``, or ``machine`` where the reader did."""
    implied: bool
    """True where one person is named and no number is written."""
    role: str
    """``total``, ``part`` of another number, or an ``earlier`` one that another has replaced."""
    policy: str | None
    """The policy of vague words that gives its values, None where there is none."""


class LabelRow(TypedDict):
    """What one person said about one sentence, at first or at a second look."""

    article_id: str
    """The article."""
    sentence_id: str
    """The sentence."""
    text: str
    """Its wording."""
    annotator: str
    """Who labelled it."""
    skipped: bool
    """True where the person skipped it; then there are no labels."""
    verdict: bool
    """True for the verdict of a second look, and none of the first labels."""
    why: str | None
    """The reason that was given for a verdict."""
    events: list[str]
    """Aliases of the event types."""
    claims: list[LabelledClaimRow]
    """The numeric claims."""


class WorkspaceModel:
    """A model of a workspace, ready to read.

    Args:
        model: the model, loaded and checked.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    def __repr__(self) -> str:
        return f"<newsledger model {self.id}>"

    @property
    def id(self) -> str:
        """Its id, as `newsledger models` lists it."""
        return self._model.id

    @property
    def labels(self) -> tuple[str, ...]:
        """The event types that it knows, by their aliases."""
        return self._model.schema.event_aliases

    @property
    def kinds(self) -> tuple[str, ...]:
        """The claim kinds that it knows, by their aliases."""
        return self._model.schema.claim_aliases

    def predict(
        self, texts: str | Article | Iterable[str | Article], *, all_scores: bool = False
    ) -> list[PredictionRow]:
        """Read articles: one row for each sentence.

        Args:
            texts: articles, or just their texts; one or many.
            all_scores: list every event type with its probability, also those that are not ticked.

        Returns:
            The rows of `newsledger predict`, in order.
        """
        some = (texts,) if isinstance(texts, str | Article) else texts
        rows = prediction_rows(self._model, _sentences(some), all_scores=all_scores)
        return [cast("PredictionRow", with_floats(row)) for row in rows]


def load(
    workspace: str | PathLike[str] | None = None, *, model: str | None = None, trust: bool = False
) -> WorkspaceModel:
    """The model in use in a workspace.

    Args:
        workspace: its folder; None for the one that the command line would take.
        model: the id of another one, or ``latest``.
        trust: load a model that another scikit-learn version made.

    Raises:
        ModelError: there is none, or it is damaged or of another version.
    """
    settings = read_settings(workspace=None if workspace is None else Path(workspace))
    return WorkspaceModel(models.find_model(settings, model, trust=trust))


def quantities(text: str, *, policy: Policy = "literal", implied: bool = True) -> list[MentionRow]:
    """The numeric mentions of a text, without a model.

    What is not in English is not read, with a warning.

    Args:
        text: any text; offsets are those within it.
        policy: how to read "dozens": ``literal`` or ``acled``.
        implied: False leaves out one person who is named without a number.
    """
    article = Article("", "", text)
    document = Document(article, split(article))
    if unread := unread_languages(document):
        warnings.warn(not_english(unread), stacklevel=2)
    return [
        cast("MentionRow", {**mention_row(one), "low": _float(one.low), "high": _float(one.high)})
        for one in mentions_of(document, policy=policy, implied=implied)
    ]


def read_labels(
    path: str | PathLike[str],
    *,
    config: str | PathLike[str] | None = None,
    group_by: str | None = None,
) -> list[LabelRow]:
    """What people labelled: one row for each annotation.

    Annotations that cannot be understood are left out, with a warning.

    Args:
        path: a JSON export of Label Studio, or the folder of a snapshot.
        config: the labelling configuration of an export; None for newsledger's own.
        group_by: the task field of an export that names the article.

    Raises:
        NewsledgerError: it cannot be read.
    """
    path = Path(path)
    if path.is_dir():
        snapshot = read_snapshot(path)
        return list(_label_rows(snapshot.sentences, snapshot.annotations))
    schema = read_schema(packaged("label_config.xml") if config is None else Path(config))
    export = read_export(path, schema, group_by=group_by)
    for told in (*export.notes, *export.problems):
        warnings.warn(str(told), stacklevel=2)
    return list(_label_rows(export.sentences, export.annotations))


def _sentences(articles: Iterable[str | Article]) -> Iterator[tuple[Sentence, Article]]:
    for one in articles:
        article = Article(content_id("", one), "", one) if isinstance(one, str) else one
        for sentence in split(article):
            yield sentence, article


def _label_rows(
    sentences: Sequence[Sentence], annotations: Sequence[Annotation]
) -> Iterator[LabelRow]:
    labelled = {one.id: one for one in sentences}
    for one in annotations:
        sentence = labelled[one.sentence_id]
        yield {
            "article_id": sentence.article_id,
            "sentence_id": sentence.id,
            "text": sentence.text,
            "annotator": one.annotator,
            "skipped": one.cancelled,
            "verdict": one.verdict,
            "why": one.why or None,
            "events": list(one.events.aliases),
            "claims": [_claim_row(claim) for claim in one.claims],
        }


def _claim_row(claim: NumericClaim) -> LabelledClaimRow:
    row = with_floats(asdict(claim))
    del row["score"]  # a person's claim has none
    return cast("LabelledClaimRow", row)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
