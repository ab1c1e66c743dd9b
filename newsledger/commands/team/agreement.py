"""How far people agree: agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import read_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.records import Annotation
from annotation.schema import read_schema
from newsledger.commands.handover.export import snapshot_path
from newsledger.commands.state.seeds import seed_annotators
from newsledger.progress import Progress, Result, Table, number_of
from newsledger.settings import Settings

if TYPE_CHECKING:
    from newsledger.team.agreement import Agreement, AgreementFigure


@dataclass(frozen=True, slots=True)
class AgreementResult(Result):
    """How far people agree on some labels."""

    measured_on: str
    """Where the labels came from."""
    agreement: Agreement
    """All figures."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {**asdict(self), "to_halve": self.agreement.to_halve}

    def text(self) -> str:
        """What was compared, and how much more would make it surer."""
        found = self.agreement
        if not found.sentences:
            return (
                f"No sentence of {self.measured_on} has labels of two people, so there is nothing "
                "to compare. Let a second person label some that the first has labelled; "
                "`newsledger push --overlap 10%` asks two people for one new sentence in ten."
            )
        compared = (
            f"{number_of(found.sentences, 'sentence')} of {number_of(found.articles, 'article')} "
            f"with labels of two or more of {len(found.people)} people, in {self.measured_on}; "
            "95 % intervals from resamples of the articles."
        )
        return (
            f"{compared}\nSome {found.to_halve:,} more sentences that two people label would halve "
            "the intervals."
        )

    def tables(self) -> tuple[Table, ...]:
        """Event types, claims, people, weeks."""
        found = self.agreement
        if not found.sentences:
            return ()
        people = (*found.pairs, *found.by_person) if len(found.people) > 2 else found.pairs
        return (
            _table("Event types: Krippendorff's alpha", (found.event_sets, *found.events)),
            _table("Spans: F1", found.spans),
            _table("Claim kinds: Krippendorff's alpha", (found.kinds,)),
            _table("Values that both typed: share, and mean distance of logarithms", found.values),
            _table("People: alpha over their event types", people),
            *([_table("Weeks: alpha over the event types", found.weeks)] if found.weeks else []),
        )


def measure_agreement(
    settings: Settings, progress: Progress, labels: Path | None
) -> AgreementResult:
    """Measure how far people agree, on an export or snapshot, else on what was pulled last.

    Of a workspace, only what its own people labelled counts, not what came with newsledger; and the
    seed articles are left out as soon as two of them have labelled the same sentence of another.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        labels: an export or a snapshot; None for the snapshot that was made last.

    Raises:
        NewsledgerError: there is no snapshot, or it is damaged, or no such export.
    """
    from newsledger.team.agreement import agreement, double_coded

    if labels is not None and not labels.is_dir():
        schema = read_schema(settings.config)
        export = read_export(labels, schema)
        for problem in export.problems:
            progress.problem(problem)
        coded = double_coded(export.sentences, export.annotations)
        return AgreementResult(str(labels), agreement(coded, schema))
    snapshot = read_snapshot(labels or snapshot_path(settings, None))
    annotations: Iterable[Annotation] = snapshot.annotations
    if labels is None and snapshot.seeds:  # else figures of strangers stood before the first label
        brought = seed_annotators()
        annotations = [one for one in annotations if one.annotator not in brought]
    coded = double_coded(snapshot.sentences, annotations)
    own = tuple(one for one in coded if one.article not in snapshot.seeds)
    what = f"snapshot {snapshot.id}"
    if own:
        return AgreementResult(what, agreement(own, snapshot.schema))
    if coded:
        what = f"{what}, all on the seed articles, which say little about yours"
    return AgreementResult(what, agreement(coded, snapshot.schema))


def _table(title: str, figures: Iterable[AgreementFigure]) -> Table:
    rows = tuple((one.name, f"{one.n:,}", one.why_none or str(one.figure)) for one in figures)
    return Table(title, ("", "n", "agreement"), rows)
