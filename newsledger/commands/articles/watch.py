"""New articles taken in as they come, and the model trained as labels come: watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from annotation.errors import (
    NewsledgerError,
    StudioError,
    StudioUnreachableError,
    UnreachedError,
    WorkspaceError,
)
from annotation.labelstudio.sync import ProjectCounts
from annotation.storage import locked
from newsledger.commands.handover.ledger import ledger
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.state import project
from newsledger.commands.state.switches import models_to_keep
from newsledger.progress import Progress, Quiet, number_of
from newsledger.settings import Settings
from newsledger.watching import plan
from newsledger.watching.listing import list_source, sources_named
from newsledger.watching.rounds import FailingSource, RoundResult, WatchRules
from newsledger.watching.state import (
    SourceState,
    WaitingItem,
    WatchState,
    read_watch_state,
    write_watch_state,
)
from newsledger.watching.summary import MorningSummary, sum_up

REMOVED_IN_A_ROUND = 1_000
"""Suggestions of earlier models that a round removes in less than a minute."""


def watch(
    settings: Settings,
    progress: Progress,
    rules: WatchRules,
    *,
    once: bool = False,
    clock: Callable[[], datetime],
    sleep: Callable[[float], object],
) -> Iterator[RoundResult]:
    """Take in what is new, round after round; killed at any point, it goes on where it was.

    Args:
        settings: where things are.
        progress: what is told besides the rounds.
        rules: what is watched.
        once: one round, as a cron job makes it.
        clock: tells the time, with its zone.
        sleep: waits for some seconds.

    Yields:
        Each round, when it is over.

    Raises:
        ArticleError: no source is named.
        WorkspaceError: another watch runs in this workspace, or what it remembers cannot be read
            or written. All else that fails is told in the round and tried again.
        Exception: a fault of newsledger itself at one source, when the round over the others has
            been told.
    """
    with locked(settings.workspace / ".watch", wait=False) as alone:
        if not alone and once:
            progress.say("Another `newsledger watch` is at work in this workspace; this one ends.")
            return
        if not alone:
            raise WorkspaceError(
                f"Another `newsledger watch` runs in the workspace {settings.workspace}.",
                hint="Add your sources to that one's file, or stop it.",
            )
        while True:
            began = clock()
            this = _Round(settings, rules, clock, began)
            yield this.run()
            if this.faults:
                raise this.faults[0]
            if once:
                return
            sleep(max(0.0, (began + rules.every - clock()).total_seconds()))


@dataclass(slots=True)
class _Round:
    """One round, with what it has found out so far."""

    settings: Settings
    rules: WatchRules
    clock: Callable[[], datetime]
    now: datetime
    state: WatchState = field(default_factory=WatchState)
    asked: int = 0
    found: int = 0
    articles: int = 0
    created: int = 0
    left_out: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    @property
    def _path(self) -> Path:
        return self.settings.workspace / "watch.json"

    def run(self) -> RoundResult:
        sources = sources_named(self.rules.sources, self.rules.sources_file)
        self.state = plan.before_first_night(
            read_watch_state(self._path), self.now, self.rules.retrain_at
        )
        for name in sources:
            self._give_up(name)
            if plan.is_due(self._source(name).again, self.now, self.rules.every):
                self._ask(name)
        self._save()  # what a feed lists now may not be listed the next time
        for name in sources:
            for batch in plan.batches(self._source(name), self.now):
                if not self._push(name, batch):
                    break
            self._give_up(name)
        trained = self._train()
        if not trained:
            self._tidy_up()
        summary = self._sum_up()
        self._save()
        return RoundResult(
            at=self.now.isoformat(timespec="seconds"),
            asked=self.asked,
            found=self.found,
            articles=self.articles,
            created=self.created,
            waiting=sum(len(self._source(name).waiting) for name in sources),
            failing=tuple(self._failing(name) for name in sources if self._source(name).failures),
            left_out=tuple(self.left_out),
            trouble=tuple(dict.fromkeys(self.trouble)),
            trained=trained,
            summary=summary,
        )

    # ------------------------------------------------------------------------------- sources

    def _source(self, name: str) -> SourceState:
        return self.state.sources.get(name, SourceState())

    def _failing(self, name: str) -> FailingSource:
        source = self._source(name)
        again = (source.again or self.now).astimezone(self.now.tzinfo)
        return FailingSource(
            name, source.failures, source.problem, again.isoformat(timespec="minutes")
        )

    def _replace(self, name: str, source: SourceState) -> None:
        self.state = replace(self.state, sources={**self.state.sources, name: source})

    def _save(self) -> None:
        write_watch_state(self._path, self.state)

    def _ask(self, name: str) -> None:
        source, every = self._source(name), self.rules.every
        self.asked += 1
        try:
            listing = list_source(name, self.clock, allow_private=self.rules.allow_private)
        except NewsledgerError as error:
            wait = error.wait if isinstance(error, UnreachedError) else 0.0
            problem = error.message.removeprefix(f"{name}: ")
            self._replace(name, plan.after_failure(source, problem, wait, self.now, every))
            return
        except Exception as fault:  # noqa: BLE001  # raised when the others were read
            self.faults.append(fault)
            problem = f"a fault of newsledger ({type(fault).__name__})"
            self._replace(name, plan.after_failure(source, problem, 0.0, self.now, every))
            return
        self.left_out += [one for one in listing.notes if one not in source.notes]
        known = plan.known_keys(self.state)
        after = plan.after_listing(source, listing, known, self.now, every)
        self.found += sum(one.item.key not in known for one in after.waiting)
        self._replace(name, after)

    def _give_up(self, name: str) -> None:
        source, given_up = plan.give_up(self._source(name))
        self._replace(name, source)
        self.left_out += [
            f"{one.where}: was given up after {plan.ATTEMPTS} attempts." for one in given_up
        ]

    def _push(self, name: str, batch: tuple[WaitingItem, ...]) -> bool:
        """True where it was pushed; else it waits for the next round, as if never tried."""
        before = self.state
        self._replace(name, plan.before_push(self._source(name), batch))
        self._save()
        told = Quiet()
        try:
            pushed = pushing.push(
                self.settings,
                told,
                [one.item.where for one in batch],
                allow_private=self.rules.allow_private,
                keep=self.rules.keep,
            )
        except NewsledgerError as error:
            self.state = before
            self._save()
            self.trouble.append(str(error))
            return False
        except Exception as fault:  # noqa: BLE001  # raised when the others were pushed
            self.faults.append(fault)
            return False
        self.articles += pushed.articles
        self.created += pushed.created
        self.left_out += [str(one) for one in told.problems if not isinstance(one, UnreachedError)]
        unreached = {
            one.where: one.wait for one in told.problems if isinstance(one, UnreachedError)
        }
        self._replace(
            name,
            plan.after_push(self._source(name), batch, unreached, self.now, self.rules.every),
        )
        self._save()
        return True

    # --------------------------------------------------------------------- training, summary

    def _train(self) -> str:
        """What a training came to; empty where none was due."""
        after, at = self.rules.retrain_after, self.rules.retrain_at
        if after is None and at is None:
            return ""
        try:
            counts = self._counts()
            labelled = counts.labelled  # nothing is learnt from what is accepted
        except NewsledgerError as error:
            self.trouble.append(str(error))
            return ""
        if labelled < self.state.labelled:  # the project was made anew
            self.state = replace(self.state, labelled=labelled)
        why, outcome = plan.why_train(self.state, labelled, self.now, after=after, at=at), ""
        if why:
            try:
                outcome = f"trained ({why}): {self._retrained()}"
            except StudioError as error:
                self.trouble.append(str(error))
                return ""
            except NewsledgerError as error:
                # The same labels would end in the same way: tried again when there are more.
                outcome = f"not trained ({why}): {error.message.rstrip('.')}"
            self.state = replace(self.state, labelled=labelled)
        self.state = plan.after_night(self.state, self.now, at)
        self._save()
        return outcome

    def _retrained(self) -> str:
        progress = Quiet()
        done = retraining.retrain(self.settings, progress)
        self.left_out += map(str, progress.problems)
        if not done.promoted:
            return "the gate keeps the champion"
        replaced = number_of(done.refreshed, "suggestion")
        return f"{done.trained.model} is the champion now, {replaced} replaced"

    def _tidy_up(self) -> None:
        """Remove some suggestions of earlier models; a server that is not there has time."""
        if project.known(self.settings) is None:
            return
        try:
            with project.opened(self.settings, Quiet()) as ours:
                ours.studio.suggestions(ours.id).remove_old(
                    keep=models_to_keep(ours), most=REMOVED_IN_A_ROUND
                )
        except StudioUnreachableError:
            pass
        except NewsledgerError as error:
            self.trouble.append(str(error))

    def _counts(self) -> ProjectCounts:
        with project.opened(self.settings, Quiet()) as ours:
            return ours.studio.counts(ours.id)

    def _sum_up(self) -> MorningSummary | None:
        if not plan.is_morning(self.state, self.now, self.rules.summary_at):
            return None
        try:
            pulling.pull(self.settings, Quiet())
            counts = self._counts()
            found = ledger(self.settings, Quiet()).incidents
        except NewsledgerError as error:
            self.trouble.append(f"the summary: {error}")
            return None
        queue = counts.tasks - counts.annotated
        self.state, summary = sum_up(self.state, found, queue, self.now.date().isoformat())
        return summary
