"""The tables of an export and what each column means: the one place that all writers use.

Names of columns avoid the words of SQL (``end``, ``index``), so that they need no quotes there.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotation.records import MODIFIERS, POLICIES, ROLES
from annotation.schema import Label, Schema
from newsledger.ledger.columns.incident_columns import (
    INCIDENT_REPORTS,
    INCIDENT_TOLLS,
    INCIDENTS,
    PAIR_DECISIONS,
    TOLL_CLAIMS,
)
from newsledger.ledger.columns.table import (
    CLAIM_KINDS,
    EVENT_TYPES,
    Column,
    LedgerTable,
    Row,
    text_column,
    whole_column,
)

HARMLESS = (
    "A cell of text that a spreadsheet would run (its first character is = + - @, a tab or the end "
    "of a line, also after apostrophes) begins with an apostrophe in CSV; take that one away to "
    "have the text. In the other formats texts are stored as texts and stay as they are."
)
"""How cells that a spreadsheet would run are made harmless; ``cells.harmless`` does it."""


_CODE_POINTS = "Unicode code points"
_ARTICLE = text_column("article_id", "The article that it stands in.")
_SENTENCE = text_column("sentence_id", "The sentence that it stands in.")
_DECIDED_BY = text_column(
    "decided_by",
    "Who decided: people where at least one labelled the sentence, else the model in use.",
    "people; model",
)
_SCORE = Column(
    "score", "number", "Probability that the model gives it; empty where people decided.", "0 to 1"
)
_MODEL = text_column("model", "The model that decided; empty where people did.")
_FOR = whole_column(
    "people_for", "How many people's labels agree with it; empty for the model's.", "people"
)
_AGAINST = whole_column(
    "people_against", "How many people labelled the sentence and do not agree with it.", "people"
)
_READING = (
    Column("low", "number", "Smallest value claimed; empty for an open end.", "see unit"),
    Column("high", "number", "Largest value claimed; empty for an open end.", "see unit"),
    text_column("modifier", "How the number is claimed.", "; ".join(MODIFIERS)),
)
_UNIT = text_column(
    "unit",
    "What the values are measured in, as the machine reads it in the marked words.",
    "count; fraction; percent; an ISO 4217 code; a unit of length, area, weight or rate",
)
_POLICY = text_column(
    "policy",
    "The policy by which a vague number has its values; empty where it is not vague, or where a "
    "person typed values that no policy gives.",
    "; ".join(POLICIES),
)
_NOUN = text_column(
    "noun", "What is counted, as written and found by machine; empty where it stands elsewhere."
)
_ATTRIBUTION = text_column("attribution", "Who says so, as written in the sentence or as typed.")
_ROLE = text_column("role", "What the number is to the others of its kind.", "; ".join(ROLES))
_DECIDER = (
    "Who decided it: people, who typed it, or the rules that read it; undecided where people typed "
    "different things equally often.",
    "people; rule; undecided",
)
_PLACED = (
    whole_column("start_in_sentence", "Where it begins in the text of the sentence.", _CODE_POINTS),
    whole_column("end_in_sentence", "Where it ends there (exclusive).", _CODE_POINTS),
    whole_column("start_in_article", "Where it begins in the text of the article.", _CODE_POINTS),
    whole_column("end_in_article", "Where it ends there (exclusive).", _CODE_POINTS),
)

ARTICLES = LedgerTable(
    "articles",
    "One article.",
    "article_id",
    (
        text_column("article_id", "Its id: the one given, else made of title and text."),
        text_column("title", "Headline."),
        text_column("source", "Who published it, as the input named it."),
        text_column("url", "Where it was published."),
        text_column("published", "Date of publication, ISO 8601 where it could be read."),
        text_column(
            "added", "When its first task was made, ISO 8601; empty for labels from a file."
        ),
        text_column("language", "Code of its language; empty where it is not known."),
        text_column(
            "sha256", "SHA-256 of its text in UTF-8; empty for sentences that came cut already."
        ),
        text_column(
            "page_sha256", "SHA-256 of the page as it was fetched; empty where it was not kept."
        ),
        text_column("page_path", "Where that page lies in the workspace that pushed it."),
        Column("seed", "boolean", "Whether newsledger brought it along as an example."),
        whole_column("sentences", "Its sentences in this export.", "sentences"),
        whole_column("labelled", "Those of them that people have labelled.", "sentences"),
    ),
)

SENTENCES = LedgerTable(
    "sentences",
    "One sentence of an article.",
    "sentence_id",
    (
        text_column("sentence_id", "Its id; Label Studio has it as sentence_id, too."),
        _ARTICLE,
        whole_column("index_in_article", "Its position in the article, from 0.", "sentences"),
        whole_column(
            "start_in_article", "Where it begins in the text of the article.", _CODE_POINTS
        ),
        whole_column("end_in_article", "Where it ends there (exclusive).", _CODE_POINTS),
        text_column("text", "The sentence."),
        Column("boilerplate", "boolean", "Whether it looks like no part of the story."),
        text_column("same_as", "The sentence before it in this export that says the same."),
        text_column(
            "decided_by",
            "Who decided what it tells of.",
            "people; bulk: a model, accepted as sure; model; empty for nobody",
        ),
        whole_column("annotators", "How many people's labels of it count.", "people"),
        text_column(
            "day",
            "The day on which happened what it tells, or the first of several, ISO 8601: as people "
            "typed it, else read by rule against the date of publication; empty where it names "
            "none.",
        ),
        text_column("day_last", "The last of several days; else the same.", "ISO 8601"),
        text_column("day_precision", "How exactly it is known.", "day; week; month; year"),
        text_column("day_text", "The words that name it; empty where people typed it."),
        text_column("day_decided_by", *_DECIDER),
        text_column(
            "place",
            "The place where happened what it tells: as people typed it, else as written and read "
            "by rule with the workspace's gazetteer; empty where it names none.",
        ),
        text_column(
            "place_precision",
            "How exactly it is known: of a village that the gazetteer lacks, the district around "
            "it, or, without coordinates, that it is a place.",
            "place; district; country",
        ),
        text_column("place_country", "Its country.", "ISO 3166-1 alpha-2"),
        Column("latitude", "number", "How far north it lies.", "degrees, WGS 84"),
        Column("longitude", "number", "How far east it lies.", "degrees, WGS 84"),
        text_column(
            "place_from",
            "What told it from others of its name.",
            "sentence; article; outlet; workspace",
        ),
        text_column("place_decided_by", *_DECIDER),
    ),
    (("article_id", "articles"),),
)

EVENTS = LedgerTable(
    "events",
    "One event type that a sentence tells of.",
    "event_id",
    (
        text_column("event_id", "Sentence and label; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        text_column("label", "The event type, as stored.", EVENT_TYPES),
        text_column("label_name", "The event type, as people see it."),
        _DECIDED_BY,
        _FOR,
        _AGAINST,
        _SCORE,
        _MODEL,
        text_column("acled", "The nearest event types of ACLED, each with its sub-event type."),
        text_column("plover", "The nearest event types of PLOVER."),
    ),
    (("sentence_id", "sentences"), ("article_id", "articles")),
)

CLAIMS = LedgerTable(
    "claims",
    "One number that somebody claims.",
    "claim_id",
    (
        text_column("claim_id", "Sentence and place; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        text_column("text", "The words that were marked: the article's text between the offsets."),
        text_column("kind", "What is counted, as stored.", CLAIM_KINDS),
        text_column("kind_name", "What is counted, as people see it."),
        *_READING,
        _POLICY,
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
        text_column("read_by", "Who gave low, high and modifier.", "person; machine"),
        _FOR,
        _AGAINST,
        text_column("annotators", "The people whose labels agree with it, joined by '; '."),
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
        text_column("label_id", "Sentence, annotation and mark; the same in every export."),
        _SENTENCE,
        _ARTICLE,
        text_column("annotation_id", "Label Studio's id of the annotation."),
        text_column("annotator", "Who made it."),
        text_column("updated_at", "When the annotation was stored last, ISO 8601."),
        Column("seconds", "number", "How long the person had the sentence open.", "seconds"),
        Column(
            "counted",
            "boolean",
            "Whether the annotation counts: it is its author's latest, was not skipped, and no "
            "ground truth stands above it.",
        ),
        Column(
            "ground_truth",
            "boolean",
            "Whether the annotation was set as the truth, or is the verdict of a second look.",
        ),
        Column(
            "verdict",
            "boolean",
            "Whether it is the verdict of a second look, and none of the first labels.",
        ),
        text_column("why", "The reason that was given for a verdict."),
        text_column(
            "mark",
            "What was marked.",
            "event; claim; day; place; nothing (no event and no claim); skipped",
        ),
        text_column(
            "label", "The event type or claim kind, as stored.", f"{EVENT_TYPES}; {CLAIM_KINDS}"
        ),
        text_column(
            "text",
            "The words that were marked, or what was typed as day or place, - for none; empty for "
            "an event type.",
        ),
        *_PLACED[:2],
        *_READING,
        _POLICY,
        _ATTRIBUTION,
        _ROLE,
        text_column("read_by", "Who gave low, high and modifier.", "person; machine"),
        text_column("suggested_by", "The model whose suggestion the person started from."),
        Column(
            "blind",
            "boolean",
            "Whether the sentence was drawn by chance to be labelled without a suggestion.",
        ),
        text_column(
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
        text_column("table_name", "The table."),
        text_column("column_name", "The column; empty for the table as a whole."),
        text_column("type", "What its cells hold.", "string; integer; number; boolean"),
        text_column("meaning", "What it says."),
        text_column("unit", "What its numbers count."),
        text_column("allowed_values", "The values that it may have."),
    ),
)

TABLES = (
    ARTICLES,
    SENTENCES,
    EVENTS,
    CLAIMS,
    LABELS,
    INCIDENTS,
    INCIDENT_REPORTS,
    INCIDENT_TOLLS,
    TOLL_CLAIMS,
    PAIR_DECISIONS,
    DATA_DICTIONARY,
)
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
