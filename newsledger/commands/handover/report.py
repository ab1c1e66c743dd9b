"""How a project stands, on one page: report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import NewsledgerError, SnapshotError, WorkspaceError
from annotation.schema import read_schema
from annotation.storage import read_json_state, write_json_state
from newsledger.commands.state.codebooks import version_in_use
from newsledger.commands.state.seeds import seed_export
from newsledger.garbage import seldom_collected
from newsledger.html_pages import require_page_name, write_page
from newsledger.progress import Progress, Quiet, Result
from newsledger.settings import Settings
from newsledger.workspace import workspace_id

if TYPE_CHECKING:
    from newsledger.report.figures.model_history import CurveTold
    from newsledger.report.making import Known
    from newsledger.report.record import ProjectReport

PAGE = "report.html"
"""The page in the workspace, which `retrain` writes anew."""

_CURVE = "learning_curve.json"
_CURVE_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ReportResult(Result):
    """A report that was made."""

    report: ProjectReport
    """All of it."""
    page: str | None
    """The page that was written, None where none was asked for."""

    def to_json(self) -> dict[str, Any]:
        """The record of the report, and where its page is."""
        return {**self.report.to_json(), "page": self.page}

    def text(self) -> str:
        """What stands at the top of the page."""
        lines = [f"{place}. {step}" for place, step in enumerate(self.report.next_steps, 1)]
        lines += [
            f"Is the model good enough? {self.report.good_enough}",
            f"Whom to talk to? {self.report.whom_to_ask}",
        ]
        if self.page:
            lines.append(f"Wrote {self.page}: open it in a browser; it needs nothing else.")
        return "\n".join(lines)


def report(
    settings: Settings,
    progress: Progress,
    *,
    page: Path | None = None,
    curve: bool = False,
    emails: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ReportResult:
    """Tell how a project stands, from the snapshot that was made last and the models.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        page: an .html file to write it to; an earlier one is replaced.
        curve: train anew on growing shares of the labels first, which takes minutes, and keep what
            comes of it for later reports.
        emails: name people by their e-mail addresses.
        now: tells the time.

    Raises:
        InputError: ``page`` is no name of an HTML file.
        SnapshotError: there is no workspace, or the snapshot is damaged.
        NewsledgerError: the models cannot be read, or the page cannot be written.
    """
    from newsledger.report.making import make_report
    from newsledger.report.pages.page import report_page

    if page is not None:
        require_page_name(
            page,
            "the report",
            hint="Name an .html file; `newsledger report --json` prints the numbers alone.",
        )
    known = _known(settings, progress, curve=curve)
    made = now().isoformat(timespec="seconds")
    with seldom_collected():
        found = make_report(known, made=made, version=version("newsledger"), emails=emails)
        if page is not None:
            write_page(page, report_page(found))
    return ReportResult(found, str(page) if page else None)


def write_workspace_report(settings: Settings, progress: Progress) -> str | None:
    """The same, into the workspace after a retraining, which it never makes fail.

    Returns:
        The page; None where it could not be made, with a sentence why.
    """
    try:
        return report(settings, Quiet(), page=settings.workspace / PAGE).page
    except Exception as error:  # noqa: BLE001  what it reports on is done and stays done
        progress.say(f"The report could not be made: {error}")
        return None


def _known(settings: Settings, progress: Progress, *, curve: bool) -> Known:
    from newsledger.report.making import Known
    from training.registry.champion import list_models
    from training.registry.files.ruling_file import read_ruling
    from training.registry.history import history
    from training.registry.store import load_answers, verified

    snapshot = _newest(settings)
    listed = list_models(settings.models)
    champion = next((one for one in listed if one.champion and one.state != "damaged"), None)
    manifest: Mapping[str, Any] | None = None
    answers = None
    if champion is not None:
        folder = settings.models / champion.id
        try:
            manifest = verified(folder, trust=True)[0]
            answers = load_answers(folder)
        except NewsledgerError as error:
            progress.problem(error)
    rulings = {one.id: read_ruling(settings.models / one.id) for one in listed}
    seeds = seed_export(Quiet(), snapshot.schema) if snapshot.seeds else None
    return Known(
        snapshot=snapshot,
        seed_annotations=frozenset(seeds.annotations if seeds else ()),
        models=listed,
        acts=history(settings.models),
        rulings={key: one for key, one in rulings.items() if one is not None},
        manifest=manifest,
        answers=answers,
        curve=_measure_curve(settings, progress, snapshot) if curve else _kept_curve(settings),
        codebook=str(snapshot.codebook or version_in_use(settings, snapshot.schema)),
        workspace=workspace_id(settings.workspace) or "",
    )


def _newest(settings: Settings) -> Snapshot:
    """The snapshot that was made last; an empty one before the first pull."""
    there = snapshots_in_order(settings.snapshots)
    if there:
        return read_snapshot(there[-1])
    if not settings.workspace.is_dir():
        raise SnapshotError(
            f"There is no workspace {settings.workspace} to report on.",
            hint="Name one with --workspace, or begin with `newsledger up`.",
        )
    schema = read_schema(settings.config)
    return Snapshot(settings.snapshots, "(none yet)", schema, (), (), {})


def _measure_curve(settings: Settings, progress: Progress, snapshot: Snapshot) -> CurveTold:
    from newsledger.report.figures.measured import Measured
    from newsledger.report.figures.model_history import CurveTold, PointOfCurve
    from training.evaluation.learning_curve import curve_by_articles
    from training.examples import build_examples

    progress.say("Training anew on growing shares of the labels …")
    found = curve_by_articles(build_examples(snapshot), snapshot.schema)
    told = CurveTold(
        "shares of the labels",
        tuple(
            PointOfCurve(
                one.n_labels, Measured(one.score, one.low, one.high, one.n_labels, "labels")
            )
            for one in found.points
        ),
        found.gain_per_doubling,
        found.in_words,
    )
    write_json_state(settings.workspace / _CURVE, asdict(told), format=_CURVE_FORMAT)
    return told


def _kept_curve(settings: Settings) -> CurveTold | None:
    """What was measured last; None where nobody had it measured, or it cannot be read."""
    from pydantic import TypeAdapter, ValidationError

    from newsledger.report.figures.model_history import CurveTold

    try:
        found = read_json_state(
            settings.workspace / _CURVE,
            format=_CURVE_FORMAT,
            what="The learning curve",
            hint="Remove the file.",
        )
        if found is None:
            return None
        return TypeAdapter(CurveTold).validate_python(found)
    except (WorkspaceError, ValidationError):
        return None
