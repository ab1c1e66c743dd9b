"""Where one thing of an export comes from, and what came of it: read out of the rows themselves.

What is traced has an id: an article, sentence, event, claim, label, incident, toll, or a model. Its
sentences come with their article, with everything that was decided of them and with every mark of
every person; its incidents with their tolls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from newsledger.ledger.columns.table import LedgerTable, Row

RowsOf = Callable[[], Iterable[tuple[LedgerTable, Row]]]
"""Makes the rows of an export; they may be asked for twice."""

_OF_A_SENTENCE = ("events", "claims", "labels")
_IDS = {
    "articles": "article_id",
    "sentences": "sentence_id",
    "events": "event_id",
    "claims": "claim_id",
    "labels": "label_id",
    "incidents": "incident_id",
    "incident_reports": "report_id",
    "incident_tolls": "toll_id",
}
"""The column that names a row, of the tables whose rows can be traced."""
_OF_INCIDENTS = ("incidents", "incident_reports", "incident_tolls", "toll_claims")


@dataclass(slots=True)
class TracedSentence:
    """A sentence with what is known of it."""

    article: Row
    """Its article, a row of ``articles``."""
    sentence: Row
    """Itself, a row of ``sentences``."""
    events: list[Row] = field(default_factory=list)
    """What it tells of, rows of ``events``."""
    claims: list[Row] = field(default_factory=list)
    """What is claimed in it, rows of ``claims``."""
    labels: list[Row] = field(default_factory=list)
    """The marks of people, rows of ``labels``, those taken away from a suggestion, too."""

    def rows(self) -> Iterator[tuple[str, Row]]:
        """All of them, each with the name of its table."""
        yield "articles", self.article
        yield "sentences", self.sentence
        for table in _OF_A_SENTENCE:
            for row in getattr(self, table):
                yield table, row


@dataclass(frozen=True, slots=True)
class Traced:
    """What has an id, with all that it stands on and all that stands on it."""

    id: str
    """The id."""
    table: str
    """The table whose row it is; ``models`` for a model."""
    sentences: tuple[TracedSentence, ...]
    """The sentences that it stands on, or that belong to it, in order."""
    incidents: tuple[Row, ...]
    """The incidents that these report, rows of ``incidents``."""
    tolls: tuple[Row, ...]
    """The tolls in which their claims count, rows of ``incident_tolls``."""
    counted: tuple[Row, ...]
    """How, rows of ``toll_claims``."""

    @property
    def models(self) -> tuple[str, ...]:
        """Ids of the models that decided or suggested any of it."""
        found = [
            row.get("model") or row.get("suggested_by")
            for one in self.sentences
            for _, row in one.rows()
        ]
        return tuple(dict.fromkeys(one for one in found if one))


def trace_rows(rows_of: RowsOf, key: str) -> Traced | None:
    """Follow an id both ways.

    Args:
        rows_of: the rows of a whole snapshot, since an incident is put together from all of it.
        key: the id.

    Returns:
        What has the id; None where nothing has.
    """
    tables: dict[str, list[Row]] = {name: [] for name in _OF_INCIDENTS}
    found = [one for one in _sentences(rows_of(), tables) if _concerns(one, key)]
    if found:
        names = (name for one in found for name, row in one.rows() if _is(name, row, key))
        table = next(names, "models")
    else:
        named = [name for name in tables for row in tables[name] if _is(name, row, key)]
        if not named:
            return None
        table = named[0]
        chosen = {row["incident_id"] for row in tables[table] if _is(table, row, key)}
        members = [
            row
            for row in tables["toll_claims"]
            if row["incident_id"] in chosen and (table != "incident_tolls" or row["toll_id"] == key)
        ]
        claims = {row["claim_id"] for row in members}
        begins = {
            row["first_sentence_id"]
            for row in tables["incident_reports"]
            if row["incident_id"] in chosen and table != "incident_tolls"
        }
        found = [
            one
            for one in _sentences(rows_of(), {})
            if one.sentence["sentence_id"] in begins
            or any(row["claim_id"] in claims for row in one.claims)
        ]
    return _traced(key, table, found, tables)


def _traced(
    key: str, table: str, found: list[TracedSentence], tables: dict[str, list[Row]]
) -> Traced:
    if table in ("events", "claims"):  # of the sentence's others, and their marks, nobody asked
        for one in found:
            own = next(row for name, row in one.rows() if _is(name, row, key))
            one.labels = [row for row in one.labels if _about(row, own)]
            for name in ("events", "claims"):
                setattr(one, name, [row for row in getattr(one, name) if row is own])
    claims = {row["claim_id"] for one in found for row in one.claims}
    counted = [row for row in tables["toll_claims"] if row["claim_id"] in claims]
    tolls = {row["toll_id"] for row in counted}
    told = {one.sentence["sentence_id"] for one in found}
    incidents = {row["incident_id"] for row in counted} | {
        row["incident_id"]
        for row in tables["incident_reports"]
        if row["first_sentence_id"] in told and table not in ("claims", "incident_tolls")
    }
    return Traced(
        id=key,
        table=table,
        sentences=tuple(found),
        incidents=tuple(row for row in tables["incidents"] if row["incident_id"] in incidents),
        tolls=tuple(row for row in tables["incident_tolls"] if row["toll_id"] in tolls),
        counted=tuple(counted),
    )


def _sentences(
    rows: Iterable[tuple[LedgerTable, Row]], others: dict[str, list[Row]]
) -> Iterator[TracedSentence]:
    """Each sentence with its rows; those of incidents go into ``others``."""
    article: Row = {}
    last: TracedSentence | None = None
    for table, row in rows:
        if table.name == "articles":
            article = row
        elif table.name == "sentences":
            if last is not None:
                yield last
            last = TracedSentence(
                article if row["article_id"] == article["article_id"] else {}, row
            )
        elif table.name in _OF_A_SENTENCE and last is not None:
            getattr(last, table.name).append(row)
        elif table.name in others:
            others[table.name].append(row)
    if last is not None:
        yield last


def _concerns(one: TracedSentence, key: str) -> bool:
    return any(
        _is(name, row, key) or key in (row.get("model"), row.get("suggested_by"))
        for name, row in one.rows()
    )


def _is(table: str, row: Row, key: str) -> bool:
    return table in _IDS and row[_IDS[table]] == key


def _about(mark: Row, own: Row) -> bool:
    """Whether a mark of a person is one of the same event type, or of the same place."""
    if "event_id" in own:
        return bool(mark["mark"] == "event" and mark["label"] == own["label"])
    return bool(
        mark["mark"] == "claim"
        and mark["start_in_sentence"] < own["end_in_sentence"]
        and own["start_in_sentence"] < mark["end_in_sentence"]
    )
