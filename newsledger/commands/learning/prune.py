"""Keeping a workspace and its project small: prune, which `retrain` does, too."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from annotation.articles.pushed_sentences import pages_pushed
from annotation.articles.web.kept_pages import KeptPages
from annotation.dataset.snapshot import articles_in
from annotation.dataset.snapshot_order import last_pulled, snapshots_in_order
from annotation.errors import NewsledgerError, StudioUnreachableError, WorkspaceError
from annotation.folders import folder_size, remove_folder, remove_leftovers
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.restorations import restored_snapshots
from newsledger.commands.state.switches import models_to_keep
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings
from newsledger.workspace import workspace_id

KEEP = 5
"""How many of the models, promotions and snapshots made last are kept, if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class PruneResult(Result):
    """What was removed from a workspace."""

    models: tuple[str, ...]
    """Ids of the models removed."""
    snapshots: tuple[str, ...]
    """Ids of the snapshots removed."""
    freed: int
    """Bytes that their files took."""
    models_kept: int
    """Models that stay."""
    snapshots_kept: int
    """Snapshots that stay."""
    size: int
    """Bytes of what stays of both."""
    dry_run: bool = False
    """True where nothing was removed, and this only says what would be."""
    pages: int = 0
    """Kept pages removed, which no article comes from."""
    suggestions: int = 0
    """Suggestions of earlier models removed from the project."""
    suggestions_left: int = 0
    """Such suggestions that stay, because they were too many for this time."""

    def text(self) -> str:
        """The outcome in sentences."""
        pages = f" and {number_of(self.pages, 'page')} of no article" if self.pages else ""
        what = f"{number_of(len(self.models), 'model')}{',' if pages else ' and'} "
        what += f"{number_of(len(self.snapshots), 'snapshot')}{pages}, {self.freed / 1e6:,.1f} MB"
        kept = f"{number_of(self.models_kept, 'model')} and "
        kept += f"{number_of(self.snapshots_kept, 'snapshot')}, {self.size / 1e6:,.1f} MB"
        shown = [f"{'Would be removed' if self.dry_run else 'Removed'}: {what}."]
        shown += [f"{'Would stay' if self.dry_run else 'Kept'}: {kept}."]
        if self.suggestions:
            old = number_of(self.suggestions, "suggestion")
            left = f", {self.suggestions_left:,} left for `newsledger prune`"
            shown.append(
                f"Of earlier models, which nobody sees: {old}"
                f"{left if self.suggestions_left else ''}."
            )
        return "\n".join(shown)


def prune(
    settings: Settings, progress: Progress, *, keep: int = KEEP, dry_run: bool = False
) -> PruneResult:
    """Remove the models and snapshots that nothing refers to; see :func:`remove_old`.

    Where Label Studio runs, the suggestions of earlier models go, too, which nobody sees. A server
    that fails is a problem to report: the workspace is pruned by then. None where the workspace's
    own does not run.

    Raises:
        WorkspaceError: there is no workspace.
        NewsledgerError: it is not known what to keep, or the workspace cannot be written.
    """
    if not settings.workspace.is_dir():
        raise WorkspaceError(
            f"There is no workspace {settings.workspace}.",
            hint="Name one with --workspace or NEWSLEDGER_WORKSPACE.",
        )
    with project.alone(settings, progress):
        done = remove_old(settings, keep=keep, dry_run=dry_run)
    try:
        if not _has_project(settings):
            return done
        with project.opened(settings, progress) as ours:
            shown = models_to_keep(ours)
            if not shown:
                _tell_what_stays(progress, ours)
            if dry_run:
                return replace(
                    done, suggestions=ours.studio.suggestions(ours.id).count_old(keep=shown)
                )
            return remove_old_in_project(progress, ours, done)
    except NewsledgerError as error:
        if settings.credentials is not None or not isinstance(error, StudioUnreachableError):
            progress.problem(error)  # else nobody is shown anything
        return done


def _has_project(settings: Settings) -> bool:
    """Whether the server has a project of this workspace, by whatever address it is named.

    To open one would make it.
    """
    if project.known(settings) is not None:
        return True
    named, owner = settings.credentials, workspace_id(settings.workspace)
    if owner is None or named is None or not (named.url and named.api_key):
        return False
    with project.connected(settings) as studio:
        return studio.owned_project(project.TITLE, owner) is not None


