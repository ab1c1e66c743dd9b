"""Tracing: where a number comes from, by whom and by which model, and what came of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import InputError
from annotation.records import bounds_in_words
from newsledger.commands.handover.export import predict_if_any, snapshot_path
from newsledger.commands.handover.ledger import low_best_high, own_articles
from newsledger.commands.state.task_addresses import task_addresses
from newsledger.ledger.columns.cells import plain_number
from newsledger.ledger.columns.table import Row
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.incidents.pair_decisions import decisions_in_force
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from newsledger.ledger.tables.trace import Traced, TracedSentence, trace_rows
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings

_SHOWN = 20
"""Sentences that are shown; ``--json`` has them all."""


@dataclass(frozen=True, slots=True)
class TracedModel:
    """A model, and how it came into use."""

    id: str
    """Its id."""
    created: str | None
    """When it was made, ISO 8601; None where its folder is gone."""
    snapshot: str | None
    """The snapshot that it was trained on."""
    promotions: tuple[dict[str, Any], ...]
    """What made it the champion: when, by which ruling, forced by whom."""

    def text(self) -> str:
        """What is known of it, one line."""
        made = (
            f"made {self.created}, trained on snapshot {self.snapshot}"
            if self.created
            else "no longer in this workspace"
        )
        told = "".join(
            f"\n    {one['act']} {one['at']}: {one['reason']}"
            + (f" (against the gate, by {one['forced_by']})" if one["forced_by"] else "")
            for one in self.promotions
        )
        return f"Model {self.id}: {made}{told or chr(10) + '    never promoted'}"


@dataclass(frozen=True, slots=True)
class TraceResult(Result):
    """What one id stands on, and what stands on it."""

    id: str
    """The id."""
    table: str
    """The table whose row it is; ``models`` for a model."""
    snapshot: str
    """The snapshot that was looked through."""
    sentences: tuple[dict[str, Any], ...]
    """Each with its ``article``, the address of its ``task`` in Label Studio where it is known, and
    the rows of ``events``, ``claims`` and ``labels``."""
    incidents: tuple[dict[str, Any], ...]
    """The incidents that these report."""
    tolls: tuple[dict[str, Any], ...]
    """The tolls in which the claims count."""
    counted: tuple[dict[str, Any], ...]
    """What each claim does there."""
    models: tuple[TracedModel, ...]
    """The models that decided or suggested any of it, or the one that was asked for."""

    def text(self) -> str:
        """All of it, from the words to the model; of many sentences the first ones."""
        lines = [f"{self.id} ({self.table}), in snapshot {self.snapshot}"]
        article = None
        for one in self.sentences[:_SHOWN]:
            if one["article"]["article_id"] != article:
                article = one["article"]["article_id"]
                lines.append(_article_line(one["article"]))
            lines += _sentence_lines(one)
        if len(self.sentences) > _SHOWN:
            more = number_of(len(self.sentences) - _SHOWN, "sentence")
            lines.append(f"{more} more: --json has them all.")
        changes = Counter(
            label["change"]
            for one in self.sentences
            for label in one["labels"]
            if label["change"] and (self.table != "models" or label["suggested_by"] == self.id)
        )
        if changes:
            told = ", ".join(f"{name} {count:,}" for name, count in changes.items())
            lines.append(f"What became of suggestions: {told}.")
        lines += [
            f"Incident {one['incident_id']}: {one['day'] or 'no day'}, "
            f"{one['place'] or 'no place'}, {number_of(one['reports'], 'report')} ({one['status']})"
            for one in self.incidents
        ]
        lines += [f"Toll {one['toll_id']}: {low_best_high(one)}" for one in self.tolls]
        lines += [f"    {one['claim_id']} is {one['counted_as']} there" for one in self.counted]
        lines += [one.text() for one in self.models]
        return "\n".join(lines)


def trace(
    settings: Settings, progress: Progress, key: str, *, snapshot: str | None = None
) -> TraceResult:
    """Follow an id of an export back to text, people and models, and on to incidents.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        key: the id of an article, sentence, event, claim, label, incident, report, toll or model.
        snapshot: id of a snapshot; None for the one that was made last.

    Raises:
        InputError: nothing has this id.
        SnapshotError: there is no snapshot, or it is damaged.
        ModelError: the champion does not load.
    """
    from training.registry.store import model_names

    found = read_snapshot(snapshot_path(settings, snapshot))
    predict = predict_if_any(settings, found.schema)
    own, gazetteer = own_articles(found), open_gazetteer(settings.gazetteer)
    decisions = decisions_in_force(settings.decisions)
    traced = None
    with progress.track("Tracing"):
        # `export` puts incidents together from all articles, `ledger` from the user's own.
        for articles in (frozenset[str](), own):
            selection = Selection(articles=articles)
            rows_of = partial(
                ledger_rows, found, selection, predict, LeftOut(), decisions, gazetteer
            )
            traced = trace_rows(rows_of, key)
            if traced is not None or not own:
                break
    if traced is None and key in model_names(settings.models):
        traced = Traced(key, "models", (), (), (), ())
    if traced is None:
        raise InputError(
            f"Nothing in snapshot {found.id} has the id '{key}', and no model has.",
            hint="Take an id of a table of `newsledger export`, of `newsledger ledger`, or of "
            "`newsledger models`; a task of Label Studio has it as sentence_id.",
        )
    addresses = task_addresses(settings)
    names = (key,) if traced.table == "models" else traced.models
    return TraceResult(
        id=key,
        table=traced.table,
        snapshot=found.id,
        sentences=tuple(
            {**_plain_sentence(one), "task": addresses.get(one.sentence["sentence_id"])}
            for one in traced.sentences
        ),
        incidents=tuple(map(_plain, traced.incidents)),
        tolls=tuple(map(_plain, traced.tolls)),
        counted=tuple(map(_plain, traced.counted)),
        models=tuple(_model(settings, name) for name in names),
    )


def _model(settings: Settings, name: str) -> TracedModel:
    from training.registry.history import history
    from training.registry.store import unverified_manifest

    manifest = unverified_manifest(settings.models / name)
    return TracedModel(
        id=name,
        created=manifest.get("created"),
        snapshot=manifest.get("snapshot"),
        promotions=tuple(
            {"at": one.at, "act": one.act, "reason": one.reason, "forced_by": one.forced_by}
            for one in history(settings.models)
            if one.model == name
        ),
    )


def _plain(row: Row) -> dict[str, Any]:
    return {name: plain_number(value) for name, value in row.items()}


def _plain_sentence(one: TracedSentence) -> dict[str, Any]:
    return {
        "article": _plain(one.article),
        **_plain(one.sentence),
        **{
            name: [_plain(row) for row in rows]
            for name, rows in (
                ("events", one.events), ("claims", one.claims), ("labels", one.labels),
            )
        },
    }  # fmt: skip


def _article_line(row: dict[str, Any]) -> str:
    told = [row[name] for name in ("title", "source", "published", "url") if row[name]]
    seed = ["a seed of newsledger"] if row["seed"] else []
    text = [f"text SHA-256 {row['sha256']}"] if row["sha256"] else []
    text += [f"kept page {row['page_path']}"] if row["page_path"] else []
    return f"Article {row['article_id']}: {' · '.join([*told, *seed, *text]) or 'nothing known'}"


def _sentence_lines(one: dict[str, Any]) -> Iterator[str]:
    place = f"{one['start_in_article']} to {one['end_in_article']}"
    yield f"  Sentence {one['sentence_id']}, code points {place}: “{one['text']}”"
    if one["task"]:
        yield f"    task {one['task']}"
    for row in one["events"]:
        yield f"    tells of {row['label']}, {_decided(row)}"
    for row in one["claims"]:
        where = f"{row['start_in_article']} to {row['end_in_article']}"
        yield (
            f"    claims “{row['text']}” ({where}): {row['kind']} {_value(row)}, {_decided(row)}"
        )
    for row in one["labels"]:
        what = " ".join(filter(None, (row["mark"], row["label"])))
        marked = f" “{row['text']}”" if row["text"] else ""
        begun = f", {row['change'] or 'started'} from {row['suggested_by']}" * bool(
            row["suggested_by"]
        )
        when = f" {row['updated_at']}" if row["updated_at"] else ""
        yield f"      {row['annotator']}{when}: {what}{marked}{begun}"


def _value(row: dict[str, Any]) -> str:
    """What a number is claimed to be, as people say it."""
    bounds = (None if row[name] is None else f"{row[name]:,}" for name in ("low", "high"))
    value = bounds_in_words(*bounds)
    match row["modifier"]:
        case "exactly" | "about" as modifier:
            return f"{modifier} {value}"
        case "vague":
            return f"{value} (vague)"
        case _:  # the others say which end is open, and so does the value
            return value


def _decided(row: dict[str, Any]) -> str:
    if row["decided_by"] == "model":
        return f"decided by model {row['model']} ({row['score']:.2f})"
    return f"decided by people ({row['people_for']} for, {row['people_against']} against)"
