"""Measuring a model on labels that it has not seen: evaluate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.errors import ExportError, SnapshotError
from annotation.labelstudio.export_json.export import read_export, with_languages_told
from annotation.schema import Schema
from newsledger.commands.learning import models
from newsledger.progress import Progress, Result, Table, number_of
from newsledger.settings import Settings

if TYPE_CHECKING:
    from training.evaluation.bootstrap import Interval
    from training.evaluation.learning_curve import LearningCurve
    from training.evaluation.metrics import Metrics
    from training.examples import Examples
    from training.model import Model


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
        return f"{measured}\n{self.curve.in_words}" if self.curve else measured

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


def evaluate_model(
    settings: Settings,
    progress: Progress,
    labels: Path | None,
    *,
    model_id: str | None = None,
    group_by: str | None = None,
    trust: bool = False,
    curve: bool = False,
) -> EvaluateResult:
    """Measure a model on an export or snapshot, else on what it was trained on.

    In the second case the answers are those that were stored with it, of models like it that had
    not seen the article: the figures are those of ``models`` and of its card. In the first, what
    the model has learnt from is left out, and so is what says the same, with a sentence.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        labels: an export or a snapshot; None for what the model was trained on.
        model_id: the model; None for the champion.
        group_by: the task field that names the article.
        trust: load a model that another scikit-learn made.
        curve: train anew on growing shares of the model's labels, too.

    Raises:
        NewsledgerError: there is no such model, or nothing to measure on.
    """
    from training.evaluation.learning_curve import curve_by_articles
    from training.evaluation.measurement import measure
    from training.examples import build_examples

    model = models.find_model(settings, model_id, trust=trust)
    if labels is None:
        what, figures = _cross_fitted(settings, progress, model)
    else:
        snapshot = _foreign_labels(progress, labels, model.schema, group_by)
        rows = _unseen(settings, progress, model, build_examples(snapshot))
        what = str(labels)
        if not len(rows):
            raise _nothing_to_measure(what)
        figures = measure(model, rows)
    learnt = None
    if curve:
        progress.say("Training anew on growing shares of the labels …")
        source = _learnt_from(settings, model)
        learnt = curve_by_articles(build_examples(source), source.schema)
    return EvaluateResult(model.id, what, figures, learnt)


def _learnt_from(settings: Settings, model: Model) -> Snapshot:
    """The snapshot that a model was trained on."""
    path: Path = settings.snapshots / model.manifest["snapshot"]
    if not path.exists():
        raise SnapshotError(
            f"The snapshot {path.name}, which {model.id} was trained on, is not in {path.parent}.",
            hint="It was pruned, or the model is from elsewhere: give other labels with --labels "
            "and without --curve, or bring the snapshot back from a copy.",
        )
    return read_snapshot(path)


def _cross_fitted(settings: Settings, progress: Progress, model: Model) -> tuple[str, Metrics]:
    """What a model is measured on without other labels, and its figures."""
    from training.evaluation.cross_fitting import FOLDS
    from training.evaluation.measurement import (
        measurable,
        measure,
        measure_cross_fitted,
        metrics_of,
    )
    from training.examples import build_examples
    from training.registry.store import load_answers

    snapshot = _learnt_from(settings, model)
    learnt = build_examples(snapshot)
    rows = measurable(learnt, learnt.measured_articles)
    whose = "your own articles" if snapshot.seeds.isdisjoint(rows.groups) else "the seed articles"
    what = f"{whose}, answered for by models that had not seen the article"
    answers = load_answers(settings.models / model.id)
    if answers is not None:
        return what, metrics_of(rows, answers.of(rows.sentence_ids), model.schema)
    if snapshot.held_out:  # the model of an earlier newsledger, which had not learnt from these
        return "the articles that were held out", measure(
            model, measurable(learnt, snapshot.held_out)
        )
    # Of a starter nothing was stored, and to make up for it takes a minute.
    with progress.track("Fitting models that have not seen the article", FOLDS) as advance:
        found = measure_cross_fitted(learnt, model.schema, advance=advance)
    if found.metrics is None:
        raise _nothing_to_measure("what the model was trained on")
    return what, found.metrics


def _nothing_to_measure(what: str) -> ExportError:
    return ExportError(
        f"There is no labelled sentence in {what} to measure on that the model has not seen.",
        hint="Give other labels with --labels, or label more articles.",
    )


def _unseen(settings: Settings, progress: Progress, model: Model, rows: Examples) -> Examples:
    """The rows that say what the model has not learnt, as far as its snapshot is there to tell."""
    from training.examples import index_of

    learnt = models.learnt_by(settings, model)
    if learnt is None:
        progress.say(
            f"The snapshot of {model.id} is not in this workspace, so it is not known whether it "
            "has learnt from these labels."
        )
        return rows
    index = index_of(learnt.texts)
    unseen = [row for row, text in enumerate(rows.texts) if index.find(text) is None]
    if len(unseen) < len(rows):
        progress.say(
            f"{len(rows) - len(unseen):,} sentences left out: it has learnt from them, or from "
            "what says the same."
        )
    return rows.rows(unseen)


def _foreign_labels(
    progress: Progress, labels: Path, schema: Schema, group_by: str | None
) -> Snapshot:
    if labels.is_dir():
        snapshot = read_snapshot(labels)
        snapshot.schema.require_same(schema, mine=str(labels), theirs="the model")
        return snapshot
    export = with_languages_told(read_export(labels, schema, group_by=group_by))
    for note in export.notes:
        progress.say(note)
    for problem in export.problems:
        progress.problem(problem)
    return Snapshot(
        path=labels,
        id="",
        schema=schema,
        sentences=export.sentences,
        annotations=export.annotations,
        picked=export.picked,
    )


def _tables(figures: Metrics) -> tuple[Table, ...]:
    """Metrics as tables: sums, then each event type, then each claim kind."""
    tables = [Table("Overall", ("", "value"), _cells([("F1, all decisions", figures.overall_f1)]))]
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
