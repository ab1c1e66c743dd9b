"""What people answered about pairs of reports, read back and kept in the workspace."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.errors import ExportError
from annotation.labelstudio.projects.side_projects import SideProject
from newsledger.commands.state import project
from newsledger.commands.state.pair_tasks import pairs_config, read_pair_answers
from newsledger.commands.state.project import WorkspaceProject
from newsledger.ledger.incidents.pair_decisions import (
    PairDecision,
    StoredDecision,
    add_decisions,
    read_decisions,
    write_decisions,
)
from newsledger.progress import Progress
from newsledger.settings import Settings

_CORRECT = "Correct the answer in Label Studio, and run this again."


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """What people have decided by now."""

    stored: tuple[StoredDecision, ...]
    """All decisions, those that were read now among them."""
    new: int
    """How many were read now for the first time."""
    undone: frozenset[str]
    """The keys of the tasks that hold answers, each of which has been undone as a decision."""


def take_answers(settings: Settings, progress: Progress, side: SideProject) -> TakenAnswers:
    """Read what people answered, and keep what is new of it.

    Args:
        settings: where the workspace is.
        progress: is told of answers that cannot be understood.
        side: the project in which pairs are decided.
    """
    read = side.answers()
    told = list(read_pair_answers(read.answers))
    for problem in (*read.problems, *told):
        if isinstance(problem, str):
            progress.problem(ExportError(problem, hint=_CORRECT))
    before = read_decisions(settings.decisions)
    stored = add_decisions(before, [one for one in told if isinstance(one, PairDecision)])
    if len(stored) > len(before):
        write_decisions(settings.decisions, stored)
    undone = {one.decision.id for one in stored if one.undone_at is not None}
    answered = {one.key for one in read.answers}
    kept = {
        answer.key
        for answer, one in zip(read.answers, told, strict=True)
        if isinstance(one, str) or one.id not in undone
    }
    return TakenAnswers(stored, len(stored) - len(before), frozenset(answered - kept - read.unread))


def pull_decisions(settings: Settings, progress: Progress, ours: WorkspaceProject) -> int | None:
    """Read what people decided of pairs; how many decisions are new.

    Args:
        settings: where the workspace is.
        progress: is told of answers that cannot be understood.
        ours: the workspace's project.

    Returns:
        How many; None where nobody has ever been asked.
    """
    side = project.known_side(settings, ours, pairs_config())
    return None if side is None else take_answers(settings, progress, side).new
