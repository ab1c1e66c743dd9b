"""Pairs of reports: asked in the browser, read back as decisions, undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import InputError
from newsledger.commands.handover.export import snapshot_path
from newsledger.commands.handover.ledger import ledger_reports
from newsledger.commands.state import project
from newsledger.commands.state.pair_answers import take_answers
from newsledger.commands.state.pair_tasks import pair_task, pairs_config
from newsledger.ledger.incidents.asked_pairs import asked_pairs
from newsledger.ledger.incidents.pair_decisions import (
    PairDecision,
    in_force,
    read_decisions,
    undo_decisions,
    weigh,
    write_decisions,
)
from newsledger.ledger.incidents.reports import report_by_sentence
from newsledger.ledger.tables.incident_rows import incident_types
from newsledger.progress import Progress, Result, Table, number_of
from newsledger.settings import Settings

DOUBTFUL, CHECKED = 100, 20
"""Pairs that wait for an answer at most, and sure ones of which a person is asked to make sure."""

_SHOWN = 20
"""Decisions in the table, the newest; ``--json`` has all."""


@dataclass(frozen=True, slots=True)
class PairsResult(Result):
    """What is asked and what was decided."""

    url: str
    """Where people decide."""
    asked: int
    """Pairs that wait for an answer, by now."""
    added: int
    """New ones among them."""
    taken_back: int
    """Pairs that are settled by now, or gone, or that a decision was undone of."""
    because: dict[str, int]
    """How many are asked for each reason: joined, nearly joined, other day or place, check."""
    new: int
    """Decisions that were read for the first time."""
    decisions: tuple[PairDecision, ...]
    """All that count, in the order in which they were made."""
    disagreements: tuple[str, ...]
    """Sentences on decisions that contradict others, or have no effect."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values, each decision with its id."""
        return {**asdict(self), "decisions": _with_ids(self.decisions)}

    def text(self) -> str:
        """The outcome in sentences."""
        if not (self.decisions or self.asked or self.taken_back or self.disagreements):
            return "No two reports are in doubt, so there is nothing to decide."
        lines = [
            f"{number_of(self.new, 'new decision')}; {number_of(len(self.decisions), 'decision')} "
            "in all.",
            *self.disagreements,
            f"{number_of(self.asked, 'pair')} to decide: {self.added:,} new, "
            f"{self.taken_back:,} taken back.",
        ]
        if self.because:
            told = ", ".join(f"{why} {count:,}" for why, count in self.because.items())
            lines.append(f"Asked because: {told}.")
        lines.append(
            f"Decide at {self.url} and run this again."
            if self.asked
            else "Nothing is in doubt that nobody has decided."
        )
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """The newest decisions, with the id by which each is undone."""
        return _decision_tables(self.decisions, "Decided")


@dataclass(frozen=True, slots=True)
class UndoneResult(Result):
    """What was taken back."""

    undone: tuple[PairDecision, ...]
    """The decisions that no longer count."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values, each decision with its id."""
        return {"undone": _with_ids(self.undone)}

    def text(self) -> str:
        """The outcome in sentences."""
        return (
            f"{number_of(len(self.undone), 'decision')} undone; kept, and no longer counted. "
            "`newsledger pairs` asks again."
        )

    def tables(self) -> tuple[Table, ...]:
        """The decisions."""
        return _decision_tables(self.undone, "Undone")


def pairs(
    settings: Settings,
    progress: Progress,
    *,
    doubtful: int = DOUBTFUL,
    checked: int = CHECKED,
) -> PairsResult:
    """Read what people decided, and ask them about what is in doubt now.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        doubtful: how many doubtful pairs wait for an answer at most.
        checked: of how many sure pairs the random sample is.

    Raises:
        NewsledgerError: the server, the snapshot or the workspace fails; answers that cannot be
            understood are reported instead.
    """
    snapshot = read_snapshot(snapshot_path(settings, None))
    with project.opened(settings, progress) as ours:
        side = project.side(settings, ours, pairs_config())
        taken = take_answers(settings, progress, side)
        # At once: comparing takes minutes, in which somebody may answer in one of these tasks.
        taken_back = side.remove(taken.undone, answered=True)
        decisions = in_force(taken.stored)
        with progress.track("Comparing reports"):
            reports = ledger_reports(settings, snapshot)
            asked = asked_pairs(
                reports,
                incident_types(snapshot.schema),
                decisions,
                doubtful=doubtful,
                checked=checked,
            )
        kinds = {one.alias: one.value for one in snapshot.schema.claim_kinds}
        done = side.ask_only([pair_task(one, kinds) for one in asked])
        # Those whose answer could not be understood are not asked again, but named at each run.
        misread = done.answered & {one.key for one in asked}
    return PairsResult(
        url=side.project.url,
        asked=len(asked) - len(misread),
        added=done.added,
        taken_back=taken_back + done.taken_back,
        because=dict(Counter(one.why for one in asked)),
        new=taken.new,
        decisions=decisions,
        disagreements=tuple(
            one.why for one in weigh(decisions, report_by_sentence(reports)) if one.why
        ),
    )


def undo_pairs(
    settings: Settings, progress: Progress, ids: Sequence[str] = (), *, by: str | None = None
) -> UndoneResult:
    """Take decisions back; they are kept, and no longer counted.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        ids: their ids.
        by: everything that this person decided.

    Raises:
        InputError: there is no such decision that counts; nothing is undone.
        WorkspaceError: the file cannot be read or written.
    """
    with project.alone(settings, progress):
        stored = read_decisions(settings.decisions)
        counted = {one.id: one for one in in_force(stored)}
        chosen = {*ids, *(one.id for one in counted.values() if one.decided_by == by)}
        _check_known(chosen, counted, by)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        undone = undo_decisions(stored, chosen, now)
        write_decisions(settings.decisions, undone)
    left = {one.id for one in in_force(undone)}
    return UndoneResult(tuple(one for one in counted.values() if one.id not in left))


def _check_known(chosen: Collection[str], counted: Collection[str], by: str | None) -> None:
    if unknown := sorted(set(chosen) - set(counted)):
        raise InputError(
            f"No decision that counts has the id {', '.join(map(repr, unknown))}.",
            hint="`newsledger pairs --json` lists them; so does the table `pair_decisions`.",
        )
    if not chosen:
        raise InputError(
            f"{by!r} has decided nothing that counts.",
            hint="`newsledger pairs --json` lists who decided what.",
        )


def _with_ids(decisions: Sequence[PairDecision]) -> list[dict[str, Any]]:
    return [{"id": one.id, **one.to_json()} for one in decisions]


def _decision_tables(decisions: Sequence[PairDecision], title: str) -> tuple[Table, ...]:
    newest = sorted(decisions, key=lambda one: one.decided_at)[-_SHOWN:]
    rows = tuple(
        (one.id, one.answer, one.decided_by, one.decided_at[:16].replace("T", " "), one.reason)
        for one in newest
    )
    columns = ("id", "answer", "by", "when", "reason")
    return (Table(title, columns, rows),) if rows else ()
