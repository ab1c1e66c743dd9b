"""The way out: everything that people and the model decided, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.dataset.snapshot_order import last_pulled, snapshots_in_order
from annotation.errors import InputError, ModelError, SnapshotError
from annotation.records import Prediction, Sentence
from annotation.schema import Schema
from newsledger.commands.learning import models
from newsledger.commands.state.seeds import seed_annotators
from newsledger.garbage import seldom_collected
from newsledger.helping_process import helped
from newsledger.ledger.columns.dictionary import ARTICLES
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.files.formats import check_out, metadata_file, write_ledger
from newsledger.ledger.incidents.pair_decisions import decisions_in_force
from newsledger.ledger.tables.rows import LeftOut, Predict, Selection, ledger_rows
from newsledger.progress import Progress, Result, Table, number_of
from newsledger.settings import Settings


@dataclass(frozen=True, slots=True)
class ExportResult(Result):
    """What an export wrote."""

    out: str
    """The folder or file."""
    snapshot: str
    """The snapshot that it comes from."""
    model: str | None
    """The model that decided where people did not, None for none."""
    rows: Mapping[str, int]
    """Rows of each table."""
    ties: int
    """Events, claims, days and places on which people are split evenly."""
    undated: int
    """Articles without a date, left out where only those since a day were asked for."""
    seeds: int = 0
    """Articles in it that newsledger brought along."""
    seeds_left_out: int = 0
    """Such articles that were left out."""
    places: bool = True
    """Whether there is a gazetteer, without which no places are read."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = []
        if self.ties:
            lines.append(
                "Events, claims, days and places on which people are split evenly: "
                f"{self.ties:,}. Only the table `labels` has them."
            )
        if self.undated:
            lines.append(
                f"Left out, as nothing says when they were published: "
                f"{number_of(self.undated, 'article')}."
            )
        if self.seeds:
            lines.append(
                f"{number_of(self.seeds, 'seed article')} that newsledger brought along in it: "
                "--no-seeds leaves them out (`seed` in `articles` marks them)."
            )
        if self.seeds_left_out:
            lines.append(f"Left out: {number_of(self.seeds_left_out, 'seed article')}.")
        if not self.places:
            lines.append("No places: `newsledger places build COUNTRY` makes the gazetteer.")
        lines.append(
            f"What nobody has labelled is decided by {self.model}."
            if self.model
            else "Only what people decided is in it."
        )
        lines.append(f"Wrote snapshot {self.snapshot} to {self.out}.")
        if Path(self.out).suffix.lower() == ".sqlite":
            beside = metadata_file(Path(self.out))
            lines.append(f"To look at it: datasette {self.out} --metadata {beside}")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """How many rows each table has."""
        rows = tuple((name, f"{count:,}") for name, count in self.rows.items())
        return (Table("Exported", ("table", "rows"), rows),)


def export(
    settings: Settings,
    progress: Progress,
    out: Path,
    *,
    snapshot: str | None = None,
    since: str | None = None,
    articles: Sequence[str] = (),
    people_only: bool = False,
    min_score: float = 0.0,
    seeds: bool = True,
) -> ExportResult:
    """Write what was decided, by people where there are labels and by the champion where not.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        out: a folder or file; its ending says the format.
        snapshot: id of a snapshot; None for the one that was made last.
        since: only articles published on this day (ISO 8601) or later.
        articles: only these articles; empty for all.
        people_only: only what people decided.
        min_score: of what the model decided, only what it gives at least this probability.
        seeds: also the seed articles, which newsledger brought along.

    Raises:
        InputError: there is no such format, day or article.
        SnapshotError: there is no snapshot, or it is damaged.
        ModelError: there is no champion, or it does not load.
        WorkspaceError: it cannot be written.
    """
    check_out(out)
    selection = Selection(
        day_since(since) if since else None, frozenset(articles), people_only, min_score, seeds
    )
    found = read_snapshot(snapshot_path(settings, snapshot))
    _check_articles(found, articles)
    model_id, predict = None, None
    if not people_only:
        model_id, predict = champion_predicts(settings, found.schema)
    left_out, brought = LeftOut(), set[str]()
    gazetteer = open_gazetteer(settings.gazetteer)
    decisions = decisions_in_force(settings.decisions)
    with seldom_collected(), progress.track("Exporting"):
        rows = _counting_seeds(
            ledger_rows(
                found, selection, predict, left_out, decisions, gazetteer,
                helped(len(found.sentences)),
            ),
            brought,
        )  # fmt: skip
        counts = write_ledger(rows, found.schema, found.id, out, str(found.codebook or ""))
    return ExportResult(
        out=str(out),
        snapshot=found.id,
        model=model_id,
        rows=counts,
        ties=left_out.ties,
        undated=left_out.undated,
        seeds=len(brought),
        seeds_left_out=left_out.seeds,
        places=gazetteer is not None,
    )


