"""What training, measuring and listing came to: figures, as sentences, tables and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from newsledger.progress import Result, Table, number_of

if TYPE_CHECKING:
    from training.evaluation.bootstrap import Interval
    from training.evaluation.gate import Verdict
    from training.evaluation.learning_curve import LearningCurve
    from training.evaluation.metrics import Metrics
    from training.registry.champion import ListedModel

_MISSED_SHOWN = 5
"""Claims that the reader does not propose: so many are shown, enough to see what they have in
common."""

_MEASURED_ON = {
    "holdout": "the held-out articles",
    "cross-validation": "articles left out in turn (cross-validation)",
}


@dataclass(frozen=True, slots=True)
class TrainResult(Result):
    """What a training came to."""

    model: str
    """Id of the challenger."""
    champion: str | None
    """The champion when it was judged; None if it is the first."""
    promoted: bool
    """True where the challenger is the champion now."""
    verdict: Verdict
    """What the gate said, with the table."""
    notes: tuple[str, ...]
    """What the data lead should know."""
    measured_on: str
    """What the figures were measured on: ``holdout``, ``cross-validation`` or ``nothing``."""
    figures: Mapping[str, Any]
    """All figures, as in the manifest."""
    seconds: float
    """How long the fitting took."""
    asked: bool = True
    """False where nobody asked for a promotion."""
    missed: tuple[str, ...] = ()
    """Claims that people marked and the reader of numbers does not propose."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values, the verdict's table as a list of rows."""
        rows = [asdict(row) for row in self.verdict.rows]
        verdict = {
            "promote": self.verdict.promote,
            "reasons": self.verdict.reasons,
            "rows": rows,
            "forced_by": self.verdict.forced_by,
        }
        return {**asdict(self), "verdict": verdict}

    def text(self) -> str:
        """The verdict and the notes, in sentences."""
        lines = list(self.notes)
        lines += [f"  not proposed: {one}" for one in self.missed[:_MISSED_SHOWN]]
        if len(self.missed) > _MISSED_SHOWN:
            lines.append(f"  and {len(self.missed) - _MISSED_SHOWN} more; --json lists them all.")
        lines.append(f"Trained {self.model} in {self.seconds:.1f} s.")
        why = " ".join(self.verdict.reasons)
        if self.promoted and self.verdict.forced_by:
            lines.append(f"Promoted by {self.verdict.forced_by} against the gate: {why}")
        elif self.promoted:
            lines.append(f"Promoted: {why}")
        elif not self.asked and self.verdict.promote:
            lines.append(f"The gate would let it pass: {why}")
            lines.append(f"Promote it with: newsledger promote {self.model}")
        else:
            lines.append(f"Refused: {why}")
            lines.append(f"The champion {self.champion or '(none)'} stays in use.")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger, overall and per label."""
        if not self.verdict.rows:
            return ()
        title = f"F1 on {_MEASURED_ON.get(self.measured_on, self.measured_on)}"
        if self.champion is None:
            alone = tuple(
                (f"{row.scope} {row.label}", f"{row.support:,}", f"{row.challenger:.3f}")
                for row in self.verdict.rows
            )
            return (Table(title, ("", "support", "F1"), alone),)
        headings = ("", "support", "champion", "challenger", "difference", "95 % interval")
        compared = tuple(
            (
                f"{row.scope} {row.label}",
                f"{row.support:,}",
                "–" if row.champion is None else f"{row.champion:.3f}",
                f"{row.challenger:.3f}",
                "–" if row.difference is None else f"{row.difference:+.3f}",
                "–" if row.low is None else f"{row.low:+.3f} to {row.high:+.3f}",
            )
            for row in self.verdict.rows
        )
        return (Table(title, headings, compared),)


@dataclass(frozen=True, slots=True)
class EvaluateResult(Result):
    """How well a model does on some labels."""

    model: str
    """Its id."""
    measured_on: str
    """Where the labels came from."""
    figures: Metrics
    """All figures with intervals."""
    curve: LearningCurve | None = None
    """What growing shares of the labels are worth; None where nobody asked."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {
            "model": self.model,
            "measured_on": self.measured_on,
            "figures": self.figures.to_json(),
            "curve": asdict(self.curve) if self.curve else None,
        }

    def text(self) -> str:
        """What was measured on what, and what more labels promise."""
        measured = (
            f"{self.model} on {self.measured_on}: "
            f"{number_of(self.figures.n_sentences, 'sentence')} of "
            f"{number_of(self.figures.n_articles, 'article')}; 95 % intervals from "
            f"{self.figures.n_resamples:,} resamples of the articles."
        )
        return f"{measured}\n{self.curve.verdict}" if self.curve else measured

    def tables(self) -> tuple[Table, ...]:
        """Sums, then each label, then the learning curve."""
        if self.curve is None:
            return _tables(self.figures)
        points = Table(
            "Learning curve",
            ("labels", "F1", "of repeats"),
            tuple(
                (f"{one.n_labels:,}", f"{one.score:.3f}", f"{one.low:.3f} to {one.high:.3f}")
                for one in self.curve.points
            ),
        )
        return (*_tables(self.figures), points)


