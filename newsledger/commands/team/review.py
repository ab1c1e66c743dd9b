"""A second look at labels that may be wrong: review."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.labelstudio.projects.side_projects import AskedTasks
from newsledger.commands.handover.export import snapshot_path
from newsledger.commands.labelling.pulling import pull_from
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import with_seeds
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import with_when_where
from newsledger.progress import Progress, Result, Table, in_a_line, number_of
from newsledger.settings import Settings
from newsledger.team.second_looks.reasons import ReasonKind, percent
from newsledger.team.second_looks.review_config import SAYS, review_config
from newsledger.team.second_looks.verdicts import CloseCall, as_codebook, close_calls

if TYPE_CHECKING:
    from annotation.labelstudio.projects.side_projects import SideProject
    from newsledger.team.second_looks.review import ReviewCandidate
    from newsledger.team.second_looks.second_opinion import SecondOpinion

_SHOWN = 10
"""Sentences that are listed; ``--json`` has them all."""
_SHOWN_LENGTH = 60
"""Characters of each of them."""


@dataclass(frozen=True, slots=True)
class WaitingSentence:
    """A sentence that waits for a second look."""

    sentence_id: str
    """Its id."""
    text: str
    """Its words."""
    gain: float
    """How probable it is that something in its labels is wrong."""
    kinds: tuple[ReasonKind, ...]
    """The kinds of reasons, the weightiest first."""
    reasons: tuple[str, ...]
    """Why, in words."""


@dataclass(frozen=True, slots=True)
class ReviewResult(Result):
    """What waits for a second look."""

    waiting: tuple[WaitingSentence, ...]
    """The sentences that wait, the worthiest first."""
    more: int
    """Other sentences with a reason, which did not fit."""
    labelled: int
    """Sentences that are labelled."""
    settled: int
    """Sentences that a second look has settled so far."""
    added: int
    """Tasks that were made."""
    taken_back: int
    """Tasks that were taken out, being settled meanwhile or outranked."""
    url: str
    """Where people look again; empty where nothing ever waited."""
    left_out: int = 0
    """Sentences with a reason that others are still to label by themselves, which are no part of
    the queue until then: there they would see what the first ones said."""

    def text(self) -> str:
        """The outcome in sentences."""
        if not self.labelled:
            lines = ["Nothing is labelled yet, so there is nothing to look at again."]
        elif not self.waiting:
            lines = [
                f"None of {number_of(self.labelled, 'labelled sentence')} needs a second look."
            ]
        else:
            kinds = Counter(one.kinds[0] for one in self.waiting)
            each = ", ".join(f"{n:,} {_KINDS[kind]}" for kind, n in kinds.most_common())
            lines = [
                f"{number_of(len(self.waiting), 'sentence')} of {self.labelled:,} labelled ones "
                f"waiting for a second look: {each}."
            ]
            expected = sum(one.gain for one in self.waiting)
            lines.append(f"Expected to be wrong, of these: about {expected:.0f}.")
        if self.more:
            lines.append(f"With a reason, too, but further down: {self.more:,}.")
        if self.left_out:
            lines.append(f"With a reason, but first to be labelled by others: {self.left_out:,}.")
        lines.append(
            f"New in the queue: {self.added:,}; taken back: {self.taken_back:,}; "
            f"settled so far: {self.settled:,}."
        )
        if self.url:
            lines.append(f"Look again at {self.url}")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """The first of the queue."""
        if not self.waiting:
            return ()
        rows = tuple(
            (percent(one.gain), in_a_line(one.text, _SHOWN_LENGTH), one.reasons[0])
            for one in self.waiting[:_SHOWN]
        )
        return (Table("First in the queue", ("wrong", "sentence", "why"), rows),)


_KINDS: dict[ReasonKind, str] = {
    "people disagree": "on which people disagree",
    "likely wrong": "with a label that is likely wrong",
    "cannot be meant": "with a label that cannot be meant",
    "audit": "drawn by chance",
}


@dataclass(frozen=True, slots=True)
class CodebookResult(Result):
    """Close calls, as additions to a codebook."""

    snapshot: str
    """The snapshot that they come from."""
    close_calls: tuple[CloseCall, ...]
    """The verdicts for which somebody gave a reason."""

    def text(self) -> str:
        """The additions in Markdown."""
        return as_codebook(self.close_calls) or (
            f"No verdict of snapshot {self.snapshot} has a reason. Type one in the review project "
            "where it was a close call, then `newsledger pull`."
        )


def fill_review(
    settings: Settings, progress: Progress, *, most: int, names: bool = False
) -> ReviewResult:
    """Pull, find what is worth a second look, and put the worthiest into the review project.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        most: how many sentences wait at a time.
        names: show to whoever looks again who said what.

    Raises:
        NewsledgerError: the server or the workspace fails.
    """
    from newsledger.team.second_looks.review import first_of, review_candidates
    from newsledger.team.second_looks.review_page import review_tasks

    with project.opened(settings, progress) as ours:
        pulled, snapshot = pull_from(settings, progress, ours)
        opinions = _opinions(settings, progress, snapshot) if pulled.labelled else {}
        # Asked after the pull: what was labelled first in between is no candidate yet.
        open_to_others = ours.studio.labelled_for_more(ours.id)
        found = review_candidates(snapshot, opinions, workspace=ours.workspace)
        candidates = tuple(one for one in found if one.sentence.id not in open_to_others)
        first = first_of(candidates, most)
        known = with_when_where(snapshot.tasks(), open_gazetteer(settings.gazetteer))
        tasks = review_tasks(first, snapshot, names=names, tasks=known)
        side = _side(settings, ours, needed=bool(tasks))
        # A third person may have labelled a sentence: then its task says something else by now.
        asked = side.ask_only(tasks, shows=SAYS) if side else AskedTasks(0, 0, frozenset())
        return ReviewResult(
            waiting=tuple(_waiting(one) for one in first if one.sentence.id not in asked.answered),
            more=len(candidates) - len(first),
            labelled=pulled.labelled,
            settled=pulled.verdicts,
            added=asked.added,
            taken_back=asked.taken_back,
            url=side.project.url if side else "",
            left_out=len(found) - len(candidates),
        )


def print_codebook(settings: Settings) -> CodebookResult:
    """The close calls of the snapshot that was pulled last.

    Raises:
        NewsledgerError: there is none, or it is damaged.
    """
    snapshot = read_snapshot(snapshot_path(settings, None))
    return CodebookResult(snapshot.id, close_calls(snapshot))


def _opinions(
    settings: Settings, progress: Progress, snapshot: Snapshot
) -> dict[str, SecondOpinion]:
    """What models say that have not seen the articles; they learn from the seed labels, too."""
    from newsledger.team.second_looks.second_opinion import second_opinions
    from training.evaluation.cross_fitting import FOLDS
    from training.examples import build_examples

    said = {one.sentence_id for one in snapshot.annotations if not one.cancelled}
    articles = {one.article_id for one in snapshot.sentences if one.id in said}
    rows = build_examples(with_seeds(settings, progress, snapshot))
    fits = min(FOLDS, len(articles))
    with progress.track("Asking models that have not seen the article", fits) as advance:
        return second_opinions(rows, snapshot.schema, articles, advance=advance)


def _side(settings: Settings, ours: WorkspaceProject, *, needed: bool) -> SideProject | None:
    """The review project; it is made when the first sentence is to go into it."""
    config = review_config(ours.schema)
    if needed:
        return project.side(settings, ours, config)
    return project.known_side(settings, ours, config)


def _waiting(candidate: ReviewCandidate) -> WaitingSentence:
    return WaitingSentence(
        sentence_id=candidate.sentence.id,
        text=candidate.sentence.text,
        gain=candidate.gain,
        kinds=tuple(dict.fromkeys(one.kind for one in candidate.reasons)),
        reasons=tuple(one.says for one in candidate.reasons),
    )
