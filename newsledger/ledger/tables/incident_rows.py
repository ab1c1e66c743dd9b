"""Rows of incidents, made of the rows that an export has of articles, sentences, events, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from annotation.records import NumericClaim
from annotation.schema import Schema
from newsledger.ledger.columns.incident_columns import (
    INCIDENT_REPORTS,
    INCIDENT_TOLLS,
    INCIDENTS,
    PAIR_DECISIONS,
    TOLL_CLAIMS,
)
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.days_and_places.dates import precision_of
from newsledger.ledger.days_and_places.gazetteer import PRECISIONS
from newsledger.ledger.days_and_places.when_where import named_date
from newsledger.ledger.incidents.grouping import Incident, Joined, incidents_of
from newsledger.ledger.incidents.incident_tolls import IncidentToll, incident_tolls, outlets_of
from newsledger.ledger.incidents.pair_decisions import PairDecision, WeighedDecision, weigh
from newsledger.ledger.incidents.reports import (
    Report,
    ReportedPlace,
    ReportingArticle,
    Told,
    most_telling_place,
    report_by_sentence,
    reports_of,
)
from newsledger.ledger.tables.decided import PEOPLE


def incident_types(schema: Schema) -> frozenset[str]:
    """The event types that make an incident: those with a code of ACLED, else all that can be.

    Args:
        schema: the labels in use.
    """
    coded = frozenset(one.alias for one in schema.event_types if one.acled)
    possible = frozenset(one.alias for one in schema.event_types if not one.excludes_rest)
    return coded or possible


class ReportCollector:
    """Reads the reports of articles out of the rows that pass by.

    Args:
        schema: the labels in use.
    """

    def __init__(self, schema: Schema) -> None:
        self._types = incident_types(schema)
        self._article: Row | None = None
        self._sentences: dict[str, Row] = {}
        self._events: dict[str, list[str]] = {}
        self._claims: dict[str, list[tuple[str, NumericClaim]]] = {}
        self._reports: list[Report] = []

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports of all articles that have passed."""
        self._finish()
        return tuple(self._reports)

    def see(self, table: str, row: Row) -> None:
        """Take one row in; they come article by article.

        Args:
            table: the name of its table.
            row: the row.
        """
        if table == "articles":
            self._finish()
            self._article = row
        elif table == "sentences" and not row["boilerplate"]:
            self._sentences[row["sentence_id"]] = row
        elif table == "events":
            self._events.setdefault(row["sentence_id"], []).append(row["label"])
        elif table == "claims":
            found = self._claims.setdefault(row["sentence_id"], [])
            found.append((row["claim_id"], _claim(row)))

    def _finish(self) -> None:
        """Cut the article that has passed into its reports, and forget the rest of it."""
        row, sentences = self._article, self._sentences
        if row is not None and self._events:
            article = ReportingArticle(
                id=row["article_id"],
                title=row["title"] or "",
                source=row["source"],
                published=named_date(row["published"]),
                added=row["added"] or "",
                sentences=tuple(self._told(key, one) for key, one in sentences.items()),
            )
            self._reports += reports_of(article, self._types)
        self._article, self._sentences, self._events, self._claims = None, {}, {}, {}

    def _told(self, key: str, row: Row) -> Told:
        first, last = named_date(row["day"]), named_date(row["day_last"])
        return Told(
            sentence_id=key,
            text=row["text"],
            days=(first, last) if first and last else None,
            place=_place(row),
            events=tuple(self._events.get(key, ())),
            claims=tuple(self._claims.get(key, ())),
            same_as=row["same_as"],
            # Who takes a day or a place away names none for the report.
            day_by_people=row["day_decided_by"] == PEOPLE and row["day"] is not None,
            place_by_people=row["place_decided_by"] == PEOPLE and row["place"] is not None,
        )


def incident_rows(
    reports: Iterable[Report], schema: Schema, decisions: Iterable[PairDecision] = ()
) -> Iterator[tuple[LedgerTable, Row]]:
    """The rows of incidents, their reports and tolls; a row comes after those that it refers to.

    Args:
        reports: the reports.
        schema: the labels in use.
        decisions: what people decided of pairs of reports.
    """
    names = schema.claim_values
    types = incident_types(schema)
    reports, decisions = tuple(reports), tuple(decisions)
    for incident in incidents_of(reports, types, decisions):
        found, incident_id = incident_tolls(incident), incident.id
        yield INCIDENTS, _incident_row(incident_id, incident, types)
        for joined in incident.reports:
            yield INCIDENT_REPORTS, _report_row(incident_id, joined, found)
        for toll in found:
            key = f"{incident_id}#{toll.kind}"
            yield INCIDENT_TOLLS, _toll_row(incident_id, key, names[toll.kind], toll)
            for use in toll.claims:
                yield (
                    TOLL_CLAIMS,
                    {
                        "claim_id": use.claim_id,
                        "toll_id": key,
                        "incident_id": incident_id,
                        "kind": toll.kind,
                        "said_by": use.said_by,
                        "counted_as": use.counted_as,
                    },
                )
    for weighed in weigh(decisions, report_by_sentence(reports)) if decisions else ():
        yield PAIR_DECISIONS, _decision_row(weighed)