@dataclass(frozen=True, slots=True)
class Models(Result):
    """The models of a workspace, oldest first."""

    models: tuple[ListedModel, ...]
    """One for each folder, damaged ones too."""

    def to_json(self) -> dict[str, Any]:
        """The whole list in JSON values."""
        return {"models": [asdict(one) for one in self.models]}

    def text(self) -> str:
        """How many there are, and what is wrong with some."""
        if not self.models:
            return "There is no model yet: `newsledger train`, `retrain` or `up` makes one."
        broken = [one.problem for one in self.models if one.problem]
        return "\n".join(["* marks the champion.", *broken])

    def tables(self) -> tuple[Table, ...]:
        """One line for each model."""
        if not self.models:
            return ()
        return (
            Table(
                "Models",
                # The id says when a model was made.
                ("  model", "promoted", "events micro F1", "macro F1", "claims F1", "size"),
                tuple(
                    (
                        f"{'*' if one.champion else ' '} {one.id}",
                        _short_time(one.promoted_at) + (" (forced)" if one.forced_by else ""),
                        _figure(one.figures, "events", "micro_f1"),
                        _figure(one.figures, "events", "macro_f1"),
                        _figure(one.figures, "claims", "overlapping", "f1"),
                        one.state if one.state != "ok" else f"{one.size / 1e6:.2f} MB",
                    )
                    for one in self.models
                ),
            ),
        )


def _tables(figures: Metrics) -> tuple[Table, ...]:
    """Metrics as tables: sums, then each event type, then each claim kind."""
    tables = []
    if events := figures.events:
        sums: tuple[tuple[str, Interval], ...] = (
            ("micro F1", events.micro_f1),
            ("macro F1", events.macro_f1),
            ("example-based F1", events.example_f1),
            ("exact match", events.exact_match),
            ("calibration error", events.calibration_error),
            ("calibration error, p > 0.1", events.calibration_error_unsure),
            ("expected / actual positives", events.expected_over_actual),
        )
        types = [
            (e.label, f"{e.support:,}", e.precision, e.recall, e.f1, e.average_precision)
            for e in events.labels
        ]
        headings = ("", "support", "precision", "recall", "F1", "average precision")
        tables += [
            Table("Events", ("", "value"), _cells(sums)),
            Table("Event types", headings, _cells(types)),
        ]
    if claims := figures.claims:
        spans = {
            "any kind, overlapping": claims.found,
            "same kind, overlapping": claims.overlapping,
            "same kind, same span": claims.exact,
        }
        found = [(name, one.precision, one.recall, one.f1) for name, one in spans.items()]
        mean = ("mean over kinds, overlapping", "", "", claims.macro_f1)
        kinds = [(k.label, f"{k.support:,}", k.precision, k.recall, k.f1) for k in claims.kinds]
        tables += [
            Table("Claims", ("", "precision", "recall", "F1"), _cells([*found, mean])),
            Table("Claim kinds", ("", "support", "precision", "recall", "F1"), _cells(kinds)),
        ]
    return tuple(tables)


def _cells(rows: Iterable[tuple[object, ...]]) -> tuple[tuple[str, ...], ...]:
    """Each value as it says itself: a figure comes with its interval."""
    return tuple(tuple(map(str, row)) for row in rows)


def _figure(figures: Mapping[str, Any], *path: str) -> str:
    found: Any = figures
    for name in (*path, "value"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return f"{found:.3f}" if isinstance(found, float) else "–"


def _short_time(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "–"
