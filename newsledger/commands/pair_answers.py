"""What people answered about pairs of reports, read back and kept in the workspace."""

from __future__ import annotations

from annotation.errors import ExportError
from annotation.labelstudio.side_projects import SideProject
from newsledger.commands import project
from newsledger.commands.pair_tasks import pairs_config, read_pair_answers
from newsledger.commands.project import WorkspaceProject
from newsledger.ledger.pair_decisions import (
    PairDecision,
    StoredDecision,
    add_decisions,
    read_decisions,
    write_decisions,
)
from newsledger.progress import Progress
from newsledger.settings import Settings

_CORRECT = "Correct the answer in Label Studio, and run this again."


def take_answers(
    settings: Settings, progress: Progress, side: SideProject
) -> tuple[tuple[StoredDecision, ...], int]:
    """All decisions with those that were read now, and how many of these are new.

    Args:
        settings: where the workspace is.
        progress: is told of answers that cannot be understood.
        side: the project in which pairs are decided.
    """
    read = side.answers()
    told = [*read.problems, *read_pair_answers(read.answers)]
    found = [one for one in told if isinstance(one, PairDecision)]
    for problem in told:
        if isinstance(problem, str):
            progress.problem(ExportError(problem, hint=_CORRECT))
    before = read_decisions(settings.decisions)
    stored = add_decisions(before, found)
    if len(stored) > len(before):
        write_decisions(settings.decisions, stored)
    return stored, len(stored) - len(before)


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
    return None if side is None else take_answers(settings, progress, side)[1]
