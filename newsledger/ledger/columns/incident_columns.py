"""The tables of incidents: what happened, who reported it, and how many came to harm."""

from __future__ import annotations

from newsledger.ledger.columns.table import (
    CLAIM_KINDS,
    EVENT_TYPES,
    Column,
    LedgerTable,
    text_column,
    whole_column,
)

USES = (
    "counted", "superseded", "copied", "part", "earlier", "occasion", "other side", "not a count"
)  # fmt: skip
"""What a claim does for the toll of its incident."""

_INCIDENT = text_column("incident_id", "The incident.")
_KIND = text_column("kind", "What is counted, as stored.", CLAIM_KINDS)
_ARTICLES = whole_column("articles", "In how many articles.", "articles")
_SOURCES = whole_column(
    "sources",
    "Of how many sources: who is named for a number, else the outlet; what several articles have "
    "word for word is one.",
    "sources",
)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, "people or things")


INCIDENTS = LedgerTable(
    "incidents",
    "What happened at one place on one day, put together from the reports of it.",
    "incident_id",
    (
        text_column(
            "incident_id", "Made of the report that was there first; stays when others join."
        ),
        text_column("title", "Headline of the first report that has one."),
        text_column(
            "first_sentence",
            "The sentence that the first report begins with, whether it has a headline or not; it "
            "tells the incidents of a round-up apart, which have one headline.",
        ),
        text_column("day", "The day of it, or the first of several, ISO 8601; empty if not known."),
        text_column("day_last", "The last of several days; else the same.", "ISO 8601"),
        text_column("day_precision", "How exactly it is known.", "day; week; month; year"),
        text_column("place", "Where, as written in the report that says it most exactly."),
        text_column(
            "place_precision",
            "How exactly it is known, as in `sentences`; empty where people typed what the "
            "gazetteer lacks.",
            "place; district; country",
        ),
        text_column("country", "The country of the place.", "ISO 3166-1 alpha-2"),
        Column("latitude", "number", "Of the place.", "degrees north"),
        Column("longitude", "number", "Of the place.", "degrees east"),
        text_column("events", "Event types, the most common first, joined by '; '.", EVENT_TYPES),
        text_column(
            "status",
            "Whether a person decided that its reports belong together; one report alone is "
            "proposed, too.",
            "proposed; decided",
        ),
        whole_column("reports", "How many reports of it there are.", "reports"),
        _ARTICLES,
        whole_column("sources", "Of how many outlets, copies not counted.", "outlets"),
    ),
)

INCIDENT_REPORTS = LedgerTable(
    "incident_reports",
    "One passage of an article that reports one incident.",
    "report_id",
    (
        text_column("report_id", "Made of the sentence that it begins with."),
        _INCIDENT,
        text_column("article_id", "The article that it stands in."),
        text_column("first_sentence_id", "The sentence that it begins with."),
        text_column("last_sentence_id", "The sentence that it ends with."),
        text_column("day", "The day on which it says that it happened, ISO 8601."),
        text_column("place", "The place that it names."),
        Column(
            "later_figure",
            "boolean",
            "Whether it brings a newer number than an earlier report of the incident.",
        ),
        text_column(
            "decided_by",
            "Who said that it belongs there; 'proposed' for the program.",
            "people; proposed",
        ),
        Column(
            "score",
            "number",
            "How well it fits the other reports, empty where it is alone.",
            "0 to 1",
        ),
        text_column("reasons", "What speaks for it, in words, joined by '; '."),
        text_column("joined_by", "The people who said that it belongs there, joined by '; '."),
        text_column("joined_at", "When the last of them said so, ISO 8601."),
    ),
    (("incident_id", "incidents"), ("article_id", "articles")),
)

INCIDENT_TOLLS = LedgerTable(
    "incident_tolls",
    "How many one incident did to, of one claim kind.",
    "toll_id",
    (
        text_column("toll_id", "Incident and kind."),
        _INCIDENT,
        _KIND,
        text_column("kind_name", "What is counted, as people see it."),
        _number("low", "The smallest number that a source holds to; empty for an open end."),
        _number("best", "The number that the sources agree on; empty where they do not."),
        _number("high", "The largest number that a source holds to; empty for an open end."),
        text_column("why_no_best", "Who says what, where best is empty."),
        whole_column("claims", "How many claims there are.", "claims"),
        _ARTICLES,
        _SOURCES,
        _number("first_value", "The number in the report that was published first."),
        text_column("first_day", "When that was published, ISO 8601."),
        _number("latest_value", "The number in the report that was published last."),
        text_column("latest_day", "When that was published, ISO 8601."),
    ),
    (("incident_id", "incidents"),),
)

TOLL_CLAIMS = LedgerTable(
    "toll_claims",
    "What one claim does for a toll.",
    "claim_id",
    (
        text_column("claim_id", "The claim."),
        text_column("toll_id", "The toll."),
        _INCIDENT,
        _KIND,
        text_column("said_by", "Whose number it is: who is named for it, else the outlet."),
        text_column(
            "counted_as",
            "What becomes of it: low and high stand on those that are counted; a superseded one "
            "was replaced by a later one; occasion: who died earlier, as the reason for what is "
            "told (where an incident has none but those, there is no such toll, and no row of it); "
            "other side: attackers, where others are counted, too.",
            "; ".join(USES),
        ),
    ),
    (("claim_id", "claims"), ("toll_id", "incident_tolls"), ("incident_id", "incidents")),
)

PAIR_DECISIONS = LedgerTable(
    "pair_decisions",
    "What one person decided of two reports, as long as it is not undone.",
    "decision_id",
    (
        text_column("decision_id", "Made of the two sentences, who decided, and when."),
        text_column("first_sentence_id", "A sentence of one report."),
        text_column("second_sentence_id", "A sentence of the other one."),
        text_column(
            "verdict",
            "Whether they are of one incident; newer: they are, and the second has the newer "
            "figure; unsure: that cannot be said.",
            "same; newer; different; unsure",
        ),
        text_column("decided_by", "The person who decided."),
        text_column("decided_at", "When, ISO 8601."),
        text_column("reason", "Why, in the person's words; empty for none."),
        text_column(
            "state",
            "Whether it holds; else a later one on the same reports does, or others join what it "
            "keeps apart, or there are no two such reports.",
            "holds; replaced; contradicts; without effect",
        ),
        text_column("why", "A sentence where people disagree, or where it has no effect."),
    ),
)
