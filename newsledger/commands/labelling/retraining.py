"""Learning from what people labelled: retrain, and what annotators see of another champion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import Snapshot
from annotation.errors import NewsledgerError, StudioUnreachableError
from newsledger.commands.handover.report import write_workspace_report
from newsledger.commands.labelling.loop import PullResult, pull_from
from newsledger.commands.learning import models, offline
from newsledger.commands.learning.models import SwitchResult
from newsledger.commands.learning.offline import TrainResult
from newsledger.commands.learning.prune import PruneResult, remove_old
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import seed_article_ids, with_seeds
from newsledger.commands.state.turns import take_turn
from newsledger.progress import Progress, Result, Table
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk
from newsledger.team.blind import BlindSlice

if TYPE_CHECKING:
    from training.model import Model


@dataclass(frozen=True, slots=True)
class RetrainResult(Result):
    """What a retraining came to."""

    pulled: PullResult
    """The labels that it learnt from."""
    trained: TrainResult
    """The challenger and the verdict."""
    refreshed: int
    """Suggestions replaced."""
    pruned: PruneResult | None = None
    """What was removed of older models and snapshots; None where nothing was looked for."""
    report: str | None = None
    """The page that says how the project stands; None where it could not be made."""

    @property
    def promoted(self) -> bool:
        """True where the challenger is the champion now."""
        return self.trained.promoted

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {
            "pulled": self.pulled.to_json(),
            **self.trained.to_json(),
            "refreshed": self.refreshed,
            "pruned": self.pruned.to_json() if self.pruned else None,
            "report": self.report,
        }

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [self.trained.text()]
        if self.promoted:
            lines.append(f"{self.refreshed:,} suggestions on unlabelled tasks replaced.")
        if self.pruned and self.pruned.freed:
            lines.append(self.pruned.text())
        lines += [self.trained.outlook] if self.trained.outlook else []
        lines += [f"How the project stands: {self.report}"] if self.report else []
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger."""
        return self.trained.tables()


def retrain(
    settings: Settings,
    progress: Progress,
    *,
    force: bool = False,
    seeds: bool = True,
    prune: bool = True,
) -> RetrainResult:
    """Pull, train, evaluate, gate, promote, and replace the suggestions on unlabelled tasks.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        force: promote even if the gate refuses.
        seeds: learn from the seed labels, too, where nobody has labelled the same sentence.
        prune: remove older models and snapshots in the end, as `newsledger prune` does.

    Raises:
        NewsledgerError: a step failed; the champion is as it was.
    """
    with project.opened(settings, progress) as ours:
        take_turn(settings, ours)
        pulled, snapshot = pull_from(settings, progress, ours)
        progress.say(pulled.text())
        labelled_in = labels_by_article(snapshot)
        if seeds:
            snapshot = with_seeds(settings, progress, snapshot)
        trained = offline.train_challenger(settings, progress, snapshot, promote=True, force=force)
        refreshed = 0
        if trained.promoted:
            model = models.find_model(settings)
            refreshed = refresh(settings, progress, ours, model, labelled_in)
        ours.studio.remove_doubles(ours.id)
        pruned = _pruned(settings, progress) if prune else None
        page = write_workspace_report(settings, progress)
        return RetrainResult(pulled, trained, refreshed, pruned, page)


def labels_by_article(snapshot: Snapshot) -> Counter[str]:
    """How many labels people gave in each article; a verdict on one is no further label.

    Args:
        snapshot: the labels.
    """
    articles = {one.id: one.article_id for one in snapshot.sentences}
    return Counter(
        articles[one.sentence_id]
        for one in snapshot.annotations
        if not one.cancelled and not one.verdict
    )


def _pruned(settings: Settings, progress: Progress) -> PruneResult | None:
    """What was removed; a failure is a problem to report, for the retraining is done."""
    try:
        return remove_old(settings)
    except NewsledgerError as error:
        progress.problem(error)
        return None


def switch(settings: Settings, progress: Progress, switched: SwitchResult) -> SwitchResult:
    """After a promotion or a rollback: let annotators see the new champion's suggestions.

    The champion is what it is by now: a server that fails is a problem to report, and none where
    the workspace's own does not run. The next `up` or `retrain` replaces the suggestions; so does
    the same rollback, run again.
    """
    from training.registry.rollback import finish_rollback

    reached = False
    try:
        with project.opened(settings, progress) as ours:
            reached = True
            take_turn(settings, ours)
            model = models.find_model(settings)
            refreshed = refresh(settings, progress, ours, model)
    except NewsledgerError as error:
        own = settings.credentials is None and isinstance(error, StudioUnreachableError)
        if reached or not own:
            progress.problem(error)
        else:  # nobody is shown anything
            finish_rollback(settings.models)
        return replace(switched, refreshed=None)
    return replace(switched, refreshed=refreshed)


def refresh(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    labelled_in: Mapping[str, int] | None = None,
) -> int:
    """Replace the suggestions on tasks that nobody has labelled; how many were stored.

    That is the end of a rollback, too.
    """
    from training.active_learning import queue
    from training.registry.rollback import finish_rollback

    # First, because a run that is killed here leaves what `up` looks for: another model that is
    # shown, or tasks that lack a suggestion.
    with progress.track("Comparing the suggestions that are there") as advance:
        with_suggestion = ours.studio.refresh_readings(
            ours.id,
            lambda sentences: model.predict(sentences).records(),
            ours.schema,
            model_id=model.id,
            advance=advance,
        )
    waiting = tuple(ours.studio.unlabelled(ours.id, ours.schema, without_suggestion_by=model.id))
    if not waiting:
        # Each has its own; a run that was killed may not have come to show them.
        if with_suggestion:
            ours.studio.activate(ours.id, model.id)
        finish_rollback(settings.models)
        return 0
    with progress.track("Replacing suggestions", len(waiting)) as advance:
        ordered = queue.reorder(
            settings.picked, model, waiting, labelled_in, later=seed_article_ids()
        )
        predictions = tuple(read_bulk(settings.accepted).audits_first(ordered))
        BlindSlice(settings.withheld).keep(predictions, ours.schema)
        stored = ours.studio.suggest(
            ours.id,
            predictions,
            ours.schema,
            model_id=model.id,
            advance=advance,
        )
    finish_rollback(settings.models)
    return stored.suggested
