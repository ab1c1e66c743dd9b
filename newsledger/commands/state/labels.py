"""What people have said by now in the workspace's projects, labels and verdicts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256

from annotation.dataset.completion import Completed, complete
from annotation.dataset.restored import added_before, known_again
from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.errors import InputError, SnapshotError, WorkspaceError
from annotation.labelstudio.accounts import login_of
from annotation.labelstudio.export_json.export import Export
from annotation.records import Annotation
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.restorations import restoration_of
from newsledger.progress import Progress
from newsledger.settings import Settings
from newsledger.team.second_looks.review_config import review_config
from newsledger.team.second_looks.verdicts import read_verdicts


@dataclass(frozen=True, slots=True)
class LabelsNow:
    """What people have said by now."""

    export: Export
    """All of it, completed, verdicts among it."""
    completed: Completed
    """What was put in."""


def labels_now(
    settings: Settings, progress: Progress, ours: WorkspaceProject, *, restoring: bool = False
) -> LabelsNow:
    """Read the main project and the review project.

    Args:
        settings: where things are.
        progress: what is told meanwhile, also what cannot be understood.
        ours: the workspace's project.
        restoring: read it also where a restore into it is not finished.

    Raises:
        WorkspaceError: a restore is not finished.
        NewsledgerError: the server or the workspace fails.
    """
    before = _restored_from(settings, progress, ours, restoring=restoring)
    with progress.track("Pulling labels"):
        export = ours.studio.pull(ours.id, ours.schema)
    texts = {one.id: one.text for one in export.sentences}
    verdicts = _verdicts(settings, progress, ours, texts)
    completed = complete((*export.annotations, *verdicts), texts, policy=ours.schema.policy)
    if before is None:
        return LabelsNow(replace(export, annotations=completed.annotations), completed)
    known = known_again(completed.annotations, before.annotations, login=account_of)
    articles = added_before(export.articles, before.articles)
    return LabelsNow(replace(export, annotations=known.annotations, articles=articles), completed)


def account_of(annotator: str) -> str:
    """The login name of somebody who labelled, made of the name where that is no address."""
    try:
        return login_of(annotator)[0]
    except InputError:  # a name in another script: it stays what others see
        return login_of(f"person {sha256(annotator.encode()).hexdigest()[:12]}")[0]


def _restored_from(
    settings: Settings, progress: Progress, ours: WorkspaceProject, *, restoring: bool
) -> Snapshot | None:
    """The snapshot that the project was made again from, None where it was not, or that is lost."""
    restoration = restoration_of(settings, ours.pushed_file)
    if restoration is None:
        return None
    if not (restoration.finished or restoring):
        raise WorkspaceError(
            f"The project at {ours.page} is not yet all that was in snapshot "
            f"{restoration.snapshot}: a restore was cut short.",
            hint=f"Finish it: newsledger restore {restoration.snapshot}",
        )
    try:
        return read_snapshot(settings.snapshots / restoration.snapshot)
    except SnapshotError as error:
        progress.problem(error)
        return None


def _verdicts(
    settings: Settings, progress: Progress, ours: WorkspaceProject, known: Collection[str]
) -> tuple[Annotation, ...]:
    """What a second look has settled of the sentences that the project has."""
    side = project.known_side(settings, ours, review_config(ours.schema))
    if side is None:
        return ()
    verdicts = read_verdicts(side.export(), ours.schema, where=side.where)
    for problem in verdicts.problems:
        progress.problem(problem)
    return tuple(one for one in verdicts.annotations if one.sentence_id in known)
