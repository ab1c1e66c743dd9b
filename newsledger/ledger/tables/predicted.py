"""Flat rows of what a model says of new articles: one meaning a row, with where it was published.

They have the columns of an export's tables wherever they mean the same, and beside each meaning its
sentence and article, so that one file can be read alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from annotation.records import Article, Prediction, Sentence
from annotation.schema import Schema
from newsledger.ledger.columns.dictionary import ARTICLES, CLAIMS, EVENTS, SENTENCES
from newsledger.ledger.columns.table import Column, Row
from newsledger.ledger.tables.decided import model_claims, model_events, sentence_row

PUBLICATION = ("title", "source", "published", "url")
"""What is said of the article in each row."""

_NOT_A_MODELS = (
    "decided_by", "read_by", "people_for", "people_against", "annotators", "same_as",
    "day", "day_last", "day_precision", "day_text",
    "place", "place_precision", "place_country", "latitude", "longitude", "place_from",
)  # fmt: skip
"""Columns of an export that tell of people, or of what is known of whole articles only."""

_TOLD = tuple(one for one in ARTICLES.columns if one.name in PUBLICATION)
_SENTENCE_TEXT = Column("sentence_text", "string", "The sentence that it stands in.")
_LANGUAGE = Column("language", "string", "Code of the sentence's language.")
_MODEL = Column("model", "string", "The model that says so.")


def _columns(own: Iterable[Column], *, in_sentence: bool) -> tuple[Column, ...]:
    kept = (one for one in own if one.name not in (*_NOT_A_MODELS, _MODEL.name))
    around = (_SENTENCE_TEXT, _LANGUAGE) if in_sentence else (_LANGUAGE,)
    return (*kept, *around, *_TOLD, _MODEL)


PREDICTED: dict[str, tuple[Column, ...]] = {
    "claims": _columns(CLAIMS.columns, in_sentence=True),
    "events": _columns(EVENTS.columns, in_sentence=True),
    "sentences": _columns(SENTENCES.columns, in_sentence=False),
}
"""The columns of each shape that rows of a model can have."""


def predicted_rows(
    shape: str, sentence: Sentence, article: Article, prediction: Prediction, schema: Schema
) -> Iterator[Row]:
    """The rows of a sentence.

    Args:
        shape: a key of ``PREDICTED``.
        sentence: what was read.
        article: the article that it stands in.
        prediction: what the model says of it.
        schema: the labels of that model.
    """
    around = {
        "language": sentence.language,
        "sentence_text": sentence.text,
        **publication(article),
        "model": prediction.model_id,
    }
    found: Iterable[Row]
    if shape == "sentences":
        found = (sentence_row(sentence, decided_by=None),)
    elif shape == "events":
        found = model_events(sentence, prediction, schema)
    else:
        found = model_claims(sentence, prediction, schema)
    names = tuple(one.name for one in PREDICTED[shape])
    for row in found:
        whole = dict(chain(row.items(), around.items()))
        yield {name: whole[name] for name in names}


def publication(article: Article) -> Row:
    """Where an article was published, None for what nobody has told."""
    return {name: getattr(article, name) or None for name in PUBLICATION}
