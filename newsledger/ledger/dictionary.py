"""The tables of an export and what each column means: the one place that all writers use.

Names of columns avoid the words of SQL (``end``, ``index``), so that they need no quotes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotation.records import MODIFIERS, ROLES
from annotation.schema import Label, Schema

Row = Mapping[str, Any]
"""One row, by column; values are texts, whole numbers, numbers, true or false, or None."""

ColumnType = Literal["string", "integer", "number", "boolean"]
"""Types as Frictionless calls them."""

EVENT_TYPES, CLAIM_KINDS = "event types", "claim kinds"
"""Stand in ``Column.values`` for the labels of the schema in use."""

HARMLESS = (
    "A cell of text that a spreadsheet would run (its first character is = + - @, a tab or the end "
    "of a line, also after apostrophes) begins with an apostrophe in CSV; take that one away to "
    "have the text. In the other formats texts are stored as texts and stay as they are."
)
"""How cells that a spreadsheet would run are made harmless; ``cells.harmless`` does it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """Its name."""
    type: ColumnType
    """What its cells hold."""
    meaning: str
    """What it says, in a sentence."""
    unit: str = ""
    """What its numbers count, empty where it has none."""
    values: str = ""
    """The values that it may have, empty where they are open."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One table of an export."""

    name: str
    """Its name."""
    meaning: str
    """What one row is."""
    key: str
    """The column whose values are never repeated; empty where there is none."""
    columns: tuple[Column, ...]
    """Its columns, in order."""
    refers: tuple[tuple[str, str], ...] = ()
    """Columns that hold the key of another table, with that table."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, meaning: str, values: str = "") -> Column:
    return Column(name, "string", meaning, values=values)


def _whole(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "integer", meaning, unit)


_CODE_POINTS = "Unicode code points"
_ARTICLE = _text("article_id", "The article that it stands in.")
_SENTENCE = _text("sentence_id", "The sentence that it stands in.")
_DECIDED_BY = _text(
    "decided_by",
    "Who decided: people where at least one labelled the sentence, else the model in use.",
    "people; model",
)
_SCORE = Column(
    "score", "number", "Probability that the model gives it; empty where people decided.", "0 to 1"
)
_MODEL = _text("model", "The model that decided; empty where people did.")
_FOR = _whole(
    "people_for", "How many people's labels agree with it; empty for the model's.", "people"
)
_AGAINST = _whole(
    "people_against", "How many people labelled the sentence and do not agree with it.", "people"
)
_READING = (
    Column("low", "number", "Smallest value claimed; empty for an open end.", "see unit"),
    Column("high", "number", "Largest value claimed; empty for an open end.", "see unit"),
    _text("modifier", "How the number is claimed.", "; ".join(MODIFIERS)),
)
_UNIT = _text(
    "unit",
    "What the values are measured in, as the machine reads it in the marked words.",
    "count; fraction; percent; an ISO 4217 code; a unit of length, area, weight or rate",
)
_NOUN = _text(
    "noun", "What is counted, as written and found by machine; empty where it stands elsewhere."
)
_ATTRIBUTION = _text("attribution", "Who says so, as written in the sentence or as typed.")
_ROLE = _text("role", "What the number is to the others of its kind.", "; ".join(ROLES))
_PLACED = (
    _whole("start_in_sentence", "Where it begins in the text of the sentence.", _CODE_POINTS),
    _whole("end_in_sentence", "Where it ends there (exclusive).", _CODE_POINTS),
    _whole("start_in_article", "Where it begins in the text of the article.", _CODE_POINTS),
    _whole("end_in_article", "Where it ends there (exclusive).", _CODE_POINTS),
)

ARTICLES = LedgerTable(
    "articles",
    "One article.",
    "article_id",
    (
        _text("article_id", "Its id: the one given, else made of title and text."),
        _text("title", "Headline."),
        _text("source", "Who published it, as the input named it."),
        _text("url", "Where it was published."),
        _text("published", "Date of publication, ISO 8601 where it could be read."),
        _text("added", "When its first task was made, ISO 8601; empty for labels from a file."),
        _text("language", "Code of its language; empty where it is not known."),
        _text("sha256", "SHA-256 of its text in UTF-8; empty for sentences that came cut already."),
        Column("seed", "boolean", "Whether newsledger brought it along as an example."),
        _whole("sentences", "Its sentences in this export.", "sentences"),
        _whole("labelled", "Those of them that people have labelled.", "sentences"),
    ),
)

SENTENCES = LedgerTable(
    "sentences",
    "One sentence of an article.",
    "sentence_id",
    (
        _text("sentence_id", "Its id; Label Studio has it as sentence_id, too."),
        _ARTICLE,
        _whole("index_in_article", "Its position in the article, from 0.", "sentences"),
        _whole("start_in_article", "Where it begins in the text of the article.", _CODE_POINTS),
        _whole("end_in_article", "Where it ends there (exclusive).", _CODE_POINTS),
        _text("text", "The sentence."),
        Column("boilerplate", "boolean", "Whether it looks like no part of the story."),
        _text("same_as", "The sentence that says the same and was shown in its place."),
        _text("decided_by", "Who decided what it tells of.", "people; model; empty for nobody"),
        _whole("annotators", "How many people's labels of it count.", "people"),
        _text(
            "day",
            "The day on which happened what it tells, or the first of several, ISO 8601; read by "
            "rule against the date of publication, empty where it names none.",
        ),
        _text("day_last", "The last of several days; else the same.", "ISO 8601"),
        _text("day_precision", "How exactly it is known.", "day; week; month; year"),
        _text("day_text", "The words that name it."),
    ),
    (("article_id", "articles"),),
)

EVENTS = LedgerTable(
    "events",
    "One event type that a sentence tells of.",
    "event_id",
    (
        _text("event_id", "Sentence and label; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        _text("label", "The event type, as stored.", EVENT_TYPES),
        _text("label_name", "The event type, as people see it."),
        _DECIDED_BY,
        _FOR,
        _AGAINST,
        _SCORE,
        _MODEL,
        _text("acled", "The nearest event types of ACLED, each with its sub-event type."),
        _text("plover", "The nearest event types of PLOVER."),
    ),
    (("sentence_id", "sentences"), ("article_id", "articles")),
)

CLAIMS = LedgerTable(
    "claims",
    "One number that somebody claims.",
    "claim_id",
    (
        _text("claim_id", "Sentence and place; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        _text("text", "The words that were marked: the article's text between the offsets."),
        _text("kind", "What is counted, as stored.", CLAIM_KINDS),
        _text("kind_name", "What is counted, as people see it."),
        *_READING,
        _text(
            "policy",
            "By which rule a vague number was given values; empty where it is not vague, or where "
            "a person typed them.",
            "literal",
        ),
        _UNIT,
        _NOUN,
        _ATTRIBUTION,
        _ROLE,
        Column(
            "implied",
            "boolean",
            "Whether no number is written: one person who is named in the singular.",
        ),
        *_PLACED,
        _DECIDED_BY,
        _text("read_by", "Who gave low, high and modifier.", "person; machine"),
        _FOR,
        _AGAINST,
        _text("annotators", "The people whose labels agree with it, joined by '; '."),
        _SCORE,
        _MODEL,
    ),
    (("sentence_id", "sentences"), ("article_id", "articles")),
)

LABELS = LedgerTable(
    "labels",
    "One mark that one person made, or took away from a suggestion.",
    "label_id",
    (
        _text("label_id", "Sentence, annotation and mark; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        _text("annotation_id", "Label Studio's id of the annotation."),
        _text("annotator", "Who made it."),
        _text("updated_at", "When the annotation was stored last, ISO 8601."),
        Column("seconds", "number", "How long the person had the sentence open.", "seconds"),
        Column(
            "counted",
            "boolean",
            "Whether the annotation counts: it is its author's latest, was not skipped, and no "
            "ground truth stands above it.",
        ),
        Column("ground_truth", "boolean", "Whether the annotation was set as the truth."),
        _text(
            "mark",
            "What was marked.",
            "event; claim; nothing (stored without a mark); skipped",
        ),
        _text("label", "The event type or claim kind, as stored.", f"{EVENT_TYPES}; {CLAIM_KINDS}"),
        _text("text", "The words that were marked; empty for an event type."),
        *_PLACED[:2],
        *_READING,
        _ATTRIBUTION,
        _ROLE,
        _text("read_by", "Who gave low, high and modifier.", "person; machine"),
        _text("suggested_by", "The model whose suggestion the person started from."),
        _text(
            "change",
            "What became of the suggestion; empty where it is not known what that said.",
            "as suggested; changed (other kind, ends or values); added; removed (suggested, and "
            "taken away: no mark of the person)",
        ),
    ),
    (("sentence_id", "sentences"), ("article_id", "articles")),
)

DATA_DICTIONARY = LedgerTable(
    "data_dictionary",
    "One column of one of these tables.",
    "",
    (
        _text("table_name", "The table."),
        _text("column_name", "The column; empty for the table as a whole."),
        _text("type", "What its cells hold.", "string; integer; number; boolean"),
        _text("meaning", "What it says."),
        _text("unit", "What its numbers count."),
        _text("allowed_values", "The values that it may have."),
    ),
)

TABLES = (ARTICLES, SENTENCES, EVENTS, CLAIMS, LABELS, DATA_DICTIONARY)
"""Every table of an export, those first that others refer to."""


def dictionary_rows(schema: Schema) -> Iterator[Row]:
    """The rows of ``data_dictionary``: each table, then each of its columns.

    Args:
        schema: the labels in use, which are the values of some columns.
    """
    for table in TABLES:
        meaning = f"{table.meaning} {HARMLESS}" if table is DATA_DICTIONARY else table.meaning
        yield _dictionary_row(table, None, meaning, "", "")
        for one in table.columns:
            values = allowed_values(one, schema)
            yield _dictionary_row(table, one, one.meaning, one.unit, values)


def allowed_values(column: Column, schema: Schema) -> str:
    """The values that a column may have, with the labels of the schema in use."""
    values = column.values
    for stands_for, labels in (
        (EVENT_TYPES, schema.event_types),
        (CLAIM_KINDS, schema.claim_kinds),
    ):
        values = values.replace(stands_for, "; ".join(map(_said, labels)))
    return values


def described(meaning: str, unit: str, values: str) -> str:
    """Meaning, unit and values of a column in one text."""
    more = [f"Unit: {unit}." if unit else "", f"Values: {values}." if values else ""]
    return " ".join([meaning, *filter(None, more)])


def _said(label: Label) -> str:
    return label.alias if label.alias == label.value else f"{label.alias} ({label.value})"


def _dictionary_row(
    table: LedgerTable, column: Column | None, meaning: str, unit: str, values: str
) -> Row:
    return {
        "table_name": table.name,
        "column_name": column.name if column else None,
        "type": column.type if column else None,
        "meaning": meaning,
        "unit": unit or None,
        "allowed_values": values or None,
    }
