"""Labels to a snapshot: pull."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotation.dataset.checks import Doubt, find_doubts
from annotation.dataset.completion import WidenedSpan
from annotation.dataset.snapshot import Snapshot
from newsledger.commands.learning import offline
from newsledger.commands.state import project
from newsledger.commands.state.codebooks import CodebookChange, codebook_change
from newsledger.commands.state.labels import labels_now
from newsledger.commands.state.pair_answers import pull_decisions
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.task_addresses import keep_task_addresses, task_address
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import AuditTold, read_bulk, without_audits

_SHOWN = 20
"""Doubtful labels that a pull lists; the rest it counts. ``--json`` has them all."""


@dataclass(frozen=True, slots=True)
class DoubtfulLabel:
    """A label that cannot be meant, and where to mend it."""

    task: str
    """Address of the task."""
    doubt: Doubt
    """What is wrong, and whose label it is."""


@dataclass(frozen=True, slots=True)
class PullResult(Result):
    """What a pull found."""

    snapshot: str
    """Id of the snapshot."""
    path: str
    """Its folder."""
    sentences: int
    """Sentences in the project."""
    labelled: int
    """Sentences with at least one label."""
    annotations: int
    """Annotations, skipped ones included."""
    skipped: int
    """Annotations that were skipped."""
    annotators: tuple[str, ...]
    """Who labelled."""
    values_read: int = 0
    """Claims that were marked without values and got them from the reader."""
    widened: tuple[WidenedSpan, ...] = ()
    """Spans that cut a word, and were widened to it."""
    decisions: int | None = None
    """New decisions on pairs of reports; None where nobody has been asked."""
    doubtful: tuple[DoubtfulLabel, ...] = ()
    """Labels that cannot be meant; the snapshot has them as they are."""
    codebook: CodebookChange | None = None
    """The last change of codebook or schema, where labels are older than it."""
    verdicts: int = 0
    """Sentences that a second look has settled."""
    accepted: int = 0
    """Sentences that were accepted in bulk; they count as labelled only where somebody labelled
    them, too."""
    audits: tuple[AuditTold, ...] = ()
    """What people say of samples of these, one audit for each time that some were accepted."""

    def text(self) -> str:
        """The outcome in sentences."""
        by = f" by {', '.join(self.annotators)}" if self.annotators else ""
        told = f"{self.labelled:,} labelled{by}" if self.labelled else "none labelled yet"
        if self.annotations != self.labelled or self.skipped:
            told += (
                f": {number_of(self.annotations, 'annotation')}, {self.skipped:,} of them skipped"
            )
        lines = [f"{number_of(self.sentences, 'sentence')} in the project, {told}."]
        if self.verdicts:
            settled = number_of(self.verdicts, "sentence")
            lines.append(f"Settled by a second look, whose verdict counts: {settled}.")
        if self.accepted:
            lines.append(f"Accepted in bulk, and labelled by nobody: {self.accepted:,}.")
        lines += map(str, self.audits)
        if self.values_read:
            claims = number_of(self.values_read, "claim")
            lines.append(f"Marked without values, and read by machine: {claims}.")
        if self.widened:
            lines.append(_widening(self.widened))
        if self.doubtful:
            lines += _doubtful_lines(self.doubtful)
        if self.codebook:
            lines.append(str(self.codebook))
        if self.decisions:
            lines.append(f"{number_of(self.decisions, 'new decision')} on pairs of reports.")
        return "\n".join([*lines, f"Snapshot {self.snapshot} in {self.path}"])


def pull(settings: Settings, progress: Progress) -> PullResult:
    """Freeze all labels into a snapshot.

    Raises:
        NewsledgerError: the server or the workspace fails; annotations that cannot be understood
            are reported instead.
    """
    with project.opened(settings, progress) as ours:
        pulled = pull_from(settings, progress, ours)[0]
        return replace(pulled, decisions=pull_decisions(settings, progress, ours))


def pull_from(
    settings: Settings, progress: Progress, ours: WorkspaceProject
) -> tuple[PullResult, Snapshot]:
    """The same, from a project that is open already; and the snapshot itself."""
    now = labels_now(settings, progress, ours)
    bulk = read_bulk(settings.accepted)
    said = without_audits(bulk, now.export.annotations)
    now = replace(now, export=replace(now.export, annotations=said))
    snapshot = offline.freeze(settings, progress, now.export, ours.schema, pulled=True)
    texts = {one.id: one.text for one in now.export.sentences}
    settled = {one.sentence_id for one in now.export.annotations if one.verdict}
    export = replace(
        now.export, annotations=tuple(one for one in now.export.annotations if not one.verdict)
    )
    keep_task_addresses(settings, ours.page, export.task_ids)
    counted = [one for one in export.annotations if not one.cancelled]
    pulled = PullResult(
        snapshot=snapshot.id,
        path=str(snapshot.path),
        sentences=len(export.sentences),
        labelled=len({one.sentence_id for one in counted}),
        annotations=len(export.annotations),
        skipped=len(export.annotations) - len(counted),
        annotators=tuple(sorted({one.annotator for one in export.annotations})),
        values_read=now.completed.values_read,
        widened=now.completed.widened,
        doubtful=tuple(
            DoubtfulLabel(task_address(ours.page, export.task_ids.get(doubt.sentence_id)), doubt)
            for doubt in find_doubts(export.annotations, texts, ours.schema)
            if doubt.sentence_id not in settled
        ),
        codebook=codebook_change(settings, export.annotations),
        verdicts=len(settled),
        accepted=len({one.sentence_id for one in export.accepted}),
        audits=tuple(
            AuditTold(one.label, one.promise, one.counted(export.annotations, ours.schema))
            for one in bulk.valid_rounds
        ),
    )
    return pulled, snapshot


def _widening(widened: Sequence[WidenedSpan]) -> str:
    """What was widened, the first few by their words."""
    shown = [f"“{one.marked}” to “{one.text}”" for one in widened[:3]]
    more = [f"{len(widened) - 3:,} more"] if len(widened) > 3 else []
    spans = number_of(len(widened), "span")
    return f"{spans} that cut a word, widened to it: {', '.join([*shown, *more])}."


def _doubtful_lines(doubtful: Sequence[DoubtfulLabel]) -> list[str]:
    labels = number_of(len(doubtful), "label")
    lines = [f"Cannot be meant, and is kept as it is until somebody corrects it: {labels}."]
    lines += [f"  {one.task} {one.doubt.says} ({one.doubt.annotator})" for one in doubtful[:_SHOWN]]
    if len(doubtful) > _SHOWN:
        lines.append(f"  {len(doubtful) - _SHOWN:,} more: `newsledger pull --json` lists all.")
    return lines