def _incident_row(incident_id: str, incident: Incident, types: frozenset[str]) -> Row:
    reports = [one.report for one in incident.reports]
    by_people = [one.days for one in reports if one.day_by_people and one.days]
    exact = [one.days for one in reports if one.exact_day]
    days = next(iter(by_people or exact or [one.days for one in reports if one.days]), None)
    place = most_telling_place(reports)
    labels = Counter(label for one in reports for label in one.events if label in types)
    return {
        "incident_id": incident_id,
        "title": next((one.article.title for one in reports if one.article.title), None),
        "first_sentence": reports[0].sentences[0].text,
        "day": days[0].isoformat() if days else None,
        "day_last": days[1].isoformat() if days else None,
        "day_precision": precision_of(*days) if days else None,
        "place": place.name if place else None,
        "place_precision": _precision(place) if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "events": "; ".join(label for label, _ in labels.most_common()),
        "status": "decided" if any(one.decisions for one in incident.reports) else "proposed",
        "reports": len(reports),
        "articles": len({one.article.id for one in reports}),
        "sources": len(outlets_of(incident)),
    }


def _precision(place: ReportedPlace) -> str | None:
    """How exactly a place is known, None of a name that people typed and no gazetteer has.

    That name alone has no country.
    """
    return place.precision if place.country else None


def _report_row(incident_id: str, joined: Joined, tolls: Iterable[IncidentToll]) -> Row:
    report = joined.report
    return {
        "report_id": report.id,
        "incident_id": incident_id,
        "article_id": report.article.id,
        "first_sentence_id": report.id,
        "last_sentence_id": report.sentences[-1].sentence_id,
        "day": report.days[0].isoformat() if report.days else None,
        "place": report.place.name if report.place else None,
        "later_figure": any(report.id in one.later_figures for one in tolls),
        "decided_by": "people" if joined.decisions else "proposed",
        "score": round(joined.likeness.score, 4) if joined.likeness else None,
        "reasons": "; ".join(joined.likeness.reasons) if joined.likeness else None,
        "joined_by": "; ".join(dict.fromkeys(one.decided_by for one in joined.decisions)) or None,
        "joined_at": joined.decisions[-1].decided_at if joined.decisions else None,
    }


def _decision_row(weighed: WeighedDecision) -> Row:
    one = weighed.decision
    return {
        "decision_id": one.id,
        "first_sentence_id": one.first,
        "second_sentence_id": one.second,
        "verdict": one.answer,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "reason": one.reason or None,
        "state": weighed.state,
        "why": weighed.why or None,
    }


def _toll_row(incident_id: str, key: str, name: str, toll: IncidentToll) -> Row:
    (first, first_day), (latest, latest_day) = toll.first, toll.latest
    return {
        "toll_id": key,
        "incident_id": incident_id,
        "kind": toll.kind,
        "kind_name": name,
        "low": toll.low,
        "best": toll.best,
        "high": toll.high,
        "why_no_best": toll.why_no_best,
        "claims": len(toll.claims),
        "articles": toll.articles,
        "sources": toll.sources,
        "first_value": first,
        "first_day": first_day.isoformat() if first_day else None,
        "latest_value": latest,
        "latest_day": latest_day.isoformat() if latest_day else None,
    }


def _claim(row: Row) -> NumericClaim:
    return NumericClaim(
        start=row["start_in_sentence"],
        end=row["end_in_sentence"],
        text=row["text"],
        kind=row["kind"],
        low=row["low"],
        high=row["high"],
        modifier=row["modifier"],
        unit=row["unit"],
        noun=row["noun"],
        attribution=row["attribution"],
        role=row["role"],
        implied=row["implied"],
    )


def _place(row: Row) -> ReportedPlace | None:
    if not row.get("place"):
        return None
    return ReportedPlace(
        name=row["place"],
        precision=row["place_precision"] or PRECISIONS[0],
        country=row["place_country"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        listed=row["place_decided_by"] != "rule"
        or row["latitude"] is not None
        or row["place_precision"] == "country",
    )