def _counting_seeds(
    rows: Iterable[tuple[LedgerTable, Row]], brought: set[str]
) -> Iterator[tuple[LedgerTable, Row]]:
    for table, row in rows:
        if table is ARTICLES and row["seed"]:
            brought.add(row["article_id"])
        yield table, row


def champion_predicts(settings: Settings, schema: Schema) -> tuple[str, Predict]:
    """The id of the model in use, and what it says of sentences.

    Args:
        settings: where things are.
        schema: the labels of the snapshot, in which its answers are told.

    Raises:
        ModelError: there is none, it does not load, or it knows a label that the schema lacks.
    """
    model = models.find_model(settings)
    if unknown := model.schema.labels_not_in(schema):
        raise ModelError(
            f"The champion {model.id} knows labels that the snapshot's configuration lacks: "
            f"{', '.join(unknown)}.",
            hint="`newsledger retrain` makes a model of the labels in use; with --people-only "
            "no model is asked.",
        )

    def predict(sentences: Sequence[Sentence]) -> Iterable[Prediction]:
        return model.predict(sentences).records()

    return model.id, predict


def predict_if_any(settings: Settings, schema: Schema) -> Predict | None:
    """What the model in use says of sentences, None where there is none.

    Args:
        settings: where things are.
        schema: the labels of the snapshot, in which its answers are told.

    Raises:
        ModelError: it does not load, or it knows a label that the schema lacks.
    """
    from training.registry.champion import champion_id

    return champion_predicts(settings, schema)[1] if champion_id(settings.models) else None


def snapshot_path(settings: Settings, snapshot: str | None) -> Path:
    """The folder of a snapshot, of the last one for None.

    Raises:
        SnapshotError: there is none.
    """
    there = snapshots_in_order(settings.snapshots)
    if snapshot is None and there:
        return there[-1]
    for path in there:
        if path.name == snapshot:
            return path
    wanted = "no snapshot" if snapshot is None else f"no snapshot '{snapshot}'"
    raise SnapshotError(
        f"There is {wanted} in {settings.snapshots}.",
        hint="`newsledger pull` makes one of the labels in Label Studio.",
    )


def pulled_path(settings: Settings) -> Path:
    """The folder of the snapshot that was pulled last.

    What was made last may be for training, with the seed labels, or of a file. Where none is marked
    as pulled, which an earlier newsledger did not do, it is the last one without seed labels.

    Raises:
        SnapshotError: there is none.
    """
    there = snapshots_in_order(settings.snapshots)
    pulled = last_pulled(settings.snapshots)
    if pulled is not None or not there:
        return pulled or snapshot_path(settings, None)
    for path in reversed(there):
        if seed_annotators().isdisjoint(one.annotator for one in read_snapshot(path).annotations):
            return path
    raise SnapshotError(
        f"None of the snapshots in {settings.snapshots} is marked as pulled, and all of them have "
        f"seed labels: {', '.join(path.name for path in there)}.",
        hint="`newsledger pull` makes one of the labels in Label Studio; or name one by its id.",
    )


def day_since(text: str) -> date:
    """The day of ``--since``.

    Raises:
        InputError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"--since {text!r} is no day.", hint="Write it as year, month and day: 2026-11-30."
        ) from error


def _check_articles(snapshot: Snapshot, articles: Sequence[str]) -> None:
    unknown = set(articles) - {one.article_id for one in snapshot.sentences}
    if unknown:
        names = ", ".join(f"'{one}'" for one in sorted(unknown))
        raise InputError(
            f"The snapshot {snapshot.id} has no article {names}.",
            hint="The table `articles` of an export without --article lists them.",
        )
