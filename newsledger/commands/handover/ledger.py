"""The ledger: what happened, and how many came to harm, by whose count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

from annotation.dataset.snapshot import Snapshot, read_snapshot
from newsledger.commands.handover.export import (
    champion_predicts,
    day_since,
    predict_if_any,
    snapshot_path,
)
from newsledger.commands.state.task_addresses import task_addresses
from newsledger.html_pages import require_page_name, write_page
from newsledger.ledger.columns.cells import plain_number
from newsledger.ledger.columns.table import Row
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.files.page import PAGE_TABLES, ledger_page
from newsledger.ledger.incidents.pair_decisions import decisions_in_force
from newsledger.ledger.incidents.reports import Report
from newsledger.ledger.tables.incident_rows import ReportCollector
from newsledger.ledger.tables.rows import LeftOut, Selection, decided_rows, ledger_rows
from newsledger.progress import Progress, Result, Table, number_of
from newsledger.settings import Settings

_SHOWN = 40
"""Incidents in the table; the newest are last, beside the prompt."""
_TITLE = 60
"""Characters of a headline in the table."""
_SHARED_TITLE = 20
"""Characters of a headline that several incidents of one day and place have: what is left of those
of a headline is for the sentence that tells them apart."""
_TABLES = ("incidents", "incident_reports", "incident_tolls", "pair_decisions")


@dataclass(frozen=True, slots=True)
class LedgerResult(Result):
    """The incidents of a snapshot."""

    snapshot: str
    """The snapshot that they come from."""
    model: str | None
    """The model that decided where people did not, None for none."""
    seeds_left_out: int
    """Articles that newsledger brought along, left out beside the user's own."""
    incidents: tuple[dict[str, Any], ...]
    """By day: the columns of ``incidents``, with the rows of ``reports`` and ``tolls``."""
    kinds: tuple[tuple[str, str], ...]
    """Claim kinds that count people harmed, alias and name; the table has a column for each."""
    disagreements: tuple[str, ...] = ()
    """Sentences on people's decisions that contradict others."""
    page: str | None = None
    """The HTML page that was written, None where none was asked for."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = []
        if len(self.incidents) > _SHOWN:
            lines.append(
                f"The last {_SHOWN} of {len(self.incidents):,}; `--json` and `newsledger export` "
                "have all."
            )
        if self.seeds_left_out:
            seeds = number_of(self.seeds_left_out, "article")
            lines.append(f"Left out {seeds} that newsledger brought along.")
        reports = sum(len(one["reports"]) for one in self.incidents)
        lines.append(
            f"{number_of(len(self.incidents), 'incident')} from {number_of(reports, 'report')}, "
            "put together by program: look before you count."
            if self.incidents
            else "No incidents: nothing that counts here reports one."
        )
        lines += self.disagreements
        lines.append(
            f"What nobody has labelled is decided by {self.model}."
            if self.model
            else "Only what people decided is in it."
        )
        if self.page:
            lines.append(f"Wrote {self.page}: open it in a browser; it needs nothing else.")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """The incidents, and who disagrees on a toll; nothing where there is none."""
        if not self.incidents:
            return ()
        shown = self.incidents[-_SHOWN:]
        kinds = [
            (alias, name)
            for alias, name in self.kinds
            if any(toll["kind"] == alias for one in shown for toll in one["tolls"])
        ]
        rows = []
        disagree = []
        called = Counter(map(_called, shown))
        for one in shown:
            tolls = {toll["kind"]: toll for toll in one["tolls"]}
            name = _called(one)
            if called[name] > 1:
                begins = _cut(one["first_sentence"], _TITLE - _SHARED_TITLE)
                name = f"{_called(one, _SHARED_TITLE)} – {begins}"
            cells = [low_best_high(tolls[alias]) if alias in tolls else "" for alias, _ in kinds]
            rows.append(
                (name, *cells, str(one["articles"]), str(one["sources"]),
                 one["incident_id"])
            )  # fmt: skip
            disagree += [
                (f"{one['incident_id']} {toll['kind_name']}", toll["why_no_best"])
                for toll in one["tolls"]
                if toll["why_no_best"]
            ]
        joined = tuple((one["incident_id"], _joined_by(one)) for one in shown if _joined_by(one))
        columns = ("incident", *(name for _, name in kinds), "articles", "outlets", "id")
        return (
            Table("Incidents: low–best–high", columns, tuple(rows)),
            *([Table("Sources disagree", ("toll", "who says what"), tuple(disagree))]
              if disagree else []),
            *([Table("Joined by people", ("incident", "by whom, when"), joined)] if joined else []),
        )  # fmt: skip


def ledger(
    settings: Settings,
    progress: Progress,
    *,
    snapshot: str | None = None,
    since: str | None = None,
    place: str | None = None,
    people_only: bool = False,
    min_score: float = 0.0,
    page: Path | None = None,
) -> LedgerResult:
    """Propose the incidents that the articles report, with their tolls.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        snapshot: id of a snapshot; None for the one that was made last.
        since: only incidents of this day (ISO 8601) or later; those of no known day by the first
            report's date of publication.
        place: only incidents at this place or in this country, as written.
        people_only: only what people decided.
        min_score: of what the model decided, only what it gives at least this probability.
        page: an .html file to write them to, too; an earlier one is replaced.

    Raises:
        InputError: ``since`` is no day, or ``page`` no name of an HTML file.
        SnapshotError: there is no snapshot, or it is damaged.
        ModelError: there is no champion, or it does not load.
        WorkspaceError: the page cannot be written; an earlier one is left as it was.
    """
    if page is not None:
        require_page_name(
            page,
            "the ledger",
            hint="Name an .html file; for tables there is `newsledger export --out`.",
        )
    day = day_since(since) if since else None
    found = read_snapshot(snapshot_path(settings, snapshot))
    model_id, predict = None, None
    if not people_only:
        model_id, predict = champion_predicts(settings, found.schema)
    own = own_articles(found)
    selection = Selection(articles=own, people_only=people_only, min_score=min_score)
    with progress.track("Reading"):
        wanted = (*_TABLES, *(PAGE_TABLES if page else ("articles",)))
        tables: dict[str, list[Row]] = {name: [] for name in wanted}
        for table, row in ledger_rows(
            found,
            selection,
            predict,
            LeftOut(),
            decisions_in_force(settings.decisions),
            gazetteer=open_gazetteer(settings.gazetteer),
        ):
            if table.name in tables:
                tables[table.name].append(row)
    decisions = tables.pop("pair_decisions", [])
    published = {row["article_id"]: row["published"] for row in tables["articles"]}
    chosen = [
        one
        for one in _together(tables)
        if (day is None or _day(one, published) >= day.isoformat())
        and (place is None or place.casefold() in _where(one))
    ]
    if page:
        keys = {one["incident_id"] for one in chosen}
        tables["incidents"] = [row for row in tables["incidents"] if row["incident_id"] in keys]
        text = ledger_page(tables, found.schema, found.id, tasks=task_addresses(settings))
        write_page(page, text)
    return LedgerResult(
        snapshot=found.id,
        model=model_id,
        seeds_left_out=len(found.seeds) if own else 0,
        incidents=tuple(sorted(chosen, key=lambda one: _day(one, published))),
        kinds=tuple((one.alias, one.value) for one in found.schema.claim_kinds if one.harm),
        disagreements=tuple(
            row["why"] for row in decisions if row["why"] and row["state"] != "without effect"
        ),
        page=str(page) if page else None,
    )


def _cut(text: str, characters: int) -> str:
    """As many whole words as fit; one with a hyphen stays whole, too."""
    return shorten(text, characters, placeholder=" …", break_on_hyphens=False)


def _called(incident: dict[str, Any], characters: int = _TITLE) -> str:
    """Day, place and headline of an incident, as the table has them."""
    where = " ".join(filter(None, (incident["day"] or "no day", incident["place"])))
    title = incident["title"] or incident["events"]
    return f"{where}: {title if len(title) <= characters else f'{title[: characters - 1]}…'}"


def _joined_by(incident: dict[str, Any]) -> str:
    """Who joined reports of it, and when the last of them did; empty where only the program did."""
    told = dict.fromkeys(
        f"joined by {one['joined_by']} on {one['joined_at'][:10]}"
        for one in incident["reports"]
        if one["joined_by"]
    )
    return "; ".join(told)


def ledger_reports(settings: Settings, snapshot: Snapshot) -> tuple[Report, ...]:
    """The reports of which the ledger makes its incidents.

    Without a champion they are those of what people labelled.

    Raises:
        ModelError: the champion does not load.
    """
    collector = ReportCollector(snapshot.schema)
    for table, row in decided_rows(
        snapshot,
        Selection(articles=own_articles(snapshot)),
        predict_if_any(settings, snapshot.schema),
        LeftOut(),
        gazetteer=open_gazetteer(settings.gazetteer),
    ):
        collector.see(table.name, row)
    return collector.reports


def low_best_high(toll: Row) -> str:
    """A toll in one cell: "19", "14–?–41" where sources disagree, "≥ 41" with an open end."""
    low, best, high = (toll[name] for name in ("low", "best", "high"))
    if best is not None and high is None:
        return f"≥ {best:,}"
    if low == best == high:
        return f"{best:,}"
    return "–".join("?" if one is None else f"{one:,}" for one in (low, best, high))


def own_articles(snapshot: Snapshot) -> frozenset[str]:
    """The user's own articles; none where there are only those that newsledger brought along."""
    return frozenset(one.article_id for one in snapshot.sentences) - snapshot.seeds


def _together(tables: dict[str, list[Row]]) -> Iterable[dict[str, Any]]:
    """Each incident with its reports and tolls."""
    found = {row["incident_id"]: {**row, "reports": [], "tolls": []} for row in tables["incidents"]}
    for name, into in (("incident_reports", "reports"), ("incident_tolls", "tolls")):
        for row in tables[name]:
            plain = {key: plain_number(value) for key, value in row.items()}
            found[row["incident_id"]][into].append(plain)
    return found.values()


def _day(incident: dict[str, Any], published: dict[str, str | None]) -> str:
    return incident["day"] or published[incident["reports"][0]["article_id"]] or ""


def _where(incident: dict[str, Any]) -> Sequence[str]:
    places = (
        incident["place"],
        incident["country"],
        *(one["place"] for one in incident["reports"]),
    )
    return [one.casefold() for one in places if one]
