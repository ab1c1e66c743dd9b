"""Learning from what people labelled: retrain, and what annotators see of another champion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import Snapshot
from annotation.errors import NewsledgerError, StudioUnreachableError
from annotation.records import Prediction, Sentence
from newsledger.commands.handover.report import write_workspace_report
from newsledger.commands.labelling.following import suggest_beside
from newsledger.commands.labelling.pulling import PullResult, pull_from
from newsledger.commands.learning import models, offline
from newsledger.commands.learning.models import SwitchResult
from newsledger.commands.learning.prune import PruneResult, remove_old, remove_old_in_project
from newsledger.commands.learning.train_result import TrainResult
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import seed_article_ids, with_seeds
from newsledger.commands.state.switches import (
    note_finished,
    note_switch,
    note_unfinished,
    unfinished,
)
from newsledger.commands.state.turns import take_turn
from newsledger.progress import Progress, Result, Table
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk
from newsledger.team.blind import BlindSlice

if TYPE_CHECKING:
    from training.model import Model

CLEARED_AT_ONCE = 10_000
"""Waiting tasks up to which all are ranked anew, and old suggestions deleted while new are stored.

Deleting takes the server 5 to 20 ms each: up to here a replacement takes the minutes that it always
took. With more people would wait, and what is old is left to ``Suggestions.remove_old``. The price
is that the head keeps its places, so that what the new model would ask first comes after it: its
``AT_HEAD`` are a tenth of the queue at most; with the seeds alone they would be nearly half of it.
"""

REMOVED_TOO = 2_000
"""Suggestions of earlier models that go at the end of a retraining, in a minute and a half."""

AT_HEAD = 1_000
"""Tasks of the queue that follow another champion first: of twenty people, each has fifty."""

NEXT_SHARE = 0.2
"""Share of the waiting tasks that keep the old suggestion, too, where the others' are deleted.

Those are the next ones, ``AT_HEAD`` at most: they follow in a fifth of the time. It is no more, as
to remove what is old at the end takes six times as long as to delete it before.
"""


@dataclass(frozen=True, slots=True)
class RetrainResult(Result):
    """What a retraining came to."""

    pulled: PullResult
    """The labels that it learnt from."""
    trained: TrainResult
    """The challenger and what the gate said of it."""
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
        if self.promoted or self.refreshed:
            lines.append(f"{self.refreshed:,} suggestions on unlabelled tasks replaced.")
        if self.pruned and (self.pruned.freed or self.pruned.suggestions):
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
        model = models.champion(settings)
        if model and (trained.promoted or lags_behind(settings, ours, model)):
            refreshed = refresh(settings, progress, ours, model, labelled_in)
        ours.studio.remove_doubles(ours.id)
        pruned = _pruned(settings, progress, ours) if prune else None
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


def _pruned(settings: Settings, progress: Progress, ours: WorkspaceProject) -> PruneResult | None:
    """What was removed; a failure is a problem to report, for the retraining is done."""
    try:
        return remove_old_in_project(progress, ours, remove_old(settings), most=REMOVED_TOO)
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


def lags_behind(settings: Settings, ours: WorkspaceProject, model: Model) -> bool:
    """Whether something else is shown than a model's suggestions, on some tasks at least.

    So it is where it was promoted or rolled back while the server was down, or a replacement was
    killed.
    """
    suggestions = ours.studio.suggestions(ours.id)
    return (
        suggestions.active_model() != model.id
        or unfinished(settings, ours.key) is not None
        or suggestions.count_lacking() > 0
    )


def refresh(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    labelled_in: Mapping[str, int] | None = None,
) -> int:
    """Replace the suggestions on tasks that nobody has labelled; how many were stored.

    Where few tasks wait, what was there is deleted. Where many do, the head of the queue follows
    first and in its order, then the rest, ranked anew, and what was there is left to
    ``Suggestions.remove_old``.

    That is the end of a rollback, too.
    """
    from training.registry.rollback import finish_rollback

    suggestions = ours.studio.suggestions(ours.id)
    number = ours.studio.count_waiting(ours.id)
    many = number > CLEARED_AT_ONCE
    order = _Ordering(settings, ours, model, labelled_in)
    note_switch(ours, model.id)
    at_head = 0
    if many:
        # Killed from here on, `up` does the rest: it finds the file, if nothing else.
        note_unfinished(settings, ours.key, model.id)
        with progress.track("Replacing the suggestions of the next sentences", AT_HEAD) as advance:
            at_head = suggestions.add_at_head(
                order.at_head, ours.schema, model_id=model.id, number=AT_HEAD
            )
            advance(AT_HEAD)
    # Before the rest, because a run that is killed here leaves what `up` looks for: another model
    # that is shown, or tasks that lack a suggestion.
    with progress.track("Comparing the suggestions that are there") as advance:
        with_suggestion = suggestions.refresh_readings(
            lambda sentences: model.predict(sentences).records(),
            ours.schema,
            model_id=model.id,
            advance=advance,
        )
    stored: int | None
    if many:
        stored = suggest_beside(
            settings, progress, ours, model, labelled_in, number=number, but=with_suggestion
        )
    else:
        stored = _replace_all(progress, ours, model, order)
    if stored is None and with_suggestion:
        # Each has its own; a run that was killed may not have come to show them.
        suggestions.activate(model.id)
    note_finished(settings, ours.key)
    finish_rollback(settings.models)
    return at_head + (stored or 0)


@dataclass(frozen=True, slots=True)
class _Ordering:
    """Makes suggestions of one model, each with its place in the queue."""

    settings: Settings
    ours: WorkspaceProject
    model: Model
    labelled_in: Mapping[str, int] | None

    def at_head(self, waiting: Sequence[Sentence]) -> tuple[Prediction, ...]:
        """Of sentences that keep their places; what is withheld of them is written down.

        Nothing of an audit that was taken back: its place was that of an audit.
        """
        from training.active_learning import queue

        given_up = read_bulk(self.settings.accepted).given_up
        keeping = [one for one in waiting if one.id not in given_up]
        if not keeping:
            return ()
        before = self.ours.studio.suggestions(self.ours.id).active_model()
        keys = [one.id for one in keeping]
        queue.keep_places(self.settings.picked, keys, before=before, after=self.model.id)
        predictions = self.model.predict(keeping).records()
        BlindSlice(self.settings.withheld).keep(predictions, self.ours.schema)
        return predictions

    def predictions(self, waiting: Sequence[Sentence]) -> tuple[Prediction, ...]:
        """Of sentences that have none by this model; what is withheld of them is written down."""
        from training.active_learning import queue

        ordered = queue.reorder(
            self.settings.picked, self.model, waiting, self.labelled_in, later=seed_article_ids()
        )
        predictions = tuple(read_bulk(self.settings.accepted).audits_first(ordered))
        BlindSlice(self.settings.withheld).keep(predictions, self.ours.schema)
        return predictions


def _replace_all(
    progress: Progress, ours: WorkspaceProject, model: Model, order: _Ordering
) -> int | None:
    """Suggestions for all tasks that have none by this model, in the place of those before.

    How many were stored; None where no task waits for one.
    """
    suggestions = ours.studio.suggestions(ours.id)
    waiting = list(ours.studio.unlabelled(ours.id, ours.schema, without_suggestion_by=model.id))
    if not waiting:
        return None
    with progress.track("Replacing suggestions", len(waiting)) as advance:
        new = order.predictions(waiting)
        return suggestions.replace(
            new,
            ours.schema,
            model_id=model.id,
            beside=min(AT_HEAD, int(NEXT_SHARE * len(waiting))),
            advance=advance,
        ).suggested