def _tell_what_stays(progress: Progress, ours: WorkspaceProject) -> None:
    suggestions = ours.studio.suggestions(ours.id)
    stay = suggestions.count_old(keep=[suggestions.active_model()])
    if stay:
        progress.say(
            f"{number_of(stay, 'suggestion')} of earlier models may stay: which of them people "
            f"have open is not written down for {ours.studio.url}. Name the server as `retrain` "
            "is told it, or wait for the next champion."
        )


def remove_old_in_project(
    progress: Progress, ours: WorkspaceProject, done: PruneResult, *, most: int | None = None
) -> PruneResult:
    """Remove the suggestions of earlier models from a project, and say so.

    A server that fails is a problem to report; what has gone by then is told.

    Args:
        progress: what is told meanwhile.
        ours: the project.
        done: what was removed before.
        most: how many at most; None for all.
    """
    suggestions = ours.studio.suggestions(ours.id)
    old = gone = 0

    def count(number: int) -> None:
        nonlocal gone
        gone += number
        advance(number)

    try:
        keep = models_to_keep(ours)
        old = suggestions.count_old(keep=keep)
        if not old:
            return done
        go = old if most is None else min(old, most)
        with progress.track("Removing suggestions of earlier models", go) as advance:
            suggestions.remove_old(keep=keep, most=go, advance=count)
    except NewsledgerError as error:
        progress.problem(error)
    return replace(done, suggestions=gone, suggestions_left=max(0, old - gone))


def remove_old(settings: Settings, *, keep: int = KEEP, dry_run: bool = False) -> PruneResult:
    """The same, where no other command writes through this workspace.

    Args:
        settings: where things are.
        keep: how many of the models, promotions and snapshots made last are kept; beside these,
            every model that a rollback can lead to, the snapshots of the models among them that
            are the last, the one that was pulled last, those from which projects were restored,
            and every page that an article of these snapshots or of a project comes from.
        dry_run: remove nothing.

    Raises:
        NewsledgerError: it is not known what to keep, or the workspace cannot be written.
    """
    from training.registry.retention import prune_models

    models = prune_models(settings.models, last=keep, dry_run=dry_run)
    found = snapshots_in_order(settings.snapshots)
    needed = {*models.snapshots, *restored_snapshots(settings)}
    needed |= {path.name for path in found[-keep:]}
    if (pulled := last_pulled(settings.snapshots)) is not None:
        needed.add(pulled.name)
    go = [path for path in found if path.name not in needed]
    freed = models.freed + (0 if dry_run else remove_leftovers(settings.snapshots))
    kept, unneeded = KeptPages(settings.workspace), _unneeded_pages(settings, needed)
    for path in go:
        freed += folder_size(path) if dry_run else remove_folder(path)
    for page in unneeded:
        freed += kept.size(page) if dry_run else kept.remove(page)
    return PruneResult(
        models=models.removed,
        snapshots=tuple(path.name for path in go),
        freed=freed,
        models_kept=len(models.kept),
        snapshots_kept=len(found) - len(go),
        size=sum(folder_size(settings.models / name) for name in models.kept)
        + sum(folder_size(path) for path in found if path.name in needed),
        dry_run=dry_run,
        pages=len(unneeded),
    )


def _unneeded_pages(settings: Settings, snapshots: Container[str]) -> tuple[str, ...]:
    """The kept pages that no article of the workspace comes from.

    An article is known by the projects into which it was pushed, and by the snapshots that stay.
    What was fetched since the last snapshot may be of an article that neither knows yet.
    """
    stay = [path for path in snapshots_in_order(settings.snapshots) if path.name in snapshots]
    if not stay or not (settings.workspace / "sources").is_dir():
        return ()
    needed = {one.page_sha256 for path in stay for one in articles_in(path)}
    for file in (settings.workspace / "pushed").glob("*.json"):
        needed |= pages_pushed(file)
    known = {one for one in needed if one is not None}
    before = max(file.stat().st_mtime for file in stay[-1].iterdir())
    return KeptPages(settings.workspace).not_among(known, before=before)
